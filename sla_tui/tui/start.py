"""The start screen: the agreements of a folder, and new ones."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line
from sla_tui.tui.bars import TitleBar
from sla_tui.tui.dialogs.dialog import troubled
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.listing import Listing
from sla_tui.tui.when import when

if TYPE_CHECKING:
    from sla_tui.tui.app import SlaTui
    from sla_tui.workshop.library import Entry

FIRST = """\
No agreement here yet.

An agreement says what marketing and sales owe each other: which leads are handed over, how fast they are followed up, \
and who signs for it.

Press [b]n[/b] to begin one. You can leave at any time; every answer is saved."""
ABOUT = """\
The agreements found in the folder “agreements” here, or the folder asked for, and right below; last changed first.
○ open   ! cannot be read as it stands: opens at what is wrong   ✓ every question answered
Between the version and the open questions stands what the agreement needs first, such as “to renew”, “unsigned” or \
“no quota”; sla-tui status says more."""


class StartScreen(Screen[None]):
    """Lists the agreements below ``folder``."""

    CSS_PATH = "start.tcss"
    AUTO_FOCUS = "#agreements"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "open", "open", id="start.open", tooltip="Open this agreement"),
        Binding("n,f3", "new", "new", id="start.new", tooltip="Begin a new agreement"),
        Binding("slash,f7", "find", "find", id="start.find", tooltip="Show only those with some words in them"),
        Binding("r,f5", "reload", "reload", id="start.reload", tooltip="Look through the folder again"),
        Binding("question_mark,f1", "help", "help", id="start.help", tooltip="Help, and every key"),
        Binding("q", "app.quit", "quit", id="start.quit", tooltip="Leave sla-tui"),
        Binding("escape", "unfind", "show all", show=False, id="start.all", tooltip="Show all of them again"),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._entries: tuple[Entry, ...] | None = None
        self._shown: tuple[Entry, ...] = ()
        self._at: Path | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield Static(id="notice")
        yield Listing(id="agreements", compact=True)
        yield Input(placeholder="words of a title, an organization, a folder", id="words", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(TitleBar).words = f"sla-tui · {clean_line(str(self.folder))}"
        self._notice(Content.styled(f"Looking through {self.folder} …", "$text-muted"))
        self.action_reload()

    @property
    def _listed(self) -> Listing:
        return self.query_one("#agreements", Listing)

    def _notice(self, words: Content | None) -> None:
        notice = self.query_one("#notice", Static)
        notice.display = words is not None
        notice.update(words or "")

    # -- what is there

    def action_reload(self) -> None:
        """Reads the folder again."""
        self._load()

    @work(exclusive=True)
    async def _load(self) -> None:
        from sla_tui.workshop.library import agreements

        problem: UserError | None = None
        try:
            entries = await asyncio.to_thread(agreements, self.folder)
        except UserError as error:
            entries, problem = None, error
        if not self.query("#agreements"):
            return  # closed in the meantime
        self._entries = entries
        if problem is None:
            self._show_found()
        else:
            self._show(())
            self._notice(troubled(str(problem)))

    def _show_found(self) -> None:
        entries = self._entries or ()
        wanted = self.query_one(Input).value.lower().split()
        found = tuple(one for one in entries if all(word in _all_words(one) for word in wanted))
        self._show(found)
        if not entries:
            self._notice(Content.from_markup(FIRST))
        elif not found:
            self._notice(Content.styled("None of them has these words. Esc shows all again.", "$text-muted"))
        else:
            self._notice(None)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._shown = entries
        listed = self._listed
        listed.display = bool(entries)
        with listed.prevent(OptionList.OptionHighlighted):
            listed.clear_options()
            now, width = datetime.now(), self.size.width - 4
            listed.add_options([Option(row(one, now, width), id=str(at)) for at, one in enumerate(entries)])
            places = [one.path for one in entries]
            if places:
                listed.highlighted = places.index(self._at) if self._at in places else 0
        self.refresh_bindings()

    def on_resize(self) -> None:
        if self._entries is not None:
            self.call_after_refresh(self._show, self._shown)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        self._at = self._shown[event.option_index].path

    # -- what is done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open or to find in an empty folder."""
        if action == "open":
            return True if self._shown else None
        if action == "find":
            return True if self._entries else None
        if action == "unfind":
            return bool(self.query_one(Input).value or self.query_one(Input).has_focus)
        return True

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Opens the agreement in hand."""
        at = self._listed.highlighted
        if self._shown and at is not None:
            self._open(self._shown[at].path)

    def _open(self, path: Path) -> None:
        self._at = path
        cast("SlaTui", self.app).open_agreement(path, self._back)

    def _back(self) -> None:
        self._listed.focus()
        self.action_reload()

    def action_new(self) -> None:
        """Asks for what a new agreement needs, makes it and opens it."""
        from sla_tui.tui.dialogs.new import New
        from sla_tui.workshop.library import templates

        def made(path: Path | None) -> None:
            if path is not None:
                self._open(path)

        self.app.push_screen(New(self.folder, templates()), made)

    def action_find(self) -> None:
        """Opens the line for words to find."""
        words = self.query_one(Input)
        words.display = True
        words.focus()

    @on(Input.Changed)
    def _words_typed(self) -> None:
        self._show_found()

    @on(Input.Submitted)
    def _words_done(self) -> None:
        if self._shown:
            self._listed.focus()

    def action_unfind(self) -> None:
        """Shows all again."""
        words = self.query_one(Input)
        words.value = ""
        words.display = False
        self._listed.focus()

    def action_help(self) -> None:
        """Help on this screen."""
        from sla_tui.tui.dialogs.help import Help, keys_of

        self.app.push_screen(Help("Start", Content(ABOUT), keys_of(cast("Screen[object]", self))))


def _all_words(entry: Entry) -> str:
    life = entry.life.word if entry.life else ""
    return " ".join((entry.organization, entry.title, entry.status, life, entry.version, str(entry.path))).lower()


def standing(entry: Entry) -> Content:
    """Sign and words for how far an agreement is."""
    if entry.trouble:
        return Content.assemble(("! ", "bold $warning"), "to mend")
    if entry.open:
        return Content(f"○ {entry.open} open")
    return Content.assemble(("✓ ", "$success"), "all answered")


def row(entry: Entry, now: datetime, width: int) -> Content:
    """Two lines: whose it is and how it stands; what it is called or what is wrong, and where it lies."""
    life = entry.life
    right = (
        set_cell_size(f"v{clean_line(entry.version)}" if entry.version else "", 7),
        (set_cell_size(life.word if life else entry.status, 17), "bold $warning" if life and life.needs else ""),
        set_cell_size(standing(entry).plain, 15),
        f"{when(entry.changed, now):>12}",
    )
    name = Content(clean_line(entry.name)).truncate(width - 55, ellipsis=True, pad=True)
    first = Content.assemble(
        (name.plain, "bold"), "  ", right[0], right[1], _toned(entry, right[2]), (right[3], "$text-muted")
    )
    where = clean_line(str(entry.path.parent))
    said = entry.trouble or entry.title
    second = Content(f"{clean_line(said)}  ({where})" if said else where).truncate(width, ellipsis=True)
    return first + Content("\n") + second.stylize("$text-muted") + Content("\n")


def _toned(entry: Entry, words: str) -> Content:
    return Content.styled(words, "bold $warning" if entry.trouble else "$text-muted" if entry.open else "$success")
