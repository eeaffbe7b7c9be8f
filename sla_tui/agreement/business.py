"""Time limits by an agreement's own business hours: when one is due, and what it comes to in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sla_tui.agreement.dates import WEEKDAYS, months_on
from sla_tui.agreement.durations import MINUTES, MONTHS, Duration
from sla_tui.agreement.hours import BusinessCalendar, Hours
from sla_tui.agreement.parts import Part
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.terms import Agreement

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def calendar_of(agreement: Part | None) -> Calendar | None:
    """What an agreement says of its business hours; None where it says nothing, or the file is no agreement."""
    return agreement.agreement.calendar if isinstance(agreement, Agreement) and agreement.agreement else None


def due(start: datetime, limit: Duration, calendar: BusinessCalendar | Hours | None = None) -> datetime:
    """When a time limit that starts to run at ``start`` is over, both by the clock on the agreement's wall.

    Minutes to weeks run through, months end on the same day of a later month or on its last. Business time runs in
    business hours only, and ends at closing rather than at the next opening. ValueError where it needs business hours
    that the calendar does not say, OverflowError beyond the year 9999.
    """
    if limit.unit in MINUTES:
        return start + timedelta(minutes=limit.count * MINUTES[limit.unit])
    if limit.unit in MONTHS:
        return datetime.combine(months_on(start.date(), limit.count * MONTHS[limit.unit]), start.timetz())
    hours = Hours.of(calendar)
    if hours is None:
        raise ValueError(f"{limit} cannot be counted without working days and hours")
    return hours.after(start, limit.worked(hours))


def equal_to(limit: Duration, calendar: BusinessCalendar | Hours | None = None) -> str:
    """What a time limit comes to in other words, such as ``3 working days`` for 24 business hours.

    Empty where there is nothing to say, or the calendar does not say enough.
    """
    count, hours = limit.count, Hours.of(calendar)
    match limit.unit if count else "":
        case "minute":
            return _listed(_clock(timedelta(minutes=count)) if count >= 60 else "", "nights and weekends count")
        case "hour":
            days, rest = divmod(count, 24)
            return _listed(_several(days, "day") if days and not rest else "", "nights and weekends count")
        case "day":
            weeks, rest = divmod(count, 7)
            other = _several(24 * count, "hour") if count < 7 else "" if rest else _several(weeks, "week")
            return _listed(other, "weekends count")
        case "week":
            working = f"{_several(count * len(hours.days), 'working day')} without a holiday" if hours else ""
            return _listed(_several(7 * count, "day"), working)
        case "quarter":
            return _several(3 * count, "month")
        case "business hour":
            return _working_days(limit, hours) if hours else ""
        case "business day":
            return _working_hours(limit, hours) if hours else ""
        case _:
            return ""


def instance(limit: Duration, calendar: BusinessCalendar | Hours | None = None) -> str:
    """A case that makes a time limit plain: ``from Friday 15:00, due Tuesday 15:00``.

    It starts before the longest break of the week. Empty for what is over within the day or comes to whole weeks, for
    what takes long, and where the calendar does not say enough.
    """
    hours = Hours.of(calendar)
    if hours is None or limit.unit in ("week", *MONTHS):
        return ""
    hours = hours.everyday()
    start = _before_the_break(limit, hours)
    try:
        end = due(start, limit, calendar=None) if limit.unit in MINUTES else hours.after(start, limit.worked(hours))
    except OverflowError:
        return ""
    days = (end.date() - start.date()).days
    if days % 7 == 0 or days > (6 if limit.unit in MINUTES else 31):
        return ""
    return f"from {_when(start)}, due {_when(end)}{f', {days} days later' if days > 6 else ''}"


def _before_the_break(limit: Duration, hours: Hours) -> datetime:
    """A moment on the last day before the longest break, so early that a part of business time is left."""
    monday = date(2001, 1, 1)
    week = (monday + day * _DAY for day in sorted(hours.days))
    day = max(week, key=lambda one: (hours.later(one, 1) - one, one))
    left = min(2 * _HOUR, hours.length / 2)
    if limit.unit in ("business hour", "minute", "hour"):
        run = timedelta(minutes=limit.count * MINUTES.get(limit.unit, 60))
        left = min(left, run / 2)
    moment = datetime.combine(day, hours.closes) - left
    return moment.replace(second=0, microsecond=0)


def _working_days(limit: Duration, hours: Hours) -> str:
    days, rest = divmod(limit.worked(hours), hours.length)
    if not days:
        return "half a working day" if 2 * rest == hours.length else ""
    return f"{_several(days, 'working day')}{f' and {_clock(rest)}' if rest else ''}"


def _working_hours(limit: Duration, hours: Hours) -> str:
    whole, rest = divmod(limit.worked(hours), _HOUR)
    said = f"{_clock(limit.worked(hours))} of business time" if rest else _several(whole, "business hour")
    weeks, days = divmod(limit.count, len(hours.days))
    return _listed(said, f"{_several(weeks, 'week')} without a holiday" if not days else "")


def _clock(span: timedelta) -> str:
    """Hours and minutes in words."""
    hours, rest = divmod(span, _HOUR)
    minutes = rest // timedelta(minutes=1)
    said = (_several(hours, "hour") if hours else "", _several(minutes, "minute") if minutes else "")
    return " ".join(one for one in said if one)


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _when(moment: datetime) -> str:
    return f"{WEEKDAYS[moment.weekday()].capitalize()} {moment:%H:%M}"


def _listed(*said: str) -> str:
    return ", ".join(one for one in said if one)
