"""A question with a few answers, each on a key of its own and saying what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.listing import Listing


@dataclass(frozen=True, slots=True)
class Way:
    """One answer: its name, its key, its words, and what comes of it."""

    name: str
    key: str
    words: str
    outcome: str


class Confirm(Dialog[str]):
    """Hands back the name of the way chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "choose", id="confirm.take", tooltip="Do this"),
        CLOSE,
    ]

    def __init__(self, heading: str, said: Content, ways: tuple[Way, ...]) -> None:
        super().__init__(heading)
        self._said = said
        self._ways = ways
        for way in ways:
            self._bindings.bind(way.key, f"choose('{way.name}')", way.words, show=False)

    def body(self) -> Iterable[Widget]:
        yield Static(self._said)
        yield Listing(*(Option(_prompt(way), id=way.name) for way in self._ways), id="ways", compact=True)

    def action_take(self) -> None:
        """The way the cursor is at."""
        self.query_one(Listing).action_select()

    def action_choose(self, name: str) -> None:
        """Hands back one way."""
        self.dismiss(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)


def _prompt(way: Way) -> Content:
    return Content.assemble(
        (f"{way.key}  ", "bold $accent"), (way.words, "bold"), "\n   ", (way.outcome, "$text-muted")
    )
