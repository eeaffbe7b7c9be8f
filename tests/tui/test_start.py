"""The start screen: what a person finds in a folder, and how a new agreement begins."""

from __future__ import annotations

import os
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from sla_tui.tui.app import SlaTui
from sla_tui.tui.dialogs.new import New
from sla_tui.tui.drafting.screen import Drafting
from sla_tui.tui.faults import FaultsScreen
from sla_tui.tui.start import StartScreen
from sla_tui.tui.when import when
from tests.tui.conftest import SMALL, Room, settled, shown, typed


def put(folder: Path, name: str, text: str, age: int = 0) -> Path:
    (folder / name).mkdir(parents=True)
    file = folder / name / "agreement.toml"
    file.write_text(text, "utf-8")
    then = file.stat().st_mtime - age
    os.utime(file, (then, then))
    return file


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with three agreements: two that can be read, the last changed first, and one that cannot."""
    put(tmp_path, "northwind", SMALL)
    put(tmp_path, "contoso", SMALL.replace("Northwind Traders", "Contoso [b]Ltd[/b]"), age=100)
    put(tmp_path, "broken", "[agreement]\ntitel = 1\n", age=200)
    return tmp_path


def started(pilot: Room) -> StartScreen:
    screen = pilot.app.screen
    assert isinstance(screen, StartScreen)
    return screen


async def test_an_empty_folder_says_what_an_agreement_is_and_what_to_press(tmp_path: Path) -> None:
    async with SlaTui(folder=tmp_path / "not" / "there").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "No agreement here yet." in shown(pilot)
        assert "Press n to begin one." in shown(pilot)
        assert "n new" in shown(pilot)
        assert "Enter open" not in shown(pilot)


async def test_each_agreement_says_whose_it_is_and_how_it_stands(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = shown(pilot).splitlines()
        first = next(line for line in lines if "Northwind Traders" in line)
        assert "draft" in first
        assert "○" in first
        assert " open" in first
        assert "today" in first or "yesterday" in first
        assert any("Sales and Marketing Service Level Agreement" in line for line in lines)


async def test_what_an_agreement_needs_first_stands_in_its_row_and_can_be_looked_for(shelf: Path) -> None:
    late = SMALL.replace("Northwind Traders", "Fabrikam").replace("[agreement]", "[agreement]\nstarts = 2001-01-01", 1)
    put(shelf, "fabrikam", late)
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = shown(pilot).splitlines()
        assert "unsigned" in next(line for line in lines if "Fabrikam" in line)
        assert "draft" in next(line for line in lines if "Northwind Traders" in line)
        await pilot.press("slash")
        await typed(pilot, "unsigned")
        await settled(pilot)
        assert "Fabrikam" in shown(pilot)
        assert "Northwind Traders" not in shown(pilot)


async def test_text_of_a_file_is_shown_as_it_stands(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Contoso [b]Ltd[/b]" in shown(pilot)


async def test_what_cannot_be_read_is_listed_with_the_reason(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = shown(pilot).splitlines()
        at = next(at for at, line in enumerate(lines) if "! to mend" in line)
        assert "broken" in lines[at]
        assert 'line 2: unknown key "titel"' in lines[at + 1]


async def test_enter_opens_the_one_in_hand_and_leaving_it_comes_back_to_a_fresh_list(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Drafting)
        assert screen.draft.path == shelf / "northwind" / "agreement.toml"
        put(shelf, "fabrikam", SMALL.replace("Northwind Traders", "Fabrikam"))
        await pilot.press("escape", "q")
        await settled(pilot)
        assert isinstance(pilot.app.screen, StartScreen)
        assert "Fabrikam" in shown(pilot)
        listed = started(pilot)._listed
        assert listed.has_focus
        await pilot.press("enter")
        await settled(pilot)
        again = pilot.app.screen
        assert isinstance(again, Drafting)
        assert again.draft.path == screen.draft.path, "the cursor is where it was"


async def test_an_invalid_one_opens_at_its_faults(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FaultsScreen)
        await pilot.press("q")
        await settled(pilot)
        started(pilot)


async def test_one_that_vanished_meanwhile_is_said_and_the_list_is_renewed(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        (shelf / "northwind" / "agreement.toml").unlink()
        await pilot.press("enter")
        await settled(pilot)
        assert "there is no such file" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        started(pilot)
        assert "Northwind" not in shown(pilot)


async def test_finding_shows_only_those_with_the_words(shelf: Path) -> None:
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash")
        await typed(pilot, "conto")
        assert "Contoso" in shown(pilot)
        assert "Northwind" not in shown(pilot)
        await typed(pilot, "xyz")
        assert "None of them has these words." in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Northwind" in shown(pilot)
        assert started(pilot)._listed.has_focus


async def test_reload_sees_what_is_new(tmp_path: Path) -> None:
    async with SlaTui(folder=tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        put(tmp_path, "later", SMALL)
        await pilot.press("r")
        await settled(pilot)
        assert "Northwind Traders" in shown(pilot)


async def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    async with SlaTui(folder=tmp_path / "file").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "! " in shown(pilot)
        assert "cannot read it" in shown(pilot)


async def test_a_new_agreement_is_made_with_the_answers_and_opened(tmp_path: Path) -> None:
    folder = tmp_path / "agreements"
    async with SlaTui(folder=folder).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await typed(pilot, "Acme, Inc.")
        await pilot.press("tab")
        await typed(pilot, "Our SLA")
        assert "acme-inc" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Drafting)
        held = tomllib.loads((folder / "acme-inc" / "agreement.toml").read_text("utf-8"))
        assert held["agreement"]["organization"] == "Acme, Inc."
        assert held["agreement"]["title"] == "Our SLA"
        assert held["commitments"], "it starts from the template"


async def test_nothing_is_made_over_what_is_there_and_the_answers_stay(shelf: Path) -> None:
    before = (shelf / "northwind" / "agreement.toml").read_bytes()
    async with SlaTui(folder=shelf).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await typed(pilot, "Northwind")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, New)
        assert "there is an agreement here already" in shown(pilot)
        assert "Northwind" in shown(pilot)
    assert (shelf / "northwind" / "agreement.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("organization", "asked", "field"),
    [("", "whose agreement is it?", "organization"), ("&&", "a folder for it is needed", "folder")],
)
async def test_a_new_agreement_needs_a_folder(tmp_path: Path, organization: str, asked: str, field: str) -> None:
    async with SlaTui(folder=tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n", *("ampersand" for _ in organization), "enter")
        await pilot.pause()
        assert asked in shown(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == field
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2026, 3, 2, 9, 5), "today 09:05"),
        (datetime(2026, 3, 1, 23, 59), "yesterday"),
        (datetime(2026, 1, 12), "12 Jan"),
        (datetime(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(then: datetime, words: str) -> None:
    assert when(then, datetime(2026, 3, 2, 17, 0)) == words
