"""The funnel of a quota over the whole screen, to look at together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.quota.picture import picture

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.terms import Agreement

SPARE = 1
"""Cells kept free for a scroll bar."""


class FunnelPicture(Dialog[None]):
    """Shows the funnel both ways; ``name`` is the quota's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,f11,q,enter", "leave", "close", show=False, id="funnel.close", tooltip="Back to the quota"),
        Binding("down,j", "roll(1)", "down", show=False, id="funnel.down", tooltip="Further down"),
        Binding("up,k", "roll(-1)", "up", show=False, id="funnel.up", tooltip="Further up"),
        CLOSE,
    ]

    def __init__(self, quota: Quota, agreement: Agreement | None, name: str) -> None:
        super().__init__("Funnel", name)
        self._quota = quota
        self._agreement = agreement

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="scrolls"):
            yield Static(id="picture")

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.query_one(VerticalScroll).size.width - SPARE
        self.query_one("#picture", Static).update(picture(self._quota, self._agreement, width))

    def action_roll(self, by: int) -> None:
        """A line down or up."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
