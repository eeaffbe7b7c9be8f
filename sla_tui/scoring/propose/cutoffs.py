"""Thresholds for a proposal: the lowest that sales can work, the one that pays best, and today's volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sla_tui.scoring.columns import Flags, Longs
from sla_tui.scoring.propose.result import Cutoff, Today, Wanted
from sla_tui.scoring.tally import LOST, WON, Tally, wilson


@dataclass(frozen=True, eq=False)
class Trial:
    """One part held back: the scores it was learned with, and those it was tried on, with their outcomes."""

    learned: Longs
    held: Longs
    won: Flags


def cutoffs(
    tally: Tally, wanted: Wanted, weeks: float | None, today: Today, trials: Sequence[Trial]
) -> tuple[Cutoff, ...]:
    """The thresholds worth looking at, each at one of the scores there are."""
    found: list[Cutoff] = []
    above, scores = tally.above[:-1], tally.scores
    leads = above.sum(axis=1)
    if wanted.capacity is not None and weeks:
        fits = np.flatnonzero(leads <= wanted.capacity * weeks)
        if len(fits):
            found.append(_cutoff("capacity", int(scores[fits[0]]), tally, weeks, trials))
    wins, known = above[:, WON], above[:, WON] + above[:, LOST]
    worth = wanted.worth if wanted.worth is not None else tally.known / max(tally.won, 1)
    gain = worth * wins - known
    found.append(_cutoff("worth", int(scores[int(np.argmax(gain))]), tally, weeks, trials))
    if today.at is not None and today.leads:
        fits = np.flatnonzero(leads <= today.leads)
        if len(fits):
            found.append(_cutoff("volume", int(scores[fits[0]]), tally, weeks, trials))
    return tuple(found)


def _cutoff(why: str, at: int, tally: Tally, weeks: float | None, trials: Sequence[Trial]) -> Cutoff:
    one = tally.threshold(at)
    low, high = _held(one.leads / max(tally.total, 1), trials)
    weekly = one.leads / weeks if weeks else None
    assert why == "capacity" or why == "worth" or why == "volume"
    return Cutoff(why, at, one.leads, one.known, one.positive, one.precision, one.recall, one.lift, weekly, low, high)


def _held(share: float, trials: Sequence[Trial]) -> tuple[float | None, float | None]:
    """The interval of the share won among leads held back, at the threshold that let most nearly the same share
    through before."""
    known = wins = 0
    for one in trials:
        scores, leads = np.unique(one.learned, return_counts=True)
        let_through = np.cumsum(leads[::-1])[::-1] / len(one.learned)
        through = one.held >= scores[int(np.argmin(np.abs(let_through - share)))]
        known += int(np.count_nonzero(through))
        wins += int(np.count_nonzero(one.won & through))
    return wilson(wins, known)
