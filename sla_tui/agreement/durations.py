"""Time limits: read as people write them, written one way, compared exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sla_tui.agreement.accepting import textual
from sla_tui.agreement.hours import BusinessCalendar, Hours
from sla_tui.agreement.numerals import WORDED, exact, refuse_two_ways, worded

_SPELT = {
    "minute": ("minute", "min"),
    "hour": ("hour", "hr", "h"),
    "business hour": ("business hour", "business hr", "working hour", "working hr", "work hour", "bh"),
    "day": ("day", "d"),
    "business day": ("business day", "working day", "work day", "workday", "weekday", "bd"),
    "week": ("week", "wk", "w"),
    "month": ("month", "mo"),
    "quarter": ("quarter", "qtr", "q"),
    "year": ("year", "yr", "y"),
    "m": ("m",),
}
_UNIT_OF = {word: unit for unit, spellings in _SPELT.items() for word in spellings}
_FAMILIES = {
    "minute": ("minute", 1),
    "hour": ("minute", 60),
    "day": ("day", 1),
    "week": ("day", 7),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("month", 12),
}
"""What a unit is a fixed number of, so that parts and sums of it are exact."""
MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60}
"""The minutes of each unit that runs through nights and weekends."""
MONTHS = {"month": 1, "quarter": 3}
"""The months of each unit that ends on a day of the month."""
_MOST = 999_999

_HOW = 'a time limit is a whole number and a unit, such as "24 business hours" or "2 weeks"'
_RANGE = re.compile(r"[a-z0-9] ?-+ ?[0-9]|\b(?:to|or|between)\b")
# One number and one unit; "_" stands for what parts words.
_GRAMMAR = (
    r"(?:(?P<half>half)(?:(?:_of)?_an?)?_"
    r"|(?:(?P<digits>[0-9]{1,6}(?:[.,][0-9]{1,2})?|[1-9][0-9]{0,2}[ ,'’][0-9]{3})_?"
    rf"|(?P<words>{WORDED.replace(' ', '_').replace('[_-]', '_')}|an?)_)(?P<more>and_a_half_)?)"
    rf"(?P<unit>{'|'.join(sorted(_UNIT_OF, key=len, reverse=True)).replace(' ', '_')})s?(?P<rest>_and_a_half)?"
)
_PIECE = re.compile(f"{_GRAMMAR.replace('_', ' ')}(?![a-z])")
# As most are written.
_PLAIN = re.compile(r"([0-9]{1,6}) ([a-z ]+?)s?")
_UNITS = frozenset(_SPELT) - {"year", "m"}
_JOINED = re.compile(r" ?, ?(?:and )?| and | ?")
_LETTERS = r"[A-Za-z0-9\s.,'’½–—-]*"


def _pattern() -> str:
    """What is read, for JSON Schema. With a large letter anything goes: its patterns have no flag to ignore case."""
    piece = re.sub(r"\?P<\w+>", "?:", _GRAMMAR).replace("_?", r"[\s.-]*").replace("_", r"[\s.–—-]+")
    piece = piece.replace("[0-9]{1,6}(?:[.,][0-9]{1,2})?", r"[0-9]{1,6}(?:[.,][0-9]{1,2}|\s*½)?|½")
    return rf"^\s*(?:(?:(?:within|in)\s+)?(?:{piece}[\s.,–—-]*(?:and[\s.–—-]+)?)+|{_LETTERS}[A-Z]{_LETTERS})$"


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit: a whole number of one unit, ``24 business hours``."""

    count: int
    unit: str

    @classmethod
    def parse(cls, value: object) -> Duration:
        """Reads ``2 weeks``, ``24h``, ``a day``, ``three working days``, ``1.5 hours``; ValueError says what to write.

        Parts and sums become the smaller unit where that is exact: ``1.5 hours`` are 90 minutes, ``a year`` 12 months.
        """
        if isinstance(value, cls):
            return value
        text = value if isinstance(value, str) else ""
        plain = _PLAIN.fullmatch(text)
        if plain and plain[2] in _UNITS:
            return cls(int(plain[1]), plain[2])
        words = _plainly(text)
        if _RANGE.search(words):
            raise ValueError("a range is still a question: agree on one time limit, or make it two commitments")
        amount, unit = _together(_pieces(words.removeprefix("within ").removeprefix("in ")))
        if amount > _MOST:
            raise ValueError(f"that is longer than any agreement: {_MOST} is the largest number")
        return cls(amount, unit)

    def bounds(self, calendar: BusinessCalendar | Hours | None = None) -> tuple[timedelta, timedelta] | None:
        """The least and the most time on the wall's clock that it can take; None where the calendar must say, or it
        ends after the year 9999.

        A month is 28 to 31 days; business time takes longer where it meets nights, weekends and holidays.
        """
        try:
            if self.unit in MINUTES:
                minutes = timedelta(minutes=self.count * MINUTES[self.unit])
                return minutes, minutes
            if self.unit in MONTHS:
                return _days_in(self.count * MONTHS[self.unit])
            hours = Hours.of(calendar)
            return hours.elapsed(self.worked(hours)) if hours else None
        except OverflowError:
            return None

    def worked(self, hours: Hours) -> timedelta:
        """How much business time it is, for one in business hours or days."""
        return self.count * (hours.length if self.unit == "business day" else timedelta(hours=1))

    def compare(self, other: Duration, calendar: BusinessCalendar | Hours | None = None) -> int | None:
        """-1, 0 or 1 as it is surely over before, with or after ``other``; None where that depends on the start."""
        mine, theirs = self._size(calendar), other._size(calendar)
        if mine[0] == theirs[0]:
            return (mine[1] > theirs[1]) - (mine[1] < theirs[1])
        ours, others = self.bounds(calendar), other.bounds(calendar)
        if ours is None or others is None:
            return None
        return -1 if ours[1] < others[0] else 1 if others[1] < ours[0] else None

    def surely_below(self, other: Duration, calendar: BusinessCalendar | Hours | None = None) -> bool:
        """Whether it is over before ``other``, in any month and whenever it starts."""
        return self.compare(other, calendar) == -1

    def _size(self, calendar: BusinessCalendar | Hours | None) -> tuple[str, Any]:
        """What it is a number of, and the number, where two are compared without bounds."""
        if self.unit in MINUTES:
            return "minute", self.count * MINUTES[self.unit]
        if self.unit in MONTHS:
            return "month", self.count * MONTHS[self.unit]
        hours = Hours.of(calendar)
        return ("worked", self.worked(hours)) if hours else (self.unit, self.count)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return textual(cls.parse, core_schema.str_schema(pattern=_PATTERN))


class _Piece(NamedTuple):
    amount: Decimal
    unit: str


def _plainly(text: str) -> str:
    """Small letters and single spaces; empty for what has letters that no unit has."""
    words = re.sub("[–—]", "-", re.sub(r"\s*½", ".5", " ".join(text.split())))
    if not words.isascii():
        return ""
    # A full stop or hyphen beside a letter parts words; between digits it does not.
    words = re.sub(r"(?<=[a-z])(?:[ .-]+(?=[a-z])|[ .]+$)|(?<=[0-9])[ .-]+(?=[a-z])", " ", words.lower())
    return re.sub(r"(?<![0-9])\.5", "0.5", words).strip()


def _pieces(words: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    while found := _PIECE.match(words, at):
        half = Decimal("0.5") if found["more"] or found["rest"] else 0
        pieces.append(_Piece(_number(found) + half, _UNIT_OF[found["unit"]]))
        at = found.end()
        if at == len(words):
            return pieces
        joined = _JOINED.match(words, at)
        at = joined.end() if joined else at
    refuse_two_ways(words)
    raise ValueError(_HOW)


def _number(found: re.Match[str]) -> Decimal:
    if found["half"]:
        return Decimal("0.5")
    if found["digits"]:
        return exact(found["digits"])
    said = worded(found["words"])
    return Decimal(1 if said is None else said)


def _together(pieces: list[_Piece]) -> tuple[int, str]:
    """The whole number and the unit that all pieces are in sum. ValueError where that is not exact."""
    units = ["minute" if unit == "m" and len(pieces) > 1 else unit for _, unit in pieces]
    amount, unit = pieces[0].amount, units[0]
    if unit == "m":
        raise ValueError(f'"{amount:f} m" may mean minutes or months: write "{amount:f} min" or "{amount:f} months"')
    if len(pieces) == 1 and amount == int(amount) and unit != "year":
        return int(amount), unit
    families = {_FAMILIES.get(one, (one, 1))[0] for one in units}
    if len(families) > 1 or (len(pieces) > 1 and not families & {"minute", "day", "month"}):
        raise ValueError('a time limit has one unit, such as "28 hours" or "3 business days"')
    parts = (piece.amount * _FAMILIES.get(one, ("", 1))[1] for piece, one in zip(pieces, units, strict=True))
    total = sum(parts, Decimal(0))
    if total != int(total):
        raise ValueError(_not_whole(amount, unit))
    return int(total), families.pop()


def _not_whole(amount: Decimal, unit: str) -> str:
    """Why a part of a unit is not read."""
    low = int(amount)
    if unit == "day":
        hours = f"{(amount * 24).normalize():f} hours"
        return f'a part of a day may be of the clock or of the working day: write "{hours}", or business hours'
    if unit == "business day":
        return 'a part of a business day is said in business hours, such as "4 business hours"'
    if unit == "week":
        return f'a part of a week is said in days, such as "{int(amount * 7)} days"'
    if unit in ("minute", "hour", "business hour"):
        smallest = "business hour" if unit == "business hour" else "minute"
        low = low if unit == smallest else int(amount * 60)
        return f'{smallest}s are whole: write "{Duration(low, smallest)}" or "{Duration(low + 1, smallest)}"'
    return "a part of a month has no fixed length: say it in days or weeks"


@lru_cache(maxsize=256)
def _days_in(months: int) -> tuple[timedelta, timedelta]:
    """The shortest and the longest time that so many months can take, from whichever day."""
    cycles, rest = divmod(months, _MONTHS_A_CYCLE)
    firsts = _firsts()
    spans = [firsts[at + rest] - firsts[at] for at in range(_MONTHS_A_CYCLE)]
    around = cycles * (firsts[_MONTHS_A_CYCLE] - firsts[0])
    return timedelta(days=min(spans) + around), timedelta(days=max(spans) + around)


_MONTHS_A_CYCLE = 400 * 12
"""After 400 years months repeat."""


@lru_cache(maxsize=1)
def _firsts() -> tuple[int, ...]:
    """The first days of the months of two such cycles."""
    months = range(1200 * 12, 1200 * 12 + 2 * _MONTHS_A_CYCLE)
    return tuple(date(month // 12, month % 12 + 1, 1).toordinal() for month in months)


_PATTERN = _pattern()
