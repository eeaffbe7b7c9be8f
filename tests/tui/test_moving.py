"""Moving about in an agreement of many sections, and seeing it: what a person presses and then sees."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from sla_tui.agreement.paths import Put
from sla_tui.tui import keys
from sla_tui.tui.dialogs.confirm import Confirm
from sla_tui.tui.dialogs.find import Find
from sla_tui.tui.dialogs.findings import Findings
from sla_tui.tui.dialogs.goto import GoTo
from sla_tui.tui.dialogs.preview import Preview
from sla_tui.tui.drafting.outline import Outline
from sla_tui.tui.page import Page
from sla_tui.workshop.presets import shipped, usual
from sla_tui.workshop.progress import Standing
from tests.tui.conftest import Open, Room, drafting, page, settled, shown, typed

MEETINGS = """
[communication]

[[communication.meetings]]
id = "weekly"
name = "Weekly review"
every = "week"

[[communication.meetings.agenda]]
id = "results"
topic = "Results"
minutes = 10

[[communication.meetings.agenda]]
id = "challenges"
topic = "Challenges"
"""
PEOPLE = """
[stakeholders]
keeper = "ana"

[[stakeholders.teams]]
id = "reps"
name = "Reps"
speaks = "ana"

[[stakeholders.people]]
id = "ana"
name = "Ana Ruiz"

[[stakeholders.people]]
id = "sam"
name = "Sam Osei"
"""
MARKS = """
[sources]
objective = { kind = "example" }
"""


def more(folder: Path, text: str) -> None:
    file = folder / "agreement.toml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def on_disk(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))


async def at(pilot: Room, key: str) -> None:
    drafting(pilot).go(key)
    drafting(pilot).form.focus()
    await pilot.pause()


def outline(pilot: Room) -> list[str]:
    """The lines of the outline in sight."""
    region = drafting(pilot).query_one(Outline).region
    return [line[: region.right] for line in shown(pilot).splitlines()[region.y : region.bottom]]


# -- the outline


async def test_sections_of_this_version_come_first_and_those_left_out_below_a_line(folder: Path, opened: Open) -> None:
    async with opened(folder, (80, 40)) as pilot:
        lines = [line for line in outline(pilot) if line.strip()]
        line = next(at for at, line in enumerate(lines) if "── not in this version ──" in line)
        assert [one.split()[1] for one in lines[:line]] == ["Agreement", "Objective", "Commitments", "Signatures"]
        assert all(one.strip().startswith("– ") for one in lines[line + 1 :])
        assert len(lines) > 20


async def test_the_section_in_hand_is_always_in_sight(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await pilot.press("escape")
        for _ in drafting(pilot).sections[1:]:
            await pilot.press("down")
            await pilot.pause()
            here = next(one for one in drafting(pilot).sections if one.key == drafting(pilot).section)
            assert any(line.startswith("›") and here.title in line for line in outline(pilot)), here.title
        assert drafting(pilot).section == drafting(pilot).sections[-1].key


async def test_a_schedule_is_marked_and_its_head_says_who_may_change_it(northwind: Path, opened: Open) -> None:
    async with opened(northwind, (120, 40)) as pilot:
        await at(pilot, "scoring")
        assert any("Scoring ≈" in line for line in outline(pilot))
        assert not any("Commitments ≈" in line for line in outline(pilot))
        assert "schedule" in page(pilot).partition("?")[0]
        assert "may change" in shown(pilot)
        await at(pilot, "commitments")
        assert "terms, signed" in page(pilot)


async def test_a_wide_outline_counts_what_is_answered(folder: Path, opened: Open) -> None:
    async with opened(folder, (120, 40)) as pilot:
        one = next(one for one in drafting(pilot).sections if one.key == "objective")
        assert any(f"{one.answered}/{one.asked}" in line for line in outline(pilot) if "Objective" in line)


async def test_a_section_left_out_says_what_it_is_for_and_one_key_adds_it(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await pilot.press("g")
        await typed(pilot, "handoff\n")
        assert drafting(pilot).section == "handoff"
        assert "The moment a lead changes owner" in page(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert drafting(pilot).form.has_focus
        drafting(pilot).draft.flush()
        assert on_disk(folder)["handoff"] == {}


# -- what was looked at


async def test_findings_count_from_when_somebody_looks_into_the_section(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        assert not any("to mend" in line for line in outline(pilot))
        await pilot.press("escape", "down", "down")
        await pilot.pause()
        assert drafting(pilot).section == "commitments"
        assert any("○ Commitments" in line for line in outline(pilot)), "seen from the outline is not looked into"
        await pilot.press("enter")
        await pilot.pause()
        assert any("! Commitments" in line and "1 to mend" in line for line in outline(pilot))
    async with opened(folder) as pilot:
        assert any("! Commitments" in line for line in outline(pilot))


async def test_untouched_sections_are_one_line_each_among_the_findings(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments")
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Findings)
        said = shown(pilot)
        assert said.index("Commitments") < said.index("Not looked at yet") < said.index("Objective: ")
        objective = next(line for line in said.splitlines() if "Objective: " in line)
        assert "open questions" in objective
        await pilot.press("end", "enter")
        await pilot.pause()
        assert drafting(pilot).section == "signatures"


# -- going to a place


async def test_some_letters_lead_to_any_entry(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, GoTo)
        await typed(pilot, "ana ru")
        assert "Ana Ruiz" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key == "stakeholders.people.ana-ruiz"
        assert drafting(pilot).form.has_focus


async def test_it_is_reached_from_inside_a_field_and_left_without_going(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.version")
        await pilot.press("enter", "f6")
        await pilot.pause()
        assert isinstance(pilot.app.screen, GoTo)
        await pilot.press("escape")
        await pilot.pause()
        assert drafting(pilot).form.key == "agreement.version"
        await pilot.press("f6")
        await typed(pilot, "zzzz")
        assert "Nothing is called so." in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, GoTo)


async def test_arrows_choose_while_the_letters_go_to_the_line(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await pilot.press("g", "down", "down")
        await pilot.pause()
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).section == drafting(pilot).sections[2].key


# -- finding words


async def test_words_are_found_wherever_they_stand_and_enter_goes_there(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await pilot.press("slash")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Find)
        await typed(pilot, "NEXT rep")
        assert "Commitments" in shown(pilot)
        assert "The lead goes to the next rep." in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key.endswith(".if_missed")
        assert drafting(pilot).open_item


async def test_what_was_looked_for_last_is_there_again_to_be_typed_over(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await pilot.press("slash")
        await settled(pilot)
        await typed(pilot, "territory")
        await pilot.press("escape", "slash")
        await settled(pilot)
        assert pilot.app.screen.query_one(Input).value == "territory"
        await typed(pilot, "quiet")
        assert pilot.app.screen.query_one(Input).value == "quiet"


@pytest.mark.parametrize("key", ["g", "slash"])
async def test_text_of_a_user_is_no_markup_in_a_list(folder: Path, opened: Open, key: str) -> None:
    hostile = "[@click=app.quit]x[/] [/nope]"
    more(folder, f'\n[[custom]]\nid = "own"\ntitle = "{hostile}"\ntext = "t"\n')
    async with opened(folder, (120, 40)) as pilot:
        await pilot.press(key)
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = "nope"
        await pilot.pause()
        await pilot.pause()
        assert hostile in shown(pilot)


# -- only what is open


async def test_only_what_is_open_is_shown_until_it_is_answered(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.starts")
        await pilot.press("o")
        await pilot.pause()
        form = drafting(pilot).form
        assert "agreement.title" not in form.keys
        assert {"agreement.starts", "agreement.ends", "agreement.calendar.timezone"} <= set(form.keys)
        assert "Business hours" in page(pilot), "the heading above what is open stays"
        assert not any("Handoff" in line for line in outline(pilot))
        await pilot.press("enter")
        await typed(pilot, "2027-01-01")
        assert form.key == "agreement.starts"
        await pilot.press("tab", "escape")
        await pilot.pause()
        assert "agreement.starts" not in form.keys
        await pilot.press("o")
        await pilot.pause()
        assert "agreement.title" in form.keys
        assert drafting(pilot).form.key == "agreement.ends"


async def test_where_nothing_is_open_it_says_so_and_adds_nothing(folder: Path, opened: Open) -> None:
    more(folder, '\n[[custom]]\nid = "own"\ntitle = "T"\ntext = "t"\n')
    async with opened(folder) as pilot:
        drafting(pilot).query_one(Outline).focus()
        drafting(pilot).go("custom")
        await pilot.press("o")
        await pilot.pause()
        before = drafting(pilot).draft.value
        assert "Nothing is open here" in page(pilot) or drafting(pilot).form.key == "custom.own"
        await at(pilot, "objective.scope")
        assert drafting(pilot).draft.value is before


# -- nested lists


async def test_a_list_in_a_list_is_readable_and_the_head_says_where_one_is(folder: Path, opened: Open) -> None:
    more(folder, MEETINGS)
    async with opened(folder) as pilot:
        await at(pilot, "communication.meetings.weekly.agenda.results.topic")
        assert "Communication › Meetings › Weekly r… › Agenda" in " ".join(page(pilot).split()) or "Agenda ›" in page(
            pilot
        )
        rows = [line for line in shown(pilot).splitlines() if "Results" in line or "Challenges" in line]
        assert len(rows) >= 2
        columns = {
            word: min(line.index(word) for line in shown(pilot).splitlines() if word in line) for word in ("Topic",)
        }
        assert columns["Topic"] <= 31 + 4, "two columns a level"


async def test_escape_closes_one_entry_at_a_time(folder: Path, opened: Open) -> None:
    more(folder, MEETINGS)
    async with opened(folder) as pilot:
        await at(pilot, "communication.meetings.weekly.agenda.results.topic")
        screen = drafting(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert (screen.open_item, screen.form.key) == (
            "communication.meetings.weekly",
            "communication.meetings.weekly.agenda.results",
        )
        await pilot.press("escape")
        await pilot.pause()
        assert (screen.open_item, screen.form.key) == ("", "communication.meetings.weekly")
        assert screen.form.has_focus
        await pilot.press("escape")
        assert isinstance(pilot.app.focused, Outline)


def screen_editing(pilot: Room) -> str:
    """The KEY of the answer being typed; empty for none."""
    return drafting(pilot).form.key if drafting(pilot).answer.editing else ""


async def test_entries_within_entries_are_added_moved_copied_and_removed(folder: Path, opened: Open) -> None:
    more(folder, MEETINGS)
    async with opened(folder) as pilot:
        await at(pilot, "communication.meetings.weekly.agenda.results.topic")
        await pilot.press("a")
        await typed(pilot, "Adjustments\n")
        assert screen_editing(pilot) == "communication.meetings.weekly.agenda.adjustments.minutes"
        await pilot.press("escape", "escape")
        await pilot.pause()
        screen = drafting(pilot)

        def agenda() -> list[str]:
            (meeting,) = screen.draft.at("communication.meetings").value
            return [one.id for one in meeting.agenda]

        assert agenda() == ["results", "adjustments", "challenges"]
        assert screen.form.key == "communication.meetings.weekly.agenda.adjustments"
        await pilot.press("J")
        await pilot.pause()
        assert agenda() == ["results", "challenges", "adjustments"]
        await pilot.press("c")
        await pilot.pause()
        assert agenda() == ["results", "challenges", "adjustments", "adjustments-2"]
        await pilot.press("delete")
        await pilot.pause()
        assert agenda() == ["results", "challenges", "adjustments"]
        assert screen.open_item == "communication.meetings.weekly"


# -- removing what is named


async def test_removing_somebody_who_is_named_says_where_first(folder: Path, opened: Open) -> None:
    more(folder, PEOPLE)
    async with opened(folder) as pilot:
        await at(pilot, "stakeholders.people.ana")
        await pilot.press("delete")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        assert "It is named in 2 places" in shown(pilot)
        assert "Roles › Teams › Reps › Speaks for it" in shown(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert drafting(pilot).draft.at("stakeholders.people.ana").value
        await pilot.press("delete", "l")
        await pilot.pause()
        assert drafting(pilot).form.key == "stakeholders.teams.reps.speaks"
        await at(pilot, "stakeholders.people.ana")
        await pilot.press("delete", "r")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert [one.id for one in draft.at("stakeholders.people").value] == ["sam"]
        broken = {finding.key for finding in draft.findings if finding.code == "unknown-reference"}
        assert broken == {"stakeholders.teams.reps.speaks", "stakeholders.keeper"}
        await pilot.press("u")
        await pilot.pause()
        assert draft.at("stakeholders.people.ana").value


async def test_what_nothing_names_goes_without_a_question(folder: Path, opened: Open) -> None:
    more(folder, PEOPLE)
    async with opened(folder) as pilot:
        await at(pilot, "stakeholders.people.sam")
        await pilot.press("delete")
        await pilot.pause()
        assert [one.id for one in drafting(pilot).draft.at("stakeholders.people").value] == ["ana"]


async def test_leaving_out_a_section_that_is_named_says_where_first(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "scoring")
        await pilot.press("X")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        assert "Agreement › Schedules" in shown(pilot)
        await pilot.press("r")
        await pilot.pause()
        assert drafting(pilot).draft.at("scoring").value is None


# -- examples of a whole section


async def test_a_section_that_is_an_example_is_agreed_to_with_one_key(folder: Path, opened: Open) -> None:
    more(folder, MARKS)
    async with opened(folder) as pilot:
        await at(pilot, "objective")
        assert drafting(pilot).form.key == "objective"
        assert "All of this is an example so far" in page(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key == "objective.purpose", "Enter goes to its answers"
        await pilot.press("escape", "y")
        await pilot.pause()
        drafting(pilot).draft.flush()
        assert on_disk(folder)["sources"] == {"objective": {"kind": "agreed"}}
        assert "All of this is an example" not in page(pilot)


async def test_in_the_outline_a_whole_section_is_agreed_to(folder: Path, opened: Open) -> None:
    more(
        folder,
        '\n[sources]\n"commitments.follow-up.within" = { kind = "example" }\ncommitments = { kind = "example" }\n',
    )
    async with opened(folder) as pilot:
        await pilot.press("escape", "down", "down")
        await pilot.pause()
        assert drafting(pilot).section == "commitments"
        await pilot.press("y")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert not [finding for finding in draft.findings if finding.code == "example"]
        assert isinstance(pilot.app.focused, Outline)
        await pilot.press("g")
        await typed(pilot, "objective\n")
        await pilot.press("u")
        await pilot.pause()
        assert [finding for finding in draft.findings if finding.code == "example"]
        assert drafting(pilot).section == "commitments", "what was taken back is shown"
        await pilot.press("U")
        await pilot.pause()
        assert not [finding for finding in draft.findings if finding.code == "example"]


async def test_next_open_comes_to_a_section_that_is_an_example(folder: Path, opened: Open) -> None:
    more(folder, MARKS)
    async with opened(folder) as pilot:
        await at(pilot, "agreement.calendar.to")
        await pilot.press("n")
        await pilot.pause()
        assert drafting(pilot).form.key == "objective"
        await pilot.press("y", "n")
        await pilot.pause()
        assert drafting(pilot).form.key.startswith("objective.")


# -- reading


async def test_a_section_reads_as_it_will_on_the_page(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "commitments")
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Preview)
        assert "How it reads  Commitments" in shown(pilot)
        assert "Marketing promises" in shown(pilot) or "Marketing will" in shown(pilot)
        before = shown(pilot)
        await pilot.press("pagedown")
        await settled(pilot)
        assert shown(pilot) != before
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "How it reads  Feedback" in shown(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert "the whole agreement" in shown(pilot)
        assert "Northwind Traders" in shown(pilot)
        await pilot.press("w", "enter")
        await pilot.pause()
        assert drafting(pilot).section == "feedback"


@pytest.mark.parametrize("size", [(72, 18), (80, 24), (120, 40)])
async def test_every_section_can_be_read_at_any_size(northwind: Path, opened: Open, size: tuple[int, int]) -> None:
    async with opened(northwind, size) as pilot:
        await pilot.press("w")
        await settled(pilot)
        there = [one for one in drafting_below(pilot) if one.standing is not Standing.ABSENT]
        for one in there:
            assert one.title in shown(pilot)
            view = pilot.app.screen.query_one(Page)
            assert view.virtual_size.height > 0
            assert all(line.cell_length <= view.size.width for line in view._lines)
            await pilot.press("right_square_bracket")
            await settled(pilot)


def drafting_below(pilot: Room) -> tuple[Any, ...]:
    from sla_tui.tui.drafting.screen import Drafting

    (screen,) = [one for one in pilot.app.screen_stack if isinstance(one, Drafting)]
    return screen.sections


async def test_what_nobody_answered_is_seen_in_the_reading(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("w")
        await settled(pilot)
        assert "Win more of what we find." in shown(pilot)
        assert "[to be agreed]" in shown(pilot)


async def test_enter_on_a_section_left_out_adds_nothing(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        drafting(pilot).go("handoff")
        drafting(pilot).query_one(Outline).focus()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).draft.at("handoff").value is None
        assert "Not in this version: a adds it." in shown(pilot)


async def test_the_scoring_is_looked_at_on_its_board(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "scoring" in drafting(pilot).draft.memory.visited


async def test_a_section_left_out_comes_back_with_the_answers_it_had(folder: Path, opened: Open) -> None:
    more(folder, MARKS)
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        draft = drafting(pilot).draft
        before = (draft.value.objective, draft.value.sources)
        await pilot.press("X")
        await pilot.pause()
        assert draft.value.objective is None
        await pilot.press("a")
        await pilot.pause()
        assert (draft.value.objective, draft.value.sources) == before
        assert "It is back, with the answers it had." in shown(pilot)


async def test_agreeing_says_to_how_much_and_where_there_is_nothing(folder: Path, opened: Open) -> None:
    more(folder, MARKS)
    async with opened(folder) as pilot:
        await at(pilot, "objective")
        await pilot.press("y")
        await pilot.pause()
        assert "Agreed; u takes it back." in shown(pilot)
        await pilot.press("y")
        await pilot.pause()
        assert "Nothing to agree to here" in shown(pilot)


async def test_what_was_said_ends_with_the_next_key_once_it_could_be_read(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("y", "down")
        await pilot.pause()
        assert "Nothing to agree to here" in shown(pilot), "keys pressed at once do not end it"
        monkeypatch.setattr(keys, "MOMENT", 0.0)
        await pilot.press("up")
        await pilot.pause()
        assert "Nothing to agree to here" not in shown(pilot)
        assert "Enter answer" in shown(pilot).splitlines()[-1]


async def test_that_only_what_is_open_is_shown_stands_in_the_head(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("o")
        await pilot.pause()
        assert "Only what is open is shown" in page(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "Only what is open is shown" not in page(pilot)


async def test_the_head_says_which_section_of_how_many_it_is_and_the_bar_how_many_are_complete(
    folder: Path, opened: Open
) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        assert "Objective 2/4" in page(pilot)
        assert "0 of 4 complete" in shown(pilot).splitlines()[0]


async def test_once_all_is_answered_n_goes_to_what_is_to_mend(northwind: Path, opened: Open) -> None:
    text = (northwind / "agreement.toml").read_text("utf-8")
    (northwind / "agreement.toml").write_text(text.replace('keeper = "', 'keeper = "nobody-', 1), "utf-8")
    async with opened(northwind) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("n")
        await pilot.pause()
        assert drafting(pilot).form.key == "stakeholders.keeper"
        assert "1 to mend" in shown(pilot)


async def test_what_is_to_mend_comes_first_in_the_list_and_is_in_hand(folder: Path, opened: Open) -> None:
    more(folder, PEOPLE.replace('keeper = "ana"', 'keeper = "nobody"'))
    async with opened(folder) as pilot:
        await at(pilot, "stakeholders.teams")
        await at(pilot, "agreement.title")
        await pilot.press("f")
        await pilot.pause()
        lines = [line.strip("│ ") for line in shown(pilot).splitlines()]
        first = next(line for line in lines if line.startswith(("› ", "○ ", "! ")))
        assert first.startswith("› !")
        assert "nobody" in first


# -- where an answer comes from


async def test_m_says_where_an_answer_comes_from_and_it_stands_beside_it(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        await pilot.press("m", "tab")
        await typed(pilot, "board minutes\n")
        await pilot.pause()
        assert "measured: board minutes" in page(pilot)
        drafting(pilot).draft.flush()
        assert on_disk(folder)["sources"] == {"objective.purpose": {"kind": "measured", "note": "board minutes"}}
        await pilot.press("u")
        await pilot.pause()
        assert drafting(pilot).draft.value.sources is None
        await pilot.press("m", "escape")
        await pilot.pause()
        assert drafting(pilot).draft.value.sources is None


async def test_an_answer_that_is_not_there_comes_from_nowhere(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.scope")
        await pilot.press("m")
        await pilot.pause()
        assert "Nothing is answered here yet" in shown(pilot)


async def test_in_force_a_signed_answer_says_that_a_change_is_signed_anew(folder: Path, opened: Open) -> None:
    file = folder / "agreement.toml"
    file.write_text(file.read_text("utf-8").replace("[agreement]", '[agreement]\nstatus = "active"', 1), "utf-8")
    async with opened(folder) as pilot:
        await at(pilot, "objective.purpose")
        assert "signed: a change here is signed anew" in page(pilot)
        await at(pilot, "agreement.status")
        assert "signed: a change" not in page(pilot)
        drafting(pilot).draft.change(Put("agreement.status", "draft"))
        await at(pilot, "objective.purpose")
        assert "signed: a change" not in page(pilot)


async def test_usual_entries_are_spoken_of_only_where_there_are_some(folder: Path, opened: Open) -> None:
    more(folder, PEOPLE)
    shipped()
    async with opened(folder) as pilot:
        await at(pilot, "commitments")
        await at(pilot, "stakeholders.people")
        with_usual = {
            key: bool(usual(drafting(pilot).draft.value, key)) for key in ("stakeholders.people", "signatures.signers")
        }
        for key, there in with_usual.items():
            await at(pilot, key)
            assert ("A offers the usual ones" in page(pilot)) is there
