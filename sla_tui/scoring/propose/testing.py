"""How good rules are on leads they were not learned from, as ranges; and whether chance would do as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Doubles, Flags, Longs
from sla_tui.scoring.propose.choosing import Moments
from sla_tui.scoring.propose.fitting import auc
from sla_tui.scoring.propose.learning import Material
from sla_tui.scoring.propose.result import FOLDS, Chance, Quality, Range

_DRAWS = 500
LEARNING = 1 + FOLDS * (1 / FOLDS) / (1 - 1 / FOLDS)
"""By how much more an estimate over parts held back varies than its leads alone make it vary.

Each part's rules were learned from most of the same leads, so that the parts go up and down together: the variance
is corrected as by Nadeau and Bengio (2003), on the safe side.
"""
_EXPLAINED = 0.1
"""What all features together are taken to explain before anything is known: the more there are, the less each."""
_SHUFFLES = 99
"""If none of so many does as well, chance is one in a hundred at most."""


def dealt(won: Flags, parts: int, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """The part of each lead: won and lost ones are dealt out evenly."""
    part = np.zeros(len(won), np.intp)
    for kind in (False, True):
        where = np.flatnonzero(won == kind)
        random.shuffle(where)
        part[where] = np.arange(len(where)) % parts
    return part


def quality(
    scores: Sequence[Longs], today: Sequence[Longs] | None, won: Sequence[Flags], random: np.random.Generator
) -> Quality:
    """The AUC over leads held back, in parts that each have a scoring of their own.

    ``today`` are the scores of today's rules on the same leads. With one part the range is of those very rules on
    other leads; with several it is of what is learned from such leads, so it is wider than the leads alone make it.
    """
    drawn, single = _drawn(scores, today, won, random)
    wider = sqrt(LEARNING) if len(won) > 1 else 1.0
    auc_range = _range([one[0] for one in single], drawn[0], wider, 0.0)
    leads, wins = sum(map(len, won)), int(sum(np.count_nonzero(one) for one in won))
    folds = (min(one[0] for one in single), max(one[0] for one in single)) if len(won) > 1 else None
    if today is None:
        return Quality(leads, wins, auc_range, folds=folds)
    before = _range([one[1] for one in single], drawn[1], 1.0, 0.0)
    gain = _range([one[0] - one[1] for one in single], drawn[0] - drawn[1], wider, -1.0)
    return Quality(leads, wins, auc_range, before, gain, folds)


def _range(values: Sequence[float], drawn: Doubles, wider: float, least: float) -> Range:
    value = float(np.mean(values))
    low, high = (value + wider * (float(one) - value) for one in np.quantile(drawn, (0.025, 0.975)))
    return Range(value, max(low, least), min(high, 1.0))


def _drawn(
    scores: Sequence[Longs], today: Sequence[Longs] | None, won: Sequence[Flags], random: np.random.Generator
) -> tuple[Doubles, list[tuple[float, float]]]:
    """Means over the parts in leads drawn again and again, by scoring; and the single parts' values."""
    means = np.zeros((2, _DRAWS))
    single: list[tuple[float, float]] = []
    for part, wins in enumerate(won):
        both = np.column_stack((scores[part], today[part] if today else scores[part], wins.astype(np.int64)))
        cells, counts = np.unique(both, axis=0, return_counts=True)
        draws = random.multinomial(int(counts.sum()), counts / counts.sum(), _DRAWS)
        found = [_aucs(cells[:, at], cells[:, 2].astype(np.bool_), np.vstack((counts, draws))) for at in (0, 1)]
        single.append((float(found[0][0]), float(found[1][0])))
        means += np.stack([one[1:] for one in found])
    return means / len(won), single


def _aucs(scores: Longs, won: Flags, weights: Longs) -> Doubles:
    """The AUC for each row of weights over the cells; one half where a kind is missing."""
    order = np.argsort(scores, kind="stable")
    first = np.flatnonzero(np.concatenate(([True], np.diff(scores[order]) != 0)))
    weighed = weights[:, order].astype(np.float64)
    wins = np.add.reduceat(weighed * won[order], first, axis=1)
    losses = np.add.reduceat(weighed * ~won[order], first, axis=1)
    below = np.cumsum(losses, axis=1) - losses
    pairs = wins.sum(axis=1) * losses.sum(axis=1)
    agreeing = (wins * (below + losses / 2)).sum(axis=1)
    return np.where(pairs > 0, agreeing / np.maximum(pairs, 1), 0.5)


def chance(
    material: Material, sums: dict[int, Moments], random: np.random.Generator, go_on: Callable[[], None]
) -> Chance:
    """Whether outcomes shuffled within each part can be foretold from all features as well as the true ones are."""
    won = material.won.astype(np.float64)
    shuffled = np.repeat(won[:, None], _SHUFFLES + 1, axis=1)
    for part in sums:
        where = np.flatnonzero(material.part == part)
        for column in range(1, _SHUFFLES + 1):
            shuffled[where, column] = won[random.permutation(where)]
    left = {part: material.features[material.part == part].T @ shuffled[material.part == part] for part in sums}
    worths = np.zeros(_SHUFFLES + 1)
    for held in sums:
        go_on()
        seen, first, *others = (material.part == held, *(part for part in sums if part != held))
        total, explained = sums[first], left[first]
        for part in others:
            total, explained = total + sums[part], explained + left[part]
        products, _, _ = total.least_squares
        each = np.trace(products) / total.leads * (1 - _EXPLAINED) / _EXPLAINED
        products = products + each * np.eye(len(products))
        around = explained - np.outer(total.sums[:-1] / total.leads, shuffled[~seen].sum(axis=0))
        scores: Doubles = material.features[seen] @ np.linalg.solve(products, around).astype(np.float64)
        worths += [auc(scores[:, at], shuffled[seen, at] > 0) or 0.5 for at in range(_SHUFFLES + 1)]
    as_well = int((worths[1:] >= worths[0]).sum())
    return Chance(_SHUFFLES, as_well, not as_well)
