"""The rows of the files that no lead was made of, each with its line and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from sla_tui.scoring.personal import without_names
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Lines, Pieces, fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog

if TYPE_CHECKING:
    from sla_tui.scoring.results import Rejected


class _Rows(Lines):
    def __init__(self, rows: Sequence[Rejected], revealed: bool, id_header: str) -> None:
        super().__init__(id="leftout")
        self._rows = rows
        self._revealed = revealed
        self._id_header = id_header

    def on_mount(self) -> None:
        self.renew(len(self._rows))
        self.focus()

    def line(self, at: int, width: int) -> Pieces:
        row = self._rows[at]
        place = f"{Path(row.file).name}:{row.line}" if row.line else Path(row.file).name
        look = "strong" if at == self.at else "text"
        reason = row.reason if self._revealed else without_names(row.reason, self._id_header)
        return [("› " if at == self.at else "  ", "accent"), (fit(place, 24), "muted"), (f"  {reason}", look)]


class LeftOut(Dialog[None]):
    """Lists rejected rows; there may be very many. ``id_header`` is that of the column with their ids."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,q,enter", "leave", "close", show=False, id="source.leave", tooltip="Close the list"),
        CLOSE,
    ]

    def __init__(self, rows: Sequence[Rejected], revealed: bool = False, id_header: str = "") -> None:
        count = len(rows)
        super().__init__(f"{number(count)} {'row' if count == 1 else 'rows'} left out", "the others are counted")
        self._rows = rows
        self._revealed = revealed
        self._id_header = id_header

    def body(self) -> Iterable[Widget]:
        yield _Rows(self._rows, self._revealed, self._id_header)
