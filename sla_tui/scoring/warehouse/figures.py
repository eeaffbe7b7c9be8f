"""A histogram from a database as the same figures that leads in memory give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Flags, Longs
from sla_tui.scoring.compare import points_at, stage_changes, stage_name, stage_place
from sla_tui.scoring.grid import Limits, thirds
from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import Flip, Rejected, RuleCount, Some, StageChange, StageCount
from sla_tui.scoring.tally import EXCLUDED, LOST, REJECTED, WON, Tally
from sla_tui.scoring.warehouse.counting import OF_ENGAGEMENT, OF_FIT, OF_PAIRS, OF_SCORES, OF_WAYS

_FIRST_RULE = 7
Row = tuple[Any, ...]


class Figures:
    """What one histogram says: cells of kind, why, score, fast track, leads, unclear outcome, joined, and the rules.

    ``parts`` is what rows there are of beside those: their last cell says so, those before it what they count by.
    """

    def __init__(self, plan: Plan, rows: Sequence[Row], parts: Sequence[int] = ()) -> None:
        """Takes the rows of the query that ``counting.histogram`` makes."""
        self._plan = plan
        self._rows = rows
        self._parts = parts
        self._cells = [row for row in rows if not parts or row[-1] == OF_SCORES]
        self._scored = [cell for cell in self._cells if cell[0] < EXCLUDED]

    def counted(self, part: int) -> dict[Any, int]:
        """By what a part counts by: how many scored leads."""
        column = {OF_WAYS: -2 if self._parts == (OF_WAYS,) else -4, OF_FIT: -3, OF_ENGAGEMENT: -2}[part]
        return {row[column]: int(row[4]) for row in self._rows if row[-1] == part and row[column] is not None}

    def pairs(self) -> list[Row]:
        """How many scored leads of which outcome have which points for fit and for engagement."""
        rows = (row for row in self._rows if row[-1] == OF_PAIRS and row[0] < EXCLUDED)
        return [(row[0], row[-3], row[-2], row[4]) for row in rows]

    @property
    def tally(self) -> Tally:
        """The scored leads by score, outcome and fast track."""
        scores = sorted({int(cell[2]) for cell in self._scored})
        places = sorted({0, *(int(cell[3]) for cell in self._scored)})
        row, level = ({value: at for at, value in enumerate(values)} for values in (scores, places))
        counts = np.zeros((len(scores), 3, len(places)), np.int64)
        for kind, _, score, lifted, leads, *_ in self._scored:
            counts[row[int(score)], int(kind), level[int(lifted)]] += int(leads)
        return Tally(np.array(scores, np.int64), counts, tuple(places))

    @property
    def excluded(self) -> int:
        """How many leads are excluded."""
        return sum(int(cell[4]) for cell in self._cells if cell[0] == EXCLUDED)

    @property
    def joined(self) -> bool:
        """Whether any activity that is read belongs to a lead."""
        return any(cell[6] for cell in self._cells)

    def rules(self) -> tuple[RuleCount, ...]:
        """On how many leads each rule fired, and its points in all."""
        found: list[RuleCount] = []
        for at, rule in enumerate(self._plan.rules):
            column = _FIRST_RULE + 2 * at
            fired, points = (sum(int(cell[column + one]) for cell in self._scored) for one in (0, 1))
            found.append(RuleCount(rule.id, fired, points))
        return tuple(found)

    def rejected(self, file: str, says: Callable[[int], str]) -> tuple[Rejected, ...]:
        """How many rows were left out for each reason, the most frequent first."""
        why: Counter[int] = Counter()
        for cell in self._cells:
            if cell[0] == REJECTED:
                why[int(cell[1])] += int(cell[4])
        return tuple(Rejected(file, 0, says(reason), rows) for reason, rows in why.most_common())

    def demand_outcomes(self, column: str | None, file: str) -> None:
        """UserError names an outcome that tells neither won nor lost."""
        unclear = sorted(str(cell[5]) for cell in self._cells if cell[5] is not None)
        if unclear:
            raise UserError(
                f"the outcome {column!r} says {clean_line(unclear[0])[:40]!r}, and nothing tells whether that is won",
                'list what means won in leads.toml, as in positive = ["Closed Won"]',
                Place(file),
            )


def fits(patterns: Iterable[str], ways: int) -> list[Flags]:
    """By way: which of some patterns, a 0 or 1 for each way, fit it."""
    held = list(patterns)
    return [np.array([one[at] == "1" for one in held], np.bool_) for at in range(ways)]


def points_and_times(counted: Mapping[Any, int]) -> tuple[Longs, Longs]:
    """Points in order, and how many leads have each."""
    rows = sorted((int(points), leads) for points, leads in counted.items())
    return np.array([points for points, _ in rows], np.int64), np.array([leads for _, leads in rows], np.int64)


def of_pairs(rows: Sequence[Row]) -> tuple[tuple[Limits, Limits], Longs]:
    """The usual limits of a grid, and its leads by cell and outcome, from the rows of ``Figures.pairs``."""
    by: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for _, fit, engagement, leads in rows:
        by[0][int(fit)] += int(leads)
        by[1][int(engagement)] += int(leads)
    limits = (thirds(*points_and_times(by[0])), thirds(*points_and_times(by[1])))
    cells = (
        (kind, _band(int(fit), limits[0]), _band(int(engagement), limits[1]), leads)
        for kind, fit, engagement, leads in rows
    )
    return limits, cell_counts(cells)


def _band(points: int, limits: Limits) -> int:
    return 0 if points >= limits[0] else 1 if points >= limits[1] else 2


def cell_counts(rows: Iterable[Row]) -> Longs:
    """The leads of a grid by cell and outcome, from the rows of ``counting.grid_cells``."""
    counts = np.zeros((9, 3), np.int64)
    for kind, row, column, leads in rows:
        counts[3 * int(row) + int(column), int(kind)] += int(leads)
    return counts


@dataclass(frozen=True, eq=False)
class Moved:
    """Two scorings of the same leads at a stage, from the rows of ``counting.moves``; as ``compare.Comparison``."""

    before: Plan
    after: Plan
    stage: str
    rows: tuple[Row, ...]
    listed = False

    @property
    def came(self) -> Some:
        """The leads that only ``after`` lets in."""
        return self._some(False, True)

    @property
    def went(self) -> Some:
        """The leads that only ``before`` lets in."""
        return self._some(True, False)

    @property
    def stayed(self) -> Some:
        """The leads that both let in."""
        return self._some(True, True)

    @property
    def flips(self) -> int:
        """How many leads the two disagree on."""
        return self.came.leads + self.went.leads

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The KEYs of what ``before`` names and these leads do not have."""
        return tuple(fault.key for fault in self.before.faults)

    @property
    def at(self) -> tuple[int | None, int | None]:
        """From how many points each lets leads in; None where it has no such stage, or that has no points."""
        return points_at(self.before, self.stage), points_at(self.after, self.stage)

    @property
    def name(self) -> str:
        """What the stage is called."""
        return stage_name((self.after, self.before), self.stage)

    @property
    def stages(self) -> tuple[StageChange, ...]:
        """How many leads stand in each stage of either, those of ``after`` first."""
        return stage_changes(self._standing(self.before, 1), self._standing(self.after, 0))

    def page(self, start: int, size: int) -> tuple[Flip, ...]:
        """Nothing: no lead left the database."""
        return ()

    def _standing(self, plan: Plan, column: int) -> tuple[StageCount, ...]:
        held: Counter[int] = Counter()
        for row in self.rows:
            held[int(row[column])] += int(row[3])
        return (
            StageCount("none", "None", None, held[0]),
            *(
                StageCount(stage.id, stage.name, stage.at, None if stage.set else held[place])
                for place, stage in enumerate(plan.stages, 1)
            ),
        )

    @cached_property
    def _places(self) -> tuple[int, int]:
        """From which place on a lead has reached the stage; beyond all places where there is none."""
        then, now = (stage_place(plan, self.stage) or len(plan.stages) + 1 for plan in (self.before, self.after))
        return then, now

    def _some(self, then: bool, now: bool) -> Some:
        leads, known, won = 0, 0, 0
        for stands, stood, kind, count in self.rows:
            if (int(stood) >= self._places[0]) is then and (int(stands) >= self._places[1]) is now:
                leads += int(count)
                known += int(count) if int(kind) in (LOST, WON) else 0
                won += int(count) if int(kind) == WON else 0
        return Some(leads, known, won)
