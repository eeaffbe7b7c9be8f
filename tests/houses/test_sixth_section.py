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
from sla_tui.tui.drafting.rows import section_rows
from sla_tui.tui.drafting.sheet import sheet
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.progress import Standing, progress
from tests.houses.sixth import FILE, Relay, Relayed, Wider
from tests.strategies import changes, leaves, parts
from tests.tui.conftest import drafting, settled, shown, typed

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
    walked = {spec.kind for spec in (*specs(Wider), *specs(Relay), *specs(Relayed))}
    assert walked >= {*Kind} - {Kind.MAP}


def test_the_walk_goes_through_it(wide: Wider) -> None:
    keys = [slot.key for slot in slots(wide, Wider)]
    assert [f"relay.{question}" for question in QUESTIONS] == [key for key in keys if key.startswith("relay.")][:11]
    assert keys[-3:] == ["relay.carries.phone.id", "relay.carries.phone.field", "relay.carries.phone.must"]
    assert {slot.key: slot.text for slot in slots(wide, Wider)}["relay.only_when"] == "country in US, CA"


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
    opened, _ = apply(Wider(), Put("relay", {}))
    missing = {finding.key for finding in check(opened) if finding.code == "unanswered"}
    assert {f"relay.{question}" for question in QUESTIONS} <= missing
    assert {"relay.carries", "relay.no_answer.then", "relay.no_answer.to"} <= missing
    with_stages, _ = apply(wide, Put("scoring", {"stages": [{"id": "mqls", "at": 5}]}))
    assert [finding.fix for finding in check(with_stages) if finding.key == "relay.at"] == ["did you mean 'mqls'?"]


def test_its_schema_says_its_title_and_questions() -> None:
    schema = json_schema(Wider)
    held = schema["properties"]["relay"]
    assert (held["title"], held["description"]) == ("Lead relay", "How does a lead change hands?")
    properties = schema["$defs"]["Relay"]["properties"]
    assert properties["most"] == {
        "title": "At once",
        "description": "How many at once at most?",
        "type": "integer",
        "minimum": 1,
        "maximum": 500,
        "examples": [25],
    }
    assert schema["$defs"]["Relayed"]["required"] == ["id"]


def test_it_is_signed_with_the_terms_or_stands_apart_as_a_schedule(wide: Wider) -> None:
    later, _ = apply(wide, Put("relay.most", 30))
    assert terms_fingerprint(later) != terms_fingerprint(wide)
    apart, _ = apply(wide, Put("agreement.schedules", ("relay",)))
    apart_later, _ = apply(apart, Put("relay.most", 30))
    assert schedules(apart) == ("relay",)
    assert terms_fingerprint(apart_later) == terms_fingerprint(apart)
    assert schedule_fingerprint(apart_later, "relay") != schedule_fingerprint(apart, "relay")


def test_its_file_is_changed_where_the_answer_stands_and_nowhere_else(file: Path) -> None:
    document = Document[Wider].load(file, Wider)
    value, _ = apply(document.value, Put("relay.most", 30))
    value, _ = apply(value, Add("relay.carries", Relayed(id="email", field="Email", must="always")))
    document.save(value)
    item = '\n[[relay.carries]]\nid = "email"\nfield = "Email"\nmust = "always"\n'
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
        "Lead relay",
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
        draft.change(Put("relay.no_answer.then", "escalate"))
        draft.flush()
        assert 'then = "escalate"' in file.read_text("utf-8")
        assert draft.undo() == "relay.no_answer.then"
        draft.flush()
        assert file.read_text("utf-8") == FILE
        draft.change(Put("relay", None))
        draft.undo()
        assert at_key(draft.value, "relay.most").value == 25
    finally:
        draft.close()


def test_the_outline_counts_it_and_the_form_asks_its_questions(wide: Wider) -> None:
    (one,) = [held for held in progress(wide, check(wide)) if held.key == "relay"]
    assert (one.title, one.standing, one.asked - one.answered) == ("Lead relay", Standing.OPEN, 2)
    rows = section_rows(wide, "relay", sheet(wide, "relay.carries.phone", {}, check(wide)))
    stops = [stop for row in rows for stop in row.stops]
    assert [f"relay.{question}" for question in QUESTIONS] == stops[:11]
    assert "relay.no_answer.to" in stops
    assert "relay.carries.phone.must" in stops
    (absent,) = [held for held in progress(Wider(), ()) if held.key == "relay"]
    assert absent.standing is Standing.ABSENT


async def test_it_is_answered_on_the_screen(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Draft.open
    monkeypatch.setattr(Draft, "open", lambda path, **how: opened(path, Wider, **how))
    app = SlaTui(path=file.parent)
    async with app.run_test(size=(110, 40)) as pilot:
        await settled(pilot)
        screen = drafting(pilot)
        screen.go("relay.accept_within")
        screen.form.focus()
        await pilot.pause()
        assert "Lead relay" in shown(pilot)
        assert "4 business hours" in shown(pilot)
        assert "By when?" in shown(pilot)
        await pilot.press("enter", "ctrl+u")
        assert screen.answer.editing
        await typed(pilot, "2 bd")
        await pilot.press("escape")
        await settled(pilot)
        assert not screen.answer.editing
        screen.draft.flush()
    assert 'accept_within = "2 business days"  # as the calendar says' in file.read_text("utf-8")


def program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What sla-tui says once the section is declared."""
    words = [sys.executable, "-m", "tests.houses.sixth", *map(str, arguments)]
    told: Any = {**os.environ, **environment}
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env=told)


def test_every_command_knows_it(file: Path, tmp_path: Path) -> None:
    assert program("get", file, "relay.accept_within").stdout == "4 business hours\n"
    done = program("set", file, "relay.accept_within=1 bd", "relay.channels=CRM")
    assert (done.returncode, done.stderr) == (0, "")
    text = file.read_text("utf-8")
    assert 'accept_within = "1 business day"  # as the calendar says' in text
    assert 'channels = ["CRM"]' in text
    assert program("add", file, "relay.carries", "field=Email").returncode == 0
    assert program("remove", file, "relay.carries.phone").returncode == 0
    found = json.loads(program("check", file, "--format", "json").stdout)["findings"]
    assert {one["line"] for one in found if one["key"] == "relay.no_answer.to"} == {18}
    assert "Lead relay" in program("schema").stdout
    made = program("export", file, "-o", tmp_path / "out.pdf")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
