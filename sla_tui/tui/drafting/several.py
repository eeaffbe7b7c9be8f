"""Choosing from what is there: letters find one of many, or several of them; somebody new is added by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from sla_tui.agreement.references import named
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.complete import Line, Offered
from sla_tui.tui.drafting.editors import pasted
from sla_tui.tui.drafting.leaving import LEAVE, Done, Typed
from sla_tui.workshop.choosing import Choice, meant
from sla_tui.workshop.newcomers import Newcomer
from sla_tui.workshop.search import folded

if TYPE_CHECKING:
    from textual.events import Key, Paste

    from sla_tui.agreement.parts import Slot


@dataclass(frozen=True, slots=True)
class Pool:
    """What there is to choose from for one answer, and the lists that take a new entry."""

    choices: tuple[Choice, ...]
    newcomers: tuple[Newcomer, ...] = ()


class Came(Message):
    """Somebody or something new is to be added to a list, and named in the answer."""

    def __init__(self, list_key: str, name: str) -> None:
        super().__init__()
        self.list_key = list_key
        self.name = name


Listed = Choice | Newcomer | None
"""What a line of the list stands for; None takes the answer back."""


class Finder(Input):
    """One line that finds; what is found stands below it and is chosen there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "choose", id="finder.take", tooltip="Choose this one"),
        Binding("enter", "finish", "done", id="finder.done", tooltip="Done; go to the next answer"),
        *LEAVE,
        Binding("space", "tick", "tick", id="finder.tick", tooltip="Tick this one, or untick it"),
        Binding("down", "move(1)", "down", show=False, id="finder.down", tooltip="The next one"),
        Binding("up", "move(-1)", "up", show=False, id="finder.up", tooltip="The one before"),
        Binding("pagedown", "move(5)", "page down", show=False, id="finder.pagedown", tooltip="Five further down"),
        Binding("pageup", "move(-5)", "page up", show=False, id="finder.pageup", tooltip="Five further up"),
    ]

    def __init__(self, offered: Offered, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._offered = offered
        self._slot: Slot | None = None
        self._pool = Pool(())
        self._chosen: tuple[str, ...] = ()
        self._listed: list[Listed] = []
        self._naming: Newcomer | None = None
        self._could = (False, False)

    @property
    def _several(self) -> bool:
        return self._slot is not None and self._slot.spec.kind is Kind.WORDS

    def open(self, slot: Slot, pool: Pool) -> None:
        """Shows everything there is to choose from, with what is chosen in hand or ticked."""
        self._slot, self._pool, self._naming = slot, pool, None
        self._chosen = named(slot)
        self.value = ""
        self._list()
        last = self._chosen[-1] if self._chosen else ""
        here = (at for at, one in enumerate(self._listed) if isinstance(one, Choice) and one.value == last)
        self._show(next(here, self._first))

    def put(self, text: str) -> None:
        """Ticks what another text of the answer says, as undo does."""
        if self._slot is not None:
            value = self._slot.spec.read(text)
            self._chosen = cast("tuple[str, ...]", value or ()) if self._several else tuple(filter(None, (value,)))
            self._show(self._offered.highlighted)

    def watch_value(self) -> None:
        """Finds with every letter."""
        if self._slot is not None:
            self._list()
            self._show(0 if self.value.strip() else self._first)

    @property
    def _first(self) -> int | None:
        """What is in hand before an arrow or a letter: nothing, so that Enter goes on; the first that can be ticked."""
        return 0 if self._several and self._pool.choices else None

    def _list(self) -> None:
        typed = self.value.strip()
        if self._naming is not None:
            self._listed = [self._naming] if typed else []
            self.placeholder = f"what is the new {self._naming.noun} called?"
            return
        found: list[Listed] = [*meant(self._pool.choices, typed)]
        exact = any(isinstance(one, Choice) and folded(one.words) == folded(typed) for one in found)
        if not exact:
            found += self._pool.newcomers
        if not typed and not self._several:
            found.append(None)
        self._listed = found
        more = ", or name a new one" if self._pool.newcomers else ""
        self.placeholder = f"type to find{more}"

    def _show(self, at: int | None) -> None:
        self._offered.show([self._line(one) for one in self._listed], at if self._listed else None)
        self._renew_keys()

    def _line(self, one: Listed) -> Line:
        if one is None:
            return Line("– no answer –")
        if isinstance(one, Choice):
            mark = ("[✓] " if one.value in self._chosen else "[ ] ") if self._several else ""
            return Line(one.words, one.more, mark)
        name = self.value.strip()
        words = f"new {one.noun}: {name}" if name else f"new {one.noun} …"
        return Line(words, f"adds the section {one.section}" if one.section else "", "+ ")

    @property
    def _in_hand(self) -> Listed:
        at = self._offered.highlighted
        return self._listed[at] if at is not None and at < len(self._listed) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With nothing in hand Enter goes on; where several can be ticked, unless something is being looked for."""
        match action:
            case "tick":
                return self._ticks
            case "finish":
                return self._finishes
            case "take":
                return not self._finishes
            case _:
                return True

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The space bar ticks, where several can be chosen."""
        return not (key == "space" and self._ticks) and super().check_consume_key(key, character)

    @property
    def _ticks(self) -> bool:
        return self._several and self._naming is None

    @property
    def _finishes(self) -> bool:
        if self._naming is not None or self.value.strip():
            return False
        return self._offered.highlighted is None or (self._several and not isinstance(self._in_hand, Newcomer))

    def on_key(self, event: Key) -> None:
        """The space bar ticks, where several can be chosen."""
        if event.key == "space" and self._ticks:
            event.stop()
            event.prevent_default()
            self.action_tick()

    def on_paste(self, event: Paste) -> None:
        """One line of it."""
        event.stop()
        event.prevent_default()
        self.replace(pasted(event.text, lines=False), *self.selection)

    def action_move(self, by: int) -> None:
        """Moves in the list."""
        self._offered.step(by, free=False)
        self._renew_keys()

    def _renew_keys(self) -> None:
        could = (self._finishes, self._ticks)
        if could != self._could:
            self._could = could
            self.refresh_bindings()

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves without choosing; out of naming somebody new, back to the list."""
        if self._naming is not None and not move:
            self._ask_name(None)
        else:
            self.post_message(Done(move, editing))

    def action_finish(self) -> None:
        """Goes on, with what is ticked."""
        self.post_message(Done(1))

    def action_take(self) -> None:
        """Chooses what is in hand."""
        one = self._in_hand
        if not self._listed:
            return
        if self._ticks or isinstance(one, Newcomer):
            self.action_tick()
        else:
            self.post_message(Typed(one.value if one else ""))
            self.post_message(Done(1))

    def action_tick(self) -> None:
        """Ticks what is in hand, or unticks it."""
        one = self._in_hand
        if isinstance(one, Newcomer):
            self._new(one)
        if not isinstance(one, Choice):
            return
        if one.value in self._chosen:
            self._chosen = tuple(value for value in self._chosen if value != one.value)
        else:
            self._chosen = (*self._chosen, one.value)
        if self._slot is not None:
            self.post_message(Typed(self._slot.spec.show(self._chosen)))
        self.value = ""
        self._list()
        self._show(self._listed.index(one))

    def take_at(self, at: int) -> None:
        """Chooses the line that was clicked."""
        if at < len(self._listed):
            self._offered.highlighted = at
            self.action_tick() if self._ticks else self.action_take()

    def _new(self, newcomer: Newcomer) -> None:
        name = self.value.strip()
        if name:
            self.post_message(Came(newcomer.list_key, name))
        else:
            self._ask_name(newcomer)

    def _ask_name(self, newcomer: Newcomer | None) -> None:
        self._naming = newcomer
        self.value = ""
        self._list()
        self._show(0)
        self.refresh()
