"""Text as it may enter the model: control characters and direction overrides are stripped here, once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")
_STRIPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, so no terminal sequence can start
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: signed text reads as it is stored
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean_prose(value: str) -> str:
    """Text over several lines without control characters."""
    return _STRIPPED.sub("", _BREAKS.sub("\n", value).replace("\t", " ")).strip()


def clean_line(value: str) -> str:
    """One line of text without control characters."""
    return re.sub(r"\s*\n\s*", " ", clean_prose(value))


def prose(value: object) -> object:
    """``clean_prose`` of a text; anything else as it is, for the type check to refuse."""
    return clean_prose(value) if isinstance(value, str) else value


def line(value: object) -> object:
    """``clean_line`` of a text; anything else as it is, for the type check to refuse."""
    return clean_line(value) if isinstance(value, str) else value


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None when none is close."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.55)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known word, else the few there are."""
    names = list(known)
    if near := nearest(word, names):
        return f"did you mean {near!r}?"
    if not names:
        return "there are none yet"
    shown = ", ".join(names[:12])
    return f"known: {shown}{', …' if len(names) > 12 else ''}"
