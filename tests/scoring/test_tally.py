"""Figures that follow from scores and outcomes alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.scoring.tally import LOST, WON, make_tally, wilson

leads = st.lists(st.tuples(st.integers(-60, 200), st.integers(0, 4)), max_size=60)


def tally_of(found: list[tuple[int, int]]):
    scores = np.array([score for score, _ in found], np.int32)
    return make_tally(scores, np.array([kind for _, kind in found], np.uint8), None)


@given(leads, st.integers(1, 80))
def test_the_histogram_holds_every_lead_once_in_bars_of_one_width(found: list[tuple[int, int]], columns: int):
    counted = [(score, kind) for score, kind in found if kind <= WON]
    bins = tally_of(found).bins(columns)
    assert sum(one.leads for one in bins) == len(counted)
    assert bool(bins) == bool(counted)
    if len(bins) > 2 or columns > 2:
        assert len(bins) <= columns
    for one in bins:
        within = [kind for score, kind in counted if one.low <= score <= one.high]
        assert (one.negative, one.positive) == (within.count(LOST), within.count(WON))
        assert one.unknown == within.count(0)
    assert len({one.high - one.low for one in bins}) <= 1
    assert all(left.high + 1 == right.low for left, right in pairwise(bins))


@given(leads)
def test_auc_is_the_chance_that_a_won_lead_scores_higher(found: list[tuple[int, int]]):
    lost = [score for score, kind in found if kind == LOST]
    won = [score for score, kind in found if kind == WON]
    auc = tally_of(found).auc()
    if not lost or not won:
        assert auc is None
    else:
        pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in won for b in lost]
        assert auc == pytest.approx(sum(pairs) / len(pairs))


def test_scores_far_apart_are_counted_without_a_table_for_all_between():
    tally = make_tally(np.array([-(10**15), 0, 10**15], np.int64), np.array([2, 1, 2], np.uint8), None)
    assert tally.scores.tolist() == [-(10**15), 0, 10**15]
    assert tally.summary().mean == 0
    assert len(tally.bins(10)) <= 10
    assert tally.threshold(1).positive == 1


@pytest.mark.parametrize(
    ("positive", "known", "low", "high"),
    [(5, 10, 0.236593, 0.763407), (0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0), (1, 100, 0.001768, 0.054486)],
)
def test_wilson_interval(positive: int, known: int, low: float, high: float):
    assert wilson(positive, known) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_wilson_interval_of_nothing():
    assert wilson(0, 0) == (None, None)
