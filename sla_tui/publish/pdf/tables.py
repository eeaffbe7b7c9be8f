"""Tables: widths by content, hair rules between rows, the header row again on every page, rows split where they must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph

from sla_tui.publish.pdf import look
from sla_tui.publish.blocks import Column, KeyTerm, Table, Text, plain
from sla_tui.publish.pdf.setting import colour, paragraph, widest_word, width

_GAP = 9.0
"""Between two columns."""
_PAD = 3.6
"""Above and below a cell's text."""
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
    open_ = {at for at, part in enumerate(stretch) if part}
    while spare > 0.01 and open_:
        total = sum(stretch[at] for at in open_)
        given = {at: min(spare * stretch[at] / total, wants[at][1] - widths[at]) for at in open_}
        for at, more in given.items():
            widths[at] += more
        spare -= sum(given.values())
        open_ = {at for at in open_ if wants[at][1] - widths[at] > 0.01}
    return widths


@dataclass(slots=True)
class _Row:
    cells: list[Paragraph]
    height: float
    ruled: bool = True


def _row(cells: list[Paragraph], widths: Sequence[float], style: look.Style, ruled: bool = True) -> _Row:
    tall = max((cell.wrap(wide, 1e6)[1] for cell, wide in zip(cells, widths, strict=True)), default=0.0)
    return _Row(cells, max(tall, style.leading) + 2 * _PAD, ruled)


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

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
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
        return SetTable(self.widths, self.head, rows)

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
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

    def _split_first(self, aW: float, room: float) -> list[Flowable]:  # noqa: N803
        first = self.rows[0]
        if room < 4 * look.CELL.leading or first.height < 4 * room / 3 and first.height < 300:
            return []
        halves = _split_row(first, self.widths, room)
        return [self.part([halves[0]]), self.part([halves[1], *self.rows[1:]])] if halves else []

    def draw(self) -> None:
        top = self._draw_row(self.head, self.height) if self.head else self.height
        self._rule(top, look.RULE, 0.8)
        for row in self.rows:
            top = self._draw_row(row, top)
            if row.ruled:
                self._rule(top, look.HAIR, 0.4)

    def _draw_row(self, row: _Row, top: float) -> float:
        left = 0.0
        for cell, wide in zip(row.cells, self.widths, strict=True):
            cell.drawOn(self.canv, left, top - _PAD - cell.height)
            left += wide + _GAP
        return top - row.height

    def _rule(self, y: float, tint: str, thick: float) -> None:
        self.canv.setStrokeColor(colour(tint))
        self.canv.setLineWidth(thick)
        self.canv.line(0, y, self.width, y)


def set_table(table: Table, available: float) -> SetTable:
    """``table`` wrapped to ``available`` points."""
    widths = column_widths(table, available)
    aligns = [column.align for column in table.columns]
    head = [paragraph(plain(column.title), look.HEAD_CELL, column.align) for column in table.columns]
    rows = [
        _row([paragraph(text, look.CELL, align) for text, align in zip(row, aligns, strict=True)], widths, look.CELL)
        for row in table.rows
    ]
    return SetTable(widths, _row(head, widths, look.HEAD_CELL), rows)


def key_term_table(terms: Sequence[KeyTerm], available: float) -> SetTable:
    """The title page's terms: what is asked at the left, its answers under one another at the right."""
    widths = [look.KEY_LABEL, available - look.KEY_LABEL - _GAP]
    rows: list[_Row] = []
    for term in terms:
        for at, line in enumerate(term.lines or ((),)):
            label = paragraph(plain("" if at else term.label), look.KEY_TERM)
            rows.append(
                _row([label, paragraph(line, look.KEY_ANSWER)], widths, look.KEY_ANSWER, at >= len(term.lines) - 1)
            )
    return SetTable(widths, None, rows)
