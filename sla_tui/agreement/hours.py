"""Business time: when its clock runs, and how far it has run by when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as a calendar names them."""
USUAL = frozenset(range(5))
"""Monday to Friday."""
_DAY = timedelta(days=1)
_MONDAY = date(2001, 1, 1)


class BusinessCalendar(Protocol):
    """What an agreement says of its business hours; what it leaves open is None."""

    @property
    def days(self) -> tuple[str, ...] | None:
        """The working days, as ``WEEK`` names them."""
        ...

    @property
    def from_(self) -> time | None:
        """When a working day begins."""
        ...

    @property
    def to(self) -> time | None:
        """When it ends."""
        ...

    @property
    def holidays(self) -> tuple[date, ...] | None:
        """The days on which the clock stands still."""
        ...


@dataclass(frozen=True, slots=True)
class Hours:
    """When the clock of business time runs: on ``days`` (0 is Monday) from ``opens`` to ``closes``.

    ``holidays`` are those on which it would run otherwise, in order. All times are local; a change of the clocks at
    night moves none of them.
    """

    days: frozenset[int]
    opens: time
    closes: time
    holidays: tuple[date, ...] = ()

    @classmethod
    def of(cls, calendar: BusinessCalendar | Hours | None) -> Hours | None:
        """The business hours of a calendar; None while it does not say on which days, from when and until when."""
        if isinstance(calendar, Hours):
            return calendar
        if calendar is None or not calendar.days or calendar.from_ is None or calendar.to is None:
            return None
        if calendar.to <= calendar.from_ or not {*calendar.days} <= {*WEEK}:
            return None
        return _hours(calendar.days, calendar.from_, calendar.to, calendar.holidays or ())

    @property
    def length(self) -> timedelta:
        """How long a working day is."""
        return datetime.combine(_MONDAY, self.closes) - datetime.combine(_MONDAY, self.opens)

    def everyday(self) -> Hours:
        """The same without holidays."""
        return replace(self, holidays=()) if self.holidays else self

    def works(self, day: date) -> bool:
        """Whether the clock runs on that day."""
        at = bisect_right(self.holidays, day)
        return day.weekday() in self.days and not (at and self.holidays[at - 1] == day)

    def later(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself for 0."""
        return working_day(day, count, self.days, self.holidays)

    def after(self, start: datetime, worked: timedelta) -> datetime:
        """When business time has run for ``worked`` since ``start``: at closing rather than at the next opening.

        Outside of business hours it begins to run at the next opening. OverflowError beyond the year 9999.
        """
        if not worked:
            return start
        begun = start
        if not self.works(start.date()) or start.time() >= self.closes:
            begun = _at(self.later(start.date(), 1), self.opens, start)
        elif start.time() < self.opens:
            begun = _at(start.date(), self.opens, start)
        left = _at(begun.date(), self.closes, start) - begun
        if worked <= left:
            return begun + worked
        days, rest = divmod(worked - left, self.length)
        if not rest:
            days, rest = days - 1, self.length
        return _at(self.later(begun.date(), days + 1), self.opens, start) + rest

    def elapsed(self, worked: timedelta) -> tuple[timedelta, timedelta]:
        """The least and the most time of the clock on the wall that ``worked`` can take, whenever it starts.

        It is ``worked`` and the closed time between: the least when it starts at an opening, the most when it starts
        just after a closing. OverflowError beyond the year 9999.
        """
        begun = -(-worked // self.length)
        ended = max(begun - 1, 0)
        least, most = _apart(self, ended)[0], _apart(self, begun)[1]
        return worked + least * _DAY - ended * self.length, worked + most * _DAY - begun * self.length


OFFICE = Hours(USUAL, time(9), time(17))
"""Eight hours from Monday to Friday: what to reckon with where an agreement says nothing and something must be said."""


@lru_cache(maxsize=256)
def _apart(hours: Hours, count: int) -> tuple[int, int]:
    """The fewest and the most days from a working day to the ``count``-th one after it."""
    plain = hours.everyday()
    usual = [(plain.later(day, count) - day).days for day in (_MONDAY + at * _DAY for at in hours.days)]
    # Holidays only lengthen, and most of all from within a week before one: a week earlier it would be no longer.
    before = (holiday - at * _DAY for holiday in hours.holidays if holiday.toordinal() > 7 for at in range(1, 8))
    near = [(hours.later(day, count) - day).days for day in before if hours.works(day)]
    return min(usual), max(usual + near)


@lru_cache(maxsize=16)
def _hours(days: tuple[str, ...], opens: time, closes: time, holidays: tuple[date, ...]) -> Hours:
    running = frozenset(WEEK.index(day) for day in days)
    still = sorted({day for day in holidays if day.weekday() in running})
    return Hours(running, opens, closes, tuple(still))


def working_day(day: date, count: int, days: frozenset[int], holidays: tuple[date, ...] = ()) -> date:
    """The ``count``-th day after ``day`` that is one of ``days`` (0 is Monday) and no holiday; ``day`` for 0.

    ``holidays`` are in order and fall on such days. OverflowError beyond the year 9999.
    """
    weeks, rest = divmod(count, len(days))
    if count and not rest:
        weeks, rest = weeks - 1, len(days)
    reached = _on(day + timedelta(weeks=weeks), rest, days)
    for holiday in holidays[bisect_right(holidays, day) :]:
        if holiday > reached:
            break
        reached = _on(reached, 1, days)
    return reached


def _on(day: date, count: int, days: frozenset[int]) -> date:
    while count:
        day += _DAY
        count -= day.weekday() in days
    return day


def _at(day: date, clock: time, like: datetime) -> datetime:
    return datetime.combine(day, clock, like.tzinfo)
