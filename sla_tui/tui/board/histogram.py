"""The leads by score, split by what became of them, with the stages' thresholds marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sla_tui.scoring.sentence import number
from sla_tui.tui.board import bars
from sla_tui.tui.board.bars import Axis, Bar
from sla_tui.tui.board.lines import Pieces

SPARE = 8
"""Lines from which the thresholds' names get one of their own."""
LOOKS = ("won", "lost", "mixed", "axis", "mark", "here")
GUTTER = 7
"""Cells left of the bars, for the counts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold: where, what it is called, and whether it is the one in hand."""

    at: int
    name: str
    here: bool = False


class Histogram(Widget):
    """Draws bars; holds no figures of its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"histogram--{name}" for name in LOOKS}
    DEFAULT_CSS = """
    Histogram {
        height: 1fr;
        .histogram--won { color: $primary; }
        .histogram--lost { color: $text-muted; }
        .histogram--mixed { color: $primary; background: $panel-lighten-2; }
        .histogram--axis { color: $text-muted; }
        .histogram--mark { color: $text-muted; }
        .histogram--here { color: $warning; text-style: bold; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: tuple[Bar, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._told = False
        self._lines: list[Strip] = []
        self._drawn_for: tuple[int, int] | None = None

    def show(self, counts: Sequence[Bar], marks: Sequence[Mark], told: bool) -> None:
        """Shows leads by score, ``counts`` with a bar for each score; ``told``: whether outcomes are known."""
        held = (tuple(counts), tuple(marks), told)
        if held != (self._counts, self._marks, self._told):
            self._counts, self._marks, self._told = held
            self._redraw()

    def _redraw(self) -> None:
        """Draws those lines anew that differ."""
        size, before = (self.size.width, self.size.height), self._lines
        if self._drawn_for != size:
            self.refresh()
            return
        self._lines = self._draw(*size)
        if len(self._lines) != len(before):
            self.refresh()
        elif lines := [y for y, (one, other) in enumerate(zip(self._lines, before, strict=True)) if one != other]:
            self.refresh(*(Region(0, y, size[0], 1) for y in lines))

    def notify_style_update(self) -> None:
        """Draws anew with other colours."""
        super().notify_style_update()
        self._drawn_for = None

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        size = (self.size.width, self.size.height)
        if self._drawn_for != size:
            self._lines = self._draw(*size)
            self._drawn_for = size
        return self._lines[y] if y < len(self._lines) else Strip.blank(size[0], self.visual_style.rich_style)

    def _draw(self, width: int, height: int) -> list[Strip]:
        low_room = height < SPARE
        rows, room = height - (2 if low_room else 3), width - GUTTER - 1
        if rows < 1 or room < 8 or not self._counts:
            return []
        low, high = bars.in_sight([(bar.low, bar.leads) for bar in self._counts], [mark.at for mark in self._marks])
        axis = bars.axis(low, high, room)
        drawn = gathered(self._counts, axis)
        full = bars.ceiling(drawn)
        lines = [self._legend(drawn, axis, full, width)]
        columns = [bars.column(bar, rows, full, self._told) for bar in drawn]
        lines += [self._row(columns, axis, rows, row, full) for row in reversed(range(rows))]
        lines += [self._named_base(axis)] if low_room else [self._base(axis), self._names(axis)]
        looks = {name: self.get_visual_style(f"histogram--{name}").rich_style for name in LOOKS}
        blank = self.visual_style.rich_style
        strips = [Strip(Segment(words, looks[look]) for words, look in line) for line in lines]
        return [strip.simplify().adjust_cell_length(width, blank) for strip in strips]

    def _legend(self, drawn: Sequence[Bar], axis: Axis, full: int, width: int) -> Pieces:
        tallest = max(drawn, key=lambda bar: bar.leads)
        cut = ""
        if tallest.leads > full:
            scores = f"{tallest.low}" if tallest.low == tallest.high else f"{tallest.low} to {tallest.high}"
            cut = f"   ↑ {number(tallest.leads)} at {scores}, cut"
        each = "at each score" if axis.step == 1 else f"by score, {axis.step} points a bar"
        key = [("█", "won"), (" won  ", "axis"), (bars.LOST, "lost"), (" lost", "axis")] if self._told else []
        if self._told and any(bar.open for bar in drawn):
            key += [("  ", "axis"), (bars.OPEN, "lost"), (" open", "axis")]
        room = width - 4 - sum(len(words) for words, _ in key)
        said = next((one for one in (f" leads {each}{cut}", f" leads{cut}") if len(one) <= room), " leads")
        return [(said + " " * max(2, room + 2 - len(said)), "axis"), *key]

    def _row(self, columns: Sequence[bars.Column], axis: Axis, rows: int, row: int, full: int) -> Pieces:
        count = ""
        if row == rows - 1 or (rows >= 6 and row == rows // 2 - 1):
            count = number(full * (row + 1) // rows)
        marked = {axis.cell(mark.at): mark.here for mark in sorted(self._marks, key=lambda mark: mark.here)}
        pieces: list[tuple[str, str]] = [(f"{count:>{GUTTER - 2}} ┤", "axis")]
        for at, column in enumerate(columns):
            glyph, backed = column[row]
            look = "mixed" if backed else "won" if glyph in bars.EIGHTHS else "lost"
            for cell in range(at * axis.cells, (at + 1) * axis.cells):
                if glyph == " " and cell in marked:
                    pieces.append(("┃", "here") if marked[cell] else ("┊", "mark"))
                else:
                    pieces.append((glyph, look))
        return pieces

    def _base(self, axis: Axis) -> Pieces:
        marked = {axis.cell(mark.at): mark.here for mark in sorted(self._marks, key=lambda mark: mark.here)}
        pieces: list[tuple[str, str]] = [(" " * (GUTTER - 1) + "└", "axis")]
        for cell in range(axis.width):
            pieces.append(("▲", "here") if marked.get(cell) else ("┴" if cell in marked else "─", "axis"))
        return pieces

    def _named_base(self, axis: Axis) -> Pieces:
        """The axis with the thresholds' names in it, each right of its mark."""
        pieces: list[tuple[str, str]] = [(" " * (GUTTER - 1) + "└", "axis")]
        marks = sorted(((axis.cell(mark.at), not mark.here, mark) for mark in self._marks), key=lambda one: one[:2])
        low = f" {axis.low} "
        at = len(low)
        pieces.append((low, "mark"))
        for place, (cell, _, mark) in enumerate(marks):
            if cell < at:
                continue
            end = next((one for one, _, _ in marks[place + 1 :] if one > cell), axis.width)
            look = "here" if mark.here else "axis"
            words = f" {mark.name} {mark.at} "
            words = words if len(words) + 1 < end - cell else ""
            pieces += [("─" * (cell - at), "axis"), ("▲" if mark.here else "┴", look), (words, look)]
            at = cell + 1 + len(words)
        high = f" {axis.high - 1}"
        pieces.append(("─" * max(0, axis.width - at - len(high)), "axis"))
        if at + len(high) <= axis.width:
            pieces.append((high, "mark"))
        return pieces

    def _names(self, axis: Axis) -> Pieces:
        wanted = [(axis.cell(mark.at), mark) for mark in sorted(self._marks, key=lambda mark: not mark.here)]
        named = [(cell, f"{mark.name} {mark.at}") for cell, mark in wanted]
        here = {f"{mark.name} {mark.at}" for mark in self._marks if mark.here}
        named += [(0, f"{axis.low}"), (axis.width - 1, f"{axis.high - 1}")]
        pieces: list[tuple[str, str]] = [(" " * GUTTER, "axis")]
        at = 0
        for start, words in bars.labels(named, axis.width):
            pieces += [(" " * (start - at), "axis"), (words, "here" if words in here else "mark")]
            at = start + len(words)
        return pieces


def gathered(counts: Sequence[Bar], axis: Axis) -> list[Bar]:
    """The leads by score gathered into the axis' bars; scores beyond its ends go into the bars at the ends."""
    sums = [[0, 0, 0] for _ in range(axis.count)]
    for bar in counts:
        held = sums[max(0, min(axis.count - 1, (bar.low - axis.low) // axis.step))]
        held[0] += bar.won
        held[1] += bar.lost
        held[2] += bar.open
    return [Bar(axis.low + at * axis.step, axis.low + (at + 1) * axis.step - 1, *held) for at, held in enumerate(sums)]
