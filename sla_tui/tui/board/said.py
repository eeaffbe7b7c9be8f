"""Words on the board that change with every key: laid out anew only when they need more or fewer lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static


class Said(Static):
    """Shows words, and does nothing when they are those it shows already."""

    def __init__(self, id: str) -> None:
        super().__init__(Content(""), id=id)
        self._said = Content("")
        self._height = 0

    def say(self, words: Content) -> None:
        """Shows ``words``."""
        if words.plain == self._said.plain and words.spans == self._said.spans:
            return
        self._said = words
        height = len(words.wrap(max(1, self.size.width))) if words.plain else 0
        same, self._height = height == self._height and height == self.size.height, height
        self.update(words, layout=not same)


def by_clause(words: Content, width: int) -> Content:
    """A sentence in lines of ``width`` cells that end where a clause does, as far as clauses fit."""
    lines: list[Content] = []
    for clause in words.split("; ", include_separator=True):
        if lines and (lines[-1].cell_length + clause.rstrip().cell_length <= width or clause.cell_length > width):
            lines[-1] = lines[-1] + clause
        else:
            lines.append(clause)
    return Content("\n").join([line.rstrip() for line in lines])


class Page(Widget):
    """Shows as many lines as fit, and that there are more; changes cost no layout.

    ``again`` is called when it has got another size, for other lines to show.
    """

    def __init__(self, id: str, again: Callable[[], None]) -> None:
        super().__init__(id=id)
        self._again = again
        self._shown: list[Content] = []

    def show(self, lines: Sequence[Content]) -> None:
        """Shows ``lines``, each as wide as the page at most; draws those anew that differ."""
        before, self._shown = self._shown, list(lines)
        end = self.size.height - 1
        cut = max(len(before), len(self._shown)) > self.size.height

        def same(y: int) -> bool:
            one, other = (held[y] if y < len(held) else Content("") for held in (before, self._shown))
            return one.plain == other.plain and one.spans == other.spans and not (cut and y == end)

        if changed := [y for y in range(end + 1) if not same(y)]:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        self._again()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        style, width = self.visual_style, self.size.width
        cut = y == self.size.height - 1 and len(self._shown) > self.size.height
        line = (
            Content.styled("     …", "$text-muted") if cut else self._shown[y] if y < len(self._shown) else Content("")
        )
        strip = Strip(line.render_segments(style), cell_len(line.plain))
        return strip.adjust_cell_length(width, style.rich_style)
