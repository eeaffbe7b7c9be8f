"""Says where an answer comes from: measured, agreed, an example; and a note, such as the report it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sla_tui.agreement.sources import Source
from sla_tui.agreement.text import clean_line
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.dialogs.pick import Pick
from sla_tui.workshop.origins import KINDS

ABOUT = "Whoever reads a number wants to know whether it was counted or guessed. It is kept beside the answer."


@dataclass(frozen=True, slots=True)
class Said:
    """What was said: the kind, empty for nothing any more, and a note."""

    kind: str
    note: str


class Origin(Dialog[Said]):
    """Hands back what is said of the answer called ``title``; ``source`` is what was said so far."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "say so", priority=True, id="origin.take", tooltip="Keep this beside the answer"),
        Binding("tab,down", "app.focus_next", "next", id="origin.next", tooltip="The next line"),
        Binding("shift+tab,up", "app.focus_previous", "before", show=False, id="origin.before"),
        CLOSE,
    ]

    def __init__(self, title: str, source: Source | None) -> None:
        super().__init__("Where does it come from?", clean_line(title))
        self._source = source

    def body(self) -> Iterable[Widget]:
        with Horizontal(classes="row"):
            yield Static("It is", classes="label")
            yield Pick(KINDS, id="kind")
        with Horizontal(classes="row"):
            yield Static("Note", classes="label")
            note = (self._source.note if self._source else None) or ""
            yield Input(note, placeholder="for example: CRM, 2026", id="note", compact=True, select_on_focus=False)
        yield Static(Content.styled(ABOUT, "$text-muted"), classes="said")

    def on_mount(self) -> None:
        if self._source is not None:
            self.query_one(Pick).value = self._source.kind
        self.query_one(Pick).focus()

    def action_take(self) -> None:
        """Hands back what is chosen and typed."""
        self.dismiss(Said(self.query_one(Pick).value, self.query_one("#note", Input).value))
