"""Keeping the leads on the board beside the agreement, without who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.agreement.errors import UserError
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.tui.board.edit import BoardEdit
from sla_tui.tui.dialogs.confirm import Confirm, Way
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled
from sla_tui.workshop.fitting import same_file
from sla_tui.workshop.storing import Export, in_the_way, said, store, targets

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft

TICK = 0.25
"""Seconds between two words about how far it is."""


class Kept(Message):
    """The leads were stored, or why not; comes from a thread."""

    def __init__(self, lines: list[Content], done: bool = False) -> None:
        super().__init__()
        self.lines = lines
        self.done = done


class Storing(Dialog[bool]):
    """Stores leads and says what was kept; hands back whether they were stored."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "stop", id="source.stop", tooltip="Stop; nothing is written then"),
        Binding("enter,q", "done", "go on", id="source.done", tooltip="Close this"),
        CLOSE,
    ]

    def __init__(self, draft: Draft, export: Export, force: bool) -> None:
        super().__init__("Keeping the leads beside the agreement")
        self._agreement, self._folder = draft.value, draft.path.parent
        self._export, self._force = export, force
        self._engine = Engine()
        self._doing = "reading the leads"
        self._ended: Kept | None = None

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="scrolls"):
            yield Static(id="doing")

    def on_mount(self) -> None:
        self.set_interval(TICK, self._tick)
        self._tick()
        self._store()

    def on_unmount(self) -> None:
        if self._ended is None:
            self._engine.stop()

    def _tick(self) -> None:
        if self._ended is None:
            share = self._engine.progress
            far = f" {share:.0%}".replace("%", " %") if share else ""
            self.query_one("#doing", Static).update(Content(f"{self._doing[0].upper()}{self._doing[1:]} …{far}"))

    @work(thread=True, exit_on_error=False)
    def _store(self) -> None:
        def doing(what: str) -> None:
            self._doing = what

        try:
            done = store(self._agreement, self._folder, self._export, self._force, self._engine, doing)
            kept = Kept([Content(line) for line in said(done)], done=True)
        except Stopped:
            kept = Kept([Content("Stopped; nothing was written.")])
        except UserError as error:
            kept = Kept([troubled(error.message, error.remedy)])
        except Exception as error:
            # The dialog must outlive a bug, or it would be busy for ever.
            from sla_tui.workshop.crash import leave_report

            path = leave_report(error)
            kept = Kept(
                [troubled("the leads could not be kept (a bug)", f"what happened is in {path}" if path else "")]
            )
        self.post_message(kept)

    @on(Kept)
    def _was_kept(self, event: Kept) -> None:
        self._ended = event
        self.query_one("#doing", Static).update(Content("\n").join(event.lines))
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stops; nothing is written then."""
        self._engine.stop()

    def action_done(self) -> None:
        """Hands back whether the leads were stored."""
        self.action_leave()

    def action_leave(self) -> None:
        """Stops what is under way; once it has ended, closes."""
        if self._ended is None:
            self.action_stop()
        else:
            self.dismiss(self._ended.done)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to stop while there is something to stop, and then to go on."""
        return {"stop": self._ended is None, "done": self._ended is not None}.get(action, True)


class KeepLeads(BoardEdit):
    """The key that keeps the leads on the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "I",
            "store",
            "keep leads",
            show=False,
            id="board.store",
            tooltip="Keep these leads beside the agreement, without who they are",
        ),
    ]

    def again(self) -> None:
        """Reads the files again, as they are now."""

    def action_store(self) -> None:
        """Asks whether to keep the leads, and over what they would be written."""
        sample, scored, folder = self.trial.sample, self.trial.scored, self.draft.path.parent
        if scored is None or self.trial.behind:
            self.say("There are no leads to keep yet; o chooses a file of them.")
            return
        if scored.plan.faults:
            self.say("Some names find no column, so what to keep is not known: F8 says which column it is.")
            return
        export = Export(sample.leads, sample.activity, sample.mapping, scored.outcome)
        there = in_the_way(folder, export)
        names = " and ".join(path.name for path in there or targets(folder, export))
        itself = any(path and same_file(path, one) for path in (sample.leads, sample.activity) for one in there)
        lost = "what they hold now is gone: keep a copy elsewhere" if itself else "what they hold now is gone"
        way = (
            Way("force", "o", f"Write over {names}", lost)
            if there
            else Way(
                "store", "w", f"Keep them in {names}", "git leaves them alone; leads.toml says what the columns are"
            )
        )
        asked = (
            f"Of {sample.name} only what the scoring, territories, the outcome and dates use is kept; of names, "
            "emails and phones only what conditions ask. Ids are replaced for good: the export alone tells who a lead "
            "was, and a rule that comes to use more needs it again."
        )
        self.app.push_screen(
            Confirm("Keep these leads beside the agreement?", Content(asked), (way,)),
            lambda answer: self._storing(export, answer),
        )

    def _storing(self, export: Export, answer: str | None) -> None:
        if answer is not None:
            self.app.push_screen(Storing(self.draft, export, answer == "force"), self._stored)

    def _stored(self, done: bool | None) -> None:
        if done:
            self.draft.memory.sample = {}
            self.again()
