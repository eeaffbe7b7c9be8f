"""The leads that a changed scoring treats otherwise than another version of it did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.scoring.comparesaid import headline, unanswered
from sla_tui.tui.board.fields import named
from sla_tui.tui.board.lines import Lines, Pieces, fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled

if TYPE_CHECKING:
    from sla_tui.scoring.compare import Comparison
    from sla_tui.scoring.results import Flip

PAGE = 32
"""Leads looked up at once."""
OUTCOMES = {True: "█ won", False: "░ lost", None: ""}


class FlipList(Lines):
    """The leads that flip, looked up as they come into sight."""

    def __init__(self, revealed: bool) -> None:
        super().__init__(id="flips")
        self._revealed = revealed
        self._found: Comparison | None = None
        self._pages: dict[int, tuple[Flip, ...]] = {}
        self.empty = "No lead comes in or goes out."

    def show(self, found: Comparison) -> None:
        """Shows who flips in a comparison."""
        self._found = found
        self._pages.clear()
        self.at = 0
        self.renew(found.flips)

    def _row(self, at: int) -> Flip | None:
        if self._found is None:
            return None
        page, within = divmod(at, PAGE)
        if page not in self._pages:
            found = self._found.page(page * PAGE, PAGE)
            leads = self._found.after.leads
            self._pages[page] = found if self._revealed else tuple(named(leads, row) for row in found)
        rows = self._pages[page]
        return rows[within] if within < len(rows) else None

    def head(self, width: int) -> str:
        return f"       {fit('Lead', 24)}{'Before':>8}{'Now':>8}{'Change':>8}  Outcome"

    def line(self, at: int, width: int) -> Pieces:
        row = self._row(at)
        if row is None:
            return []
        change = row.after - row.before
        return [
            ("› " if at == self.at else "  ", "accent"),
            ("in  " if row.enters else "out ", "good" if row.enters else "sign"),
            (f" {fit(row.id, 24)}", "strong" if at == self.at else "text"),
            (f"{row.before:>8}{row.after:>8}", "text"),
            (f"{f'{change:+d}' if change else '':>8}", "muted"),
            (f"  {OUTCOMES[row.won]}", "good" if row.won else "muted"),
        ]


class Flips(Dialog[None]):
    """Says who comes in and goes out against each of several versions, one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,f", "next", "another version", id="flips.next", tooltip="Compare with the next version"),
        Binding("q,enter", "leave", "close", show=False, id="source.leave", tooltip="Close the list"),
        CLOSE,
    ]

    def __init__(
        self, found: Sequence[tuple[str, Comparison]], stage: str, note: str = "", revealed: bool = False
    ) -> None:
        super().__init__("Who flips", "leads that the scoring treats otherwise now")
        self._found = found
        self._stage = stage
        self._note = note
        self._revealed = revealed
        self._at = 0

    def body(self) -> Iterable[Widget]:
        yield Static(id="versus", classes="said")
        yield FlipList(self._revealed)

    def on_mount(self) -> None:
        self._show()
        self.query_one(FlipList).focus()

    def _show(self) -> None:
        version, found = self._found[self._at]
        lines = [Content(headline(found, version, self._stage))]
        if missing := unanswered(found, version):
            lines.append(troubled(missing))
        if self._note:
            lines.append(Content.styled(self._note, "$text-muted"))
        others = [name for name, _ in self._found if name != version]
        if others:
            lines.append(Content.styled(f"Tab compares with {' and with '.join(others)}.", "$text-muted"))
        self.query_one("#versus", Static).update(Content("\n").join(lines))
        self.query_one(FlipList).show(found)

    def action_next(self) -> None:
        """Compares with the next version."""
        self._at = (self._at + 1) % len(self._found)
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers another version only where there is one."""
        return action != "next" or len(self._found) > 1
