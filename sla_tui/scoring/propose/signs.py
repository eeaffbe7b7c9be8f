"""What somebody should look at before accepting a rule: odd signs, few leads, doubtful columns."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.scoring.propose.candidates import Candidate
from sla_tui.scoring.propose.result import FOLDS
from sla_tui.scoring.sentence import number

_FEW = 30
_SELDOM = 2


def flags(
    candidate: Candidate, points: int, fired: tuple[int, int], rest: tuple[int, int], trials: int, doubtful: bool
) -> Iterator[str]:
    """Each thing to look at, as a sentence. ``fired`` and ``rest`` count leads with a known outcome, and those won."""
    known, won = fired
    if known and rest[0]:
        share, other = won / known, rest[1] / rest[0]
        if (points > 0 and share < other) or (points < 0 and share > other):
            told = f"{100 * share:.0f} % of its leads were won, of the others {100 * other:.0f} %"
            yield f"odd sign: {told}, and yet it {'gives' if points > 0 else 'costs'} points"
    if candidate.doing is not None and candidate.doing != (points > 0):
        yield "odd sign: doing more lowers the score"
    if doubtful:
        yield "its column may have been filled in after the outcome"
    if known < _FEW:
        yield f"rests on {number(known)} leads only"
    if trials <= _SELDOM:
        yield f"unsteady: chosen again in {trials} of {FOLDS} trials"
