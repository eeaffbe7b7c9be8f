"""The same leads drawn again and again: how far the threshold that pays best would move."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Longs
from sla_tui.scoring.tally import LOST, WON, Tally

_DRAWS = 1000
_MOST_CELLS = 8_000_000


def redrawn(tally: Tally, random: np.random.Generator) -> tuple[Longs, Longs]:
    """By draw and score: the leads with a known outcome that score at least so much, and those won of them.

    A draw puts as many leads together as there are, each as likely as any: one multinomial draw over the cells.
    """
    cells = tally.outcomes[:, [LOST, WON]]
    draws = max(min(_DRAWS, _MOST_CELLS // max(cells.size, 1)), 1)
    found = random.multinomial(tally.known, cells.ravel() / max(tally.known, 1), draws).reshape(draws, *cells.shape)
    above = np.cumsum(found[:, ::-1], axis=1)[:, ::-1]
    return above.sum(axis=2), above[:, :, 1]


def best(known: Longs, won: Longs, worth: float) -> npt.NDArray[np.intp]:
    """The place of the score from which on leads pay best, if a won one pays for working so many; the lowest such."""
    return np.argmax(worth * won - known, axis=-1)


def best_range(tally: Tally, worth: float, random: np.random.Generator) -> tuple[int, int]:
    """Between which scores the threshold that pays best lies in 95 of 100 draws."""
    low, high = np.quantile(best(*redrawn(tally, random), worth), (0.025, 0.975), method="nearest")
    return int(tally.scores[low]), int(tally.scores[high])
