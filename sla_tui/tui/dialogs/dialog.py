"""What every dialog has: a title, its body, the keys at the bottom, and Esc to leave without an answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.tui.keys import KeyBar

R = TypeVar("R")

STYLES = Path(__file__).with_name("dialogs.tcss")
CLOSE = Binding("escape", "leave", "close", id="dialog.close", tooltip="Close this without doing anything")
"""The last binding of every dialog."""


class Dialog(ModalScreen[R | None]):
    """A panel over the screen it was asked from. ``None`` is handed back when it is left without an answer."""

    CSS_PATH = STYLES

    def __init__(self, heading: str, more: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._more = more

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            yield Static(self._title(), classes="title")
            yield from self.body()
        yield KeyBar(last=(CLOSE.action,))

    def body(self) -> Iterable[Widget]:
        """What stands below the title."""
        return ()

    def _title(self) -> Content:
        return Content.assemble(
            (self._heading, "bold $primary"), (f"  {self._more}" if self._more else "", "$text-muted")
        )

    def action_leave(self) -> None:
        """Hands back nothing."""
        self.dismiss(None)


def troubled(message: str, remedy: str = "") -> Content:
    """What is wrong and what to do, marked."""
    return Content.assemble(("! ", "bold $warning"), message, (f"\n  {remedy}" if remedy else "", "$text-muted"))
