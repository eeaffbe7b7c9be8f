"""Somebody else writes the file while it is open: what they wrote is shown, and nothing is decided without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.paths import Put
from sla_tui.tui.bars import OVERTAKEN
from sla_tui.tui.board.screen import Board
from sla_tui.tui.dialogs.conflict import Conflict
from sla_tui.tui.dialogs.message import Told
from sla_tui.tui.drafting.answer import Answer
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.workshop import saver
from sla_tui.workshop.saver import Saving
from tests.tui.conftest import Open, Room, drafting, page, shown, typed, until

PURPOSE, NAME, TITLE = "objective.purpose", "agreement.organization", "agreement.title"
WITHIN = "commitments.follow-up.within"


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "LOOK", 0.02)


def write(folder: Path, *pairs: str) -> None:
    """Somebody else puts other text in place of some."""
    file = folder / "agreement.toml"
    text = file.read_text("utf-8")
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    fresh = file.with_suffix(".other")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)


def on_disk(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))


def below(pilot: Room) -> Drafting:
    """The drafting screen, whatever lies over it."""
    return next(one for one in reversed(pilot.app.screen_stack) if isinstance(one, Drafting))


async def says(pilot: Room, words: str) -> None:
    await until(pilot, lambda: words in " ".join(shown(pilot).split()))


async def at(pilot: Room, key: str) -> Drafting:
    screen = drafting(pilot)
    screen.go(key)
    screen.form.focus()
    await pilot.pause()
    return screen


async def clash(pilot: Room, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both change the purpose and the organization, and then it is seen."""
    with monkeypatch.context() as slow:
        slow.setattr(saver, "QUIET", 0.5)
        draft = drafting(pilot).draft
        draft.change(Put(PURPOSE, "Mine, on the purpose"))
        draft.change(Put(NAME, "Mine Ltd"))
        write(folder, "Win more of what we find.", "Theirs, on the purpose", "Northwind Traders", "Theirs Inc")
        await until(pilot, lambda: isinstance(pilot.app.screen, Conflict))


async def test_what_they_wrote_is_shown_and_said_in_passing(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, WITHIN)
        assert "2 weeks" in page(pilot)
        write(folder, '"2 weeks"', '"3 weeks"')
        await says(pilot, "From disk: Follow up: within 2 → 3 weeks")
        assert "3 weeks" in page(pilot)
        assert drafting(pilot).form.key == WITHIN
        assert not drafting(pilot).draft.can_undo


async def test_the_field_being_typed_in_is_left_alone(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, PURPOSE)
        await pilot.press("enter", "end")
        await typed(pilot, " And")
        write(folder, "Northwind Traders", "Northwind Global")
        await says(pilot, "From disk")
        assert screen.query_one(Answer).editing
        await typed(pilot, " keep it")
        await pilot.press("escape")
        await until(pilot, lambda: screen.draft.saving.saving is Saving.SAVED)
        assert on_disk(folder)["objective"]["purpose"].endswith(" And keep it")
        assert on_disk(folder)["agreement"]["organization"] == "Northwind Global"
        assert "Northwind Global" in shown(pilot).splitlines()[0]


async def test_a_field_opened_and_not_yet_typed_in_shows_what_they_wrote(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, NAME)
        await pilot.press("enter")
        write(folder, "Northwind Traders", "Northwind Global")
        await says(pilot, "From disk")
        await pilot.press("end")
        await typed(pilot, " AG")
        await until(pilot, lambda: screen.draft.saving.saving is Saving.SAVED)
        assert on_disk(folder)["agreement"]["organization"] == "Northwind Global AG"


async def test_an_entry_they_take_out_while_one_is_in_it_is_left(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, WITHIN)
        await pilot.press("enter")
        text = (folder / "agreement.toml").read_text("utf-8")
        entry = text[text.index("[[commitments]]") : text.index("[signatures]")]
        write(folder, entry, "[[commitments]]\nid = 'other'\n\n")
        await until(pilot, lambda: not screen.query_one(Answer).editing)
        await pilot.press("down", "up")
        assert screen.draft.at("commitments").value[0].id == "other"


async def test_they_leave_out_the_section_in_hand(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        await at(pilot, PURPOSE)
        await pilot.press("enter")
        write(folder, '[objective]\npurpose = "Win more of what we find."\n', "")
        await says(pilot, "Not in this version")


async def test_conflicts_are_asked_about_one_at_a_time(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as pilot:
        await clash(pilot, folder, monkeypatch)
        await says(pilot, "1 of 2")
        seen = " ".join(shown(pilot).replace("│", " ").split())
        assert "Agreement › Organization" in seen
        assert "before Northwind Traders mine Mine Ltd theirs Theirs Inc" in seen
        assert "Mine, on the purpose" not in seen
        await pilot.press("t")
        await says(pilot, "2 of 2")
        assert "mine Mine, on the purpose" in " ".join(shown(pilot).split())
        await pilot.press("m")
        screen = drafting(pilot)
        await until(pilot, lambda: screen.draft.saving.saving is Saving.SAVED)
    assert on_disk(folder)["agreement"]["organization"] == "Theirs Inc"
    assert on_disk(folder)["objective"]["purpose"] == "Mine, on the purpose"


async def test_what_is_skipped_stays_open_and_r_asks_again(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as pilot:
        await clash(pilot, folder, monkeypatch)
        before = on_disk(folder)
        await pilot.press("s", "b")
        await says(pilot, "2 answers were changed on disk too; r decides")
        await pilot.pause(0.1)
        assert on_disk(folder) == before
        assert drafting(pilot).draft.at(NAME).value == "Mine Ltd"
        await pilot.press("r")
        assert isinstance(pilot.app.screen, Conflict)
        await says(pilot, "1 of 2")
        await pilot.press("right")
        await says(pilot, "✓ before")
        await pilot.press("left", "m", "s")
        await until(pilot, lambda: below(pilot).draft.saving.saving is Saving.SAVED)
    assert on_disk(folder)["agreement"]["organization"] == "Mine Ltd"
    assert on_disk(folder)["objective"]["purpose"] == "Win more of what we find."


@pytest.mark.parametrize(("key", "kept"), [("M", "Mine"), ("T", "Theirs")])
async def test_all_can_be_decided_at_once(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch, key: str, kept: str
) -> None:
    async with opened(folder) as pilot:
        await clash(pilot, folder, monkeypatch)
        await pilot.press(key)
        await until(pilot, lambda: below(pilot).draft.saving.saving is Saving.SAVED)
    assert on_disk(folder)["agreement"]["organization"].startswith(kept)
    assert on_disk(folder)["objective"]["purpose"].startswith(kept)


async def test_undo_after_taking_theirs_brings_mine_back(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as pilot:
        await clash(pilot, folder, monkeypatch)
        await pilot.press("T")
        await pilot.pause()
        await pilot.press("u")
        await until(pilot, lambda: on_disk(folder)["objective"]["purpose"] == "Mine, on the purpose")
    assert on_disk(folder)["agreement"]["organization"] == "Mine Ltd"


async def test_nobody_is_asked_in_the_middle_of_a_word(
    folder: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, PURPOSE)
        with monkeypatch.context() as slow:
            slow.setattr(saver, "QUIET", 0.3)
            await pilot.press("enter", "end", "m")
            write(folder, "Win more of what we find.", "Theirs")
            await says(pilot, "changed on disk too")
        await pilot.press("m", "t")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Conflict))
        assert screen.draft.at(PURPOSE).value.endswith("mmt")


async def test_undo_says_when_somebody_changed_it_since(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, NAME)
        await pilot.press("enter", "end")
        await typed(pilot, " AG")
        await pilot.press("escape")
        await until(pilot, lambda: screen.draft.saving.saving is Saving.SAVED)
        write(folder, "Northwind Traders AG", "Northwind Traders KG")
        await says(pilot, "From disk")
        await pilot.press("u")
        await says(pilot, OVERTAKEN)
        assert screen.draft.at(NAME).value == "Northwind Traders KG"


async def test_an_unreadable_file_is_said_as_long_as_it_is_one(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        screen = await at(pilot, NAME)
        whole = (folder / "agreement.toml").read_text("utf-8")
        (folder / "agreement.toml").write_text(whole + "\nx = [\n", "utf-8")
        await says(pilot, "cannot be read; yours is kept")
        await pilot.press("enter", "end")
        await typed(pilot, " AG")
        await pilot.press("escape")
        assert "cannot be read" in shown(pilot).splitlines()[0]
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Told)
        await pilot.press("escape")
        (folder / "agreement.toml").write_text(whole, "utf-8")
        await until(pilot, lambda: screen.draft.saving.saving is Saving.SAVED)
    assert on_disk(folder)["agreement"]["organization"] == "Northwind Traders AG"


async def test_a_file_that_is_gone_is_said_and_r_writes_it_anew(folder: Path, opened: Open) -> None:
    async with opened(folder) as pilot:
        text = (folder / "agreement.toml").read_text("utf-8")
        await at(pilot, NAME)
        (folder / "agreement.toml").unlink()
        await says(pilot, "the file is gone from disk; r writes it anew")
        await pilot.press("r")
        await says(pilot, "written anew")
        assert (folder / "agreement.toml").read_text("utf-8") == text


async def test_the_board_follows_what_they_wrote(northwind: Path, opened: Open) -> None:
    async with opened(northwind, (120, 40)) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Board))
        write(northwind, "\nat = 50\n", "\nat = 53\n")
        await until(pilot, lambda: "MQL       53" in shown(pilot))
