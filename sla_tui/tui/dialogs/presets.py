"""The usual entries of a list: one or several are ticked and added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sla_tui.agreement.sentence import reading
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.listing import Listing

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Item


class Usual(Dialog[tuple["Item", ...]]):
    """Hands back the entries that were ticked; the one at the cursor where none was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "add", id="usual.take", tooltip="Add what is ticked, else the one at the cursor"),
        Binding("space,x", "tick", "tick", key_display="Space", id="usual.tick", tooltip="Tick this one, or untick it"),
        Binding("a", "all", "all", id="usual.all", tooltip="Tick all of them, or none"),
        CLOSE,
    ]

    def __init__(self, title: str, items: tuple[Item, ...]) -> None:
        super().__init__(f"Usual {title.lower()}", "as the templates have them; the numbers are examples")
        self._items = items
        self._ticked: set[int] = set()

    def body(self) -> Iterable[Widget]:
        yield Listing(*(Option(self._prompt(at)) for at in range(len(self._items))), id="usual", compact=True)

    def on_mount(self) -> None:
        self.query_one(Listing).highlighted = 0

    def _prompt(self, at: int) -> Content:
        tick = "[✓] " if at in self._ticked else "[ ] "
        return Content.assemble((tick, "bold $primary"), " ".join(reading(self._items[at]).split()))

    def _renew(self) -> None:
        listed = self.query_one(Listing)
        for at in range(len(self._items)):
            listed.replace_option_prompt_at_index(at, self._prompt(at))

    def action_tick(self) -> None:
        """Ticks the one at the cursor and goes on to the next."""
        listed = self.query_one(Listing)
        if listed.highlighted is not None:
            self._ticked ^= {listed.highlighted}
            self._renew()
            listed.highlighted = min(listed.highlighted + 1, len(self._items) - 1)

    def action_all(self) -> None:
        """Ticks all; none where all are ticked."""
        everything = set(range(len(self._items)))
        self._ticked = set() if self._ticked == everything else everything
        self._renew()

    def action_take(self) -> None:
        """Hands back what is ticked."""
        here = self.query_one(Listing).highlighted
        wanted = self._ticked or ({here} if here is not None else set())
        self.dismiss(tuple(item for at, item in enumerate(self._items) if at in wanted))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_tick()
