"""Tables: widths by content, hair rules, the header row again on every page, rows split where they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph

from sla_tui.publish.blocks import Column, KeyTerm, Table, Text, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.setting import colour, paragraph, widest_word, width

_GAP = 9.0
"""Between two columns."""
_PAD = 3.6
"""Above and below a cell's text."""
_CLOSE = 2.2
"""The same between the lines that answer one key term."""
_TERM_GAP = 3.0
_TALLEST_HEAD = 150.0
"""A header row taller than this is set once, as a row that may split, not again on every page."""
_SAMPLE = 300
"""Rows whose text decides the widths."""
_WIDEST_WORD = 110.0
"""A word wider than this may be broken."""


def _wants(column: Column, texts: Sequence[Text]) -> tuple[float, float]:
    """The least width a column reads well at, and the width at which nothing wraps."""
    title = plain(column.title)
    wide = max([width(title, look.HEAD_CELL), *(width(text, look.CELL) for text in texts)])
    if column.nowrap and wide <= _WIDEST_WORD:
        return wide, wide
    word = max([widest_word(title, look.HEAD_CELL), *(widest_word(text, look.CELL) for text in texts)])
    return min(word, wide, _WIDEST_WORD), wide


def column_widths(table: Table, available: float) -> list[float]:
    """Widths that add up to ``available`` with the gaps: every column what it needs, the wordy ones what is left."""
    rows = table.rows[:_SAMPLE]
    wants = [_wants(column, [row[at] for row in rows]) for at, column in enumerate(table.columns)]
    room = available - _GAP * (len(wants) - 1)
    least, most = sum(low for low, _ in wants), sum(high for _, high in wants)
    if least >= room:
        return [low * room / least for low, _ in wants]
    if most <= room:
        wordy = [
            high if column.align == "left" and not column.nowrap else 0.0
            for (_, high), column in zip(wants, table.columns, strict=True)
        ]
        total = sum(wordy)
        if not total:
            return [high + (room - most) / len(wants) for _, high in wants]
        return [high + (room - most) * share / total for (_, high), share in zip(wants, wordy, strict=True)]
    stretch = [(high - low) ** 0.5 for low, high in wants]
    return _stretched(wants, stretch, room - least)


def _stretched(wants: list[tuple[float, float]], stretch: list[float], spare: float) -> list[float]:
    widths = [low for low, _ in wants]
    open_: set[int] = {at for at, part in enumerate(stretch) if part}
    while spare > 0.01 and open_:
        total = sum(stretch[at] for at in open_)
        given = {at: min(spare * stretch[at] / total, wants[at][1] - widths[at]) for at in open_}
        for at, more in given.items():
            widths[at] += more
        spare -= sum(given.values())
        open_: set[int] = {at for at in open_ if wants[at][1] - widths[at] > 0.01}
    return widths


@dataclass(slots=True)
class _Row:
    cells: list[Paragraph]
    height: float
    ruled: bool = True
    pad: float = _PAD


def _row(
    cells: list[Paragraph], widths: Sequence[float], style: look.Style, ruled: bool = True, pad: float = _PAD
) -> _Row:
    tall = max((cell.wrap(wide, 1e6)[1] for cell, wide in zip(cells, widths, strict=True)), default=0.0)
    return _Row(cells, max(tall, style.leading) + 2 * pad, ruled, pad)


def _split_row(row: _Row, widths: Sequence[float], height: float) -> tuple[_Row, _Row] | None:
    """A row taller than the page, cut where ``height`` ends; None where nothing of it fits."""
    room = height - 2 * _PAD
    tops: list[Paragraph] = []
    rests: list[Paragraph] = []
    for cell, wide in zip(row.cells, widths, strict=True):
        parts: list[Any] = [cell] if cell.height <= room else cell.split(wide, room)
        if not parts:
            return None
        tops.append(parts[0])
        rests.append(parts[1] if len(parts) > 1 else paragraph((), look.CELL))
    return _row(tops, widths, look.CELL), _row(rests, widths, look.CELL)


class SetTable(Flowable):
    """A table on its way onto pages; ``split`` takes time in proportion to the rows it keeps."""

    def __init__(self, widths: list[float], head: _Row | None, rows: list[_Row]) -> None:
        super().__init__()
        self.widths, self.head, self.rows = widths, head, rows
        self.spaceBefore = self.spaceAfter = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide and tall as its columns and rows; nothing depends on the room there is."""
        self.width = sum(self.widths) + _GAP * (len(self.widths) - 1)
        self.height = self._head_height() + sum(row.height for row in self.rows)
        return self.width, self.height

    def _head_height(self) -> float:
        return self.head.height if self.head else 0.0

    def least(self) -> float:
        """The height below which the table should begin on the next page: its header and two rows."""
        return self._head_height() + sum(min(row.height, 60.0) for row in self.rows[:2])

    def part(self, rows: list[_Row]) -> SetTable:
        """The same columns with other rows."""
        part = SetTable(self.widths, self.head, rows)
        part.spaceAfter = self.spaceAfter
        return part

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit and those that do not; no last row alone, and no row cut unless it is very tall."""
        room = aH - self._head_height()
        fits = 0
        while fits < len(self.rows) and self.rows[fits].height <= room:
            room -= self.rows[fits].height
            fits += 1
        if fits == len(self.rows):
            return [self]
        if fits:
            if fits == len(self.rows) - 1 and fits > 2:
                fits -= 1
            return [self.part(self.rows[:fits]), self.part(self.rows[fits:])]
        return self._split_first(aW, room)

    def _split_first(self, aW: float, room: float) -> list[Flowable]:
        first = self.rows[0]
        if room < 4 * look.CELL.leading or (first.height < 4 * room / 3 and first.height < 300):
            return []
        halves = _split_row(first, self.widths, room)
        return [self.part([halves[0]]), self.part([halves[1], *self.rows[1:]])] if halves else []

    def draw(self) -> None:
        """Draws header, rows and rules."""
        top = self._draw_row(self.head, self.height) if self.head else self.height
        self._rule(top, look.RULE, 0.8)
        for row in self.rows:
            top = self._draw_row(row, top)
            if row.ruled:
                self._rule(top, look.HAIR, 0.4)

    def _draw_row(self, row: _Row, top: float) -> float:
        left = 0.0
        for cell, wide in zip(row.cells, self.widths, strict=True):
            cell.drawOn(self.canv, left, top - row.pad - cell.height)
            left += wide + _GAP
        return top - row.height

    def _rule(self, y: float, tint: str, thick: float) -> None:
        self.canv.setStrokeColor(colour(tint))
        self.canv.setLineWidth(thick)
        self.canv.line(0, y, self.width, y)


def set_table(table: Table, available: float) -> SetTable:
    """``table`` wrapped to ``available`` points."""
    widths = column_widths(table, available)
    head = [paragraph(plain(column.title), look.HEAD_CELL, column.align) for column in table.columns]
    rows = [
        _row(
            [paragraph(text, look.CELL, column.align) for text, column in zip(row, table.columns, strict=True)],
            widths,
            look.CELL,
        )
        for row in table.rows
    ]
    titles = _row(head, widths, look.HEAD_CELL)
    if titles.height > _TALLEST_HEAD:
        return SetTable(widths, None, [titles, *rows])
    return SetTable(widths, titles, rows)


def _term_rows(term: KeyTerm, widths: Sequence[float]) -> list[_Row]:
    lines = term.lines or ((),)
    labels = [plain("" if at else term.label) for at in range(len(lines))]
    return [_term_row(label, line, widths) for label, line in zip(labels, lines, strict=True)]


def _term_row(label: Text, line: Text, widths: Sequence[float]) -> _Row:
    cells = [paragraph(label, look.KEY_TERM), paragraph(line, look.KEY_ANSWER)]
    return _row(cells, widths, look.KEY_ANSWER, False, _CLOSE)


def _counted(term: KeyTerm, rows: list[_Row], most: int, widths: Sequence[float]) -> list[_Row]:
    """At most ``most`` of a term's rows, the last of them saying how many there are besides."""
    if len(rows) <= most:
        return rows
    label, more = plain("" if most > 1 else term.label), f"and {len(rows) - most + 1} more, {term.where}"
    if most == 1:
        more = f"{len(rows)}, {term.where}"
    return [*rows[: most - 1], _term_row(label, plain(more), widths)]


def key_term_table(terms: Sequence[KeyTerm], available: float, tall: float) -> SetTable:
    """The title page's terms: what is asked at the left, its answers under one another at the right.

    Where they are taller than ``tall`` points the longest lists are shortened until all fit.
    """
    widths = [look.KEY_LABEL, available - look.KEY_LABEL - _GAP]
    whole = [_term_rows(term, widths) for term in terms]
    most = max((len(rows) for rows in whole), default=1)
    shown = whole
    while most > 1 and sum(row.height for rows in shown for row in rows) > tall - len(terms) * _TERM_GAP:
        most -= 1
        shown = [_counted(term, rows, most, widths) for term, rows in zip(terms, whole, strict=True)]
    for rows in shown:
        rows[-1] = _Row(rows[-1].cells, rows[-1].height + _TERM_GAP, True)
    return SetTable(widths, None, [row for rows in shown for row in rows])
