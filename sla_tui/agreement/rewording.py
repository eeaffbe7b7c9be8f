"""Two wordings of one text held against each other: the words taken out and put in, and a few around them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SHORT = 48
"""Letters up to which a text is said whole."""
_MOST_PLACES = 3
_AROUND = 3
"""Words said on either side of a change, and fewest that part one change from the next."""
_MOST_WORDS = 10
"""Words of a change that are said; of more only the first and the last."""
_COMPARED = 4_000_000
"""Words times words up to which two texts are compared word by word."""


class _Place(NamedTuple):
    """Words ``a`` to ``b`` of the one text that are words ``c`` to ``d`` of the other."""

    a: int
    b: int
    c: int
    d: int


def brief(text: str, most: int = SHORT) -> str:
    """A text in one line, cut to ``most`` letters, at a word where there is one."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    head, _, tail = cut.rpartition(" ")
    return f"{(head if head and len(tail) < most // 3 else cut).rstrip(' ,;:')}…"


def quoted(text: str, most: int = SHORT) -> str:
    """Somebody's own words in quotes, cut to ``most`` letters."""
    return f"“{brief(text, most)}”"


def reworded(old: str, new: str) -> str:
    """How ``old`` became ``new``: both where they are short or have little in common, else the words that changed.

    Words taken out stand as ``[− …]``, words put in as ``[+ …]``, others in their place as ``[… → …]``.
    """
    one, other = old.split(), new.split()
    if one == other:
        return "other line breaks"
    whole = f"{quoted(old)} → {quoted(new)}"
    if len(old) <= SHORT and len(new) <= SHORT:
        return whole
    places = list(_places(one, other))
    if not places or (_kept(one, other, places) < 0.4 and brief(old) != brief(new)):
        return whole
    said = "".join(_said(one, other, places[:_MOST_PLACES]))
    more = len(places) - _MOST_PLACES
    return f"“{said}”{f' and {more} more {_plural(more)}' if more > 0 else ''}"


def _plural(number: int) -> str:
    return "place" if number == 1 else "places"


def _kept(one: Sequence[str], other: Sequence[str], places: Sequence[_Place]) -> float:
    """How much of the longer text is in both."""
    longer = max(len(one), len(other))
    return 1 - max(sum(place.b - place.a for place in places), sum(place.d - place.c for place in places)) / longer


def _places(one: Sequence[str], other: Sequence[str]) -> Iterator[_Place]:
    """Where the texts differ; changes that only a word or two part are one. Nothing for texts too long to compare."""
    least = min(len(one), len(other))
    head = next((i for i in range(least) if one[i] != other[i]), least)
    tail = next((i for i in range(least - head) if one[-1 - i] != other[-1 - i]), least - head)
    mine, theirs = one[head : len(one) - tail], other[head : len(other) - tail]
    if len(mine) * len(theirs) > _COMPARED:
        return
    held: _Place | None = None
    for tag, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        place = _Place(head + a, head + b, head + c, head + d)
        if held and place.a - held.b < _AROUND:
            held = _Place(held.a, place.b, held.c, place.d)
            continue
        if held:
            yield held
        held = place
    if held:
        yield held


def _said(one: Sequence[str], other: Sequence[str], places: Sequence[_Place]) -> Iterator[str]:
    at = 0
    for number, place in enumerate(places):
        start = max(at, place.a - _AROUND)
        if start > at or (number == 0 and start > 0):
            yield "… " if number == 0 else " … "
        elif number:
            yield " "
        yield from (f"{word} " for word in one[start : place.a])
        yield _change(one[place.a : place.b], other[place.c : place.d])
        following = places[number + 1].a if number + 1 < len(places) else len(one)
        at = min(place.b + _AROUND, following)
        yield from (f" {word}" for word in one[place.b : at])
    if at < len(one):
        yield " …"


def _change(out: Sequence[str], put_in: Sequence[str]) -> str:
    if not out:
        return f"[+ {_some(put_in)}]"
    return f"[{_some(out)} → {_some(put_in)}]" if put_in else f"[− {_some(out)}]"


def _some(words: Sequence[str]) -> str:
    """Words, of many the first and the last; very long ones are cut."""
    shown = words if len(words) <= _MOST_WORDS else (*words[: _MOST_WORDS - 4], "…", *words[-3:])
    return " ".join(brief(word, 2 * SHORT) for word in shown)
