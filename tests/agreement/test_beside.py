"""Beside an answer stands what it comes to, and nothing where there is nothing to add."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.beside import away, beside, of_date, of_dates, of_share
from sla_tui.agreement.money import Money
from sla_tui.agreement.parts import Part, slots, spec_by_key
from sla_tui.agreement.quota import Funnel, Quota
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.header import Calendar, Header, Limit
from sla_tui.agreement.sections.objective import Milestone
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Percent
from tests.strategies import parts

HELD = Agreement.model_validate(
    {
        "agreement": {
            "calendar": {
                "days": ["mon", "tue", "wed", "thu", "fri"],
                "from": "09:00",
                "to": "17:00",
                "holidays": ["2027-01-01", "2027-12-25"],
            }
        }
    }
)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("part", "key", "value", "words"),
    [
        (
            *(Commitment, "within", Duration(24, "business hour")),
            "3 working days; from Friday 15:00, due Wednesday 15:00",
        ),
        (Commitment, "within", Duration(1, "business hour"), "from Friday 16:30, due Monday 09:30"),
        (Commitment, "share", Percent.parse("95 %"), "19 of 20"),
        (Header, "starts", date(2027, 1, 1), "Friday, a holiday, in about 5 weeks"),
        (Milestone, "date", date(2026, 12, 26), "Saturday, no working day, in about 5 weeks"),
        (Calendar, "holidays", (date(2027, 1, 1), date(2027, 12, 25)), "2 days, 1 of them off anyway"),
        (Limit, "at_most", "2 business days", "16 business hours; from Friday 15:00, due Tuesday 15:00"),
        (Limit, "at_most", "soon", ""),
        (Limit, "at_most", 45, ""),
        (Funnel, "revenue_goal", Money.parse("25k USB"), "USB is no currency of ISO 4217; did you mean 'USD'?"),
        (Funnel, "revenue_goal", Money.parse("25k USD"), ""),
        (Commitment, "applies_to", "mql", ""),
        (Commitment, "activity", "2 days", ""),
        (Header, "schedules", ("scoring",), ""),
        (Commitment, "within", None, ""),
    ],
)
def test_an_answer_is_told_in_other_words(part: type[Part], key: str, value: Any, words: str) -> None:
    assert beside(spec_by_key(part)[key], value, HELD, TODAY) == words


def test_what_is_not_known_is_not_said() -> None:
    assert beside(spec_by_key(Commitment)["within"], Duration(24, "business hour"), Agreement()) == ""
    assert beside(spec_by_key(Header)["starts"], date(2027, 1, 1), Quota()) == "Friday"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("90 %", "9 of 10"), ("33 %", ""), ("100 %", ""), ("0 %", ""), ("0.9 %", "less than 1 of 100"), ("1 %", "")],
)
def test_a_share_is_so_many_of_so_many(typed: str, words: str) -> None:
    assert of_share(Percent.parse(typed)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-24", "today"),
        ("2026-11-25", "tomorrow"),
        ("2026-11-23", "yesterday"),
        ("2026-12-04", "in 10 days"),
        ("2026-11-14", "10 days ago"),
        ("2026-12-08", "in 2 weeks"),
        ("2027-02-16", "in 12 weeks"),
        ("2027-02-17", "in about 12 weeks"),
        ("2027-07-24", "in 8 months"),
        ("2027-08-01", "in about 8 months"),
        ("2026-03-24", "8 months ago"),
        ("2029-11-24", "in 3 years"),
        ("2030-01-01", "in about 3 years"),
    ],
)
def test_how_far_a_day_is_is_said_in_the_unit_that_fits(day: str, words: str) -> None:
    assert away(date.fromisoformat(day), TODAY) == words


@given(st.dates(), st.dates())
def test_how_far_a_day_is_is_the_same_both_ways(one: date, other: date) -> None:
    there, back = away(one, other), away(other, one)
    if abs(one - other) > timedelta(days=1):
        assert there.removeprefix("in ").removesuffix(" ago") == back.removeprefix("in ").removesuffix(" ago")
        assert there.startswith("in ") is back.endswith(" ago") is (one > other)


def test_days_are_said_without_a_calendar_too() -> None:
    assert of_date(date(2027, 1, 1)) == "Friday"
    assert of_dates((date(2027, 1, 2),)) == "1 day"
    assert of_dates(()) == ""


@given(parts(Agreement), st.dates())
def test_anything_an_agreement_can_hold_has_its_words_or_none(agreement: Agreement, today: date) -> None:
    for slot in slots(agreement, Agreement):
        words = beside(slot.spec, slot.value, agreement, today)
        assert "\n" not in words
        assert not (words and slot.spec.ask.of)
