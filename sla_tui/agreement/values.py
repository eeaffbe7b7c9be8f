"""Values an answer can have beyond text and numbers: read leniently, written canonically."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sla_tui.agreement import text


class Kind(StrEnum):
    """How an answer is typed in, shown and stored."""

    RECORD = "record"
    LIST = "list"
    ID = "id"
    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PERCENT = "percent"
    WORDS = "words"
    CONDITION = "condition"
    AMOUNTS = "amounts"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a type of answer is, and how it is read from and shown as typed text.

    ``read`` raises ValueError with a sentence for the person who typed.
    """

    kind: Kind
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str


Line = Annotated[str, BeforeValidator(text.line), Leaf(Kind.LINE, text.clean_line)]
"""Text on one line."""
Prose = Annotated[str, BeforeValidator(text.prose), Leaf(Kind.PROSE, text.clean_prose)]
"""Text over several lines."""

Party = Literal["marketing", "sales", "shared"]
"""Who promises: one side, or both together."""
Side = Literal["marketing", "sales"]
"""One of the two sides."""

_UNITS = {
    "minute": ("minute", "min", "mins"),
    "hour": ("hour", "h", "hr", "hrs"),
    "business hour": ("business hour", "working hour", "bh"),
    "day": ("day", "d"),
    "business day": ("business day", "working day", "workday", "weekday", "bd"),
    "week": ("week", "w", "wk", "wks"),
    "month": ("month", "mo", "mos"),
    "quarter": ("quarter", "q", "qtr"),
}
_DAY = 24 * 60
_MINUTES = {
    "minute": (1, 1),
    "hour": (60, 60),
    "day": (_DAY, _DAY),
    "week": (7 * _DAY, 7 * _DAY),
    "month": (28 * _DAY, 31 * _DAY),
    "quarter": (90 * _DAY, 92 * _DAY),
}
"""The fewest and the most minutes a unit can have; business time has none that is fixed."""
_UNIT_OF = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}
_RANGE = re.compile(r"[0-9][a-z ]*(?:\bto\b|-|–)\s*[0-9]", re.IGNORECASE)
_DURATION = re.compile(r"([0-9]{1,6})\s*([A-Za-z][A-Za-z\s.-]*)")


def _textual(parse: Callable[[Any], Any], accepted: CoreSchema) -> CoreSchema:
    """The core schema of a value that is a string in TOML, and what its JSON Schema says of what is read."""
    return core_schema.no_info_plain_validator_function(
        parse,
        serialization=core_schema.to_string_ser_schema(),
        json_schema_input_schema=accepted,
    )


def _spelt(word: str) -> str:
    return word.replace(" ", r"[\s.-]+")


@dataclass(frozen=True, slots=True)
class Duration:
    """A time limit: a whole number of one unit, ``24 business hours``."""

    count: int
    unit: str

    @classmethod
    def parse(cls, value: object) -> Duration:
        """Reads ``2 weeks``, ``24h``, ``3 working days``; ValueError says how it is written."""
        if isinstance(value, cls):
            return value
        found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        word = re.sub(r"[\s.-]+", " ", found[2].lower()).strip() if found else ""
        unit = _UNIT_OF.get(word) or _UNIT_OF.get(word.removesuffix("s"))
        if isinstance(value, str) and _RANGE.search(value):
            raise ValueError("a range is still a question: agree on one time limit, or make it two commitments")
        if not found or unit is None:
            raise ValueError('a time limit is a whole number and a unit, such as "24 business hours" or "2 weeks"')
        return cls(int(found[1]), unit)

    def surely_below(self, other: Duration) -> bool:
        """Whether it is over before ``other`` in any month; business time is only compared with its own unit."""
        if self.unit == other.unit:
            return self.count < other.count
        if self.unit not in _MINUTES or other.unit not in _MINUTES:
            return False
        return self.count * _MINUTES[self.unit][1] < other.count * _MINUTES[other.unit][0]

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        units = "|".join(_spelt(spelling) for spelling in _UNIT_OF)
        capitals = r"[A-Za-z\s.-]*[A-Z][A-Za-z\s.-]*"
        pattern = rf"^\s*[0-9]{{1,6}}\s*(({units})s?[\s.-]*|{capitals})\s*$"
        return _textual(cls.parse, core_schema.str_schema(pattern=pattern))


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of a whole, 0 to 100."""

    value: Decimal

    @classmethod
    def parse(cls, value: object) -> Percent:
        """Reads ``95 %``, ``95%``, ``95``; ValueError says how it is written."""
        if isinstance(value, cls):
            return value
        problem = ValueError('a percentage is a number from 0 to 100, such as "95 %"')
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise problem
        digits = str(value).strip().removesuffix("%").strip().replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", digits):
            raise problem
        number = Decimal(digits)
        if number > 100:
            raise problem
        return cls(number)

    def __str__(self) -> str:
        digits = format(self.value, "f")
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits} %"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        typed = core_schema.str_schema(pattern=r"^\s*[0-9]{1,3}([.,][0-9]{1,6})?\s*%?\s*$")
        return _textual(cls.parse, core_schema.union_schema([typed, core_schema.float_schema(ge=0, le=100)]))


_DATE_STYLES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d.%m.%Y")

_DATE_PATTERNS = (
    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
    r"[0-9]{1,2}[\s,]+[A-Za-z]{3,9}[\s,]+[0-9]{4}",
    r"[A-Za-z]{3,9}[\s,]+[0-9]{1,2}[\s,]+[0-9]{4}",
    r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}",
)


def read_date(value: object) -> object:
    """A date from ISO or from a spelt-out month; ``01/02/2027`` is refused, for it means two days."""
    if not isinstance(value, str):
        return value
    words = " ".join(value.replace(",", " ").split())
    for style in _DATE_STYLES:
        try:
            return datetime.strptime(words, style).date()
        except ValueError:
            continue
    if any(re.fullmatch(pattern, words) for pattern in (_DATE_PATTERNS[0], _DATE_PATTERNS[-1])):
        raise ValueError(f"there is no day {words!r} in the calendar")
    raise ValueError("a date is written year-month-day, such as 2027-01-31")


def read_time(value: object) -> object:
    """A time of day from ``9:00`` or ``09:00:00``."""
    if not isinstance(value, str):
        return value
    if found := re.fullmatch(r"([0-9]{1,2}):([0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)", value.strip()):
        try:
            return time.fromisoformat(f"{int(found[1]):02}:{found[2]}")
        except ValueError:
            pass
    raise ValueError("a time of day is written hours:minutes, such as 09:00")


def _show_time(value: time) -> str:
    return f"{value:%H:%M}" if value == time(value.hour, value.minute) else value.isoformat()


@dataclass(frozen=True, slots=True)
class _Accepts:
    """What JSON Schema says of a value that TOML has a type for and that is read from text too."""

    format: str
    pattern: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string", "format": self.format}, {"type": "string", "pattern": self.pattern}],
        }


TimeLimit = Annotated[Duration, Leaf(Kind.DURATION, Duration.parse)]
"""A time limit, as text in TOML."""
Share = Annotated[Percent, Leaf(Kind.PERCENT, Percent.parse)]
"""A share, as text in TOML."""
Day = Annotated[
    date,
    BeforeValidator(read_date),
    _Accepts("date", rf"^[\s,]*({'|'.join(_DATE_PATTERNS)})[\s,]*$"),
    Leaf(Kind.DATE, read_date),
]
"""A calendar date."""
Clock = Annotated[
    time,
    BeforeValidator(read_time),
    # The format that TOML tools know for a time without a zone.
    _Accepts("partial-time", r"^\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?\s*$"),
    Leaf(Kind.TIME, read_time, _show_time),
]
"""A time of day."""


def read_number(value: str) -> int:
    """A whole number as people type it: ``-15``, ``−15``, ``1 000``; ValueError otherwise."""
    digits = re.sub(r"[\s_,]", "", value.replace("−", "-"))
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", digits):
        raise ValueError("a whole number is needed, such as 25 or -10")
    return int(digits)


Number = Annotated[int, Leaf(Kind.NUMBER, read_number)]
"""A whole number."""


def read_words(value: str) -> tuple[str, ...]:
    """Short texts separated by commas; one with a comma of its own stands in double quotes."""
    return tuple(_word(piece) for piece in text.split_commas(text.clean_line(value)))


def _word(piece: str) -> str:
    quoted = text.unquote(piece)
    return piece if quoted is None else text.clean_line(quoted)


def show_words(words: tuple[str, ...]) -> str:
    """Short texts as they are typed."""
    return ", ".join(text.quote(word) if not word or "," in word or word[0] == '"' else word for word in words)


Words = Annotated[tuple[Line, ...], Field(strict=False), Leaf(Kind.WORDS, read_words, show_words)]
"""A list of short texts."""
