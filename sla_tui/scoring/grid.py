"""Fit against engagement: the leads in nine cells, A1 to C3, and how good those in each are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.columns import Longs
from sla_tui.scoring.tally import LOST, WON

ROWS, COLUMNS = "ABC", "123"
"""A fits best, 1 is the most engaged."""
ENOUGH = 10
"""With fewer known outcomes a cell's share of won leads says nothing."""

Limits = tuple[int, int]
"""From how many points a lead is in the first and in the second band; below the second it is in the third."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: how many leads, and of those with a known outcome how many were won."""

    name: str
    leads: int
    known: int
    won: int

    @property
    def precision(self) -> float | None:
        """The share won of those with a known outcome; None where they are too few to say."""
        return self.won / self.known if self.known >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Grid:
    """Nine cells, A1 first, row by row. ``outside``: rules in no group of either kind, whose points are not in it."""

    fit: Limits
    engagement: Limits
    cells: tuple[Cell, ...]
    outside: tuple[str, ...]
    told: bool

    @property
    def leads(self) -> int:
        """How many leads stand in it."""
        return sum(cell.leads for cell in self.cells)


class Axes:
    """The scored leads of a board by their points for fit and for engagement."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.kinds = kinds_of(board.scoring)
        """By kind, the groups of that kind."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds that no group has; there is a grid only when this is empty."""
        return tuple(kind for kind, groups in self.kinds.items() if not groups)

    @cached_property
    def fit(self) -> npt.NDArray[Any]:
        """The points for who they are."""
        return self._points("fit")

    @cached_property
    def engagement(self) -> npt.NDArray[Any]:
        """The points for what they do."""
        return self._points("engagement")

    @cached_property
    def _where(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self._board.scored_leads)

    def _points(self, kind: str) -> npt.NDArray[Any]:
        total = np.zeros(len(self._where), np.int64)
        for group in self.kinds[kind]:
            total += self._board.group_sums(group)[self._where]
        return total

    def usual(self) -> tuple[Limits, Limits]:
        """Limits for fit and for engagement that part the leads in thirds, as nearly as equal points allow."""
        fit, engagement = (np.unique(one, return_counts=True) for one in (self.fit, self.engagement))
        return thirds(*fit), thirds(*engagement)

    def grid(self, fit: Limits, engagement: Limits) -> Grid:
        """The cells between these limits."""
        rows, columns = _bands(self.fit, fit), _bands(self.engagement, engagement)
        kinds = self._board.outcomes(self._where)
        place = rows * 3 + columns
        counts = np.bincount(3 * place + np.minimum(kinds, WON), minlength=27).reshape(9, 3)
        return grid_of(self._board.scoring, fit, engagement, counts, self._board.outcome is not None)


def kinds_of(scoring: Scoring) -> dict[str, tuple[str, ...]]:
    """By kind, the groups of that kind."""
    return {kind: tuple(one.id for one in scoring.groups if one.kind == kind) for kind in ("fit", "engagement")}


def grid_of(scoring: Scoring, fit: Limits, engagement: Limits, counts: Longs, outcome: bool) -> Grid:
    """A grid of so many leads: ``counts`` by cell, A1 first, and by outcome (unknown, lost, won)."""
    names = [row + column for row in ROWS for column in COLUMNS]
    leads, won = counts.sum(axis=1).tolist(), counts[:, WON].tolist()
    known: list[int] = (counts[:, LOST] + counts[:, WON]).tolist()
    within = {group for groups in kinds_of(scoring).values() for group in groups}
    outside = tuple(rule.id for rule in scoring.rules if rule.points and rule.group not in within)
    return Grid(fit, engagement, tuple(map(Cell, names, leads, known, won)), outside, outcome and sum(known) > 0)


def thirds(values: Longs, times: Longs) -> Limits:
    """From which points the upper third is, and the upper two thirds: of the limits there can be, those nearest.

    A third in which all have the same points stays empty; the limits then are one point apart, so that they part.
    """
    if not len(values):
        return 2, 1
    above = np.cumsum(times[::-1])[::-1]
    high, low = (int(values[np.argmin(np.abs(3 * above - wanted * int(above[0])))]) for wanted in (1, 2))
    return max(high, low + 1), low


def _bands(points: npt.NDArray[Any], limits: Limits) -> npt.NDArray[Any]:
    """0 for the upper band, 2 for the lowest."""
    high, low = limits
    return np.where(points >= high, 0, np.where(points >= low, 1, 2))


def usual_grid(board: Board) -> Grid | None:
    """The grid at its usual limits; None where the groups do not tell fit from engagement, or nobody is scored."""
    axes = Axes(board)
    return None if axes.missing or not board.size else axes.grid(*axes.usual())
