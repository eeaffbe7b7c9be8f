"""One of a few answers on one line, chosen with the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events


GAP = "   "


class Pick(Widget, can_focus=True):
    """Shows every choice, the present one marked; posts ``Changed``."""

    DEFAULT_CSS = """
    Pick { height: 1; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,l", "turn(1)", "other", id="pick.next", tooltip="The next choice on this line"),
        Binding("left,h", "turn(-1)", "back", show=False, id="pick.before", tooltip="The choice before on this line"),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another choice was made."""

        def __init__(self, pick: Pick) -> None:
            super().__init__()
            self.pick = pick
            self.value = pick.value

        @property
        def control(self) -> Pick:
            """The widget it is about."""
            return self.pick

    def __init__(self, choices: tuple[tuple[str, str], ...], id: str) -> None:
        super().__init__(id=id)
        self._choices = choices
        self.set_reactive(Pick.value, choices[0][0])

    def render(self) -> Content:
        """``● chosen   ○ other``."""
        pieces: list[Content] = []
        for value, words in self._choices:
            chosen = value == self.value
            look = ("bold $background on $primary" if self.has_focus else "bold $primary") if chosen else "$text-muted"
            pieces.append(Content.styled(f"{'●' if chosen else '○'} {words}", look))
        return Content(GAP).join(pieces)

    def action_turn(self, by: int) -> None:
        """Chooses the next, or the one before."""
        values = [value for value, _ in self._choices]
        self.value = values[(values.index(self.value) + by) % len(values)]

    def watch_value(self) -> None:
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        at = 0
        for value, words in self._choices:
            at += cell_len(f"○ {words}{GAP}")
            if event.x < at:
                self.value = value
                return

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
