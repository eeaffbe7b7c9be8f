"""Business time runs in business hours only, and is the same however one counts it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sla_tui.agreement.business import calendar_of, due, equal_to, instance
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.hours import WEEK, Hours
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.terms import Agreement
from tests.strategies import durations

OFFICE = Calendar.model_validate({"days": list(WEEK[:5]), "from": "9:00", "to": "17:00", "holidays": ["2027-01-01"]})
LONG = Calendar.model_validate({"days": list(WEEK[:6]), "from": "08:30", "to": "17:00"})
FRIDAY = datetime(2026, 12, 4, 15)
MONDAY = date(2026, 11, 30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Working weeks of two days and more in whole hours, with holidays in the three weeks from MONDAY."""
    opens, length = draw(st.integers(0, 14)), draw(st.integers(4, 9))
    days = draw(st.sets(st.sampled_from(WEEK), min_size=2))
    holidays = draw(st.sets(st.integers(0, 20).map(lambda at: MONDAY + at * DAY), max_size=5))
    return Calendar.model_validate(
        {"days": sorted(days), "from": time(opens), "to": time(opens + length), "holidays": sorted(holidays)}
    )


starts = st.integers(0, 30 * 24 * 4).map(lambda quarters: datetime.combine(MONDAY, time()) + quarters * HOUR / 4)
limits = st.builds(Duration, st.integers(0, 30), st.just("business hour")) | st.builds(
    Duration, st.integers(0, 4), st.just("business day")
)


def one_quarter_after_another(start: datetime, limit: Duration, calendar: Calendar) -> datetime:
    """When the limit is over, by looking at the clock every quarter of an hour."""
    assert calendar.from_
    assert calendar.to
    day = calendar.to.hour - calendar.from_.hour
    left = limit.count * 4 * (day if limit.unit == "business day" else 1)
    while left:
        works = WEEK[start.weekday()] in (calendar.days or ()) and start.date() not in (calendar.holidays or ())
        left -= works and calendar.from_ <= start.time() < calendar.to
        start += HOUR / 4
    return start


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-12-04 15:00", "24 business hours", "2026-12-09 15:00"),
        ("2026-12-04 15:00", "2 business days", "2026-12-08 15:00"),
        ("2026-12-04 15:00", "2 business hours", "2026-12-04 17:00"),
        ("2026-12-05 11:00", "1 business day", "2026-12-07 17:00"),
        ("2026-12-07 07:00", "1 business hour", "2026-12-07 10:00"),
        ("2026-12-31 16:00", "1 business day", "2027-01-04 16:00"),
        ("2026-12-04 15:00", "90 minutes", "2026-12-04 16:30"),
        ("2026-12-04 15:00", "3 days", "2026-12-07 15:00"),
        ("2026-12-04 15:00", "2 weeks", "2026-12-18 15:00"),
        ("2027-01-31 15:00", "1 month", "2027-02-28 15:00"),
        ("2028-01-31 15:00", "1 month", "2028-02-29 15:00"),
        ("2026-11-30 15:00", "1 quarter", "2027-02-28 15:00"),
    ],
)
def test_a_limit_is_due_by_business_hours_weekends_holidays_and_the_ends_of_months(
    start: str, limit: str, end: str
) -> None:
    assert due(at(start), Duration.parse(limit), OFFICE) == at(end)


def test_the_zone_of_the_start_is_kept_and_the_clock_on_the_wall_counts() -> None:
    start = FRIDAY.replace(tzinfo=timezone(-5 * HOUR))
    for limit in ("3 business hours", "1 month", "2 days"):
        held = Duration.parse(limit)
        assert due(start, held, OFFICE) == due(FRIDAY, held, OFFICE).replace(tzinfo=start.tzinfo)


@given(calendars(), starts, limits)
def test_it_is_due_when_looking_at_the_clock_says_so(calendar: Calendar, start: datetime, limit: Duration) -> None:
    assume(limit.count)
    assert due(start, limit, calendar) == one_quarter_after_another(start, limit, calendar)


@given(calendars(), starts, starts, limits, limits)
def test_nothing_received_later_or_given_longer_is_due_earlier(
    calendar: Calendar, start: datetime, later: datetime, limit: Duration, longer: Duration
) -> None:
    first, second = sorted((start, later))
    assert due(first, limit, calendar) <= due(second, limit, calendar)
    if limit.compare(longer, calendar) == -1:
        assert due(start, limit, calendar) <= due(start, longer, calendar)


@given(calendars(), starts, st.integers(0, 3000))
def test_a_business_day_is_its_business_hours(calendar: Calendar, start: datetime, days: int) -> None:
    assert calendar.from_
    assert calendar.to
    hours = Duration(days * (calendar.to.hour - calendar.from_.hour), "business hour")
    assert due(start, hours, calendar) == due(start, Duration(days, "business day"), calendar)


@given(calendars(), starts, st.integers(0, 40), st.integers(0, 40))
def test_two_limits_after_one_another_are_their_sum(calendar: Calendar, start: datetime, one: int, two: int) -> None:
    first, second, both = (Duration(count, "business hour") for count in (one, two, one + two))
    assert due(due(start, first, calendar), second, calendar) == due(start, both, calendar)


@given(calendars(), limits)
def test_the_least_and_the_most_it_takes_are_those_of_some_start(calendar: Calendar, limit: Duration) -> None:
    hours = Hours.of(calendar)
    assert hours
    begin = datetime.combine(MONDAY - 60 * DAY, time())
    taken = [due(start, limit, calendar) - start for start in (begin + at * HOUR for at in range(100 * 24))]
    assert limit.bounds(calendar) == (min(taken), max(taken))


@given(st.dates(date(1, 1, 1), date(2800, 1, 1)), st.integers(0, 9600))
def test_months_take_no_less_and_no_more_than_they_can(start: date, months: int) -> None:
    begun = datetime.combine(start, time())
    held = Duration(months, "month").bounds()
    assert held
    assert held[0] <= due(begun, Duration(months, "month")) - begun <= held[1]


def test_how_long_months_take_is_told_exactly() -> None:
    for text, least, most in (
        ("1 month", 28, 31),
        ("2 months", 59, 62),
        ("1 quarter", 89, 92),
        ("12 months", 365, 366),
    ):
        assert Duration.parse(text).bounds() == (least * DAY, most * DAY)


def test_business_time_needs_a_calendar_that_says_it() -> None:
    for said in ({}, {"days": ["mon"]}, {"days": ["mon"], "from": "9:00"}, {"from": "9:00", "to": "17:00"}):
        assert Duration.parse("1 business day").bounds(Calendar.model_validate(said)) is None
    for said in ({"from": "17:00", "to": "9:00"}, {"days": ["Monday"], "from": "9:00", "to": "17:00"}):
        assert Hours.of(Calendar.model_validate({"days": ["mon"], **said})) is None
    with pytest.raises(ValueError, match="without working days and hours"):
        due(FRIDAY, Duration.parse("1 business day"), Calendar())


def test_what_ends_beyond_the_calendar_has_no_end() -> None:
    far = Calendar.model_validate({"days": ["mon"], "from": "9:00", "to": "10:00", "holidays": ["9999-12-27"]})
    for limit in ("999999 business days", "1 business day"):
        assert Duration.parse(limit).bounds(far) is None
    with pytest.raises(OverflowError):
        due(FRIDAY, Duration.parse("999999 quarters"))
    assert instance(Duration.parse("999999 business days"), far) == ""


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("24 business hours", "3 working days"),
        ("8 business hours", "1 working day"),
        ("4 business hours", "half a working day"),
        ("20 business hours", "2 working days and 4 hours"),
        ("3 business hours", ""),
        ("2 business days", "16 business hours"),
        ("10 business days", "80 business hours, 2 weeks without a holiday"),
        ("1 day", "24 hours, weekends count"),
        ("14 days", "2 weeks, weekends count"),
        ("30 days", "weekends count"),
        ("48 hours", "2 days, nights and weekends count"),
        ("36 hours", "nights and weekends count"),
        ("90 minutes", "1 hour 30 minutes, nights and weekends count"),
        ("2 weeks", "14 days, 10 working days without a holiday"),
        ("1 quarter", "3 months"),
        ("1 month", ""),
        ("0 days", ""),
    ],
)
def test_a_limit_is_said_in_other_words_beside_it(limit: str, words: str) -> None:
    assert equal_to(Duration.parse(limit), OFFICE) == words


def test_days_that_are_no_whole_hours_are_said_in_hours_and_minutes() -> None:
    assert equal_to(Duration.parse("1 business day"), LONG) == "8 hours 30 minutes of business time"
    assert equal_to(Duration.parse("24 business hours"), LONG) == "2 working days and 7 hours"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("24 business hours", "from Friday 15:00, due Wednesday 15:00"),
        ("2 business days", "from Friday 15:00, due Tuesday 15:00"),
        ("1 business hour", "from Friday 16:30, due Monday 09:30"),
        ("8 business days", "from Friday 15:00, due Wednesday 15:00, 12 days later"),
        ("10 business days", ""),
        ("75 days", ""),
        ("1 day", "from Friday 15:00, due Saturday 15:00"),
        ("24 hours", "from Friday 15:00, due Saturday 15:00"),
        ("15 minutes", ""),
        ("2 weeks", ""),
        ("1 month", ""),
        ("0 business days", ""),
    ],
)
def test_a_case_makes_a_limit_plain(limit: str, words: str) -> None:
    assert instance(Duration.parse(limit), OFFICE) == words


@given(calendars(), durations)
def test_a_case_is_true(calendar: Calendar, limit: Duration) -> None:
    words = instance(limit, calendar)
    if words.startswith("from") and "later" not in words:
        said = words.replace(",", "").split()
        starts_on, begun, ends_on, ended = said[1], said[2], said[4], said[5]
        week = [datetime.combine(date(2001, 1, 1) + day * DAY, time.fromisoformat(begun)) for day in range(7)]
        (start,) = (moment for moment in week if f"{moment:%A}" == starts_on)
        without = calendar.model_copy(update={"holidays": ()})
        assert f"{due(start, limit, without):%A %H:%M}" == f"{ends_on} {ended}"


@given(durations)
def test_nothing_is_guessed_where_the_calendar_says_nothing(limit: Duration) -> None:
    assert instance(limit, None) == ""
    if limit.unit.startswith("business"):
        assert equal_to(limit, Calendar(days=("mon",))) == ""


def test_an_agreement_has_a_calendar_and_a_quota_has_none() -> None:
    assert calendar_of(Agreement.model_validate({"agreement": {"calendar": {"days": ["mon"]}}})) == Calendar(
        days=("mon",)
    )
    assert calendar_of(Agreement()) is None
    assert calendar_of(Quota()) is None
