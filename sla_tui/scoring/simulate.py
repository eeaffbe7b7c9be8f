"""One call from files to figures, for the command line and the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.engine import Engine
from sla_tui.scoring.headers import Names
from sla_tui.scoring.leads import Files, Fixed, read_leads
from sla_tui.scoring.pace import Pace, Room, pace_of
from sla_tui.scoring.plan import make_plan
from sla_tui.scoring.results import Summary
from sla_tui.scoring.scored import needs
from sla_tui.scoring.sources import Need, Source

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding
    from sla_tui.agreement.sections.assignment import Assignment
    from sla_tui.scoring.grid import Grid
    from sla_tui.scoring.routing import Routing


@dataclass(frozen=True, eq=False)
class Simulation:
    """A scoring tried on leads: the live board, and its figures as plain values."""

    board: Board
    assignment: Assignment | None = None

    @cached_property
    def summary(self) -> Summary:
        """All figures."""
        return self.board.summary()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What trying it has shown."""
        from sla_tui.scoring.findings import findings

        return findings(self.board)

    def pace(self, room: Room | None) -> Pace:
        """How fast the leads came, and how many sales has the time for."""
        return pace_of(self.board, room)

    @cached_property
    def routing(self) -> Routing | None:
        """Where the leads go; None where no territory and no exception says so."""
        if self.assignment is None or not (self.assignment.territories or self.assignment.route_around):
            return None
        from sla_tui.scoring.routing import routing

        return routing(self.board, self.assignment)

    @cached_property
    def grid(self) -> Grid | None:
        """Fit against engagement; None where the groups do not tell them apart."""
        from sla_tui.scoring.grid import usual_grid

        return usual_grid(self.board)


def simulate(
    scoring: Scoring,
    leads: Path | None = None,
    activity: Path | None = None,
    mapping: LeadMapping | None = None,
    outcome: str | None = None,
    as_of: date | None = None,
    unread: Path | None = None,
    assignment: Assignment | None = None,
) -> Simulation:
    """Scores the leads of a table, an activity log or both.

    ``outcome`` names a column, else the mapping does, else none is used. ``as_of`` is the log's last day unless
    given. ``unread`` is a log that is there and not given, which is named where an activity is missing. What
    ``assignment`` tests is read as well. Raises UserError for a file that cannot be read, and InvalidFile with every
    name that no column answers.
    """
    board = start(scoring, leads, activity, mapping, outcome, as_of, strict=True, unread=unread, assignment=assignment)
    board.plan.demand_names()
    return Simulation(board, assignment)


def start(
    scoring: Scoring,
    leads: Path | None = None,
    activity: Path | None = None,
    mapping: LeadMapping | None = None,
    outcome: str | None = None,
    as_of: date | None = None,
    everything: bool = False,
    strict: bool = False,
    engine: Engine | None = None,
    unread: Path | None = None,
    assignment: Assignment | None = None,
) -> Board:
    """The first board of a live screen. ``everything`` reads all columns, so that every later edit is quick.

    A name that no column answers scores nothing and is among ``board.plan.faults``; ``strict``, for a scoring that
    will not be edited, raises InvalidFile. What ``assignment`` tests is read as well. Slow for large files;
    ``engine.stop()`` from another thread ends it with Stopped.
    """
    mapping = mapping or LeadMapping()
    files = Files(leads, activity, mapping, unread)
    column = outcome if outcome is not None else mapping.outcome if leads is not None else None
    scored = _wanted(scoring, column, strict)

    def wanted(names: Names) -> frozenset[Need]:
        if assignment is None:
            return scored(names)
        from sla_tui.scoring.routing import routing_needs

        return scored(names) | routing_needs(assignment, names)

    def sources(names: Names) -> Iterable[Source]:
        yield from make_plan(scoring, names).sources
        if assignment is not None:
            from sla_tui.scoring.routing import planned

            yield from (one.source for one in planned(assignment, names) if one.source is not None)

    fixed = Fixed(sources, as_of) if strict else None
    read = read_leads(files, wanted, everything, engine=engine, fixed=fixed)
    return Board(read, scoring, column, as_of)


def _wanted(scoring: Scoring, outcome: str | None, strict: bool) -> Callable[[Names], frozenset[Need]]:
    def wanted(names: Names) -> frozenset[Need]:
        plan = make_plan(scoring, names)
        if strict:
            plan.demand_names()
        return needs(plan, None if outcome is None else names.column(outcome, "outcome"))

    return wanted
