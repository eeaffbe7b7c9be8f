"""What scoring finds, as plain values that need no numpy to hold, show or compare."""

from __future__ import annotations

from dataclasses import dataclass

EXCLUDED = "excluded"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of a file that was left out: its line counted from 1 (0: not known), and why.

    A database tells no lines: there it is all ``rows`` with one reason.
    """

    file: str
    line: int
    reason: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many leads stand in one stage: ``leads`` is None for one that somebody sets, ``at`` where no points lead."""

    id: str
    name: str
    at: int | None
    leads: int | None


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The scores of the leads that are scored; all None when there are none."""

    min: int | None = None
    max: int | None = None
    mean: float | None = None
    median: float | None = None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """On how many leads a rule fired, and the points it gave in all, after its own cap and before its group's."""

    id: str
    leads: int
    points: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """Of the scored leads: how many have a known outcome, and how many of those a positive one."""

    column: str
    known: int
    positive: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """What the leads with a score of at least ``at`` are like.

    ``leads`` counts all of them, ``known`` those whose outcome is known, ``positive`` those won. Precision is
    positive/known, with its Wilson 95 % interval; recall is positive over all won leads; lift is precision over
    the share won among all known leads. A ratio over nothing is None.
    """

    at: int
    leads: int
    known: int = 0
    positive: int = 0
    precision: float | None = None
    precision_low: float | None = None
    precision_high: float | None = None
    recall: float | None = None
    lift: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the histogram: the leads with ``low`` <= score <= ``high``, by outcome."""

    low: int
    high: int
    unknown: int
    negative: int
    positive: int

    @property
    def leads(self) -> int:
        """All leads of the bar."""
        return self.unknown + self.negative + self.positive


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead: ``points`` by rule and ``caps`` by group, in the agreement's order, together make the score.

    ``caps`` says how much each group's ceiling takes away (or, below zero, gives back). ``won`` is None when
    the outcome is not known. ``index`` is the lead's place among the leads read, for asking about it again.
    """

    index: int
    id: str
    score: int
    stage: str
    points: tuple[int, ...]
    caps: tuple[int, ...]
    won: bool | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who gets past one stage's threshold, by points or by a fast track.

    ``leads`` of ``total`` scored leads reach the stage or a later one, ``fast`` of them only by a fast track;
    ``known`` and ``positive`` are their outcomes, ``all_known`` and ``all_positive`` those of all scored leads.
    """

    stage: str
    at: int
    leads: int
    total: int
    fast: int
    outcome: bool
    known: int = 0
    positive: int = 0
    all_known: int = 0
    all_positive: int = 0


@dataclass(frozen=True, slots=True)
class Some:
    """Some leads: how many, of how many the outcome is known, and how many of those were won."""

    leads: int
    known: int = 0
    won: int = 0


@dataclass(frozen=True, slots=True)
class StageChange:
    """How many leads stand in one stage under two scorings; None where one has no such stage, or somebody sets it."""

    id: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Flip:
    """A lead that two scorings disagree on: its score and stage under both, and whether it ``enters`` or goes.

    ``won`` is None when the outcome is not known.
    """

    index: int
    id: str
    before: int
    after: int
    stage_before: str
    stage_after: str
    enters: bool
    won: bool | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """Who reaches a stage with a rule, and without its points."""

    rule: str
    now: Reach
    without: Reach

    @property
    def leads(self) -> int:
        """How many leads more reach the stage without it; below zero for fewer."""
        return self.without.leads - self.now.leads

    @property
    def won(self) -> int:
        """How many won leads more reach it without it."""
        return self.without.positive - self.now.positive

    @property
    def precision(self) -> float | None:
        """By how much the share won among them grows without it; None where either is of nothing."""
        if not self.now.known or not self.without.known:
            return None
        return self.without.positive / self.without.known - self.now.positive / self.now.known


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything ``simulate`` reports. ``leads`` counts the scored leads: neither rejected nor excluded ones."""

    leads: int
    excluded: int
    rejected: tuple[Rejected, ...]
    stages: tuple[StageCount, ...]
    score: ScoreSummary
    rules: tuple[RuleCount, ...]
    outcome: OutcomeCount | None
    thresholds: tuple[Threshold, ...]
    reaches: tuple[Reach, ...]
