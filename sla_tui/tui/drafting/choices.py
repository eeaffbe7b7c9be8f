"""Choosing one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sla_tui.tui.drafting.leaving import LEAVE, Done, Typed
from sla_tui.tui.listing import Pointed

if TYPE_CHECKING:
    from textual.events import Key

    from sla_tui.workshop.choosing import Choice

CLEAR = "\x00"
"""The id of the option that takes an answer back; no answer can be spelt so."""


class Choices(Pointed):
    """One of a few words; none is in hand before an arrow or a letter, unless it is the answer already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "choose", id="choices.take", tooltip="Choose this one and go on"),
        *LEAVE,
    ]

    def action_take(self) -> None:
        """Chooses what is in hand, and goes on; with nothing in hand it only goes on."""
        if self.highlighted is None:
            self.post_message(Done(1))
        else:
            self.action_select()

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the list without choosing."""
        self.post_message(Done(move, editing))

    def on_key(self, event: Key) -> None:
        """Letters go to the next choice that starts with them, and nowhere else."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._go_to(event.character.lower())

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters choose here."""
        return character is not None and character.isprintable()

    def _go_to(self, letter: str) -> None:
        words = [cast("Content", option.prompt).plain.lower() for option in self.options]
        start = 0 if self.highlighted is None else self.highlighted + 1
        for at in (*range(start, len(words)), *range(start)):
            if words[at].startswith(letter):
                self.highlighted = at
                return

    def offer(self, choices: tuple[Choice, ...], value: object) -> None:
        """Shows the choices, the present one in hand if there is one, and one that takes the answer back."""
        self.clear_options()
        self.add_options(
            [
                *(Option(_said(one), id=one.value) for one in choices),
                Option(Content.styled("– no answer –", "$text-muted"), id=CLEAR),
            ]
        )
        here = [at for at, choice in enumerate(choices) if choice.value == value]
        self.highlighted = here[0] if here else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Typed("" if event.option_id == CLEAR else event.option_id or ""))
        self.post_message(Done(1))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()


def _said(choice: Choice) -> Content:
    """A choice in words, and what it means."""
    return Content.assemble(choice.words, (f"  {choice.more}" if choice.more else "", "$text-muted"))
