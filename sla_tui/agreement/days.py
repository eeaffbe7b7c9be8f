"""The calendar day that lies a time limit away from another, by the agreement's own working days."""

from __future__ import annotations

from datetime import date, time, timedelta

from sla_tui.agreement.dates import months_on
from sla_tui.agreement.durations import MINUTES, MONTHS, Duration
from sla_tui.agreement.hours import USUAL, BusinessCalendar, Hours

_DAY = timedelta(days=1)
_OFFICE = Hours(USUAL, time(9), time(17))
"""Business hours where the agreement says none."""
_MOST = 5_000
"""Working days beyond which a limit is longer than any agreement lasts, and is not counted one by one."""


def after(day: date, limit: Duration, calendar: BusinessCalendar | None = None) -> date:
    """The day ``limit`` after ``day``; part of a day counts as one. The last day there is when it lies beyond."""
    return _moved(day, limit, 1, Hours.of(calendar) or _OFFICE, date.max)


def before(day: date, limit: Duration, calendar: BusinessCalendar | None = None) -> date:
    """The day ``limit`` before ``day``; part of a day counts as one. The first day there is when it lies beyond."""
    return _moved(day, limit, -1, Hours.of(calendar) or _OFFICE, date.min)


def _moved(day: date, limit: Duration, way: int, hours: Hours, farthest: date) -> date:
    try:
        if limit.unit in MINUTES:
            return day - way * (-timedelta(minutes=limit.count * MINUTES[limit.unit]) // _DAY) * _DAY
        if limit.unit in MONTHS:
            return months_on(day, way * limit.count * MONTHS[limit.unit])
        count = -(-limit.worked(hours) // hours.length)
        if count > _MOST:
            return farthest
        while count:
            day += way * _DAY
            count -= hours.works(day)
    except OverflowError:
        return farthest
    return day
