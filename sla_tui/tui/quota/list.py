"""The quotas of an agreement: one a period; opened, begun and taken away here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len, set_cell_size
from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.sentence import stage_words
from sla_tui.agreement.text import clean_line
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.listing import Listing
from sla_tui.tui.quota.words import a_week, agreed, grouped, period

if TYPE_CHECKING:
    from pathlib import Path

    from sla_tui.agreement.known import Known
    from sla_tui.agreement.terms import Agreement
    from sla_tui.tui.app import SlaTui
    from sla_tui.tui.drafting.screen import Drafting
    from sla_tui.workshop.draft import Draft
    from sla_tui.workshop.quotas import Listed

FIRST = """\
No quota yet. A quota says how many qualified leads are promised for one month or quarter. It lies beside the \
agreement, so that a new one needs no new signatures.

Press n to begin the first one."""

STATE = 19
"""Cells for who has agreed."""


def ask_quotas(screen: Drafting) -> None:
    """Lists the quotas of the agreement on a screen, which then shows what became of them."""

    def left(_nothing: None) -> None:
        screen.show(screen.form.key)

    screen.app.push_screen(Quotas(screen.draft), left)


class Quotas(Dialog[None]):
    """The quotas beside the agreement of ``draft``, which hears of them anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "open", "open", id="quotas.open", tooltip="Open this quota"),
        Binding("n,f3", "new", "next period", id="quotas.new", tooltip="Begin the quota of the period after the last"),
        Binding("delete,minus", "remove", "remove", id="quotas.remove", tooltip="Take this quota away"),
        CLOSE,
    ]

    def __init__(self, draft: Draft[Agreement]) -> None:
        super().__init__("Quotas", "one for each period, agreed anew each time")
        self._draft = draft
        self._listed: tuple[Listed, ...] = ()
        self._at: Path | None = None

    def body(self) -> Iterable[Widget]:
        yield Listing(id="quotas", compact=True)
        yield Static(Content.styled("Reading …", "$text-muted"), id="said")

    def on_screen_resume(self) -> None:
        self._read()

    @work(exclusive=True, group="reading")
    async def _read(self) -> None:
        known, found = await asyncio.to_thread(_found, self._draft)
        self._draft.learn(known)
        if not self.query("#quotas"):
            return  # closed in the meantime
        self._listed = found
        listing = self.query_one(Listing)
        listing.display = bool(found)
        with listing.prevent(OptionList.OptionHighlighted):
            listing.clear_options()
            listing.add_options([Option(line, id=str(at)) for at, line in enumerate(rows(found))])
            listing.highlighted = self._first() if found else None
        listing.focus()
        self._describe()
        self.refresh_bindings()

    def _first(self) -> int:
        """Where to begin: where one was, else at the one that holds now or comes next, else at the last."""
        paths = [one.path for one in self._listed]
        if self._at in paths:
            return paths.index(self._at)
        return next((at for at, one in enumerate(self._listed) if one.when in ("now", "coming")), len(paths) - 1)

    @property
    def _here(self) -> Listed | None:
        at = self.query_one(Listing).highlighted if self.query(Listing) else None
        return self._listed[at] if at is not None and at < len(self._listed) else None

    @on(OptionList.OptionHighlighted)
    def _describe(self) -> None:
        here = self._here
        self._say(Content(FIRST) if here is None else about(here))

    def _say(self, words: Content) -> None:
        self.query_one("#said", Static).update(Content("\n") + words if self._listed else words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open or to take away where there is none."""
        return (True if self._here else None) if action in ("open", "remove") else True

    # -- what is done

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Opens the quota in hand."""
        here = self._here
        if here is not None:
            self._open(here.path)

    def _open(self, path: Path) -> None:
        self._at = path
        cast("SlaTui", self.app).open_agreement(path, lambda: None)

    def action_new(self) -> None:
        """Makes the quota of the next period and opens it."""
        self._begin()

    @work(exclusive=True, group="doing", exit_on_error=False)
    async def _begin(self) -> None:
        try:
            path = await asyncio.to_thread(_begun, self._draft)
        except UserError as error:
            self._say(troubled(f"{error.place}: {error.message}" if str(error.place) else error.message, error.remedy))
        else:
            self._open(path)

    def action_remove(self) -> None:
        """Takes the quota in hand away, once that is meant."""
        from sla_tui.tui.dialogs.confirm import Confirm, Way

        here = self._here
        if here is None:
            return
        ways = (
            Way("keep", "k", "Keep it", "Nothing is changed."),
            Way("remove", "r", "Take it away", "A copy is kept, and you are told where."),
        )
        asked = Content(f"{clean_line(here.name)}: {period(here.terms) or 'no period yet'}\n")

        def chosen(way: str | None) -> None:
            if way == "remove":
                self._remove(here.path)

        self.app.push_screen(Confirm("Take this quota away?", asked, ways), chosen)

    @work(exclusive=True, group="doing", exit_on_error=False)
    async def _remove(self, path: Path) -> None:
        from sla_tui.workshop.quotas import remove

        try:
            copy = await asyncio.to_thread(remove, path)
        except UserError as error:
            self._say(troubled(error.message, error.remedy))
            return
        self._read()
        self.query_one(KeyBar).say(f"Taken away; a copy is in {clean_line(str(copy))}")


def _found(draft: Draft[Agreement]) -> tuple[Known, tuple[Listed, ...]]:
    from sla_tui.workshop.beside import known_beside, the_day
    from sla_tui.workshop.quotas import listed

    known = known_beside(draft.path, draft.known.today)
    return known, listed(draft.path, draft.value, known.today or the_day())


def _begun(draft: Draft[Agreement]) -> Path:
    """Begins the next quota, once the agreement it counts by is on disk."""
    from sla_tui.workshop.beside import known_beside
    from sla_tui.workshop.quotas import begin

    draft.wait()
    return begin(draft.path, draft.value, known_beside(draft.path, draft.known.today))


def rows(found: tuple[Listed, ...]) -> Iterable[Content]:
    """A line a quota, in columns: name, period, leads, who has agreed, how it lies to today."""
    cells = [_cells(one) for one in found]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for one, texts in zip(found, cells, strict=True):
        name, *more = (set_cell_size(text, width) for text, width in zip(texts, widths, strict=True))
        if one.trouble:
            yield Content.assemble((name, "bold"), "  ", ("! ", "bold $warning"), clean_line(one.trouble))
        else:
            state = _state(one)
            end = (f"  {' ' * (STATE - state.cell_length)}{one.when}", "$text-muted")
            yield Content.assemble((name, "bold"), "  ", "  ".join(more), "  ", state, end)


def _cells(one: Listed) -> tuple[str, ...]:
    if one.trouble:
        return clean_line(one.name), "", ""
    leads = f"{grouped(one.leads)} {stage_words(clean_line(one.terms.counts or 'lead'))}"
    return clean_line(one.name), period(one.terms), leads


def _state(one: Listed) -> Content:
    if one.changed:
        return Content.assemble(("! ", "bold $warning"), "out of date")
    words = agreed(one.sides)
    return Content.assemble(("✓ ", "$success") if words == "agreed" else ("○ ", "$text-muted"), words)


def about(one: Listed) -> Content:
    """What is still to be said about the quota in hand."""
    if one.trouble:
        return troubled("This file cannot be used as it stands.", "Enter shows what is wrong in it.")
    said = [
        a_week(one.terms),
        f"{one.open} open" if one.open else "every question answered",
        f"{one.wrong} to mend" if one.wrong else "",
    ]
    words = " · ".join(word for word in said if word)
    if one.changed:
        words += "\nThe scoring changed since it was agreed: open it and press b, then agree on the number anew."
    return Content.styled(words, "$text-muted")
