"""Text as it may enter the model: control characters and direction overrides are stripped here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")
_STRIPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, so no terminal sequence can start
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: signed text reads as it is stored
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def without_controls(value: str) -> str:
    """Text without control characters and direction marks, its line breaks line feeds."""
    return _STRIPPED.sub("", _BREAKS.sub("\n", value).replace("\t", " "))


def clean_prose(value: str) -> str:
    """Text over several lines without control characters, and without spaces around it."""
    return without_controls(value).strip()


def clean_line(value: str) -> str:
    """One line of text without control characters."""
    return " ".join(part for row in clean_prose(value).split("\n") if (part := row.strip()))


def prose(value: object) -> object:
    """``clean_prose`` of a text; anything else as it is, for the type check to refuse."""
    return clean_prose(value) if isinstance(value, str) else value


def line(value: object) -> object:
    """``clean_line`` of a text; anything else as it is, for the type check to refuse."""
    return clean_line(value) if isinstance(value, str) else value


_PIECE = re.compile(r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")\s*|(?P<bare>[^,]*))(?:,|$)')


def quote(words: str) -> str:
    """Text in double quotes, as TOML has it."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquote(words: str) -> str | None:
    """The text inside double quotes, None where ``words`` is not exactly one quoted text."""
    found = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', words)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else None


def split_commas(words: str) -> tuple[str, ...]:
    """What stands between the commas, blanks left out; commas inside double quotes part nothing."""
    pieces = ((found["quoted"] or found["bare"] or "").strip() for found in _PIECE.finditer(words))
    return tuple(piece for piece in pieces if piece)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None when none is close."""
    import difflib

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
