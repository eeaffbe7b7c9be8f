"""How a section, or the whole agreement, will read on the page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.agreement.terms import Agreement
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.tui.page import Page
from sla_tui.workshop.reading import reading


class Preview(Dialog[str]):
    """``sections`` are those of this version, key and title; hands back the section to go on with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "section(1)", "next section", id="preview.next", tooltip="The next section"),
        Binding("left_square_bracket", "section(-1)", "before", id="preview.before", tooltip="The section before"),
        Binding("w", "whole", "whole", id="preview.whole", tooltip="The whole agreement, or the section again"),
        Binding("enter,q", "done", "go on here", show=False, id="preview.done", tooltip="Go on with this section"),
        CLOSE,
    ]

    def __init__(self, agreement: Agreement, sections: tuple[tuple[str, str], ...], here: str) -> None:
        super().__init__("How it reads")
        self._agreement = agreement
        self._sections = sections
        self._at = next((at for at, (key, _) in enumerate(sections) if key == here), 0)
        self._all = False

    def body(self) -> Iterable[Widget]:
        yield Page(id="page")

    def on_mount(self) -> None:
        self._read()

    def _read(self) -> None:
        key, title = self._sections[self._at]
        said = "the whole agreement" if self._all else title
        words = Content.assemble(self._title(), (f"  {said}", "$text-muted"))
        self.query_one(".title", Static).update(words)
        self.run_worker(partial(self._show, "" if self._all else key), exclusive=True)

    async def _show(self, section: str) -> None:
        blocks = await asyncio.to_thread(reading, self._agreement, section)
        await self.query_one(Page).show(blocks)

    def action_section(self, by: int) -> None:
        """The next section, or the one before."""
        wanted = self._at + by
        if not self._all and 0 <= wanted < len(self._sections):
            self._at = wanted
            self._read()

    def action_whole(self) -> None:
        """The whole agreement, or the section again."""
        self._all = not self._all
        self._read()

    def action_done(self) -> None:
        """Hands back the section in view."""
        self.dismiss(self._sections[self._at][0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The whole has no section to turn to."""
        return None if action == "section" and self._all else True
