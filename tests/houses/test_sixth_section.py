"""A section is added by adding one declaration: every reader there is follows from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.check import check
from sla_tui.agreement.errors import InvalidFile
from sla_tui.agreement.fingerprint import schedule_fingerprint, schedules, terms_fingerprint
from sla_tui.agreement.parts import plain, slots, specs
from sla_tui.agreement.paths import Add, Put, Refused, apply, at_key
from sla_tui.agreement.schema import json_schema
from sla_tui.agreement.values import Kind
from sla_tui.publish.compose import compose
from sla_tui.publish.pdf import render
from sla_tui.record.document import Document
from sla_tui.tui.app import SlaTui
from sla_tui.tui.drafting.rows import section_rows, sheet
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.progress import Standing, progress
from tests.houses.sixth import FILE, Carried, Handoff, Wider
from tests.strategies import changes, leaves, parts
from tests.tui.conftest import drafting, shown, typed

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "at",
    "steps",
    "told_by",
    "accept_within",
    "share",
    "since",
    "not_before",
    "most",
    "channels",
    "only_when",
    "effort",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An agreement's file with the sixth section filled in."""
    path = tmp_path / "wide" / "agreement.toml"
    path.parent.mkdir()
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def wide(file: Path) -> Wider:
    """The agreement of that file."""
    return Document[Wider].load(file, Wider).value


def test_the_section_has_every_kind_of_answer_there_is() -> None:
    walked = {spec.kind for spec in (*specs(Wider), *specs(Handoff), *specs(Carried))}
    assert walked >= {*Kind} - {Kind.MAP}


def test_the_walk_goes_through_it(wide: Wider) -> None:
    keys = [slot.key for slot in slots(wide, Wider)]
    assert [f"handoff.{question}" for question in QUESTIONS] == [key for key in keys if key.startswith("handoff.")][:11]
    assert keys[-3:] == ["handoff.carries.phone.id", "handoff.carries.phone.field", "handoff.carries.phone.must"]
    assert {slot.key: slot.text for slot in slots(wide, Wider)}["handoff.only_when"] == "country in US, CA"


@given(parts(Wider))
def test_its_answers_are_written_and_typed_and_read_back(agreement: Wider) -> None:
    again = Wider.model_validate(plain(agreement))
    assert repr(plain(again)) == repr(plain(agreement))
    for slot in leaves(agreement):
        assert slot.spec.read(slot.text) == slot.value


@given(st.data())
def test_its_answers_change_and_change_back(data: st.DataObject) -> None:
    agreement = data.draw(parts(Wider))
    try:
        changed, back = apply(agreement, data.draw(changes(agreement)))
    except Refused:
        return
    assert apply(changed, back)[0] == agreement


def test_what_is_open_in_it_or_names_nothing_is_found(wide: Wider) -> None:
    opened, _ = apply(Wider(), Put("handoff", {}))
    missing = {finding.key for finding in check(opened) if finding.code == "unanswered"}
    assert {f"handoff.{question}" for question in QUESTIONS} <= missing
    assert {"handoff.carries", "handoff.no_answer.then", "handoff.no_answer.to"} <= missing
    with_stages, _ = apply(wide, Put("scoring", {"stages": [{"id": "mqls", "at": 5}]}))
    assert [finding.fix for finding in check(with_stages) if finding.key == "handoff.at"] == ["did you mean 'mqls'?"]


def test_its_schema_says_its_title_and_questions() -> None:
    schema = json_schema(Wider)
    held = schema["properties"]["handoff"]
    assert (held["title"], held["description"]) == ("Lead handoff", "How does a lead change hands?")
    properties = schema["$defs"]["Handoff"]["properties"]
    assert properties["most"] == {
        "title": "At once",
        "description": "How many at once at most?",
        "type": "integer",
        "minimum": 1,
        "maximum": 500,
        "examples": [25],
    }
    assert schema["$defs"]["Carried"]["required"] == ["id"]


def test_it_is_signed_with_the_terms_or_stands_apart_as_a_schedule(wide: Wider) -> None:
    later, _ = apply(wide, Put("handoff.most", 30))
    assert terms_fingerprint(later) != terms_fingerprint(wide)
    apart, _ = apply(wide, Put("agreement.schedules", ("handoff",)))
    apart_later, _ = apply(apart, Put("handoff.most", 30))
    assert schedules(apart) == ("handoff",)
    assert terms_fingerprint(apart_later) == terms_fingerprint(apart)
    assert schedule_fingerprint(apart_later, "handoff") != schedule_fingerprint(apart, "handoff")


def test_its_file_is_changed_where_the_answer_stands_and_nowhere_else(file: Path) -> None:
    document = Document[Wider].load(file, Wider)
    value, _ = apply(document.value, Put("handoff.most", 30))
    value, _ = apply(value, Add("handoff.carries", Carried(id="email", field="Email", must="always")))
    document.save(value)
    item = '\n[[handoff.carries]]\nid = "email"\nfield = "Email"\nmust = "always"\n'
    assert file.read_text("utf-8") == FILE.replace("most = 25", "most = 30") + item


def test_a_fault_in_it_has_its_place(file: Path) -> None:
    file.write_text(FILE.replace('told_by = "task"', 'told_bye = "task"').replace("most = 25", "most = 501"), "utf-8")
    with pytest.raises(InvalidFile) as caught:
        Document[Wider].load(file, Wider)
    said = sorted(str(fault) for fault in caught.value.faults)
    assert len(said) == 2
    assert said[0].startswith(f"{file}:13:")
    assert "500" in said[0]
    assert said[1].startswith(f"{file}:8:")
    assert "told_by" in said[1]


def test_it_is_printed_from_its_declaration(wide: Wider) -> None:
    document = compose(wide)
    printed = repr(document.blocks)
    for words in (
        "Lead handoff",
        "Assign, then call.",
        "4\\xa0business\\xa0hours",
        "90\\xa0%",
        "1\\xa0February\\xa02027",
    ):
        assert words in printed
    for words in ("08:30", "CRM and Slack, sales", "country is one of US, CA", "2\\xa0calls", "Reassign", "Phone"):
        assert words in printed
    assert render(document).startswith(b"%PDF-")


def test_it_is_drafted_saved_and_undone_like_any_other(file: Path) -> None:
    draft = Draft.open(file, Wider)
    try:
        draft.change(Put("handoff.no_answer.then", "escalate"))
        draft.flush()
        assert 'then = "escalate"' in file.read_text("utf-8")
        assert draft.undo() == "handoff.no_answer.then"
        draft.flush()
        assert file.read_text("utf-8") == FILE
        draft.change(Put("handoff", None))
        draft.undo()
        assert at_key(draft.agreement, "handoff.most").value == 25
    finally:
        draft.close()


def test_the_outline_counts_it_and_the_form_asks_its_questions(wide: Wider) -> None:
    (one,) = [held for held in progress(wide, check(wide)) if held.key == "handoff"]
    assert (one.title, one.standing, one.asked - one.answered) == ("Lead handoff", Standing.OPEN, 1)
    rows = section_rows(wide, "handoff", sheet(wide, "handoff.carries.phone", {}, check(wide)))
    stops = [stop for row in rows for stop in row.stops]
    assert [f"handoff.{question}" for question in QUESTIONS] == stops[:11]
    assert "handoff.no_answer.to" in stops
    assert "handoff.carries.phone.must" in stops
    (absent,) = [held for held in progress(Wider(), ()) if held.key == "handoff"]
    assert absent.standing is Standing.ABSENT


async def test_it_is_answered_on_the_screen(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Draft.open
    monkeypatch.setattr(Draft, "open", lambda path: opened(path, Wider))
    app = SlaTui(path=file.parent)
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        screen = drafting(pilot)
        screen.go("handoff.accept_within")
        screen.form.focus()
        await pilot.pause()
        assert "Lead handoff" in shown(pilot)
        assert "4 business hours" in shown(pilot)
        assert "By when?" in shown(pilot)
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "2 bd")
        await pilot.press("escape")
        await pilot.pause()
        screen.draft.flush()
    assert 'accept_within = "2 business days"  # as the calendar says' in file.read_text("utf-8")


def program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What sla-tui says once the section is declared."""
    words = [sys.executable, "-m", "tests.houses.sixth", *map(str, arguments)]
    told: Any = {**os.environ, **environment}
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env=told)


def test_every_command_knows_it(file: Path, tmp_path: Path) -> None:
    assert program("get", file, "handoff.accept_within").stdout == "4 business hours\n"
    done = program("set", file, "handoff.accept_within=1 bd", "handoff.channels=CRM")
    assert (done.returncode, done.stderr) == (0, "")
    text = file.read_text("utf-8")
    assert 'accept_within = "1 business day"  # as the calendar says' in text
    assert 'channels = ["CRM"]' in text
    assert program("add", file, "handoff.carries", "field=Email").returncode == 0
    assert program("remove", file, "handoff.carries.phone").returncode == 0
    found = json.loads(program("check", file, "--format", "json").stdout)["findings"]
    assert {one["line"] for one in found if one["key"] == "handoff.no_answer.to"} == {18}
    assert "Lead handoff" in program("schema").stdout
    made = program("export", file, "-o", tmp_path / "out.pdf")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
