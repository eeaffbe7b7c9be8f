"""Values an answer can have beyond text and numbers: read leniently, written canonically."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from sla_tui.agreement import text
from sla_tui.agreement.accepting import Accepts, any_case, textual
from sla_tui.agreement.dates import PATTERN as DATES
from sla_tui.agreement.dates import read_date, read_day, read_days, show_days
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.kinds import Kind, Leaf
from sla_tui.agreement.money import Money
from sla_tui.agreement.numerals import exact, refuse_two_ways, worded

Line = Annotated[str, BeforeValidator(text.line), Leaf(Kind.LINE, text.clean_line)]
"""Text on one line."""
Prose = Annotated[str, BeforeValidator(text.prose), Leaf(Kind.PROSE, text.clean_prose)]
"""Text over several lines."""

_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"


def read_language(value: object) -> object:
    """Reads ``de``, ``de-AT``, ``zh-hant``; ValueError says how a language is written. What is no text stays."""
    if not isinstance(value, str):
        return value
    tag = value.strip().replace("_", "-")
    if not re.fullmatch(_LANGUAGE, tag):
        raise ValueError('a language is a tag such as "en", "de-AT" or "zh-Hant"')
    first, *rest = tag.split("-")
    return "-".join((first.lower(), *(one.title() if len(one) == 4 else one.upper() for one in rest)))


Language = Annotated[
    str,
    BeforeValidator(read_language),
    WithJsonSchema({"type": "string", "pattern": _LANGUAGE}),
    Leaf(Kind.LINE, read_language),
]
"""A language as a tag (BCP 47): itself, at need its script, and where it is spoken."""

Party = Literal["marketing", "sales", "shared"]
"""Who promises: one side, or both together."""
Side = Literal["marketing", "sales"]
"""One of the two sides."""

_TO_100 = "0?[0-9]{1,2}(?:[.,][0-9]{1,6})?|100(?:[.,]0{1,6})?"
_PERCENT = re.compile(rf"({_TO_100})\s*(?:%|{any_case('percent')}|{any_case('per cent')})?")
_OUT_OF = re.compile(rf"([0-9]{{1,6}})\s+(?:{any_case('out of')}|{any_case('in')}|{any_case('of')})\s+([0-9]{{1,6}})")


@dataclass(frozen=True, slots=True, order=True)
class Percent:
    """A share of a whole, 0 to 100."""

    value: Decimal

    @classmethod
    def parse(cls, value: object) -> Percent:
        """Reads ``95 %``, ``95``, ``95 percent``, ``19 out of 20``; ValueError says how it is written."""
        if isinstance(value, cls):
            return value
        problem = ValueError('a percentage is a number from 0 to 100, such as "95 %"')
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise problem
        words = str(value).strip()
        if found := _PERCENT.fullmatch(words):
            number = Decimal(found[1].replace(",", "."))
        elif found := _OUT_OF.fullmatch(words):
            number = _share(int(found[1]), int(found[2]))
        else:
            raise problem
        if number > 100:
            raise problem
        return cls(number)

    def __str__(self) -> str:
        digits = format(self.value, "f")
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits} %"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        typed = core_schema.str_schema(pattern=rf"^\s*({_PERCENT.pattern}|{_OUT_OF.pattern})\s*$")
        return textual(cls.parse, core_schema.union_schema([typed, core_schema.float_schema(ge=0, le=100)]))


def _share(part: int, whole: int) -> Decimal:
    if not whole or part * 100 * 10**6 % whole:
        raise ValueError(f'{part} of {whole} is no exact percentage: write it as in "95 %"')
    return Decimal(part * 100) / whole


_MIDNIGHT_TO_NOON = re.compile(r"([0-9]{1,2})(:[0-9]{2})?\s*([AaPp])\.?[Mm]\.?")


def read_time(value: object) -> object:
    """A time of day from ``9:00``, ``09:00:00`` or ``9 am``."""
    if not isinstance(value, str):
        return value
    words = value.strip()
    if (found := _MIDNIGHT_TO_NOON.fullmatch(words)) and 1 <= int(found[1]) <= 12:
        words = f"{int(found[1]) % 12 + 12 * (found[3] in 'Pp')}{found[2] or ':00'}"
    if found := re.fullmatch(r"([0-9]{1,2}):([0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)", words):
        try:
            return time.fromisoformat(f"{int(found[1]):02}:{found[2]}")
        except ValueError:
            pass
    raise ValueError("a time of day is written hours:minutes, such as 09:00")


def _show_time(value: time) -> str:
    return f"{value:%H:%M}" if value == time(value.hour, value.minute) else value.isoformat()


TimeLimit = Annotated[Duration, Leaf(Kind.DURATION, Duration.parse)]
"""A time limit, as text in TOML."""
Share = Annotated[Percent, Leaf(Kind.PERCENT, Percent.parse)]
"""A share, as text in TOML."""
Day = Annotated[date, BeforeValidator(read_date), Accepts("date", DATES), Leaf(Kind.DATE, read_day)]
"""A calendar date."""
Clock = Annotated[
    time,
    BeforeValidator(read_time),
    # The format that TOML tools know for a time without a zone.
    Accepts(
        "partial-time",
        rf"^\s*([0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?|{_MIDNIGHT_TO_NOON.pattern})\s*$",
    ),
    Leaf(Kind.TIME, read_time, _show_time),
]
"""A time of day."""

_TIMES = {"": 1, "k": 1_000, "thousand": 1_000, "million": 1_000_000}


def read_number(value: str) -> int:
    """A whole number as people type it: ``-15``, ``−15``, ``1 000``, ``12k``, ``ten``; ValueError otherwise."""
    found = re.fullmatch(r"([+−–-]?)\s*(.*?)\s*(k|K|thousand|million|)", " ".join(value.split()))
    sign, digits, times = found.groups() if found else ("", "", "")
    said = worded(digits.lower())
    refuse_two_ways(digits)
    try:
        number = (exact(digits) if said is None else said) * _TIMES[times.lower()]
    except ValueError:
        number = Decimal("NaN")
    if number != number or number != int(number) or number >= 10**15:
        raise ValueError("a whole number is needed, such as 25 or -10")
    return -int(number) if sign not in ("", "+") else int(number)


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


def read_yes_no(value: str) -> bool:
    """``yes`` or ``no`` as people type it; ValueError otherwise."""
    known = {"yes": True, "y": True, "true": True, "on": True, "no": False, "n": False, "false": False, "off": False}
    answer = known.get(value.strip().lower())
    if answer is None:
        raise ValueError("yes or no is needed")
    return answer


def _show_yes_no(value: bool) -> str:
    return "yes" if value else "no"


YesNo = Annotated[bool, Leaf(Kind.YES_NO, read_yes_no, _show_yes_no)]
"""Yes or no."""


def read_bound(value: object) -> object:
    """A limit in the form of the answer it is for, whichever that is: ``45``, ``1 business day``, ``90 %``, ISO dates.

    Text that is none of these stays as it is; anything but text is left to the type check.
    """
    if not isinstance(value, str):
        return value
    words = text.clean_line(value)
    readers = (read_number, Duration.parse, _percent_only, Money.parse, read_date)
    for read in readers:
        try:
            found = read(words)
        except ValueError:
            continue
        return found if isinstance(found, int) else str(found)
    return words


def _percent_only(words: str) -> Percent:
    """A percentage that says it is one."""
    if words[-1:].isdigit():
        raise ValueError("a bare number may be of anything")
    return Percent.parse(words)


Bound = Annotated[int | Line, BeforeValidator(read_bound), Leaf(Kind.BOUND, read_bound)]
"""The least or the most another answer may be, in that answer's own kind."""

Days = Annotated[tuple[Day, ...], Field(strict=False), Leaf(Kind.DAYS, read_days, show_days)]
"""A list of calendar dates."""
