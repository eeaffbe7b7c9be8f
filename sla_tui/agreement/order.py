"""Which of two answers is less, where that can be told, and an order for lists of them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from sla_tui.agreement.durations import Duration
from sla_tui.agreement.hours import OFFICE, BusinessCalendar, Hours
from sla_tui.agreement.money import Money
from sla_tui.agreement.values import Percent


def compare(one: object, other: object, calendar: BusinessCalendar | Hours | None = None) -> int | None:
    """-1, 0 or 1 as ``one`` is surely less than, equal to or more than ``other``.

    None where that cannot be told: two currencies, two kinds, text, or time limits whose order depends on when they
    start or on business hours that ``calendar`` does not say.
    """
    match one, other:
        case (Duration(), Duration()):
            return one.compare(other, calendar)
        case (Money(), Money()):
            return _compared(one, other) if one.currency == other.currency else None
        case (Percent(), Percent()) | (date(), date()) | (time(), time()) | (int() | float(), int() | float()):
            return _compared(one, other)
        case _:
            return None


def _compared(one: Any, other: Any) -> int:
    return (one > other) - (one < other)


def sort_key(value: Any, calendar: BusinessCalendar | Hours | None = None) -> tuple[Any, ...]:
    """A key that sorts the answers of one question, those that are missing last.

    Time limits come by how long they take at least, then at most; business time without a calendar as of eight hours
    on five days. Money comes by currency first.
    """
    match value:
        case None:
            return (2,)
        case Duration():
            longest = (timedelta.max, timedelta.max)
            return 0, *(value.bounds(Hours.of(calendar) or OFFICE) or longest)
        case Money():
            return 0, value.currency, value.amount
        case str():
            return 1, value.casefold(), value
        case _:
            return 0, value
