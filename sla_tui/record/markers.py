"""Marks where a merge is not settled, as version control writes them: made, found, and settled for one side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sla_tui.record.lines import Run, runs

SIZE = 7
"""How many letters a marker has unless somebody asks for another number."""
_MARKER = re.compile(r"(?m)^(?P<marker><{7,}|\|{7,}|={7,}|>{7,})(?: [^\n]*|\r)?$")


class Names(NamedTuple):
    """What the sides are called on the markers."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One conflict in a text, from ``start`` to ``end``, and what each side has there."""

    start: int
    end: int
    ours: str
    base: str
    theirs: str


def unsettled(text: str) -> list[Unsettled]:
    """The conflicts that a merge left in ``text``, also where they stand inside a text over several lines."""
    return list(_conflicts(text)) if may_mark(text) else []


def may_mark(text: str) -> bool:
    """Whether a conflict could begin in ``text``. No answer is written so that it could."""
    return "<" * SIZE in text


def is_marker(line: str) -> bool:
    """Whether one line looks like a marker."""
    return _MARKER.fullmatch(line) is not None


def settled_as_before(text: str) -> str:
    """``text`` with what stood there before wherever there is a conflict, those within conflicts too."""
    while found := unsettled(text):
        pieces: list[str] = []
        at = 0
        for one in found:
            pieces += text[at : one.start], one.base
            at = one.end
        text = "".join(pieces) + text[at:]
    return text


def _conflicts(text: str) -> Iterator[Unsettled]:
    """One pass over the lines that look like markers; those of another length belong to a conflict within."""
    start = size = 0
    cuts: dict[str, tuple[int, int]] = {}
    for found in _MARKER.finditer(text):
        letter, end = found["marker"][0], min(found.end() + 1, len(text))
        if letter == "<" and (not cuts or len(found["marker"]) == size):
            start, size = found.start(), len(found["marker"])
            cuts = {"<": (start, end)}
        elif not cuts or len(found["marker"]) != size:
            continue
        elif letter == "=" or (letter == "|" and "=" not in cuts):
            cuts.setdefault(letter, (found.start(), end))
        elif letter == ">" and "=" in cuts:
            first, middle = cuts.get("|", cuts["="]), cuts["="]
            base = text[first[1] : middle[0]] if "|" in cuts else ""
            yield Unsettled(start, end, text[cuts["<"][1] : first[0]], base, text[middle[1] : found.start()])
            cuts = {}


def marked(ours: Sequence[str], base: Sequence[str], theirs: Sequence[str], names: Names, size: int = SIZE) -> str:
    """One text of two: where they differ, both stand between markers, with what was there before.

    The texts come in statements, each with its line end. Statements of one key that stand side by side get markers of
    their own.
    """
    changed = list(_differences(ours, base))
    text: list[str] = []
    at = 0
    for a, b, c, d in _differences(ours, theirs):
        text += ours[at:a]
        for mine, was, other in _one_by_one(ours[a:b], base[_before(changed, a, b)], theirs[c:d]):
            text += f"{'<' * size} {names.ours}\n", *mine, f"{'|' * size} {names.base}\n", *was
            text += f"{'=' * size}\n", *other, f"{'>' * size} {names.theirs}\n"
        at = b
    return "".join((*text, *ours[at:]))


def _differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ. One that only one text has begins as early as it can: at a header, not behind it."""
    a = c = above = 0
    for run in (*runs(ours, theirs), Run(len(ours), len(theirs), 0)):
        b, d = run.one, run.other
        side, start, end = (theirs, c, d) if a == b else (ours, a, b)
        up = 0
        while (a == b or c == d) and up < above and side[start - up - 1] == side[end - up - 1]:
            up += 1
        if start < end:
            yield a - up, b - up, c - up, d - up
        a, c, above = b + run.length, d + run.length, run.length


def _before(changed: list[tuple[int, int, int, int]], start: int, end: int) -> slice:
    """Where in the text before that stands which became ``start`` to ``end``, given all that differs."""
    first, last = start, end
    for a, b, c, d in changed:
        if a < start:
            first = d + start - b if b <= start else c
        elif a == start:
            first = c
        if a < end or a == b == end:
            last = d + max(0, end - b)
    return slice(first, last)


def _one_by_one(
    ours: Sequence[str], base: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """A stretch cut into its statements, where both sides have the same keys in the same order."""
    keys = [_key(one) for one in ours]
    if len(keys) < 2 or not all(keys) or keys != [_key(one) for one in theirs]:
        yield ours, base, theirs
        return
    for key, mine, other in zip(keys, ours, theirs, strict=True):
        yield (mine,), [one for one in base if _key(one) == key], (other,)


def _key(statement: str) -> str:
    """What a statement sets, as it is written; empty for a header, a comment or a blank line."""
    key = statement.partition("=")[0].strip()
    return "" if key[:1] in ("", "[", "#") else key
