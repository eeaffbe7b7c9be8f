"""One row of the drafting screen: a sign, a label, words or cells; no width and no colour yet."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

READABLE, LEADING, GAP = 12, 22, 2
"""How wide a column of words, the leading one, and the gap between two must be to be read, in terminal cells."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look (``value``, ``open``, ``muted``, ``strong``, ``refused``); ``stop``: whose words they are."""

    text: str
    look: str = "value"
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in a row of answers; ``column`` is how wide its column would like to be, in terminal cells."""

    text: str
    column: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, a label, runs of words or cells, and the KEYs the cursor stops at in it, in order.

    ``over``: the KEY of what the rows below it belong to.
    """

    label: str
    runs: tuple[Run, ...]
    stops: tuple[str, ...] = ()
    sign: str = ""
    indent: int = 0
    wraps: bool = True
    gap: bool = False
    heading: bool = False
    cells: tuple[Cell, ...] = ()
    over: str = ""


def fitted(cells: tuple[Cell, ...], room: int) -> str:
    """The cells in one line of at most ``room`` terminal cells.

    The last columns are left out until the others are wide enough to be read; then the widest give way, numbers never.
    """
    leading = next((at for at, cell in enumerate(cells) if not cell.number), 0)

    def least(at: int) -> int:
        return cells[at].column if cells[at].number else min(cells[at].column, LEADING if at == leading else READABLE)

    kept = len(cells)
    while kept > leading + 1 and sum(least(at) for at in range(kept)) + GAP * (kept - 1) > room:
        kept -= 1
    widths = [cell.column for cell in cells[:kept]]
    while sum(widths) + GAP * (kept - 1) > room:
        free = [at for at in range(kept) if widths[at] > least(at)] or [leading]
        if widths[free[0]] <= 1:
            break
        widths[max(free, key=lambda at: widths[at])] -= 1
    return (" " * GAP).join(_padded(cell, width) for cell, width in zip(cells, widths, strict=False)).rstrip()


def _padded(cell: Cell, width: int) -> str:
    text = cell.text
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    gap = " " * (width - cell_len(text))
    return gap + text if cell.number else text + gap
