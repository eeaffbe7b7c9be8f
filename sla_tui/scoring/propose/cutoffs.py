"""Thresholds for a proposal: the lowest that sales can work, the one that pays best, and today's volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sla_tui.scoring.columns import Doubles, Flags, Longs
from sla_tui.scoring.propose.redraw import best, best_range
from sla_tui.scoring.propose.result import Cutoff, Today, Wanted
from sla_tui.scoring.propose.testing import LEARNING
from sla_tui.scoring.tally import LOST, WON, Tally, wilson

_FEWEST_WEEKS = 10
"""Fewer whole weeks than that do not show how weeks differ."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """When leads came, in days, by their score; ``weeks`` from the first to the last."""

    weeks: float
    days: Doubles
    scores: Longs

    def usual(self, at: int) -> tuple[int | None, int | None]:
        """How many leads with at least ``at`` points came in a week, the least and the most of nine weeks in ten."""
        whole = int(self.weeks)
        if whole < _FEWEST_WEEKS:
            return None, None
        week = ((self.days - self.days.min()) // 7).astype(np.intp)
        counts = np.bincount(week[(self.scores >= at) & (week < whole)], minlength=whole)
        return int(np.quantile(counts, 0.05, method="lower")), int(np.quantile(counts, 0.95, method="higher"))


@dataclass(frozen=True, eq=False)
class Trial:
    """One part held back: the scores it was learned with, and those it was tried on, with their outcomes.

    A lost lead and a won one each stand for so many, where only some were learned from.
    """

    learned: Longs
    learned_won: Flags
    held: Longs
    won: Flags
    stands_for: tuple[float, float] = (1.0, 1.0)


def cutoffs(
    tally: Tally,
    wanted: Wanted,
    came: Arrivals | None,
    today: Today,
    trials: Sequence[Trial],
    random: np.random.Generator,
) -> tuple[Cutoff, ...]:
    """The thresholds worth looking at, each at one of the scores there are."""
    found: list[Cutoff] = []
    above, scores = tally.above[:-1], tally.scores
    leads = above.sum(axis=1)
    if wanted.capacity is not None and came:
        fits = np.flatnonzero(leads <= wanted.capacity * came.weeks)
        if len(fits):
            found.append(_cutoff("capacity", int(scores[fits[0]]), tally, came, trials))
    wins, known = above[:, WON], above[:, WON] + above[:, LOST]
    worth = wanted.worth if wanted.worth is not None else tally.known / max(tally.won, 1)
    place = best(known, wins, worth)
    if worth * wins[place] >= known[place]:
        low, high = best_range(tally, worth, random)
        found.append(replace(_cutoff("worth", int(scores[place]), tally, came, trials), at_low=low, at_high=high))
    if today.at is not None and today.leads:
        fits = np.flatnonzero(leads <= today.leads)
        if len(fits):
            found.append(_cutoff("volume", int(scores[fits[0]]), tally, came, trials))
    return tuple(found)


def _cutoff(why: str, at: int, tally: Tally, came: Arrivals | None, trials: Sequence[Trial]) -> Cutoff:
    one = tally.threshold(at)
    assert why == "capacity" or why == "worth" or why == "volume"
    low, high = _held(one.leads / max(tally.total, 1), trials)
    weekly = one.leads / came.weeks if came else None
    within = came.usual(at) if came else (None, None)
    figures = one.leads, one.known, one.positive, one.precision, one.recall, one.lift
    return Cutoff(why, at, *figures, weekly, *within, low, high)


def _held(share: float, trials: Sequence[Trial]) -> tuple[float | None, float | None]:
    """The interval of the share won among leads held back, at the threshold that let most nearly the same share
    through before. Rules learned in parts vary together, so the leads weigh less than they count."""
    wins = losses = 0
    lost_for = won_for = 1.0
    for one in trials:
        lost_for, won_for = one.stands_for
        order = np.argsort(-one.learned, kind="stable")
        through = np.cumsum(np.where(one.learned_won, won_for, lost_for)[order])
        at = one.learned[order]
        last = np.flatnonzero(np.append(at[1:] != at[:-1], True))
        let_in = one.held >= at[last[int(np.argmin(np.abs(through[last] / through[-1] - share)))]]
        wins += int(np.count_nonzero(let_in & one.won))
        losses += int(np.count_nonzero(let_in & ~one.won))
    if not wins or not losses:
        return wilson(wins / LEARNING, (wins + losses) / LEARNING)
    # As many leads as would make the odds as uncertain as these won and lost ones do.
    found = won_for * wins / (won_for * wins + lost_for * losses)
    leads = wins * losses / (wins + losses) / (found * (1 - found)) / LEARNING
    return wilson(found * leads, leads)
