"""The board's layout, and how a Trial is shown on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen

from sla_tui.scoring.sentence import number
from sla_tui.tui.bars import TitleBar
from sla_tui.tui.board.boardkeys import BoardKeys
from sla_tui.tui.board.histogram import Histogram
from sla_tui.tui.board.leadlist import LeadList, Reader
from sla_tui.tui.board.limits import Limits
from sla_tui.tui.board.lines import Lines
from sla_tui.tui.board.rules import Rules, details
from sla_tui.tui.board.said import Page, Said, by_clause
from sla_tui.tui.board.stages import Stages
from sla_tui.tui.board.statistics import Statistics
from sla_tui.tui.board.trial import Trial
from sla_tui.tui.board.why import explained
from sla_tui.tui.board.words import headline, sensitivity
from sla_tui.tui.dialogs.dialog import troubled
from sla_tui.tui.drafting.answer import Answer
from sla_tui.tui.keys import KeyBar

if TYPE_CHECKING:
    from textual.events import Resize

    from sla_tui.scoring.board import Board as Scored
    from sla_tui.workshop.draft import Draft

PANELS = ("rules", "leads", "statistics", "limits")
FOREIGN = "these files have no columns for some names in the scoring; F8 says which column each of them is"
LARGE = (150, 46)
"""Columns and lines from which every figure has room beside the histogram."""


class BoardView(Screen[None]):
    """Shows a Trial; what is done to it comes on top."""

    CSS_PATH = "board.tcss"
    AUTO_FOCUS = "#stages"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (22, "-low"), (34, "-high")]

    def __init__(self, draft: Draft, trial: Trial) -> None:
        super().__init__()
        self.draft = draft
        self.trial = trial
        self.panel = PANELS[0]
        self.said: Content | None = None
        """What stands in place of the sentence: that something is being read, or what is wrong."""
        self.identified = False
        self.revealed = False
        """Whether names, emails and phones are shown."""
        self._waiting = False
        self._leads_wait = False
        self._usable: tuple[object, ...] = ()
        self.bar = TitleBar()
        self.headline = Said(id="headline")
        self.second = Said(id="second")
        self.stages = Stages(id="stages")
        self.ladder = Statistics(id="ladder", short=True)
        self.histogram = Histogram(id="histogram")
        self.rules = Rules(id="rules")
        self.rule = Said(id="rule")
        self.leads = LeadList(id="leads")
        self.why = Page(id="why", again=self._show_lead)
        self.statistics = Statistics(id="statistics")
        self.limits = Limits(id="limits")
        self.answer = Answer(id="answer", besides=20)

    def compose(self) -> ComposeResult:
        yield self.bar
        with Vertical(id="board"):
            yield self.headline
            yield self.second
            with Horizontal(id="figures"):
                with Vertical(id="stagebox"):
                    yield self.stages
                    yield self.ladder
                yield self.histogram
            with Horizontal(id="panels"):
                with Vertical(id="rulebox"):
                    yield self.rules
                    yield self.rule
                with Horizontal(id="leadside"):
                    yield self.leads
                    yield self.why
                yield self.statistics
                yield self.limits
        yield self.answer
        yield BoardKeys()

    def on_mount(self) -> None:
        self.turn_to(self.panel)
        self.show(f"scoring.stages.{self.trial.handed_over}")

    # -- where one is

    @property
    def stage_here(self) -> str:
        """The id of the stage in hand; empty when there is none."""
        here = self.stages.here
        return here.stage.id if here else ""

    @property
    def key(self) -> str:
        """The KEY of the rule, stage or limit that keys act on; empty on other panels."""
        if self.stages.has_focus:
            return f"scoring.stages.{self.stage_here}" if self.stage_here else ""
        if self.rules.has_focus:
            return f"scoring.rules.{self.rules.id_here}" if self.rules.id_here else ""
        if self.limits.has_focus and self.limits.here is not None:
            return self.limits.here.key
        return ""

    @property
    def leads_in_sight(self) -> bool:
        """Whether the leads are shown: only then are they looked up."""
        return self.panel == "leads" or (self.has_class("-wide") and self.panel != "statistics")

    @property
    def statistics_in_sight(self) -> tuple[Statistics, ...]:
        """Which figures are shown: only those are worked out."""
        ladder = self.has_class("-wide") and self.has_class("-high")
        return (*((self.ladder,) if ladder else ()), *((self.statistics,) if self.panel == "statistics" else ()))

    # -- showing

    def say(self, words: str, warning: bool = False) -> None:
        """Says something in passing, in the line of keys."""
        self.query_one(KeyBar).say(words, warning)

    def turn_to(self, panel: str) -> None:
        """Brings a panel to the front."""
        self.panel = panel
        for one in PANELS:
            self.set_class(one == panel, f"-{one}")

    def follow(self) -> None:
        """Shows what changed, once for all keys that are waiting."""
        if not self._waiting:
            self._waiting = True
            self.call_later(self._follow)

    def _follow(self) -> None:
        self._waiting = False
        if not self.trial.follow():
            self.behind()
        self.show()

    def behind(self) -> None:
        """Reads what the figures lack; what that takes comes on top."""

    def show(self, key: str = "") -> None:
        """Shows everything as it is now, with the cursor at ``key`` if it is one of a rule or stage."""
        listed, _, id_ = key.rpartition(".")
        self.stages.show(self.trial.stage_views(), id_ if listed == "scoring.stages" else "")
        self.rules.show(self.trial.rule_views(), id_ if listed == "scoring.rules" else "")
        if self.panel == "limits":
            self.limits.show(self.trial.limit_views(), key)
        self._show_rule()
        self._show_stage()
        self._show_title()

    def _show_stage(self) -> None:
        """Shows what depends on the stage in hand."""
        here = self.stage_here
        self._show_words(here)
        self.histogram.show(self.trial.bars(), self.trial.marks(here), self.trial.told)
        scored = self.trial.scored
        for statistics in self.statistics_in_sight:
            statistics.show(scored, here, self.trial.pace, roomy=self.has_class("-large"))
        if not self._leads_wait:
            self._leads_wait = True
            # The figures are seen first: looking leads up takes longer, and with keys in a row is done once.
            self.call_after_refresh(self.show_leads)
        self.renew_keys()

    def show_leads(self) -> None:
        """Shows the leads and the one in hand, where they are in sight."""
        self._leads_wait = False
        scored = self.trial.scored
        if self.leads_in_sight and self.is_attached:
            self.leads.show(
                self.reader(scored) if scored else None,
                scored.size if scored else 0,
                self.trial.stage_names(),
                self.trial.beyond(self.stage_here),
                self.trial.told,
                None if self.leads.has_focus else self._threshold_place(),
            )
            self._show_lead()

    def _threshold_place(self) -> int | None:
        """The place of the leads around the threshold in hand; None where there is none."""
        scored, here = self.trial.scored, self.stages.here
        if scored is None or not scored.size or here is None or here.stage.at is None:
            return None
        return max(0, scored.place_of(here.stage.at) - 1)

    def renew_keys(self) -> None:
        """Shows which keys do something now, if that has changed."""
        usable = (self.key, self.draft.can_undo, self.draft.can_redo, bool(self.left_out), self.said is None)
        usable = (*usable, self.trial.scored is None, self.trial.scoring is None)
        if usable != self._usable:
            self._usable = usable
            self.refresh_bindings()

    def _show_words(self, here: str) -> None:
        first, second = self._words(here)
        self.headline.say(by_clause(first, self.headline.size.width))
        self.second.say(second)

    def _words(self, here: str) -> tuple[Content, Content]:
        scored = self.trial.scored
        if self.said is not None and scored is None:
            return self.said, Content("")
        if self.trial.scoring is None:
            return Content("This agreement has no scoring yet."), Content.styled("a adds it.", "$text-muted")
        if scored is None:
            more = "o chooses a file: a table with a row for each lead, or an activity log."
            return Content("No leads to try this on yet."), Content.styled(more, "$text-muted")
        pace = self.trial.pace
        second = Content.styled(sensitivity(scored, here, pace, self.second.size.width), "$text-muted")
        notes = [self.said] if self.said is not None else []
        told_below = self.rules.has_focus and not self.has_class("-tiny")
        trouble = self.trial.trouble(self.key) if self.key and not told_below else ""
        trouble = trouble or (self.trial.note() if len(scored.plan.faults) < 2 else FOREIGN)
        if trouble:
            notes.append(troubled(trouble))
        first = Content(headline(scored, here, pace))
        if count := len(self.trial.off):
            off = f"○ {count} {'rule' if count == 1 else 'rules'} off for now. "
            first = Content.assemble((off, "$warning"), first)
        return first, Content("\n").join([second, *notes[:2]])

    def _show_rule(self) -> None:
        """Shows what is wrong with the rule at the cursor, else what its line has no room for."""
        here, scoring = self.rules.here, self.trial.scoring
        words = details(here.rule, scoring.half_life_days or 0) if here and scoring else ""
        remarks = here.remarks if here else ""
        words = f"{remarks} · {words}" if remarks else words
        trouble = here.trouble if here else ""
        self.rule.set_class(bool(trouble or remarks), "-trouble")
        self.rule.say(troubled(trouble) if trouble else Content.styled(words, "$text-muted"))

    def _show_title(self) -> None:
        scored, sample = self.trial.scored, self.trial.sample
        said = ["Scoring", "names shown: F7"] if self.revealed else ["Scoring"]
        if scored is not None:
            said.append(f"{number(scored.size)} {'lead' if scored.size == 1 else 'leads'} from {sample.name}")
            said.append(f"outcome {scored.outcome}" if scored.outcome else "no outcome: y says who was won")
            if out := self.left_out:
                said.append(f"{number(out)} {'row' if out == 1 else 'rows'} left out: v")
        bar = self.bar
        bar.words = " · ".join(said)
        bar.state = self.draft.saving

    @property
    def left_out(self) -> int:
        """How many rows no lead was made of."""
        return self.trial.scored.left_out if self.trial.scored else 0

    def _show_lead(self) -> None:
        if not self.leads_in_sight:
            return
        row, scored = self.leads.here, self.trial.scored
        if row is None or scored is None:
            self.why.show([])
            return
        stage = self.trial.stage_names().get(row.stage, row.stage)
        width, height = max(20, self.why.size.width), self.why.size.height
        wraps = self.has_class("-high")
        fields = self.fields(row.index)
        lines = explained(scored.scoring, row, stage, fields, width, None if fields else height, wraps)
        if not wraps:
            lines = [line.truncate(width, ellipsis=True) for line in lines]
        self.why.show(lines)

    def reader(self, scored: Scored) -> Reader:
        """Reads leads a page at a time, as they may be shown."""
        return scored.page

    def fields(self, index: int) -> tuple[tuple[str, str], ...]:
        """What the table says of a lead; nothing unless it was asked for."""
        return ()

    @on(Lines.Moved, "#stages")
    def _stage_moved(self) -> None:
        self._show_stage()

    @on(Lines.Moved, "#rules")
    def _rule_moved(self) -> None:
        self._show_rule()
        self._show_words(self.stage_here)

    @on(Lines.Moved, "#leads")
    def _lead_moved(self) -> None:
        self._show_lead()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= LARGE[0] and event.size.height >= LARGE[1], "-large")
        self.call_after_refresh(self.show)
