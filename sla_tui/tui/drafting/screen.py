"""The drafting screen: outline, the section's form, and the question in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import spec_by_key
from sla_tui.agreement.paths import Put, UnknownKey, is_item
from sla_tui.agreement.values import Kind
from sla_tui.tui.bars import TitleBar
from sla_tui.tui.drafting import asking
from sla_tui.tui.drafting.answer import Answer, Done, Typed
from sla_tui.tui.drafting.form import Form
from sla_tui.tui.drafting.help import choices, question
from sla_tui.tui.drafting.outline import Outline, words
from sla_tui.tui.drafting.rows import section_rows, sheet
from sla_tui.tui.drafting.side import Side
from sla_tui.tui.keys import KeyBar
from sla_tui.tui.words import Words
from sla_tui.workshop.items import items_of, singular
from sla_tui.workshop.places import item_around, item_here, list_here, next_open
from sla_tui.workshop.progress import Progress, progress
from sla_tui.workshop.saver import SaveState, Saving
from sla_tui.workshop.steps import Doing, adding, adding_section, copying, moving, naming, removing

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


class SaveNews(Message):
    """The save state changed; comes from the saver's thread."""

    def __init__(self, state: SaveState) -> None:
        super().__init__()
        self.state = state


class Drafting(Screen[None]):
    """One agreement being drafted. Shows a Draft, sends it changes, holds no answer of its own."""

    CSS_PATH = "drafting.tcss"
    AUTO_FOCUS = "#form"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "edit", "answer", id="draft.edit", tooltip="Answer the question, or open the entry"),
        Binding("n,f8", "next_open", "next open", id="draft.next", tooltip="Go to the next open question"),
        Binding("a,f3", "add", "add", id="draft.add", tooltip="Add an entry to this list, or a section left out"),
        Binding("s,f4", "scoring", "scoring", id="draft.scoring", tooltip="Try the scoring on your leads"),
        Binding("e,f5", "export", "export", id="draft.export", tooltip="Export the agreement as a PDF to sign"),
        Binding("u,ctrl+z", "undo", "undo", id="draft.undo", tooltip="Take the last change back"),
        Binding("f,f7", "findings", "findings", id="draft.findings", tooltip="Everything that is still open or wrong"),
        Binding("question_mark,f1", "help", "help", id="draft.help", tooltip="Help on this place, and every key"),
        Binding("delete,minus", "remove", "remove", show=False, id="draft.remove", tooltip="Remove this entry"),
        Binding("c", "copy", "copy", show=False, id="draft.copy", tooltip="Put a copy of this entry below it"),
        Binding("K,shift+up", "move(-1)", "move up", show=False, id="draft.up", tooltip="Move this entry up"),
        Binding("J,shift+down", "move(1)", "move down", show=False, id="draft.down", tooltip="Move this entry down"),
        Binding("v", "paste", "paste rows", show=False, id="draft.paste", tooltip="Paste rows from a spreadsheet"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="draft.redo", tooltip="Do what was undone again"),
        Binding("X", "leave_out", "leave out", show=False, id="draft.out", tooltip="Leave this section out"),
        Binding("right_square_bracket", "section(1)", "next section", show=False, id="draft.section.next"),
        Binding("left_square_bracket", "section(-1)", "section before", show=False, id="draft.section.before"),
        Binding(
            "r", "settle", "settle conflict", show=False, id="draft.settle", tooltip="Settle which version is kept"
        ),
        Binding("escape", "back", "back", show=False, id="draft.back", tooltip="Close the entry, or go to the outline"),
        Binding("q", "close", "close", show=False, id="draft.close", tooltip="Close this agreement; it is saved"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.section = ""
        self._open_item = ""
        self._visit = 0
        self._refusal = ""
        self._before: object = None
        self._new_items: set[str] = set()
        self._conflict_shown = False
        self._could: tuple[object, ...] = ()

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
        place = self.draft.memory.place
        try:
            self.draft.at(place)
        except UserError:
            place = self._sections()[0].key
        self.go(place)

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
        return progress(self.draft.agreement, self.draft.findings)

    def go(self, key: str) -> None:
        """Shows the place at ``key``: its section, its entry opened, the cursor on it."""
        self.section = key.partition(".")[0]
        self._open_item = item_around(self.draft.agreement, key)
        self.show(key)

    def show(self, key: str = "") -> None:
        """Shows the section as it is now."""
        findings = self.draft.findings
        agreement = self.draft.agreement
        rows = section_rows(
            agreement, self.section, sheet(agreement, self._open_item, self.draft.memory.refused, findings)
        )
        self.form.show(rows, key)
        sections = self._sections()
        self.query_one(Outline).show(sections, self.section)
        self._show_head(next(one for one in sections if one.key == self.section))
        self._show_place()
        self._show_title()

    def _show_title(self) -> None:
        header = self.draft.agreement.agreement
        said = [header.organization, header.title, header.status or "draft"] if header else ["New agreement"]
        bar = self.query_one(TitleBar)
        bar.words = " · ".join(word for word in said if word)
        bar.state = self.draft.saving

    def _show_head(self, section: Progress) -> None:
        about = spec_by_key(type(self.draft.agreement))[self.section].about
        if about is None:
            return
        standing = words(section)
        if section.asked and section.key:
            standing = f"{section.answered} of {section.asked} answered"
        title = Content.assemble((section.title, "bold $primary"), ("  " + standing, "$text-muted"))
        asked = Content.styled(about.question, "bold")
        if not self.form.keys:
            asked = Content(f"\n{about.purpose}\n\nNot in this version. Press a to add it.")
        self.query_one("#head", Words).say(Content("\n").join([title, asked]))

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
    def _moved(self, event: Form.Moved) -> None:
        self._refusal = ""
        self.draft.memory.place = event.key
        self._show_place()

    @on(Form.Left)
    def _left_form(self) -> None:
        self.query_one(Outline).focus()

    @on(OptionList.OptionHighlighted, "#outline")
    def _outline_moved(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id and event.option_id != self.section:
            self._leave_editor()
            self.go(event.option_id)
            self.draft.memory.place = event.option_id

    @on(OptionList.OptionSelected, "#outline")
    def _outline_chosen(self) -> None:
        if self.form.keys:
            self.form.focus()
        else:
            self.action_add()

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
    def _pressed(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Answers the question at the cursor; opens an entry; adds to an empty list."""
        key = self.form.key
        if not key:
            self.action_add()
            return
        if is_item(self.draft.agreement, key):
            self._open(key)
            return
        slot = self.draft.at(key)
        if slot.spec.kind is Kind.LIST:
            if items_of(slot):
                self.form.focus()
                self.form.action_step(1)
            else:
                self.action_add()
            return
        self._visit += 1
        self._before = slot.value
        text = self.draft.memory.refused.get(key, slot.text)
        self.answer.edit(slot, text, choices(self.draft, slot))

    def _open(self, key: str) -> None:
        self._open_item = "" if self._open_item == key else key
        self.show(key)
        if self._open_item:
            inside = [one for one in self.form.keys if one.startswith(f"{key}.")]
            first_open = [one for one in inside if self.draft.at(one).empty and not self.draft.at(one).optional]
            if inside:
                self.form.go((first_open or inside)[0])
        self.form.focus()

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        key = self.form.key
        slot = self.draft.at(key)
        try:
            value = slot.spec.read(event.text)
            self.draft.change(Put(key, value), visit=f"{key}#{self._visit}")
        except (ValueError, UserError) as error:
            self._refusal = error.message.removeprefix(f"{key}: ") if isinstance(error, UserError) else str(error)
            self.draft.memory.refuse(key, event.text)
            # "2 w" was two weeks; "2 wo" is nothing yet, and two weeks is not what was meant.
            self.draft.change(Put(key, self._before), visit=f"{key}#{self._visit}")
        else:
            self._refusal = ""
            self.draft.memory.refuse(key, None)
            if slot.spec.kind is Kind.ID:
                self._open_item = key = f"{key.rpartition('.')[0].rpartition('.')[0]}.{value}.id"
        self.show(key)

    @on(Done)
    def _done(self, event: Done) -> None:
        self._leave_editor()
        self.form.focus()
        if not event.move:
            return
        open_beside = "" if event.editing else self._next_open_beside()
        if open_beside:
            self.form.go(open_beside)
        else:
            self.form.action_next_stop(event.move)
        if open_beside or (event.editing and self._at_answer()):
            self.action_edit()

    def _next_open_beside(self) -> str:
        """The next answer that is missing in the entry being filled in, or among the section's own answers."""
        key = self.form.key
        around = item_around(self.draft.agreement, key) or self.section
        after = self.form.keys[self.form.keys.index(key) + 1 :] if key else ()
        for one in after:
            if item_here(self.draft.agreement, one) == (around if around != self.section else ""):
                slot = self.draft.at(one)
                if slot.empty and not slot.optional and slot.spec.leaf is not None:
                    return one
        return ""

    def _at_answer(self) -> bool:
        key = self.form.key
        return bool(key) and not is_item(self.draft.agreement, key) and self.draft.at(key).spec.leaf is not None

    def _leave_editor(self) -> None:
        if self.answer.editing:
            self.answer.close()
            self._name_new_item()
            self.call_after_refresh(self._mind_conflict)
        self.show(self.form.key)

    def _name_new_item(self) -> None:
        """Gives an entry that was just added an id made of its words."""
        item_key = item_around(self.draft.agreement, self.form.key)
        doing = naming(self.draft.agreement, item_key, self.form.key) if item_key in self._new_items else None
        if doing:
            self._new_items.discard(item_key)
            self.draft.change(doing.change)
            self.go(doing.look)

    # -- lists and sections

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what cannot be done here."""
        if not self.section or not self.is_mounted:
            return True
        return True if self._can(action) else None

    def _can(self, action: str) -> bool:
        agreement, key = self.draft.agreement, self.form.key
        match action:
            case "edit":
                return not self.answer.editing
            case "remove" | "copy" | "move":
                return bool(item_here(agreement, key))
            case "paste":
                return bool(list_here(agreement, key))
            case "add":
                return not key or bool(list_here(agreement, key))
            case "undo":
                return self.draft.can_undo
            case "redo":
                return self.draft.can_redo
            case "leave_out":
                return bool(key)
            case "settle":
                return self.draft.saving.saving is Saving.CONFLICT
            case _:
                return True

    def _do(self, doing: Doing | None) -> bool:
        self._leave_editor()
        if doing is None:
            return False
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
        if not self.form.keys:
            self._do(adding_section(self.draft.agreement, self.section))
            self.form.focus()
            return
        doing = adding(self.draft.agreement, self.form.key)
        if doing and self._do(doing):
            self._new_items.add(doing.look)
            self._open(doing.look)
            self.action_edit()

    def action_remove(self) -> None:
        """Removes the entry here; undo brings it back."""
        key = item_here(self.draft.agreement, self.form.key)
        entry = singular(self.draft.at(key.rpartition(".")[0]).spec.title)
        if self._do(removing(self.draft.agreement, key)):
            self.say(f"Removed one {entry}; u brings it back.")

    def action_copy(self) -> None:
        """Puts a copy of the entry here below it."""
        self._do(copying(self.draft.agreement, item_here(self.draft.agreement, self.form.key)))

    def action_move(self, by: int) -> None:
        """Moves the entry here up or down among those shown beside it."""
        self._do(moving(self.draft.agreement, item_here(self.draft.agreement, self.form.key), by))

    def action_leave_out(self) -> None:
        """Takes the section out of this version; undo brings it back."""
        if self._do(Doing(Put(self.section, None), self.section)):
            self.say("Left out of this version; u brings it back.")

    def action_undo(self) -> None:
        """Takes the last change back and shows where it was."""
        if self.draft.can_undo:
            self._travel(self.draft.undo())

    def action_redo(self) -> None:
        """Does what was undone again and shows where it is."""
        if self.draft.can_redo:
            self._travel(self.draft.redo())

    def _travel(self, key: str) -> None:
        self._visit += 1
        editing = self.answer.editing
        try:
            slot = self.draft.at(key)
        except UnknownKey:
            key = key.rpartition(".")[0]
            slot = None
        if editing and key == self.form.key and slot is not None:
            self.draft.memory.refuse(key, None)
            self._refusal = ""
            self.answer.put(slot.text)
            self.show(key)
            return
        if editing:
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
