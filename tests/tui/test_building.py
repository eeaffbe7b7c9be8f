"""Conditions put together on the board, and what it changes in place beside rules and stages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from sla_tui.tui.board import builder, screen
from sla_tui.tui.board.builder import Builder
from sla_tui.tui.board.screen import Board
from tests.tui.conftest import Open, Room, settled, shown, typed

TERMS = """
[agreement]
organization = "Tiny"

[[scoring.stages]]
id = "mql"
name = "MQL"
at = 10

[[scoring.groups]]
id = "fit"
cap = 12

[[scoring.rules]]
id = "country"
label = "Is in the US"
when = { field = "country", in = ["US", "XX"] }
points = 10
group = "fit"

[[scoring.rules]]
id = "visits"
when = "visits"
points = 2
"""
LEADS = "id,country,visits,email,won\n" + "".join(
    f"{at},{'US' if at % 2 else 'DE'},{at % 3 or 1},p{at}@b.example,{'yes' if at % 4 == 1 else 'no'}\n"
    for at in range(1, 41)
)


async def on_board(pilot: Room) -> Board:
    await pilot.press("f4")
    await settled(pilot)
    await settled(pilot)
    front = pilot.app.screen
    assert isinstance(front, Board)
    return front


def said(pilot: Room) -> str:
    """The words on the screen, however they are wrapped."""
    return " ".join(shown(pilot).replace("│", " ").split())


def given(tmp_path: Path) -> Path:
    (tmp_path / "agreement.toml").write_text(TERMS, "utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, "utf-8")
    (tmp_path / "leads.toml").write_text('outcome = "won"\n', "utf-8")
    return tmp_path


def on_disk(board: Board, folder: Path) -> dict[str, Any]:
    board.draft.flush()
    return tomllib.loads((folder / "agreement.toml").read_text("utf-8"))["scoring"]


async def test_a_condition_is_put_together_and_says_whom_it_fires_on(opened: Open, tmp_path: Path) -> None:
    folder = given(tmp_path)
    async with opened(folder) as pilot:
        board = await on_board(pilot)
        await pilot.press("r", "w")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Builder)
        assert "text · known on 40 of 40 leads · 2 different" in said(pilot)
        assert "[x] XX 0 [ ] DE 20 0 % [x] US 20 50 %" in said(pilot)
        assert "Fires for 20 of 40 leads; 50 % of them were won (25 % overall)." in said(pilot)
        # Other values, taken with the keyboard alone: one step that undo takes back.
        await pilot.press("space", "down", "space", "f10")
        await settled(pilot)
        assert on_disk(board, folder)["rules"][0]["when"] == {"field": "country", "in": ["US", "DE"]}
        assert "fires on all 40 leads, so it tells nobody apart" in said(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert on_disk(board, folder)["rules"][0]["when"] == {"field": "country", "in": ["US", "XX"]}

        # A new rule begins with what it fires on; its points are asked next.
        await pilot.press("a")
        await settled(pilot)
        assert "••• " in said(pilot)
        assert "@b.example" not in said(pilot)
        await typed(pilot, "visi")
        await pilot.press("enter")
        await settled(pilot)
        assert "happened is at least" in said(pilot)
        assert "Fires for all 40 leads" in said(pilot)
        await pilot.press("right")
        await typed(pilot, "x")
        await settled(pilot)
        assert "a number is needed after the comparison" in said(pilot)
        pilot.app.screen.query_one("#value", Input).value = "2"
        await settled(pilot)
        assert "Fires for 13 of 40 leads" in said(pilot)
        await pilot.press("enter", "7", "escape")
        await settled(pilot)
        added = on_disk(board, folder)["rules"][1]
        assert added == {"id": "visits-is-at-least-2", "when": {"field": "visits", "at_least": 2}, "points": 7}
        await pilot.press("down")
        await settled(pilot)
        assert "visits is counted twice, here and by visits-is-at-least-2; 13 leads get both" in said(pilot)
        # Fading does not apply to a count, and that is said where it is typed.
        await pilot.press("h")
        await settled(pilot)
        assert "a count in the table has no dates, so its points do not fade" in said(pilot)
        await pilot.press("escape", "t")
        await settled(pilot)
        await pilot.press("end")
        await settled(pilot)
        assert "Fires on all leads visits" in said(pilot)
        assert "Counted twice visits, by visits-is-at-least-2 and visits: 13 leads" in said(pilot)
        # Left with Esc, nothing is changed; F2 types the condition instead.
        await pilot.press("r", "up", "w")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert board.query_one("#line", Input).value == "visits at least 2"


async def test_groups_fading_exclusions_and_fast_tracks_are_changed_in_place(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As with more leads than are read whole and tried within a frame.
    monkeypatch.setattr(screen, "SMALL", 0)
    monkeypatch.setattr(builder, "QUICK", 0)
    folder = given(tmp_path)
    async with opened(folder, (120, 40)) as pilot:
        board = await on_board(pilot)
        await pilot.press("L")
        await settled(pilot)
        assert "Fading points by age none no dates" in said(pilot)
        assert "Group fit · 1 rule cap 12 holds 0" in said(pilot)
        await pilot.press("3", "0", "escape", "down", "left", "left", "left")
        await settled(pilot)
        assert "cap 9 holds 20" in said(pilot)
        kept = on_disk(board, folder)
        assert (kept["half_life_days"], kept["groups"][0]["cap"]) == (30, 9)
        await pilot.press("u")
        await settled(pilot)
        assert on_disk(board, folder)["groups"][0]["cap"] == 12

        await pilot.press("a", "down", "enter")
        await settled(pilot)
        await typed(pilot, "country")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        assert "Leaves out 20 of 40 leads" in said(pilot)
        assert "0 of them would be at MQL." in said(pilot)
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert len(on_disk(board, folder)["exclude"]) == 1
        assert "out 20" in said(pilot)
        assert board.trial.scored is not None
        assert board.trial.scored.size == 20
        await pilot.press("u")
        await settled(pilot)
        assert "exclude" not in on_disk(board, folder)

        await pilot.press("a", "end", "enter")
        await settled(pilot)
        await typed(pilot, "visits")
        await pilot.press("enter", "right")
        await typed(pilot, "2")
        await settled(pilot)
        assert "Lifts 13 of 40 leads" in said(pilot)
        await pilot.press("f10", "escape")
        await settled(pilot)
        track = on_disk(board, folder)["fast_track"][0]
        assert (track["stage"], track["when"]) == ("mql", {"field": "visits", "at_least": 2})
        assert "→ MQL 6 jump" in said(pilot) or "→ MQL 7 jump" in said(pilot)
        # A group goes, and its rules stay.
        await pilot.press("home", "down", "d")
        await settled(pilot)
        kept = on_disk(board, folder)
        assert "groups" not in kept
        assert "group" not in kept["rules"][0]
        await pilot.press("home", "d")
        await settled(pilot)
        assert "half_life_days" not in on_disk(board, folder)
