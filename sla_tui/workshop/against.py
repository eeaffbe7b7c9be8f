"""Another scoring to hold the agreement's against: a revision's, or another agreement's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.revisions import value_at, where

if TYPE_CHECKING:
    from sla_tui.scoring.compare import Comparison
    from sla_tui.scoring.simulate import Simulation


def scoring_at(text: str, file: Path) -> Scoring:
    """The scoring of what ``text`` names: a revision of ``file``, a path, or ``REVISION:PATH``.

    Raises ``UserError``; also where it is no agreement or has no scoring.
    """
    place = where(text, beside=file)
    value = value_at(place)
    if not isinstance(value, Agreement):
        raise UserError("this is no agreement", "name a revision, or an agreement's folder or file", Place(place.words))
    if value.scoring is None:
        raise UserError("this version of the agreement has no scoring", "name another one", Place(place.words))
    return value.scoring


def against(simulation: Simulation, before: Scoring, stage: str) -> Comparison:
    """What was simulated beside another scoring of the same leads, at a stage. Raises ``UserError``."""
    from sla_tui.scoring.compare import compared

    return compared(simulation.board, before, stage)
