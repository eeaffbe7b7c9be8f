"""The agreements of a folder, the templates, and beginning from one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.workshop.library import agreements, begin, description, from_template, new, templates
from sla_tui.workshop.schemas import write_schema
from tests.workshop.conftest import SAMPLE

POINTER = "#:schema ./agreement.schema.json"


def put_in(folder: Path, text: str, age: int = 0) -> Path:
    folder.mkdir(parents=True)
    file = folder / "agreement.toml"
    file.write_text(text, "utf-8")
    os.utime(file, (1_800_000_000 - age, 1_800_000_000 - age))
    return file


def test_a_folder_lists_its_agreements_last_changed_first(tmp_path: Path) -> None:
    old = put_in(tmp_path / "old", SAMPLE, age=60)
    young = put_in(tmp_path / "young", SAMPLE)
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.md").write_text("")
    assert [entry.path for entry in agreements(tmp_path)] == [young, old]


def test_an_entry_says_what_a_person_looks_for(tmp_path: Path) -> None:
    put_in(tmp_path / "acme", SAMPLE)
    (entry,) = agreements(tmp_path)
    assert (entry.name, entry.title, entry.status, entry.sections) == ("Acme", "SLA", "draft", 3)
    assert entry.open > 0
    assert entry.complete == 0
    assert not entry.trouble


def test_the_folder_of_one_agreement_lists_that_one(tmp_path: Path) -> None:
    file = put_in(tmp_path / "acme", SAMPLE)
    assert [entry.path for entry in agreements(file.parent)] == [file]


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert agreements(tmp_path / "agreements") == ()


def test_a_file_is_no_folder_of_agreements(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError):
        agreements(tmp_path / "file")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[agreement", "line 1"),
        (b"[agreement]\ntitel = 1\nstrats = 2", "line 2"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"[agreement]\nformat = 99", "newer"),
        (b'title = "\x1b[31m"', "line 1"),
    ],
)
def test_a_broken_agreement_is_listed_with_the_reason_beside_the_others(tmp_path: Path, data: bytes, said: str) -> None:
    put_in(tmp_path / "good", SAMPLE)
    broken = put_in(tmp_path / "broken", "", age=5)
    broken.write_bytes(data)
    entries = {entry.path.parent.name: entry for entry in agreements(tmp_path)}
    assert said in entries["broken"].trouble
    assert entries["broken"].name == "broken"
    assert not entries["good"].trouble


def test_a_folder_in_an_agreements_place_is_trouble_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "odd" / "agreement.toml").mkdir(parents=True)
    (entry,) = agreements(tmp_path)
    assert "folder" in entry.trouble


def test_every_template_says_what_it_is_and_is_an_agreement(tmp_path: Path) -> None:
    shipped = templates()
    assert shipped[0].name == "one-page"
    for template in shipped:
        assert template.description
        file = new(tmp_path / template.name, template.name)
        assert file.read_text() == f"{POINTER}\n\n{template.text}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#:schema ./x.json\n\n# For two teams.\n# More.", "For two teams."),
        ("[agreement]\n# Late.", "Late."),
        ("", ""),
        ("# \x1b[31mred", "[31mred"),
    ],
)
def test_a_template_describes_itself_in_its_first_comment(text: str, said: str) -> None:
    assert description(text.splitlines()) == said


def test_a_new_agreement_has_its_folders_and_its_schema(tmp_path: Path) -> None:
    file = new(tmp_path / "deep" / "down" / "acme")
    assert file == tmp_path / "deep" / "down" / "acme" / "agreement.toml"
    Document[Agreement].load(file, Agreement)
    assert json.loads((file.parent / "agreement.schema.json").read_text())["title"] == "Agreement"


def test_a_new_agreement_may_be_named_by_its_file(tmp_path: Path) -> None:
    assert new(tmp_path / "acme" / "agreement.toml") == tmp_path / "acme" / "agreement.toml"


def test_an_agreement_can_be_the_template_with_its_comments(tmp_path: Path, sample: Path) -> None:
    for template in (str(sample), str(sample.parent)):
        made = begin(tmp_path / str(len(template)), template)
        text = made.path.read_text()
        assert text.startswith(f"{POINTER}\n\n# ours, by hand\n")
        assert 'organization = "Acme"  # the short name' in text
        assert "points = 2  # agreed in May" in text
        assert "everything else is an example until you agree to it" in made.said


def test_what_lead_columns_mean_is_taken_over_and_leads_are_not(tmp_path: Path, sample: Path) -> None:
    (sample.parent / "leads.toml").write_text("# ours\noutcome = 'won'\n")
    (sample.parent / "leads.csv").write_text("id\n1\n")
    made = begin(tmp_path / "next", str(sample.parent))
    assert sorted(one.name for one in made.path.parent.iterdir()) == [
        ".gitignore",
        "agreement.schema.json",
        "agreement.toml",
        "leads.toml",
    ]
    assert (made.path.parent / "leads.toml").read_text() == "# ours\noutcome = 'won'\n"
    assert made.said[-1].startswith("leads.toml is taken over")


def test_columns_that_are_there_already_stay(tmp_path: Path, sample: Path) -> None:
    (sample.parent / "leads.toml").write_text("outcome = 'won'\n")
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "leads.toml").write_text("outcome = 'mine'\n")
    assert not begin(tmp_path / "next", str(sample.parent)).said[-1].startswith("leads.toml")
    assert (tmp_path / "next" / "leads.toml").read_text() == "outcome = 'mine'\n"


def test_a_template_that_points_to_a_schema_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("# ours\n#:schema ../schema.json\n[agreement]\n")
    made = new(tmp_path / "acme", str(tmp_path / "own.toml"))
    assert made.read_text() == "# ours\n#:schema ../schema.json\n[agreement]\n"


def test_nothing_is_written_over(sample: Path) -> None:
    with pytest.raises(UserError, match="already"):
        new(sample.parent)
    assert sample.read_text() == SAMPLE


def test_a_dangling_link_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "agreement.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="already"):
        new(tmp_path / "acme")
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("mine")
    for path in (tmp_path / "acme", tmp_path / "acme" / "below", tmp_path / "acme.toml"):
        with pytest.raises(UserError):
            new(path)
    assert (tmp_path / "acme").read_text() == "mine"


def test_an_unknown_template_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="one-page"):
        new(tmp_path / "acme", "onepage")
    assert not (tmp_path / "acme").exists()


def test_a_broken_template_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[agreement\n")
    with pytest.raises(InvalidFile):
        new(tmp_path / "acme", str(tmp_path / "bad.toml"))
    assert not (tmp_path / "acme").exists()


def test_a_template_from_a_windows_editor_keeps_its_mark_and_its_line_ends(tmp_path: Path) -> None:
    body = SAMPLE.replace("\n", "\r\n")
    (tmp_path / "win.toml").write_bytes(b"\xef\xbb\xbf" + body.encode())
    made = new(tmp_path / "acme", str(tmp_path / "win.toml"))
    written = made.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf" + f"{POINTER}\r\n\r\n# ours, by hand\r\n".encode())
    assert written.count(b"\n") == written.count(b"\r\n")
    assert from_template(str(made)).text.startswith("\ufeff")


def test_the_schema_is_brought_up_to_date(sample: Path) -> None:
    schema = sample.parent / "agreement.schema.json"
    schema.write_text("{}")
    assert write_schema(sample, Agreement) == schema
    assert json.loads(schema.read_text())["properties"]
