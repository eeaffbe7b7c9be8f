"""The scoring board: rules and thresholds changed in place, and what that does to real leads."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from sla_tui.agreement.errors import UserError
from sla_tui.scoring.personal import without_names
from sla_tui.tui.board.choose import NO_LOG, NO_TABLE, NOBODY, OWN, ChooseLeads, ChooseOutcome, ChooseWon
from sla_tui.tui.board.fields import fields_of, id_header
from sla_tui.tui.board.leadfiles import LeadFiles
from sla_tui.tui.board.leftout import LeftOut
from sla_tui.tui.board.reading import Job, Reading
from sla_tui.tui.board.sample import ACTIVITY, APART, LEADS, OUTCOME, POSITIVE, Sample, chosen, find_sample
from sla_tui.tui.board.trial import Trial
from sla_tui.tui.board.view import PANELS
from sla_tui.tui.board.weighing import BoardWeighing
from sla_tui.tui.board.why import LeadCard, explained
from sla_tui.tui.board.words import at_the_board
from sla_tui.tui.dialogs.dialog import troubled
from sla_tui.workshop.saver import SaveState, Saving

if TYPE_CHECKING:
    from textual.screen import Screen

    from sla_tui.scoring.results import Rejected
    from sla_tui.workshop.draft import Draft

SMALL = 24.0
"""Megabytes of files up to which every column is read at once, so that no later edit has to wait."""
TICK = 0.5
"""Seconds between the words about how long a reading has taken."""


class SaveNews(Message):
    """The save state changed; comes from the saver's thread."""

    def __init__(self, state: SaveState) -> None:
        super().__init__()
        self.state = state


class Read(Message):
    """A reading ended; comes from its thread."""

    def __init__(self, job: Job, reading: Reading) -> None:
        super().__init__()
        self.job = job
        self.reading = reading


class OutRows(Message):
    """The rows left out, looked up in the files; comes from a thread."""

    def __init__(self, rows: tuple[Rejected, ...]) -> None:
        super().__init__()
        self.rows = rows


class Board(LeadFiles, BoardWeighing):
    """The scoring of a Draft on a sample of leads: ``leads`` and ``activity`` if given, else those of its folder."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "stop reading", id="board.stop", tooltip="Stop reading the files"),
        Binding("enter,f2", "edit", "points", id="board.edit", tooltip="Type the points of the rule or the stage"),
        Binding("s", "panel('stages')", "stages", id="board.stages", tooltip="The stages: ↑↓ chooses, ←→ moves one"),
        Binding("r", "panel('rules')", "rules", id="board.rules", tooltip="The rules: ↑↓ chooses, ←→ changes points"),
        Binding("l", "panel('leads')", "leads", id="board.leads", tooltip="The leads around the threshold"),
        Binding("question_mark,f1", "help", "help", id="board.help", tooltip="Help on the board, and every key"),
        Binding("t", "panel('statistics')", "figures", id="board.statistics", tooltip="The figures behind it"),
        Binding("space,f9", "off", "off for now", id="board.off", tooltip="Switch the rule off for now, and on again"),
        Binding("a,f3", "add", "add", id="board.add", tooltip="Add a rule, a stage, or the scoring itself"),
        Binding("u,ctrl+z", "undo", "undo", id="board.undo", tooltip="Take the last change back"),
        Binding("o,f5", "choose", "leads file", id="board.choose", tooltip="Choose the file of leads to try this on"),
        Binding("escape,f4,q", "back", "back", id="board.back", tooltip="Back to drafting"),
        Binding("n", "name", "name", show=False, id="board.name", tooltip="Type what the one at the cursor is called"),
        Binding("m", "field('cap')", "cap", show=False, id="board.cap", tooltip="Type the rule's cap"),
        Binding("p", "field('per')", "per", show=False, id="board.per", tooltip="Choose: each time, or once"),
        Binding("b", "field('group')", "group", show=False, id="board.group", tooltip="Choose the rule's group"),
        Binding("d,delete", "remove", "remove", id="board.remove", tooltip="Remove what is at the cursor"),
        Binding("c", "copy", "copy", show=False, id="board.copy", tooltip="Put a copy of it below it"),
        Binding("K,shift+up", "move(-1)", "move up", show=False, id="board.up", tooltip="Move it up"),
        Binding("J,shift+down", "move(1)", "move down", show=False, id="board.down", tooltip="Move it down"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="board.redo", tooltip="Do what was undone again"),
        Binding(
            "y", "outcome", "outcome", show=False, id="board.outcome", tooltip="Say which column tells who was won"
        ),
        Binding("v", "left_out", "rows left out", show=False, id="board.out", tooltip="The rows left out, and why"),
        Binding(
            "i", "identify", "fields", show=False, id="board.fields", tooltip="Show the lead's fields, or hide them"
        ),
        Binding("R", "again", "read again", show=False, id="board.again", tooltip="Read the files again"),
        Binding("f6", "next_panel", "next panel", show=False, id="board.next", tooltip="The next panel"),
        Binding("tab", "next_panel", "next panel", show=False, id="board.tab", tooltip="The next panel"),
    ]

    def __init__(self, draft: Draft, leads: Path | None = None, activity: Path | None = None) -> None:
        super().__init__(draft, Trial(draft, Sample()))
        self._given = (leads, activity)
        self._job: Job | None = None
        self._since = 0.0

    def on_mount(self) -> None:
        self.draft.listen(lambda state: cast("None", self.post_message(SaveNews(state))))
        self.set_interval(TICK, self._tick)
        self._find()

    def on_unmount(self) -> None:
        # The saving is left alone: by now the screen below listens to it again.
        if self._job is not None:
            self._job.stop()

    # -- reading leads

    def _find(self) -> None:
        """Finds the leads of this agreement and reads them."""
        try:
            sample = find_sample(self.draft, *self._given)
        except UserError as error:
            self.told(error)
            return
        self._read(sample)

    def told(self, error: UserError) -> None:
        """Shows what is wrong with the files, in place of the sentence or under it."""
        where = f"{Path(error.place.file).name}:{error.place.line}: " if error.place.line else ""
        where = where or (f"{Path(error.place.file).name}: " if error.place.file else "")
        message = error.message if self.revealed else without_names(error.message)
        self.said = troubled(f"{where}{message}", at_the_board(error.remedy))
        self.show()

    def _read(self, sample: Sample) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.trial.sample = sample
        if not sample.there:
            self.trial.scored, self.said = None, None
            self.show()
            return
        self._start(Job(sample, self.trial.tried, everything=sample.megabytes <= SMALL))

    def behind(self) -> None:
        """Reads the columns that the scoring has come to need."""
        if self._job is None:
            self._start(Job(self.trial.sample, self.trial.tried, self.trial.scored))

    def _start(self, job: Job) -> None:
        self._job, self._since = job, monotonic()
        self._tick()
        self._work(job)

    @work(thread=True, group="reading", exit_on_error=False)
    def _work(self, job: Job) -> None:
        self.post_message(Read(job, job.run()))

    def _tick(self) -> None:
        """Says what is being read, how long for, and how to stop it."""
        if self._job is None:
            return
        sample, seconds = self._job.sample, int(monotonic() - self._since)
        size = f" ({sample.megabytes:,.0f} MB)" if sample.megabytes >= 1 else ""
        passed = f" {seconds} s{self._job.progress}" if seconds else self._job.progress.replace(",", "")
        how = "   x stops" if self._job.stoppable else ""
        self.said = Content.assemble((f"Reading {sample.name}{size} …{passed}", "bold $primary"), (how, "$text-muted"))
        self._show_words(self.stage_here)
        self.renew_keys()

    @on(Read)
    def _was_read(self, event: Read) -> None:
        if event.job is not self._job:
            return
        self._job, reading = None, event.reading
        self.trial.sample = reading.sample
        self.said = None
        if reading.stopped:
            self.said = Content("Reading was stopped. R reads again, o chooses another file.")
        elif reading.scored is not None:
            self.trial.scored = reading.scored
        elif self.trial.scored is not None and self.trial.scored.leads.files.leads != reading.sample.leads:
            self.trial.scored = None
        if reading.trouble is not None:
            self.told(reading.trouble)
        self.offer()
        self.follow()

    def action_stop(self) -> None:
        """Stops the reading; what was read before stays."""
        if self._job is not None:
            self._job.stop()

    def action_again(self) -> None:
        """Reads the files again, as they are now."""
        self._find()

    def again(self) -> None:
        self._find()

    # -- choosing leads

    def action_choose(self) -> None:
        """Asks for a file of leads."""
        self.app.push_screen(ChooseLeads(self.draft.path.parent, self.trial.sample), self._chosen)

    def _chosen(self, answer: str | None) -> None:
        if answer is None:
            return
        sample = self.trial.sample
        if answer == OWN:
            self._given = (None, None)
            self.draft.memory.sample = {}
            self._find()
        elif answer in (NO_TABLE, NO_LOG):
            self._keep(replace(sample, leads=None) if answer == NO_TABLE else replace(sample, activity=None))
        else:
            self._classify(Path(answer))

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def _classify(self, path: Path) -> None:
        """Looks whether a file is a table of leads or a log of what they did."""
        from sla_tui.scoring.tablefile import opened

        try:
            with opened(path, head=True) as table:
                columns = table.columns
        except UserError as error:
            self.app.call_from_thread(self.told, error)
            return
        self.app.call_from_thread(self._keep, chosen(self.trial.sample, path, columns))

    def _keep(self, sample: Sample) -> None:
        """Reads a sample that somebody chose, and remembers it for this agreement."""
        named = {
            LEADS: str(sample.leads.absolute()) if sample.leads else "",
            ACTIVITY: str(sample.activity.absolute()) if sample.activity else "",
            OUTCOME: sample.outcome or "",
            POSITIVE: APART.join(sample.mapping.positive or ()),
        }
        self.draft.memory.sample = {name: said for name, said in named.items() if said}
        self._given = (None, None)
        self._read(sample)

    def action_outcome(self) -> None:
        """Asks which column says who was won."""
        scored = self.trial.scored
        columns = scored.leads.names.columns if scored else None
        if columns is None:
            self.say("An outcome is a column of a table of leads; o chooses one.")
            return
        self.app.push_screen(ChooseOutcome(columns, self.trial.sample.outcome), self._outcome_chosen)

    def _outcome_chosen(self, column: str | None) -> None:
        scored = self.trial.scored
        if column is None or scored is None:
            return
        sample = self.trial.sample
        mapping = sample.mapping.model_copy(update={"positive": None})
        if column == NOBODY:
            self._keep(replace(sample, outcome=None, mapping=mapping))
            return
        at = (scored.leads.names.columns or ()).index(column)
        values = scored.leads.frequent(at, 40)
        from sla_tui.scoring.values import won

        if values and any(won(value, None) is None for value, _ in values):
            self.app.push_screen(ChooseWon(column, values), lambda values: self._won_chosen(column, values))
        else:
            self._keep(replace(sample, outcome=column, mapping=mapping))

    def _won_chosen(self, column: str, values: tuple[str, ...] | None) -> None:
        if values:
            sample = self.trial.sample
            mapping = sample.mapping.model_copy(update={"positive": values})
            self._keep(replace(sample, outcome=column, mapping=mapping))

    # -- looking

    def action_left_out(self) -> None:
        """Lists the rows left out."""
        self._look_up_left_out()

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def _look_up_left_out(self) -> None:
        if self.trial.scored is not None:
            self.post_message(OutRows(self.trial.scored.rejected))

    @on(OutRows)
    def _show_left_out(self, event: OutRows) -> None:
        scored = self.trial.scored
        header = id_header(scored.leads) if scored else ""
        self.app.push_screen(LeftOut(event.rows, self.revealed, header))

    def action_identify(self) -> None:
        """Shows what the table says of the lead, or hides it."""
        self.identified = not self.identified
        self._show_lead()

    def fields(self, index: int) -> tuple[tuple[str, str], ...]:
        """What the table says of a lead, once that is asked for."""
        scored = self.trial.scored
        return fields_of(scored.leads, index, self.revealed) if self.identified and scored else ()

    # -- moving about

    def action_panel(self, name: str) -> None:
        """Goes to the stages, or brings a panel to the front."""
        self.leave()
        if name == "stages":
            self.stages.focus()
            return
        self.turn_to(name)
        self.call_after_refresh(self._entered, name)

    def _entered(self, name: str) -> None:
        self.show_leads()
        self.query_one(f"#{name}").focus()
        self.show()

    def action_why(self) -> None:
        """Shows all that made the score of the lead at the cursor."""
        row, scored = self.leads.here, self.trial.scored
        if row is not None and scored is not None:
            stage = self.trial.stage_names().get(row.stage, row.stage)
            fields = fields_of(scored.leads, row.index, self.revealed)
            self.app.push_screen(LeadCard(explained(scored.scoring, row, stage, fields)))

    def action_next_panel(self) -> None:
        """Goes to the panel after this one."""
        order = ("stages", *PANELS)
        here = next((name for name in order if self.query_one(f"#{name}").has_focus), "stages")
        self.action_panel(order[(order.index(here) + 1) % len(order)])

    def on_descendant_focus(self) -> None:
        self._show_words(self.stage_here)

    def action_name(self) -> None:
        """Types what the entry at the cursor is called."""
        self.action_field("name" if self.key.startswith(("scoring.stages.", "scoring.groups.")) else "label")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Greys out what cannot be done here."""
        if not self.is_mounted:
            return True
        on_rules = self.rules.has_focus and bool(self.rules.id_here)
        can = {
            "edit": bool(self.key) or self.leads.has_focus,
            "off": on_rules,
            "name": bool(self.key),
            "remove": bool(self.key),
            "copy": bool(self.key),
            "move": bool(self.key),
            "undo": self.draft.can_undo,
            "redo": self.draft.can_redo,
            "left_out": bool(self.left_out),
            "identify": self.leads.has_focus,
            "outcome": self.trial.scored is not None,
            **self.possible(parameters),
        }
        if action == "stop":
            return self._job is not None and self._job.stoppable
        if action == "off":
            return on_rules
        return True if can.get(action, True) else None

    def action_help(self) -> None:
        """Shows what the board is for, and its keys."""
        from sla_tui.tui.board.guide import ABOUT
        from sla_tui.tui.dialogs.help import Help, keys_of

        self.app.push_screen(Help("Scoring board", Content(ABOUT), keys_of(cast("Screen[object]", self))))

    def action_back(self) -> None:
        """Goes back to drafting."""
        with suppress(LookupError):
            self.leave()
        self.dismiss()

    @on(SaveNews)
    def _saved(self, news: SaveNews) -> None:
        if self.draft.take_in() is not None:
            self.follow()
        self._show_title()
        if news.state.saving in (Saving.BLOCKED, Saving.CONFLICT):
            remedy = "Esc, and drafting settles it" if news.state.saving is Saving.CONFLICT else news.state.remedy
            self.say(f"Not saved: {news.state.message}; {remedy}", warning=True)
