"""Pictures of real screens. The README shows them, so they are true as long as these tests pass.

A wanted change of a screen is taken over with ``python3 -m tests tests/tui/test_pictures.py --snapshot-update``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from sla_tui.tui.app import SlaTui
from sla_tui.workshop import beside
from tests.tui.conftest import drafting, shown, until

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"
Snapshot = Callable[..., bool]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day before northwind's first quota starts: which one counts shows on the board."""
    monkeypatch.setattr(beside, "the_day", lambda: date(2026, 12, 31))


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """The example with its leads, under a name of its own."""
    return Path(shutil.copytree(NORTHWIND, tmp_path / "northwind"))


async def _still(pilot: Pilot[None]) -> None:
    """Waits until nothing moves any more."""
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _at(pilot: Pilot[None], key: str) -> None:
    drafting(pilot).go(key)
    drafting(pilot).form.focus()
    await pilot.pause()


def test_drafting_wide(northwind: Path, snap_compare: Snapshot) -> None:
    async def drafted(pilot: Pilot[None]) -> None:
        await _at(pilot, "commitments.prompt-follow-up.within")
        await _still(pilot)

    assert snap_compare(SlaTui(path=northwind), terminal_size=(120, 36), run_before=drafted)


def test_drafting_narrow(northwind: Path, snap_compare: Snapshot) -> None:
    async def drafted(pilot: Pilot[None]) -> None:
        await _at(pilot, "scoring.rules")
        await _still(pilot)
        await until(pilot, lambda: "A offers the usual ones" in shown(pilot))

    assert snap_compare(SlaTui(path=northwind), terminal_size=(80, 24), run_before=drafted)


def test_answering_narrow(northwind: Path, snap_compare: Snapshot) -> None:
    async def answered(pilot: Pilot[None]) -> None:
        await _at(pilot, "commitments.prompt-follow-up.from")
        await pilot.press("enter")
        await _still(pilot)

    assert snap_compare(SlaTui(path=northwind), terminal_size=(80, 24), run_before=answered)


def test_board_wide(northwind: Path, snap_compare: Snapshot) -> None:
    async def scored(pilot: Pilot[None]) -> None:
        await pilot.press("s")
        await pilot.pause()
        await _still(pilot)

    assert snap_compare(SlaTui(path=northwind), terminal_size=(120, 40), run_before=scored)


def test_board_narrow(northwind: Path, snap_compare: Snapshot) -> None:
    async def scored(pilot: Pilot[None]) -> None:
        await pilot.press("s")
        await pilot.pause()
        await _still(pilot)

    assert snap_compare(SlaTui(path=northwind), terminal_size=(80, 24), run_before=scored)


def test_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Snapshot) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("agreement.toml")
    file.write_text('[agreement]\ntitel = "Sales and Marketing"\n\n[[scoring.rules]]\npoints = "ten"\n', "utf-8")

    async def shown(pilot: Pilot[None]) -> None:
        await _still(pilot)

    assert snap_compare(SlaTui(path=file), terminal_size=(80, 24), run_before=shown)
