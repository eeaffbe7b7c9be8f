"""The funnel is exact both ways, and says as much as can be reckoned."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.funnel import LEVELS, Reckoning, capacity, level_of, promised, reckon, touches, weeks
from sla_tui.agreement.money import Money
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Percent
from tests.quotas import AGREEMENT, agreed_on, quota
from tests.strategies import parts


def numbers(found: Reckoning, side: str) -> list[int | None]:
    return [getattr(level, side) for level in found.levels]


def test_the_revenue_goal_says_how_many_leads_are_needed() -> None:
    found = reckon(quota(), agreed_on())
    assert found.goal == Money(Decimal(360_000), "USD")
    assert numbers(found, "needed") == [3334, 500, 200, 120, 30]


def test_the_promised_leads_say_what_they_bring() -> None:
    found = reckon(quota(), agreed_on())
    assert numbers(found, "promised") == [3467, 520, 208, 124, 31]
    assert found.brings == Money(Decimal(374_400), "USD")
    assert found.counted is not None
    assert (found.counted.name, found.counted.rate) == ("mql", Percent(Decimal(40)))


def test_nothing_is_rounded_before_the_end() -> None:
    thirds = {"win_rate": "33.3 %", "sql_to_opportunity": "33.3 %", "mql_to_sql": "33.3 %", "lead_to_mql": None}
    found = reckon(quota(funnel={"revenue_goal": "12 000 USD", "share_from_marketing": "100 %", **thirds}), agreed_on())
    assert numbers(found, "needed") == [None, 28, 10, 4, 1]  # 1 / 0.333 = 3.003…, / 0.333 = 9.02, / 0.333 = 27.1


@pytest.mark.parametrize(
    ("gap", "needed", "made"),
    [
        ("revenue_goal", [None] * 5, [3467, 520, 208, 124, 31]),
        ("average_deal", [None] * 5, [3467, 520, 208, 124, 31]),
        ("share_from_marketing", [None] * 5, [3467, 520, 208, 124, 31]),
        ("win_rate", [None, None, None, None, 30], [3467, 520, 208, 124, None]),
        ("sql_to_opportunity", [None, None, None, 120, 30], [3467, 520, 208, None, None]),
        ("lead_to_mql", [None, 500, 200, 120, 30], [None, 520, 208, 124, 31]),
    ],
)
def test_what_is_not_known_ends_the_reckoning_there(gap: str, needed: list[int | None], made: list[int | None]) -> None:
    found = reckon(quota(funnel={gap: None}), agreed_on())
    assert numbers(found, "needed") == needed
    assert numbers(found, "promised") == made
    assert (found.brings is None) == (gap in ("average_deal", "win_rate", "sql_to_opportunity"))


def test_a_rate_of_nothing_needs_no_end_of_leads_and_brings_none() -> None:
    found = reckon(quota(funnel={"mql_to_sql": "0 %"}), agreed_on())
    assert numbers(found, "needed") == [None, None, 200, 120, 30]
    assert numbers(found, "promised") == [3467, 520, 0, 0, 0]


def test_sums_in_two_currencies_are_never_set_against_each_other() -> None:
    found = reckon(quota(funnel={"average_deal": "12 000 EUR"}), agreed_on())
    assert numbers(found, "needed") == [None] * 5
    assert found.brings == Money(Decimal(374_400), "EUR")


def test_a_quota_without_anything_is_a_funnel_of_unknowns() -> None:
    found = reckon(Quota(), None)
    assert numbers(found, "needed") == numbers(found, "promised") == [None] * 5
    assert (found.counted, found.goal, found.brings) == (None, None, None)


@pytest.mark.parametrize(
    ("stage", "level"),
    [("lead", "lead"), ("mql", "mql"), ("sql", "sql"), ("customer", "won"), ("advocate", None), (None, None)],
)
def test_a_stage_is_a_level_by_what_it_is_called(stage: str | None, level: str | None) -> None:
    assert level_of(stage, agreed_on()) == level_of(stage, None) == level


def test_the_sections_on_mql_and_sql_say_which_stages_those_are() -> None:
    ladder = [{"id": "warm", "at": 40}, {"id": "ready", "at": 80}, {"id": "gold", "set": "deal_won"}]
    held = agreed_on(scoring={"stages": ladder}, mql={"stage": "warm"}, sql={"stage": "ready"})
    assert [level_of(stage, held) for stage in ("warm", "ready", "gold")] == ["mql", "sql", "won"]
    named = agreed_on(scoring={"stages": [{"id": "a", "name": "Sales-qualified lead", "at": 1}]})
    assert level_of("a", named) == "sql"


shares = st.decimals(1, 100, places=2).map(lambda number: f"{number} %")


@given(st.integers(1, 10**7), st.integers(1, 10**5), st.tuples(*[shares] * 5))
def test_as_many_as_are_needed_bring_the_goal_and_one_fewer_does_not(
    goal: int, deal: int, said: tuple[str, ...]
) -> None:
    names = ("share_from_marketing", "win_rate", "sql_to_opportunity", "mql_to_sql", "lead_to_mql")
    funnel = {"revenue_goal": f"{goal} USD", "average_deal": f"{deal} USD", **dict(zip(names, said, strict=True))}
    found = reckon(quota(funnel=funnel), agreed_on())
    assert found.goal is not None
    held = Quota.model_validate({"funnel": funnel}).funnel
    assert held is not None
    rates = [getattr(held, level.key.removeprefix("funnel.")) for level in found.levels if level.key]
    for at, level in enumerate(found.levels):
        each = Fraction(deal) * math.prod(Fraction(rate.value) / 100 for rate in rates[at:])
        assert level.needed is not None
        assert level.needed * each >= Fraction(found.goal.amount) > (level.needed - 1) * each


@given(parts(Quota), parts(Agreement))
def test_any_quota_can_be_reckoned(held: Quota, agreement: Agreement) -> None:
    found = reckon(held, agreement)
    assert [level.name for level in found.levels] == list(LEVELS)
    for room in (capacity(held, agreement), promised(held), weeks(held)):
        assert room is None or room >= 0


def test_a_period_has_as_many_weeks_as_days_make() -> None:
    assert weeks(quota()) == Fraction(90, 7)
    assert weeks(quota({"to": None})) is None
    assert weeks(quota({"from": "2027-03-31", "to": "2027-01-01"})) is None


def test_what_sales_has_the_hours_for() -> None:
    assert touches(quota(), agreed_on()) == 6
    assert capacity(quota(), agreed_on()) == 4 * 12 * 60 // (8 * 6) == 60
    assert capacity(quota(capacity={"touches_per_lead": 7}), agreed_on()) == 51
    assert capacity(quota(), None) is None
    assert capacity(quota(capacity={"reps": None}), agreed_on()) is None


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ({"amounts": [{"count": 9, "unit": "call"}]}, 9),
        ({"amounts": [{"count": 2, "unit": "call"}]}, 6),
        ({"amounts": [{"count": 9, "unit": "call"}], "only_when": "demo"}, 6),
        ({"amounts": [{"count": 9, "unit": "call"}], "applies_to": "sql"}, 6),
        ({"amounts": [{"count": 9, "unit": "call"}], "party": "marketing"}, 6),
        ({"amounts": [{"count": 9, "unit": "meeting"}]}, 6),
        ({"amounts": [{"count": 9, "unit": "call", "each": "rep"}]}, 6),
    ],
)
def test_touches_left_open_are_those_of_the_fullest_commitment_for_every_such_lead(
    other: dict[str, Any], count: int
) -> None:
    more = {"id": "more", "party": "sales", "activity": "Call", "applies_to": "mql", **other}
    assert touches(quota(), agreed_on(commitments=[*AGREEMENT["commitments"], more])) == count
