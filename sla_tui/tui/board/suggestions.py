"""Rules and thresholds proposed from past outcomes, taken into the agreement one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.agreement.errors import UserError
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Lines, Pieces, fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled
from sla_tui.tui.keys import KeyBar
from sla_tui.workshop.taking import held, rival, taking, taking_all, taking_threshold

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.pace import Room
    from sla_tui.scoring.propose.result import Cutoff, Proposal, Proposed, Suspect
    from sla_tui.tui.board.edit import BoardEdit
    from sla_tui.workshop.steps import Doing

BESIDE = "Taken beside today's rules both count: A takes all of these in their place, for which thresholds are made."


class Progress(Message):
    """How far a proposal is; comes from its thread."""

    def __init__(self, share: float, what: str) -> None:
        super().__init__()
        self.share = share
        self.what = what


class Ended(Message):
    """A proposal was made, or why not; comes from its thread."""

    def __init__(self, found: Proposal | None, trouble: UserError | None = None) -> None:
        super().__init__()
        self.found = found
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a heading, a rule, a threshold, a column that was looked at, or a line of a note."""

    heading: str = ""
    note: str = ""
    whole: str = ""
    rule: Proposed | None = None
    cutoff: Cutoff | None = None
    suspect: Suspect | None = None


def rows(found: Proposal, width: int) -> Iterator[Row]:
    """What the list shows of a proposal, notes in lines of ``width`` cells."""
    from sla_tui.scoring.propose.saying import measured

    yield from (Row(rule=one) for one in found.rules)
    if found.cutoffs:
        yield Row(heading="Thresholds for these rules")
        yield from (Row(cutoff=one) for one in found.cutoffs)
    for left_out, heading in ((True, "Columns left out"), (False, "Columns used, to be looked at")):
        if some := [one for one in found.suspects if one.left_out is left_out]:
            yield Row(heading=heading)
            yield from (Row(suspect=one) for one in some)
    if notes := [*measured(found), *found.notes]:
        yield Row(heading="Also")
        for note in notes:
            for line in Content(note).wrap(max(20, width - 4)):
                yield Row(note=line.plain, whole=note)


class Proposals(Lines):
    """The rules, thresholds and columns of a proposal."""

    def __init__(self, words: Callable[[Proposed], str], sign: Callable[[Row], str]) -> None:
        super().__init__(id="proposals")
        self.rows: tuple[Row, ...] = ()
        self.leads = 0
        self._words = words
        self._sign = sign

    def show(self, shown: Iterable[Row]) -> None:
        """Shows rows."""
        self.rows = tuple(shown)
        self.renew(len(self.rows))

    @property
    def here(self) -> Row | None:
        """The row at the cursor."""
        return self.rows[self.at] if self.rows else None

    def head(self, width: int) -> str:
        if not self.rows or self.rows[0].rule is None:
            return ""
        room = max(10, width - 39)
        return f"    Points  {fit('When', room)}{'Leads':>8}{'Won':>6}{'Again':>6}{'Today':>6}"

    def line(self, at: int, width: int) -> Pieces:
        row, here = self.rows[at], at == self.at
        pieces: list[tuple[str, str]] = [("› " if here else "  ", "accent")]
        if row.heading:
            return [*pieces, (row.heading, "head")]
        if row.note:
            return [*pieces, (f"  {fit(row.note, width - 4)}", "strong" if here else "text")]
        pieces.append((f"{self._sign(row):<2}", "good"))
        if row.rule is not None:
            one, room = row.rule, max(10, width - 39)
            share = f"{100 * one.won / one.known:.0f} %" if one.known else "–"
            today = "" if one.today is None else f"{one.today:+d}"
            pieces.append((f"{one.rule.points or 0:>+6}  ", "strong"))
            pieces.append((fit(self._words(one), room - 2), "strong" if here else "text"))
            pieces.append((" !" if one.flags else "  ", "sign"))
            pieces.append((f"{number(one.leads):>8}{share:>6}{f'{one.trials}/5':>6}{today:>6}", "text"))
        elif row.cutoff is not None:
            cutoff = row.cutoff
            share = "" if cutoff.precision is None else f", {100 * cutoff.precision:.0f} % won"
            why = {"capacity": "by capacity", "worth": "best value", "volume": "as many as today"}[cutoff.why]
            every = "all " if cutoff.leads == self.leads else ""
            pieces.append((f"{cutoff.at:>6}  ", "strong"))
            pieces.append((f"{why}: {every}{number(cutoff.leads)} leads{share}", "strong" if here else "text"))
        elif row.suspect is not None:
            room = max(8, min(30, width // 3))
            pieces.append((fit(row.suspect.column, room), "strong" if here else "text"))
            pieces.append((f"  {fit(row.suspect.why, max(4, width - room - 6))}", "muted"))
        return pieces


class Suggestions(Dialog[None]):
    """Makes a proposal beside the screen and shows it; what is taken is done on the ``board``, for one ``stage``.

    ``room``: what a quota says of sales' time; ``found``: a proposal made before; ``done`` hears of a new one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "stop", id="suggest.stop", tooltip="Stop learning"),
        Binding("enter,space", "take", "take it", id="suggest.take", tooltip="Take the rule or threshold in"),
        Binding(
            "T",
            "threshold",
            "threshold",
            id="suggest.threshold",
            tooltip="Take the first threshold that keeps leads out",
        ),
        Binding("A", "all", "all, in place of today's", id="suggest.all", tooltip="Replace today's rules by these"),
        Binding("u,ctrl+z", "undo", "undo", id="suggest.undo", tooltip="Take the last change back"),
        Binding("R", "again", "anew", id="suggest.again", tooltip="Propose anew, beside today's rules"),
        CLOSE,
    ]

    def __init__(
        self,
        board: BoardEdit,
        scored: Scored,
        stage: str,
        room: Room | None,
        found: Proposal | None,
        done: Callable[[Proposal], None],
    ) -> None:
        super().__init__("Suggestions", "from past outcomes")
        self._board = board
        self._scored = scored
        self._stage = stage
        self._room = room
        self._found = found
        self._done = done
        self._stopped: threading.Event | None = None

    def body(self) -> Iterable[Widget]:
        yield Static(id="comes", classes="said")
        yield Proposals(self._words, self._sign)
        yield Static(id="about", classes="said")

    def on_mount(self) -> None:
        self._list.focus()
        if self._found is None:
            self._begin()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def on_unmount(self) -> None:
        self.action_stop()

    @property
    def _list(self) -> Proposals:
        return self.query_one(Proposals)

    # -- making it

    def _begin(self) -> None:
        self._found = None
        self._list.show(())
        self._stopped = threading.Event()
        self._say(Content.styled("Learning from past outcomes …", "bold $primary"))
        self._work(self._scored, self._stopped)
        self.refresh_bindings()

    @work(thread=True, group="proposing", exit_on_error=False)
    def _work(self, scored: Scored, stopped: threading.Event) -> None:
        from sla_tui.scoring.board import open_board
        from sla_tui.scoring.engine import Stopped
        from sla_tui.scoring.propose.propose import propose
        from sla_tui.scoring.propose.result import Wanted, Watch
        from sla_tui.workshop.proposing import by_quota

        def progress(share: float, what: str) -> None:
            self.post_message(Progress(share, what))

        watch = Watch(progress, stopped.is_set)
        try:
            watch.at(0.0, "reading every column")
            whole = open_board(scored.scoring, scored.leads, scored.outcome, scored.as_of, everything=True)
            wanted = by_quota(Wanted(), self._room, self._stage)
            self.post_message(Ended(propose(whole, wanted, self._stage, watch)))
        except Stopped:
            self.post_message(Ended(None))
        except UserError as error:
            self.post_message(Ended(None, error))
        except Exception as error:
            # The screen must outlive a bug, or it would say "learning" for ever.
            from sla_tui.workshop.crash import leave_report

            path = leave_report(error)
            remedy = f"what happened (none of your texts) is in {path}" if path else "try other leads"
            self.post_message(Ended(None, UserError("nothing could be proposed (a bug)", remedy)))

    @on(Progress)
    def _progress(self, event: Progress) -> None:
        if self._stopped is not None and not self._stopped.is_set():
            said = Content.styled(f"{100 * event.share:3.0f} %  {event.what} …", "bold $primary")
            self._say(Content.assemble(said, ("   x stops", "$text-muted")))

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._stopped = None
        if event.trouble is not None:
            self._say(troubled(event.trouble.message, event.trouble.remedy))
        elif event.found is None:
            self._say(Content("Stopped; nothing is proposed. R begins again."))
        else:
            self._found = event.found
            self._done(event.found)
            self._show()
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Stops learning."""
        if self._stopped is not None:
            self._stopped.set()
            self._say(Content("Stopping …"))

    def action_again(self) -> None:
        """Proposes anew, beside the rules as they are now."""
        scored = self._board.trial.scored
        if self._stopped is None and scored is not None:
            self._scored = scored
            self._begin()

    # -- showing it

    def _say(self, words: Content) -> None:
        if self.is_mounted:
            self.query_one("#comes", Static).update(words)
            self.query_one("#about", Static).update(Content(""))

    def _show(self) -> None:
        from sla_tui.scoring.propose.saying import headline

        if self._found is not None:
            self._say(Content(" ".join(headline(self._found).split())))
            self._list.leads = self._found.leads
            self._list.show(rows(self._found, self._list.room))
            self._tell()

    def _words(self, one: Proposed) -> str:
        from sla_tui.scoring.propose.saying import rule_words

        return rule_words(one)

    def _sign(self, row: Row) -> str:
        scoring = self._board.trial.scoring
        if scoring is None:
            return ""
        if row.rule is not None:
            return "✓" if held(row.rule, scoring) else ""
        at = next((stage.at for stage in scoring.stages if stage.id == self._stage), None)
        return "✓" if row.cutoff is not None and row.cutoff.at == at else ""

    @on(Lines.Moved)
    def _tell(self) -> None:
        """Says all there is to say of the row at the cursor."""
        row, found = self._list.here, self._found
        said: list[Content] = []
        if row is not None and found is not None:
            said = [Content.styled(one, "$text-muted") for one in self._about(row, found)]
            if row.rule is not None:
                said = [*(troubled(flag) for flag in row.rule.flags), *said]
        self.query_one("#about", Static).update(Content("\n").join(said))

    def _about(self, row: Row, found: Proposal) -> Iterator[str]:
        from sla_tui.scoring.propose.result import FOLDS
        from sla_tui.scoring.propose.saying import cutoff_said

        scoring = self._board.trial.scoring
        if row.rule is not None:
            yield f"When {self._words(row.rule)}. Chosen in {row.rule.trials} of {FOLDS} trials on parts of the leads."
            same = rival(row.rule, scoring) if scoring is not None else None
            if same is not None:
                yield f"Taking it changes the points of {same.id}, which fires on the same."
            elif scoring is not None and scoring.rules and not held(row.rule, scoring):
                yield BESIDE
        elif row.cutoff is not None:
            yield cutoff_said(row.cutoff, found)
        elif row.suspect is not None:
            yield f"{row.suspect.column}: {row.suspect.why}."
        elif "--" in row.whole:
            yield "Options that begin with -- are those of sla-tui suggest."

    # -- taking it

    def action_take(self) -> None:
        """Takes the rule or threshold at the cursor in."""
        row, scoring = self._list.here, self._board.trial.scoring
        if row is None or scoring is None:
            return
        if self._sign(row):
            self._hear("It is in the agreement; u takes the last change back.")
        elif row.rule is not None:
            self._take(taking(row.rule, scoring))
        elif row.cutoff is not None:
            self._take_threshold(row.cutoff)

    def action_threshold(self) -> None:
        """Takes the first threshold in that keeps any lead out."""
        if self._found is not None and self._found.cutoffs:
            self._take_threshold(self._found.threshold or self._found.cutoffs[0])

    def _take_threshold(self, cutoff: Cutoff) -> None:
        """Takes a threshold in; says so while the rules that it is made for are not the agreement's."""
        scoring, found = self._board.trial.scoring, self._found
        rules = found.rules if found is not None else ()
        if scoring is None or all(held(one, scoring) for one in rules):
            self._take(taking_threshold(cutoff, self._stage))
        else:
            words = f"Taken, but {cutoff.at} is meant for these rules: A takes them too, u takes it back."
            self._take(taking_threshold(cutoff, self._stage), words, warning=True)

    def action_all(self) -> None:
        """Takes all rules in place of today's."""
        if self._found is not None and self._found.rules:
            self._take(taking_all(self._found))

    def action_undo(self) -> None:
        """Takes the last change back."""
        if self._board.draft.can_undo:
            self._board.action_undo()
            self._renew("Taken back.")

    def _take(self, doing: Doing, words: str = "Taken; u takes it back.", warning: bool = False) -> None:
        try:
            self._board.draft.change(doing.change)
        except UserError as error:
            self._hear(f"{error.message}; {error.remedy}", warning=True)
            return
        self._board.look(doing.look)
        self._renew(words, warning)

    def _renew(self, words: str, warning: bool = False) -> None:
        self._hear(words, warning)
        self._list.refresh()
        self._tell()
        self.refresh_bindings()

    def _hear(self, words: str, warning: bool = False) -> None:
        self.query_one(KeyBar).say(words, warning)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers what can be done now."""
        found = self._found
        row = self._list.here if self.is_mounted and found is not None else None
        can = {
            "stop": self._stopped is not None,
            "take": row is not None and (row.rule is not None or row.cutoff is not None),
            "threshold": found is not None and bool(found.cutoffs) and bool(self._stage),
            "all": found is not None and bool(found.rules),
            "undo": self._board.draft.can_undo,
            "again": self._stopped is None,
        }
        return can.get(action, True)
