"""A file as a value: loaded, changed, saved, with its comments and its own spelling."""

from __future__ import annotations

import copy
import random
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.parts import plain
from sla_tui.agreement.paths import Add, Batch, Change, Move, Put, Remove, apply, at_key
from sla_tui.agreement.terms import Agreement
from sla_tui.record import document
from sla_tui.record.document import Document, create, parse
from sla_tui.record.files import Fingerprint
from sla_tui.record.leftovers import backup_of
from sla_tui.record.pairing import same
from sla_tui.record.trouble import AlreadyThere, ChangedOnDisk

EXAMPLE = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
TEXT = dedent("""\
    #:schema ./agreement.schema.json

    [agreement]
    format = 1                     # of this file
    title = "SLA"                  # ours

    [scoring]

    # the opens
    [[scoring.rules]]
    id = "email-open"
    when = { field = "country", in = ["US",  "CA"] }  # two
    points = 2                     # few

    # stages, lowest first
    [[scoring.stages]]
    id = "mql"
    at = 50

    [[commitments]]
    id = "follow-up"
    within = "2 wks"               # the limit
    share = "95%"
    amounts = [{count = 3, unit = "call"}]

    [sources]
    "scoring.stages.mql.at" = { kind = "example" }
    """)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_state_path", lambda name: tmp_path / "state" / name)
    path = tmp_path / "northwind" / "agreement.toml"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def with_(value: Agreement, change: Any) -> Agreement:
    """The agreement with its plain values changed in place."""
    values = plain(value)
    change(values)
    return Agreement.model_validate(values)


def lines_changed(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = old.splitlines(), new.splitlines()
    return [one for one in before if one not in after], [one for one in after if one not in before]


def test_saving_what_was_loaded_writes_nothing(path: Path) -> None:
    before = path.stat()
    loaded = Document.load(path, Agreement)
    assert loaded.save(loaded.value) is loaded
    assert path.stat() == before


def test_one_value_changes_one_line(path: Path) -> None:
    loaded = Document.load(path, Agreement)
    saved = loaded.save(with_(loaded.value, lambda new: new["scoring"]["rules"][0].update(points=3)))
    assert path.read_text() == saved.text
    assert lines_changed(TEXT, saved.text) == (
        ["points = 2                     # few"],
        ["points = 3                     # few"],
    )
    assert Document.load(path, Agreement) == saved


def test_saves_follow_each_other_without_loading_again(path: Path) -> None:
    held = Document.load(path, Agreement)
    for points in (5, 6, 7):
        held = held.save(with_(held.value, lambda new, p=points: new["scoring"]["rules"][0].update(points=p)))
    assert "points = 7                     # few" in path.read_text()
    assert 'within = "2 wks"               # the limit' in path.read_text()


def test_saving_on_writes_what_saving_onto_the_file_read_anew_would(path: Path) -> None:
    path.write_bytes(EXAMPLE.read_bytes())
    held = Document.load(path, Agreement)
    first, second = at_key(held.value, "scoring.rules").value[:2]
    changes: list[Change] = [
        Put("agreement.title", "Another"),
        Put(f"scoring.rules.{first.id}.points", 77),
        Put(f"scoring.rules.{first.id}.id", "renamed"),
        Remove(f"scoring.rules.{second.id}"),
        Add("scoring.rules", second, 4),
        Move("scoring.rules.renamed", 3),
        Add("commitments", held.value.commitments[-1].model_copy(update={"id": "one-more"}), 0),
        Put("objective", None),
        Put("objective.purpose", "Leads are answered"),
        Batch((Remove("commitments.one-more"), Put("agreement.title", "A third"))),
    ]
    for change in changes:
        value = apply(held.value, change)[0]
        anew = Document.load(path, Agreement).written(value)
        held = held.save(value)
        assert held.text == path.read_text("utf-8") == anew
        assert same(tomllib.loads(anew), held.raw)
        assert Document.load(path, Agreement).value == value


def test_the_spelling_of_a_value_changes_only_with_it(path: Path) -> None:
    loaded = Document.load(path, Agreement)
    text = loaded.written(with_(loaded.value, lambda new: new["commitments"][0].update(share="90 %")))
    assert 'within = "2 wks"' in text
    assert 'share = "90 %"' in text


def test_a_new_rule_is_written_behind_the_last_one(path: Path) -> None:
    rule = {"id": "new", "when": {"field": "phone", "known": True}, "points": 5}
    loaded = Document.load(path, Agreement)
    text = loaded.written(with_(loaded.value, lambda new: new["scoring"]["rules"].append(rule)))
    added = '\n[[scoring.rules]]\nid = "new"\nwhen = { field = "phone", known = true }\npoints = 5\n'
    assert text == TEXT.replace("# few\n", "# few\n" + added)


def test_a_section_comes_and_goes_without_a_trace(path: Path) -> None:
    loaded = Document.load(path, Agreement)
    added = loaded.save(with_(loaded.value, lambda new: new.update(objective={"purpose": "Why"})))
    assert '\n[objective]\npurpose = "Why"\n\n[scoring]\n' in added.text
    assert added.save(loaded.value).text == TEXT


def test_a_condition_replaced_by_a_name_and_back(path: Path) -> None:
    loaded = Document.load(path, Agreement)
    named = loaded.save(with_(loaded.value, lambda new: new["scoring"]["rules"][0].update(when="email_open")))
    assert 'when = "email_open"  # two\n' in named.text
    again = named.save(loaded.value)
    assert 'when = { field = "country", in = ["US", "CA"] }  # two\n' in again.text


def test_somebody_elses_save_is_not_written_over(path: Path) -> None:
    mine, theirs = Document.load(path, Agreement), Document.load(path, Agreement)
    theirs.save(with_(theirs.value, lambda new: new["agreement"].update(title="Theirs")))
    with pytest.raises(ChangedOnDisk):
        mine.save(with_(mine.value, lambda new: new["agreement"].update(title="Mine")))
    assert 'title = "Theirs"' in path.read_text()


def test_a_key_has_its_place(path: Path) -> None:
    loaded = Document.load(path, Agreement)
    assert str(loaded.place("scoring.rules.email-open.points")) == f"{path}:13:1"
    assert str(loaded.place("scoring.rules.email-open.per")) == f"{path}:10:1"
    assert str(loaded.place("sources.scoring.stages.mql.at")) == f"{path}:27:1"
    assert str(loaded.place("objective.purpose")) == f"{path}:1:1"


def test_an_invalid_file_is_left_as_it_is(path: Path) -> None:
    path.write_text(TEXT.replace("points = 2", "points = [").replace("at = 50", 'at = "50"'))
    with pytest.raises(InvalidFile) as caught:
        Document.load(path, Agreement)
    assert caught.value.place.file == str(path)
    assert caught.value.place.line


def test_a_torn_file_names_the_backup_of_the_save_that_was_cut_short(path: Path) -> None:
    backup_of(path).parent.mkdir(parents=True)
    backup_of(path).write_text(TEXT)
    path.write_text(TEXT[:200])
    with pytest.raises(InvalidFile) as caught:
        Document.load(path, Agreement)
    assert str(backup_of(path)) in caught.value.faults[-1].fix


def test_byte_order_mark_and_crlf_survive_a_save(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    loaded = Document.load(path, Agreement)
    loaded.save(with_(loaded.value, lambda new: new["agreement"].update(title="New")))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf#:schema")
    assert data.count(b"\n") == data.count(b"\r\n") == TEXT.count("\n")


@given(seed=st.integers(0, 2**48))
def test_any_change_of_the_example_is_written_and_reads_back(seed: int) -> None:
    text = EXAMPLE.read_text()
    loaded = parse(text, "agreement.toml", Agreement)
    held = Document(EXAMPLE, Agreement, loaded, text, Fingerprint("", (0, 0, 0, 0)))
    new = edited_agreement(plain(loaded), random.Random(seed))
    written = held.written(new)
    assert parse(written, "agreement.toml", Agreement) == new
    if new == loaded:
        assert written == text


def edited_agreement(values: dict[str, Any], rng: random.Random) -> Agreement:
    """Some answers changed, removed, copied or moved, as far as the model takes it."""
    value = Agreement.model_validate(values)
    for _ in range(rng.randint(1, 4)):
        values = plain(value)
        table = rng.choice(tables_of(values))
        key = rng.choice(list(table))
        if isinstance(table[key], list) and table[key]:
            rng.choice([rng.shuffle, lambda items: items.pop(), lambda items: items.append(another(items, rng))])(
                table[key]
            )
        elif type(table[key]) is int:
            table[key] += rng.randint(1, 5)
        elif isinstance(table[key], str) and rng.random() < 0.6:
            table[key] += rng.choice([" and more", "\nand a line", "s", '"'])
        else:
            del table[key]
        with suppress(ValidationError):
            value = Agreement.model_validate(values)
    return value


def another(items: list[Any], rng: random.Random) -> Any:
    one = copy.deepcopy(rng.choice(items))
    return {**one, "id": f"copy-{rng.randint(0, 10**9)}"} if isinstance(one, dict) and "id" in one else one


def tables_of(data: Any) -> list[dict[str, Any]]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [*([data] if isinstance(data, dict) and data else []), *(one for part in inner for one in tables_of(part))]


def test_create_never_writes_over_a_file(tmp_path: Path) -> None:
    create(tmp_path / "agreement.toml", TEXT)
    assert (tmp_path / "agreement.toml").read_text() == TEXT
    with pytest.raises(AlreadyThere):
        create(tmp_path / "agreement.toml", "")
    with pytest.raises(UserError):
        create(tmp_path / "absent" / "agreement.toml", TEXT)
    assert (tmp_path / "agreement.toml").read_text() == TEXT


@pytest.mark.parametrize("faulty", ['"another value"', "no TOML", '"two"\n"statements" = 1'])
def test_nothing_is_written_when_the_edit_does_not_read_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, faulty: str
) -> None:
    monkeypatch.setattr("sla_tui.record.edit.rewrite", lambda *_: faulty)
    loaded = Document.load(path, Agreement)
    with pytest.raises(RuntimeError):
        loaded.save(with_(loaded.value, lambda new: new["agreement"].update(title="New")))
    assert path.read_text() == TEXT


def test_a_default_that_no_longer_fits_is_not_kept_for_its_spelling(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "settle", lambda raw, base, new: {"no": "agreement"})
    loaded = Document.load(path, Agreement)
    text = loaded.written(with_(loaded.value, lambda new: new["agreement"].update(title="New")))
    assert tomllib.loads(text)["agreement"]["title"] == "New"


def test_loading_does_not_need_the_editor(path: Path) -> None:
    program = (
        "import sys; from sla_tui.record.document import Document; from sla_tui.agreement.terms import Agreement; "
        f"Document.load({str(path)!r}, Agreement); print('tomlkit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
