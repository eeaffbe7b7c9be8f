"""How many of what: ``3 calls and 3 emails``, as one typed answer."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import Field

from sla_tui.agreement.parts import Part
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind, Leaf, Number

Unit = Literal["call", "email", "lead", "meeting", "minute"]
Each = Literal["lead", "rep", "period"]
_UNITS: tuple[str, ...] = get_args(Unit)
_EACH: tuple[str, ...] = get_args(Each)


class Amount(Part):
    """A number of calls, emails, leads, meetings or minutes; for each lead unless ``each`` says rep or period."""

    count: Annotated[Number, Field(title="Number", ge=0, le=1_000_000)]
    unit: Annotated[Unit, Field(title="Unit")]
    each: Annotated[Each | None, Field(title="For each")] = None

    def __str__(self) -> str:
        each = f" per {self.each}" if self.each else ""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}{each}"


_ONE = re.compile(
    r"(?:at least )?([0-9]{1,7})\s*([a-z-]+)(?:\s+(?:per|each|a|for each|every)\s+([a-z]+))?", re.IGNORECASE
)


def read_amounts(text: str) -> tuple[Amount, ...]:
    """Reads ``3 calls, 3 emails`` or ``40 minutes per rep``; ValueError says how amounts are written."""
    pieces = [piece for piece in re.split(r"\s*(?:,|;|\+|&|\band\b)\s*", text.strip()) if piece]
    return tuple(_read_amount(piece) for piece in pieces)


def _read_amount(text: str) -> Amount:
    found = _ONE.fullmatch(text)
    if not found:
        raise ValueError('amounts are written as in "3 calls and 3 emails" or "40 minutes per rep"')
    unit, each = _singular(found[2]), _singular(found[3] or "")
    if unit not in _UNITS:
        raise ValueError(f"{found[2]!r} cannot be counted here; {did_you_mean(unit, _UNITS)}")
    if each and each not in _EACH:
        raise ValueError(f"{found[3]!r} is not what amounts are counted for; {did_you_mean(each, _EACH)}")
    return Amount.model_validate({"count": int(found[1]), "unit": unit, "each": each or None})


def _singular(word: str) -> str:
    lower = word.lower()
    return {"e-mails": "email", "e-mail": "email", "mails": "email"}.get(lower, lower.removesuffix("s"))


def show_amounts(amounts: tuple[Amount, ...]) -> str:
    """Amounts as they are said: ``3 calls, 3 emails and 1 meeting``."""
    words = [str(amount) for amount in amounts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


Amounts = Annotated[tuple[Amount, ...], Field(strict=False), Leaf(Kind.AMOUNTS, read_amounts, show_amounts)]
"""A list of amounts, one typed answer."""
