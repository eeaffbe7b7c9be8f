"""The drafting screen's layout, what it shows of a Draft, and how one moves about in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import OptionList

from sla_tui.agreement.examples import within
from sla_tui.agreement.finding import Severity
from sla_tui.agreement.fingerprint import schedules
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import is_item
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.bars import SaveNews, TitleBar
from sla_tui.tui.drafting import moving
from sla_tui.tui.drafting.actions import ACTIONS
from sla_tui.tui.drafting.answer import Answer
from sla_tui.tui.drafting.form import Form
from sla_tui.tui.drafting.head import complete, heading, title, where
from sla_tui.tui.drafting.help import question
from sla_tui.tui.drafting.outline import Outline, in_order
from sla_tui.tui.drafting.row import Row, Run
from sla_tui.tui.drafting.rows import only_open, section_rows
from sla_tui.tui.drafting.sheet import Kept, sheet
from sla_tui.tui.drafting.side import Side
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.words import Words
from sla_tui.workshop.places import above, item_around, item_here, next_open, next_wrong
from sla_tui.workshop.progress import Overview, Progress, Standing
from sla_tui.workshop.refused import to_settle
from sla_tui.workshop.visited import heard
from sla_tui.workshop.wording import Wording

if TYPE_CHECKING:
    from textual.timer import Timer

    from sla_tui.workshop.draft import Draft
    from sla_tui.workshop.steps import LeftOut

ROOM = 48
"""Cells of the head before it is laid out."""
RESTED = 0.3
"""Seconds at one place after which it is remembered."""
UNDONE = (Standing.WRONG, Standing.OPEN)
NOTHING_OPEN = "Nothing is open here. n goes on to what is, o shows everything."


class DraftView(Screen[None]):
    """Shows a Draft; what is done to it comes on top."""

    CSS_PATH = "drafting.tcss"
    AUTO_FOCUS = "#form"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = ACTIONS

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.section = ""
        self.open_item = ""
        self.new_items: set[str] = set()
        """Entries just added, that are still to be given an id made of their words."""
        self.left_out: dict[str, LeftOut] = {}
        """The sections left out in this sitting, as they were."""
        self.refusal = ""
        self.sections: tuple[Progress, ...] = ()
        """How the sections stand, in the order of the outline."""
        self.only_open = False
        self.sought = ""
        """The words that were looked for last."""
        self._overview = Overview()
        self._wording = Wording(draft.value)
        self._kept: dict[str, Kept] = {}
        self._could: tuple[object, ...] = ()
        self._resting: Timer | None = None
        self._usual = 0
        """Of how many templates the entries are offered where it says so."""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Horizontal(id="desk"):
            yield Outline(id="outline", compact=True)
            with Vertical(id="page"):
                yield Words(id="head")
                yield Form(id="form")
                yield Answer(id="answer")
            yield Side(id="side")
        yield KeyBar()

    def on_mount(self) -> None:
        self.listen()
        self.watch(self.app, "app_focus", self.draft.look, init=False)
        self.go(self.draft.place or next(spec.key for spec in specs(type(self.draft.value)) if spec.about))

    def listen(self) -> None:
        """Hears how the saving goes."""
        self.draft.listen(lambda state: cast("None", self.post_message(SaveNews(state))))

    def leave_editor(self) -> None:
        """Leaves the field that is being answered, if one is."""

    def on_unmount(self) -> None:
        self.draft.listen(None)
        self.draft.close()

    # -- showing

    @property
    def form(self) -> Form:
        """The form in front."""
        return self.query_one(Form)

    @property
    def answer(self) -> Answer:
        """The panel with the question in hand."""
        return self.query_one(Answer)

    @property
    def there(self) -> bool:
        """Whether the section in hand is in this version."""
        return self.draft.at(self.section).value is not None

    def go(self, key: str) -> None:
        """Shows the place at ``key``: its section, its entry opened, the cursor on it."""
        before, self.section = self.section, key.partition(".")[0]
        self.open_item = item_around(self.draft.value, key)
        self.show(key)
        if self.section != before and key not in self.form.keys:
            self.form.action_end(-1)

    def show(self, key: str = "") -> None:
        """Shows the section as it is now."""
        part, memory = self.draft.value, self.draft.memory
        if self.there and (self.form.has_focus or self.answer.editing):
            memory.visit(self.section)
        self.sections = in_order(self._overview.of(part, to_settle(self.draft), memory.visited))
        kept = self._kept.setdefault(self.section, Kept(self._wording))
        on = sheet(part, self.open_item, memory.refused, heard(self.draft), kept)
        self.form.show(self._filtered(section_rows(part, self.section, on), key or self.form.key), key, self.section)
        apart = frozenset(schedules(part)) if isinstance(part, Agreement) else frozenset[str]()
        self.query_one(Outline).show(self._listed(), self.section, apart)
        self._show_place()
        bar = self.query_one(TitleBar)
        bar.words, bar.more = title(part), complete(self.sections)
        bar.state = self.draft.saving

    def _filtered(self, rows: tuple[Row, ...], key: str) -> tuple[Row, ...]:
        if not self.only_open or not rows:
            return rows
        return only_open(rows, key) or (Row("", (Run(NOTHING_OPEN, "muted"),)),)

    def _listed(self) -> tuple[Progress, ...]:
        """The sections of the outline."""
        if not self.only_open:
            return self.sections
        return tuple(one for one in self.sections if one.key == self.section or one.standing in UNDONE)

    def _show_place(self) -> None:
        key, part = self.form.key, self.draft.value
        here = next(one for one in self.sections if one.key == self.section)
        head, at = self.query_one("#head", Words), where(self.sections, self.section, self.only_open)
        head.say(heading(part, here, at, key, self.open_item, head.size.width or ROOM))
        self.answer.ask(question(self.draft, key, self.refusal))
        if self.has_class("-wide"):
            self.query_one(Side).show(self.draft, self.section, key, self.answer.editing)
        can = (self.answer.editing, self.draft.can_undo, self.draft.can_redo, item_here(part, key), key)
        if can != self._could:
            self._could = can
            self.refresh_bindings()

    def on_resize(self) -> None:
        if self.section:
            self.call_after_refresh(self._show_place)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What the check says about a section counts from when somebody looks into it."""
        if event.widget is self.form and self.section not in self.draft.memory.visited:
            self.show(self.form.key)

    def enter(self) -> None:
        """Brings the keys to the section in hand: to its answers, or to the outline where it is left out."""
        self.form.focus() if self.there else self.query_one(Outline).focus()

    def say(self, words: str, warning: bool = False) -> None:
        """Says something in passing, in the line of keys."""
        self.query_one(KeyBar).say(words, warning)

    # -- moving

    @on(Form.Moved)
    def _moved(self) -> None:
        self.refusal = ""
        self._show_place()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTED, self._remember_place)

    def _remember_place(self) -> None:
        self.draft.memory.place = self.form.key or self.section
        self._learn_usual()

    @work(group="usual", exclusive=True, exit_on_error=False)
    async def _learn_usual(self) -> None:
        """Reads the templates once, while nobody waits: from then on it is known where usual entries are offered."""
        known = await asyncio.to_thread(_read_templates)
        if self._usual < known and self.is_attached and not self.answer.editing:
            self._usual = known
            self._show_place()

    @on(Form.Left)
    def _left_form(self) -> None:
        self.query_one(Outline).focus()

    @on(OptionList.OptionHighlighted, "#outline")
    def _outline_moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id and event.option_id != self.section:
            self.leave_editor()
            self.go(event.option_id)
            self._moved()

    def action_section(self, by: int) -> None:
        """Shows the next section of the outline, or the one before."""
        keys = [one.key for one in self._listed()]
        at = keys.index(self.section) + by
        if 0 <= at < len(keys):
            self.leave_editor()
            self.go(keys[at])

    def action_next_open(self) -> None:
        """Goes to the next question that is open, from here on and then from the start; else to what is to mend."""
        self.leave_editor()
        here, found = self.form.key or self.section, to_settle(self.draft)
        key = next_open(self.draft.value, found, here)
        mend = "" if key else next_wrong(self.draft.value, found, here)
        if key or mend:
            self.go(key or mend)
            self.form.focus()
        if mend:
            count = sum(not one.undecided and one.severity is not Severity.NOTE for one in found)
            self.say(f"Every question is answered; {count} to mend, of which this is one: f lists them.")
        elif not key:
            self.say("Every question is answered, and nothing is to mend.")

    def action_only_open(self) -> None:
        """Shows only what is open, or everything again."""
        self.leave_editor()
        self.only_open = not self.only_open
        self.show(self.form.key)
        if not self.only_open:
            self.say("Everything is shown.")

    def action_goto(self) -> None:
        """Goes to a section, a list or an entry by some letters of its name."""
        self.leave_editor()
        moving.ask_goto(self)

    def action_find(self) -> None:
        """Finds words wherever they stand."""
        self.leave_editor()
        moving.ask_find(self)

    def action_preview(self) -> None:
        """Shows how the section reads on the page."""
        self.leave_editor()
        moving.ask_preview(self)

    def action_back(self) -> None:
        """Closes the open entry the cursor is in, and one entry only; else goes to the outline."""
        if self.open_item and self.form.has_focus:
            item = next((one for one in (self.form.key, *above(self.form.key)) if self._is_open(one)), self.open_item)
            self.open_item = item_around(self.draft.value, item)
            self.show(item)
        else:
            self.query_one(Outline).focus()

    def _is_open(self, key: str) -> bool:
        return within(self.open_item, key) and is_item(self.draft.value, key)


def _read_templates() -> int:
    """Reads them if nobody has yet; how many there are."""
    from sla_tui.workshop.presets import shipped

    return len(shipped())
