"""The application: which screen comes first, what holds on every screen, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.tui import settings
from sla_tui.tui.cramped import Cramped, too_small
from sla_tui.tui.farewell import farewell
from sla_tui.tui.keys import KeyBar, palette_commands
from sla_tui.tui.terminal import mind_terminal
from sla_tui.tui.themes import DARK, THEMES
from sla_tui.workshop.saver import Saving

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen
    from textual.theme import Theme

    from sla_tui.tui.drafting.screen import Drafting
    from sla_tui.workshop.draft import Draft

AT_ONCE = 200_000
"""Bytes up to which a file is read before anything is shown; a larger one is read beside."""

HANGUP = 1
"""The number of the signal that says the terminal was closed, also where there is no such signal."""

Closed = Callable[[], None]


class SlaTui(App[None]):
    """A workshop on one agreement, or the start screen over a folder of them.

    ``drafts`` are being worked on; ``said`` has the last words about those that were left. ``failed`` is why the
    agreement at ``path`` cannot be opened.
    """

    TITLE = "sla-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command_palette", "palette", id="app.palette", tooltip="Find an action by its name"),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="app.quit", tooltip="Save and leave sla-tui"),
    ]
    CSS = """
    * { scrollbar-size-vertical: 1; }
    #waiting { width: 1fr; height: 1fr; content-align: center middle; color: $text-muted; }
    """

    def __init__(self, path: Path | None = None, folder: Path | None = None) -> None:
        super().__init__()
        self._path = path
        self._folder = folder or Path("agreements")
        self._settings = settings.load()
        self._clashes: set[str] = set()
        self._around: asyncio.AbstractEventLoop | None = None
        self._ending = False
        self.drafts: list[Draft] = []
        self.said: dict[Path, str] = {}
        self.failed: UserError | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()
        self.set_keymap(dict(self._settings.keymap))

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Reading {self._path or self._folder} …"), id="waiting")

    async def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        self._mind_signals()
        if self._path is None:
            from sla_tui.tui.start import StartScreen

            await self.push_screen(StartScreen(self._folder))
        elif _size(self._path) <= AT_ONCE:
            await self._open(self._path, self.exit)
        else:
            self.open_agreement(self._path, self.exit)
        self._cover()
        self._say_settings()

    def on_ready(self) -> None:
        """What start-up made stays; only what comes after it is looked through for garbage."""
        gc.freeze()
        gc.enable()

    def on_unmount(self) -> None:
        """The end looks through everything again."""
        gc.unfreeze()

    def _first_theme(self) -> str:
        """The theme chosen, where there is such a one; without colours the terminal's own would be black on black."""
        chosen = self.available_themes.get(self._settings.theme)
        return DARK.name if chosen is None or (chosen.ansi and self.no_color) else chosen.name

    # -- opening

    def open_agreement(self, path: Path, closed: Closed) -> None:
        """Opens the workshop on an agreement, or its faults; ``closed`` is called once it is left."""
        self.run_worker(self._open(path, closed), exclusive=True, group="opening", exit_on_error=True)

    async def _open(self, path: Path, closed: Closed) -> None:
        from sla_tui.workshop.draft import Draft
        from sla_tui.workshop.folder import agreement_file

        try:
            draft = await asyncio.to_thread(partial(Draft.open, path, beside=False))
        except InvalidFile as error:
            from sla_tui.tui.faults import FaultsScreen

            file = agreement_file(path)
            await self.push_screen(FaultsScreen(file, error.faults), partial(self._after_faults, closed=closed))
        except UserError as error:
            if len(self.screen_stack) > 1:
                from sla_tui.tui.dialogs.message import Told

                await self.push_screen(Told(error, "It cannot be opened"), lambda _result: closed())
            else:
                self.failed = error
                self.exit()
        else:
            await self._work_on(draft, closed)

    async def _work_on(self, draft: Draft, closed: Closed) -> None:
        self.drafts.append(draft)
        screen = _screen_for(draft)
        await self.push_screen(screen, lambda _result: self._left(draft, closed))
        screen.call_after_refresh(self._look_beside, draft, screen)

    @work(group="beside", exit_on_error=False)
    async def _look_beside(self, draft: Draft, screen: Drafting) -> None:
        """Once the first frame is drawn: what the quotas beside an agreement have to do with it."""
        from sla_tui.workshop.beside import known_beside

        known = await asyncio.to_thread(known_beside, draft.path, draft.known.today)
        if draft.learn(known) and screen.is_attached:
            screen.show(screen.form.key)

    def _left(self, draft: Draft, closed: Closed) -> None:
        """Ends the work on one agreement; what could not be saved is brought to safety and spoken about."""
        self.drafts.remove(draft)
        self.said[draft.path] = words = farewell(draft)
        if draft.saving.saving is not Saving.SAVED:
            self.notify(words, severity="warning", markup=False, timeout=15)
        closed()

    async def _after_faults(self, draft: Draft | None, closed: Closed) -> None:
        if draft is None:
            closed()
        else:
            await self._work_on(draft, closed)

    # -- on every screen

    async def on_event(self, event: events.Event) -> None:
        """Every key comes by here first, one that a field takes too: it ends what was said in passing."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            for bar in self.screen.query(KeyBar):
                bar.heard_key()
        await super().on_event(event)

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._cover)

    def _cover(self) -> None:
        small, covered = too_small(self.size), isinstance(self.screen, Cramped)
        if small and not covered:
            self.push_screen(Cramped())
        elif covered and not small:
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what the screen's own keys do, then what Textual offers."""
        yield from palette_commands(screen)
        yield SystemCommand("Theme", "Light, dark, high contrast, and more colours", self.action_change_theme)

    def _remember_theme(self, theme: Theme) -> None:
        try:
            settings.remember_theme(theme.name)
        except (OSError, ValueError) as error:
            self.notify(str(error), title="The theme is not remembered", severity="warning", markup=False)

    def _say_settings(self) -> None:
        file, wrong = settings.config_file(), self._settings.trouble
        if self._settings.theme and self._settings.theme not in self.available_themes:
            wrong = "; ".join(word for word in (wrong, f"there is no theme {self._settings.theme!r}") if word)
        if wrong:
            self.notify(wrong, title=f"{file} is not used as it stands", severity="warning", markup=False, timeout=10)

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Says once which actions lose their key to the keymap in the settings."""
        lost = {binding.id or binding.action for binding in clashed_bindings} - self._clashes
        self._clashes |= lost
        if lost:
            said = f"{', '.join(sorted(lost))} lost a key to another action"
            self.notify(said, title="Your keymap", severity="warning", markup=False)

    # -- the end

    async def action_quit(self) -> None:
        """Leaves, once what is not saved has been spoken about."""
        self._leave_all(tuple(self.drafts))

    def _leave_all(self, drafts: tuple[Draft, ...]) -> None:
        """Leaves one after another, the last opened first, then ends."""
        from sla_tui.tui.drafting.asking import leave

        if drafts:
            leave(self, drafts[-1], partial(self._leave_all, drafts[:-1]))
        else:
            self.exit()

    def _mind_signals(self) -> None:
        if self.is_headless:
            return
        self._around = loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError):
                number: int = getattr(signal, name)
                loop.add_signal_handler(number, self._told_to_end, number)

    def terminal_gone(self) -> None:
        """The terminal was closed: ends as for the signal that says so, which not every terminal sends. Any thread."""
        if self._around is not None:
            with contextlib.suppress(RuntimeError):
                self._around.call_soon_threadsafe(self._told_to_end, HANGUP)

    def _told_to_end(self, number: int) -> None:
        if self._ending:
            return
        self._ending = True
        for draft in self.drafts:
            draft.flush()
        self.exit(return_code=128 + number)

    def _fatal_error(self) -> None:
        """A bug: ends without Textual's traceback, for it shows people's texts; ``run`` raises what happened."""
        self._close_messages_no_wait()

    @property
    def bug(self) -> Exception | None:
        """The unexpected error that ended it."""
        return self._exception


def _screen_for(draft: Draft) -> Drafting:
    """The screen on which an agreement, or a quota, is drafted."""
    from sla_tui.workshop.folder import is_quota

    if is_quota(draft.path):
        from sla_tui.tui.quota.screen import QuotaDrafting

        return QuotaDrafting(draft)
    from sla_tui.tui.drafting.screen import Drafting

    return Drafting(draft)


def _size(path: Path) -> int:
    from sla_tui.workshop.folder import agreement_file

    try:
        return agreement_file(path).stat().st_size
    except OSError:
        return 0


def _print(lines: Iterable[str]) -> None:
    """Prints; where the terminal is gone, nothing printed later can fail either."""
    try:
        for line in lines:
            print(line, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(path: Path | None = None, folder: Path | None = None) -> int:
    """Runs the application on one agreement, or on a folder of them; the exit code.

    Raises ``UserError`` when the agreement cannot be opened, and whatever unexpected error ended the application; the
    terminal is as it was by then, and what was not saved lies in the state folder.
    """
    app = SlaTui(path, folder)
    mind_terminal(app.terminal_gone)
    app.run()
    for draft in app.drafts:
        app.said[draft.path] = farewell(draft)
    _print(app.said.values())
    if problem := app.bug or app.failed:
        raise problem
    return app.return_code or 0
