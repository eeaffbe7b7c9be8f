"""The application: which screen comes first, what holds on every screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType

from sla_tui.tui.keys import palette_commands
from sla_tui.tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from textual.screen import Screen


class SlaTui(App[None]):
    """A workshop on one agreement, or the start screen over a folder of them."""

    TITLE = "sla-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command_palette", "palette", id="app.palette", tooltip="Find an action by its name"),
        Binding("ctrl+q", "quit", "quit", show=False, id="app.quit", tooltip="Leave sla-tui; everything is saved"),
    ]
    CSS = """
    * { scrollbar-size-vertical: 1; }
    """

    def __init__(self, path: Path | None = None, folder: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._folder = folder or Path("agreements")
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    async def on_mount(self) -> None:
        from sla_tui.tui.drafting.screen import Drafting
        from sla_tui.workshop.draft import Draft

        if self._path is not None:
            await self.push_screen(Drafting(Draft.open(self._path)), lambda _result: self.exit())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what the screen's own keys do, then what Textual offers."""
        yield from palette_commands(screen)
        yield SystemCommand("Theme", "Light, dark, and more colours", self.action_change_theme)


def run(path: Path | None = None, folder: Path | None = None) -> int:
    """Runs the application on one agreement, or on a folder of them; the exit code."""
    app = SlaTui(path, folder)
    app.run()
    return app.return_code or 0
