"""What going to a place and finding words have in common: a line to type in, and a list that follows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.listing import Listing

MOST = 80
"""How many places are listed at once."""


class Seek(Dialog[str]):
    """Hands back the KEY of the place chosen."""

    AUTO_FOCUS = "#sought"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "go there", priority=True, id="seek.go", tooltip="Go to the place in hand"),
        Binding("down", "step(1)", "down", key_display="↑↓", priority=True, id="seek.down", tooltip="The next place"),
        Binding("up", "step(-1)", "up", show=False, priority=True, id="seek.up", tooltip="The place before"),
        Binding("pagedown", "leaf(1)", "page down", show=False, priority=True, id="seek.pagedown"),
        Binding("pageup", "leaf(-1)", "page up", show=False, priority=True, id="seek.pageup"),
        CLOSE,
    ]

    def __init__(self, heading: str, more: str, typed: str = "") -> None:
        super().__init__(heading, more)
        self.typed = typed

    def body(self) -> Iterable[Widget]:
        with Horizontal(classes="row"):
            yield Static("/", classes="prompt")
            yield Input(self.typed, id="sought", compact=True, select_on_focus=True)
        yield Static(id="count", markup=False)
        yield Listing(id="places", compact=True)

    def on_mount(self) -> None:
        self.renew()

    def on_resize(self) -> None:
        self.call_after_refresh(self.renew)

    def found(self, typed: str) -> tuple[Sequence[Option], str, str]:
        """The places for what is typed, which of them is in hand, and what is said about them."""
        raise NotImplementedError

    def renew(self) -> None:
        """Lists the places anew."""
        options, here, said = self.found(self.typed)
        listed = self.query_one(Listing)
        listed.clear_options()
        listed.add_options(options)
        self.query_one("#count", Static).update(Content.styled(said, "$text-muted"))
        first = next((option.id for option in options if option.id), None)
        wanted = here or first
        listed.highlighted = listed.get_option_index(wanted) if wanted else None

    @property
    def room(self) -> int:
        """The cells a line of the list has."""
        return max(20, self.query_one(Listing).size.width - 3)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.typed:
            self.typed = event.value
            self.renew()

    def on_option_list_option_selected(self, event: Listing.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def action_take(self) -> None:
        """To the place in hand."""
        self.query_one(Listing).action_select()

    def action_step(self, by: int) -> None:
        """The next place, or the one before."""
        listed = self.query_one(Listing)
        listed.action_cursor_down() if by > 0 else listed.action_cursor_up()

    def action_leaf(self, by: int) -> None:
        """A screenful on or back."""
        listed = self.query_one(Listing)
        listed.action_page_down() if by > 0 else listed.action_page_up()


def cut(text: str, width: int) -> str:
    """Text in at most ``width`` cells."""
    return text if cell_len(text) <= width else Content(text).truncate(max(1, width), ellipsis=True).plain
