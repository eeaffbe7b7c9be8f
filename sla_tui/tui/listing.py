"""A list to move in; what Enter does is the screen's to say."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class Listing(OptionList, inherit_bindings=False):
    """An option list whose keys are declared as all others are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False, id="list.down", tooltip="The next one"),
        Binding("up,k", "cursor_up", "up", show=False, id="list.up", tooltip="The one before"),
        Binding("home,g", "first", "first", show=False, id="list.first", tooltip="The first one"),
        Binding("end,G", "last", "last", show=False, id="list.last", tooltip="The last one"),
        Binding("pagedown", "page_down", "page down", show=False, id="list.pagedown", tooltip="A screenful down"),
        Binding("pageup", "page_up", "page up", show=False, id="list.pageup", tooltip="A screenful up"),
    ]
