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
_UNIT_OF = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}
_DURATION = re.compile(r"(\d{1,6})\s*([a-z][a-z .-]*)")


def _textual(parse: Callable[[Any], Any], cls: type, schema: dict[str, Any]) -> CoreSchema:
    """The core schema of a value that is a string in TOML."""
    return core_schema.no_info_plain_validator_function(
        parse,
        serialization=core_schema.to_string_ser_schema(),
        json_schema_input_schema=core_schema.str_schema(**schema),
    )


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
        found = _DURATION.fullmatch(value.strip().lower()) if isinstance(value, str) else None
        word = re.sub(r"[ .-]+", " ", found[2]).strip() if found else ""
        unit = _UNIT_OF.get(word) or _UNIT_OF.get(word.removesuffix("s"))
        if not found or unit is None:
            raise ValueError('a time limit is a whole number and a unit, such as "24 business hours" or "2 weeks"')
        return cls(int(found[1]), unit)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        units = "|".join(_UNITS)
        return _textual(cls.parse, cls, {"pattern": rf"^\d+ ({units})s?$"})


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
        if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", digits):
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
        return _textual(cls.parse, cls, {"pattern": r"^\d{1,3}(\.\d+)? ?%$"})


_DATE_STYLES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d.%m.%Y")


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
    raise ValueError("a date is written year-month-day, such as 2027-01-31")


def read_time(value: object) -> object:
    """A time of day from ``9:00`` or ``09:00:00``."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(\d{1,2}):(\d\d)(?::(\d\d))?", value.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass
    raise ValueError("a time of day is written hours:minutes, such as 09:00")


class _PartialTime:
    """``partial-time`` is the format TOML tools know for a time without a zone."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "partial-time"}


TimeLimit = Annotated[Duration, Leaf(Kind.DURATION, Duration.parse)]
"""A time limit, as text in TOML."""
Share = Annotated[Percent, Leaf(Kind.PERCENT, Percent.parse)]
"""A share, as text in TOML."""
Day = Annotated[date, BeforeValidator(read_date), Leaf(Kind.DATE, read_date)]
"""A calendar date."""
Clock = Annotated[
    time, BeforeValidator(read_time), _PartialTime, Leaf(Kind.TIME, read_time, lambda value: f"{value:%H:%M}")
]
"""A time of day."""


def read_number(value: str) -> int:
    """A whole number as people type it: ``-15``, ``−15``, ``1 000``; ValueError otherwise."""
    digits = re.sub(r"[\s_,]", "", value.replace("−", "-"))
    if not re.fullmatch(r"[+-]?\d{1,15}", digits):
        raise ValueError("a whole number is needed, such as 25 or -10")
    return int(digits)


Number = Annotated[int, Leaf(Kind.NUMBER, read_number)]
"""A whole number."""


def read_words(value: str) -> tuple[str, ...]:
    """Short texts separated by commas."""
    return tuple(word for part in value.split(",") if (word := text.clean_line(part)))


Words = Annotated[tuple[Line, ...], Field(strict=False), Leaf(Kind.WORDS, read_words, ", ".join)]
"""A list of short texts."""
