"""What a person does while answering: suggestions, choosing, somebody new, long text, pasting, what is usual."""

from __future__ import annotations

import shlex
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.widgets import OptionList

from sla_tui.tui.app import SlaTui
from sla_tui.tui.drafting.choices import Choices
from sla_tui.tui.drafting.complete import Offered
from sla_tui.tui.drafting.editors import LineEditor, ProseEditor
from sla_tui.tui.drafting.several import Finder
from tests.tui.conftest import Open, Room, drafting, page, settled, shown, typed

BUSY = """
[agreement]
organization = "Northwind Traders"

[[agreement.limits]]
id = "one"

[agreement.calendar]
timezone = "America/New_York"
days = ["mon", "tue", "wed", "thu", "fri"]
from = 09:00:00
to = 17:00:00

[objective]

[[objective.milestones]]
id = "live"
deliverable = "Scoring live"

[stakeholders]

[[stakeholders.teams]]
id = "sdr"
name = "SDR team"

[[stakeholders.teams]]
id = "field"
name = "Field sales"

[[stakeholders.people]]
id = "ana-ruiz"
name = "Ana Ruiz"
title = "VP Sales"

[[stakeholders.people]]
id = "sam-osei"
name = "Sam Osei"

[scoring]

[[scoring.stages]]
id = "mql"
name = "Marketing qualified lead"
at = 50

[[scoring.rules]]
id = "us"
label = "Is near"
when = { field = "country", in = ["US", "CA"] }
points = 10

[[scoring.rules]]
id = "new"
label = "Is new"

[[commitments]]
id = "follow-up"
party = "sales"
activity = "Follow up"
within = "2 weeks"
from = "received"
measure = "first_touch"
if_missed = "The lead goes to the next rep."

[[commitments]]
id = "other"
party = "sales"
activity = "Report"

[pipeline]
"""


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """A folder with an agreement that has people, teams, rules and two promises."""
    (tmp_path / "agreement.toml").write_text(BUSY, "utf-8")
    return tmp_path


async def answering(pilot: Room, key: str) -> Any:
    """Opens the editor at a place; the draft."""
    screen = drafting(pilot)
    screen.go(key)
    screen.form.focus()
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    assert screen.answer.editing
    return screen.draft


def offered(pilot: Room) -> list[str]:
    """The lines below the editor, blanks between their columns made one."""
    listed = pilot.app.screen.query_one(Offered)
    return [" ".join(str(option.prompt).split()) for option in listed.options] if listed.display else []


def in_hand(pilot: Room) -> str:
    listed = pilot.app.screen.query_one(Offered)
    return "" if listed.highlighted is None else offered(pilot)[listed.highlighted]


def on_disk(pilot: Room) -> dict[str, Any]:
    draft = drafting(pilot).draft
    draft.flush()
    return tomllib.loads(draft.path.read_text("utf-8"))


# -- suggestions


async def test_an_empty_line_shows_usual_answers_and_arrow_and_enter_take_one(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.measure")
        assert offered(pilot)[0] == "first_touch as in Follow up"
        await pilot.press("down", "enter")
        await pilot.pause()
        assert draft.at("commitments.other.measure").value == "first_touch"
        assert drafting(pilot).form.key == "commitments.other.if_missed"
        assert drafting(pilot).answer.editing


@pytest.mark.parametrize("key", ["right", "end"])
async def test_what_stands_after_the_cursor_is_taken_with_a_key(busy: Path, opened: Open, key: str) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await typed(pilot, "ask ana")
        assert "ask ana Ruiz" in page(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.screen.query_one(LineEditor).value == "ask Ana Ruiz"
        assert draft.at("commitments.other.if_missed").value == "ask Ana Ruiz"
        await typed(pilot, " at once")
        assert draft.at("commitments.other.if_missed").value == "ask Ana Ruiz at once"


async def test_enter_keeps_what_was_typed_whatever_is_offered(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await typed(pilot, "The lead\n")
        assert draft.at("commitments.other.if_missed").value == "The lead"


async def test_tab_takes_the_line_in_hand_and_goes_on(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await pilot.press("down", "tab")
        await pilot.pause()
        assert draft.at("commitments.other.if_missed").value == "The lead goes to the next rep."
        assert drafting(pilot).form.key != "commitments.other.if_missed"


async def test_up_from_the_first_line_goes_back_to_what_is_typed(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await typed(pilot, "The")
        await pilot.press("down")
        assert in_hand(pilot)
        await pilot.press("up", "enter")
        await pilot.pause()
        assert draft.at("commitments.other.if_missed").value == "The"


async def test_typing_on_lets_go_of_the_line_in_hand(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await typed(pilot, "T")
        await pilot.press("down")
        await typed(pilot, "hey talk\n")
        assert draft.at("commitments.other.if_missed").value == "They talk"


async def test_an_arrow_nudges_a_number_and_a_unit_is_picked_where_there_is_none(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.follow-up.within")
        assert offered(pilot) == []
        await pilot.press("up")
        await pilot.pause()
        assert str(draft.at("commitments.follow-up.within").value) == "3 weeks"
        await pilot.press("ctrl+u", "7")
        await pilot.pause()
        assert offered(pilot)[:2] == ["7 business hours", "7 business days"]
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert str(draft.at("commitments.follow-up.within").value) == "7 business days"


async def test_a_condition_is_put_together_word_by_word(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "scoring.rules.new.when")
        await typed(pilot, "country n")
        assert offered(pilot)[0] == "country not in"
        await pilot.press("right")
        await typed(pilot, " ")
        assert offered(pilot)[:2] == ["US country", "CA country"]
        await pilot.press("down", "right")
        await pilot.pause()
        assert str(draft.at("scoring.rules.new.when").value) == "country not in US"
        assert "→ country is none of US" in page(pilot)


async def test_a_line_that_is_clicked_is_taken(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.measure")
        await pilot.click("#offered", offset=(2, 0))
        await pilot.pause()
        assert draft.at("commitments.other.measure").value == "first_touch"
        assert drafting(pilot).answer.editing


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_place_stays_in_sight_while_answers_are_offered(
    northwind: Path, opened: Open, size: tuple[int, int]
) -> None:
    async with opened(northwind, size) as pilot:
        for key in ("commitments.handoff.if_missed", "scoring.rules.download.when", "agreement.limits.rules.by"):
            await answering(pilot, key)
            await pilot.press("ctrl+u")
            await pilot.pause()
            lines = shown(pilot).splitlines()
            assert any("›" in line[27:] for line in lines), key
            assert pilot.app.screen.query_one("#form").size.height >= 5
            assert pilot.app.screen.query_one(Offered).size.height >= 1
            await pilot.press("escape")


async def test_the_form_stands_still_while_offers_come_and_go(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        await answering(pilot, "commitments.other.if_missed")
        high = pilot.app.screen.query_one("#form").size.height
        for letter in "The zebra":
            await typed(pilot, letter)
            assert pilot.app.screen.query_one("#form").size.height == high


async def test_what_is_kept_is_shown_where_it_was_typed_otherwise(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        await answering(pilot, "commitments.follow-up.within")
        await pilot.press("ctrl+u")
        await typed(pilot, "24bh")
        assert "→ 24 business hours" in page(pilot)
        await pilot.press("ctrl+u")
        await typed(pilot, "24 business hours")
        assert "→" not in page(pilot)


# -- one of many, several, somebody new


async def test_letters_find_a_person_and_the_form_shows_the_name(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.milestones.live.owner")
        assert isinstance(pilot.app.focused, Finder)
        await typed(pilot, "osei")
        assert offered(pilot) == ["Sam Osei", "+ new person: osei"]
        await pilot.press("enter")
        await pilot.pause()
        assert draft.at("objective.milestones.live.owner").value == "sam-osei"
        assert "Sam Osei" in page(pilot)


async def test_somebody_new_is_named_and_added_without_leaving_the_place(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.milestones.live.owner")
        await typed(pilot, "Zoe Kim\n")
        assert draft.at("objective.milestones.live.owner").value == "zoe-kim"
        assert draft.at("stakeholders.people.zoe-kim.name").value == "Zoe Kim"
        assert drafting(pilot).section == "objective"
        await pilot.press("escape", "u")
        await pilot.pause()
        assert draft.at("objective.milestones.live.owner").value is None
        assert [one.id for one in draft.at("stakeholders.people").value] == ["ana-ruiz", "sam-osei"]
        assert drafting(pilot).form.key == "objective.milestones.live.owner"


async def test_somebody_new_is_asked_for_by_name_where_nothing_is_typed_yet(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.milestones.live.owner")
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert "what is the new person called?" in page(pilot)
        await typed(pilot, "Ana")
        assert offered(pilot) == ["+ new person: Ana"]
        await pilot.press("escape")
        await pilot.pause()
        assert drafting(pilot).answer.editing
        assert offered(pilot)[0] == "Ana Ruiz VP Sales"
        assert draft.at("objective.milestones.live.owner").value is None


async def test_enter_with_nothing_in_hand_goes_on_and_answers_nothing(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.milestones.live.owner")
        assert in_hand(pilot) == ""
        await pilot.press("enter")
        await pilot.pause()
        assert draft.at("objective.milestones.live.owner").value is None
        await answering(pilot, "commitments.other.from")
        assert pilot.app.screen.query_one(Choices).highlighted is None
        await pilot.press("enter")
        await pilot.pause()
        assert draft.at("commitments.other.from").value is None
        await pilot.press("escape")
        await answering(pilot, "commitments.other.party")
        assert "› sales" in page(pilot), "the present answer is in hand, and marked with a sign"


async def test_a_letter_goes_to_the_first_choice_it_begins(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.from")
        await pilot.press("r", "enter")
        await pilot.pause()
        assert draft.at("commitments.other.from").value == "received"


async def test_letters_typed_on_after_the_last_answer_are_no_commands(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.follow-up.activity")
        await pilot.press("enter")
        await pilot.pause()
        assert not drafting(pilot).answer.editing, "the next row is answered"
        await typed(pilot, "Vera oxe")
        assert drafting(pilot).only_open is False
        assert len(draft.at("commitments").value) == 2, "nothing is added"
        assert "Nothing is being answered" in shown(pilot)
        await pilot.press("down", "o")
        await pilot.pause()
        assert drafting(pilot).only_open, "after an arrow a letter is a command again"


async def test_a_command_meant_after_an_answer_is_pressed_once_more(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        await answering(pilot, "commitments.follow-up.activity")
        await pilot.press("enter", "o")
        await pilot.pause()
        assert "o once more: only open" in shown(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert drafting(pilot).only_open


async def test_enter_at_the_end_of_an_entry_stays_there_and_says_what_now(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        await answering(pilot, "stakeholders.teams.sdr.name")
        last = drafting(pilot).form.keys[drafting(pilot).form.keys.index("stakeholders.teams.sdr.id") - 1]
        await pilot.press("escape")
        await answering(pilot, last)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key == last, "not on the id"
        assert "a adds another team" in shown(pilot)


async def test_an_answer_that_names_somebody_is_taken_back(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.milestones.live.owner")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert draft.at("objective.milestones.live.owner").value == "ana-ruiz"
        await answering(pilot, "objective.milestones.live.owner")
        assert in_hand(pilot).startswith("Ana Ruiz")
        await pilot.press("down", "down", "down")
        assert in_hand(pilot) == "– no answer –"
        await pilot.press("enter")
        await pilot.pause()
        assert draft.at("objective.milestones.live.owner").value is None


async def test_several_are_ticked_in_the_order_of_choosing(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "pipeline.decided_by")
        await typed(pilot, "field")
        await pilot.press("space")
        await typed(pilot, "ana")
        await pilot.press("enter")
        await pilot.pause()
        assert draft.at("pipeline.decided_by").value == ("field", "ana-ruiz")
        assert "Field sales, Ana Ruiz" in page(pilot)
        assert "[✓] Ana Ruiz VP Sales" in offered(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert draft.at("pipeline.decided_by").value == ("field",)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key != "pipeline.decided_by"
        assert on_disk(pilot)["pipeline"]["decided_by"] == ["field"]


async def test_somebody_new_among_several_is_ticked_at_once(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "pipeline.decided_by")
        await pilot.press("space")
        await typed(pilot, "Legal")
        assert offered(pilot) == ["+ new person: Legal", "+ new team: Legal"]
        await pilot.press("down", "enter")
        await pilot.pause()
        assert draft.at("pipeline.decided_by").value[-1] == "legal"
        assert draft.at("stakeholders.teams.legal.name").value == "Legal"
        assert in_hand(pilot) == "[✓] Legal"
        assert drafting(pilot).answer.editing


async def test_undo_unticks(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "agreement.schedules")
        await typed(pilot, "scor")
        await pilot.press("space")
        await pilot.pause()
        assert "[✓] Scoring" in offered(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert draft.at("agreement.schedules").value in (None, ())
        assert "[ ] Scoring" in offered(pilot)


async def test_letters_go_to_the_choice_that_starts_with_them(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.follow-up.from")
        assert isinstance(pilot.app.focused, Choices)
        await typed(pilot, "a\n")
        assert draft.at("commitments.follow-up.from").value == "accepted"


async def test_any_place_is_found_by_words(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "agreement.limits.one.key")
        await typed(pilot, "qualified po")
        assert offered(pilot)[0].startswith("Marketing qualified lead: From points, 50")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert draft.at("agreement.limits.one.key").value == "scoring.stages.mql.at"


async def test_a_quota_names_the_stages_of_its_agreement(tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_text(BUSY, "utf-8")
    quota = tmp_path / "quotas" / "2027-Q1.toml"
    quota.parent.mkdir()
    quota.write_text("[quota]\nfrom = 2027-01-01\nto = 2027-03-31\n", "utf-8")
    async with SlaTui(path=quota).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        draft = await answering(pilot, "quota.counts")
        assert "Marketing qualified lead 50" in offered(pilot)
        await typed(pilot, "mark\n")
        assert draft.at("quota.counts").value == "mql"


# -- ranges


async def test_a_range_becomes_two_promises_in_one_step(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.follow-up.within")
        await pilot.press("ctrl+u")
        await typed(pilot, "5 minutes to 24 hours")
        assert "a range is still a question" in page(pilot)
        assert offered(pilot)[0] == "5 minutes, and 24 hours two commitments"
        await pilot.press("down", "enter")
        await pilot.pause()
        limits = [(one.id, str(one.within)) for one in draft.at("commitments").value]
        assert limits[:2] == [("follow-up", "5 minutes"), ("follow-up-2", "24 hours")]
        assert draft.memory.refused == {}
        assert not drafting(pilot).answer.editing
        assert "a range" not in page(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert [one.id for one in draft.at("commitments").value] == ["follow-up", "other"]


# -- long text, another editor, pasting


async def test_long_text_has_room(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        await answering(pilot, "objective.purpose")
        assert pilot.app.screen.query_one(ProseEditor).size.height >= 5


async def test_a_usual_text_is_taken_as_a_beginning(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.purpose")
        assert offered(pilot)
        await pilot.press("down", "enter")
        await typed(pilot, " So")
        value = draft.at("objective.purpose").value
        assert value.startswith("Hand over every qualified lead")
        assert value.endswith(" So")
        assert offered(pilot) == []


async def test_names_are_completed_in_long_text_too(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.purpose")
        await typed(pilot, "Ask Ana")
        await pilot.press("end")
        await pilot.pause()
        assert draft.at("objective.purpose").value == "Ask Ana Ruiz"


async def test_undo_in_long_text_takes_letters_back_then_what_was_done_before(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "agreement.version")
        await typed(pilot, "7")
        await pilot.press("escape")
        await answering(pilot, "objective.purpose")
        await typed(pilot, "one")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert draft.at("objective.purpose").value is None
        assert draft.at("agreement.version").value == "7"
        await pilot.press("ctrl+z", "ctrl+z")
        await pilot.pause()
        assert draft.at("agreement.version").value is None


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that does what ``script`` says to the file ``path``."""
    program = tmp_path / "my editor.py"
    program.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{script}\n", "utf-8")
    monkeypatch.setenv("VISUAL", f"{shlex.quote(sys.executable)} {shlex.quote(str(program))}")


@contextmanager
def _suspended(_app: SlaTui) -> Iterator[None]:
    yield


@pytest.fixture
def suspends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the program make way for an editor, as in a terminal."""
    monkeypatch.setattr(SlaTui, "suspend", _suspended)


def kept() -> list[Path]:
    from sla_tui.record.state import state_home

    return sorted((state_home() / "writing").glob("*"))


@pytest.mark.usefixtures("suspends")
async def test_long_text_is_written_in_ones_own_editor_as_one_step(
    busy: Path, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'path.write_text(path.read_text("utf-8").upper() + "two\\x1b[31m\\r\\nthree\\n", "utf-8", newline="")'
    editor(tmp_path, monkeypatch, script)
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.purpose")
        await typed(pilot, "one")
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert draft.at("objective.purpose").value == "ONE\ntwo[31m\nthree"
        assert pilot.app.screen.query_one(ProseEditor).text == "ONE\ntwo[31m\nthree"
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert draft.at("objective.purpose").value == "one"
        assert kept() == []


@pytest.mark.usefixtures("suspends")
async def test_one_line_stays_one_line(
    busy: Path, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, 'path.write_text("We talk\\n  and decide\\n")')
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert draft.at("commitments.other.if_missed").value == "We talk and decide"


@pytest.mark.usefixtures("suspends")
@pytest.mark.parametrize(
    ("script", "said", "left"),
    [
        ("", "Nothing was changed.", 0),
        ("sys.exit(3)", "ended with an error (3)", 0),
        ('path.write_text("lost?"); sys.exit(1)', "The answer is as it was. What was written is kept in", 1),
        ('path.write_bytes(b"caf\\xe9")', "no UTF-8 text, and the answer is as it was. What was written is kept in", 1),
        ("path.unlink()", "The answer is as it was", 0),
    ],
)
async def test_whatever_the_editor_does_the_answer_is_not_lost(
    busy: Path, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str, left: int
) -> None:
    editor(tmp_path, monkeypatch, script)
    async with opened(busy, (160, 40)) as pilot:
        draft = await answering(pilot, "objective.purpose")
        await typed(pilot, "one")
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert said in shown(pilot)
        assert draft.at("objective.purpose").value == "one"
        assert len(kept()) == left
        await typed(pilot, " two")
        assert draft.at("objective.purpose").value == "one two"


@pytest.mark.parametrize(("name", "said"), [("", "set VISUAL or EDITOR"), ("no-such-editor", "could not be started")])
@pytest.mark.usefixtures("suspends")
async def test_without_an_editor_it_says_what_to_do(
    busy: Path, opened: Open, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", name)
    monkeypatch.delenv("EDITOR", raising=False)
    async with opened(busy) as pilot:
        await answering(pilot, "objective.purpose")
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert said in shown(pilot)
        assert drafting(pilot).answer.editing


async def test_lines_pasted_into_a_line_become_one(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "commitments.other.if_missed")
        await typed(pilot, "so ")
        pilot.app.focused.post_message(Paste("We talk\r\n\tand\x1b[31m\n\n decide.\n"))
        await pilot.pause()
        assert pilot.app.screen.query_one(LineEditor).value == "so We talk and[31m decide."
        assert draft.at("commitments.other.if_missed").value == "so We talk and[31m decide."


async def test_lines_pasted_into_long_text_stay_lines(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        draft = await answering(pilot, "objective.purpose")
        pilot.app.focused.post_message(Paste("We talk\r\n\x07and decide"))
        await pilot.pause()
        assert draft.at("objective.purpose").value == "We talk\nand decide"
        assert pilot.app.screen.query_one(ProseEditor).text == "We talk\nand decide"


# -- what is usual


async def test_usual_entries_are_ticked_and_added_as_examples(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        screen = drafting(pilot)
        screen.go("commitments.other")
        screen.form.focus()
        await pilot.pause()
        await pilot.press("A")
        await settled(pilot)
        assert "Usual commitments" in shown(pilot)
        await pilot.press("space", "space", "enter")
        await settled(pilot)
        entries = screen.draft.at("commitments").value
        assert [one.id for one in entries][:2] == ["follow-up", "other"]
        assert len(entries) == 4
        assert screen.form.key == f"commitments.{entries[2].id}"
        assert on_disk(pilot)["sources"][f"commitments.{entries[2].id}"]["kind"] == "example"
        assert "~" in page(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert [one.id for one in screen.draft.at("commitments").value] == ["follow-up", "other"]


async def test_a_section_left_out_can_come_with_what_is_usual(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        screen = drafting(pilot)
        screen.go("feedback")
        screen.query_one("#outline", OptionList).focus()
        await pilot.pause()
        assert "A adds it with what is usual" in shown(pilot)
        await pilot.press("A")
        await settled(pilot)
        assert screen.draft.at("feedback.reasons").value
        assert on_disk(pilot)["sources"]["feedback"]["kind"] == "example"
        await pilot.press("u")
        await pilot.pause()
        assert screen.draft.value.feedback is None


async def test_a_list_that_has_everything_says_so(busy: Path, opened: Open) -> None:
    async with opened(busy) as pilot:
        screen = drafting(pilot)
        screen.go("agreement.calendar.timezone")
        screen.form.focus()
        await pilot.press("A")
        await settled(pilot)
        assert "Usual" not in shown(pilot)
        screen.go("agreement.limits.one")
        await pilot.press("A")
        await settled(pilot)
        await pilot.press("a", "enter")
        await settled(pilot)
        await pilot.press("A")
        await settled(pilot)
        assert "The templates have no other limits" in shown(pilot)
