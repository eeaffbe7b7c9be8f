"""How many of what: ``3 calls and 3 emails``, as one typed answer."""

import re
from typing import Annotated, Literal, get_args

from pydantic import Field

from sla_tui.agreement.numerals import NUMBER, WORDED, exact, refuse_two_ways, worded
from sla_tui.agreement.parts import Part
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind, Leaf, Number

Unit = Literal["call", "email", "lead", "meeting", "minute"]
Each = Literal["lead", "rep", "period"]
_UNITS: tuple[str, ...] = get_args(Unit)
_EACH: tuple[str, ...] = get_args(Each)
_MOST = 1_000_000


class Amount(Part):
    """A number of calls, emails, leads, meetings or minutes; for each lead unless ``each`` says rep or period."""

    count: Annotated[Number, Field(title="Number", ge=0, le=_MOST)]
    unit: Annotated[Unit, Field(title="Unit")]
    each: Annotated[Each | None, Field(title="For each")] = None

    def __str__(self) -> str:
        each = f" per {self.each}" if self.each else ""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}{each}"


_COUNT = rf"(?P<digits>{NUMBER})\s*|(?P<words>{WORDED}|an?)\s+"
_FOR_EACH = r"\s+(?:for each|for every|per|each|every|an?)\s+(?P<each>[a-z]+)"
_ONE = rf"(?:at least )?(?:{_COUNT})(?P<unit>[a-z-]+)(?:{_FOR_EACH})?"
# A comma between digits may part thousands.
_AND = re.compile(r"\s*(?:(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|;|\+|&|\band\b)\s*")


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Reads ``3 calls, 3 emails``, ``a meeting``, ``1,000 leads``, ``1.5 hours per rep`` (as minutes).

    ValueError says how amounts are written.
    """
    pieces = [piece for piece in _AND.split(" ".join(text.split())) if piece]
    return tuple(_read_amount(piece) for piece in pieces)


def _read_amount(text: str) -> Amount:
    refuse_two_ways(text)
    found = re.fullmatch(_ONE, text, re.IGNORECASE | re.ASCII)
    if not found:
        raise ValueError('amounts are written as in "3 calls and 3 emails" or "40 minutes per rep"')
    unit, each = _singular(found["unit"]), _singular(found["each"] or "")
    count = exact(found["digits"]) if found["digits"] else worded(found["words"].lower())
    count = 1 if count is None else count
    if unit in _HOURS:
        unit, count = "minute", count * 60
    if unit not in _UNITS:
        raise ValueError(f"{found['unit']!r} cannot be counted here; {did_you_mean(unit, _UNITS)}")
    if each and each not in _EACH:
        raise ValueError(f"{found['each']!r} is not what amounts are counted for; {did_you_mean(each, _EACH)}")
    if count != int(count) or count > _MOST:
        raise ValueError(f"{unit}s are counted in whole numbers up to {_MOST:,}".replace(",", " "))
    return Amount.model_validate({"count": int(count), "unit": unit, "each": each or None})


_HOURS = frozenset({"hour", "hr", "h"})


def _singular(word: str) -> str:
    one = word.lower().removesuffix("s")
    return {"e-mail": "email", "mail": "email", "min": "minute"}.get(one, one)


def show_amounts(amounts: tuple[Amount, ...]) -> str:
    """Amounts as they are said: ``3 calls, 3 emails and 1 meeting``."""
    words = [str(amount) for amount in amounts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


Amounts = Annotated[tuple[Amount, ...], Field(strict=False), Leaf(Kind.AMOUNTS, read_amounts, show_amounts)]
"""A list of amounts, one typed answer."""
