"""Weighing the scoring on the board: who flips, what a rule is there for, and rules taken from past outcomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from sla_tui.scoring.propose.propose import propose
from sla_tui.scoring.propose.result import Wanted
from sla_tui.scoring.propose.saying import headline
from sla_tui.tui.board.effects import Effects
from sla_tui.tui.board.flips import FlipList, Flips
from sla_tui.tui.board.screen import Board
from sla_tui.tui.board.suggestions import Proposals, Suggestions, rows
from tests.checkout import repository
from tests.scoring.test_propose import opened as against_chance
from tests.scoring.test_propose import planted
from tests.tui.conftest import LEADS, TINY, Open, Room, settled, shown, until


def said(pilot: Room) -> str:
    """The words on the screen, however they are wrapped."""
    return " ".join(shown(pilot).replace("\u202f", " ").replace("│", " ").split())


async def on_board(pilot: Room) -> Board:
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(pilot.app.screen, Board) and pilot.app.screen.trial.scored is not None)
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, Board)
    return screen


async def test_who_flips_is_listed_against_b_the_commit_and_the_start_and_what_a_rule_is_there_for(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = repository(monkeypatch, tmp_path)
    for name, text in (("agreement.toml", TINY), ("leads.csv", LEADS), ("leads.toml", 'outcome = "won"\n')):
        made.write(name, text)
    made.commit("First draft")
    made.write("agreement.toml", TINY.replace("at = 10", "at = 2"))
    async with opened(made.root) as pilot:
        board = await on_board(pilot)
        await pilot.press("B", "1", "1", "enter")
        await settled(pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Flips))
        await settled(pilot)
        assert "Against B, at MQL (from 2 points before, 11 now): none comes in, 2 leads go out" in said(pilot)
        assert "› out b 10 10 ░ lost" in said(pilot)
        assert "out c" in said(pilot)
        assert "ann@b.example" not in said(pilot)
        await pilot.press("tab")
        await settled(pilot)
        assert "Against the last commit, at MQL (from 10 points before, 11 now)" in said(pilot)
        assert pilot.app.screen.query_one(FlipList).count == 1
        await pilot.press("tab")
        await settled(pilot)
        assert "Against the scoring as it was when the board was opened" in said(pilot)
        await pilot.press("escape", "r")
        await settled(pilot)
        await until(pilot, lambda: "Without this rule: 1 lead fewer at MQL" in said(pilot))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, Effects))
        await settled(pilot)
        assert "› +10 Is in the US −1 −1" in said(pilot)
        await pilot.press("escape")
        assert pilot.app.screen is board


async def test_rules_from_past_outcomes_are_taken_one_by_one_and_given_back(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "agreement.toml").write_text(TINY, "utf-8")
    (tmp_path / "leads.csv").write_text(planted(600), "utf-8")
    (tmp_path / "leads.toml").write_text('unknown = ["Select"]\n', "utf-8")
    async with opened(tmp_path) as pilot:
        board = await on_board(pilot)
        await pilot.press("S")
        await settled(pilot)
        assert pilot.app.screen is board
        assert "y names the column that says so" in said(pilot)
        board._keep(board.trial.sample.__class__(tmp_path / "leads.csv", None, "won", board.trial.sample.mapping))
        await until(pilot, lambda: board.trial.told)
        await pilot.press("S")
        await until(pilot, lambda: isinstance(pilot.app.screen, Suggestions))
        screen = pilot.app.screen
        assert isinstance(screen, Suggestions)
        await until(pilot, lambda: bool(screen.query_one(Proposals).rows))
        await settled(pilot)
        assert "a won lead scores above a lost one in" in said(pilot)
        assert "by today's rules in" in said(pilot)
        listed = screen.query_one(Proposals).rows
        before = board.draft.value
        new = next(at for at, row in enumerate(listed) if row.rule is not None and not row.rule.like)
        screen.query_one(Proposals).go(new)
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert before.scoring is not None
        assert board.draft.value.scoring is not None
        assert len(board.draft.value.scoring.rules) == len(before.scoring.rules) + 1
        assert "› ✓" in said(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert board.draft.value == before
        await pilot.press("A", "T")
        await settled(pilot)
        after = board.draft.value.scoring
        assert after is not None
        assert [rule.id for rule in after.rules] == [row.rule.rule.id for row in listed if row.rule is not None]
        assert after.stages[0].at == next(row.cutoff.at for row in listed if row.cutoff is not None)
        left_out = next(row.suspect for row in listed if row.suspect is not None and row.suspect.left_out)
        screen.query_one(Proposals).go(next(at for at, row in enumerate(listed) if row.suspect is left_out))
        await settled(pilot)
        assert str(screen.query_one("#about", Static).content) == f"{left_out.column}: {left_out.why}."
        notes = [row for row in listed if row.note]
        assert listed[-1] in notes
        for whole in {row.whole for row in notes}:
            assert " ".join(row.note for row in notes if row.whole == whole) == whole
        assert max(len(row.note) for row in notes) < screen.query_one(Proposals).room
        screen.query_one(Proposals).go(next(at for at, row in enumerate(listed) if row.cutoff is not None))
        await pilot.press("u", "u", "enter")
        await settled(pilot)
        assert "is meant for these rules: A takes them too" in said(pilot)
        await pilot.press("u")
        await pilot.press("escape", "S")
        await until(pilot, lambda: isinstance(pilot.app.screen, Suggestions))
        assert pilot.app.screen.query_one(Proposals).rows == listed


def test_where_nothing_tells_won_from_lost_the_list_says_what_was_tried_and_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(planted(300, signal=False), "utf-8")
    found = propose(against_chance(tmp_path / "leads.csv"), Wanted(), "mql")
    shown_rows = list(rows(found, 80))
    assert all(row.rule is None and row.cutoff is None for row in shown_rows)
    assert any("dealt out at random" in row.whole for row in shown_rows)
    assert headline(found).startswith("No rules are proposed")
