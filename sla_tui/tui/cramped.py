"""What is shown while the window is too small for anything else."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

LEAST = Size(72, 18)
"""The smallest window in which every screen works, in cells."""


def too_small(size: Size) -> bool:
    """Whether a window cannot hold the screens."""
    return size.width < LEAST.width or size.height < LEAST.height


class Cramped(ModalScreen[None]):
    """Covers whatever is there, which comes back as it was once the window is large enough."""

    DEFAULT_CSS = """
    Cramped { align: center middle; background: $background; }
    Cramped Static { width: auto; max-width: 100%; text-align: center; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "quit", id="cramped.quit", tooltip="Leave sla-tui"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="words")

    def on_mount(self) -> None:
        self._say(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        self._say(event.size)

    def _say(self, size: Size) -> None:
        words = f"Needs {LEAST.width} × {LEAST.height}; this window is {size.width} × {size.height}."
        self.query_one(Static).update(Content(words))

    def on_screen_resume(self) -> None:
        if self.is_current and not too_small(self.app.size):
            self.dismiss(None)
