"""A new agreement: whose it is, what it is called, where it lies, what it starts from."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sla_tui.agreement.errors import UserError
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled
from sla_tui.tui.dialogs.pick import Pick

if TYPE_CHECKING:
    from sla_tui.workshop.library import Template


class Line(Input):
    """One answer on one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.make", "make it", id="new.done", tooltip="Make the agreement and open it"),
    ]


class New(Dialog[Path]):
    """Makes the agreement in a folder below ``folder`` and hands back its file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "make it", id="new.make", tooltip="Make the agreement and open it"),
        Binding("f2", "make", "make it", show=False, id="new.f2", tooltip="Make the agreement and open it"),
        Binding("tab", "app.focus_next", "next", id="new.next", tooltip="The next line"),
        Binding("shift+tab", "app.focus_previous", "before", show=False, id="new.before", tooltip="The line before"),
        Binding("down", "app.focus_next", "next", show=False, id="new.down", tooltip="The next line"),
        Binding("up", "app.focus_previous", "before", show=False, id="new.up", tooltip="The line before"),
        CLOSE,
    ]

    def __init__(self, folder: Path, templates: tuple[Template, ...]) -> None:
        super().__init__("New agreement", "everything can be changed later")
        self._folder = folder
        self._templates = templates
        self._suggested = ""
        self._made: Path | None = None

    def body(self) -> Iterable[Widget]:
        yield from (
            _row("Organization", Line(placeholder="for example Northwind Traders", id="organization", compact=True)),
            _row("Title", Line(placeholder="as the template has it", id="title", compact=True)),
            _row("Folder", Line(placeholder=f"in {self._folder}", id="folder", compact=True)),
            _row("Start from", Pick(tuple((one.name, one.name) for one in self._templates), id="template")),
        )
        with VerticalScroll(classes="said scrolls", can_focus=False):
            yield Static(id="said")

    def on_mount(self) -> None:
        self.query_one("#organization").focus()
        self._describe()

    @on(Pick.Changed)
    def _describe(self) -> None:
        name = self.query_one("#template", Pick).value
        said = next(one.description for one in self._templates if one.name == name)
        self.query_one("#said", Static).update(Content.styled(said, "$text-muted"))

    @on(Input.Changed, "#organization")
    def _suggest(self, event: Input.Changed) -> None:
        folder = self.query_one("#folder", Input)
        if folder.value == self._suggested:
            self._suggested = re.sub(r"[^\w.]+", "-", event.value.lower()).strip("-.")[:60]
            folder.value = self._suggested

    def action_make(self) -> None:
        """Makes it; what is missing or wrong is said and nothing is made."""
        name = self.query_one("#folder", Input).value.strip()
        if not name:
            whose = self.query_one("#organization", Input)
            if whose.value.strip():
                self._say_trouble("a folder for it is needed", "type its name")
                self.query_one("#folder").focus()
            else:
                self._say_trouble("whose agreement is it?", "type the organization; a folder is made of its name")
                whose.focus()
            return
        answers = {
            f"agreement.{key}": text
            for key in ("organization", "title")
            if (text := self.query_one(f"#{key}", Input).value.strip())
        }
        self._make(self._folder / Path(name).expanduser(), self.query_one("#template", Pick).value, answers)

    def _say_trouble(self, message: str, remedy: str) -> None:
        self.query_one("#said", Static).update(troubled(message, remedy))

    @work(exclusive=True, exit_on_error=False)
    async def _make(self, path: Path, template: str, answers: dict[str, str]) -> None:
        try:
            made = await asyncio.to_thread(make, path, template, answers)
        except UserError as error:
            self._say_trouble(f"{error.place}: {error.message}" if str(error.place) else error.message, error.remedy)
        else:
            self._made = made
            self._hand_over()

    def on_screen_resume(self) -> None:
        self._hand_over()

    def _hand_over(self) -> None:
        if self._made is not None and self.is_current:
            self.dismiss(self._made)


def _row(label: str, field: Widget) -> Horizontal:
    return Horizontal(Static(label, classes="label"), field, classes="row")


def make(path: Path, template: str, answers: dict[str, str]) -> Path:
    """Makes an agreement from a template with some answers typed in; its file. Raises ``UserError``."""
    from sla_tui.workshop.draft import Draft
    from sla_tui.workshop.library import new
    from sla_tui.workshop.typed import put

    made = new(path, template)
    draft = Draft.open(made)
    try:
        for key, text in answers.items():
            draft.change(put(draft.value, key, text))
    finally:
        draft.close()
    return made
