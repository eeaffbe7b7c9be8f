"""What a person does on the drafting screen, and what is then there to see and on disk."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.answer import Answer, Choices, LineEditor
from sla_tui.tui.drafting.form import Form
from sla_tui.tui.drafting.outline import Outline
from sla_tui.tui.drafting.view import RESTED
from sla_tui.workshop.draft import Draft
from tests.tui.conftest import Open, Room, drafting, page, shown, typed, until


def on_disk(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))


async def saved(pilot: Room) -> None:
    drafting(pilot).draft.flush()
    await pilot.pause()


async def at(pilot: Room, key: str) -> None:
    drafting(pilot).go(key)
    drafting(pilot).form.focus()
    await pilot.pause()


async def test_the_outline_says_how_each_section_stands_in_a_sign_and_a_word(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        lines = shown(pilot).splitlines()
        assert any("○ Objective" in line and "5 open" in line for line in lines)
        apart = next(at for at, line in enumerate(lines) if "not in this version" in line)
        assert any("– Roles" in line for line in lines[apart:])
        assert any("○ Commitments" in line and "not seen" in line for line in lines)
        await at(pilot, "commitments")
        assert any("! Commitments" in line and "1 to mend" in line for line in shown(pilot).splitlines())


async def test_an_answer_typed_is_on_disk_and_the_comment_beside_it_too(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.title")
        await pilot.press("enter", "end")
        await typed(pilot, " 27")
        await saved(pilot)
        text = (folder / "agreement.toml").read_text("utf-8")
        assert 'title = "Sales and Marketing Service Level Agreement 27"  # as the board calls it' in text
        assert text.startswith("# Our first agreement\n")
        assert "saved" in shown(pilot).splitlines()[0]


async def test_escape_leaves_the_field_and_then_letters_act(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.version")
        await pilot.press("enter")
        await typed(pilot, "n1")
        assert drafting(pilot).draft.at("agreement.version").value == "n1"
        await pilot.press("escape", "n")
        await pilot.pause()
        assert drafting(pilot).form.key == "agreement.starts"
        assert not drafting(pilot).answer.editing


async def test_enter_goes_on_to_what_is_still_missing_in_the_section(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.organization")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert drafting(pilot).form.key == "agreement.starts"
        await typed(pilot, "1 jan 2027\n2027-12-31\n")
        draft = drafting(pilot).draft
        assert str(draft.at("agreement.starts").value) == "2027-01-01"
        assert str(draft.at("agreement.ends").value) == "2027-12-31"


async def test_text_a_field_refuses_stays_marked_and_out_of_the_file(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up.within")
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "2 wombats")
        assert "a time limit is a whole number and a unit" in page(pilot)
        await pilot.press("escape")
        await saved(pilot)
        assert "2 wombats" in page(pilot)
        assert on_disk(folder)["commitments"][0]["within"] == "2 weeks"
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up.within")
        assert "2 wombats" in page(pilot)


async def test_refused_text_says_why_wherever_it_is_seen(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.starts")
        await pilot.press("enter")
        await typed(pilot, "31.2.2027\n")
        await pilot.press("escape", "up")
        await pilot.pause()
        assert "! there is no day '31.2.2027' in the calendar" in page(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "! there is no day '31.2.2027' in the calendar" in page(pilot)
        assert any("! Agreement" in line and "to mend" in line for line in shown(pilot).splitlines())
        await pilot.press("escape", "f")
        await pilot.pause()
        assert "“31.2.2027” is not in the agreement" in shown(pilot)


async def test_an_answer_within_an_optional_list_is_asked_for_like_any_other(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "stakeholders.responsibilities")
        await pilot.press("a")
        await typed(pilot, "Update the status\n")
        assert drafting(pilot).answer.editing
        assert drafting(pilot).form.key.endswith(".team")
        assert "may stay open" not in page(pilot)


async def test_a_section_not_seen_before_begins_at_its_first_row(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "agreement.calendar.to")
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert drafting(pilot).form.key == drafting(pilot).form.keys[0]


async def test_the_outline_shows_that_it_is_in_hand_and_how_to_go_on(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        assert any(line.startswith(("›○ Agreement", "›! Agreement")) for line in shown(pilot).splitlines())
        await pilot.press("escape", "down")
        await pilot.pause()
        lines = shown(pilot).splitlines()
        assert any(line.startswith("›○ Objective") for line in lines)
        assert "Enter into it" in lines[-1]
        assert "answer" not in lines[-1]
        await pilot.press("enter")
        await pilot.pause()
        assert any(line.startswith("›○ Objective") for line in shown(pilot).splitlines()), "marked without colour"
        assert drafting(pilot).form.has_focus


async def test_a_stage_asks_for_its_points_until_somebody_sets_it(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        screen = drafting(pilot)
        screen.draft.change(Put("scoring.stages.lead.at", None))
        await at(pilot, "scoring.stages.lead.name")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert screen.form.key == "scoring.stages.lead.at"
        assert screen.answer.editing
        assert any("○ Scoring" in line and "1 open" in line for line in shown(pilot).splitlines())
        screen.draft.change(Put("scoring.stages.lead.set", "manually"))
        screen.show()
        await pilot.pause()
        assert any("✓ Scoring" in line for line in shown(pilot).splitlines())


async def test_one_stage_is_called_by_its_name(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        track = drafting(pilot).draft.at("scoring.fast_track").value[0]
        await at(pilot, f"scoring.fast_track.{track.id}.stage")
        assert "Stage Marketing qualified lead" in page(pilot)


async def test_a_new_rule_is_asked_first_what_it_is_for(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "scoring.rules")
        await pilot.press("a")
        await typed(pilot, "Asks for a call\nphone_call\n")
        rule = drafting(pilot).draft.at("scoring.rules").value[-1]
        assert (rule.id, rule.label, rule.when) == ("asks-for-a-call", "Asks for a call", "phone_call")
        assert drafting(pilot).form.key == "scoring.rules.asks-for-a-call.points"


async def test_an_entry_without_a_name_is_shown_by_its_id(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        screen = drafting(pilot)
        person = screen.draft.at("stakeholders.people").value[0].id
        screen.draft.change(Put(f"stakeholders.people.{person}.name", None))
        await at(pilot, "stakeholders.people")
        assert f"1 {person}" in page(pilot)
        screen.draft.change(Put("scoring.rules.download.label", None))
        await at(pilot, "scoring.rules.download")
        assert "8 download" in page(pilot)


async def test_conditions_are_shown_by_example(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "scoring.rules.download.when")
        assert "for example: email_open, or country in US, CA, or employees at least 51" in page(pilot)
        assert "phone known" in page(pilot)
        await at(pilot, "scoring.rules.download.id")
        assert "may stay open" not in page(pilot)


async def test_help_is_always_in_the_footer(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        for key in ("agreement.title", "stakeholders.people", "commitments"):
            await at(pilot, key)
            assert "? help" in shown(pilot).splitlines()[-1]


async def test_enter_in_a_long_text_is_a_new_line_and_says_so(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.scope")
        await pilot.press("enter")
        await pilot.pause()
        assert "Enter new line" in shown(pilot).splitlines()[-1]
        await typed(pilot, "one\ntwo")
        await pilot.press("tab")
        await pilot.pause()
        assert drafting(pilot).draft.at("objective.scope").value == "one\ntwo"


async def test_one_visit_to_a_field_is_one_step_to_undo(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "objective.scope")
        await pilot.press("enter")
        await typed(pilot, "Inbound")
        await pilot.press("escape")
        await at(pilot, "agreement.version")
        await pilot.press("enter")
        await typed(pilot, "2")
        await pilot.press("escape", "u")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert draft.at("agreement.version").value is None
        assert draft.at("objective.scope").value == "Inbound"
        await pilot.press("u")
        await pilot.pause()
        assert draft.at("objective.scope").value is None
        assert drafting(pilot).form.key == "objective.scope"
        await pilot.press("U", "U")
        await pilot.pause()
        assert draft.at("agreement.version").value == "2"
        await saved(pilot)
        assert on_disk(folder)["objective"]["scope"] == "Inbound"


async def test_undo_inside_a_field_shows_what_was_there(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.organization")
        await pilot.press("enter")
        await typed(pilot, " and sons")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert drafting(pilot).query_one(LineEditor).value == "Northwind Traders"
        assert drafting(pilot).draft.at("agreement.organization").value == "Northwind Traders"


async def test_a_commitment_is_filled_in_as_a_sentence(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(pilot.app.focused, Choices)
        await typed(pilot, "m\n")
        await typed(pilot, "Deliver every lead with phone and email\n3 business hours\nq\nfields\nWe talk\n")
        await saved(pilot)
        promise = on_disk(folder)["commitments"][1]
        assert promise == {
            "id": "deliver-every-lead-with-phone",
            "party": "marketing",
            "activity": "Deliver every lead with phone and email",
            "within": "3 business hours",
            "from": "qualified",
            "measure": "fields",
            "if_missed": "We talk",
        }
        drafting(pilot).go("commitments.deliver-every-lead-with-phone")
        await pilot.pause()
        assert "Marketing will deliver every lead with phone and email within 3 business hours of" in page(pilot)
        assert "✓ Commitments" in shown(pilot)


async def test_arrows_nudge_numbers_in_a_slot(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up.within")
        await pilot.press("enter", "up", "up", "down")
        await pilot.pause()
        assert str(drafting(pilot).draft.at("commitments.follow-up.within").value) == "3 weeks"


async def test_entries_are_copied_moved_and_removed_and_undo_brings_them_back(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await pilot.press("c")
        await pilot.pause()
        draft = drafting(pilot).draft

        def ids() -> list[str]:
            return [item.id for item in draft.at("commitments").value]

        assert ids() == ["follow-up", "follow-up-2"]
        await pilot.press("K")
        await pilot.pause()
        assert ids() == ["follow-up-2", "follow-up"]
        await pilot.press("delete")
        await pilot.pause()
        assert ids() == ["follow-up"]
        await pilot.press("u", "u", "u")
        await pilot.pause()
        assert ids() == ["follow-up"]
        await saved(pilot)
        assert [one["id"] for one in on_disk(folder)["commitments"]] == ["follow-up"]


async def test_another_id_is_followed_wherever_the_entry_is_named(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "scoring.groups.fit.id")
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "match")
        await pilot.press("escape")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert draft.at("scoring.rules.target-country.group").value == "match"
        assert drafting(pilot).form.key == "scoring.groups.match.id"
        await pilot.press("u")
        await pilot.pause()
        assert draft.at("scoring.rules.target-country.group").value == "fit"
        await pilot.press("U")
        await pilot.pause()
        assert draft.at("scoring.groups.match.id").value == "match"


async def test_a_section_left_out_is_one_key_to_add_and_one_to_leave_out(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        drafting(pilot).go("stakeholders")
        drafting(pilot).query_one(Outline).focus()
        await pilot.pause()
        assert "Not in this version. Press a to add it." in shown(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert "○ Roles" in shown(pilot)
        await pilot.press("X")
        await pilot.pause()
        assert "– Roles" in shown(pilot)
        await saved(pilot)
        assert "stakeholders" not in on_disk(folder)


async def test_typing_in_a_list_of_choices_does_nothing_else(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up.party")
        await pilot.press("enter")
        await typed(pilot, "aXcu")
        draft = drafting(pilot).draft
        assert len(draft.at("commitments").value) == 1
        assert drafting(pilot).answer.editing


async def test_every_section_is_reached_by_keys_alone(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await pilot.press("escape")
        reached = []
        for _ in drafting(pilot).sections:
            reached.append(drafting(pilot).section)
            await pilot.press("down")
            await pilot.pause()
        assert reached == [one.key for one in drafting(pilot).sections]
        assert set(reached) == {spec.key for spec in specs(Agreement) if spec.about}
        await pilot.press("right")
        assert isinstance(pilot.app.focused, Form)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_no_line_is_wider_than_the_window_and_every_stop_comes_into_view(
    northwind: Path, opened: Open, size: tuple[int, int]
) -> None:
    async with opened(northwind, size) as pilot:
        screen = drafting(pilot)
        for section in ("stakeholders", "scoring", "commitments"):
            screen.go(section)
            for key in screen.form.keys[:: max(1, len(screen.form.keys) // 8)]:
                screen.form.go(key)
                await until(pilot, lambda: "›" in shown(pilot))
                assert "›" in shown(pilot), key
        assert all(len(line) <= size[0] for line in shown(pilot).splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "[red]x[/red]",
        "[@click=app.quit]x[/]",
        "[/nope]",
        "<b>x</b>",
        "\\[",
        "[link=file:///etc]a[/link]",
        "日本語 ✓",
        "שלום",
        "e\u0301 👩‍👧",
    ],
)
async def test_text_of_a_user_is_shown_as_it_is(folder: Path, opened: Open, text: str) -> None:
    async with opened(folder, (120, 40)) as pilot:
        await at(pilot, "agreement.organization")
        await pilot.press("enter", "ctrl+u")
        pilot.app.focused.post_message(Paste(text))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        draft = drafting(pilot).draft
        assert draft.at("agreement.organization").value == text
        assert text in shown(pilot)


async def test_escape_codes_pasted_never_reach_the_terminal(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.organization")
        await pilot.press("enter", "ctrl+u")
        pilot.app.focused.post_message(Paste("a\x1b]0;owned\x07b\x9b31m\u202ec"))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert drafting(pilot).draft.at("agreement.organization").value == "a]0;ownedb31mc"
        assert not any(
            ord(character) < 32 or 127 <= ord(character) < 160 for character in shown(pilot) if character != "\n"
        )


async def test_the_place_is_found_again(northwind: Path, opened: Open) -> None:
    async with opened(northwind) as pilot:
        await at(pilot, "scoring.rules")
        await pilot.press("down", "down")
        await pilot.pause(2 * RESTED)
        place = drafting(pilot).form.key
    async with opened(northwind) as pilot:
        assert drafting(pilot).form.key == place


async def test_what_is_not_saved_says_why(folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from sla_tui.agreement.errors import UserError
    from sla_tui.record.document import Document

    def full(*_: object) -> None:
        raise UserError("the disk is full", "make room on it")

    async with opened(folder, (120, 40)) as pilot:
        with monkeypatch.context() as patched:
            patched.setattr(Document, "save", full)
            await at(pilot, "agreement.version")
            await pilot.press("enter")
            await typed(pilot, "7")
            await saved(pilot)
            assert "! not saved: the disk is full" in shown(pilot).splitlines()[0]
            assert "make room on it" in shown(pilot)
        await typed(pilot, "1")
        await saved(pilot)
        assert "not saved" not in shown(pilot).splitlines()[0]
        assert on_disk(folder)["agreement"]["version"] == "71"


async def test_the_footer_offers_only_what_works_while_typing(folder: Path, opened: Open) -> None:
    async with opened(folder, (120, 40)) as pilot:
        await at(pilot, "agreement.version")
        assert " n next open" in shown(pilot).splitlines()[-1]
        await pilot.press("enter")
        await pilot.pause()
        footer = shown(pilot).splitlines()[-1]
        assert " F8 next open" in footer
        assert " n next open" not in footer
        assert drafting(pilot).query_one(Answer).editing


async def test_the_draft_is_on_disk_when_the_window_closes(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, "agreement.version")
        await pilot.press("enter")
        await typed(pilot, "9")
    assert Draft.open(folder).at("agreement.version").value == "9"


async def test_an_example_is_marked_until_somebody_agrees_or_answers(folder: Path, opened: Open) -> None:
    sources = (
        '\n[sources]\n"commitments.follow-up.within" = { kind = "example" }\n"agreement.title" = { kind = "example" }\n'
    )
    file = folder / "agreement.toml"
    file.write_text(file.read_text("utf-8") + sources, "utf-8")
    async with opened(folder) as pilot:
        await at(pilot, "agreement.title")
        assert any("~" in line and "Title" in line for line in shown(pilot).splitlines())
        assert "only an example yet: y agrees to it" in page(pilot)
        await pilot.press("y")
        await pilot.pause()
        assert "1 of 8" not in page(pilot)
        assert not any("~" in line and "Title" in line for line in shown(pilot).splitlines())
        await at(pilot, "commitments.follow-up")
        assert "it holds examples: y agrees to them all" in page(pilot)
        await at(pilot, "commitments.follow-up.within")
        await pilot.press("enter", "up", "escape")
        await saved(pilot)
        assert on_disk(folder)["sources"] == {"agreement.title": {"kind": "agreed"}}
        await pilot.press("u")
        await saved(pilot)
        assert on_disk(folder)["sources"]["commitments.follow-up.within"] == {"kind": "example"}
        assert on_disk(folder)["commitments"][0]["within"] == "2 weeks"


async def test_opening_an_entry_asks_for_what_is_missing_in_it(folder: Path, opened: Open) -> None:
    file = folder / "agreement.toml"
    file.write_text(file.read_text("utf-8").replace('within = "2 weeks"\n', ""), "utf-8")
    async with opened(folder) as pilot:
        await at(pilot, "commitments.follow-up")
        await pilot.press("enter")
        await pilot.pause()
        assert drafting(pilot).form.key == "commitments.follow-up.within"
        await typed(pilot, "3 days")
        assert str(drafting(pilot).draft.at("commitments.follow-up.within").value) == "3 days"
