"""Three texts of one file woven into one, statement by statement, with the comments and the spelling of both sides.

What it says is not its business: what both sides changed is left as one of them has it, and is put right afterwards by
whoever knows what is meant.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Literal

from sla_tui.agreement.interleave import interleaved
from sla_tui.record.lines import line_merge, three_way
from sla_tui.record.sheet import FIRST, HEAD, LAST, Name, Part, Piece, Sheet
from sla_tui.record.standing import put_right

By = Literal["ours", "base", "theirs"]
"""Whose text is taken where both sides changed it and it cannot be both."""


def weave(base: Sheet, ours: Sheet, theirs: Sheet, clashes: Callable[[Name, bool], bool], by: By = "ours") -> str:
    """Three texts as one; in them one entry has one id.

    A statement is that of the side that changed it, each of its parts by itself; comments that both sides changed are
    kept from both. A statement that ``clashes``, by its name and whether it is a header, is taken from ``by``.
    """
    return _Weaver(base, ours, theirs, clashes, by).woven().text


class _Weaver:
    def __init__(self, base: Sheet, ours: Sheet, theirs: Sheet, clashes: Callable[[Name, bool], bool], by: By) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._clashes = clashes
        self._by: By = by
        self._wanted = {"ours": ours, "base": base, "theirs": theirs}[by]

    def woven(self) -> Sheet:
        base, ours, theirs = (one.parts for one in (self._base, self._ours, self._theirs))
        order = interleaved([*base], [*ours], [*theirs], [*self._wanted.parts], self._goes_behind)
        result = Sheet()
        for name in (FIRST, *(one for one in order.keys if one not in (FIRST, LAST)), LAST):
            part = self._part(name, base.get(name, {}), ours.get(name, {}), theirs.get(name, {}))
            if part:
                result.parts[name] = part
        put_right(result, self._base, self._ours, self._theirs, self._clashes)
        return result

    def _goes_behind(self, new: Name, other: Name) -> bool:
        """Whether a section of theirs may stand behind one of ours: only as long as it stays in its own entry."""
        around = next((new[:n] for n in range(len(new) - 1, 0, -1) if new[:n] in self._theirs.items), ())
        return other[: len(around)] == around

    def _part(self, name: Name, base: Part, ours: Part, theirs: Part) -> Part:
        wanted = {"ours": ours, "base": base, "theirs": theirs}[self._by]
        order = interleaved([*base], [*ours], [*theirs], [*wanted])
        part: Part = {}
        for key in (HEAD, *(one for one in order.keys if one != HEAD)):
            clashes = self._clashes(name if key == HEAD else key, key == HEAD)
            piece = self._piece(base.get(key), ours.get(key), theirs.get(key), clashes)
            if piece is not None:
                part[key] = piece
        if part and HEAD not in part and (head := ours.get(HEAD) or theirs.get(HEAD)):
            return {HEAD: head, **part}
        return part

    def _piece(self, base: Piece | None, ours: Piece | None, theirs: Piece | None, clashes: bool) -> Piece | None:
        if clashes:
            wanted = {"ours": ours, "base": base, "theirs": theirs}[self._by]
            return _commented(wanted, base, ours, theirs) if wanted else None
        if ours and theirs:
            return _merged(base or Piece(), ours, theirs)
        if ours and (base is None or ours.value != base.value):
            return ours
        return theirs if base is None else None


def _commented(wanted: Piece, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Piece:
    """One side's statement, with what all have above it."""
    if not (ours and theirs):
        return wanted
    was = base or Piece()
    gap, lead = _both(was.gap, ours.gap, theirs.gap), _both(was.lead, ours.lead, theirs.lead)
    return Piece(gap, lead, wanted.start, wanted.value, wanted.tail)


def _merged(base: Piece, ours: Piece, theirs: Piece) -> Piece:
    lead = _both(base.lead, ours.lead, theirs.lead)
    tail = _changed(base.tail, ours.tail, theirs.tail)
    if tail is None:
        tail, said = ours.tail, theirs.tail.strip()
        if said and said not in lead and said != ours.tail.strip():
            lead += f"{_indent(ours.start)}{said}\n"
    start = _changed(base.start, ours.start, theirs.start)
    return Piece(
        _both(base.gap, ours.gap, theirs.gap),
        lead,
        ours.start if start is None else start,
        _value(base.value, ours.value, theirs.value),
        tail,
    )


def _changed(base: str, ours: str, theirs: str) -> str | None:
    """The text of the side that changed it; None when both did."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _both(base: str, ours: str, theirs: str) -> str:
    """Comment lines with the changes of both sides; where these meet, ours and then what is new in theirs."""
    one = _changed(base, ours, theirs)
    if one is not None:
        return one
    lines: list[str] = []
    for change in three_way(*(text.split("\n")[:-1] for text in (base, ours, theirs))):
        if change.ours == change.theirs or change.theirs == change.base:
            lines += change.ours
        elif change.ours == change.base:
            lines += change.theirs
        else:
            old = {"", *(line.strip() for line in (*change.base, *change.ours))}
            lines += (*change.ours, *(line for line in change.theirs if line.strip() not in old))
    return "".join(f"{line}\n" for line in lines)


def _value(base: str, ours: str, theirs: str) -> str:
    one = _changed(base, ours, theirs)
    if one is not None:
        return one
    lines = line_merge(base, ours, theirs)
    return lines if lines is not None and _reads(lines) else ours


def _reads(value: str) -> bool:
    try:
        tomllib.loads(f"x = {value}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _indent(start: str) -> str:
    return start[: len(start) - len(start.lstrip(" \t"))]
