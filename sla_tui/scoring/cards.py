"""Sample leads sorted blind by both sides: which are drawn, where the sides disagree, and the threshold that fits.

A card counts as wanted when the sides' shares of yes, each side weighing the same, come to more than half together,
and as not wanted when to less; on exactly half it is undecided and left out of the fit. Of all thresholds between
cards of different scores the one with the highest balanced accuracy (the mean of the share of wanted cards at or
above it and of unwanted cards below it) fits best. Whether that beats chance is an exact permutation test: over
every way in which as many wanted cards could be spread over the same scores, the share of ways whose own best
threshold fits at least as well. With 12 cards these are 924 ways at most, so all are looked at.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np

from sla_tui.scoring.board import Board

CARDS = 12
CHANCE = 0.05
"""A fit that chance reaches more often than this is none."""
APART = Fraction(1, 2)
"""Shares of yes this far apart are a disagreement even where both sides lean the same way."""
SIDES = ("sales", "marketing")


def draw(board: Board, seed: int, count: int = CARDS) -> tuple[int, ...]:
    """Leads spread over the scores: one by chance from each of ``count`` equal parts of the ranking, then shuffled.

    All leads where there are no more than that. The same seed draws the same leads of the same board.
    """
    leads = np.flatnonzero(board.scored_leads)
    ranked = leads[np.argsort(board.scores[leads], kind="stable")]
    chance = random.Random(seed)
    count = min(count, len(ranked))
    edges = [len(ranked) * at // count for at in range(count + 1)] if count else []
    drawn = [int(ranked[chance.randrange(low, high)]) for low, high in pairwise(edges)]
    chance.shuffle(drawn)
    return tuple(drawn)


@dataclass(frozen=True, slots=True)
class Voted:
    """One card: the lead by its index, its score, and how many of each side said yes."""

    lead: int
    score: int
    sales: int
    marketing: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A threshold that sorts the cards: ``at`` is the lowest score above it, ``below`` the highest score under it.

    Any threshold over ``below`` up to ``at`` does the same. ``sales`` and ``marketing`` are the shares of each
    side's votes that agree with it; ``accuracy`` is the balanced accuracy, ``chance`` how often luck fits as well.
    """

    at: int
    below: int
    accuracy: float
    chance: float
    sales: float
    marketing: float

    @property
    def holds(self) -> bool:
        """Whether it beats chance."""
        return self.chance <= CHANCE


@dataclass(frozen=True)
class Sorted:
    """What both sides made of the cards. ``sizes``: how many sit in sales and in marketing, both at least one."""

    cards: tuple[Voted, ...]
    sizes: tuple[int, int]

    def shares(self, card: Voted) -> tuple[Fraction, Fraction]:
        """The share of yes in sales and in marketing."""
        return Fraction(card.sales, self.sizes[0]), Fraction(card.marketing, self.sizes[1])

    def wanted(self, card: Voted) -> bool | None:
        """Whether the card is wanted; None where the sides together are undecided."""
        both = sum(self.shares(card))
        return None if both == 1 else both > 1

    @cached_property
    def disagreements(self) -> tuple[Voted, ...]:
        """The cards on which the sides lean opposite ways, or whose shares are half or more apart; widest first."""
        found = [card for card in self.cards if self._differ(card)]
        return tuple(sorted(found, key=lambda card: (-abs(self._gap(card)), card.score)))

    def _gap(self, card: Voted) -> Fraction:
        sales, marketing = self.shares(card)
        return sales - marketing

    def _differ(self, card: Voted) -> bool:
        sales, marketing = (share - Fraction(1, 2) for share in self.shares(card))
        return sales * marketing < 0 or abs(sales - marketing) >= APART

    @property
    def decided(self) -> tuple[Voted, ...]:
        """The cards that are wanted or not, lowest score first."""
        return tuple(sorted((one for one in self.cards if self.wanted(one) is not None), key=lambda one: one.score))

    def agreeing(self, at: int) -> tuple[float, float]:
        """The share of each side's votes, over all cards, that a threshold agrees with."""
        agreed = [Fraction(0), Fraction(0)]
        for card in self.cards:
            for side, share in enumerate(self.shares(card)):
                agreed[side] += share if card.score >= at else 1 - share
        count = max(1, len(self.cards))
        return float(agreed[0] / count), float(agreed[1] / count)

    @cached_property
    def fit(self) -> Fit | None:
        """The threshold that fits both sides best; None where all decided cards went one way or score the same.

        Of thresholds that fit equally, the one that more votes agree with, then the lowest.
        """
        scores = [card.score for card in self.decided]
        yes = frozenset(at for at, card in enumerate(self.decided) if self.wanted(card))
        cuts = [at for at in range(1, len(scores)) if scores[at - 1] < scores[at]]
        if not cuts or not 0 < len(yes) < len(scores):
            return None
        best = _best(cuts, yes, len(scores))
        found = [at for at in cuts if _accuracy(at, yes, len(scores)) == best]
        cut = max(found, key=lambda at: (sum(self.agreeing(scores[at])), -at))
        ways = list(combinations(range(len(scores)), len(yes)))
        as_good = sum(_best(cuts, way, len(scores)) >= best for way in ways)
        return Fit(scores[cut], scores[cut - 1], float(best), as_good / len(ways), *self.agreeing(scores[cut]))


def _accuracy(cut: int, yes: Iterable[int], size: int) -> Fraction:
    """The balanced accuracy of calling every card from place ``cut`` on wanted."""
    wanted = list(yes)
    hit = sum(at >= cut for at in wanted)
    spared = cut - (len(wanted) - hit)
    return (Fraction(hit, len(wanted)) + Fraction(spared, size - len(wanted))) / 2


def _best(cuts: Sequence[int], yes: Iterable[int], size: int) -> Fraction:
    wanted = list(yes)
    return max(_accuracy(cut, wanted, size) for cut in cuts)
