"""Which rules count one column twice on the same leads, and whom the exclusions and fast tracks catch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import UserError
from sla_tui.scoring.plan import source_of
from sla_tui.scoring.sources import Counted, Happened, Source, Tested

if TYPE_CHECKING:
    from sla_tui.agreement.conditions import When
    from sla_tui.scoring.board import Board


@dataclass(frozen=True, slots=True)
class Shared:
    """A rule that counts what a rule before it counts, on ``leads`` leads; ``same``: by the very same condition."""

    rule: str
    other: str
    what: str
    leads: int
    same: bool


def shared(board: Board) -> tuple[Shared, ...]:
    """The rules that fire on leads on which a rule before them fires for the same column or activity.

    Each with the one it shares most leads with. Rules on one column that never meet, such as bands of a number, count
    nothing twice.
    """
    before: dict[int | str, list[tuple[str, Source]]] = {}
    found: list[Shared] = []
    for rule in board.plan.rules:
        if rule.source is None or not rule.points:
            continue
        what = _what(rule.source)
        others = before.setdefault(what, [])
        pairs = [
            Shared(rule.id, other, _called(board, what), board.both(source, rule.source), _same(source, rule.source))
            for other, source in others
        ]
        most = max(pairs, key=lambda one: (one.leads, one.same), default=None)
        if most is not None and most.leads:
            found.append(most)
        others.append((rule.id, rule.source))
    return tuple(found)


def caught(board: Board) -> dict[str, int]:
    """By the KEY of each exclusion and fast track: on how many leads it fires; those not understood left out."""
    scoring, found = board.scoring, dict[str, int]()
    for one in scoring.exclude:
        source = _source(board, one.when)
        if source is not None and source in board.plan.exclude:
            found[f"scoring.exclude.{one.id}"] = board.caught(source)
    lifting = {source for source, _ in board.plan.fast}
    for track in scoring.fast_track:
        source = _source(board, track.when)
        if source is not None and source in lifting:
            found[f"scoring.fast_track.{track.id}"] = board.fired(source)
    return found


def _source(board: Board, when: When | None) -> Source | None:
    try:
        return source_of(when, board.leads.names)
    except UserError:
        return None


def _what(source: Source) -> int | str:
    return source.activity if isinstance(source, Happened) else source.column


def _called(board: Board, what: int | str) -> str:
    return what if isinstance(what, str) else (board.leads.names.columns or ())[what]


def _same(one: Source, other: Source) -> bool:
    """Whether two sources fire alike; how often they count, and how points fade, is another matter."""
    return _bare(one) == _bare(other)


def _bare(source: Source) -> Source:
    match source:
        case Tested():
            return source
        case Counted():
            return replace(source, once=False)
        case Happened():
            return replace(source, once=False, half_life=0)
