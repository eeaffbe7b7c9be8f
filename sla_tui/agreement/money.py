"""Sums of money: read as people write them, kept exact, written one way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sla_tui.agreement.accepting import any_case, textual
from sla_tui.agreement.currencies import CODES, SIGNS, USUAL, WORDS
from sla_tui.agreement.kinds import Kind, Leaf
from sla_tui.agreement.numerals import NUMBER, exact, refuse_two_ways
from sla_tui.agreement.text import did_you_mean

_TIMES = {
    **dict.fromkeys(("k", "thousand", "tsd"), 1_000),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mio", "mil", "million"), 1_000_000),
    **dict.fromkeys(("bn", "bln", "billion"), 1_000_000_000),
}
_MOST = Decimal(10) ** 15
_NEGATIVE = frozenset("-−–(")
_HOW = 'money is an amount and a currency, such as "25 000 USD" or "25k EUR"'

_SIGN = "|".join(map(re.escape, SIGNS))
_CURRENCY = rf"{_SIGN}|(?:{'|'.join(map(any_case, WORDS))})[Ss]?|[A-Za-z]{{3}}"
_FACTOR = "|".join(any_case(word) for word in sorted(_TIMES, key=len, reverse=True))
_AMOUNT = rf"(?:{NUMBER})(?:\s*(?:{_FACTOR}))?"
_SUM = rf"(?:(?P<before>{_CURRENCY})\s*)?(?P<number>{NUMBER})(?:\s*(?P<times>{_FACTOR}))?(?:\s*(?P<after>{_CURRENCY}))?"


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum in one currency (an ISO 4217 code), ``25 000 USD``.

    Sums of one currency have an order; to ask for that of two raises TypeError.
    """

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, value: object) -> Money:
        """Reads ``25 000 USD``, ``25k USD``, ``$25,000.50``, ``1.2 million euros``; ValueError says how it is written.

        ``25.000 EUR`` is refused, for it is 25 euros to one reader and 25 thousand to another.
        """
        if isinstance(value, cls):
            return value
        words = value.strip() if isinstance(value, str) else ""
        if _NEGATIVE.intersection(re.split("[0-9]", words, maxsplit=1)[0]):
            raise ValueError("a sum of money is not negative")
        found = re.fullmatch(_SUM, words)
        if not found:
            refuse_two_ways(words)
            raise ValueError(_HOW)
        amount = exact(found["number"]) * _TIMES.get((found["times"] or "").lower(), 1)
        if amount >= _MOST:
            raise ValueError("that is more money than there is")
        return cls(amount.normalize() + 0, _one_currency(found["before"], found["after"]))

    def __lt__(self, other: Money) -> bool:
        if self.currency != other.currency:
            raise TypeError(f"{self} and {other} are in two currencies")
        return self.amount < other.amount

    def __str__(self) -> str:
        whole, _, cents = format(self.amount, "f").partition(".")
        cents = cents.rstrip("0")
        # Never three digits: they could be read as thousands.
        cents = cents.ljust(2 if len(cents) < 3 else 4, "0") if cents else ""
        return f"{int(whole):,}".replace(",", " ") + (f".{cents}" if cents else "") + f" {self.currency}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        pattern = rf"^\s*((?:{_CURRENCY})\s*{_AMOUNT}(\s*(?:{_CURRENCY}))?|{_AMOUNT}\s*(?:{_CURRENCY}))\s*$"
        return textual(cls.parse, core_schema.str_schema(pattern=pattern))


def _one_currency(*written: str | None) -> str:
    named = {_code(word) for word in written if word}
    if not named:
        raise ValueError('the currency is missing: write it as in "25 000 USD"')
    if len(named) > 1:
        raise ValueError(f"two currencies are named: {' and '.join(sorted(named))}")
    return named.pop()


def _code(word: str) -> str:
    """The code of a currency. One that is not known counts where it is written in capitals, as codes are."""
    if word in SIGNS:
        return SIGNS[word]
    small = word.lower()
    code = WORDS.get(small) or WORDS.get(small.removesuffix("s")) or small.upper()
    if code.lower() in _TIMES:
        raise ValueError('the currency is missing: write it as in "25 000 USD"')
    if code in CODES or word == code:
        return code
    raise ValueError(f"{word!r} is no currency: {did_you_mean(code, USUAL)}")


def unknown_currency(sum_: Money) -> str:
    """A word of doubt about a currency that ISO 4217 does not list; empty for one that it does."""
    if sum_.currency in CODES:
        return ""
    return f"{sum_.currency} is no currency of ISO 4217; {did_you_mean(sum_.currency, USUAL)}"


Sum = Annotated[Money, Leaf(Kind.MONEY, Money.parse)]
"""A sum of money, as text in TOML."""
