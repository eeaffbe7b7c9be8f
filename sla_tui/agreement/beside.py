"""The words shown beside an answer, so that everybody in the room takes it the same way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, cast

from sla_tui.agreement.business import calendar_of, equal_to, instance
from sla_tui.agreement.dates import WEEKDAYS, months_on
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.hours import BusinessCalendar, Hours
from sla_tui.agreement.kinds import Kind
from sla_tui.agreement.money import Money, unknown_currency
from sla_tui.agreement.parts import Part, Spec
from sla_tui.agreement.values import Percent


def beside(spec: Spec, value: Any, agreement: Part | None, today: date | None = None) -> str:
    """What an answer to ``spec`` comes to, in words for beside it; empty where there is nothing to add.

    A time limit in other units with a case of it by the agreement's business hours, a date's weekday and how far it is
    from ``today``, a percentage as so many of so many. Answers that name an entry say nothing.
    """
    if spec.ask.of or value is None:
        return ""
    calendar = calendar_of(agreement)
    match value:
        case Duration():
            return of_time_limit(value, calendar)
        case Percent():
            return of_share(value)
        case Money():
            return unknown_currency(value)
        case date():
            return of_date(value, today, calendar)
        case tuple() if spec.kind is Kind.DAYS:
            return of_dates(cast("tuple[date, ...]", value), calendar)
        case str() if spec.kind is Kind.BOUND:
            return _of_bound(value, calendar)
        case _:
            return ""


def of_time_limit(limit: Duration, calendar: BusinessCalendar | None = None) -> str:
    """``3 working days; from Friday 15:00, due Wednesday 15:00`` for 24 business hours."""
    return "; ".join(said for said in (equal_to(limit, calendar), instance(limit, calendar)) if said)


def of_share(share: Percent) -> str:
    """``19 of 20`` for 95 %; empty where it takes more than twenty to say it."""
    part = Fraction(share.value) / 100
    if 0 < part < Fraction(1, 100):
        return "less than 1 of 100"
    return f"{part.numerator} of {part.denominator}" if 1 < part.denominator <= 20 else ""


def of_date(day: date, today: date | None = None, calendar: BusinessCalendar | None = None) -> str:
    """``Friday, in 12 weeks``; says too where nobody works on that day."""
    said = (WEEKDAYS[day.weekday()].capitalize(), _off(day, calendar), away(day, today) if today else "")
    return ", ".join(one for one in said if one)


def of_dates(days: tuple[date, ...], calendar: BusinessCalendar | None = None) -> str:
    """``12 days, 2 of them off anyway``: how many there are, and how many fall on days off anyway."""
    if not days:
        return ""
    hours = Hours.of(calendar)
    off = sum(day.weekday() not in hours.days for day in days) if hours else 0
    return f"{len(days)} day{'' if len(days) == 1 else 's'}{f', {off} of them off anyway' if off else ''}"


def away(day: date, today: date) -> str:
    """How far a day is: ``tomorrow``, ``in 10 days``, ``in 12 weeks``, ``about 8 months ago``."""
    days = (day - today).days
    if abs(days) < 2:
        return ("yesterday", "today", "tomorrow")[days + 1]
    said = _span(*sorted((day, today)))
    return f"in {said}" if days > 0 else f"{said} ago"


def _span(first: date, last: date) -> str:
    days = (last - first).days
    if days < 14:
        return f"{days} days"
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 6:
        return f"{'about ' if days % 7 else ''}{round(days / 7)} weeks"
    whole = months_on(first, months) == last
    if months < 24:
        return f"{'' if whole else 'about '}{months} months"
    return f"{'' if whole and not months % 12 else 'about '}{months // 12} years"


def _off(day: date, calendar: BusinessCalendar | None) -> str:
    if calendar is None:
        return ""
    if day in (calendar.holidays or ()):
        return "a holiday"
    hours = Hours.of(calendar)
    return "no working day" if hours and day.weekday() not in hours.days else ""


def _of_bound(words: str, calendar: BusinessCalendar | None) -> str:
    try:
        return of_time_limit(Duration.parse(words), calendar)
    except ValueError:
        return ""
