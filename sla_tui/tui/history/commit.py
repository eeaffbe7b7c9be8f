"""Makes a revision of what was decided: its message and what goes into it are shown first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static, TextArea

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line
from sla_tui.tui.dialogs import dialog
from sla_tui.tui.dialogs.dialog import Dialog, troubled
from sla_tui.workshop.saver import Saving

if TYPE_CHECKING:
    from sla_tui.workshop.deciding import Proposal
    from sla_tui.workshop.draft import Draft

NAMED = 4
"""Files that are named; of more their number is said."""
DETACHED = "git is on no branch (a detached HEAD), where a revision is easily lost: git switch -c NAME makes one."


class Commit(Dialog[str]):
    """Hands back what to say of the revision made; None where none was."""

    CSS_PATH = [dialog.STYLES, Path(__file__).with_name("commit.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "commit", "commit", id="commit.make", tooltip="Make the revision with this message"),
        Binding("f2", "commit_typed", "commit", id="commit.typed", tooltip="Make the revision with this message"),
        Binding("e", "edit", "edit the message", id="commit.edit", tooltip="Into the text of the message"),
        Binding("escape", "leave", "close", id="commit.close", tooltip="Leave the text; then close without committing"),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__("Commit", "this decision becomes a revision in git, on this machine")
        self._draft = draft
        self._proposal: Proposal | None = None
        self._at_work = False
        self._made = ""
        """What to say once the revision is made."""

    def body(self) -> Iterable[Widget]:
        yield TextArea("", id="message", compact=True, soft_wrap=True, tab_behavior="focus")
        with VerticalScroll(id="goes", can_focus=True):
            yield Static(Content.styled("Looking at what changed …", "$text-muted"), id="said")

    def on_mount(self) -> None:
        self.query_one("#message").display = False
        self.query_one("#goes").focus()
        self._propose()

    @work(exclusive=True, group="proposing", exit_on_error=False)
    async def _propose(self) -> None:
        try:
            self._proposal = held = await asyncio.to_thread(_proposed, self._draft)
        except UserError as error:
            self._say(_trouble(error))
            return
        if not self.is_attached:
            return
        message = self.query_one(TextArea)
        message.load_text(held.message)
        message.move_cursor((0, len(held.message.partition("\n")[0])))
        message.display = True
        self._say(goes(held))
        if not held.message:
            message.focus()
        self.refresh_bindings()

    def _say(self, words: Content) -> None:
        for said in self.query("#said").results(Static):
            said.update(words)
        self.refresh_bindings()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is committed without a message, nor while git is at it."""
        typing = self.focused is not None and self.focused.id == "message"
        if action in ("commit", "commit_typed"):
            # Enter begins a new line while the message is being typed.
            return False if typing is (action == "commit") else True if self._can else None
        return (not typing if self._can or self._proposal else False) if action == "edit" else True

    @property
    def _can(self) -> bool:
        return self._proposal is not None and not self._at_work and bool(self.query_one(TextArea).text.strip())

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def action_edit(self) -> None:
        """Into the text."""
        self.query_one(TextArea).focus()

    def action_commit(self) -> None:
        """Makes the revision."""
        if self._can:
            self._at_work = True
            self._say(Content("git makes the revision, and runs the team's hooks; after five minutes it is given up …"))
            self._commit(self.query_one(TextArea).text)

    def action_commit_typed(self) -> None:
        """Makes the revision, from within the text."""
        self.action_commit()

    @work(exclusive=True, group="committing", exit_on_error=False)
    async def _commit(self, message: str) -> None:
        try:
            self._made = await asyncio.to_thread(_committed, self._draft, message)
        except UserError as error:
            self._at_work = False
            if self._proposal is not None:
                self._say(Content("\n").join([_trouble(error), goes(self._proposal)]))
            return
        self._hand_over()

    def on_screen_resume(self) -> None:
        self._hand_over()

    def _hand_over(self) -> None:
        if self._made and self.is_current:
            self.dismiss(self._made)

    def action_leave(self) -> None:
        """Out of the text; then out of the dialog, while git is at work only once it is done."""
        if self.focused is not None and self.focused.id == "message":
            self.query_one("#goes").focus()
        elif not self._at_work:
            self.dismiss(None)


def ask_commit(screen: Screen[object], draft: Draft, done: Callable[[str], None]) -> None:
    """Shows what a revision of the Draft's file would be; ``done`` hears what to say once it is made."""

    def left(said: str | None) -> None:
        if said:
            done(said)

    screen.app.push_screen(Commit(draft), left)


def _proposed(draft: Draft) -> Proposal:
    """The revision to propose, once what it is of is on disk."""
    from sla_tui.workshop.deciding import proposal

    _saved(draft)
    return proposal(draft.path, draft.value, draft.lists)


def _committed(draft: Draft, message: str) -> str:
    from sla_tui.workshop.deciding import commit

    _saved(draft)
    hash_ = commit([draft.path], message)
    return f"Committed as {hash_[:9]}: {clean_line(message.strip().splitlines()[0])}"


def _saved(draft: Draft) -> None:
    state = draft.wait()
    if state.saving is not Saving.SAVED:
        raise UserError(f"it is not saved: {state.message}", state.remedy or "put that right first")


def goes(held: Proposal) -> Content:
    """Which files go into the revision, onto which branch, and what stays out of it."""
    pending = held.pending
    new = " (new to git)" if pending.new else ""
    onto = f", on branch {clean_line(pending.branch)}" if pending.branch else ""
    lines = [Content.assemble(("Goes in:  ", "$text-muted"), f"{named(pending.changed)}{new}{onto}")]
    if pending.others:
        lines.append(Content.assemble(("Stays as it is:  ", "$text-muted"), f"staged {named(pending.others)}"))
    if not pending.branch:
        lines.append(troubled(DETACHED))
    return Content("\n").join(lines)


def named(files: tuple[str, ...]) -> str:
    """Some files by name, and how many more."""
    shown = [clean_line(one) for one in files[:NAMED]]
    more = f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
    return f"{', '.join(shown)}{more}"


def _trouble(error: UserError) -> Content:
    where = f"{error.place}: " if str(error.place) else ""
    return troubled(f"{where}{error.message}", error.remedy)
