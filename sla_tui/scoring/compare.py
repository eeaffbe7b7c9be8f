"""Two scorings of the same leads: which leads come in and go out at a stage, and what a single rule is there for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board, NotRead
from sla_tui.scoring.plan import Plan
from sla_tui.scoring.results import Flip, Reach, Removal, Some, StageChange, StageCount
from sla_tui.scoring.tally import LOST, WON


@dataclass(frozen=True, eq=False)
class Comparison:
    """Leads ``before``, under one scoring, and ``after``, under another: who reaches ``stage`` or a later one.

    Where a scoring has no such stage, nobody reaches it there; a lead that is excluded or rejected reaches nothing.
    """

    before: Board
    after: Board
    stage: str

    @cached_property
    def came(self) -> Some:
        """The leads that only ``after`` lets in."""
        return self._some(self._came)

    @cached_property
    def went(self) -> Some:
        """The leads that only ``before`` lets in."""
        return self._some(self._went)

    @cached_property
    def stayed(self) -> Some:
        """The leads that both let in."""
        return self._some(np.flatnonzero(self._in[0] & self._in[1]))

    @property
    def flips(self) -> int:
        """How many leads the two disagree on."""
        return self.came.leads + self.went.leads

    @property
    def listed(self) -> bool:
        """Whether ``page`` can tell which leads those are."""
        return True

    @cached_property
    def unanswered(self) -> tuple[str, ...]:
        """The KEYs of what ``before`` names and these files do not have."""
        return tuple(fault.key for fault in self.before.plan.faults)

    @cached_property
    def at(self) -> tuple[int | None, int | None]:
        """From how many points each lets leads in; None where it has no such stage, or that has no points."""
        return points_at(self.before.plan, self.stage), points_at(self.after.plan, self.stage)

    @cached_property
    def name(self) -> str:
        """What the stage is called."""
        return stage_name((self.after.plan, self.before.plan), self.stage)

    @cached_property
    def stages(self) -> tuple[StageChange, ...]:
        """How many leads stand in each stage of either, those of ``after`` first."""
        return stage_changes(self.before.stages, self.after.stages)

    def page(self, start: int, size: int) -> tuple[Flip, ...]:
        """Leads that flip, from place ``start`` on: first those that come in, then those that go out.

        Each by the score that lets it in, highest first, in the file's order among equals.
        """
        where = self._ordered[start : start + size]
        indexes: list[int] = where.tolist()
        then, now = (board.scores[where].tolist() for board in (self.before, self.after))
        known = {WON: True, LOST: False}
        return tuple(
            Flip(index, name, score, other, was, stands, bool(inside), known.get(kind))
            for index, name, score, other, was, stands, inside, kind in zip(
                indexes,
                self.after.leads.ids.some(indexes),
                then,
                now,
                self.before.stage_names(where),
                self.after.stage_names(where),
                self._in[1][where].tolist(),
                self._known[where].tolist(),
                strict=True,
            )
        )

    @cached_property
    def _in(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        return _reached(self.before, self.stage), _reached(self.after, self.stage)

    @cached_property
    def _came(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self._in[1] & ~self._in[0])

    @cached_property
    def _went(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self._in[0] & ~self._in[1])

    @cached_property
    def _ordered(self) -> npt.NDArray[np.intp]:
        came, went = self._came, self._went
        by_score = [
            found[np.argsort(-board.scores[found].astype(np.int64), kind="stable")]
            for board, found in ((self.after, came), (self.before, went))
        ]
        return np.concatenate(by_score)

    @cached_property
    def _known(self) -> npt.NDArray[np.uint8]:
        """The outcomes, also of leads that one of the two excludes."""
        return np.minimum(self.before.outcomes(slice(None)), self.after.outcomes(slice(None)))

    def _some(self, where: npt.NDArray[np.intp]) -> Some:
        kinds = self._known[where]
        won, lost = int(np.count_nonzero(kinds == WON)), int(np.count_nonzero(kinds == LOST))
        return Some(len(where), won + lost, won)


def _reached(board: Board, stage: str) -> npt.NDArray[np.bool_]:
    """Which leads reach a stage, or a later one, by points or by a fast track."""
    place = stage_place(board.plan, stage)
    if place is None:
        return np.zeros(board.leads.size, np.bool_)
    return (board.stage_places >= place) & board.scored_leads


def stage_place(plan: Plan, stage: str) -> int | None:
    """The place of a stage, from 1; None where a plan has none that leads reach by themselves."""
    return next((at for at, one in enumerate(plan.stages, 1) if one.id == stage and not one.set), None)


def points_at(plan: Plan, stage: str) -> int | None:
    """From how many points a plan lets leads into a stage; None where it has no such stage, or that has no points."""
    return next((one.at for one in plan.stages if one.id == stage), None)


def stage_name(plans: Iterable[Plan], stage: str) -> str:
    """What the first of some plans calls a stage."""
    return next((one.name for plan in plans for one in plan.stages if one.id == stage), stage)


def stage_changes(before: Iterable[StageCount], after: Iterable[StageCount]) -> tuple[StageChange, ...]:
    """How many leads stand in each stage of either, those of ``after`` first."""
    then, now = ({one.id: one for one in stages} for stages in (before, after))
    found: list[StageChange] = []
    for id_ in dict.fromkeys((*now, *then)):
        one, other = then.get(id_), now.get(id_)
        named = other or one
        assert named is not None
        found.append(StageChange(id_, named.name, one.leads if one else None, other.leads if other else None))
    return tuple(found)


def compared(board: Board, before: Scoring, stage: str) -> Comparison:
    """A board beside its leads under another scoring, whose columns are read where they are missing: then it is slow.

    Raises UserError when the files are others by now.
    """
    try:
        other = board.with_scoring(before)
    except NotRead:
        other = board.reread(before)
    if other.leads.size != board.leads.size:
        raise UserError("the files of leads have changed since they were read", "read them again")
    return Comparison(other, board, stage)


def removals(board: Board, stage: str, only: str | None = None) -> Iterator[Removal]:
    """For each rule, or ``only`` one: who would reach a stage or a later one if that rule gave no points.

    Nothing for a stage that points do not reach.
    """
    place = next((at for at, one in enumerate(board.plan.stages, 1) if one.id == stage and one.at is not None), None)
    if place is None:
        return
    now = _reach(board, place)
    for rule in board.scoring.rules:
        if only is None or rule.id == only:
            # Rules keep their places, so that all that the others give is used as it is.
            silent = tuple(
                one.model_copy(update={"points": 0}) if one.id == rule.id and one.points else one
                for one in board.scoring.rules
            )
            without = board.with_scoring(board.scoring.model_copy(update={"rules": silent}))
            yield Removal(rule.id, now, _reach(without, place))


def _reach(board: Board, place: int) -> Reach:
    return board.tally.reach(board.plan.stages, place, board.outcome is not None)
