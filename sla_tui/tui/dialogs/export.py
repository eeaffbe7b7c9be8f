"""Exporting: which file, paper and version; then how it went and where it is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sla_tui.agreement.errors import UserError
from sla_tui.tui.dialogs.dialog import Dialog, troubled
from sla_tui.tui.dialogs.findings import line
from sla_tui.tui.dialogs.pick import Pick
from sla_tui.workshop.export import Paper, default_target, export, unprinted
from sla_tui.workshop.final import objections
from sla_tui.workshop.refused import to_settle

if TYPE_CHECKING:
    from textual.worker import Worker

    from sla_tui.workshop.draft import Draft

PAPERS = (("a4", "A4"), ("letter", "Letter"))
VERSIONS = (("draft", "draft, marked on every page"), ("final", "final, to sign"))
SHOWN = 50


class Line(Input):
    """Where to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.export", "export", id="export.done", tooltip="Write the PDF"),
    ]


class Export(Dialog[None]):
    """Exports the draft's agreement as it is now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "export", id="export.do", tooltip="Write the PDF"),
        Binding("f5", "export", "export", show=False, id="export.f5", tooltip="Write the PDF"),
        Binding("tab", "app.focus_next", "next", id="export.next", tooltip="The next line"),
        Binding("shift+tab", "app.focus_previous", "before", show=False, id="export.before", tooltip="The line before"),
        Binding("down", "app.focus_next", "next", show=False, id="export.down", tooltip="The next line"),
        Binding("up", "app.focus_previous", "before", show=False, id="export.up", tooltip="The line before"),
        Binding("o", "open", "open it", id="export.open", tooltip="Open the PDF in your viewer"),
        Binding("escape", "leave", "close", id="export.close", tooltip="Close; stops an export that is under way"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__("Export a PDF")
        self._draft = draft
        self._stop = threading.Event()
        self._started = 0.0
        self._against = objections(to_settle(draft), draft.value, draft.known)
        self._export_running: Worker[None] | None = None
        self._done: Path | None = None
        self._suggested = str(self._target())

    def _target(self, final: bool = False) -> Path:
        return default_target(self._draft.path, self._draft.value, final=final)

    def body(self) -> Iterable[Widget]:
        with Horizontal(classes="row"):
            yield Static("File", classes="label")
            yield Line(self._suggested, id="file", compact=True, select_on_focus=False)
        with Horizontal(classes="row"):
            yield Static("Paper", classes="label")
            yield Pick(PAPERS, id="paper")
        with Horizontal(classes="row"):
            yield Static("Version", classes="label")
            yield Pick(VERSIONS, id="version")
        with VerticalScroll(classes="said scrolls", can_focus=False):
            yield Static(id="said")

    def on_mount(self) -> None:
        self.query_one("#file").focus()
        self._show_standing()

    @property
    def _final(self) -> bool:
        return self.query_one("#version", Pick).value == "final"

    def _say(self, words: Content) -> None:
        self.query_one("#said", Static).update(words)
        self.refresh_bindings()

    def _show_standing(self) -> None:
        if not self._against:
            self._say(Content.styled("✓ Nothing stands against a final version.", "$success"))
            return
        count = len(self._against)
        head = (
            f"{count} thing{'' if count == 1 else 's'} {'stands' if count == 1 else 'stand'} against a final version:"
        )
        lines = [Content.styled(head, "$text-muted"), *(line(self._draft.value, one) for one in self._against[:SHOWN])]
        if self._final:
            lines[0] = Content.assemble(("! ", "bold $warning"), f"{head} settle them, or export a draft.")
        if count > SHOWN:
            lines.append(Content.styled(f"… and {count - SHOWN} more", "$text-muted"))
        self._say(Content("\n").join(lines))

    @on(Pick.Changed, "#version")
    def _version_chosen(self) -> None:
        file = self.query_one("#file", Input)
        if file.value == self._suggested:
            file.value = self._suggested = str(self._target(self._final))
        self._done = None
        self._show_standing()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open before there is something; one export at a time."""
        if action == "open":
            return self._done is not None and not isinstance(self.focused, Input)
        if action == "export":
            return True if self._export_running is None and not (self._final and self._against) else None
        return True

    def action_export(self) -> None:
        """Starts the export, unless one is under way."""
        if not self.check_action("export", ()):
            return
        typed = self.query_one("#file", Input).value.strip()
        target = Path(typed).expanduser() if typed else self._target(self._final)
        paper = cast("Paper", self.query_one("#paper", Pick).value)
        self._done = None
        self._export_running = self._export(target, paper, self._final)

    def action_leave(self) -> None:
        """Stops an export that is under way; else closes."""
        if self._export_running is None:
            self.dismiss(None)
        else:
            self._stop.set()

    @work(exclusive=True, exit_on_error=False)
    async def _export(self, target: Path, paper: Paper, final: bool) -> None:
        self._stop.clear()
        self._started = time.monotonic()
        ticking = self.set_interval(0.2, self._tick)
        self._tick()
        wanted = partial(export, self._draft.value, self._draft.path, target, paper=paper, final=final)
        try:
            self._done = await asyncio.to_thread(wanted, stopped=self._stop.is_set)
        except UserError as error:
            self._say(troubled(f"{error.place}: {error.message}" if str(error.place) else error.message, error.remedy))
        else:
            self._say_done(self._done)
        finally:
            ticking.stop()
            self._export_running = None
            self.refresh_bindings()

    def _tick(self) -> None:
        seconds = time.monotonic() - self._started
        doing = "Stopping" if self._stop.is_set() else "Setting the pages"
        passed = f"  {seconds:.0f} s; Esc stops it" if seconds > 1 else ""
        self._say(Content.styled(f"{doing} …{passed}", "$text-muted"))

    def _say_done(self, target: Path) -> None:
        self.query_one("#paper").focus()
        size = target.stat().st_size / 1024
        written = Content.assemble(("✓ Written: ", "bold $success"), (str(target), "bold"), f"  {size:.0f} KB")
        lines = [written, Content.styled("  o opens it; Esc closes this.", "$text-muted")]
        first, *others = unprinted(self._draft.value) or (None,)
        if first:
            more = f" And {len(others)} more among the findings." if others else ""
            lines.insert(1, Content.assemble(("! ", "bold $warning"), f"{first.message}.{more}"))
        self._say(Content("\n").join(lines))

    def action_open(self) -> None:
        """Opens the file in whatever the system opens PDFs with."""
        if self._done is not None and not opened(self._done):
            self._say(troubled(f"no program here opens it: {self._done}", "copy it to where one does"))


def opened(path: Path) -> bool:
    """Hands a file to the system's own opener; False when there is none."""
    import shutil
    import subprocess
    import sys

    command = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if command is None:
        return False
    quiet = subprocess.DEVNULL
    subprocess.Popen([command, str(path.absolute())], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    return True
