"""The blind sort of sample leads, against the plainest way to count."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.cards import Sorted, Voted, draw
from sla_tui.scoring.simulate import start
from tests.scoring.conftest import Written, as_csv

SCORING = Scoring.model_validate({"rules": [{"id": "visits", "when": "visits", "points": 1}]})


def sorted_cards(*votes: tuple[int, int, int], sizes: tuple[int, int] = (2, 3)) -> Sorted:
    return Sorted(tuple(Voted(at, *one) for at, one in enumerate(votes)), sizes)


def test_cards_spread_over_the_ranking_and_the_seed_decides_them(write: Written) -> None:
    visits = [(7 * at) % 60 for at in range(60)]
    board = start(SCORING, write(as_csv(["id", "visits"], [[str(at), str(one)] for at, one in enumerate(visits)])))
    drawn = draw(board, 5)
    assert sorted(visits[at] // 5 for at in drawn) == list(range(12))
    assert draw(board, 5) == drawn
    assert len({draw(board, seed) for seed in range(5)}) == 5
    assert sorted(draw(board, 1, count=100)) == list(range(60))


def plain_fit(cards: list[tuple[int, bool]]) -> tuple[float, float]:
    """The best balanced accuracy, and how often the same verdicts dealt out otherwise reach it."""

    def best(deal: tuple[bool, ...]) -> float:
        scores = [score for score, _ in cards]
        found: list[float] = []
        for at in sorted(set(scores))[1:]:
            yes = [score >= at for score, wanted in zip(scores, deal, strict=True) if wanted]
            no = [score < at for score, wanted in zip(scores, deal, strict=True) if not wanted]
            found.append((sum(yes) / len(yes) + sum(no) / len(no)) / 2)
        return max(found)

    here = best(tuple(wanted for _, wanted in cards))
    deals = list(permutations([wanted for _, wanted in cards]))
    return here, sum(best(deal) >= here - 1e-9 for deal in deals) / len(deals)


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=6))
def test_the_threshold_that_fits_is_the_best_one_and_chance_is_counted_whole(cards: list[tuple[int, bool]]) -> None:
    found = sorted_cards(*((score, 2 * wanted, 3 * wanted) for score, wanted in cards)).fit
    if len({score for score, _ in cards}) < 2 or len({wanted for _, wanted in cards}) < 2:
        assert found is None
        return
    assert found is not None
    accuracy, chance = plain_fit(cards)
    assert found.accuracy == pytest.approx(accuracy)
    assert found.chance == pytest.approx(chance)
    agree = [wanted == (score >= found.at) for score, wanted in cards]
    assert found.sales == found.marketing == pytest.approx(sum(agree) / len(agree))
    assert found.below < found.at


def test_sides_weigh_the_same_and_an_even_card_is_left_out_of_the_fit() -> None:
    told = sorted_cards((10, 0, 3), (20, 0, 0), (30, 2, 3), (40, 1, 2), (50, 1, 1), sizes=(2, 3))
    assert [told.wanted(card) for card in told.cards] == [None, False, True, True, False]
    assert [card.score for card in told.disagreements] == [10]
    assert [card.score for card in told.decided] == [20, 30, 40, 50]
    assert told.fit is not None
    assert (told.fit.at, told.fit.below) == (30, 20)
    assert told.fit.accuracy == pytest.approx(0.75)
    assert not told.fit.holds
    assert told.agreeing(30) == (
        pytest.approx((1 + 1 + 1 + 0.5 + 0.5) / 5),
        pytest.approx((0 + 1 + 1 + 2 / 3 + 1 / 3) / 5),
    )


def test_twelve_cards_that_a_threshold_parts_cleanly_beat_chance() -> None:
    told = sorted_cards(*((at, 2 * (at >= 7), 3 * (at >= 7)) for at in range(12)))
    assert told.fit is not None
    assert (told.fit.at, told.fit.accuracy) == (7, 1.0)
    assert told.fit.chance == pytest.approx(1 / 792)
    assert told.fit.holds
