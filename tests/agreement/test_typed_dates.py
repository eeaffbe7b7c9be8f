"""Dates are read as people write them, relative ones only while somebody types, and none that may mean two days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement import dates
from sla_tui.agreement.dates import MONTHS, months_on, read_date, read_day, read_days, show_days
from sla_tui.agreement.parts import spec_by_key
from sla_tui.agreement.sections.objective import Milestone

TUESDAY = date(2026, 11, 24)
STYLES = (
    *("{y:04}-{m:02}-{d:02}", "{y:04}/{m}/{d}", "{d}.{m}.{y:04}"),
    *("{d} {month} {y:04}", "{month} {d}, {y:04}", "the {d}th of {month} {y:04}"),
)


@pytest.mark.parametrize(
    "typed",
    [
        *("2027-01-31", "2027/1/31", "31.1.2027", "31. 01. 2027", "31 Jan 2027", "31 January 2027", "31-Jan-2027"),
        *("Jan 31, 2027", "January 31st 2027", "the 31st of January, 2027", "JAN. 31 2027"),
    ],
)
def test_dates_are_read_when_they_mean_one_day(typed: str) -> None:
    assert read_date(typed) == read_day(typed, TUESDAY) == date(2027, 1, 31)


@pytest.mark.parametrize("typed", ["2027-02-30", "2027-13-01", "31.2.2027", "Feb 30, 2027"])
def test_a_day_that_no_calendar_has_is_said_to_be_none(typed: str) -> None:
    for read in (read_date, read_day):
        with pytest.raises(ValueError, match="there is no day"):
            read(typed)


@pytest.mark.parametrize(
    "typed", ["01/02/2027", "2-1-2027", "January 2027", "31 Okt 2027", "20270131", "٣ Jan 2027", ""]
)
def test_a_date_that_may_mean_two_days_or_none_is_refused(typed: str) -> None:
    for read in (read_date, read_day):
        with pytest.raises(ValueError, match="2027-01-31"):
            read(typed)


def test_a_date_that_may_mean_two_days_is_told_both() -> None:
    for read in (read_date, read_day):
        with pytest.raises(ValueError, match="2027-01-02 or 2027-02-01"):
            read("01/02/2027")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("yesterday", date(2026, 11, 23)),
        ("Friday", date(2026, 11, 27)),
        ("this Friday", date(2026, 11, 27)),
        ("by fri", date(2026, 11, 27)),
        ("Tuesday", date(2026, 12, 1)),
        ("next Friday", date(2026, 12, 4)),
        ("next Monday", date(2026, 11, 30)),
        ("Friday next week", date(2026, 12, 4)),
        ("last Friday", date(2026, 11, 20)),
        ("in 2 weeks", date(2026, 12, 8)),
        ("two weeks from today", date(2026, 12, 8)),
        ("in a month", date(2026, 12, 24)),
        ("in 1 quarter", date(2027, 2, 24)),
        ("in 10 business days", date(2026, 12, 8)),
        ("in 4 working days", date(2026, 11, 30)),
        ("3 days ago", date(2026, 11, 21)),
        ("Jan 1", date(2027, 1, 1)),
        ("24 Nov", date(2026, 11, 24)),
        ("23 November", date(2027, 11, 23)),
        ("end of March", date(2027, 3, 31)),
        ("end of November", date(2026, 11, 30)),
        ("start of November", date(2027, 11, 1)),
        ("last day of February 2028", date(2028, 2, 29)),
        ("end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of the quarter", date(2026, 12, 31)),
        ("start of next quarter", date(2027, 1, 1)),
        ("EOQ", date(2026, 12, 31)),
        ("end of Q1", date(2027, 3, 31)),
        ("first day of Q2 2028", date(2028, 4, 1)),
        ("end of the year", date(2026, 12, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("31/12/2027", date(2027, 12, 31)),
        ("12/31/2027", date(2027, 12, 31)),
        ("05/05/2027", date(2027, 5, 5)),
        ("Fri, Jan 1, 2027", date(2027, 1, 1)),
    ],
)
def test_days_are_said_as_seen_from_today(typed: str, day: date) -> None:
    assert read_day(typed, TUESDAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Monday 1 Jan 2027", "2027-01-01 is a Friday"),
        ("next week", "which day"),
        ("Q1 2027", "which day"),
        ("2027", "which day"),
        ("end of the week", "Friday for one and on Sunday for another"),
        ("in 24 business hours", "count in days"),
        ("in 5-10 days", "a range"),
        ("Feb 29", "there is no day 'feb 29 2026'"),
        ("in 999999 months", "beyond the calendar"),
        ("in 999999 weeks", "beyond the calendar"),
        ("end of 9999", "beyond the calendar"),
        ("tomorow", "next Friday"),
    ],
)
def test_what_is_no_one_day_says_what_to_type(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_day(typed, TUESDAY)


@pytest.mark.parametrize("typed", ["tomorrow", "next Friday", "in 2 weeks", "Jan 1", "end of March"])
def test_a_file_holds_no_day_that_moves(typed: str) -> None:
    for read in (read_date, lambda text: Milestone.model_validate({"id": "m", "date": text})):
        with pytest.raises(ValueError, match=r"a file says the day itself; .*2027-01-31"):
            read(typed)


def test_a_field_reads_what_is_typed_as_seen_from_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: TUESDAY)
    assert spec_by_key(Milestone)["date"].read("next Friday") == date(2026, 12, 4)


@given(st.dates(), st.sampled_from(STYLES), st.dates())
def test_a_full_date_is_the_same_day_whenever_it_is_read(day: date, style: str, now: date) -> None:
    typed = style.format(y=day.year, m=day.month, d=day.day, month=MONTHS[day.month - 1].capitalize())
    assert read_date(typed) == read_day(typed, now) == day


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)), st.sampled_from(["monday", "Wed", "Friday", "sunday"]))
def test_a_weekday_is_the_next_one_that_comes_and_next_is_in_the_week_after(now: date, name: str) -> None:
    coming, following, last = (read_day(f"{which}{name}", now) for which in ("", "next ", "last "))
    assert now < coming <= now + timedelta(days=7)
    assert now - timedelta(days=7) <= last < now
    assert coming.weekday() == following.weekday() == last.weekday()
    assert (following - now).days + now.weekday() in range(7, 14)


@given(st.dates(), st.integers(-2000, 2000))
def test_months_on_keep_the_day_or_end_the_month(day: date, count: int) -> None:
    try:
        reached = months_on(day, count)
    except OverflowError:
        assert not 1 <= (day.year * 12 + day.month - 1 + count) // 12 <= 9999
        return
    assert (reached.year - day.year) * 12 + reached.month - day.month == count
    assert reached.day == day.day or (reached.day < day.day and (reached + timedelta(days=1)).day == 1)


def test_lists_of_days_are_parted_by_commas_but_not_before_a_year() -> None:
    typed = "Jan 31, 2027, 2027-12-24 to 2027-12-26; 1 Jan 2028 and tomorrow"
    assert [str(day) for day in read_days(typed, TUESDAY)] == [
        *("2027-01-31", "2027-12-24", "2027-12-25", "2027-12-26", "2028-01-01", "2026-11-25"),
    ]
    with pytest.raises(ValueError, match="no run of days"):
        read_days("2027-12-26 to 2027-12-24")
    with pytest.raises(ValueError, match="2027-01-31"):
        read_days("2027-12-26, soon")


@given(st.lists(st.dates(), max_size=5).map(tuple))
def test_lists_of_days_shown_read_back(days: tuple[date, ...]) -> None:
    assert read_days(show_days(days)) == days
