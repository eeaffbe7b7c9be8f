"""Intervals hold what they claim: each formula against leads drawn again and again from a known truth."""

from __future__ import annotations

from math import comb, erf

import numpy as np
import pytest

from sla_tui.scoring.columns import Doubles, Flags, Longs
from sla_tui.scoring.propose.cutoffs import Arrivals, Trial, cutoffs
from sla_tui.scoring.propose.redraw import best, best_range
from sla_tui.scoring.propose.result import FOLDS, Today, Wanted
from sla_tui.scoring.propose.testing import dealt, quality
from sla_tui.scoring.tally import make_tally, wilson

NOBODY = Today(0, ())


def below(value: float) -> float:
    """How often a normal number stays below this."""
    return (1 + erf(value / 2**0.5)) / 2


def whole(values: Doubles) -> Longs:
    return np.round(values * 5).astype(np.int64)


@pytest.mark.parametrize("known", [10, 40, 200])
def test_the_interval_of_a_share_holds_it_95_times_in_100(known: int) -> None:
    held: list[float] = []
    intervals = [wilson(won, known) for won in range(known + 1)]
    for share in np.linspace(0.02, 0.98, 49):
        times = [comb(known, won) * share**won * (1 - share) ** (known - won) for won in range(known + 1)]
        held.append(
            sum(time for time, (low, high) in zip(times, intervals, strict=True) if (low or 0) <= share <= (high or 0))
        )
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)
    assert min(held) > 0.83


def test_the_range_of_given_rules_holds_what_they_do_on_all_leads() -> None:
    random = np.random.default_rng(1)
    held: list[bool] = []
    for _ in range(120):
        won: Flags = random.random(160) < 0.3
        scores = whole(random.normal(size=160) + won)
        found = quality([scores], None, [won], random).auc
        held.append(found.low <= below(1 / 2**0.5) <= found.high)
    assert 0.9 <= np.mean(held) <= 0.99


def test_the_range_over_parts_holds_what_is_learned_from_all_leads() -> None:
    random = np.random.default_rng(2)
    apart = np.array([0.7, 0.4, 0.2, 0.0, 0.0, 0.0])

    def learned(features: Doubles, won: Flags) -> Doubles:
        return np.linalg.lstsq(features - features.mean(axis=0), won - won.mean(), rcond=None)[0].astype(np.float64)

    held: list[bool] = []
    for _ in range(60):
        won: Flags = random.random(200) < 0.35
        features = random.normal(size=(200, 6)) + np.outer(won, apart)
        part = dealt(won, FOLDS, random)
        rules = [learned(features[part != one], won[part != one]) for one in range(FOLDS)]
        scores = [whole(features[part == one] @ rule * 8) for one, rule in enumerate(rules)]
        found = quality(scores, None, [won[part == one] for one in range(FOLDS)], random).auc
        every = learned(features, won)
        held.append(found.low <= below(float(every @ apart) / float(np.linalg.norm(every)) / 2**0.5) <= found.high)
    assert np.mean(held) >= 0.95


def test_nine_weeks_in_ten_stay_within_the_weeks_there_were() -> None:
    random = np.random.default_rng(3)
    within: list[bool] = []
    for _ in range(60):
        day = random.integers(0, 52 * 7, random.poisson(52 * 12)).astype(np.float64)
        scores = random.integers(0, 2, len(day))
        low, high = Arrivals(52.0, np.append(day, 0.0), np.append(scores, 0)).usual(1)
        assert low is not None
        assert high is not None
        within += [low <= one <= high for one in random.poisson(6, 20)]
    assert 0.88 <= np.mean(within) <= 0.97


def test_few_weeks_tell_no_range() -> None:
    assert Arrivals(9.9, np.zeros(40), np.ones(40, np.int64)).usual(1) == (None, None)


def test_the_best_threshold_lies_where_it_does_when_leads_are_drawn_again() -> None:
    random = np.random.default_rng(5)
    everybody: Flags = random.random(400_000) < 0.2
    levels = whole(random.normal(size=400_000) + everybody)
    every = make_tally(levels, np.where(everybody, 2, 1).astype(np.uint8), None)
    known, won = every.above[:-1].sum(axis=1), every.above[:-1, 2]
    truly = int(every.scores[best(known, won, 5)])
    held: list[bool] = []
    for _ in range(60):
        some = random.integers(0, 400_000, 500)
        tally = make_tally(levels[some], np.where(everybody[some], 2, 1).astype(np.uint8), None)
        low, high = best_range(tally, 5, random)
        held.append(low <= truly <= high)
        assert high - low < every.scores[-1] - every.scores[0]
    assert np.mean(held) >= 0.94


def test_where_only_some_lost_leads_were_learned_from_the_share_won_is_still_that_of_all() -> None:
    random = np.random.default_rng(4)
    held: list[bool] = []
    for _ in range(100):
        won: Flags = random.random(3000) < 0.05
        scores = whole(random.normal(size=3000) + won)
        tally = make_tally(scores, np.where(won, 2, 1).astype(np.uint8), None)
        seen: Flags = won | (random.random(3000) < 0.2)
        few = Trial(scores[seen], won[seen], scores[seen], won[seen], (float((~won).sum() / (seen & ~won).sum()), 1.0))
        (best,) = cutoffs(tally, Wanted(worth=8), None, NOBODY, [few], random)
        assert best.held_low is not None
        assert best.held_high is not None
        above = 1 - below((best.at - 0.5) / 5 - 1), 1 - below((best.at - 0.5) / 5)
        held.append(best.held_low <= 0.05 * above[0] / (0.05 * above[0] + 0.95 * above[1]) <= best.held_high)
    assert np.mean(held) >= 0.94
