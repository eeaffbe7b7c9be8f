"""How an agreement stands on a day, until when it holds, and by when notice must be given.

Nothing here looks at the clock: what depends on the day is told it.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from sla_tui.agreement.dates import months_on
from sla_tui.agreement.days import after, before
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement

_DAY = timedelta(days=1)


class Phase(StrEnum):
    """Where in its life an agreement is on a day."""

    DRAFT = "draft"
    COMING = "to come"
    IN_FORCE = "in force"
    LAPSED = "over"
    ENDED = "ended"
    SUPERSEDED = "superseded"


def header_of(agreement: Agreement) -> Header:
    """The agreement's particulars; empty ones when there are none."""
    return agreement.agreement or Header()


def phase(agreement: Agreement, today: date) -> Phase:
    """Where in its life it is. Coming: signed, its first day ahead. Lapsed: active still, its last day behind."""
    header = header_of(agreement)
    if header.status in ("superseded", "ended"):
        return Phase(header.status)
    if header.status != "active":
        return Phase.DRAFT
    if header.starts and today < header.starts:
        return Phase.COMING
    last = last_day(agreement, today)
    return Phase.LAPSED if last and today > last else Phase.IN_FORCE


def in_words(agreement: Agreement, today: date) -> str:
    """How it stands, in words for a list: ``in force``, ``starts in 12 days``, ``ended 30 days ago``."""
    header, at = header_of(agreement), phase(agreement, today)
    last = last_day(agreement, today)
    if at in (Phase.DRAFT, Phase.COMING) and header.starts and header.starts > today:
        return f"{'draft, ' if at is Phase.DRAFT else ''}starts {in_days(header.starts, today)}"
    if at is Phase.LAPSED and last:
        holds = header.renewal == "talks" and header.ended is None
        return "holds until agreed anew" if holds else f"last day was {in_days(last, today)}"
    if at is Phase.ENDED and header.ended:
        return f"{'ends' if header.ended > today else 'ended'} {in_days(header.ended, today)}"
    return at.value


def in_days(day: date, today: date) -> str:
    """``today``, ``tomorrow``, ``in 12 days``, ``30 days ago``."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def last_day(agreement: Agreement, today: date | None = None) -> date | None:
    """The last day in force, as agreed or as it ended early; by ``today`` where it renews by itself."""
    header = header_of(agreement)
    if header.ended or header.ends is None or header.renewal != "renews" or today is None:
        return header.ended or header.ends
    last = header.ends
    while last < today:
        further = _renewed(header, last)
        if further <= last:
            break
        last = further
    return last


def _renewed(header: Header, last: date) -> date:
    """The last day of the period after the one that ends on ``last``."""
    first = last + _DAY
    if header.renews_for:
        return _day_before(after(first, header.renews_for, header.calendar))
    if not header.starts or not header.ends or header.starts > header.ends:
        return last
    end = header.ends + _DAY
    months = (end.year - header.starts.year) * 12 + end.month - header.starts.month
    whole = months > 0 and months_on(header.starts, months) == end
    try:
        return _day_before(months_on(first, months) if whole else first + (end - header.starts))
    except OverflowError:
        return last


def notice_day(agreement: Agreement, today: date | None = None) -> date | None:
    """The last day on which notice can be given before the last day; None where none is agreed or it ends early."""
    header, last = header_of(agreement), last_day(agreement, today)
    if header.notice is None or header.ended or last is None or last == date.max:
        return None
    return _day_before(before(last + _DAY, header.notice, header.calendar))


def _day_before(day: date) -> date:
    return day - _DAY if day > date.min else day
