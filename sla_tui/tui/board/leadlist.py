"""The leads in the order of their scores, read a page at a time as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sla_tui.tui.board.lines import Lines, Pieces, fit

if TYPE_CHECKING:
    from sla_tui.scoring.results import LeadRow

PAGE = 16
"""Leads read at once."""
KEPT = 64
"""Pages held at most."""
OUTCOMES = {True: "won", False: "lost", None: "open"}

Reader = Callable[[int, int], "tuple[LeadRow, ...]"]


class LeadList(Lines):
    """Shows leads from a reader ``(start, count) -> rows``; holds only the pages that were in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "screen.why", "why", id="board.why", tooltip="All that made the lead's score"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._read: Reader | None = None
        self._pages: dict[int, tuple[LeadRow, ...]] = {}
        self._stages: Mapping[str, str] = {}
        self._reached: frozenset[str] = frozenset()
        self._told = False
        self._held: tuple[object, ...] = ()
        self.empty = "No leads yet. o chooses a file of them."

    def show(
        self,
        read: Reader | None,
        count: int,
        stages: Mapping[str, str],
        reached: frozenset[str],
        told: bool,
        centre: int | None = None,
    ) -> None:
        """Shows ``count`` leads; ``stages`` are the stages' names, ``reached`` those at or beyond the threshold in
        hand, ``told``: whether what became of the leads is known, ``centre`` the place to put into the middle.
        """
        held = (read, count, stages, reached, told)
        if held != self._held:
            self._held = held
            self._read, self._stages, self._reached, self._told = read, stages, reached, told
            self._pages.clear()
            self.renew(count, centre)
        elif centre is not None:
            self.centre(centre)

    def row(self, at: int) -> LeadRow | None:
        """The lead at a place of the order; None past its end."""
        if self._read is None or not 0 <= at < self.count:
            return None
        page, within = divmod(at, PAGE)
        if page not in self._pages:
            if len(self._pages) >= KEPT:
                self._pages.clear()
            self._pages[page] = self._read(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[within] if within < len(rows) else None

    @property
    def here(self) -> LeadRow | None:
        """The lead at the cursor."""
        return self.row(self.at)

    def _widths(self, width: int) -> tuple[int, int]:
        rest = width - 3 - 7 - 2 - (9 if self._told else 0)
        stage = max(4, min(14, rest // 2 - 2))
        return max(4, min(24, rest - stage - 2)), stage

    def head(self, width: int) -> str:
        name, stage = self._widths(width)
        words = f"  {'Score':>7}  {fit('Lead', name)}  {fit('Stage', stage)}"
        if self._told:
            words += "  Outcome"
        return words

    def line(self, at: int, width: int) -> Pieces:
        row, here = self.row(at), at == self.at
        if row is None:
            return []
        name, stage = self._widths(width)
        inside = row.stage in self._reached
        pieces: list[tuple[str, str]] = [
            ("› " if here else "  ", "accent"),
            (f"{row.score:>7}", "cursor" if here else "strong" if inside else "muted"),
            (f"  {fit(row.id, name)}", "text" if inside or here else "muted"),
            (f"  {fit(self._stages.get(row.stage, row.stage), stage)}", "accent" if inside else "muted"),
        ]
        if self._told:
            sign = {True: "█", False: "░", None: " "}[row.won]
            pieces.append((f"  {sign} {OUTCOMES[row.won]}", "good" if row.won else "muted"))
        return pieces
