"""The editors for typing an answer: a line with offers below it, and several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from sla_tui.agreement.text import clean_line, clean_prose
from sla_tui.tui.drafting.complete import Line, Offered
from sla_tui.tui.drafting.leaving import LEAVE, Done, Elsewhere, Took, Typed
from sla_tui.tui.drafting.nudge import nudged
from sla_tui.workshop.suggest import Offer, continued

if TYPE_CHECKING:
    from textual.events import Key, Paste

    from sla_tui.agreement.parts import Slot
    from sla_tui.workshop.suggest import Suggestions


def pasted(text: str, lines: bool) -> str:
    """Pasted text without control characters; its lines joined with spaces unless several are wanted."""
    # The letters around it keep the blanks at its ends, which the model takes off an answer.
    cleaned = clean_prose(f"x{text}x") if lines else clean_line(f"x{text.rstrip()}x")
    return cleaned[1:-1]


class LineEditor(Input):
    """One line; arrows nudge numbers, else go among the offers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish(1, False)", "done", id="editor.done", tooltip="Done; go to the next answer"),
        LEAVE[0],
        Binding("tab", "finish(1, True)", "next", id="editor.next", tooltip="Go on to the next answer"),
        LEAVE[2],
        Binding("down", "pick(1)", "pick", key_display="↓", id="editor.pick", tooltip="Into the list of usual answers"),
        Binding("up", "pick(-1)", "back", show=False, id="editor.unpick", tooltip="Back up the list, and out of it"),
        Binding("up", "nudge(1)", "more", key_display="↑↓", id="editor.more", tooltip="One more; ↓ is one less"),
        Binding("down", "nudge(-1)", "less", show=False, id="editor.less", tooltip="One less, where it is a number"),
        Binding("right", "accept", "take", key_display="→", id="editor.take", tooltip="Take what is offered"),
        Binding("end", "accept", "take", show=False, id="editor.end", tooltip="Take what is offered"),
        Binding(
            "ctrl+o,f10", "elsewhere", "editor", show=False, id="editor.own", tooltip="Write it in your own editor"
        ),
    ]

    def __init__(self, offered: Offered, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._offered = offered
        self._slot: Slot | None = None
        self._suggestions: Suggestions | None = None
        self._offers: tuple[Offer, ...] = ()
        self._could: tuple[bool, ...] = ()

    def open(self, slot: Slot, text: str, suggestions: Suggestions) -> None:
        """Begins with ``text``; until something is typed it offers what could be said instead."""
        self._slot, self._suggestions = slot, None
        self.put(text)
        self._suggestions = suggestions
        self._offer("" if text == slot.text else text)

    def put(self, text: str) -> None:
        """Shows other text without telling that it changed."""
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def watch_value(self, value: str) -> None:
        """Follows every letter with what goes on from there."""
        if self._suggestions is not None:
            self._offer(value)

    def _offer(self, typed: str) -> None:
        offers = () if self._suggestions is None or self._stepped(1) else self._suggestions.offers(typed)
        self._offers = offers
        # Set beside the library's suggesters: those answer a frame later, and the words after the cursor would flicker.
        self._suggestion = continued(offers, typed)
        self._show()

    def _show(self, at: int | None = None) -> None:
        self._offered.show([Line(offer.listed, offer.more) for offer in self._offers], at)
        could = (bool(self._offers), at is not None, bool(self._suggestion), bool(self._stepped(1)))
        if could != self._could:
            self._could = could
            self.refresh_bindings()

    def _stepped(self, by: int) -> str:
        """The answer one up or down as it is typed; empty where it is no number of anything."""
        if self._slot is None:
            return ""
        try:
            value = self._slot.spec.read(self.value)
        except ValueError:
            return ""
        other = nudged(value, by)
        return "" if other is value else self._slot.spec.show(other)

    @property
    def _in_hand(self) -> Offer | None:
        at = self._offered.highlighted
        return None if at is None or at >= len(self._offers) else self._offers[at]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that can mean two things means the one that can be done."""
        match action:
            case "nudge":
                return bool(self._stepped(1))
            case "pick":
                return bool(self._offers)
            case "accept":
                return self._in_hand is not None or bool(self._suggestion and self.cursor_at_end)
            case _:
                return True

    def action_finish(self, move: int, editing: bool) -> None:
        """Takes the offer in hand, if one is, and goes on."""
        offer = self._in_hand
        if offer is not None and offer.change is not None:
            self.post_message(Took(offer.change))
            return
        if offer is not None:
            self.put(offer.text)
            self.post_message(Typed(offer.text))
        self.post_message(Done(move, editing))

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the field."""
        self.post_message(Done(move, editing))

    def action_pick(self, by: int) -> None:
        """Moves in the list of offers."""
        self._offered.step(by, free=True)
        self._show(self._offered.highlighted)

    def action_accept(self) -> None:
        """Takes the offer in hand, or what stands after the cursor, into the line."""
        offer = self._in_hand
        if offer is None:
            self.rewrite(self._suggestion)
        else:
            self.take(offer)

    def take(self, offer: Offer) -> None:
        """Takes an offer and stays, so that the text can be gone on with."""
        if offer.change is None:
            self.rewrite(offer.text)
        else:
            self.post_message(Took(offer.change))

    def take_at(self, at: int) -> None:
        """Takes the offer in one line of the list."""
        if at < len(self._offers):
            self.take(self._offers[at])

    def rewrite(self, text: str) -> None:
        """Takes other text as if it was typed."""
        self.value = text
        self.cursor_position = len(text)

    def action_nudge(self, by: int) -> None:
        """One up or down, where the answer is a number of something."""
        self.rewrite(self._stepped(by))

    def action_elsewhere(self) -> None:
        """Into the user's own editor."""
        self.post_message(Elsewhere(self.value))

    def on_paste(self, event: Paste) -> None:
        """Several lines become one."""
        event.stop()
        event.prevent_default()
        self.replace(pasted(event.text, lines=False), *self.selection)


class ProseEditor(TextArea):
    """Several lines; while there are none, the usual ones can be picked from the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *LEAVE,
        Binding("enter", "new_line", "new line", id="editor.line", tooltip="A new line; Tab goes on"),
        Binding("ctrl+o,f10", "elsewhere", "your editor", id="editor.outside", tooltip="Write it in your own editor"),
        Binding("down", "pick(1)", "pick", key_display="↓", id="prose.pick", tooltip="Into the list of usual answers"),
        Binding("up", "pick(-1)", "back", show=False, id="prose.unpick", tooltip="Back up the list, and out of it"),
    ]

    def __init__(self, offered: Offered, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, soft_wrap=True, show_line_numbers=False)
        self._offered = offered
        self._suggestions: Suggestions | None = None
        self._offers: tuple[Offer, ...] = ()

    def open(self, text: str, suggestions: Suggestions) -> None:
        """Begins with ``text``."""
        self._suggestions = suggestions
        self.put(text)
        self._offer()

    def put(self, text: str) -> None:
        """Shows other text without telling that it changed."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.move_cursor(self.document.end)

    def _offer(self) -> None:
        blank = self._suggestions is not None and not self.text.strip()
        offers = self._suggestions.offers("") if self._suggestions is not None and blank else ()
        if offers != self._offers:
            self._offers = offers
            self.refresh_bindings()
        self._show()

    def _show(self, at: int | None = None) -> None:
        self._offered.show([Line(clean_line(offer.listed), offer.more) for offer in self._offers], at)

    def rewrite(self, text: str) -> None:
        """Takes other text as if it was typed, so that Ctrl+Z takes it back."""
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    def update_suggestion(self) -> None:
        """Goes on with a name that is begun at the end of a line."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        begun = line if self._suggestions is not None and column == len(line) and self.selection.is_empty else ""
        ended = continued(self._suggestions.offers(begun), begun) if begun and self._suggestions else ""
        self.suggestion = ended[len(begun) :]

    def on_text_area_changed(self) -> None:
        self._offer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list is there only as long as nothing is written; what was done before is the screen's to take back."""
        match action:
            case "pick":
                return bool(self._offers)
            case "undo":
                return bool(self.history.undo_stack)
            case "redo":
                return bool(self.history.redo_stack)
            case _:
                return True

    def action_pick(self, by: int) -> None:
        """Moves in the list of offers."""
        self._offered.step(by, free=True)

    def take_at(self, at: int) -> None:
        """Takes the offer in one line of the list, to be gone on with."""
        if at < len(self._offers):
            self.rewrite(self._offers[at].text)

    def on_key(self, event: Key) -> None:
        """Enter takes the offer in hand."""
        at = self._offered.highlighted
        if event.key == "enter" and at is not None:
            event.stop()
            event.prevent_default()
            self.take_at(at)

    def action_cursor_line_end(self, select: bool = False) -> None:
        """To the end of the line; there, on with the name that is offered."""
        if self.suggestion and not select:
            self.insert(self.suggestion)
        else:
            super().action_cursor_line_end(select)

    def action_new_line(self) -> None:
        """Begins a new line."""
        self.insert("\n")

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the field."""
        self.post_message(Done(move, editing))

    def action_elsewhere(self) -> None:
        """Into the user's own editor."""
        self.post_message(Elsewhere(self.text))

    def on_paste(self, event: Paste) -> None:
        """As it is, without control characters."""
        event.stop()
        event.prevent_default()
        self.replace(pasted(event.text, lines=True), *self.selection)
