"""How many leads have which score and outcome, and every figure that follows from that alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Longs, blocks
from sla_tui.scoring.plan import StagePlan
from sla_tui.scoring.results import (
    Bin,
    OutcomeCount,
    Reach,
    Rejected,
    RuleCount,
    ScoreSummary,
    StageCount,
    Summary,
    Threshold,
)

UNKNOWN, LOST, WON, EXCLUDED, REJECTED = range(5)
"""What a lead counts as: its outcome, or that it counts in no figure."""
_Z = 1.959963984540054
"""The standard normal distribution stays below this with a chance of 97.5 %."""
_DENSE = 1 << 22


@dataclass(frozen=True, eq=False)
class Tally:
    """The scored leads by score, outcome and fast track.

    ``scores`` are those present, lowest first; ``cells[i, k, f]`` counts the leads with ``scores[i]``, outcome k
    (unknown, lost, won) and the fast track to the stage at ``places[f]`` (counted from 1; 0: none).
    """

    scores: Longs
    cells: Longs
    places: tuple[int, ...] = (0,)

    @cached_property
    def outcomes(self) -> Longs:
        """By score and outcome: how many leads."""
        return self.cells.sum(axis=2)

    @cached_property
    def by_score(self) -> Longs:
        """By score: how many leads."""
        return self.outcomes.sum(axis=1)

    @cached_property
    def total(self) -> int:
        """How many leads are scored."""
        return int(self.by_score.sum())

    @cached_property
    def above(self) -> Longs:
        """By score, and one past the highest: the leads with at least that score, by outcome."""
        upward = np.cumsum(self.outcomes[::-1], axis=0)[::-1]
        return np.vstack((upward, np.zeros((1, 3), np.int64)))

    @property
    def known(self) -> int:
        """How many of them have a known outcome."""
        return int(self.above[0, LOST] + self.above[0, WON])

    @property
    def won(self) -> int:
        """How many of them were won."""
        return int(self.above[0, WON])

    def at_least(self, at: int) -> int:
        """How many leads score at least ``at``."""
        return int(self.above[np.searchsorted(self.scores, at)].sum())

    def outcome(self, column: str) -> OutcomeCount:
        """The known outcomes."""
        return OutcomeCount(column, self.known, self.won)

    def summary(self) -> ScoreSummary:
        """Lowest, highest, mean and median score."""
        if not self.total:
            return ScoreSummary()
        upto = np.cumsum(self.by_score)
        low, high = (
            int(self.scores[np.searchsorted(upto, place, side="right")])
            for place in ((self.total - 1) // 2, self.total // 2)
        )
        median = (low + high) / 2
        total = exact_dot(self.scores, self.by_score)
        return ScoreSummary(int(self.scores[0]), int(self.scores[-1]), total / self.total, median)

    def stages(self, stages: Sequence[StagePlan]) -> Longs:
        """By score and fast track: the place of the stage reached, counted from 1; 0 below the first."""
        points = stage_places(stages, self.scores)
        return np.maximum(points[:, None], np.array(self.places, np.int64)[None, :])

    def stage_counts(self, stages: Sequence[StagePlan]) -> tuple[StageCount, ...]:
        """How many leads stand in each stage, ``none`` first."""
        held = np.bincount(
            self.stages(stages).ravel(), weights=self.cells.sum(axis=1).ravel(), minlength=len(stages) + 1
        ).astype(np.int64)
        return (
            StageCount("none", "None", None, int(held[0])),
            *(
                StageCount(stage.id, stage.name, stage.at, None if stage.set else int(held[place]))
                for place, stage in enumerate(stages, 1)
            ),
        )

    def thresholds(self, ats: Iterable[int], with_outcome: bool = True) -> tuple[Threshold, ...]:
        """What the leads at or above each of ``ats`` are like."""
        return tuple(self.threshold(at, with_outcome) for at in ats)

    def threshold(self, at: int, with_outcome: bool = True) -> Threshold:
        """What the leads at or above ``at`` points are like."""
        unknown, lost, won = (int(n) for n in self.above[np.searchsorted(self.scores, at)])
        leads, known = unknown + lost + won, lost + won
        if not with_outcome:
            return Threshold(at, leads)
        precision = won / known if known else None
        low, high = wilson(won, known)
        lift = precision * self.known / self.won if precision is not None and self.won else None
        return Threshold(at, leads, known, won, precision, low, high, won / self.won if self.won else None, lift)

    def every_at(self, stages: Sequence[StagePlan]) -> list[int]:
        """The thresholds worth reporting: each stage's and each score present, lowest first."""
        return sorted({*(stage.at for stage in stages if stage.at is not None), *(int(one) for one in self.scores)})

    def reach(self, stages: Sequence[StagePlan], place: int, with_outcome: bool) -> Reach:
        """Who gets to the stage at ``place`` (counted from 1, one that points reach) or beyond it."""
        stage = stages[place - 1]
        there = self.stages(stages) >= place
        by_points = stage_places(stages, self.scores) >= place
        cells = (self.cells * there[:, None, :]).sum(axis=(0, 2))
        leads = int(cells.sum())
        fast = leads - int(self.by_score[by_points].sum())
        at = stage.at or 0
        if not with_outcome:
            return Reach(stage.id, at, leads, self.total, fast, False)
        known, won = int(cells[LOST] + cells[WON]), int(cells[WON])
        return Reach(stage.id, at, leads, self.total, fast, True, known, won, self.known, self.won)

    def reaches(self, stages: Sequence[StagePlan], with_outcome: bool) -> tuple[Reach, ...]:
        """For each stage that points reach: who gets to it or beyond."""
        return tuple(
            self.reach(stages, place, with_outcome) for place, stage in enumerate(stages, 1) if stage.at is not None
        )

    def bins(self, columns: int) -> tuple[Bin, ...]:
        """The histogram in at most ``columns`` bars of one width: 1, 2 or 5 times a power of ten."""
        if not self.total or columns < 1:
            return ()
        lowest, highest = int(self.scores[0]), int(self.scores[-1])
        width = _width(lowest, highest, columns)
        first = lowest // width
        place = self.scores // width - first
        held = np.zeros((highest // width - first + 1, 3), np.int64)
        np.add.at(held, place, self.outcomes)
        return tuple(
            Bin((first + at) * width, (first + at + 1) * width - 1, int(unknown), int(lost), int(won))
            for at, (unknown, lost, won) in enumerate(held)
        )

    def auc(self) -> float | None:
        """The chance that a won lead scores above a lost one, ties counting half; None without both kinds."""
        lost, won = self.outcomes[:, LOST], self.outcomes[:, WON]
        if not lost.any() or not won.any():
            return None
        below = np.cumsum(lost) - lost
        return (2 * exact_dot(won, below) + exact_dot(won, lost)) / (2 * int(won.sum()) * int(lost.sum()))


def _width(lowest: int, highest: int, columns: int) -> int:
    power = 1
    while True:
        for step in (1, 2, 5):
            width = step * power
            if highest // width - lowest // width + 1 <= columns or width > highest - lowest + abs(highest) + 1:
                return width
        power *= 10


@dataclass(frozen=True, eq=False)
class Sorts:
    """What leads count as, apart from their scores: by lead the ``code`` of its outcome and fast track.

    Codes are below two to the power of ``bits``; ``places`` are those of the stages that leads are lifted to.
    """

    code: npt.NDArray[np.unsignedinteger]
    bits: int
    places: tuple[int, ...]


def make_sorts(kinds: npt.NDArray[np.uint8], fast: npt.NDArray[np.uint8] | None) -> Sorts:
    """Sorts leads by what each counts as, and by the place of the stage it is lifted to (0: none)."""
    kind = np.minimum(kinds, EXCLUDED)
    lifted = np.zeros(1, np.int64) if fast is None else np.bincount(fast, minlength=1)
    places = (0, *(place for place, leads in enumerate(lifted.tolist()) if place and leads))
    bits = (4 * len(places) - 1).bit_length()
    if fast is None or len(places) == 1:
        return Sorts(kind, bits, places)
    level = np.zeros(len(lifted), np.min_scalar_type(1 << bits))
    level[list(places)] = range(0, 4 * len(places), 4)
    return Sorts(level[fast] + kind, bits, places)


def make_tally(
    scores: npt.NDArray[np.signedinteger],
    kinds: npt.NDArray[np.uint8],
    fast: npt.NDArray[np.uint8] | None,
    sorts: Sorts | None = None,
) -> Tally:
    """Counts leads by score, by what each counts as, and by the place of the stage it is lifted to (0: none).

    ``sorts``: what ``make_sorts`` has made of the same kinds and places before.
    """
    sorts = sorts or make_sorts(kinds, fast)
    if not len(scores):
        return Tally(np.zeros(0, np.int64), np.zeros((0, 3, 1), np.int64))
    lowest, highest = int(scores.min()), int(scores.max())
    if (highest - lowest + 1) << sorts.bits <= _DENSE:
        present, rank = np.arange(lowest, highest + 1, dtype=np.int64), scores
    else:
        found, rank = np.unique(scores, return_inverse=True)
        present, lowest = found.astype(np.int64), 0
    cells = np.zeros(len(present) << sorts.bits, np.int64)
    for part in blocks(len(scores), len(cells)):
        # Few and narrow steps: this is most of what an edit costs with a million leads.
        cell = rank[part] - rank.dtype.type(lowest)
        cell <<= sorts.bits
        cell |= sorts.code[part]
        cells += np.bincount(cell, minlength=len(cells))
    counts = cells.reshape(len(present), -1)[:, : 4 * len(sorts.places)].reshape(len(present), -1, 4)
    counts = counts[:, :, :EXCLUDED].transpose(0, 2, 1)
    held = counts.any(axis=(1, 2))
    return Tally(present[held], np.ascontiguousarray(counts[held]), sorts.places)


def summarize(
    tally: Tally,
    stages: Sequence[StagePlan],
    outcome: str | None,
    excluded: int,
    rejected: tuple[Rejected, ...],
    rules: tuple[RuleCount, ...],
) -> Summary:
    """All figures at once; ``outcome`` names the column that says who was won."""
    known = outcome is not None
    return Summary(
        leads=tally.total,
        excluded=excluded,
        rejected=rejected,
        stages=tally.stage_counts(stages),
        score=tally.summary(),
        rules=rules,
        outcome=tally.outcome(outcome) if outcome is not None else None,
        thresholds=tally.thresholds(tally.every_at(stages)) if known else (),
        reaches=tally.reaches(stages, known),
    )


def stage_places(stages: Sequence[StagePlan], scores: Longs) -> Longs:
    """The place, counted from 1, of the last stage whose points each score reaches; 0 for none."""
    ladder = sorted(
        (stage.at, place) for place, stage in enumerate(stages, 1) if stage.at is not None and not stage.set
    )
    if not ladder:
        return np.zeros(len(scores), np.int64)
    ats = np.array([at for at, _ in ladder], np.int64)
    last = np.concatenate(([0], np.maximum.accumulate([place for _, place in ladder])))
    return last[np.searchsorted(ats, scores, side="right")]


def wilson(positive: float, known: float) -> tuple[float | None, float | None]:
    """The 95 % interval of a share by Wilson (1927), without continuity correction; None over nothing."""
    if not known:
        return None, None
    share, z2 = positive / known, _Z * _Z
    middle = share + z2 / (2 * known)
    spread = _Z * sqrt(share * (1 - share) / known + z2 / (4 * known * known))
    scale = 1 + z2 / known
    low = 0.0 if positive == 0 else (middle - spread) / scale
    high = 1.0 if positive == known else (middle + spread) / scale
    return max(low, 0.0), min(high, 1.0)


def exact_dot(left: Longs, right: Longs) -> int:
    """The sum of products, whatever its size."""
    if not len(left):
        return 0
    if float(np.abs(left).max()) * float(np.abs(right).max()) * len(left) < 2**62:
        return int(left @ right)
    return sum(a * b for a, b in zip(left.tolist(), right.tolist(), strict=True))
