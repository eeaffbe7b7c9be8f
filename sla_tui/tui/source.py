"""A file's text with line numbers, to look at only: any size, any bytes, one place marked."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

MOST = 16 * 1024 * 1024
"""Bytes that are shown of a file."""
STEP = 16
"""Characters by which one key moves sideways."""
_UNSEEN = (*range(128, 160), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_SHOWN = {code: 0x2400 + code for code in range(32)} | {127: 0x2421, 9: " "} | dict.fromkeys(_UNSEEN, "·")
"""Control characters, direction marks and what has no width, as one visible cell each."""


def lines_of(path: Path) -> list[str]:
    """The lines of a file as they can be shown; what is no UTF-8 text stands as ``�``, none if unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST)
    except OSError:
        return []
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return [line.removesuffix("\r") for line in text.split("\n")]


class Source(ScrollView, can_focus=True):
    """Draws only the lines in view, and of each only what fits."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"source--number", "source--here", "source--mark"}
    DEFAULT_CSS = """
    Source { background: $background; color: $foreground; }
    Source .source--number { color: $text-disabled; }
    Source .source--here { background: $boost; color: $foreground; }
    Source .source--mark { background: $warning; color: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", "down", show=False, id="source.down", tooltip="A line down"),
        Binding("up", "scroll_up", "up", show=False, id="source.up", tooltip="A line up"),
        Binding("right", "aside(1)", "right", show=False, id="source.right", tooltip="Further along long lines"),
        Binding("left", "aside(-1)", "left", show=False, id="source.left", tooltip="Back along long lines"),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[str] = []
        self._left = 0
        self._mark = (0, 0)

    def show(self, lines: list[str]) -> None:
        """Shows other text."""
        self._lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self.refresh()

    def point(self, line: int, column: int) -> None:
        """Marks a character, both counted from 1 (0: none), and brings it into view."""
        self._mark = (line, column)
        room = self._room()
        self._left = 0 if column <= room - 4 else column - room // 2
        if line:
            self.scroll_to(y=max(0, line - 1 - self.size.height // 3), animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.point(*self._mark)

    def action_aside(self, by: int) -> None:
        """Along the lines."""
        longest = max((len(line) for line in self._in_view()), default=0)
        self._left = max(0, min(self._left + by * STEP, max(0, longest - STEP)))
        self.refresh()

    def _in_view(self) -> list[str]:
        top = self.scroll_offset.y
        return self._lines[top : top + self.size.height]

    def _gutter(self) -> int:
        return len(str(len(self._lines))) + 3

    def _room(self) -> int:
        return max(8, self.size.width - self._gutter() - 1)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        at, width = y + self.scroll_offset.y, self.size.width
        plain = self.rich_style
        if not 0 <= at < len(self._lines):
            return Strip.blank(width, plain)
        here = at + 1 == self._mark[0]
        look = plain + self.get_component_rich_style("source--here", partial=True) if here else plain
        number = plain + self.get_component_rich_style("source--number", partial=True)
        gutter = f"{'›' if here else ' '}{at + 1:>{self._gutter() - 2}} "
        segments = [Segment(gutter, look if here else number)]
        mark = self._mark[1] - 1 - self._left if here and self._mark[1] else -1
        segments += self._text(self._lines[at], mark, look)
        return Strip(segments).adjust_cell_length(width, look)

    def _text(self, line: str, mark: int, style: Style) -> list[Segment]:
        more = self._left > 0
        shown = line[self._left : self._left + self._room()].translate(_SHOWN)
        if more and shown and mark != 0:
            shown = "…" + shown[1:]
        if mark < 0 or mark > len(shown):
            return [Segment(shown, style)]
        marked = style + self.get_component_rich_style("source--mark", partial=True)
        character = shown[mark : mark + 1] or " "
        return [Segment(shown[:mark], style), Segment(character, marked), Segment(shown[mark + 1 :], style)]
