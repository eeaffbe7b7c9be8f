"""A room with one agreement open in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from sla_tui.tui.app import SlaTui
from sla_tui.tui.drafting.screen import Drafting
from tests import pilots

pilots.install()
NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
TINY = """
[agreement]
organization = "Tiny"

[[scoring.stages]]
id = "mql"
at = 10

[[scoring.rules]]
id = "country"
label = "Is in the US"
when = { field = "country", in = ["US"] }
points = 10

[[scoring.rules]]
id = "visits"
label = "Visits the site"
when = "visits"
points = 2
cap = 6
"""
LEADS = "id,country,visits,email,won\na,US,3,ann@b.example,yes\nb,US,0,,no\nc,DE,2,,no\nd,DE,0,,yes\n"
"""A scoring of two rules, and leads for it: small enough to reckon by hand."""
SMALL = """# Our first agreement
[agreement]
title = "Sales and Marketing Service Level Agreement"  # as the board calls it
organization = "Northwind Traders"

[objective]
purpose = "Win more of what we find."

[[commitments]]
id = "follow-up"
party = "sales"
activity = "Follow up"
within = "2 weeks"
from = "received"
measure = "first_touch"
if_missed = "The lead goes to the next rep."

[signatures]
"""

Room = Pilot[None]
Open = Callable[..., AbstractAsyncContextManager[Room]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small agreement."""
    (tmp_path / "agreement.toml").write_text(SMALL, "utf-8")
    return tmp_path


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """A folder with a copy of the northwind example's agreement."""
    shutil.copy(NORTHWIND, tmp_path / "agreement.toml")
    return tmp_path


@pytest.fixture
def opened() -> Open:
    """Opens the workshop on a folder, in a terminal of a given size; whatever was done there, it can be shown."""

    @asynccontextmanager
    async def open_(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Room]:
        app = SlaTui(path=folder)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot
            if app.is_running:
                shown(pilot)

    return open_


@pytest.fixture(autouse=True)
def config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with the settings during one test; not there yet."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("SLA_TUI_CONFIG", str(folder))
    return folder / "config.toml"


async def settled(pilot: Room) -> None:
    """Waits until nothing is being worked on beside the screen, and what came of it is shown."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        # A worker that another one took the place of meanwhile is no reason to fail.
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def drafting(pilot: Room) -> Drafting:
    """The drafting screen in front."""
    screen = pilot.app.screen
    assert isinstance(screen, Drafting)
    return screen


def shown(pilot: Room) -> str:
    """The text on the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def typed(pilot: Room, text: str) -> None:
    """Types text key by key."""
    names = {" ": "space", "-": "minus", ".": "full_stop", "%": "percent_sign", "\n": "enter", ",": "comma"}
    await pilot.press(*(names.get(character, character) for character in text))
    await pilot.pause()


def page(pilot: Room) -> str:
    """The words of the form and the question, one after another, however they are wrapped."""
    region = pilot.app.screen.query_one("#page").region
    return " ".join(" ".join(line[region.x : region.right] for line in shown(pilot).splitlines()).split())


async def until(pilot: Room, holds: Callable[[], bool], limit: float = 20) -> None:
    """Lets the screen go on until something holds; a screen where it does not hold after so many seconds fails."""
    end = time.monotonic() + limit
    await pilot.pause()
    while not holds():
        assert time.monotonic() < end, shown(pilot)
        await pilot.pause(0.01)
        await pilot.pause()
