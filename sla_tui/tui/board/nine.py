"""Fit against engagement: nine cells, how many leads each holds and how good those are; keys move the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from sla_tui.scoring.grid import COLUMNS, ENOUGH, ROWS
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import fit
from sla_tui.tui.board.sheet import Sheet, head, muted

if TYPE_CHECKING:
    from sla_tui.scoring.grid import Axes, Cell, Grid, Limits

_PARAGRAPHS = (
    "Rows are who leads are (A fits best), columns what they do (1 is the most engaged). Points come from the groups "
    "of kind fit and engagement, after their caps; rules in neither are left out.",
    f"Under each count: the share won of the leads whose outcome is known; with fewer than {ENOUGH} it is not told.",
    "The limits part the leads in thirds until you move them; they change nothing in the agreement.",
)
LIMITS = ("A from", "B from", "1 from", "2 from")
SIDE = 16
ROOMY = 30
"""Lines from which each cell has a bar of the share won."""
BEST = " ▲"


class Nine(Sheet):
    """Shows the grid of some axes between limits that can be moved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down", "choose(1)", "next limit", id="board.limit.next", tooltip="The next limit"),
        Binding("shift+tab,up", "choose(-1)", "limit before", show=False, id="board.limit.before",
                tooltip="The limit before"),
        Binding("right,plus", "move(1)", "one more", id="board.limit.more", tooltip="One point more"),
        Binding("left,minus", "move(-1)", "one less", id="board.limit.less", tooltip="One point less"),
        Binding("shift+right", "move(5)", "5 more", show=False, id="board.limit.more.5", tooltip="Five points more"),
        Binding("shift+left", "move(-5)", "5 less", show=False, id="board.limit.less.5", tooltip="Five points less"),
        Binding("r", "thirds", "thirds", id="board.limit.thirds", tooltip="The limits that part the leads in thirds"),
    ]  # fmt: skip
    title_words = "Fit × engagement"
    about = "\n\n".join(_PARAGRAPHS)

    def __init__(self, axes: Axes) -> None:
        super().__init__()
        self._axes = axes
        self._limits = [limit for pair in axes.usual() for limit in pair]
        self._at = 0

    def action_choose(self, by: int) -> None:
        """Goes to another limit."""
        self._at = (self._at + by) % len(LIMITS)
        self.show()

    def action_move(self, by: int) -> None:
        """Moves the limit in hand, not past the other one of its axis."""
        at, limits = self._at, self._limits
        moved = limits[at] + by
        limits[at] = max(moved, limits[at + 1] + 1) if at % 2 == 0 else min(moved, limits[at - 1] - 1)
        self.show()

    def action_thirds(self) -> None:
        """Parts the leads in thirds again."""
        self._limits = [limit for pair in self._axes.usual() for limit in pair]
        self.show()

    def lines(self) -> list[Content]:
        """The limits, the cells, and what is not in them."""
        fit_limits, engagement = (self._limits[0], self._limits[1]), (self._limits[2], self._limits[3])
        grid = self._axes.grid(fit_limits, engagement)
        width = max(12, (self.width - SIDE) // 3)
        said = [self._chosen(), Content(""), muted(f"{'':{SIDE}}{'engagement →':<{width}}")]
        tops = Content("").join(
            [head(fit(f"{name}  {_band(at, engagement)}", width)) for at, name in enumerate(COLUMNS)]
        )
        said.append(Content.assemble((fit("fit ↓", SIDE), "$text-muted"), tops))
        best = max((cell.precision or 0 for cell in grid.cells), default=0)
        for at, row in enumerate(ROWS):
            cells = grid.cells[3 * at : 3 * at + 3]
            counts = "".join(
                fit(f"{number(cell.leads)} {'lead' if cell.leads == 1 else 'leads'}", width) for cell in cells
            )
            said += [
                Content(""),
                Content.assemble(head(fit(f"{row}  {_band(at, fit_limits)}", SIDE)), (counts, "bold")),
            ]
            if grid.told:
                words = [_quality(cell, width, best) for cell in cells]
                said.append(Content.assemble(" " * SIDE, *words))
                if self.size.height >= ROOMY:
                    drawn = [(fit(_bar(cell, width - 4), width), words[at][1]) for at, cell in enumerate(cells)]
                    said.append(Content.assemble(" " * SIDE, *drawn))
        return [*said, *_notes(grid)]

    def _chosen(self) -> Content:
        words: list[str | tuple[str, str]] = ["Limits   "]
        for at, (name, limit) in enumerate(zip(LIMITS, self._limits, strict=True)):
            words += [(f" {name} {limit} ", "bold reverse" if at == self._at else ""), "  "]
        return Content.assemble(*words)


def _band(at: int, limits: Limits) -> str:
    high, low = limits
    if at == 0:
        return f"{high} and more"
    if at == 2:
        return f"below {low}"
    return f"{low} to {high - 1}" if low < high - 1 else str(low)


def _quality(cell: Cell, width: int, best: float) -> tuple[str, str]:
    if cell.precision is None:
        return fit("too few" if cell.leads else "", width), "$text-muted"
    first = 0 < cell.precision == best
    words = f"{100 * cell.precision:.0f} % of {number(cell.known)} won{BEST if first else ''}"
    return fit(words, width), "$success" if first else ""


def _bar(cell: Cell, width: int) -> str:
    """The share won as a bar; empty where it is not told."""
    if cell.precision is None:
        return ""
    filled = round(cell.precision * width)
    return "█" * filled + "░" * (width - filled)


def _notes(grid: Grid) -> list[Content]:
    notes: list[Content] = []
    if grid.told:
        few = f"“Too few”: fewer than {ENOUGH} of a cell's leads have a known outcome."
        notes.append(muted(f"{BEST.strip()} the best of them. {few}"))
    else:
        notes.append(muted("No outcome is known; on the board, y says which column tells who was won."))
    if count := len(grid.outside):
        what = "1 rule is" if count == 1 else f"{count} rules are"
        notes.append(muted(f"{what} in no group of kind fit or engagement, so not in here: {', '.join(grid.outside)}."))
    return [Content(""), *notes]
