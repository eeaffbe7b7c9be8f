"""Comments that stand alone, between statements: after a merge each is there as often as both sides left it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from sla_tui.record.sheet import HEAD, LAST, Name, Piece, Sheet


def put_right(woven: Sheet, base: Sheet, ours: Sheet, theirs: Sheet) -> None:
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
        _put_back(woven, side, missing)


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


def _put_back(woven: Sheet, side: Sheet, missing: Counter[str]) -> None:
    waiting: list[str] = []
    for where, part in side.parts.items():
        for name, piece in part.items():
            for line in _lines(piece):
                if missing[line] > 0:
                    missing[line] -= 1
                    waiting.append(line)
            if waiting and name in woven.parts.get(where, {}):
                _put_above(woven, where, name, waiting)
                waiting = []
    if waiting:
        _put_above(woven, LAST, HEAD, waiting)


def _put_above(woven: Sheet, where: Name, name: Name, lines: list[str]) -> None:
    part = woven.parts.setdefault(where, {})
    piece = part.get(name, Piece())
    between = "" if piece.gap.startswith("\n") else "\n"
    part[name] = dataclasses.replace(piece, gap="".join(f"{line}\n" for line in lines) + between + piece.gap)
