"""The drafting screen: the outline, the section's form and the question in hand, and what is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.events import ScreenResume
from textual.widgets import OptionList

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.examples import within
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import is_item
from sla_tui.agreement.values import Kind
from sla_tui.tui.bars import OVERTAKEN, SaveNews, TitleBar
from sla_tui.tui.drafting import answering, asking, entries, taking
from sla_tui.tui.drafting.form import Form
from sla_tui.tui.drafting.hasty import Hasty
from sla_tui.tui.drafting.help import way
from sla_tui.tui.drafting.leaving import Done, Elsewhere, Took, Typed
from sla_tui.tui.drafting.several import Came
from sla_tui.tui.drafting.view import DraftView
from sla_tui.workshop.items import items_of
from sla_tui.workshop.places import is_answer, is_asked, item_around, next_after, remarked_at
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.steps import Doing
from sla_tui.workshop.visit import Visit

if TYPE_CHECKING:
    from textual.events import Key
    from textual.screen import Screen

    from sla_tui.workshop.draft import Draft


class Drafting(DraftView):
    """One agreement being drafted. Shows a Draft, sends it changes, holds no answer of its own."""

    _visit: Visit | None = None
    _conflict_shown = False

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._hasty = Hasty()

    def on_key(self, event: Key) -> None:
        """Holds back the letters of a word that is typed on where no answer is open."""
        if not self.answer.editing and (said := self._hasty.holds(self, event)):
            event.stop()
            event.prevent_default()
            self.say(said)

    @on(OptionList.OptionSelected, "#outline")
    def _outline_chosen(self) -> None:
        if self.there:
            self.form.focus()
        else:
            self.say("Not in this version: a adds it.")

    # -- answering

    @on(Form.Pressed)
    def action_edit(self) -> None:
        """Answers the question at the cursor; opens an entry; adds to an empty list."""
        key = self.form.key
        if not key:
            self.action_add()
            return
        if is_item(self.draft.value, key):
            self.open_entry(key)
            return
        slot = self.draft.at(key)
        if slot.spec.leaf is None:
            if slot.spec.kind is not Kind.LIST or items_of(slot):
                self.form.focus()
                self.form.action_step(1)
            else:
                self.action_add()
            return
        self._visit = Visit(self.draft, key)
        self.answer.edit(slot, self._visit.text, way(self.draft, slot))
        self.show(key)

    def open_entry(self, key: str) -> None:
        """Opens an entry and asks for what is missing in it, a new one from its start; or closes it again."""
        closing = within(self.open_item, key)
        self.open_item = item_around(self.draft.value, key) if closing else key
        self.show(key)
        self.form.focus()
        inside = [one for one in self.form.keys if one.startswith(f"{key}.")]
        if inside:
            self.form.bring(key)
            missing = entries.missing_in(self, key, inside)
            self.form.go(missing or inside[0])
            if missing:
                self.action_edit()

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        if self._visit is None:
            return
        self.refusal = self._visit.typed(event.text)
        self.show(self._visit.key)

    @on(Took)
    def _took(self, event: Took) -> None:
        if self._visit is not None:
            answering.took(self, self._visit.key, event.change)

    @on(Came)
    def _came(self, event: Came) -> None:
        if self._visit is None:
            return
        key = self._visit.key
        if trouble := answering.added(self.draft, key, event.list_key, event.name):
            self.say(trouble, warning=True)
            return
        self.show(key)
        if self.draft.at(key).spec.kind is Kind.WORDS:
            self.action_edit()
        else:
            self._done(Done(1))

    @on(Elsewhere)
    def _elsewhere(self, event: Elsewhere) -> None:
        if self._visit is not None:
            self._visit = answering.written(self, self._visit, event.text)

    @on(Done)
    def _done(self, event: Done) -> None:
        self.leave_editor()
        self.form.focus()
        if event.editing:
            self.form.action_next_stop(event.move)
            if is_answer(self.draft.value, self.form.key):
                self.action_edit()
        elif event.move:
            self._go_on()

    def _go_on(self) -> None:
        """To what is still missing here and into it, else to the answer below; at an entry's end it says what now."""
        after = next_after(self.draft.value, self.form.keys, self.form.key)
        if after:
            self.form.go(after)
            if self.draft.at(after).empty:
                self.action_edit()
                return
        else:
            self.say(entries.ended(self))
        self._hasty.begin()

    def leave_editor(self) -> None:
        key = self.form.key
        if self.answer.editing:
            self.answer.close()
            if self._visit is not None and self._visit.key == key and self._visit.over() != key:
                self.go(self._visit.key)
            self._visit = None
            self._name_new_item()
            self.call_after_refresh(self.came)
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
        self.leave_editor()
        try:
            self.draft.change(doing.change)
        except UserError as error:
            self.say(f"{error.message}; {error.remedy}" if error.remedy else error.message, warning=True)
            return False
        self.go(doing.look)
        return True

    def action_add(self) -> None:
        """Adds an entry to the list here, or the section if it was left out."""
        self.leave_editor()
        entries.add(self)

    def action_usual(self) -> None:
        """Adds usual entries to the list here, or the section with its usual answers."""
        self.leave_editor()
        answering.usual_ones(self)

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

    def action_origin(self) -> None:
        """Says where the answer here comes from: measured, agreed, an example."""
        self.leave_editor()
        asking.ask_origin(self)

    def action_leave_out(self) -> None:
        """Takes the section out of this version; undo brings it back."""
        entries.leave_out(self)

    def action_undo(self) -> None:
        """Takes the last change back and shows where it was."""
        if self.draft.can_undo:
            self._travel(self.draft.value, self.draft.undo())
            self._say_overtaken()

    def action_redo(self) -> None:
        """Does what was undone again and shows where it is."""
        if self.draft.can_redo:
            self._travel(self.draft.value, self.draft.redo())
            self._say_overtaken()

    def _say_overtaken(self) -> None:
        if self.draft.overtaken:
            self.say(OVERTAKEN)

    def _travel(self, before: Part, key: str) -> None:
        if not is_asked(before, key):
            key = remarked_at(before, self.draft.value) or self.form.key or self.section
        if self.answer.editing and key == self.form.key:
            self.draft.memory.refuse(key, None)
            self.begin_anew(key)
            return
        if self.answer.editing:
            self.close_editor()
        self.go(key)

    @property
    def visit(self) -> Visit | None:
        """What is being answered."""
        return self._visit

    def begin_anew(self, key: str) -> None:
        """Goes on answering from what stands there now."""
        self.refusal, self._visit = "", Visit(self.draft, key)
        self.answer.put(self._visit.text)
        self.show(key)

    def close_editor(self) -> None:
        """Leaves a field whose place is gone, or no longer the one in hand."""
        self.answer.close()
        self._visit = None
        self.form.focus()

    # -- asking, and other screens

    def action_findings(self) -> None:
        """Lists all that is still to settle."""
        self.leave_editor()
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
        """Settles what keeps the saving waiting."""
        asking.ask_settle(self)

    def action_export(self) -> None:
        """Exports the agreement."""
        self.leave_editor()
        asking.ask_export(self)

    def action_scoring(self) -> None:
        """Tries the scoring on leads, and shows here what was changed there."""
        from sla_tui.tui.board.screen import Board

        self.leave_editor()
        self.app.push_screen(Board(self.draft), self._after_scoring)

    def _after_scoring(self, _nothing: None) -> None:
        self.listen()
        if self.draft.at("scoring").value is not None:
            self.draft.memory.visit("scoring")
        self.go(self.form.key or self.section)
        self.post_message(SaveNews(self.draft.saving))

    def action_history(self) -> None:
        """Shows the file's revisions, and here what was brought back from them."""
        from sla_tui.tui.history.screen import History

        self.leave_editor()
        self.app.push_screen(History(self.draft, self.query_one(TitleBar).words), self._after_history)

    def _after_history(self, key: str | None) -> None:
        self.listen()
        self.go(self.draft.nearest(key or self.form.key or self.section))
        self.post_message(SaveNews(self.draft.saving))

    def action_commit(self) -> None:
        """Shows the revision that what was decided would make."""
        from sla_tui.tui.history.commit import ask_commit

        self.leave_editor()
        ask_commit(cast("Screen[object]", self), self.draft, self.say)

    def action_quotas(self) -> None:
        """Lists the agreement's quotas."""
        from sla_tui.tui.quota.list import ask_quotas

        self.leave_editor()
        ask_quotas(self)

    def action_close(self) -> None:
        """Closes the agreement, saved unless the user says otherwise."""
        asking.ask_close(self)

    # -- saving, and what others write

    @on(SaveNews)
    def _saved(self, news: SaveNews) -> None:
        self.came()
        if news.state.saving is Saving.BLOCKED:
            self.say(f"Not saved: {news.state.message}; {news.state.remedy}", warning=True)

    def came(self) -> None:
        """Takes in what others wrote and shows it around the field being answered; asks about what is in conflict."""
        words = self.draft.take_in()
        if words is not None:
            taking.shown(self)
            if words:
                self.say(asking.from_disk(words))
        self.query_one(TitleBar).state = self.draft.saving
        self._mind_conflict()

    @on(ScreenResume)
    def _back_in_front(self) -> None:
        self._mind_conflict()

    def _mind_conflict(self) -> None:
        """Asks once about what is in conflict; not while somebody types, whose next letter would answer it."""
        if self.draft.saving.saving is not Saving.CONFLICT:
            self._conflict_shown = False
        elif not self._conflict_shown and not self.answer.editing and self.app.screen is self:
            self._conflict_shown = True
            self.action_settle()
