"""The list below an editor: what can be taken into it, one of them in hand or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sla_tui.tui.listing import Pointed

GAP = 2
"""Cells between an offer and the word on where it comes from."""
WIDEST = 44
"""Cells after which that word does not wait for longer offers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a mark, words, and muted ones beside them."""

    words: str
    more: str = ""
    mark: str = ""


class Offered(Pointed, can_focus=False, inherit_bindings=False):
    """Shows lines; the keys stay in the editor above, which says which line is in hand.

    It grows while an editor is open and never shrinks, so that the form above stands still.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._shown: tuple[Line, ...] = ()
        self._tall = 0

    def open(self, most: int) -> None:
        """Begins anew with nothing in it, for at most so many lines in view."""
        self.styles.max_height = most
        self._tall = 0
        self._shown = ()
        self.clear_options()
        self.remove_class("-open")

    def show(self, lines: Sequence[Line], at: int | None = None) -> None:
        """Shows these lines, with one of them in hand or none."""
        shown = tuple(lines)
        if shown != self._shown:
            self._shown = shown
            wide = [cell_len(line.mark + line.words) for line in shown]
            column = max((width for width in wide if width <= WIDEST), default=0) + GAP
            self.set_options([Option(_prompt(line, column)) for line in shown])
            if len(shown) > self._tall:
                self._tall = len(shown)
                self.styles.height = self._tall
                self.add_class("-open")
        self.highlighted = at

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._shown)

    def step(self, by: int, free: bool) -> None:
        """The next line, or one before; where ``free``, before the first one none is in hand."""
        if not self._shown:
            return
        at = -1 if self.highlighted is None else self.highlighted
        at = max(at + by, -1 if free else 0)
        self.highlighted = None if at < 0 else min(at, len(self._shown) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Clicked(event.option_index))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()


def _prompt(line: Line, column: int) -> Content:
    width = cell_len(line.mark + line.words)
    more = f"{' ' * max(GAP, column - width)}{line.more}" if line.more else ""
    return Content.assemble((line.mark, "bold $primary"), line.words, (more, "$text-muted"))
