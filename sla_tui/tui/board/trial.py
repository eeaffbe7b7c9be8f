"""The scoring of a Draft tried on leads: what the board shows, with no screen in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sla_tui.agreement.check import Severity
from sla_tui.agreement.sections.scoring import Rule, Scoring, Stage
from sla_tui.tui.board.bars import Bar
from sla_tui.tui.board.histogram import Mark
from sla_tui.tui.board.limits import LimitView, limit_views
from sla_tui.tui.board.rules import RuleView
from sla_tui.tui.board.sample import Sample
from sla_tui.tui.board.stages import StageView, stage_name
from sla_tui.tui.board.words import at_the_board
from sla_tui.workshop.refused import to_settle
from sla_tui.workshop.simulate import handed_over

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding
    from sla_tui.agreement.quota import Quota
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.pace import Pace
    from sla_tui.workshop.draft import Draft

TOLD = frozenset({"half-built", "never-fires", "always-fires", "counted-twice", "no-dates"})
"""What is told of a rule where it stands, and marked there."""
MOST_BARS = 2000
"""Bars that are gathered here at most; finer ones no screen could show."""


class Trial:
    """A Draft's scoring on a sample of leads. ``off``: rules switched off for now, in no file.

    ``scored`` is None until leads were read; it may lag behind the Draft while something is being read for it.
    """

    def __init__(self, draft: Draft, sample: Sample) -> None:
        self.draft = draft
        self.sample = sample
        self.off: frozenset[str] = frozenset()
        self.scored: Scored | None = None
        self._found: tuple[Scored, tuple[Finding, ...]] | None = None
        self._quota: tuple[Sample, tuple[str, Quota] | None] | None = None

    @property
    def scoring(self) -> Scoring | None:
        """The Draft's scoring; None when the agreement has none."""
        return self.draft.value.scoring

    @property
    def tried(self) -> Scoring:
        """The scoring that is tried: the Draft's, without the rules that are off."""
        scoring = self.scoring or Scoring()
        if not self.off:
            return scoring
        silent = {"points": 0}
        rules = tuple(rule.model_copy(update=silent) if rule.id in self.off else rule for rule in scoring.rules)
        return scoring.model_copy(update={"rules": rules})

    @property
    def behind(self) -> bool:
        """Whether what is shown is not what the Draft says now."""
        return self.scored is not None and self.scored.scoring != self.tried

    def follow(self) -> bool:
        """Scores the leads anew; False when something has to be read first, and the figures stay as they were."""
        if self.scored is None:
            return True
        from sla_tui.scoring.board import NotRead

        try:
            self.scored = self.scored.with_scoring(self.tried)
        except NotRead:
            return False
        return True

    def switch(self, rule: str) -> None:
        """Switches a rule off for now, or on again."""
        self.off = self.off ^ {rule}

    @property
    def told(self) -> bool:
        """Whether anybody's outcome is known."""
        return self.scored is not None and self.scored.outcome is not None and self.scored.tally.known > 0

    @property
    def pace(self) -> Pace:
        """The weeks the leads came in, and the time that the quota of today, else the next one, says sales has."""
        from sla_tui.scoring.pace import Pace, pace_of
        from sla_tui.workshop.room import counted, quota_beside

        if self._quota is None or self._quota[0] is not self.sample:
            self._quota = (self.sample, quota_beside(self.draft.path))
        return pace_of(self.scored, counted(self._quota[1], self.draft.value)) if self.scored else Pace()

    @property
    def _findings(self) -> tuple[Finding, ...]:
        if self.scored is None:
            return ()
        if self._found is None or self._found[0] is not self.scored:
            from sla_tui.scoring.findings import findings

            self._found = (self.scored, findings(self.scored))
        return self._found[1]

    def trouble(self, key: str) -> str:
        """What is wrong with an entry of the scoring, in the agreement or on these leads; empty for nothing."""
        return _trouble(key, self._to_settle)

    @property
    def _to_settle(self) -> tuple[Finding, ...]:
        found = (*self._findings, *to_settle(self.draft))
        return tuple(sorted(found, key=lambda one: one.code != "not-taken"))

    def note(self) -> str:
        """The first thing wrong with the leads as a whole, or with what never is shown as a line; empty for nothing."""
        kinds = ("scoring.exclude.", "scoring.fast_track.")
        for finding in self._findings:
            if finding.key == "scoring" or (finding.key.startswith(kinds) and finding.severity is Severity.ERROR):
                return _said(finding)
        return ""

    # -- what the panels show

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that points reach, or are to reach."""
        return tuple(stage for stage in self.scoring.stages if stage.set is None) if self.scoring else ()

    @property
    def handed_over(self) -> str:
        """The stage the room will talk about; empty for none."""
        return handed_over(self.draft.value)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules."""
        return self.scoring.rules if self.scoring else ()

    def stage_views(self) -> tuple[StageView, ...]:
        """The stages with who reaches them."""
        reaches = {reach.stage: reach for reach in self.scored.reaches} if self.scored and self.scored.size else {}
        found, pace = self._to_settle, self.pace
        views: list[StageView] = []
        for stage in self.stages:
            reach = reaches.get(stage.id)
            week = pace.weekly(reach.leads) if reach else None
            views.append(StageView(stage, reach, _trouble(f"scoring.stages.{stage.id}", found), week))
        return tuple(views)

    def rule_views(self) -> tuple[RuleView, ...]:
        """The rules with what each did."""
        scored, found = self.scored, self._to_settle
        counts = {count.id: count for count in scored.rules} if scored else {}
        uncounted = {rule.id for rule in scored.plan.rules if rule.source is None} if scored else set[str]()
        views: list[RuleView] = []
        for rule in self.rules:
            count = None if rule.id in uncounted else counts.get(rule.id)
            trouble = _trouble(f"scoring.rules.{rule.id}", found)
            leads, points = (count.leads, count.points) if count else (None, None)
            remarks = _remarks(rule.id, self._findings)
            views.append(RuleView(rule, leads, points, rule.id in self.off, trouble, remarks))
        return tuple(views)

    def limit_views(self) -> tuple[LimitView, ...]:
        """All beside rules and stages, with what each did."""
        views = limit_views(self.scoring, self.scored, dict(self.stage_names()))
        return tuple(replace(view, trouble=_trouble(view.key, self._to_settle)) for view in views)

    def bars(self) -> tuple[Bar, ...]:
        """The leads by score."""
        if self.scored is None:
            return ()
        tally = self.scored.tally
        if len(tally.scores) > MOST_BARS:
            return tuple(
                Bar(one.low, one.high, one.positive, one.negative, one.unknown) for one in tally.bins(MOST_BARS)
            )
        return tuple(
            Bar(score, score, won, lost, unknown)
            for score, (unknown, lost, won) in zip(tally.scores.tolist(), tally.outcomes.tolist(), strict=True)
        )

    def marks(self, here: str) -> tuple[Mark, ...]:
        """The thresholds to mark, the stage ``here`` as the one in hand."""
        return tuple(
            Mark(stage.at, stage_name(stage), stage.id == here) for stage in self.stages if stage.at is not None
        )

    def stage_names(self) -> Mapping[str, str]:
        """What each stage is called on a narrow line."""
        stages = self.scoring.stages if self.scoring else ()
        return {"none": "–", "excluded": "excluded"} | {stage.id: stage_name(stage) for stage in stages}

    def beyond(self, here: str) -> frozenset[str]:
        """The stage ``here`` and those after it."""
        ids = [stage.id for stage in self.scoring.stages] if self.scoring else []
        return frozenset(ids[ids.index(here) :]) if here in ids else frozenset()


def _trouble(key: str, findings: Iterable[Finding]) -> str:
    for finding in findings:
        here = finding.key == key or finding.key.startswith(f"{key}.")
        if here and (finding.severity is Severity.ERROR or (finding.code in TOLD and not _aside(finding))):
            return _said(finding)
    return ""


def _aside(finding: Finding) -> bool:
    """Whether a finding may well be meant: it is told where its rule is in hand, and marks nothing."""
    return finding.severity is Severity.NOTE and finding.code in ("always-fires", "counted-twice", "no-dates")


def _remarks(rule: str, findings: Iterable[Finding]) -> str:
    key = f"scoring.rules.{rule}"
    found = [one.message.removeprefix(f"{rule}: ") for one in findings if _aside(one)
             and one.key in (key, f"{key}.when")]  # fmt: skip
    return " · ".join(found[::-1])


def _said(finding: Finding) -> str:
    return at_the_board(f"{finding.message}; {finding.fix}" if finding.fix else finding.message)
