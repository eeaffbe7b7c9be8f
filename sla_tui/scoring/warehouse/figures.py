"""A histogram from a database as the same figures that leads in memory give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import Rejected, RuleCount
from sla_tui.scoring.tally import EXCLUDED, REJECTED, Tally

_FIRST_RULE = 7


class Figures:
    """What one histogram says: cells of kind, why, score, fast track, leads, unclear outcome, joined, and the rules."""

    def __init__(self, plan: Plan, cells: Sequence[tuple[Any, ...]]) -> None:
        """Takes the rows of the query that ``Compiler.histogram`` makes."""
        self._plan = plan
        self._cells = cells
        self._scored = [cell for cell in cells if cell[0] < EXCLUDED]

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
