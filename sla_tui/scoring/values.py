"""What a cell's text means: a number, a count, an outcome, or nothing known."""

from __future__ import annotations

import math
import re
from collections.abc import Collection

BLANKS = " \t\n\r\v\f"
"""What stands for nothing around or instead of a value, the same for every engine."""
MOST = 1_000_000_000
"""The largest count that is believed; a larger one is a number of something else."""
_NUMERIC = re.compile(r"[0-9.eE+-]+")
WON_WORDS = frozenset({"1", "true", "yes", "won", "converted"})
LOST_WORDS = frozenset({"0", "false", "no", "lost"})


def number(text: str) -> float | None:
    """The number a text is, on which every engine agrees; None for anything else, infinity and 1_000 included."""
    bare = text.strip(BLANKS)
    if not _NUMERIC.fullmatch(bare):
        return None
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def count(text: str) -> int:
    """The whole number of times a cell says: blank is 0, fractions are cut off. ValueError says what is wrong."""
    bare = text.strip(BLANKS)
    if not bare:
        return 0
    value = number(bare)
    if value is None:
        raise ValueError("is not a number")
    if value < 0:
        raise ValueError("is negative")
    if value > MOST:
        raise ValueError("is too large for a count")
    return int(value)


def folded(text: str) -> str:
    """Text with its case ignored, as every engine can: small letters, of which the sigma has one form."""
    return text.lower().replace("ς", "σ")


def is_unknown(text: str, unknown: Collection[str]) -> bool:
    """Whether a cell says nothing: blank, or one of the words listed for it."""
    bare = text.strip(BLANKS)
    return not bare or bare in unknown


def won(text: str, positive: Collection[str] | None) -> bool | None:
    """Whether an outcome that is known says won; None when neither ``positive`` nor the usual words tell."""
    word = folded(text.strip())
    if positive is not None:
        return word in {folded(one.strip()) for one in positive}
    if word in WON_WORDS or number(word) == 1:
        return True
    return False if word in LOST_WORDS or number(word) == 0 else None
