"""The stages as a ladder: which comes after which, and in whose hands each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from sla_tui.agreement.sections.scoring import Scoring, Stage
from sla_tui.agreement.terms import Agreement


def ladder(agreement: Agreement) -> tuple[Stage, ...]:
    """The stages, lowest first; none without a scoring."""
    return (agreement.scoring or Scoring()).stages


def places(agreement: Agreement) -> Mapping[str, int]:
    """How high each stage stands, by its id."""
    return {stage.id: place for place, stage in enumerate(ladder(agreement))}


def not_above(known: Mapping[str, int], lower: str | None, upper: str | None) -> bool:
    """Whether ``upper`` stands at or below ``lower``; False where either is none of the stages."""
    low, high = known.get(lower or ""), known.get(upper or "")
    return low is not None and high is not None and high <= low


def setter(stage: Stage) -> str | None:
    """The party in whose hands a stage is; None for one reached by points, or not known."""
    if stage.set is None:
        return None
    return stage.set_by or ("sales" if stage.set in ("accepted", "deal_won") else None)
