"""A list drawn line by line, with one cursor: its length costs nothing, for only the lines in sight are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sla_tui.agreement.text import clean_line

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

DIGITS = frozenset("0123456789")
LOOKS = ("text", "muted", "strong", "head", "cursor", "sign", "good", "off", "accent")


Pieces = Sequence[tuple[str, str]]
"""A line as runs of words, each with the name of its look."""


def fit(text: str, width: int, right: bool = False) -> str:
    """Text in exactly ``width`` cells: cut with an ellipsis, or filled up on one side."""
    text = clean_line(text)
    if cell_len(text) > width:
        text = Content(text).truncate(width, ellipsis=True).plain
    room = " " * max(0, width - cell_len(text))
    return room + text if right else text + room


class Lines(ScrollView, can_focus=True):
    """Shows ``count`` lines under a fixed head; what a line says comes from ``line``, which a list defines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{look}" for look in LOOKS}
    DEFAULT_CSS = """
    Lines {
        height: 1fr;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $panel-lighten-2;
        scrollbar-background: $background;
    }
    Lines .lines--text { color: $foreground; }
    Lines .lines--muted { color: $text-muted; }
    Lines .lines--strong { color: $foreground; text-style: bold; }
    Lines .lines--accent { color: $primary; text-style: bold; }
    Lines .lines--head { color: $text-muted; }
    Lines .lines--sign { color: $warning; text-style: bold; }
    Lines .lines--good { color: $success; }
    Lines .lines--off { color: $text-disabled; text-style: strike; }
    Lines .lines--cursor { background: $boost; text-style: bold; }
    Lines:focus .lines--cursor { background: $primary; color: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "down", show=False, id="lines.down", tooltip="The next line"),
        Binding("up,k", "step(-1)", "up", show=False, id="lines.up", tooltip="The line before"),
        Binding("pagedown", "page(1)", "page down", show=False, id="lines.pagedown", tooltip="A screenful down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="lines.pageup", tooltip="A screenful up"),
        Binding("home,g", "edge(-1)", "first", show=False, id="lines.first", tooltip="The first line"),
        Binding("end,G", "edge(1)", "last", show=False, id="lines.last", tooltip="The last line"),
    ]

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> Lines:
            """The list it happened in."""
            return self.lines

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.at = 0
        self.count = 0
        self.empty = ""
        self._headed: tuple[int, str] | None = None
        self._painted: dict[int, Pieces] = {}

    def head(self, width: int) -> str:
        """The line that stays on top; empty for a list without one."""
        return ""

    def line(self, at: int, width: int) -> Pieces:
        """What line ``at`` says, in ``width`` cells."""
        raise NotImplementedError

    def look(self, name: str) -> Style:
        """One of ``LOOKS`` as a style."""
        return self.get_visual_style(f"lines--{name}").rich_style

    def renew(self, count: int, centre: int | None = None) -> None:
        """Shows that the lines, ``count`` of them, may say something else now, with line ``centre`` in the middle."""
        self.count = count
        self._headed = None
        self.at = max(0, min(self.at, count - 1))
        size = Size(self.room, count + self._top)
        if self.virtual_size != size:
            self.virtual_size = size
        if centre is None:
            self._follow()
            self.repaint()
        else:
            self.centre(centre)

    def repaint(self) -> None:
        """Draws those lines anew that say something else than what is on the screen."""
        width, room = self.size.width, self.room
        lines = [y for y in range(self.size.height) if self._painted.get(y) != self._shown(y, room)]
        if lines:
            self.refresh(*(Region(0, y, width, 1) for y in lines))

    def go(self, at: int, tell: bool = True) -> None:
        """Moves the cursor to a line."""
        wanted = max(0, min(at, self.count - 1))
        moved, self.at = wanted != self.at, wanted
        self._follow()
        self.repaint()
        if moved and tell:
            self.post_message(self.Moved(self))

    def centre(self, at: int) -> None:
        """Puts line ``at`` into the middle, the cursor on it; tells nobody."""
        self.at = max(0, min(at, self.count - 1))
        self.scroll_to(y=max(0, self.at - self.body_height // 2), animate=False, force=True, immediate=True)
        self.repaint()

    @property
    def room(self) -> int:
        """Cells of a line, beside the scrollbar."""
        return max(1, self.scrollable_content_region.width)

    def _head(self, width: int) -> str:
        if self._headed is None or self._headed[0] != width:
            self._headed = (width, self.head(width))
        return self._headed[1]

    @property
    def _top(self) -> int:
        return 1 if self._head(self.room) else 0

    @property
    def body_height(self) -> int:
        """How many lines are in sight below the head."""
        return max(1, self.size.height - self._top)

    def _follow(self) -> None:
        top, height = self.scroll_offset.y, self.body_height
        if self.at < top:
            self.scroll_to(y=self.at, animate=False, force=True, immediate=True)
        elif self.at >= top + height:
            self.scroll_to(y=self.at - height + 1, animate=False, force=True, immediate=True)

    def action_step(self, by: int) -> None:
        """Moves the cursor by some lines."""
        self.go(self.at + by)

    def action_page(self, by: int) -> None:
        """Moves the cursor by a screenful."""
        self.go(self.at + by * max(1, self.body_height - 1))

    def action_edge(self, by: int) -> None:
        """Moves the cursor to the first or the last line."""
        self.go(0 if by < 0 else self.count - 1)

    def on_resize(self) -> None:
        self._painted.clear()
        self.renew(self.count)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        at = event.y - self._top + self.scroll_offset.y
        if event.y >= self._top and 0 <= at < self.count:
            self.go(at)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, blank = self.size.width, self.visual_style.rich_style
        pieces = self._shown(y, self.room)
        self._painted[y] = pieces
        segments = [Segment(words, self.look(look)) for words, look in pieces]
        return Strip(segments).adjust_cell_length(width, blank)

    def _shown(self, y: int, width: int) -> Pieces:
        head = self._head(width)
        if head and y == 0:
            return [(head, "head")]
        at = y - (1 if head else 0) + self.scroll_offset.y
        if not self.count:
            return [(f"  {self.empty}", "muted")] if at == 0 else []
        return self.line(at, width) if at < self.count else []


class Points(Lines):
    """A list whose lines have points: asks for more or fewer of them; it changes nothing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,plus", "nudge(1)", "one more", show=False, id="points.more", tooltip="One point more"),
        Binding("left,minus", "nudge(-1)", "one less", show=False, id="points.less", tooltip="One point less"),
        Binding("shift+right", "nudge(5)", "5 more", show=False, id="points.more.5", tooltip="Five points more"),
        Binding("shift+left", "nudge(-5)", "5 less", show=False, id="points.less.5", tooltip="Five points less"),
    ]

    class Nudged(Message):
        """The line at the cursor is to get ``by`` more points."""

        def __init__(self, lines: Lines, by: int) -> None:
            super().__init__()
            self.lines = lines
            self.by = by

        @property
        def control(self) -> Lines:
            """The list it happened in."""
            return self.lines

    def action_nudge(self, by: int) -> None:
        """Asks for more or fewer points."""
        if self.count:
            self.post_message(self.Nudged(self, by))
