"""Weighing the scoring on the board: against other versions of it, without single rules, beside what is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.effects import Effect, Effects
from sla_tui.tui.board.flips import Flips
from sla_tui.tui.board.limiting import BoardLimits
from sla_tui.tui.board.rules import said
from sla_tui.tui.board.suggestions import Suggestions
from sla_tui.tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.compare import Comparison
    from sla_tui.scoring.propose.result import Proposal
    from sla_tui.tui.board.trial import Trial
    from sla_tui.workshop.draft import Draft

COMMITTED, OPENED, KEPT = "the last commit", "the scoring as it was when the board was opened", "B"
QUICK = 1_000_000
"""Leads up to which the rule at the cursor is weighed with every key."""


class BoardWeighing(BoardLimits):
    """Who flips, what a rule is there for, and what past outcomes propose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f", "flips", "flips", id="weigh.flips", tooltip="Which leads flip against the last commit, the start or B"
        ),
        Binding(
            "B",
            "keep",
            "keep as B",
            id="weigh.keep",
            tooltip="Keep this scoring as B: f then says who flips against it",
        ),
        Binding(
            "e",
            "effects",
            "if removed",
            id="weigh.effects",
            tooltip="What each rule does: leads, won and precision without it",
        ),
        Binding(
            "S", "suggest", "suggest", id="weigh.suggest", tooltip="Rules and thresholds learned from past outcomes"
        ),
    ]

    def __init__(self, draft: Draft, trial: Trial) -> None:
        super().__init__(draft, trial)
        self._opened = draft.value.scoring or Scoring()
        self._kept: Scoring | None = None
        self._proposal: tuple[Scored, Proposal] | None = None

    def _leads(self) -> Scored | None:
        """The leads under the scoring as it is now; says so where there are none, or they lag behind."""
        scored = self.trial.scored
        if scored is None or not scored.size:
            self.say("There are no leads to compare on; o chooses a file of them.")
        elif self.trial.behind and not self.trial.follow():
            self.say("The leads are still being read.")
        else:
            return self.trial.scored
        return None

    def _open(self, dialog: Dialog[None]) -> None:
        """Shows what was worked out, unless the board was left meanwhile."""
        if self.is_current:
            self.app.push_screen(dialog)

    def _called(self, stage: str) -> str:
        return self.trial.stage_names().get(stage, stage) or "no stage"

    # -- other versions

    def action_keep(self) -> None:
        """Keeps the scoring as it is tried now as B, for this sitting."""
        self._kept = self.trial.tried
        self.say("Kept as B until the board is left; f says who flips against it.")

    def action_flips(self) -> None:
        """Lists who comes in and goes out against another version."""
        if (scored := self._leads()) is not None:
            if scored.size > QUICK:
                self.say(f"Comparing {number(scored.size)} leads …")
            self._compare(scored, self.stage_here)

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def _compare(self, scored: Scored, stage: str) -> None:
        from sla_tui.scoring.compare import compared

        found: list[tuple[str, Comparison]] = []
        versions, note = self._versions()
        try:
            found = [(name, compared(scored, scoring, stage)) for name, scoring in versions]
            for _, one in found:
                # Figures and ids are looked up here, not while the screen is drawn.
                one.page(0, 1)
        except UserError as error:
            self.app.call_from_thread(self.say, f"{error.message}; {error.remedy}", True)
            return
        self.app.call_from_thread(self._open, Flips(found, self._called(stage), note, self.revealed))

    def _versions(self) -> tuple[list[tuple[str, Scoring]], str]:
        """What can be compared with, the nearest first, and a word on what cannot."""
        from sla_tui.workshop.against import scoring_at

        versions: list[tuple[str, Scoring]] = []
        note = ""
        if self._kept is not None:
            versions.append((KEPT, self._kept))
        try:
            versions.append((COMMITTED, scoring_at("HEAD", self.draft.path)))
        except UserError as error:
            note = f"There is no commit to compare with: {error.message}."
        versions.append((OPENED, self._opened))
        return versions, note

    # -- single rules

    def _words(self, here: str) -> tuple[Content, Content]:
        first, second = super()._words(here)
        scored, rule = self.trial.scored, self.rules.id_here if self.rules.has_focus else ""
        if not rule or scored is None or scored.size > QUICK or self.trial.behind:
            return first, second
        from sla_tui.scoring.compare import removals
        from sla_tui.scoring.comparesaid import removal

        for found in removals(scored, here, only=rule):
            # On the rules it matters what one is there for, more than what moving the threshold would change.
            said = Content.styled(removal(found, self._called(here)), "$text-muted")
            return first, Content("\n").join([said, *second.split("\n")[1:]])
        return first, second

    def action_effects(self) -> None:
        """Lists what removing each rule would do at the stage in hand."""
        if (scored := self._leads()) is not None:
            if scored.size > QUICK:
                self.say(f"Weighing each rule on {number(scored.size)} leads …")
            self._weigh(scored, self.stage_here)

    @work(thread=True, group="looking", exclusive=True, exit_on_error=False)
    def _weigh(self, scored: Scored, stage: str) -> None:
        effects = tuple(_effects(scored, stage))
        self.app.call_from_thread(self._show_effects, effects, stage)

    def _show_effects(self, effects: tuple[Effect, ...], stage: str) -> None:
        here = self.rules.id_here
        at = next((at for at, one in enumerate(effects) if one.removal.rule == here), 0)
        self._open(Effects(self._called(stage), effects, at))

    # -- proposals

    def action_suggest(self) -> None:
        """Shows rules learned from past outcomes, to be taken one by one."""
        scored = self._leads()
        if scored is None:
            return
        if scored.outcome is None:
            self.say("Nobody knows yet who was won; y names the column that says so.", True)
            return
        held = self._proposal
        same = held is not None and held[0].leads is scored.leads and held[0].outcome == scored.outcome
        done = partial(self._proposed, scored)
        stage, room = self.stage_here, self.trial.pace.room
        known = held[1] if held is not None and same else None
        self.app.push_screen(Suggestions(self, scored, stage, room, known, done))

    def _proposed(self, scored: Scored, proposal: Proposal) -> None:
        self._proposal = (scored, proposal)


def _effects(scored: Scored, stage: str) -> Iterator[Effect]:
    from sla_tui.scoring.compare import removals

    rules = {rule.id: rule for rule in scored.scoring.rules}
    for found in removals(scored, stage):
        rule = rules[found.rule]
        yield Effect(said(rule), rule.points or 0, found)
