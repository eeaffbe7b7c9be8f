"""Numbers as people write them: read exactly, and refused where they may mean two things."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

NUMBER = "|".join(
    (
        r"[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,6})|,[0-9]{1,2})?",
        # Three decimals could be thousands, save where no group of thousands can stand before them.
        r"0[.,][0-9]{3}|[0-9]{4,15}\.[0-9]{3}",
        r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f'’_][0-9]{3})+(?:[.,][0-9]{1,2}|\.[0-9]{3,4})?",
        r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,4})?",
        r"[1-9][0-9]{0,2}\.[0-9]{3}(?:(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|,[0-9]{1,2})",
    )
)
"""A number in digits that can be read in one way only: ``25 000.50``, ``25,000``, ``25.000.000``, ``12,5``."""
_TWO_WAYS = re.compile(r"(?<![0-9.,])(?<![0-9][ \u00a0\u2009\u202f'’_])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])")

WORDED = rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
"""A whole number below a hundred in words: ``twenty-four``."""


def exact(digits: str) -> Decimal:
    """The number that ``digits`` mean. ValueError where they are none, or may mean two."""
    refuse_two_ways(digits)
    found = re.fullmatch(r"(?:(.*)([.,]))?([0-9]+)", re.sub(r"[^0-9.,]", "", digits))
    if not found or not re.fullmatch(NUMBER, digits):
        raise ValueError(f"{digits!r} is no number")
    head, sign, tail = found[1] or "", found[2], found[3]
    if sign is None or sign in head or (sign == "," and len(tail) == 3 and head != "0"):
        return Decimal(re.sub("[.,]", "", head + tail))
    return Decimal(f"{re.sub('[.,]', '', head)}.{tail}")


def refuse_two_ways(text: str) -> None:
    """ValueError where a number in ``text`` may be thousands or decimals, such as ``25.000``."""
    if found := _TWO_WAYS.search(text):
        decimals = found[0].rstrip("0").rstrip(".")
        small = decimals if len(decimals) < len(found[0]) else f"{decimals}0"
        raise ValueError(f'"{found[0]}" may mean {small} or {found[0].replace(".", " ")}: write one of these')


def worded(words: str) -> int | None:
    """The whole number that ``words`` say, None where they say none: ``two``, ``twenty-four``."""
    if words in _ONES:
        return _ONES.index(words)
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens not in _TENS or (ones and ones not in _ONES[1:10]):
        return None
    return (_TENS.index(tens) + 2) * 10 + (_ONES.index(ones) if ones else 0)
