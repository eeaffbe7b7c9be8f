"""One answer is less than another only where that is sure, and lists of answers have an order."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.business import due
from sla_tui.agreement.checks.promises import open_long_enough
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.hours import WEEK
from sla_tui.agreement.money import Money
from sla_tui.agreement.order import compare, sort_key
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Percent
from tests.strategies import money, percents

OFFICE = Calendar.model_validate({"days": list(WEEK[:5]), "from": "9:00", "to": "17:00", "holidays": ["2027-01-01"]})
CHRISTMAS = OFFICE.model_copy(update={"holidays": (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28))})
some = st.builds(
    Duration,
    st.integers(0, 60),
    st.sampled_from(["minute", "hour", "business hour", "day", "business day", "week", "month", "quarter"]),
)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("1 week", "2 weeks", -1),
        ("14 days", "2 weeks", 0),
        ("24 hours", "1 day", 0),
        ("5 minutes", "1 hour", -1),
        ("27 days", "1 month", -1),
        ("28 days", "1 month", None),
        ("4 weeks", "1 month", None),
        ("32 days", "1 month", 1),
        ("3 months", "1 quarter", 0),
        ("2 months", "1 quarter", -1),
        ("2 business days", "3 business days", -1),
        ("2 business days", "16 business hours", None),
        ("2 business days", "1 month", None),
        ("9 business days", "2 days", None),
    ],
)
def test_without_a_calendar_only_what_holds_in_any_month_is_sure(one: str, other: str, order: int | None) -> None:
    assert Duration.parse(one).compare(Duration.parse(other)) == order
    assert Duration.parse(one).surely_below(Duration.parse(other)) is (order == -1)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("24 business hours", "3 business days", 0),
        ("23 business hours", "3 business days", -1),
        ("2 business days", "1 week", -1),
        ("9 business days", "2 days", 1),
        ("1 week", "9 business days", -1),
        ("5 business days", "1 week", None),
        ("10 business days", "2 weeks", None),
        ("2 business days", "1 month", -1),
        ("1 business hour", "1 hour", None),
        ("30 minutes", "1 business hour", -1),
    ],
)
def test_with_a_calendar_business_time_is_held_against_the_clock(one: str, other: str, order: int | None) -> None:
    assert Duration.parse(one).compare(Duration.parse(other), OFFICE) == order
    turned = Duration.parse(other).compare(Duration.parse(one), OFFICE)
    assert turned == (None if order is None else -order)


@pytest.mark.parametrize(("within", "codes"), [("9 business days", ["back-too-soon"]), ("5 business days", [])])
def test_a_lead_that_may_go_back_too_soon_is_found_by_the_agreements_own_calendar(
    within: str, codes: list[str]
) -> None:
    made = {"party": "sales", "applies_to": "mql"}
    held = Agreement.model_validate(
        {
            "agreement": {"calendar": OFFICE},
            "commitments": [
                {**made, "id": "work", "within": within, "from": "received"},
                {**made, "id": "keep", "keep_open": "1 week"},
            ],
        }
    )
    assert [found.code for found in open_long_enough(held)] == codes


def test_holidays_that_can_fall_into_a_limit_make_it_longer() -> None:
    two_days, a_week = Duration.parse("2 business days"), Duration.parse("1 week")
    assert two_days.surely_below(a_week, OFFICE)
    assert not two_days.surely_below(a_week, CHRISTMAS)


@given(some, some, st.datetimes(datetime(2026, 11, 1), datetime(2027, 3, 1)), st.sampled_from([OFFICE, CHRISTMAS]))
def test_what_is_surely_less_is_over_first_whenever_it_starts(
    one: Duration, other: Duration, start: datetime, calendar: Calendar
) -> None:
    order = one.compare(other, calendar)
    first, second = due(start, one, calendar), due(start, other, calendar)
    if order is not None:
        assert (first > second) - (first < second) in (order, 0)
        assert order or first == second
    if order == -1:
        assert sort_key(one, calendar) < sort_key(other, calendar)


@given(st.lists(some, max_size=6), st.sampled_from([OFFICE, None]))
def test_time_limits_sort_so_that_nothing_surely_longer_comes_first(
    held: list[Duration], calendar: Calendar | None
) -> None:
    listed = sorted(held, key=lambda limit: sort_key(limit, calendar))
    for at, one in enumerate(listed):
        assert not any(later.surely_below(one, calendar) for later in listed[at + 1 :])


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Percent.parse("9.5 %"), Percent.parse("10 %")),
        (Money.parse("900 USD"), Money.parse("1k USD")),
        (date(2027, 1, 1), date(2027, 1, 2)),
        (time(9), time(17)),
        (-2, 10),
        (2, 2.5),
    ],
)
def test_answers_of_a_kind_are_compared(less: Any, more: Any) -> None:
    assert (compare(less, more), compare(less, less), compare(more, less)) == (-1, 0, 1)
    assert sorted([None, more, less], key=sort_key) == [less, more, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Money.parse("1 USD"), Money.parse("2 EUR")),
        (Percent.parse("1 %"), 5),
        (Duration(1, "day"), 5),
        ("a", "b"),
        (None, 1),
        (date(2027, 1, 1), time(9)),
    ],
)
def test_what_cannot_be_compared_is_not(one: Any, other: Any) -> None:
    assert compare(one, other) is None


@given(st.lists(st.none() | money, max_size=6))
def test_money_sorts_by_currency_first(held: list[Money | None]) -> None:
    listed = [sum_ for sum_ in sorted(held, key=sort_key) if sum_]
    assert [sum_.currency for sum_ in listed] == sorted(sum_.currency for sum_ in listed)
    for currency in {sum_.currency for sum_ in listed}:
        amounts = [sum_.amount for sum_ in listed if sum_.currency == currency]
        assert amounts == sorted(amounts)


@given(st.lists(percents, max_size=6))
def test_shares_have_an_order(held: list[Percent]) -> None:
    assert [share.value for share in sorted(held)] == sorted(share.value for share in held)


def test_limits_typed_as_numbers_and_as_text_sort_together_and_names_by_their_letters() -> None:
    assert sorted(["b", 3, None, "A", 1], key=sort_key) == [1, 3, "A", "b", None]
