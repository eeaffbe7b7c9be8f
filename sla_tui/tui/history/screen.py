"""The history of a file: what each revision changed, any two compared, what one has brought back, one more made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from sla_tui.agreement.errors import UserError
from sla_tui.tui.bars import OVERTAKEN, SaveNews, TitleBar
from sla_tui.tui.history.bringing import asked, possible, told, why_not
from sla_tui.tui.history.commit import ask_commit
from sla_tui.tui.history.view import HistoryView, in_thread
from sla_tui.tui.keys import KeyBar
from sla_tui.workshop.history import place_of
from sla_tui.workshop.saver import WAITING, Saving

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from sla_tui.agreement.parts import Part
    from sla_tui.workshop.past import Bringing, Look


class History(HistoryView):
    """What is done on the history screen; every change goes to the Draft and can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "stop reading", id="history.stop", tooltip="Stop reading; what was read is shown"),
        Binding("enter,f2", "into", "changes", id="history.into", tooltip="Into the changes; there, bring one back"),
        Binding("r,f4", "bring", "bring back", id="history.bring", tooltip="Bring back the version, section or answer"),
        Binding("m,f6", "mark", "compare", id="history.mark", tooltip="Mark it, and hold others against it"),
        Binding("c,f5", "commit", "commit", id="history.commit", tooltip="Make a revision of what is not committed"),
        Binding("slash,f9", "find", "find", id="history.find", tooltip="List the revisions with some words in them"),
        Binding("u,ctrl+z", "undo", "undo", id="history.undo", tooltip="Take the last change back"),
        Binding("question_mark,f1", "help", "help", id="history.help", tooltip="Help, and every key"),
        Binding("escape", "back", "back", id="history.back", tooltip="Back a step; in the end to drafting"),
        Binding("q", "close", "close", show=False, id="history.close", tooltip="Back to drafting"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="history.redo", tooltip="Do what was undone again"),
        Binding("R", "again", "read again", show=False, id="history.again", tooltip="Read the history again"),
        Binding("tab", "other", "other list", show=False, id="history.other", tooltip="The other list"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what cannot be done here."""
        if not self.is_mounted or not self.query("#changes"):
            return True
        if action == "stop":
            return self.busy
        on_changes = self.changes.has_focus
        can = {
            "into": bool(self.line_here if on_changes else self.changes.option_count),
            "other": bool(self.changes.option_count),
            "bring": bool(self.line_here and self.line_here.keys) if on_changes else self._has_version,
            "mark": self.past is not None and bool(self.past.revisions) and self.here is not None,
            "commit": self.past is not None and self.waiting is True,
            "find": self.past is not None and bool(self.past.revisions),
            "undo": self.draft.can_undo,
            "redo": self.draft.can_redo,
        }
        return True if can.get(action, True) else None

    @property
    def _has_version(self) -> bool:
        kept = self.past is not None and bool(self.past.revisions)
        return kept and self.here is not None and (self.here.revision is not None or self.waiting is True)

    def _say(self, words: str, warning: bool = False) -> None:
        self.query_one(KeyBar).say(words, warning)

    # -- moving

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_into()

    def action_into(self) -> None:
        """Into the changes; on one of them, brings it back."""
        if self.changes.has_focus:
            self.action_bring()
        else:
            self.action_other()

    def action_other(self) -> None:
        """From one list to the other."""
        if self.changes.has_focus or not self.changes.option_count:
            self.revisions.focus()
        else:
            self.changes.focus()

    def action_mark(self) -> None:
        """Marks the revision in hand, or takes the mark away."""
        before, here = self.marked, self.here
        self.marked = None if before == here else here
        self.redraw(before)
        self.redraw(here)
        self.look()
        if self.marked is not None:
            self._say("Marked: go to another, and all that changed between the two is told. m or Esc ends it.")

    def action_back(self) -> None:
        """Out of the changes; else the mark goes, or what was sought; else back to drafting."""
        if self.query_one("#sought").has_focus or self.changes.has_focus:
            self._hide_sought()
            self.revisions.focus()
        elif self.marked is not None:
            marked, self.marked = self.marked, None
            self.redraw(marked)
            self.look()
        elif self.seeking:
            self.seek("")
        else:
            self.action_close()

    def action_close(self) -> None:
        """Back to drafting."""
        self.dismiss(self.place)

    # -- finding

    def action_find(self) -> None:
        """Asks for words."""
        field = self.query_one("#sought", Input)
        field.display = True
        field.focus()

    @on(Input.Submitted, "#sought")
    def _sought(self, event: Input.Submitted) -> None:
        event.stop()
        self._hide_sought()
        self.revisions.focus()
        self.seek(event.value.strip())

    def _hide_sought(self) -> None:
        self.query_one("#sought").display = False

    def action_stop(self) -> None:
        """Stops reading."""
        self.stop()

    def action_again(self) -> None:
        """Reads the history again, as it is now."""
        self.read()

    # -- bringing back

    def action_bring(self) -> None:
        """Asks from which version the thing in hand is brought back."""
        look, line = self.look_here, self.line_here if self.changes.has_focus else None
        if look is None or (line is not None and not line.keys):
            return
        what = " ".join(line.words.plain.split()) if line is not None else "The whole version"
        self._bring(look, line.keys if line is not None else (), what)

    @work(exclusive=True, group="bringing", exit_on_error=False)
    async def _bring(self, look: Look, keys: tuple[str, ...], what: str) -> None:
        past, now = self.past, self.draft.value
        if past is None:
            return
        reading = partial(past.bring, look, keys, now, self.draft.lists)
        ways = await in_thread(reading, lambda: self._say("Reading that version …"))
        if self.app.screen is not self:
            return
        if not possible(ways):
            self._say(" ".join(why_not(ways, look, self._now)) or "There is nothing to bring back.")
            return

        def chosen(side: str | None) -> None:
            for one in ways:
                if one.side.value == side:
                    self._bring_back(one, now)

        self.app.push_screen(asked(what, ways, look, self._now), chosen)

    def _bring_back(self, one: Bringing, seen: Part) -> None:
        """Makes the change, unless somebody changed something since it was shown."""
        if one.change is None:
            return
        if self.draft.value is not seen:
            self._say("The file was changed in the meantime: look again, and choose anew.", warning=True)
            return
        try:
            self.draft.change(one.change)
        except UserError as error:
            self._say(f"{error.message}; {error.remedy}" if error.remedy else error.message, warning=True)
            return
        self.place = self.draft.nearest(place_of(one.change))
        self._say(f"Brought back: {'; '.join(told(one, 2))}. u takes it back.")
        self.renew_now()

    def action_undo(self) -> None:
        """Takes the last change back."""
        self._travel(self.draft.can_undo, self.draft.undo, "Taken back; U does it again.")

    def action_redo(self) -> None:
        """Does what was undone again."""
        self._travel(self.draft.can_redo, self.draft.redo, "Done again; u takes it back.")

    def _travel(self, can: bool, go: Callable[[], str], words: str) -> None:
        if can:
            self.place = go() or self.place
            self._say(OVERTAKEN if self.draft.overtaken else words)
            self.renew_now()

    # -- committing, saving, help

    def action_commit(self) -> None:
        """Shows the revision that would be made."""
        ask_commit(cast("Screen[object]", self), self.draft, self._committed)

    def _committed(self, said: str) -> None:
        self.revisions.highlighted = 0
        self.read()
        self._say(said)

    @on(SaveNews)
    def _saved(self) -> None:
        if self.draft.take_in() is not None:
            self.renew_now()
        state = self.draft.saving
        self.query_one(TitleBar).state = state
        if state.saving in WAITING:
            self._say(f"Not saved: {state.message}; q, and drafting settles it.", warning=True)
        elif state.saving is Saving.BLOCKED:
            self._say(f"Not saved: {state.message}; {state.remedy}", warning=True)

    def action_help(self) -> None:
        """Shows what this is for, and the keys."""
        from sla_tui.tui.dialogs.help import Help, keys_of
        from sla_tui.tui.history.guide import ABOUT

        self.app.push_screen(Help("History", Content(ABOUT), keys_of(cast("Screen[object]", self))))
