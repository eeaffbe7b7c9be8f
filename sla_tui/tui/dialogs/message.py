"""Something the user should know before going on: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.agreement.errors import UserError
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled


class Told(Dialog[None]):
    """Shows one ``UserError``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "go on", id="told.done", tooltip="Read; go on"),
        CLOSE,
    ]

    def __init__(self, error: UserError, heading: str = "That did not work") -> None:
        super().__init__(heading, str(error.place))
        self._error = error

    def body(self) -> Iterable[Widget]:
        yield Static(troubled(self._error.message, self._error.remedy))
