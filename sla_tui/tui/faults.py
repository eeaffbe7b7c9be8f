"""A file that is no agreement as it stands: its faults, and its text at each, to read only."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from sla_tui.agreement.errors import Fault, InvalidFile, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.tui.bars import TitleBar
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.listing import Listing
from sla_tui.tui.source import Source, lines_of
from sla_tui.workshop.draft import Draft

ABOUT = """\
The file is not an agreement as it stands. Nothing in it has been touched, and nothing will be until it can be read.
Put right what is listed, here with e or in any editor, then press r. Once nothing is wrong the workshop opens."""


class FaultsScreen(Screen[Draft | None]):
    """Hands back the Draft once the file can be read; None when it was left as it is."""

    CSS_PATH = "faults.tcss"
    AUTO_FOCUS = "#faults"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r,f5", "reread", "read again", id="faults.reread", tooltip="Read the file again; opens it when mended"
        ),
        Binding("e,f2", "editor", "edit", id="faults.edit", tooltip="Open the file in your editor at this line"),
        Binding(
            "enter", "look", "see it in the text", id="faults.look", tooltip="Move about in the text at this fault"
        ),
        Binding("question_mark,f1", "help", "help", id="faults.help", tooltip="Help, and every key"),
        Binding("q,escape", "leave", "back", id="faults.back", tooltip="Back; the file stays as it is"),
    ]

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__()
        self.path = path
        self.faults = faults

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="summary")
        yield Listing(id="faults", compact=True)
        yield Static(id="fix")
        yield Source(id="source")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(TitleBar).words = clean_line(str(self.path))
        self._show(self.faults)
        self._read_text()

    @work(exclusive=True, group="text")
    async def _read_text(self) -> None:
        lines = await asyncio.to_thread(lines_of, self.path)
        if not self.query(Source):
            return  # closed in the meantime
        self.query_one(Source).show(lines)
        self._point()

    def _show(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        count = len(faults)
        self.query_one("#summary", Static).update(
            Content.assemble(
                ("! ", "bold $warning"),
                ("This file cannot be used as it stands", "bold"),
                f": {'one thing is' if count == 1 else f'{count} things are'} wrong.",
                (" Nothing in it was touched.", "$text-muted"),
            )
        )
        listed = self.query_one("#faults", Listing)
        places = [f"{one.place.line}:{one.place.column}" if one.place.line else "–" for one in faults]
        width = max(map(len, places))
        listed.clear_options()
        listed.add_options(
            Content.assemble((f"{place:>{width}}  ", "$text-muted"), clean_line(fault.message))
            for place, fault in zip(places, faults, strict=True)
        )
        listed.highlighted = 0

    @property
    def fault(self) -> Fault:
        """The fault in hand."""
        return self.faults[self.query_one("#faults", Listing).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _point(self) -> None:
        fault = self.fault
        said = [words for words in (fault.key and f"at {fault.key}", fault.fix) if words]
        self.query_one("#fix", Static).update(Content("  ".join(map(clean_line, said)) or " "))
        self.query_one(Source).point(fault.place.line, fault.place.column)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        """Into the text, and back to the list."""
        source = self.query_one(Source)
        (self.query_one("#faults") if source.has_focus else source).focus()

    def action_reread(self) -> None:
        """Reads the file again."""
        self._reread()

    @work(exclusive=True, group="reread")
    async def _reread(self) -> None:
        self.query_one(KeyBar).say("Reading …")
        try:
            draft = await asyncio.to_thread(Draft.open, self.path)
        except InvalidFile as error:
            self._show(error.faults)
            self._read_text()
            self.query_one(KeyBar).say("Read again.")
        except UserError as error:
            self._show((Fault(error.message, error.remedy, "", error.place),))
        else:
            self.dismiss(draft)

    def action_editor(self) -> None:
        """Opens the user's editor at the fault and reads the file again afterwards."""
        from textual.app import SuspendNotSupported

        from sla_tui.tui.editor import command, run

        words = command(self.path, max(1, self.fault.place.line), max(1, self.fault.place.column))
        if words is None:
            said = "No editor: set VISUAL or EDITOR, or mend it elsewhere and press r."
            self.query_one(KeyBar).say(said, warning=True)
            return
        try:
            with self.app.suspend():
                trouble = run(words)
        except SuspendNotSupported:
            trouble = "An editor cannot be opened here."
        self.refresh(layout=True)
        if trouble:
            self.query_one(KeyBar).say(trouble, warning=True)
        else:
            self._reread()

    def action_leave(self) -> None:
        """Out of the text; then back."""
        if self.query_one(Source).has_focus:
            self.action_look()
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """Help on this screen."""
        from sla_tui.tui.dialogs.help import Help, keys_of

        self.app.push_screen(Help("Faults", Content(ABOUT), keys_of(cast("Screen[object]", self))))
