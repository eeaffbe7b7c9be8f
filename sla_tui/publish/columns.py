"""How wide a table's columns are where another program sets the lines: by what stands in them, counted in letters."""

from __future__ import annotations

from collections.abc import Sequence

from sla_tui.publish.blocks import Column, Table, Text
from sla_tui.publish.shown import shown

_ROOM = 92
"""Letters of a table's text that stand beside one another on a page."""
_WIDEST_WORD = 20
"""A word longer than this may be broken."""
_SAMPLE = 300
"""Rows whose text decides."""
_GAP = 2
"""Letters that the distance to the next column takes."""
_LINES = 3
"""How many lines a cell is given room for before other columns are made narrower for it."""


def shares(table: Table) -> list[int]:
    """By column its part of the width in percent, 100 together, each at least 1.

    Where columns say what part they take they have it, but for words that would be broken. A first one that hangs has
    what its numbers need.
    """
    rows = table.rows[:_SAMPLE]
    wants = [_wants(column, [row[at] for row in rows]) for at, column in enumerate(table.columns)]
    hung = 1 if table.columns[0].hangs else 0
    first = [float(min(high, _ROOM // 4)) for _, high in wants[:hung]]
    return _percent([*first, *_spread(table.columns[hung:], wants[hung:], _ROOM - sum(first))])


def _spread(columns: Sequence[Column], wants: Sequence[tuple[int, int]], room: float) -> list[float]:
    """``room`` in letters over columns that want so much at least and at most."""
    said = [column.share for column in columns]
    if all(said):
        return [max(low, room * part / sum(said)) for part, (low, _) in zip(said, wants, strict=True)]
    spare = max(room - sum(low for low, _ in wants), 0)
    stretch = [(high - low) ** 0.6 for low, high in wants]
    whole = sum(stretch) or 1.0
    return [low + spare * part / whole for (low, _), part in zip(wants, stretch, strict=True)]


def _wants(column: Column, texts: Sequence[Text]) -> tuple[int, int]:
    """The letters a column needs at least, and those at which nothing in it is broken into lines."""
    said = [column.title, *(shown("".join(run.text for run in text)) for text in texts)]
    lines = [line for one in said for line in one.split("\n")]
    longest = max(map(len, lines), default=0)
    word = max((len(word) for line in lines for word in line.split(" ")), default=0)
    least = longest if column.nowrap else word
    return min(least, _WIDEST_WORD) + _GAP, min(longest, _ROOM * _LINES) + _GAP


def _percent(widths: Sequence[float]) -> list[int]:
    """Whole percents in the proportion of ``widths``; the widest takes what rounding leaves."""
    whole = sum(widths)
    parts = [max(1, round(100 * wide / whole)) for wide in widths]
    parts[parts.index(max(parts))] += 100 - sum(parts)
    return parts
