"""Which few features explain the outcome together, and the whole numbers that say it nearly as well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sla_tui.scoring.columns import Doubles, Longs
from sla_tui.scoring.propose.fitting import RIDGE

_WORTH = 3.84
"""What a feature must add, as a chi-squared: chance alone adds that much once in twenty times."""
_SCALES = 24


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums over some leads that selection needs of them: they add up, so parts are put together at no cost."""

    leads: int
    sums: Doubles
    products: Doubles

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.leads + other.leads, self.sums + other.sums, self.products + other.products)

    def joined(self, members: Doubles) -> Moments:
        """The same for features that are sums of these; the outcome, which comes last, stays."""
        size, more = members.shape
        width = size + more
        across = self.products[:, :size] @ members
        products = np.zeros((width + 1, width + 1))
        old = [*range(size), width]
        products[np.ix_(old, old)] = self.products
        products[np.ix_(old, range(size, width))] = across
        products[np.ix_(range(size, width), old)] = across.T
        products[size:width, size:width] = members.T @ across[:size]
        sums = np.concatenate((self.sums[:size], self.sums[:size] @ members, self.sums[size:]))
        return Moments(self.leads, sums, products)

    @property
    def share(self) -> float:
        """The share won."""
        return float(self.sums[-1] / self.leads)

    @cached_property
    def least_squares(self) -> tuple[Doubles, Doubles, float]:
        """Products of the features, of them with the outcome, and of the outcome, each around its mean."""
        around = self.products - np.outer(self.sums, self.sums) / self.leads
        spread = max(self.share * (1 - self.share), 1e-9)
        inner = around[:-1, :-1].copy()
        inner[np.diag_indices_from(inner)] += RIDGE / spread
        return inner, around[:-1, -1], float(around[-1, -1])


def moments(features: Doubles, won: Doubles) -> Moments:
    """The sums over leads with these features and outcomes."""
    both = np.column_stack((features, won))
    return Moments(len(won), both.sum(axis=0), both.T @ both)


@dataclass
class _Sweep:
    """Features taken in one after another: what is left for each to explain."""

    products: Doubles
    left: Doubles
    spread: Doubles
    rest: float
    leads: int
    taken: list[int]
    _rows: list[Doubles]

    @classmethod
    def over(cls, found: Moments) -> _Sweep:
        products, left, rest = found.least_squares
        return cls(products, left.copy(), np.diag(products).copy(), rest, found.leads, [], [])

    @property
    def gains(self) -> Doubles:
        """By feature: how much of the rest it would explain."""
        gain = self.left**2 / np.maximum(self.spread, 1e-12)
        gain[self.spread < 1e-6 * np.diag(self.products)] = 0.0
        gain[self.taken] = 0.0
        return gain

    def take(self, one: int) -> None:
        root = np.sqrt(max(self.spread[one], 1e-12))
        row = self.products[one].copy()
        for before in self._rows:
            row -= before[one] * before
        row /= root
        step = self.left[one] / root
        self.rest -= float(step * step)
        self.left = self.left - row * step
        self.spread = self.spread - row * row
        self._rows.append(row)
        self.taken.append(one)

    def best(self) -> tuple[int, float]:
        """The feature that explains most of the rest, the first among equals, and its chi-squared."""
        gains = self.gains
        one = int(np.argmax(gains >= gains.max(initial=0.0) * (1 - 1e-9)))
        return one, float(gains[one]) * self.leads / max(self.rest, 1e-9)


def path(found: Moments, most: int) -> list[int]:
    """At most ``most`` features, each the best beside those before it; it ends when none is worth it."""
    sweep = _Sweep.over(found)
    while len(sweep.taken) < min(most, len(sweep.left)):
        one, worth = sweep.best()
        if worth < _WORTH:
            break
        sweep.take(one)
    return sweep.taken


def improved(found: Moments, chosen: list[int]) -> list[int]:
    """The same number of features after each was given the chance to be replaced by a better one."""
    current = list(chosen)
    for _ in range(2):
        before = list(current)
        for one in before:
            others = [other for other in current if other != one]
            sweep = _Sweep.over(found)
            for other in others:
                sweep.take(other)
            current = [*others, sweep.best()[0]]
        if set(before) == set(current):
            break
    return current


def coefficients(found: Moments, chosen: list[int]) -> Doubles:
    """The features' coefficients by least squares."""
    products, left, _ = found.least_squares
    return np.linalg.solve(products[np.ix_(chosen, chosen)], left[chosen]).astype(np.float64)


def whole(wanted: Doubles, curvature: Doubles, bounds: Longs) -> Longs:
    """Whole numbers in nearly the same proportions, each within its bound on either side.

    One after another is rounded and the others are fitted again around it, at several scales; what is best by the
    likelihood's curvature stays. A number may become 0.
    """
    if not np.abs(wanted).max(initial=0.0):
        return np.zeros(len(wanted), np.int64)
    largest = float(np.min(bounds / np.maximum(np.abs(wanted), 1e-12)))
    best, score = np.zeros(len(wanted), np.int64), -1.0
    for scale in np.linspace(largest / 2, largest, _SCALES):
        tried = _nudged(_rounded(wanted * scale, curvature, bounds), wanted, curvature, bounds)
        if (agrees := _agreement(tried, wanted, curvature)) > score + 1e-12:
            best, score = tried, agrees
    return best


def _rounded(wanted: Doubles, curvature: Doubles, bounds: Longs) -> Longs:
    target, found = wanted.copy(), np.zeros(len(wanted), np.int64)
    rest = list(np.argsort(-np.abs(wanted) * np.sqrt(np.diag(curvature)), kind="stable"))
    while rest:
        one = int(rest.pop(0))
        found[one] = int(np.clip(np.floor(target[one] + 0.5), -bounds[one], bounds[one]))
        if rest:
            within = curvature[np.ix_(rest, rest)]
            target[rest] -= np.linalg.solve(within, curvature[rest, one] * (found[one] - target[one]))
    return found


def _nudged(found: Longs, wanted: Doubles, curvature: Doubles, bounds: Longs) -> Longs:
    best, score = found, _agreement(found, wanted, curvature)
    for _ in range(2):
        before = score
        for one in range(len(found)):
            for step in (-1, 1):
                tried = best.copy()
                tried[one] += step
                agrees = _agreement(tried, wanted, curvature)
                if abs(int(tried[one])) <= bounds[one] and agrees > score + 1e-12:
                    best, score = tried, agrees
        if score == before:
            break
    return best


def _agreement(found: Longs, wanted: Doubles, curvature: Doubles) -> float:
    """How much of what the coefficients explain the whole numbers do, at the best common scale."""
    along = float(found @ curvature @ wanted)
    size = float(found @ curvature @ found)
    return along * along / size if size and along > 0 else -1.0
