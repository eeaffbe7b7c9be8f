"""Calendar periods: months, quarters, halves and years, what they are called, and which comes next."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Period = tuple[date, date]
"""The first and the last day."""
_NAME = re.compile(r"(?P<year>[1-9][0-9]{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")
_UNITS = (1, 3, 6, 12)
"""How many months a period has that has a name."""


def _months(year: int, month: int, count: int) -> Period:
    """The ``count`` months of a year from ``month`` (1 to 12) on."""
    last = month + count - 1
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


def around(day: date, count: int) -> Period:
    """The calendar month (``count`` 1), quarter (3), half (6) or year (12) that a day lies in."""
    return _months(day.year, (day.month - 1) // count * count + 1, count)


def read(name: str) -> Period | None:
    """The days of ``2027-Q1``, ``2027-H2``, ``2027-04`` or ``2027``; None for any other name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        return _months(year, int(found["quarter"]) * 3 - 2, 3)
    if found["half"]:
        return _months(year, int(found["half"]) * 6 - 5, 6)
    return _months(year, int(found["month"]), 1) if found["month"] else _months(year, 1, 12)


def meant(name: str) -> bool:
    """Whether a name is written as those of periods are, be there such a one or not: ``2027-Q5``, ``2027-13``."""
    return re.fullmatch(r"[0-9]{4}(?:[-_ ]?[QqHh]?[0-9]{1,2})?", name) is not None


def name(first: date, last: date) -> str:
    """What the shortest calendar period around both days is called; the first day where no one year holds both."""
    unit = next((count for count in _UNITS if around(first, count)[0] <= last <= around(first, count)[1]), 0)
    if unit == 1:
        return f"{first:%Y-%m}"
    if unit == 12:
        return f"{first.year}"
    return f"{first.year}-{'Q' if unit == 3 else 'H'}{(first.month - 1) // unit + 1}" if unit else first.isoformat()


def following(first: date, last: date) -> Period:
    """The period right after one: the next month, quarter, half or year where it was one, else as many days.

    A period that began later than its month, quarter, half or year did is still one. OverflowError at the end of time.
    """
    start = last + timedelta(days=1)
    for count in _UNITS:
        if last == around(first, count)[1]:
            return around(start, count)
    return start, start + (last - first)
