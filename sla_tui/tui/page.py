"""A page in the terminal: blocks as lines of a given width, and a widget to scroll through them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sla_tui.publish.blocks import Block, Bullets, Clause, Column, Detail, Figure, Heading, Table, Text

if TYPE_CHECKING:
    from textual.style import Style

LOOKS = ("plain", "strong", "emphasis", "open", "heading", "muted")
NUMBER = 6
"""Cells for the number of a clause."""
LEAST = 7
"""Cells below which a column of words cannot be read."""
GAP = 2
BLANK = Content("")

Looks = Mapping[str, "Style"]


def page_lines(blocks: Iterable[Block], width: int, looks: Looks) -> list[Content]:
    """The blocks as lines at most ``width`` cells wide."""
    lines: list[Content] = []
    for block in blocks:
        match block:
            case Heading():
                made, space = _heading(block, width, looks), True
            case Clause(text, number):
                made, space = list(_hung(_said(text, looks), number, width, looks)), True
            case Detail(text):
                made, space = _hanging(_said(text, looks), BLANK.pad_left(NUMBER), width), False
            case Bullets(items):
                mark = Content("·").pad_left(NUMBER).pad_right(1)
                made = [line for item in items for line in _hanging(_said(item, looks), mark, width)]
                space = False
            case Table(columns=(Column(hangs=True), *_)):
                made, space = list(_numbered(block, width, looks)), True
            case Table():
                made = [line.pad_left(NUMBER) for line in _table(block, max(LEAST, width - NUMBER), looks)]
                space = False
            case Figure(said=said):
                made, space = _hanging(Content(said), BLANK.pad_left(NUMBER), width), True
        if lines and space:
            lines.append(BLANK)
        lines += made
    return lines


def _said(text: Text, looks: Looks) -> Content:
    """A text in its tones; what nobody has answered yet stands in brackets."""
    whole, spans = "", list[Span]()
    for run in text:
        start, said = len(whole), f"[{run.text}]" if run.tone == "open" else run.text
        whole += said
        if run.tone != "plain":
            spans.append(Span(start, len(whole), looks["muted" if run.tone == "quiet" else run.tone]))
    return Content(whole, spans)


def _heading(block: Heading, width: int, looks: Looks) -> list[Content]:
    if block.level == 1:
        number = Content.styled(f"{block.number:<{NUMBER}}" if block.number else "", looks["heading"])
        said = Content.assemble(
            (block.text, looks["heading"]), (f"  {block.mark}" if block.mark else "", looks["muted"])
        )
        return _hanging(said, number, width)
    return _hanging(Content.styled(block.text, looks["strong"]), BLANK.pad_left(NUMBER), width)


def _hung(said: Content, number: str, width: int, looks: Looks) -> Iterator[Content]:
    yield from _hanging(said, Content.styled(f"{number:<{NUMBER}}", looks["muted"]), width)


def _hanging(said: Content, head: Content, width: int) -> list[Content]:
    """Lines that stand beside their first words."""
    hang = head.cell_length
    first, *more = said.wrap(max(LEAST, width - hang)) or [BLANK]
    return [head + first, *(line.pad_left(hang) for line in more)]


def _table(table: Table, width: int, looks: Looks) -> Iterator[Content]:
    cells = [[_said(cell, looks) for cell in row] for row in table.rows]
    wanted = [
        max(cell_len(column.title), *(_widest(row[at]) for row in cells), 1) for at, column in enumerate(table.columns)
    ]
    fixed = [column.nowrap or column.align == "right" for column in table.columns]
    widths = _fitted(wanted, fixed, width - GAP * (len(wanted) - 1))
    if widths is None:
        yield from _stacked(table, cells, width, looks)
        return
    titles = [Content.styled(column.title, looks["muted"]) for column in table.columns]
    yield from _row(titles, widths, table)
    yield Content.styled("─" * (sum(widths) + GAP * (len(widths) - 1)), looks["muted"])
    for row in cells:
        yield from _row(row, widths, table)


def _widest(cell: Content) -> int:
    return max(cell_len(line) for line in cell.plain.split("\n"))


def _fitted(wanted: Sequence[int], fixed: Sequence[bool], room: int) -> list[int] | None:
    """Widths of columns that fit side by side, the widest giving way; None when they could not be read any more."""
    widths = list(wanted)
    while sum(widths) > room:
        free = [at for at, still in enumerate(fixed) if not still and widths[at] > LEAST]
        if not free:
            return None
        widths[max(free, key=widths.__getitem__)] -= 1
    return widths


def _row(cells: Sequence[Content], widths: Sequence[int], table: Table) -> Iterator[Content]:
    columns = [cell.wrap(width) or [BLANK] for cell, width in zip(cells, widths, strict=True)]
    for y in range(max(map(len, columns))):
        line = BLANK
        for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
            piece = (column[y] if y < len(column) else BLANK).rstrip()
            left = max(0, width - piece.cell_length)
            right = table.columns[at].align == "right"
            line += piece.pad_left(left) if right else piece.pad_right(left)
            line += " " * (GAP if at < len(widths) - 1 else 0)
        yield line


def _numbered(table: Table, width: int, looks: Looks) -> Iterator[Content]:
    """A table whose rows are clauses: each with its number, what it says in full, then its other answers in lines."""
    _, main, *others = table.columns
    yield Content.styled(main.title, looks["strong"]).pad_left(NUMBER)
    label = min(16, max((cell_len(column.title) for column in others), default=0)) + GAP
    for number, said, *answers in table.rows:
        yield BLANK
        yield from _hung(_said(said, looks), "".join(run.text for run in number), width, looks)
        for column, answer in zip(others, answers, strict=True):
            if answer:
                title = Content.styled(column.title, looks["muted"])
                head = title.pad_right(max(0, label - title.cell_length)).pad_left(NUMBER)
                yield from _hanging(_said(answer, looks), head, width)


def _stacked(table: Table, cells: Sequence[Sequence[Content]], width: int, looks: Looks) -> Iterator[Content]:
    """A table too wide for the room: each row as its answers one below another."""
    label = min(16, max(cell_len(column.title) for column in table.columns)) + GAP
    for number, row in enumerate(cells):
        if number:
            yield BLANK
        for column, cell in zip(table.columns, row, strict=True):
            if cell.plain:
                title = Content.styled(column.title, looks["muted"]).truncate(label, ellipsis=True)
                yield from _hanging(cell, title.pad_right(max(0, label - title.cell_length)), width)


class Page(ScrollView, can_focus=True):
    """Shows blocks, as wide as it is itself; only the lines in sight are drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"page--{look}" for look in LOOKS}
    DEFAULT_CSS = """
    Page {
        height: 1fr;
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $panel-lighten-2;
        scrollbar-background: $background;
    }
    Page .page--plain { color: $foreground; }
    Page .page--strong { text-style: bold; }
    Page .page--emphasis { text-style: italic; }
    Page .page--open { color: $warning; text-style: bold; }
    Page .page--heading { color: $primary; text-style: bold; }
    Page .page--muted { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "roll(1)", "down", show=False, id="page.down", tooltip="A line down"),
        Binding("up,k", "roll(-1)", "up", show=False, id="page.up", tooltip="A line up"),
        Binding("pagedown,space", "turn(1)", "page", id="page.pagedown", tooltip="A screenful down"),
        Binding("pageup,b", "turn(-1)", "page up", show=False, id="page.pageup", tooltip="A screenful up"),
        Binding("home", "edge(-1)", "top", show=False, id="page.first", tooltip="The first line"),
        Binding("end", "edge(1)", "end", show=False, id="page.last", tooltip="The last line"),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._lines: list[Content] = []

    async def show(self, blocks: tuple[Block, ...]) -> None:
        """Shows ``blocks`` from their beginning."""
        self._blocks = blocks
        await self._lay_out()
        self.scroll_home(animate=False)

    async def _lay_out(self) -> None:
        """Lays the blocks out beside the screen's own work: a whole agreement takes longer than a frame."""
        width = self.size.width
        if width > 0:
            looks = {look: self.get_visual_style(f"page--{look}") for look in LOOKS}
            self._lines = await asyncio.to_thread(page_lines, self._blocks, width - 1, looks)
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def on_resize(self) -> None:
        self.run_worker(self._lay_out, exclusive=True)

    def notify_style_update(self) -> None:
        """Draws anew with other colours."""
        super().notify_style_update()
        if self.is_mounted:
            self.run_worker(self._lay_out, exclusive=True)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line, width, style = y + self.scroll_offset.y, self.size.width, self.visual_style
        content = self._lines[line] if 0 <= line < len(self._lines) else BLANK
        strip = Strip(content.render_segments(style), cell_len(content.plain))
        return strip.adjust_cell_length(width, style.rich_style)

    def action_roll(self, by: int) -> None:
        """A line down or up."""
        self.scroll_relative(y=by, animate=False)

    def action_turn(self, by: int) -> None:
        """A screenful down or up."""
        self.scroll_relative(y=by * max(1, self.size.height - 2), animate=False)

    def action_edge(self, by: int) -> None:
        """To the top or the end."""
        self.scroll_home(animate=False) if by < 0 else self.scroll_end(animate=False)
