"""What two texts have in common, line by line, and the plain three-way merge of lines."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SMALL = 250_000
"""Lines times lines up to which lines that repeat are compared one by one."""


class Run(NamedTuple):
    """``length`` lines that stand at ``one`` in the first text and at ``other`` in the second."""

    one: int
    other: int
    length: int


class Change(NamedTuple):
    """What one stretch of lines is in the common version, in ours and in theirs."""

    base: Sequence[str]
    ours: Sequence[str]
    theirs: Sequence[str]


def line_merge(base: str, ours: str, theirs: str) -> str | None:
    """The merge of three texts as version control does it; None where both sides changed the same lines."""
    merged: list[str] = []
    for change in three_way(base.split("\n"), ours.split("\n"), theirs.split("\n")):
        if change.ours == change.theirs or change.theirs == change.base:
            merged += change.ours
        elif change.ours == change.base:
            merged += change.theirs
        else:
            return None
    return "\n".join(merged)


def three_way(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Change]:
    """The three texts cut where all have the same lines: stretches that are equal, and those between them."""
    at = Run(0, 0, 0)
    for start, our, their, length in _in_all(runs(base, ours), runs(base, theirs)):
        yield Change(base[at.one : start], ours[at.other : our], theirs[at.length : their])
        yield Change(*(lines[i : i + length] for lines, i in ((base, start), (ours, our), (theirs, their))))
        at = Run(start + length, our + length, their + length)
    yield Change(base[at.one :], ours[at.other :], theirs[at.length :])


def _in_all(ours: list[Run], theirs: list[Run]) -> Iterator[tuple[int, int, int, int]]:
    """Where lines of the common version stand in both others: its place, theirs in each, and how many."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        mine, other = ours[i], theirs[j]
        start = max(mine.one, other.one)
        stop = min(mine.one + mine.length, other.one + other.length)
        if start < stop:
            yield start, mine.other + start - mine.one, other.other + start - other.one, stop - start
        if mine.one + mine.length < other.one + other.length:
            i += 1
        else:
            j += 1


def runs(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """The lines that two texts have in common, in order.

    Lines that occur once in both hold the texts together; only what stands between them is compared in full, so that
    blank lines and the like are never paired across a file.
    """
    found: list[Run] = []
    for run in _runs(one, other, 0, len(one), 0, len(other)):
        last = found[-1] if found else None
        if last and last.one + last.length == run.one and last.other + last.length == run.other:
            found[-1] = Run(last.one, last.other, last.length + run.length)
        elif run.length:
            found.append(run)
    return found


def _runs(one: Sequence[str], other: Sequence[str], a: int, b: int, c: int, d: int) -> Iterator[Run]:
    """The runs within ``one[a:b]`` and ``other[c:d]``."""
    head = 0
    while a + head < b and c + head < d and one[a + head] == other[c + head]:
        head += 1
    yield Run(a, c, head)
    a, c = a + head, c + head
    tail = 0
    while a < b - tail and c < d - tail and one[b - tail - 1] == other[d - tail - 1]:
        tail += 1
    b, d = b - tail, d - tail
    if a < b and c < d:
        anchors = _anchors(one, other, a, b, c, d)
        if anchors:
            for i, j in anchors:
                yield from _runs(one, other, a, i, c, j)
                yield Run(i, j, 1)
                a, c = i + 1, j + 1
            yield from _runs(one, other, a, b, c, d)
        elif (b - a) * (d - c) <= _SMALL:
            matcher = difflib.SequenceMatcher(None, one[a:b], other[c:d], autojunk=False)
            yield from (Run(a + i, c + j, length) for i, j, length in matcher.get_matching_blocks())
    yield Run(b, d, tail)


def _anchors(one: Sequence[str], other: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Places of lines that occur once on either side, as many as stand in the same order."""
    once, also = Counter(one[a:b]), Counter(other[c:d])
    where = {other[j]: j for j in range(c, d) if also[other[j]] == 1}
    pairs = [(i, where[one[i]]) for i in range(a, b) if once[one[i]] == 1 and one[i] in where]
    ends: list[int] = []
    rows: list[int] = []
    back: list[int] = []
    for row, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        back.append(rows[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        rows[at : at + 1] = [row]
    longest: list[tuple[int, int]] = []
    row = rows[-1] if rows else -1
    while row >= 0:
        longest.append(pairs[row])
        row = back[row]
    return longest[::-1]
