"""Tables: widths by content, hair rules, the header row again on every page, rows split where they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sla_tui.publish.blocks import Column, KeyTerm, Table, Text, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.setting import SetText, colour, extent, set_text
from sla_tui.publish.pdf.tagging import Element, TaggedCanvas

_GAP = 9.0
"""Between two columns."""
_PAD = 2.8
"""Above and below a cell's text."""
_CLOSE = 2.2
"""The same between the lines that answer one key term."""
_TERM_GAP = 3.0
_TALLEST_HEAD = 150.0
"""A header row taller than this is set once, as a row that may split, not again on every page."""
_TALL_ROW = 250.0
"""A row taller than this may be cut at the end of a page."""
_WORTH_CUTTING = 60.0
_FEWEST_NAMED = 2
"""Rows up to which none is announced by its first cell: the table would read as one of headers."""
_FEWEST_TOLD, _MOST_PAGES = 2, 3
"""Rows of a key term that are left, with the one that counts the others, and the pages all terms may take for that."""
_SAMPLE = 300
"""Rows whose text decides the widths."""
_WIDEST_WORD = 110.0
"""A word wider than this may be broken, where its column would take too much of the room for it."""
_FILLED = 0.8
"""The part of the room that the longest words may take."""


def _wants(column: Column, texts: Sequence[Text], widest: float, wraps: bool = False) -> tuple[float, float]:
    """The least width a column reads well at, for words up to ``widest``, and the width at which nothing wraps.

    With ``wraps`` it gets no more than its words need, whatever it asks for.
    """
    extents = [extent(plain(column.title), look.HEAD_CELL), *(extent(text, look.CELL) for text in texts)]
    wide, word = max(one for one, _ in extents), max(one for _, one in extents)
    if column.nowrap and not wraps and wide <= _WIDEST_WORD:
        return wide, wide
    return min(word, wide, widest), wide


def column_widths(table: Table, available: float) -> list[float]:
    """Widths that add up to ``available`` with the gaps: every column what it needs, the wordy ones what is left."""
    if table.columns[0].hangs:
        rest = replace(table, columns=table.columns[1:], rows=tuple(row[1:] for row in table.rows))
        return [look.GUTTER - _GAP, *column_widths(rest, available)]
    rows = table.rows[:_SAMPLE]
    held = [(column, [row[at] for row in rows]) for at, column in enumerate(table.columns)]
    room = available - _GAP * (len(table.columns) - 1)
    if all(column.share for column in table.columns):
        return _shared(room, [(column.share, _wants(column, texts, _WIDEST_WORD)[0]) for column, texts in held])
    wants = [_wants(column, texts, room / 2) for column, texts in held]
    if sum(low for low, _ in wants) > room * _FILLED:
        wants = [_wants(column, texts, _WIDEST_WORD) for column, texts in held]
    if sum(low for low, _ in wants) > room:
        wants = [_wants(column, texts, _WIDEST_WORD, wraps=True) for column, texts in held]
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


def _shared(room: float, wants: list[tuple[float, float]]) -> list[float]:
    """Widths by share; a column too narrow for its words takes from those that have room to spare."""
    whole = sum(share for share, _ in wants)
    widths = [room * share / whole for share, _ in wants]
    spare = [max(wide - low, 0.0) for wide, (_, low) in zip(widths, wants, strict=True)]
    short = sum(max(low - wide, 0.0) for wide, (_, low) in zip(widths, wants, strict=True))
    if not short or short > sum(spare):
        return widths
    given = short / sum(spare)
    return [max(wide, low) - more * given for wide, more, (_, low) in zip(widths, spare, wants, strict=True)]


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
    cells: list[SetText]
    height: float
    ruled: bool = True
    pad: float = _PAD


def _row(cells: list[SetText], ruled: bool = True, pad: float = _PAD) -> _Row:
    return _Row(cells, max(cell.height for cell in cells) + 2 * pad, ruled, pad)


_OVER_COLUMN, _BEFORE_ROW = "<</O/Table/Scope/Column>>", "<</O/Table/Scope/Row>>"


def _tag(row: _Row, table: Element, head: bool = False, named: bool = False) -> None:
    """The cells as the cells of one row of ``table``; with ``named`` the first says what the row is about."""
    inside = Element("TR", table)
    for at, cell in enumerate(row.cells):
        scope = _OVER_COLUMN if head else _BEFORE_ROW if named and not at else ""
        cell.element = Element("TH" if scope else "TD", inside, attributes=scope)


def _tag_term(rows: list[_Row], table: Element) -> None:
    """Rows that answer one key term: one cell beside them all says what it is."""
    label = Element("TH", Element("TR", table), attributes=f"<</O/Table/Scope/Row/RowSpan {len(rows)}>>")
    for at, row in enumerate(rows):
        row.cells[0].element = label
        row.cells[1].element = Element("TD", Element("TR", table) if at else label.parent)


def _split_row(row: _Row, room: float) -> tuple[_Row, _Row]:
    """A row too tall for any page, cut where ``room`` ends."""
    tops: list[SetText] = []
    rests: list[SetText] = []
    for cell in row.cells:
        first, rest = cell.parted(min(len(cell.lines), int((room - 2 * row.pad) / cell.style.leading)))
        tops.append(first)
        rests.append(rest)
    return _row(tops, False, row.pad), _row(rests, row.ruled, row.pad)


class SetTable:
    """A table set to a width; splitting it takes time in proportion to the rows that stay."""

    needs = 0.0
    fresh = False

    def __init__(self, widths: list[float], head: _Row | None, rows: Sequence[_Row], hang: float = 0.0) -> None:
        self.widths, self.head, self.rows, self.hang = widths, head, rows, hang
        self.before = self.after = 0.0
        self.wide = sum(widths) + _GAP * (len(widths) - 1) - hang

    @property
    def height(self) -> float:
        """Its header and all its rows."""
        return self._head_height() + sum(row.height for row in self.rows)

    @property
    def start(self) -> float:
        """Its header and two rows."""
        return self._head_height() + sum(min(row.height, 60.0) for row in self.rows[:2])

    def _head_height(self) -> float:
        return self.head.height if self.head else 0.0

    def part(self, rows: Sequence[_Row]) -> SetTable:
        """The same columns with other rows."""
        part = SetTable(self.widths, self.head, rows, self.hang)
        part.after = self.after
        return part

    def split(self, room: float) -> tuple[SetTable, SetTable] | None:
        """The rows that fit and those that do not; no last row alone, and no row cut unless it is very tall."""
        room -= self._head_height()
        fits = 0
        while fits < len(self.rows) and self.rows[fits].height <= room:
            room -= self.rows[fits].height
            fits += 1
        if fits == len(self.rows) - 1 and fits > 2 and self.rows[-1].height < _TALL_ROW:
            fits -= 1
        if fits < len(self.rows) and self.rows[fits].height > _TALL_ROW and room > _WORTH_CUTTING:
            top, rest = _split_row(self.rows[fits], room)
            return self.part([*self.rows[:fits], top]), self.part([rest, *self.rows[fits + 1 :]])
        return (self.part(self.rows[:fits]), self.part(self.rows[fits:])) if fits else None

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draws header, rows and rules."""
        top = self._draw_head(canvas, self.head, x, top) if self.head else top
        rules: list[float] = []
        first = top
        for row in self.rows:
            top = self._draw_row(canvas, row, x, top)
            if row.ruled:
                rules.append(top)
        with canvas.artifact():
            canvas.setStrokeColor(colour(look.RULE))
            canvas.setLineWidth(0.8)
            canvas.line(x, first, x + self.wide, first)
            canvas.setStrokeColor(colour(look.HAIR))
            canvas.setLineWidth(0.4)
            canvas.lines([(x, y, x + self.wide, y) for y in rules])

    def _draw_head(self, canvas: TaggedCanvas, row: _Row, x: float, top: float) -> float:
        """The header; one that is repeated on a later page is read out no second time."""
        if not row.cells[0].element.joined:
            return self._draw_row(canvas, row, x, top)
        x -= self.hang
        with canvas.artifact("Pagination"):
            for cell, wide in zip(row.cells, self.widths, strict=True):
                cell.draw_bare(canvas, x, top - row.pad)
                x += wide + _GAP
        return top - row.height

    def _draw_row(self, canvas: TaggedCanvas, row: _Row, x: float, top: float) -> float:
        x -= self.hang
        for cell, wide in zip(row.cells, self.widths, strict=True):
            if any(line.segments for line in cell.lines):
                cell.draw(canvas, x, top - row.pad)
            else:
                canvas.join(cell.element)
            x += wide + _GAP
        return top - row.height


def _cell(text: Text, column: Column, wide: float) -> SetText:
    return set_text(text, look.HANGING if column.hangs else look.CELL, wide, column.align)


def set_table(table: Table, available: float) -> SetTable:
    """``table`` set to ``available`` points."""
    widths = column_widths(table, available)
    columns = list(zip(table.columns, widths, strict=True))
    head = _row([set_text(plain(column.title), look.HEAD_CELL, wide, column.align) for column, wide in columns])
    rows = [
        _row([_cell(text, column, wide) for text, (column, wide) in zip(row, columns, strict=True)])
        for row in table.rows
    ]
    tagged = Element("Table", summary=table.title)
    _tag(head, tagged, head=True)
    for row in rows:
        _tag(row, tagged, named=table.named and len(table.rows) > _FEWEST_NAMED)
    hang = look.GUTTER if table.columns[0].hangs else 0.0
    if head.height > _TALLEST_HEAD:
        return SetTable(widths, None, [head, *rows], hang)
    return SetTable(widths, head, rows, hang)


def _term_rows(term: KeyTerm, widths: Sequence[float]) -> list[_Row]:
    lines = term.lines or ((),)
    labels = [plain("" if at else term.label) for at in range(len(lines))]
    return [_term_row(label, line, widths) for label, line in zip(labels, lines, strict=True)]


def _term_row(label: Text, line: Text, widths: Sequence[float]) -> _Row:
    cells = [set_text(label, look.KEY_TERM, widths[0]), set_text(line, look.KEY_ANSWER, widths[1])]
    return _row(cells, False, _CLOSE)


def _counted(term: KeyTerm, rows: list[_Row], most: int, widths: Sequence[float]) -> list[_Row]:
    """At most ``most`` of a term's rows, the last of them saying how many there are besides."""
    if len(rows) <= most:
        return rows
    label, more = plain("" if most > 1 else term.label), f"and {len(rows) - most + 1} more, {term.where}"
    if most == 1:
        more = f"{len(rows)}, {term.where}"
    return [*rows[: most - 1], _term_row(label, plain(more), widths)]


def _shortened(
    terms: Sequence[KeyTerm], whole: list[list[_Row]], widths: Sequence[float], tall: float, fewest: int
) -> list[list[_Row]] | None:
    """The rows of each term, the longest lists shortened to ``fewest`` rows until all fit; None where they do not."""
    shown = list(whole)
    while sum(row.height for rows in shown for row in rows) > tall:
        most = max(map(len, shown), default=0)
        if most <= fewest:
            return None
        longest = max(at for at, rows in enumerate(shown) if len(rows) == most)
        shown[longest] = _counted(terms[longest], whole[longest], most - 1, widths)
    return shown


def key_term_table(terms: Sequence[KeyTerm], available: float, tall: float, page: float) -> SetTable:
    """The title page's terms: what is asked at the left, its answers under one another at the right.

    Where they are taller than ``tall`` points the longest lists are shortened until all fit. Where less than the
    first of each would be left, as in large print, they take another ``page``.
    """
    widths = [look.KEY_LABEL, available - look.KEY_LABEL - _GAP]
    whole = [_term_rows(term, widths) for term in terms]
    tries = (
        _shortened(terms, whole, widths, tall - len(terms) * _TERM_GAP + more * page, _FEWEST_TOLD)
        for more in range(_MOST_PAGES)
    )
    shown = next((one for one in tries if one), None) or [
        _counted(term, rows, 1, widths) for term, rows in zip(terms, whole, strict=True)
    ]
    for rows in shown:
        rows[0] = _Row(rows[0].cells, rows[0].height + _TERM_GAP / 2, False, _CLOSE + _TERM_GAP / 2)
        rows[-1] = _Row(rows[-1].cells, rows[-1].height + _TERM_GAP / 2, True, rows[-1].pad)
    tagged = Element("Table", summary="Key terms")
    for rows in shown:
        _tag_term(rows, tagged)
    return SetTable(widths, None, [row for rows in shown for row in rows])
