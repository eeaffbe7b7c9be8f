"""Putting a condition together from the leads' own columns and values; what it fires on is said as it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.building import ALONE, LISTED, NUMERIC, Built, begun
from sla_tui.scoring.firing import Firings, Value
from sla_tui.scoring.offers import Offer, offer_of
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.looking import Answer, Listed, Looked, Looking, Purpose, WasRead, Weighed
from sla_tui.tui.board.offered import HEADS, KINDS, NOT_TOLD, Choice, Offered, Tests
from sla_tui.tui.board.said import Said
from sla_tui.tui.dialogs.dialog import CLOSE, troubled

if TYPE_CHECKING:
    from sla_tui.agreement.conditions import Condition
    from sla_tui.scoring.board import Board

QUICK = 50_000
"""Leads, and values of a column, up to which a condition is tried within a frame; beyond it is done beside."""


class Builder(Looking):
    """Asks for a condition; ``brought`` is told of a board that holds more of the files than ``board`` did."""

    AUTO_FOCUS = "#column"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "done", "done", priority=True, id="builder.done", tooltip="Take the condition as it stands"),
        Binding("tab", "row(1)", "next row", priority=True, id="builder.next", tooltip="Column, test, value, list"),
        Binding("shift+tab", "row(-1)", "row before", show=False, priority=True, id="builder.before",
                tooltip="The row before"),
        Binding("f2", "typing", "type it", priority=True, id="builder.type", tooltip="Type the condition as text"),
        Binding("down", "list", "list", show=False, id="builder.list", tooltip="Into the list"),
        CLOSE,
    ]  # fmt: skip

    def __init__(
        self,
        purpose: Purpose,
        board: Board,
        when: str | Condition | None,
        brought: Callable[[Board], None],
        revealed: bool = False,
    ) -> None:
        super().__init__(purpose, board, revealed)
        self._original = when
        self._brought = brought
        self._offers: list[Offer] = []
        self._whole = False
        self._start = self._built = Built()
        self._filter = ""
        self._choosing = True
        self._values: tuple[Value, ...] = ()
        self._hidden = 0
        self._asked = 0
        self._busy = False

    def body(self) -> Iterable[Widget]:
        with Horizontal(classes="row"):
            yield Static("Column", classes="label")
            yield Input(id="column", compact=True, placeholder="type to find one")
        yield Said(id="facts")
        with Horizontal(classes="tests"):
            yield Static("Test", classes="label")
            yield Tests()
        with Horizontal(classes="row"):
            yield Static("Value", classes="label")
            yield Input(id="value", compact=True)
        yield Offered()
        yield Said(id="live")

    def on_mount(self) -> None:
        self._show()
        self.look(self.firings.board, self._original)

    # -- what there is to choose from

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        self._offers, self._whole = event.found, event.whole
        if self._built.offer is None and event.first is not None:
            if event.first.kind == "unread":
                self._bring(event.first)
                return
            self._begin(event.first)
        elif self._choosing:
            self._show_list()

    def _begin(self, offer: Offer) -> None:
        """Goes on from the condition that is there."""
        self._start = self._built = begun(self._original, offer)
        self._chose()

    def _bring(self, offer: Offer) -> None:
        """Reads a column that no rule has needed yet."""
        self._say(Content.styled(f"Reading {clean_line(offer.name)} …", "bold $primary"))
        self.read(offer, self.firings.board)

    @on(WasRead)
    def _was_read(self, event: WasRead) -> None:
        if event.board is None:
            if event.trouble is not None:
                self._say(troubled(event.trouble.message, event.trouble.remedy))
            return
        self._brought(event.board)
        self.firings = Firings(event.board, self.purpose.everybody)
        fresh = offer_of(event.board, event.offer.name)
        if fresh is None:
            return
        self._offers = [fresh if one.at == fresh.at and one.name == fresh.name else one for one in self._offers]
        if self._original is not None and self._built.offer is None and self._start.offer is None:
            self._begin(fresh)
        else:
            self._choose(fresh)

    # -- choosing

    def _choose(self, offer: Offer) -> None:
        if offer.kind == "unread" or (offer.kind == "activity" and self.firings.board.leads.missing((offer.need,))):
            self._bring(offer)
            return
        self._built = self._built.of(offer)
        self._chose()

    def _chose(self) -> None:
        """Goes from the column to its test and values."""
        self._choosing, self._filter = False, ""
        self.query_one("#column", Input).value = self._built.offer.name if self._built.offer else ""
        self._take_values()
        self._show()
        offer = self._built.offer
        beside = offer is not None and offer.kind != "id" and offer.different > QUICK
        listed = self._built.test in LISTED and (bool(self._values) or beside)
        alone = self._built.test in ALONE
        self.query_one("#offered" if listed else "#tests" if alone else "#value").focus()

    def _take_values(self) -> None:
        """Looks up the values that can be chosen."""
        self._values, self._hidden = (), 0
        offer, test = self._built.offer, self._built.test
        if offer is not None and offer.different > QUICK:
            self.list_beside(offer, test)
        elif offer is not None:
            self._keep(self.listed(offer, test))

    def _keep(self, listed: Listed) -> None:
        self._values, self._hidden = listed.found, listed.hidden

    @on(Listed)
    def _was_listed(self, event: Listed) -> None:
        if (event.offer, event.test) == (self._built.offer, self._built.test):
            self._keep(event)
            self._show_list()

    def _set(self, built: Built) -> None:
        other = built.test != self._built.test
        self._built = built
        if other:
            self._take_values()
        self._show()

    @on(Tests.Chose)
    def _tested(self, event: Tests.Chose) -> None:
        self._choosing = False
        self._set(self._built.by(event.test))

    @on(Offered.Took)
    def _took(self, event: Offered.Took) -> None:
        here = self.query_one(Offered).here
        if here is None:
            if not event.tick:
                self.action_done()
        elif here.offer is not None:
            self._choose(here.offer)
        elif here.value is None or here.ticked is None:
            return
        elif event.tick:
            self._set(self._built.tick(here.value.text))
        elif not self._built.lacks and (self._built.ticked or self._built.test in NUMERIC):
            self.action_done()
        else:
            self._set(self._built.tick(here.value.text))
            if not self._built.lacks:
                self.action_done()

    @on(Offered.Above)
    def _above(self, event: Offered.Above) -> None:
        self._choosing = self._choosing and self.focused is not self.query_one(Tests)
        if not self._choosing and self._built.test in ALONE:
            return
        line = self.query_one("#column" if self._choosing else "#value", Input)
        line.focus()
        if event.typed:
            line.value = event.typed if self._choosing else f"{line.value}{event.typed}"
            line.cursor_position = len(line.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "value":
            if event.value != self._built.typed:
                self._built = Built(self._built.offer, self._built.test, self._built.ticked, event.value)
                self._show()
        elif self._choosing and event.value != self._filter:
            self._filter = event.value
            self._show_list(0)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        here = self.query_one(Offered).here
        if event.input.id == "column":
            if self._choosing and here is not None and here.offer is not None:
                self._choose(here.offer)
        elif self._halfway and here is not None and here.value is not None:
            self._set(self._built.tick(here.value.text))
        else:
            self.action_done()

    @property
    def _halfway(self) -> bool:
        """Whether the typed text is the beginning of a listed value rather than a value."""
        typed = self._built.typed.strip().casefold()
        if self._built.test not in LISTED or not typed:
            return False
        listed = [one.value.text.casefold() for one in self._listed() if one.value is not None]
        return bool(listed) and typed not in listed

    def on_descendant_focus(self) -> None:
        focused = self.focused
        choosing = (
            self._choosing
            if focused is None
            else {"column": True, "offered": self._choosing}.get(focused.id or "", False)
        )
        if choosing != self._choosing:
            self._choosing = choosing
            self._show_list()

    def action_row(self, by: int) -> None:
        """Goes on to the next row."""
        rows = ["column", "offered"] if self._built.offer is None else ["column", "tests", "value", "offered"]
        if self._built.offer is not None and self._built.test in ALONE:
            rows = ["column", "tests"]
        here = self.focused.id if self.focused is not None else ""
        at = rows.index(here) if here in rows else -by
        self.set_focus(self.query_one(f"#{rows[(at + by) % len(rows)]}"))

    def action_list(self) -> None:
        """Goes into the list."""
        offered = self.query_one(Offered)
        if offered.count:
            offered.focus()

    def action_typing(self) -> None:
        """Leaves this for the line in which a condition is typed."""
        self.dismiss(Answer())

    def action_done(self) -> None:
        """Hands back the condition; says what is lacking where it is not whole."""
        try:
            when = self._resolved().when
        except ValueError as error:
            self._say(troubled(str(error)))
            return
        if when is None:
            self._say(troubled(f"Not whole yet: {self._built.lacks}."))
            return
        untouched = self._built == self._start and self._original is not None
        self.dismiss(Answer(self._original if untouched else when))

    # -- showing

    def _show(self) -> None:
        built = self._built
        offer = built.offer
        facts = self._facts(offer) if offer is not None else "A column of the leads, or an activity of the log."
        self.query_one("#facts", Said).say(Content.styled(facts, "$text-muted"))
        self.query_one(Tests).show(offer.tests if offer else (), built.test, built.words)
        line = self.query_one("#value", Input)
        line.disabled = offer is None or built.test in ALONE
        line.placeholder = "" if line.disabled else built.lacks or "more, listed with commas"
        if line.value != built.typed:
            line.value = built.typed
            line.cursor_position = len(built.typed)
        self._show_list()
        self._weigh()

    def _facts(self, offer: Offer) -> str:
        if offer.kind == "activity":
            return f"{KINDS[offer.kind]} · {number(offer.different)} times · {number(offer.known)} leads"
        share = f"known on {number(offer.known)} of {number(offer.of)} leads"
        facts = f"{KINDS[offer.kind]} · {share} · {number(offer.different)} different"
        return f"{facts} · ! it says how the lead ended" if offer.kind == "outcome" else facts

    def _show_list(self, at: int | None = None) -> None:
        offered = self.query_one(Offered)
        if self._choosing:
            choices = self._columns()
            at = next((n for n, one in enumerate(choices) if one.offer == self._built.offer), 0) if at is None else at
            empty = "Nothing is called so." if self._whole else "Looking at the columns …"
        else:
            choices, empty = self._listed(), self._empty()
            at = min(offered.at, max(0, len(choices) - 1))
        words = HEADS.get(self._built.test, "Value")
        offered.show(choices, self.firings.told, words, empty, at)

    def _columns(self) -> list[Choice]:
        sought = self._filter.casefold().strip()
        if self._built.offer is not None and sought == self._built.offer.name.casefold():
            sought = ""
        return [Choice(one) for one in self._offers if sought in one.name.casefold()]

    def _listed(self) -> list[Choice]:
        """The values that go with what is typed, ticked ones that are not in the file first."""
        built = self._built
        if built.test in ALONE:
            return []
        if built.test in NUMERIC:
            return [Choice(value=one, ticked=one.text in built.typed.split()) for one in self._values]
        sought = built.typed.casefold().strip()
        ticking = built.test in LISTED
        return [
            Choice(value=one, ticked=one.text in built.ticked if ticking else None)
            for one in (*(self._elsewhere() if ticking else ()), *self._values)
            if not sought or sought in one.text.casefold()
        ]

    def _elsewhere(self) -> tuple[Value, ...]:
        """What is or was ticked and is not listed; how many leads say it is told only where that is sure to be none."""
        sure = not self._hidden and self._built.offer is not None and len(self._values) >= self._built.offer.different
        before = self._start.ticked if self._start.offer == self._built.offer else ()
        listed = {one.text for one in self._values}
        ticked = dict.fromkeys((*before, *self._built.ticked))
        return tuple(Value(one, 0 if sure else NOT_TOLD, 0, 0) for one in ticked if one not in listed)

    def _empty(self) -> str:
        built = self._built
        if built.test in ALONE:
            return "Tab goes to the test, F10 takes it."
        if self._hidden:
            return f"{number(self._hidden)} values name or reach people and are not shown; type one."
        if built.offer is not None and built.offer.kind == "id":
            return "Every lead has one of its own; type one."
        return "No value of the file goes with that." if built.typed else "Type a value."

    # -- what it comes to

    def _resolved(self) -> Built:
        """What is chosen, a typed value as the file spells it."""
        built, typed = self._built, self._built.typed.strip()
        if built.test not in LISTED or not typed:
            return built
        same = [one.text for one in self._values if one.text.casefold() == typed.casefold()]
        if not same or typed in same:
            return built
        return Built(built.offer, built.test, (*built.ticked, same[0]))

    def _weigh(self) -> None:
        """Says what the condition comes to."""
        self._asked += 1
        try:
            when = self._resolved().when
        except ValueError as error:
            self._say(troubled(str(error)))
            return
        if when is None:
            words = self._built.lacks
            self._say(Content.styled(f"{words[:1].upper()}{words[1:]}.", "$text-muted"))
            return
        if self._halfway:
            self._say(Content.styled("Enter ticks the value in hand; F10 takes what is typed.", "$text-muted"))
            return
        offer = self._built.offer
        if self.firings.board.leads.size <= QUICK and (offer is None or offer.different <= QUICK):
            self._say(self.words(when))
        elif not self._busy:
            self._busy = True
            self.weigh(self._asked, when)

    @on(Weighed)
    def _weighed(self, event: Weighed) -> None:
        self._busy = False
        if event.asked == self._asked:
            self._say(event.words)
        else:
            self._weigh()

    def _say(self, words: Content) -> None:
        self.query_one("#live", Said).say(words)
