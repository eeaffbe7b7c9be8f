"""How a histogram of scores is drawn in cells: which scores a bar holds, how high it stands, where marks go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EIGHTHS = " ▁▂▃▄▅▆▇█"
LOST = "░"
OPEN = "·"
STEPS = (1, 2, 5)
WIDEST = 4
"""Cells of one bar at most."""
TALL = 3
"""A bar this many times as high as the next is cut, so that the others can be read."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The leads with ``low`` <= score <= ``high`` by what became of them."""

    low: int
    high: int
    won: int = 0
    lost: int = 0
    open: int = 0

    @property
    def leads(self) -> int:
        """All leads of the bar."""
        return self.won + self.lost + self.open


Column = list[tuple[str, bool]]
"""One bar from its foot up: each row's character, and whether others stand right above the solid part of its cell."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The scores shown: ``count`` bars of ``step`` points from ``low`` on, each ``cells`` wide."""

    low: int
    step: int
    count: int
    cells: int

    @property
    def width(self) -> int:
        """Cells of all bars."""
        return self.count * self.cells

    @property
    def high(self) -> int:
        """The first score to the right of the axis."""
        return self.low + self.step * self.count

    def cell(self, score: int) -> int:
        """The cell a score stands in, held to the axis."""
        return max(0, min(self.width - 1, (score - self.low) * self.cells // self.step))


def axis(low: int, high: int, width: int) -> Axis:
    """The axis for scores ``low`` to ``high`` in ``width`` cells: the finest round step whose bars are two cells wide,
    or one where the step is a single point.
    """
    size = 1
    while True:
        for step in (size * one for one in STEPS):
            first = low // step * step
            count = (high - first) // step + 1
            if count * (1 if step == 1 else 2) <= max(2, width):
                return Axis(first, step, count, max(1, min(WIDEST, width // count)))
        size *= 10


def in_sight(counts: Sequence[tuple[int, int]], wanted: Iterable[int]) -> tuple[int, int]:
    """The lowest and highest score worth a place, given (score, leads) in order: the outermost half percent is left
    to the bars at the ends, but every score in ``wanted`` is in sight.
    """
    wanted = tuple(wanted)
    total = sum(leads for _, leads in counts)
    if not total:
        return (min((0, *wanted)), max((1, *wanted)))
    rest = total // 200
    low, high = counts[0][0], counts[-1][0]
    passed = 0
    for score, leads in counts:
        passed += leads
        if passed > rest:
            low = score
            break
    passed = 0
    for score, leads in reversed(counts):
        passed += leads
        if passed > rest:
            high = score
            break
    return min((low, *wanted)), max((high, *wanted))


def ceiling(bars: Sequence[Bar]) -> int:
    """How many leads a bar of full height stands for. One bar far above all others is cut."""
    heights = sorted((bar.leads for bar in bars), reverse=True)
    if not heights or not heights[0]:
        return 1
    if len(heights) > 2 and heights[1] and heights[0] > TALL * heights[1]:
        return heights[1] * 3 // 2 + 1
    return heights[0]


def column(bar: Bar, rows: int, full: int, told: bool) -> Column:
    """One bar from its foot up, a character a row: won solid in eighths, lost ``░`` and open ``·`` above it.

    Where outcomes are not told, every lead is solid. Whatever holds a lead shows at its foot.
    """
    solid = bar.won if told else bar.leads
    filled = min(rows * 8, _eighths(solid, rows, full))
    lost = min(rows * 8, _eighths(solid + (bar.lost if told else 0), rows, full))
    top = min(rows * 8, _eighths(bar.leads, rows, full))
    cells: Column = []
    for row in range(rows):
        foot = row * 8
        if filled > foot:
            cells.append((EIGHTHS[min(8, filled - foot)], top >= foot + 8 > filled))
        elif lost >= foot + 4 or (row == 0 and bar.lost and told):
            cells.append((LOST, False))
        elif top >= foot + 4 or (row == 0 and bar.leads):
            cells.append((OPEN, False))
        else:
            cells.append((" ", False))
    return cells


def _eighths(leads: int, rows: int, full: int) -> int:
    return max(1, (leads * rows * 8 + full // 2) // full) if leads else 0


def labels(marks: Sequence[tuple[int, str]], width: int) -> list[tuple[int, str]]:
    """Where labels go under their marks, (cell, words) most important first: as near to the middle as others leave
    room, always touching the mark; one without room is left out.
    """
    placed: list[tuple[int, str]] = []
    for cell, words in marks:
        size = len(words)
        starts = sorted(range(cell - size + 1, cell + 1), key=lambda start: abs(start + size // 2 - cell))
        free = (start for start in starts if 0 <= start <= width - size and not _taken(start, size, placed))
        start = next(free, None)
        if start is not None:
            placed.append((start, words))
    return sorted(placed)


def _taken(start: int, size: int, placed: Sequence[tuple[int, str]]) -> bool:
    return any(start <= at + len(words) and at <= start + size for at, words in placed)
