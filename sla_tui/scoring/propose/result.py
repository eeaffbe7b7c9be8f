"""What a proposal says, as plain values that need no numpy to hold, show or compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from sla_tui.agreement.sections.scoring import Rule
from sla_tui.scoring.engine import Stopped

FOLDS = 5
"""In how many parts the leads are held back in turn."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: at most ``rules`` rules that give at most ±``most`` points each.

    ``capacity``: leads that sales can work in a week, None for not known. ``worth``: how many leads' work one won lead
    pays for, None for what makes working all of them just pay. Where nobody asked for these, ``capacity_by`` and
    ``worth_by`` say who tells. ``without`` and ``keep`` name columns: not to be used, and to be used although they look
    as if filled in after the outcome. ``created`` names the column that says when a lead came.
    """

    rules: int = 12
    most: int = 20
    capacity: float | None = None
    worth: float | None = None
    without: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    created: str | None = None
    seed: int = 0
    capacity_by: str = ""
    worth_by: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells how far a proposal is (0 to 1, and what is done now), and ends it with Stopped when asked to."""

    progress: Callable[[float, str], None] = lambda share, what: None
    stop: Callable[[], bool] = lambda: False

    def at(self, share: float, what: str) -> None:
        """So far it is."""
        if self.stop():
            raise Stopped
        self.progress(share, what)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column that may have been filled in after the outcome: why, and whether it was left out."""

    column: str
    why: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """One rule: on how many leads it fires, how many of those with a known outcome were won, and in how many of the
    trials on parts of the leads its column was chosen again. ``like`` is today's rule on the same, ``today`` its
    points. ``flags`` say what somebody should look at before accepting it."""

    rule: Rule
    leads: int
    known: int
    won: int
    trials: int
    like: str = ""
    today: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate and its interval, made to hold the true value in 95 of 100 cases."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How often a won lead scores above a lost one (AUC), on leads that were not learned from.

    ``today`` is the same for today's rules, ``gain`` the difference; None where they score no lead. ``folds`` is the
    lowest and the highest value of the single parts. Rules learned from all leads may do a little better than those
    learned from most of them, which are measured here.
    """

    leads: int
    won: int
    auc: Range
    today: Range | None = None
    gain: Range | None = None
    folds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether outcomes dealt out at random would do as well: in ``as_well`` of ``shuffles`` they did."""

    shuffles: int
    as_well: int
    signal: bool


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A threshold, why it was chosen, and what the leads at or above it are like.

    ``held_low`` and ``held_high``: the 95 % interval of the share won among leads that were not learned from, taken
    as strictly. ``weekly`` is how many came in a week on average, ``weekly_low`` to ``weekly_high`` in nine of ten of
    the weeks there were; None where the leads have no dates, or too few weeks of them. ``at_low`` to ``at_high``: where
    the threshold that pays best lies in 95 of 100 draws of the same leads; None for others.
    """

    why: Literal["capacity", "worth", "volume"]
    at: int
    leads: int
    known: int
    won: int
    precision: float | None
    recall: float | None
    lift: float | None
    weekly: float | None
    weekly_low: int | None
    weekly_high: int | None
    held_low: float | None
    held_high: float | None
    at_low: int | None = None
    at_high: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """What today's scoring hands over: at ``at`` points of ``stage``. ``missing`` are rules that nothing in the files
    answers, of ``rules`` in all."""

    rules: int
    missing: tuple[str, ...]
    stage: str = ""
    at: int | None = None
    leads: int = 0
    known: int = 0
    won: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rules learned from past outcomes, or none with the ``reason`` in words.

    ``leads`` are scored, ``known`` of them have an outcome, ``won`` of those a good one; ``learned`` is how many were
    learned from where that is a sample. ``cross`` is measured on each part of the leads with the rules of the others,
    ``later`` on the last leads with the rules of those before; None without dates.
    """

    outcome: str
    leads: int
    known: int
    won: int
    learned: int
    wanted: Wanted
    rules: tuple[Proposed, ...]
    reason: str
    chance: Chance
    cross: Quality | None
    later: Quality | None
    today: Today
    cutoffs: tuple[Cutoff, ...]
    suspects: tuple[Suspect, ...]
    weeks: float | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def worth(self) -> float:
        """How many leads' work one won lead is taken to pay for."""
        return self.wanted.worth if self.wanted.worth is not None else self.known / max(self.won, 1)

    @property
    def threshold(self) -> Cutoff | None:
        """The first threshold that keeps any lead out; None where there is none."""
        return next((one for one in self.cutoffs if one.leads < self.leads), None)
