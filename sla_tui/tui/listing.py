"""A list to move in; what Enter does is the screen's to say."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import OptionList


class Pointed(OptionList):
    """An option list in which the line in hand begins with a sign, so that it is seen without colours too."""

    def render_line(self, y: int) -> Strip:
        """One line; the first cell of the one in hand is the sign."""
        strip, at = super().render_line(y), y + self.scroll_offset.y
        if not (0 <= at < len(self._lines)) or self._lines[at] != (self.highlighted, 0):
            return strip
        first = next(iter(strip))
        look = (first.style or Style()) + Style(bold=self.has_focus)
        return Strip.join([Strip([Segment("›", look)], 1), strip.crop(1)])


class Listing(Pointed, inherit_bindings=False):
    """An option list whose keys are declared as all others are."""

    DEFAULT_CSS = """
    Listing > .option-list--option-highlighted { background: $boost; color: $foreground; }
    Listing:focus > .option-list--option-highlighted { background: $boost; color: $foreground; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False, id="list.down", tooltip="The next one"),
        Binding("up,k", "cursor_up", "up", show=False, id="list.up", tooltip="The one before"),
        Binding("home,g", "first", "first", show=False, id="list.first", tooltip="The first one"),
        Binding("end,G", "last", "last", show=False, id="list.last", tooltip="The last one"),
        Binding("pagedown", "page_down", "page down", show=False, id="list.pagedown", tooltip="A screenful down"),
        Binding("pageup", "page_up", "page up", show=False, id="list.pageup", tooltip="A screenful up"),
    ]
