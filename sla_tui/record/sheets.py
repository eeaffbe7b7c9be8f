"""Writes the tables of one file anew in their canonical layout, with the comments that belong to each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sla_tui.record.edit import as_sections
from sla_tui.record.inside import inline, key_text, render
from sla_tui.record.layout import Path
from sla_tui.record.notes import Block, Note
from sla_tui.record.pairing import Table, is_list

_INDENT = "    "


@dataclass(slots=True)
class _Place:
    """A line, or the header of a table, and the comments that go with it.

    ``below`` stands behind the lines of a table, or behind the last element of a list; ``cells`` are the comments above
    and beside the elements of a list.
    """

    path: Path
    value: Any
    head: bool = False
    apart: list[Block] = field(default_factory=lambda: [])
    above: list[str] = field(default_factory=lambda: [])
    beside: list[str] = field(default_factory=lambda: [])
    below: list[str] = field(default_factory=lambda: [])
    cells: dict[int, tuple[list[str], list[str]]] = field(default_factory=lambda: {})


class Sheet:
    """One file: its tables in order, each with its lines, and its comments."""

    def __init__(self, table: Table, notes: Iterable[Note]) -> None:
        self._tables = list(_tables(table))
        self._places = {one.path: one for head, lines in self._tables for one in (head, *lines)}
        self._first: dict[Path, _Place] = {}
        for path, place in self._places.items():
            for end in range(1, len(path)):
                self._first.setdefault(path[:end], place)
        self._last = {head.path[:-1]: head for head, _ in self._tables if head.path}
        self._top: list[Block] = []
        self._bottom: list[Block] = []
        self._out: list[str] = []
        for note in notes:
            self._settle(note)

    # Where comments go

    def _settle(self, note: Note) -> None:
        """Gives a comment to its place, or to the nearest one where its own is no line any more."""
        if note.where == "top" or note.where == "bottom":
            (self._top if note.where == "top" else self._bottom).append(note.lines)
            return
        place, element = self._home(note.path)
        if element is not None:
            above, beside = place.cells.setdefault(element, ([], []))
            its_own = note.where == "beside" and len(note.path) == len(place.path) + 1 and not beside
            (beside if its_own else above).extend(note.lines)
        elif note.where == "foot" and note.path in self._last and place.path != note.path:
            self._last[note.path].below += note.lines
        elif note.where == "apart":
            place.apart.append(note.lines)
        elif place.path == note.path and self._takes(place, note.where):
            (place.beside if note.where == "beside" else place.below).extend(note.lines)
        elif place.path:
            place.above += note.lines
        else:
            self._top.append(note.lines)

    def _home(self, path: Path) -> tuple[_Place, int | None]:
        """The place of what stood at a path, or the nearest one; within a list on a line also which element it was."""
        if found := self._places.get(path) or self._first.get(path):
            return found, None
        end = next(end for end in range(len(path) - 1, -1, -1) if path[:end] in self._places)
        place, at = self._places[path[:end]], path[end]
        inside = is_list(place.value) and isinstance(at, int) and at < len(place.value)
        return place, at if inside and isinstance(at, int) else None

    @staticmethod
    def _takes(place: _Place, where: str) -> bool:
        if where == "beside":
            return not place.beside and bool(place.path)
        return place.head if where == "below" else where == "foot" and is_list(place.value) and not place.head

    # The text

    def text(self) -> str:
        """The file's text, with line feeds."""
        self._out = []
        for block in self._top:
            self._out += (*block, "")
        for head, lines in self._tables:
            if head.path:
                self._blank()
                self._write(head, _header(head.path))
            for at, line in enumerate(lines):
                if line.apart and at:
                    self._blank()
                self._write(line, _line(line))
            self._out += head.below
        for block in self._bottom:
            self._blank()
            self._out += block
        while self._out and not self._out[-1]:
            self._out.pop()
        return "".join(f"{line}\n" for line in self._out)

    def _write(self, place: _Place, body: str) -> None:
        for block in place.apart:
            self._out += (*block, "")
        if place.above:
            # What stands first in a file is read as the file's own, with a blank line below it.
            self._out += place.above if self._out else (*place.above, "")
        self._out.append(" ".join((body, *place.beside)))

    def _blank(self) -> None:
        if self._out and self._out[-1]:
            self._out.append("")


def _tables(table: Table, path: Path = ()) -> Iterator[tuple[_Place, list[_Place]]]:
    """The tables of a file in order, each with its lines and before those within it."""
    apart = [key for key, value in table.items() if as_sections((*path, key), value, table)]
    lines = [_Place((*path, key), value) for key, value in table.items() if key not in apart]
    yield _Place(path, table, head=True), lines
    for key in apart:
        here, value = (*path, key), table[key]
        for one, inner in (
            (((*here, at), item) for at, item in enumerate(value)) if is_list(value) else ((here, value),)
        ):
            yield from _tables(inner, one)


def _header(path: Path) -> str:
    name = key_text(tuple(part for part in path if isinstance(part, str)))
    return f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"


def _line(place: _Place) -> str:
    """A key and its value; a list in which comments stand has an element a line."""
    begun = f"{key_text((str(place.path[-1]),))} = "
    if not place.cells and not place.below:
        return begun + render(place.value, column=len(begun))
    rows: list[str] = []
    for at, one in enumerate(place.value):
        above, beside = place.cells.get(at, ([], []))
        rows += (*above, " ".join((f"{inline(one)},", *beside)))
    return "\n".join((f"{begun}[", *(f"{_INDENT}{row}" for row in (*rows, *place.below)), "]"))
