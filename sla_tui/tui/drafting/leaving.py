"""What editors tell of an answer, and the keys with which every one of them is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType
from textual.message import Message

if TYPE_CHECKING:
    from sla_tui.agreement.paths import Change

LEAVE: tuple[BindingType, ...] = (
    Binding("escape", "leave(0, False)", "leave", id="editor.leave", tooltip="Leave the field; what is typed stays"),
    Binding("tab", "leave(1, True)", "next", id="editor.next", tooltip="Go on to the next answer"),
    Binding("shift+tab", "leave(-1, True)", "before", show=False, id="editor.before", tooltip="Back one answer"),
)
"""The same wherever an answer is typed or chosen."""


class Done(Message):
    """The editor was left; ``move``: where to go on (0 stay, 1 next, -1 before), ``editing``: whether to edit there."""

    def __init__(self, move: int = 0, editing: bool = False) -> None:
        super().__init__()
        self.move = move
        self.editing = editing


class Typed(Message):
    """The text in the editor changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Took(Message):
    """An offer was taken that changes more than this answer."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change


class Elsewhere(Message):
    """The text is to be written in the user's own editor."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
