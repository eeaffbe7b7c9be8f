"""The form: a section as rows with one cursor, drawn line by line so that its length costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sla_tui.agreement.text import clean_line
from sla_tui.tui.drafting.row import Row, fitted

if TYPE_CHECKING:
    from textual import events
    from textual.style import Style

LABEL = 15
"""Cells of the label column, beside gutter and indent."""
GUTTER = 3
"""Cells for the cursor's mark and the row's sign."""

BLANK = Content("")


For = tuple[int, str]
"""What a row's lines are drawn for: a width, and the cursor's place if it is in the row."""


class Drawn:
    """The lines drawn last, found by the row itself, else by an equal one."""

    def __init__(self) -> None:
        self._same: dict[int, tuple[Row, For, list[Content]]] = {}
        self._equal: dict[tuple[Row, For], list[Content]] = {}

    def of(self, row: Row, drawn_for: For) -> list[Content] | None:
        """The lines of a row; None when it has to be drawn."""
        held = self._same.get(id(row))
        if held and held[0] is row:
            return held[2] if held[1] == drawn_for else None
        return self._equal.get((row, drawn_for))

    def keep(self, row: Row, drawn_for: For, lines: list[Content]) -> None:
        """Keeps a row's lines for the next time."""
        self._same[id(row)] = (row, drawn_for, lines)
        if len(row.runs) <= 1 and not row.cells:  # Entries that stay are the same rows; answers are made anew.
            self._equal[row, drawn_for] = lines


class Form(ScrollView, can_focus=True):
    """Shows rows and moves a cursor over their stops; it changes nothing itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "form--label",
        "form--heading",
        "form--value",
        "form--strong",
        "form--open",
        "form--muted",
        "form--refused",
        "form--sign",
        "form--cursor",
        "form--here",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "down", show=False, id="form.down", tooltip="The next row"),
        Binding("up,k", "step(-1)", "up", show=False, id="form.up", tooltip="The row before"),
        Binding("tab", "next_stop(1)", "next", show=False, id="form.next", tooltip="The next answer"),
        Binding("shift+tab", "next_stop(-1)", "previous", show=False, id="form.previous", tooltip="The answer before"),
        Binding("right,l", "across(1)", "right", show=False, id="form.right", tooltip="The next slot of a sentence"),
        Binding("left,h", "across(-1)", "left", show=False, id="form.left", tooltip="The slot before, or the outline"),
        Binding("home", "end(-1)", "first", show=False, id="form.first", tooltip="The first row"),
        Binding("end", "end(1)", "last", show=False, id="form.last", tooltip="The last row"),
        Binding("pagedown", "page(1)", "page down", show=False, id="form.pagedown", tooltip="A screenful down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="form.pageup", tooltip="A screenful up"),
    ]

    class Moved(Message):
        """The cursor is at another KEY."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Left(Message):
        """The cursor was moved out to the left."""

    class Pressed(Message):
        """A row was clicked that the cursor was already at."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Pasted(Message):
        """Text was pasted while no field was being edited."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._stops: tuple[tuple[str, int], ...] = ()
        self._at = 0
        self._lines: list[tuple[int, Content]] = []
        self._tops: list[int] = []
        self._page = ""
        self._drawn: dict[str, Drawn] = {}

    @property
    def key(self) -> str:
        """The KEY the cursor is at; empty when there is nothing to be at."""
        return self._stops[self._at][0] if self._stops else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every KEY the cursor can be at, in order."""
        return tuple(key for key, _ in self._stops)

    def show(self, rows: tuple[Row, ...], key: str = "", page: str = "") -> None:
        """Shows ``rows`` with the cursor at ``key``, or where it was if that is gone.

        What was drawn of a ``page`` is kept until it is shown again.
        """
        wanted = key or self.key
        self._rows, self._page = rows, page
        self._stops = tuple((stop, at) for at, row in enumerate(rows) for stop in row.stops)
        keys = self.keys
        self._at = keys.index(wanted) if wanted in keys else min(self._at, max(0, len(keys) - 1))
        self._lay_out()

    def go(self, key: str) -> bool:
        """Moves the cursor to ``key``; False when it is not here."""
        if key not in self.keys:
            return False
        self._move_to(self.keys.index(key))
        return True

    def bring(self, key: str) -> None:
        """Brings the entry at ``key`` into view, as much of it as there is room for."""
        rows = [at for at, row in enumerate(self._rows) if row.over == key]
        within = [at for stop, at in self._stops if stop.startswith(f"{key}.")]
        if rows and within:
            top, last = self._tops[rows[0]], within[-1] + 1
            end = self._tops[last] if last < len(self._tops) else len(self._lines)
            shown = min(end - top, self.size.height)
            self.scroll_to_region(Region(0, top, 1, shown), animate=False, force=True, immediate=True)

    def _move_to(self, at: int) -> None:
        if not self._stops:
            return
        self._at = max(0, min(at, len(self._stops) - 1))
        self._lay_out()
        self.post_message(self.Moved(self.key))

    def action_step(self, by: int) -> None:
        """Moves to the first stop of the next row, or of the one before."""
        if not self._stops:
            return
        row = self._stops[self._at][1]
        rows = sorted({at for _, at in self._stops})
        wanted = rows.index(row) + by
        if 0 <= wanted < len(rows):
            self._move_to(next(at for at, (_, one) in enumerate(self._stops) if one == rows[wanted]))

    def action_next_stop(self, by: int) -> None:
        """Moves to the next stop, or the one before."""
        self._move_to(self._at + by)

    def action_across(self, by: int) -> None:
        """Moves within a sentence; to the left of it is the outline."""
        at = self._at + by
        if self._stops and 0 <= at < len(self._stops) and self._stops[at][1] == self._stops[self._at][1]:
            self._move_to(at)
        elif by < 0:
            self.post_message(self.Left())

    def action_end(self, by: int) -> None:
        """Moves to the first or the last stop."""
        self._move_to(0 if by < 0 else len(self._stops) - 1)

    def action_page(self, by: int) -> None:
        """Moves by a screenful."""
        for _ in range(max(1, self.size.height - 2)):
            self.action_step(by)

    def on_focus(self) -> None:
        self._lay_out()

    def on_blur(self) -> None:
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()
        self.call_after_refresh(self._follow)

    def notify_style_update(self) -> None:
        """Draws anew with other colours."""
        super().notify_style_update()
        self._drawn = {}
        if self.is_mounted:
            self.call_after_refresh(self._lay_out)

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if not 0 <= line < len(self._lines):
            return
        row = self._lines[line][0]
        stops = [at for at, (_, one) in enumerate(self._stops) if one == row]
        if not stops:
            return
        if self._stops[self._at][1] == row:
            self.post_message(self.Pressed(self.key))
        else:
            self._move_to(stops[0])

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(self.Pasted(event.text))

    def _lay_out(self) -> None:
        width = self.size.width
        if width <= 0:
            return
        before = self._lines
        self._lines, self._tops = [], []
        known, drawn, here = self._drawn.get(self._page, Drawn()), Drawn(), self.key
        mark = f"{here}{'·' if self.has_focus else ''}"
        for at, row in enumerate(self._rows):
            if row.gap and self._lines:
                self._lines.append((at, BLANK))
            self._tops.append(len(self._lines))
            drawn_for = (width, mark if here in row.stops else "")
            lines = known.of(row, drawn_for) or self._row_lines(row, width)
            drawn.keep(row, drawn_for, lines)
            self._lines.extend((at, line) for line in lines)
        self._drawn[self._page] = drawn
        self.virtual_size = Size(width, len(self._lines))
        self._follow()
        self._repaint(before)

    def _repaint(self, before: list[tuple[int, Content]]) -> None:
        """Draws only the lines that are others than before, as most are the same from one key to the next."""
        if len(before) != len(self._lines):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old[1] is not new[1]:
                self.refresh_line(y)

    def _follow(self) -> None:
        if not self._stops:
            return
        row = self._stops[self._at][1]
        top = self._tops[row]
        end = self._tops[row + 1] if row + 1 < len(self._tops) else len(self._lines)
        if row <= min(at for _, at in self._stops):
            top = 0
        self.scroll_to_region(Region(0, top, 1, max(1, end - top)), animate=False, force=True, immediate=True)

    def _look(self, name: str) -> Style:
        # Not ``partial``: Textual 8.2 then drops an opaque background, and with it the cursor.
        return self.get_visual_style(f"form--{name}")

    def _row_lines(self, row: Row, width: int) -> list[Content]:
        here = self.key in row.stops
        pad = "  " * row.indent
        label = clean_line(row.label)
        column = 2 if label.strip().isdigit() else max(0, LABEL - len(pad)) if label else 0
        head = Content.assemble(
            ("›" if here else " ", self._look("here")),
            (row.sign or " ", self._look("sign")),
            " ",
            pad,
            (label, self._look("heading" if row.heading else "label")),
        )
        hang = max(GUTTER + len(pad) + column, head.cell_length) + (1 if label else 0)
        room = max(10, width - hang - 1)
        body = self._body(row, here, room)
        lines = body.wrap(room) if row.wraps else [body.truncate(room, ellipsis=True)]
        first, *rest = lines or [Content("")]
        return [head.pad_right(hang - head.cell_length) + first, *(line.pad_left(hang) for line in rest)]

    def _body(self, row: Row, here: bool, room: int) -> Content:
        if row.cells:
            look = self._look("cursor") if here and self.has_focus else self._look("value")
            return Content.styled(fitted(row.cells, room), look)
        text, spans = "", list[Span]()
        for run in row.runs:
            start, text = len(text), text + run.text
            spans.append(Span(start, len(text), self._look(run.look)))
            if here and run.stop and run.stop == self.key and (self.has_focus or len(row.stops) > 1):
                spans.append(Span(start, len(text), self._look("cursor")))
        return Content(text, spans)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = y + self.scroll_offset.y
        width = self.size.width
        style = self.visual_style
        if not 0 <= line < len(self._lines):
            return Strip.blank(width, style.rich_style)
        content = self._lines[line][1]
        strip = Strip(content.render_segments(style), cell_len(content.plain))
        return strip.adjust_cell_length(width, style.rich_style)
