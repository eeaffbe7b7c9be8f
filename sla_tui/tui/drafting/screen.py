"""The drafting screen: outline, the section's form, and the question in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import is_item
from sla_tui.agreement.values import Kind
from sla_tui.tui.bars import SaveNews, TitleBar
from sla_tui.tui.drafting import asking, entries
from sla_tui.tui.drafting.actions import ACTIONS
from sla_tui.tui.drafting.answer import Answer, Done, Typed
from sla_tui.tui.drafting.form import Form
from sla_tui.tui.drafting.head import heading, title
from sla_tui.tui.drafting.help import choices, question
from sla_tui.tui.drafting.outline import Outline
from sla_tui.tui.drafting.rows import section_rows, sheet
from sla_tui.tui.drafting.side import Side
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.words import Words
from sla_tui.workshop.items import items_of
from sla_tui.workshop.places import is_answer, item_around, item_here, missing_after, next_open
from sla_tui.workshop.progress import Progress, progress
from sla_tui.workshop.refused import to_settle
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.steps import Doing
from sla_tui.workshop.visit import Visit

if TYPE_CHECKING:
    from textual.timer import Timer

    from sla_tui.workshop.draft import Draft

RESTED = 0.3
"""Seconds at one place after which it is remembered."""


class Drafting(Screen[None]):
    """One agreement being drafted. Shows a Draft, sends it changes, holds no answer of its own."""

    CSS_PATH = "drafting.tcss"
    AUTO_FOCUS = "#form"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = ACTIONS

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.section = ""
        self._open_item = ""
        self.new_items: set[str] = set()
        """Entries just added, that are still to be given an id made of their words."""
        self._visit: Visit | None = None
        self._refusal = ""
        self._conflict_shown = False
        self._could: tuple[object, ...] = ()
        self._resting: Timer | None = None

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
        self._listen()
        self.go(self.draft.place or self._sections()[0].key)

    def _listen(self) -> None:
        self.draft.listen(lambda state: cast("None", self.post_message(SaveNews(state))))

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

    def _sections(self) -> tuple[Progress, ...]:
        return progress(self.draft.agreement, to_settle(self.draft))

    def go(self, key: str) -> None:
        """Shows the place at ``key``: its section, its entry opened, the cursor on it."""
        before, self.section = self.section, key.partition(".")[0]
        self._open_item = item_around(self.draft.agreement, key)
        self.show(key)
        if self.section != before and key not in self.form.keys:
            self.form.action_end(-1)

    def show(self, key: str = "") -> None:
        """Shows the section as it is now."""
        findings = to_settle(self.draft)
        agreement = self.draft.agreement
        rows = section_rows(
            agreement, self.section, sheet(agreement, self._open_item, self.draft.memory.refused, findings)
        )
        self.form.show(rows, key)
        sections = progress(agreement, findings)
        self.query_one(Outline).show(sections, self.section)
        here = next(one for one in sections if one.key == self.section)
        self.query_one("#head", Words).say(heading(agreement, here))
        self._show_place()
        bar = self.query_one(TitleBar)
        bar.words = title(agreement)
        bar.state = self.draft.saving

    def _show_place(self) -> None:
        key = self.form.key
        self.answer.ask(question(self.draft, key, self._refusal))
        if self.has_class("-wide"):
            self.query_one(Side).show(self.draft, self.section, key)
        can = (self.answer.editing, self.draft.can_undo, self.draft.can_redo, item_here(self.draft.agreement, key), key)
        if can != self._could:
            self._could = can
            self.refresh_bindings()

    def on_resize(self) -> None:
        if self.section:
            self.call_after_refresh(self._show_place)

    @on(SaveNews)
    def _saved(self, news: SaveNews) -> None:
        self.query_one(TitleBar).state = self.draft.saving
        if news.state.saving is Saving.CONFLICT:
            self._mind_conflict()
        elif news.state.saving is Saving.SAVED:
            self._conflict_shown = False
        elif news.state.saving is Saving.BLOCKED:
            self.say(f"Not saved: {news.state.message}; {news.state.remedy}", warning=True)

    def _mind_conflict(self) -> None:
        """Asks once which version is kept; not while somebody types, whose next letter would answer it."""
        conflict = self.draft.saving.saving is Saving.CONFLICT
        if conflict and not self._conflict_shown and not self.answer.editing:
            self._conflict_shown = True
            self.action_settle()

    def say(self, words: str, warning: bool = False) -> None:
        """Says something in passing, in the line of keys."""
        self.query_one(KeyBar).say(words, warning)

    # -- moving

    @on(Form.Moved)
    def _moved(self) -> None:
        self._refusal = ""
        self._show_place()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTED, self._remember_place)

    def _remember_place(self) -> None:
        self.draft.memory.place = self.form.key or self.section

    @on(Form.Left)
    def _left_form(self) -> None:
        self.query_one(Outline).focus()

    @on(OptionList.OptionHighlighted, "#outline")
    def _outline_moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id and event.option_id != self.section:
            self._leave_editor()
            self.go(event.option_id)
            self._moved()

    @on(OptionList.OptionSelected, "#outline")
    def _outline_chosen(self) -> None:
        self.form.focus() if self.form.keys else self.action_add()

    def action_section(self, by: int) -> None:
        """Shows the next section, or the one before."""
        keys = [one.key for one in self._sections()]
        at = keys.index(self.section) + by
        if 0 <= at < len(keys):
            self._leave_editor()
            self.go(keys[at])

    def action_next_open(self) -> None:
        """Goes to the next question that is open, from here on and then from the start."""
        self._leave_editor()
        key = next_open(self.draft.agreement, self.draft.findings, self.form.key or self.section)
        if key:
            self.go(key)
            self.form.focus()
        else:
            self.say("Every question is answered.")

    def action_back(self) -> None:
        """Closes the open entry; else goes to the outline."""
        if self._open_item and self.form.has_focus:
            item, self._open_item = self._open_item, ""
            self.show(item)
        else:
            self.query_one(Outline).focus()

    # -- answering

    @on(Form.Pressed)
    def action_edit(self) -> None:
        """Answers the question at the cursor; opens an entry; adds to an empty list."""
        key = self.form.key
        if not key:
            self.action_add()
            return
        if is_item(self.draft.agreement, key):
            self.open_entry(key)
            return
        slot = self.draft.at(key)
        if slot.spec.kind is Kind.LIST:
            if items_of(slot):
                self.form.focus()
                self.form.action_step(1)
            else:
                self.action_add()
            return
        self._visit = Visit(self.draft, key)
        self.answer.edit(slot, self._visit.text, choices(self.draft, slot))

    def open_entry(self, key: str) -> None:
        """Opens an entry and asks for what is missing in it, a new one from its start; or closes it again."""
        self._open_item = "" if self._open_item == key else key
        self.show(key)
        self.form.focus()
        inside = [one for one in self.form.keys if one.startswith(f"{key}.")]
        if inside:
            missing = entries.missing_in(self, key, inside)
            self.form.go(missing or inside[0])
            if missing:
                self.action_edit()

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        if self._visit is None:
            return
        before = self._visit.key
        self._refusal = self._visit.typed(event.text)
        if self._visit.key != before:
            self._open_item = item_around(self.draft.agreement, self._visit.key)
        self.show(self._visit.key)

    @on(Done)
    def _done(self, event: Done) -> None:
        self._leave_editor()
        self.form.focus()
        if not event.move:
            return
        missing = ""
        if not event.editing:
            missing = missing_after(self.draft.agreement, self.form.keys, self.form.key)
        if missing:
            self.form.go(missing)
        else:
            self.form.action_next_stop(event.move)
        if missing or (event.editing and is_answer(self.draft.agreement, self.form.key)):
            self.action_edit()

    def _leave_editor(self) -> None:
        if self.answer.editing:
            self.answer.close()
            self._visit = None
            self._name_new_item()
            self.call_after_refresh(self._mind_conflict)
        self.show(self.form.key)

    def _name_new_item(self) -> None:
        doing = entries.naming_new(self)
        if doing:
            self.draft.change(doing.change)
            self.go(doing.look)

    # -- lists and sections

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what cannot be done here."""
        if not self.section or not self.is_mounted:
            return True
        return True if entries.can(self, action) else None

    def do(self, doing: Doing) -> bool:
        """Makes a change and looks where it was made; False, and a word, when it is refused."""
        self._leave_editor()
        try:
            self.draft.change(doing.change)
        except UserError as error:
            self.say(f"{error.message}; {error.remedy}" if error.remedy else error.message, warning=True)
            return False
        self.go(doing.look)
        return True

    def action_add(self) -> None:
        """Adds an entry to the list here, or the section if it was left out."""
        self._leave_editor()
        entries.add(self)

    def action_remove(self) -> None:
        """Removes the entry here; undo brings it back."""
        entries.remove(self)

    def action_copy(self) -> None:
        """Puts a copy of the entry here below it."""
        entries.copy(self)

    def action_move(self, by: int) -> None:
        """Moves the entry here up or down among those shown beside it."""
        entries.move(self, by)

    def action_agree(self) -> None:
        """Makes the examples here what is agreed."""
        entries.agree(self)

    def action_leave_out(self) -> None:
        """Takes the section out of this version; undo brings it back."""
        entries.leave_out(self)

    def action_undo(self) -> None:
        """Takes the last change back and shows where it was."""
        self._travel(self.draft.undo() if self.draft.can_undo else "")

    def action_redo(self) -> None:
        """Does what was undone again and shows where it is."""
        self._travel(self.draft.redo() if self.draft.can_redo else "")

    def _travel(self, key: str) -> None:
        if not key:
            return
        if self.answer.editing and key == self.form.key:
            self.draft.memory.refuse(key, None)
            self._refusal, self._visit = "", Visit(self.draft, key)
            self.answer.put(self._visit.text)
            self.show(key)
            return
        if self.answer.editing:
            self.answer.close()
            self.form.focus()
        self.go(key)

    # -- asking, and other screens

    def action_findings(self) -> None:
        """Lists all that is still to settle."""
        self._leave_editor()
        asking.ask_findings(self)

    def action_paste(self) -> None:
        """Takes rows from a spreadsheet."""
        asking.ask_paste(self)

    @on(Form.Pasted)
    def _pasted(self, event: Form.Pasted) -> None:
        asking.pasted(self, event.text)

    def action_help(self) -> None:
        """Help on this place."""
        asking.ask_help(self)

    def action_settle(self) -> None:
        """Asks which version is kept."""
        asking.ask_settle(self)

    def action_export(self) -> None:
        """Exports the agreement."""
        asking.ask_export(self)

    def action_scoring(self) -> None:
        """Tries the scoring on leads, and shows here what was changed there."""
        from sla_tui.tui.board.screen import Board

        self._leave_editor()
        self.app.push_screen(Board(self.draft), self._after_scoring)

    def _after_scoring(self, _nothing: None) -> None:
        self._listen()
        self.go(self.form.key or self.section)
        self.post_message(SaveNews(self.draft.saving))

    def action_close(self) -> None:
        """Closes the agreement, saved unless the user says otherwise."""
        asking.ask_close(self)
