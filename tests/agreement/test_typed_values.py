"""Answers are read leniently, written canonically, and what is shown reads back as what it was."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sla_tui.agreement.amounts import Amounts, read_amounts, show_amounts
from sla_tui.agreement.parts import spec_by_key, specs
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.sections.objective import Milestone
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import (
    Duration,
    Percent,
    Words,
    read_date,
    read_number,
    read_time,
    read_words,
    show_words,
)
from tests.strategies import amounts, durations, leaves, parts, percents, texts


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("24 business hours", "24 business hours"),
        ("24h", "24 hours"),
        ("1 Hour", "1 hour"),
        (" 2   WEEKS ", "2 weeks"),
        ("3 working days", "3 business days"),
        ("3 business-days", "3 business days"),
        ("90 mins.", "90 minutes"),
        ("1 q", "1 quarter"),
        ("24\u00a0business\u00a0hours", "24 business hours"),
        ("0 days", "0 days"),
    ],
)
def test_time_limits_are_read_in_many_spellings_and_written_in_one(typed: str, written: str) -> None:
    assert str(Duration.parse(typed)) == written


@pytest.mark.parametrize("typed", ["", "2", "weeks", "2 fortnights", "-1 day", "1.5 days", "٣ days", "2 wee\u212as", 5])
def test_what_is_no_time_limit_is_refused_with_an_example(typed: object) -> None:
    with pytest.raises(ValueError, match="24 business hours"):
        Duration.parse(typed)


@pytest.mark.parametrize("typed", ["5 minutes to 24 hours", "5-10 days", "1 – 2 weeks", "2 hours – 1 day"])
def test_a_range_is_no_time_limit_but_a_question(typed: str) -> None:
    with pytest.raises(ValueError, match="a range is still a question"):
        Duration.parse(typed)


@pytest.mark.parametrize(
    ("shorter", "longer", "surely"),
    [
        ("1 week", "2 weeks", True),
        ("2 weeks", "2 weeks", False),
        ("27 days", "1 month", True),
        ("30 days", "1 month", False),
        ("5 minutes", "1 hour", True),
        ("2 business days", "3 business days", True),
        ("2 business days", "1 month", False),
        ("2 days", "9 business days", False),
        ("3 months", "1 quarter", False),
    ],
)
def test_only_a_limit_that_is_over_first_in_any_month_is_below_another(shorter: str, longer: str, surely: bool) -> None:
    assert Duration.parse(shorter).surely_below(Duration.parse(longer)) is surely


@pytest.mark.parametrize(
    ("typed", "written"),
    [("95 %", "95 %"), ("95%", "95 %"), (95, "95 %"), (12.5, "12.5 %"), ("12,50 %", "12.5 %"), ("0", "0 %")],
)
def test_shares_are_read_in_many_spellings_and_written_in_one(typed: object, written: str) -> None:
    assert str(Percent.parse(typed)) == written


@pytest.mark.parametrize("typed", ["", "%", "101 %", "-1", "1e2", True, None, float("nan"), "٥"])
def test_what_is_no_share_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        Percent.parse(typed)


@pytest.mark.parametrize("typed", ["2027-01-31", "31 Jan 2027", "31 January 2027", "Jan 31, 2027", "31.1.2027"])
def test_dates_are_read_when_they_mean_one_day(typed: str) -> None:
    assert read_date(typed) == date(2027, 1, 31)


@pytest.mark.parametrize("typed", ["2027-02-30", "2027-13-01", "31.2.2027"])
def test_a_day_that_no_calendar_has_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ValueError, match="there is no day"):
        read_date(typed)


@pytest.mark.parametrize("typed", ["01/02/2027", "January 2027", "31 Okt 2027", "tomorrow"])
def test_a_date_that_may_mean_two_days_or_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="2027-01-31"):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "read"), [("9:00", time(9)), ("09:00:00", time(9)), ("17:30:15.25", time(17, 30, 15, 250_000))]
)
def test_times_of_day_are_read_with_or_without_seconds(typed: str, read: time) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["9", "24:00", "9:60", "9:00 pm", "09:00+02:00", "9:00:00:00"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="09:00"):
        read_time(typed)


@pytest.mark.parametrize("value", [20270131, True, datetime(2027, 1, 31, 9), "01/02/2027"])
def test_a_file_that_holds_something_else_than_a_date_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Milestone.model_validate({"id": "m", "date": value})


@pytest.mark.parametrize("value", [9, True, "noon", datetime(2027, 1, 31, 9)])
def test_a_file_that_holds_something_else_than_a_time_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Calendar.model_validate({"from": value})


@pytest.mark.parametrize(("typed", "read"), [("-15", -15), ("−15", -15), ("1 000", 1000), ("+3", 3), ("1,000", 1000)])
def test_numbers_are_read_as_people_type_them(typed: str, read: int) -> None:
    assert read_number(typed) == read


@pytest.mark.parametrize("typed", ["", "1.5", "ten", "1e3", "٣", "9" * 16])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        read_number(typed)


def test_amounts_are_read_as_people_say_them() -> None:
    assert show_amounts(read_amounts("3 calls, 3 E-mails & at least 1 meeting per rep")) == (
        "3 calls, 3 emails and 1 meeting per rep"
    )
    assert show_amounts(read_amounts("1000000 leads")) == "1000000 leads"
    assert read_amounts("  ") == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("three calls", "amounts are written"),
        ("at most 3 calls", "amounts are written"),
        ("3 cals", "did you mean 'call'"),
        ("3 calls per team", "is not what amounts are counted for"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_was_meant(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_amounts(typed)


@given(durations)
def test_a_time_limit_shown_reads_back(limit: Duration) -> None:
    assert Duration.parse(str(limit)) == limit


@given(percents)
def test_a_share_shown_reads_back(share: Percent) -> None:
    assert Percent.parse(str(share)) == share


@given(amounts, amounts)
def test_amounts_shown_read_back(one: dict[str, Any], other: dict[str, Any]) -> None:
    held = TypeAdapter(Amounts).validate_python([one, other])
    assert read_amounts(show_amounts(held)) == held


@given(st.lists(texts, max_size=4))
def test_words_shown_read_back_commas_and_quotes_included(words: list[str]) -> None:
    held = TypeAdapter(Words).validate_python(words)
    assert read_words(show_words(held)) == held


@given(parts(Agreement))
def test_every_answer_an_agreement_can_hold_reads_back_from_what_is_shown(agreement: Agreement) -> None:
    for slot in leaves(agreement):
        assert slot.spec.read(slot.text) == slot.value, slot


def test_blank_text_is_no_answer() -> None:
    for spec in specs(Commitment):
        assert spec.read("  ") is None
        assert spec.show(None) == ""


def test_a_list_is_not_typed_as_one_text() -> None:
    with pytest.raises(ValueError, match="Rules holds several answers"):
        spec_by_key(Scoring)["rules"].read("email_open")
