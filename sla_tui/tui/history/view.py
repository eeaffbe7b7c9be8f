"""The history screen's layout, and what it shows of the past of a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.agreement.errors import UserError
from sla_tui.tui.bars import SaveNews, TitleBar
from sla_tui.tui.dialogs.dialog import troubled
from sla_tui.tui.history.lines import Line, about, author_room, changes, first_row, row
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.listing import Listing
from sla_tui.tui.words import Words
from sla_tui.workshop.past import Look, Seen

if TYPE_CHECKING:
    from sla_tui.record.git import Revision
    from sla_tui.workshop.draft import Draft
    from sla_tui.workshop.past import Past

REST = 0.04
"""Seconds on one line after which what it changed is looked up: not for lines that one only passes."""
SOON = 0.4
"""Seconds after which it is said that something is being read."""
AT_ONCE = 8
"""Revisions looked through before the screen shows how far that is."""
TICK = 0.5
"""Seconds between the words about how long a reading has taken."""
WITHOUT = "Everything else works without: u takes back what was changed in this sitting."
SHALLOW = "older ones are not in this checkout: git fetch --unshallow gets them"


T = TypeVar("T")


async def in_thread(work: Callable[[], T], late: Callable[[], object]) -> T:
    """What ``work`` comes to, done beside the screen; ``late`` is called where one has to wait for it."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    done, _ = await asyncio.wait({task}, timeout=SOON)
    if not done:
        late()
    return await task


class Row(NamedTuple):
    """A line of the list: a revision, or None for the file as it is now."""

    revision: Revision | None


class HistoryView(Screen[str]):
    """Shows the revisions of a Draft's file; hands back the KEY of what was brought back last, or nothing."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#revisions"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]

    def __init__(self, draft: Draft, called: str) -> None:
        super().__init__()
        self.draft = draft
        self.past: Past | None = None
        self.waiting: bool | None = None
        """Whether something is not committed; None while that is not known."""
        self.marked: Row | None = None
        """The revision that the one in hand is held against."""
        self.place = ""
        """The KEY of what was brought back last."""
        self._called = called
        self._rows: list[Row] = []
        self._sought = ""
        self._lines: list[Line] = []
        self._seen: dict[Look, Seen] = {}
        self._doing = ""
        """What is being read, as long as that goes on."""
        self._since = 0.0
        self._now = datetime.now().astimezone()

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Vertical(id="past"):
            with Vertical(id="list"):
                yield Listing(id="revisions", compact=True)
                yield Words(id="state")
                yield Input(id="sought", compact=True, placeholder="words, a name, a day such as 2027-03")
            with Vertical(id="seen"):
                yield Words(id="about")
                yield Listing(id="changes", compact=True)
        yield Static(id="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(TitleBar)
        bar.words, bar.state = f"History · {self._called}", self.draft.saving
        self.query_one("#sought").display = False
        self.draft.listen(lambda state: cast("None", self.post_message(SaveNews(state))))
        self.set_interval(TICK, self._tick)
        self.read()

    # -- reading

    def read(self) -> None:
        """Reads the revisions, and shows the one in hand as before where it is still there."""
        self._begin("Reading the history")
        self._read()

    @work(exclusive=True, group="reading", exit_on_error=False)
    async def _read(self) -> None:
        from sla_tui.workshop.past import Past

        try:
            past = await asyncio.to_thread(Past, self.draft.path)
        except UserError as error:
            self._end()
            self.show_trouble(error)
            return
        self.past, here = past, self.here
        self._now = datetime.now().astimezone()
        self._seen.clear()
        self.remove_class("-empty")
        self.list_rows([Row(None), *map(Row, past.revisions)], here)
        self._end()
        await self._look_at_now(past)
        if self.past is past and self.waiting is False and self.revisions.highlighted == 0 and len(self._rows) > 1:
            self.revisions.highlighted = 1  # The first line has nothing to tell.

    async def _look_at_now(self, past: Past) -> None:
        try:
            waiting = await asyncio.to_thread(past.is_waiting, self.draft.value)
        except UserError as error:
            self.show_trouble(error)
            return
        if waiting != self.waiting and self.query("#revisions"):
            self.waiting = waiting
            self.redraw(Row(None))
            self.look()
            self.refresh_bindings()

    @work(exclusive=True, group="now", exit_on_error=False)
    async def renew_now(self) -> None:
        """Shows what is not committed anew: the file says something else now."""
        if self.past is not None:
            self._seen = {look: seen for look, seen in self._seen.items() if look.revision is not None}
            self.look()
            await self._look_at_now(self.past)

    def show_trouble(self, error: UserError) -> None:
        """Says why there is no history."""
        self.past = None
        self.add_class("-empty")
        said = troubled(f"{error.message[:1].upper()}{error.message[1:]}.", error.remedy)
        self.query_one("#empty", Static).update(Content("\n\n").join([said, Content(WITHOUT)]))
        self.refresh_bindings()

    def _begin(self, doing: str) -> None:
        self._doing, self._since = doing, monotonic()
        self.show_state()
        self.refresh_bindings()

    def _end(self) -> None:
        self._doing = ""
        self.show_state()
        self.refresh_bindings()

    def _tick(self) -> None:
        if self._doing:
            self.show_state()

    @property
    def busy(self) -> bool:
        """Whether something is being read that can be stopped."""
        return bool(self._doing)

    def stop(self) -> None:
        """Stops reading; what was read is shown."""
        self.workers.cancel_group(self, "reading")
        self.workers.cancel_group(self, "seeking")
        self._end()
        if self.past is None:
            self.query_one("#state", Words).say(Content("Reading was stopped. R reads again."))
        elif self._sought:
            words = f"Stopped; {len(self._rows)} with “{self._sought}” so far; Esc shows all"
            self.query_one("#state", Words).say(Content(words))

    # -- the list

    @property
    def revisions(self) -> Listing:
        """The list of revisions."""
        return self.query_one("#revisions", Listing)

    @property
    def changes(self) -> Listing:
        """The list of what one looks at."""
        return self.query_one("#changes", Listing)

    @property
    def here(self) -> Row | None:
        """The line of the list in hand."""
        at = self.revisions.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @property
    def look_here(self) -> Look | None:
        """What one looks at: the line in hand, or from the marked one to it, whichever is older first."""
        here, marked = self.here, self.marked
        if here is None:
            return None
        if marked is None or marked == here or self.past is None:
            return Look(here.revision)
        order = [Row(None), *map(Row, self.past.revisions)]
        newer, older = sorted((here, marked), key=order.index)
        return Look(newer.revision, older.revision)

    def list_rows(self, rows: list[Row], here: Row | None) -> None:
        """Lists these lines, the cursor at ``here`` if that is among them."""
        self._rows = rows
        listing = self.revisions
        with listing.prevent(OptionList.OptionHighlighted):
            listing.clear_options()
            listing.add_options([Option(self._drawn(one)) for one in rows])
            at = rows.index(here) if here is not None and here in rows else 0
            listing.highlighted = at if rows else None
        self.look()

    def _drawn(self, one: Row) -> Content:
        marked = one == self.marked
        if one.revision is None:
            return first_row(self.waiting, marked)
        room = author_room(self.past.revisions) if self.past is not None else 0
        return row(one.revision, self._now, room, marked)

    def redraw(self, one: Row | None) -> None:
        """Draws one line of the list anew."""
        if one is not None and one in self._rows:
            self.revisions.replace_option_prompt_at_index(self._rows.index(one), self._drawn(one))

    def show_state(self) -> None:
        """Says how many revisions there are, and what is being read."""
        seconds = int(monotonic() - self._since)
        if self._doing:
            words = f"{self._doing} …{f' {seconds} s' if seconds else ''}   x stops"
        elif self.past is None:
            words = ""
        else:
            held = len(self.past.revisions)
            words = f"{held or 'no'} revision{'' if held == 1 else 's'}"
            if self._sought:
                words = f"{len(self._rows)} of {words} with “{self._sought}”; Esc shows all"
            elif self.past.cut:
                words += f"; {SHALLOW}"
        self.query_one("#state", Words).say(Content(words))

    # -- finding

    @property
    def seeking(self) -> bool:
        """Whether only some revisions are listed."""
        return bool(self._sought)

    def seek(self, words: str) -> None:
        """Lists only the revisions with these words in them; all of them for none."""
        if self.past is None:
            return
        self.workers.cancel_group(self, "seeking")
        self._sought = words
        if words:
            self.marked = None
            self.list_rows([], None)
            self._begin(f"Looking for “{words}”")
            self._seek(self.past, words)
        else:
            self.list_rows([Row(None), *map(Row, self.past.revisions)], self.here)
            self._end()

    @work(exclusive=True, group="seeking", exit_on_error=False)
    async def _seek(self, past: Past, words: str) -> None:
        found, going, total = list[Row](), past.found(words, self.draft.lists), len(past.revisions)
        number = 0
        try:
            while some := await asyncio.to_thread(list, islice(going, AT_ONCE)):
                number += len(some)
                self._doing = f"Looking for “{words}”: {number} of {total}"
                fresh = [Row(revision) for revision, holds in some if holds]
                if fresh:
                    found += fresh
                    self._rows = found
                    self.revisions.add_options([Option(self._drawn(one)) for one in fresh])
                    if self.revisions.highlighted is None:
                        self.revisions.highlighted = 0
        except UserError as error:
            self.query_one(KeyBar).say(f"{error.message}; {error.remedy}", warning=True)
        self._end()
        self.look()

    # -- what changed

    @on(OptionList.OptionHighlighted, "#revisions")
    def look(self) -> None:
        """Shows what the line in hand changed, once it is known."""
        look = self.look_here
        if look is None:
            self.query_one("#about", Words).say(Content(""))
            self._show(None, None)
            return
        self.query_one("#about", Words).say(about(look, self._now, self.waiting))
        seen = Seen() if look == Look() and self.waiting is False else self._seen.get(look)
        self._show(look, seen)
        if seen is None:
            self._see(look)

    @work(exclusive=True, group="seeing", exit_on_error=False)
    async def _see(self, look: Look) -> None:
        await asyncio.sleep(REST)
        past, now = self.past, self.draft.value
        if past is None:
            return
        seen = await in_thread(partial(past.see, look, now, self.draft.lists), partial(self._wait, look))
        if now is self.draft.value or look.revision is not None:
            self._seen[look] = seen
        if self.query("#changes") and look == self.look_here:
            self._show(look, seen)

    def _wait(self, look: Look) -> None:
        if look == self.look_here:
            self._show(look, Seen(said="reading …"))

    def _show(self, look: Look | None, seen: Seen | None) -> None:
        listing = self.changes
        width = max(20, (listing.size.width or self.size.width) - 3)
        self._lines = list(changes(seen, look, width)) if look is not None and seen is not None else []
        with listing.prevent(OptionList.OptionHighlighted):
            listing.clear_options()
            listing.add_options([Option(one.words, disabled=not one.keys) for one in self._lines])
            listing.highlighted = self._first if listing.has_focus else None
        self.refresh_bindings()

    @property
    def _first(self) -> int | None:
        """The first change, below its section's title."""
        return next((at + 1 for at, one in enumerate(self._lines[:-1]) if one.keys), None)

    @property
    def line_here(self) -> Line | None:
        """The change in hand."""
        at = self.changes.highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The cursor is in one of the lists only."""
        if event.widget is self.changes:
            self.changes.highlighted = self._first
        self.refresh_bindings()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        if event.widget is self.changes and self.app.screen is self:
            self.changes.highlighted = None

    def on_resize(self) -> None:
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        look, at = self.look_here, self.changes.highlighted
        if look is not None:
            self._show(look, self._seen.get(look))
            self.changes.highlighted = at
