"""Comments without a statement: after a merge each is there as often as both sides left it.

They stand alone between statements, or the statement they were written on is one that the other side took out.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator

from sla_tui.record.sheet import HEAD, LAST, Name, Piece, Sheet

Clashes = Callable[[Name, bool], bool]
"""Whether a statement is one that both sides changed differently, by its name and whether it is a header."""


def put_right(woven: Sheet, base: Sheet, ours: Sheet, theirs: Sheet, clashes: Clashes) -> None:
    """Takes out of ``woven`` what came in with the order of both sides, and puts in what went with its neighbours.

    What is put in stands above the next statement that follows it on its side and is still there.
    """
    was, mine, other, there = (Counter(_comments(one)) for one in (base, ours, theirs, woven))
    surplus, missing = Counter[str](), Counter[str]()
    for line in mine.keys() | other.keys() | there.keys():
        most = max(0, mine[line] + other[line] - was[line])
        surplus[line] = there[line] - most
        missing[line] = min(most, max(mine[line], other[line])) - there[line]
    for part in reversed(woven.parts.values()):
        for name in reversed(part):
            part[name] = _without(part[name], surplus)
    for side in (ours, theirs):
        _put_back(woven, side, missing, base, clashes)


def _comments(sheet: Sheet) -> Iterator[str]:
    for part in sheet.parts.values():
        for piece in part.values():
            yield from _lines(piece)


def _lines(piece: Piece) -> Iterator[str]:
    return (line.strip() for line in piece.gap.split("\n") if line.strip())


def _without(piece: Piece, surplus: Counter[str]) -> Piece:
    """The piece without comments that are there too often."""
    kept: list[str] = []
    for line in piece.gap.split("\n"):
        if surplus[line.strip()] > 0:
            surplus[line.strip()] -= 1
        else:
            kept.append(line)
    return dataclasses.replace(piece, gap="\n".join(kept))


def _put_back(woven: Sheet, side: Sheet, missing: Counter[str], base: Sheet, clashes: Clashes) -> None:
    waiting: list[str] = []
    for where, part in side.parts.items():
        there = woven.parts.get(where, {})
        for name, piece in part.items():
            for line in _lines(piece):
                if missing[line] > 0:
                    missing[line] -= 1
                    waiting.append(line)
            if name not in there and not clashes(where if name == HEAD else name, name == HEAD):
                waiting += _noted(piece, base.parts.get(where, {}).get(name))
            elif waiting and name in there:
                _put_above(woven, where, name, waiting)
                waiting = []
    if waiting:
        _put_above(woven, LAST, HEAD, waiting)


def _noted(piece: Piece, was: Piece | None) -> Iterator[str]:
    """The comments that one side wrote on a statement that the other took out."""
    if was is not None:
        old = {*_own(was)}
        yield from (line for line in _own(piece) if line not in old)


def _own(piece: Piece) -> Iterator[str]:
    return (line.strip() for line in (*piece.lead.split("\n"), piece.tail) if line.strip())


def _put_above(woven: Sheet, where: Name, name: Name, lines: list[str]) -> None:
    part = woven.parts.setdefault(where, {})
    piece = part.get(name, Piece())
    alone = piece.gap.startswith("\n")
    text = "".join(f"{line}\n" for line in lines)
    part[name] = dataclasses.replace(piece, gap=(f"\n{text}" if alone else f"{text}\n") + piece.gap)
