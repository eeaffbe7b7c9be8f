"""Answers are read leniently, written canonically, and what is shown reads back as what it was."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sla_tui.agreement.amounts import Amounts, read_amounts, show_amounts
from sla_tui.agreement.fingerprint import terms_fingerprint
from sla_tui.agreement.parts import spec_by_key, specs
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.header import Calendar, Header
from sla_tui.agreement.sections.objective import Milestone
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import (
    Bound,
    Duration,
    Percent,
    Words,
    read_bound,
    read_number,
    read_time,
    read_words,
    read_yes_no,
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
        ("a day", "1 day"),
        ("an hour", "1 hour"),
        ("one week", "1 week"),
        ("Two weeks", "2 weeks"),
        ("twenty-four hours", "24 hours"),
        ("within 48 h", "48 hours"),
        ("2 wks", "2 weeks"),
        ("24-hour", "24 hours"),
        ("1,000 minutes", "1000 minutes"),
    ],
)
def test_time_limits_are_read_in_many_spellings_and_written_in_one(typed: str, written: str) -> None:
    assert str(Duration.parse(typed)) == written


@pytest.mark.parametrize(
    ("typed", "exactly"),
    [
        ("1.5 hours", "90 minutes"),
        ("1,5 hours", "90 minutes"),
        ("1½ hours", "90 minutes"),
        ("half an hour", "30 minutes"),
        ("an hour and a half", "90 minutes"),
        ("1h30m", "90 minutes"),
        ("2.0 days", "2 days"),
        ("2 weeks and 3 days", "17 days"),
        ("a year", "12 months"),
        ("half a year", "6 months"),
        ("1.5 quarters and 1.5 months", "6 months"),
    ],
)
def test_parts_and_sums_become_the_smaller_unit_where_that_is_exact(typed: str, exactly: str) -> None:
    assert str(Duration.parse(typed)) == exactly


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("half a day", 'write "12 hours", or business hours'),
        ("1.5 days", 'write "36 hours", or business hours'),
        ("half a business day", "said in business hours"),
        ("2.5 business hours", 'write "2 business hours" or "3 business hours"'),
        ("0.33 hours", 'write "19 minutes" or "20 minutes"'),
        ("1.5 weeks", 'such as "10 days"'),
        ("half a month", "no fixed length"),
        ("5 m", 'write "5 min" or "5 months"'),
        ("1.500 days", "may mean 1.5 or 1 500"),
        ("1 day 4 hours", "one unit"),
        ("1 business day 4 business hours", "one unit"),
        ("999999 years", "longer than any agreement"),
    ],
)
def test_what_would_not_be_exact_or_may_mean_two_lengths_says_what_to_write(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        Duration.parse(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "2", "weeks", "2 fortnights", "-1 day", "٣ days", "2 wee\u212as", "2 days,", "2 days 3", "1000000 days", 5],
)
def test_what_is_no_time_limit_is_refused_with_an_example(typed: object) -> None:
    with pytest.raises(ValueError, match="24 business hours"):
        Duration.parse(typed)


@pytest.mark.parametrize(
    "typed", ["5 minutes to 24 hours", "5-10 days", "1 – 2 weeks", "2 hours – 1 day", "2 or 3 days"]
)
def test_a_range_is_no_time_limit_but_a_question(typed: str) -> None:
    with pytest.raises(ValueError, match="a range is still a question"):
        Duration.parse(typed)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *(("95 %", "95 %"), ("95%", "95 %"), (95, "95 %"), (12.5, "12.5 %"), ("12,50 %", "12.5 %"), ("0", "0 %")),
        *(("90 percent", "90 %"), ("90 Per Cent", "90 %"), ("9 out of 10", "90 %"), ("1 in 3200", "0.03125 %")),
        *(("0.9", "0.9 %"), ("0.9 %", "0.9 %")),
    ],
)
def test_shares_are_read_in_many_spellings_and_written_in_one(typed: object, written: str) -> None:
    assert str(Percent.parse(typed)) == written


@pytest.mark.parametrize("typed", ["", "%", "101 %", "-1", "1e2", True, None, float("nan"), "٥"])
def test_what_is_no_share_is_refused(typed: object) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        Percent.parse(typed)


@pytest.mark.parametrize("typed", ["2 of 3", "1 of 0"])
def test_a_share_that_no_percentage_is_exactly_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no exact percentage"):
        Percent.parse(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *(("9:00", time(9)), ("09:00:00", time(9)), ("17:30:15.25", time(17, 30, 15, 250_000))),
        *(("9 am", time(9)), ("5:30 p.m.", time(17, 30)), ("12 AM", time(0)), ("12pm", time(12))),
    ],
)
def test_times_of_day_are_read_in_either_way_of_counting(typed: str, read: time) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["9", "24:00", "9:60", "13 pm", "0 am", "09:00+02:00", "9:00:00:00"])
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


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *(("-15", -15), ("−15", -15), ("+3", 3), ("1 000", 1000), ("1,000", 1000), ("1'000'000", 1_000_000)),
        *(("10.0", 10), ("12k", 12_000), ("1.5k", 1500), ("2 million", 2_000_000), ("Ten", 10), ("twenty-five", 25)),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, read: int) -> None:
    assert read_number(typed) == read


@pytest.mark.parametrize("typed", ["", "1.5", "1e3", "٣", "9" * 16, "1,23", "1 2 3", "12,34", "k", "8 m", "1000,000"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        read_number(typed)


@pytest.mark.parametrize("typed", ["1.000", "25.000", "1.234k"])
def test_a_number_that_may_be_thousands_or_decimals_is_refused_with_both(typed: str) -> None:
    with pytest.raises(ValueError, match="may mean"):
        read_number(typed)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["{}", "{:,}", "{:_}"]))
def test_a_number_reads_back_however_its_thousands_are_parted(number: int, form: str) -> None:
    assert read_number(form.format(number)) == number
    assert read_number(form.format(number).replace(",", " ")) == number


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        *(("45", 45), ("1 000", 1000), ("1 working day", "1 business day"), ("90%", "90 %"), ("5k usd", "5 000 USD")),
        *(("1 Jan 2027", "2027-01-01"), ("tomorrow", "tomorrow"), ("12.5", "12.5"), ("two leads", "two leads")),
    ],
)
def test_a_bound_takes_the_form_of_what_it_bounds(typed: str, held: object) -> None:
    assert read_bound(typed) == held
    assert TypeAdapter(Bound).validate_python(typed) == held


@given(texts)
def test_a_bound_read_twice_is_the_same(typed: str) -> None:
    held = read_bound(typed)
    assert read_bound(str(held)) == held


def test_yes_and_no_are_read_as_people_type_them() -> None:
    assert [read_yes_no(typed) for typed in ("Yes", "y", "TRUE", "on", " no ", "N", "false", "off")] == [
        *([True] * 4),
        *([False] * 4),
    ]
    with pytest.raises(ValueError, match="yes or no"):
        read_yes_no("maybe")


def test_amounts_are_read_as_people_say_them() -> None:
    assert show_amounts(read_amounts("3 calls, 3 E-mails & at least 1 meeting per rep")) == (
        "3 calls, 3 emails and 1 meeting per rep"
    )
    assert show_amounts(read_amounts("1000000 leads")) == "1000000 leads"
    assert show_amounts(read_amounts("three calls, a meeting, 1,000 leads for every rep")) == (
        "3 calls, 1 meeting and 1000 leads per rep"
    )
    assert show_amounts(read_amounts("2 hours per lead and 1.5 h")) == "120 minutes per lead and 90 minutes"
    assert read_amounts("  ") == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("some calls", "amounts are written"),
        ("1.5 calls", "counted in whole numbers"),
        ("9999999 calls", "up to 1 000 000"),
        ("1.000 leads", "may mean 1 or 1 000"),
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


@pytest.mark.parametrize(
    ("typed", "tag"), [("de", "de"), (" DE_at ", "de-AT"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")]
)
def test_a_language_is_a_tag_in_its_usual_spelling(typed: str, tag: str) -> None:
    header = Header.model_validate({"language": typed})
    assert header.language == tag
    said = [Agreement(agreement=one) for one in (header, Header())]
    assert terms_fingerprint(said[0]) == terms_fingerprint(said[1])


@pytest.mark.parametrize("typed", ["German", "", "d", "de AT", "de-", "de\n-AT", 'de"', "x-klingon"])
def test_what_is_no_language_tag_is_refused_with_how_one_is_written(typed: str) -> None:
    with pytest.raises(ValueError, match='a language is a tag such as "en"'):
        Header.model_validate({"language": typed})
