"""Who gets which lead: the territories and the exceptions of the assignment, tried on the leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.scoring.board import Board
from sla_tui.scoring.columns import Flags, Longs
from sla_tui.scoring.headers import Names
from sla_tui.scoring.leads import read_leads
from sla_tui.scoring.plan import source_of
from sla_tui.scoring.scored import needs
from sla_tui.scoring.signals import make_signal, where_fires
from sla_tui.scoring.sources import Need, Source, need_of


@dataclass(frozen=True, slots=True)
class Way:
    """One territory or exception: ``matches`` leads fit it, ``gets`` of them go its way, for it is the first.

    ``to`` is the id of who is given them, empty where nobody is named; ``trouble`` says why it could not be tried.
    """

    id: str
    name: str
    exception: bool
    when: str
    to: str
    matches: int = 0
    gets: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two territories that ``leads`` leads fit both; ``first`` is tried before ``second``."""

    first: str
    second: str
    leads: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many leads somebody is given; an empty ``to`` is nobody."""

    to: str
    leads: int


@dataclass(frozen=True, slots=True)
class Routing:
    """Where ``leads`` leads go: ``around`` by an exception; the others fit no territory, one or several.

    ``stage`` is the one they reach or go beyond, empty for all scored leads. ``rest`` is who gets a lead that fits
    no territory. ``ways`` stand in the order they are tried, ``shares`` by size, ``overlaps`` by size.
    """

    leads: int
    stage: str
    around: int
    none: int
    one: int
    several: int
    rest: str
    ways: tuple[Way, ...]
    shares: tuple[Share, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def never(self) -> tuple[Way, ...]:
        """What no lead fits."""
        return tuple(way for way in self.ways if not way.matches and not way.trouble)

    @property
    def hidden(self) -> tuple[Way, ...]:
        """What leads fit and no lead ever reaches, for another comes before it every time."""
        return tuple(way for way in self.ways if way.matches and not way.gets)


@dataclass(frozen=True, slots=True)
class Planned:
    """A way before it is tried; ``source`` is what it reads, None where it cannot be tried."""

    way: Way
    source: Source | None


def planned(assignment: Assignment, names: Names) -> tuple[Planned, ...]:
    """The exceptions, then the territories, each with what it reads or why it cannot be tried."""
    found: list[Planned] = []
    entries = [
        *((one.id, one.reason or one.id, True, one.when, one.to) for one in assignment.route_around),
        *((one.id, one.name or one.id, False, one.when, one.owner) for one in assignment.territories),
    ]
    for id_, name, exception, when, to in entries:
        source, trouble = None, ""
        try:
            source = source_of(when, names)
        except UserError as error:
            trouble = f"{error.message}; {error.remedy}" if error.remedy else error.message
        if source is None and not trouble:
            trouble = "it does not say yet which leads"
        said = str(when) if isinstance(when, Condition) else when or ""
        found.append(Planned(Way(id_, name, exception, said, to or "", trouble=trouble), source))
    return tuple(found)


def routing_needs(assignment: Assignment, names: Names) -> frozenset[Need]:
    """What has to be read to try an assignment."""
    return frozenset(need_of(one.source) for one in planned(assignment, names) if one.source is not None)


def lacks(board: Board, assignment: Assignment) -> bool:
    """Whether columns or activities that the assignment uses were not read yet."""
    return bool(board.leads.missing(routing_needs(assignment, board.leads.names)))


def with_columns(board: Board, assignment: Assignment) -> Board:
    """The board with what the assignment uses read too; slow where something is missing."""
    if not lacks(board, assignment):
        return board
    outcome = None if board.outcome is None else board.leads.names.column(board.outcome, "outcome")

    def wanted(names: Names) -> Iterable[Need]:
        return routing_needs(assignment, names) | needs(board.plan, outcome)

    leads = read_leads(board.leads.files, wanted, before=board.leads)
    return Board(leads, board.scoring, board.outcome, board.as_of)


def routing(board: Board, assignment: Assignment, stage: str = "") -> Routing:
    """Tries exceptions and then territories, in their order, on the scored leads; the first that fits counts.

    ``stage``: only on leads that reach this stage or a later one. KeyError while ``lacks`` says so.
    """
    taken = np.flatnonzero(_considered(board, stage))
    tried = planned(assignment, board.leads.names)
    fits = [_fits(board, one.source, taken) for one in tried]
    return routing_of(assignment, tried, fits, np.ones(len(taken), np.int64), stage)


def routing_of(
    assignment: Assignment, tried: Sequence[Planned], fits: Sequence[Flags], leads: Longs, stage: str = ""
) -> Routing:
    """Where leads go that fit ways alike: ``leads`` are so many at each place, ``fits`` by way whether they fit it."""
    ways = [one.way for one in tried]
    count, first = int(leads.sum()), np.full(len(leads), len(ways), np.int64)
    for place in reversed(range(len(ways))):
        first[fits[place]] = place
    gets: list[int] = [int(leads[first == place].sum()) for place in range(len(ways) + 1)]
    around = sum(got for way, got in zip(ways, gets[:-1], strict=True) if way.exception)

    start = sum(way.exception for way in ways)
    usual = first >= start
    times = np.zeros(len(leads), np.int64)
    for one in fits[start:]:
        times += one
    times = times[usual]
    others = leads[usual]
    rest = assignment.fallback or (", ".join(assignment.in_turn or ()) if assignment.method == "round-robin" else "")
    told = tuple(
        Way(way.id, way.name, way.exception, way.when, way.to, int(leads[fit].sum()), got, way.trouble)
        for way, fit, got in zip(ways, fits, gets[:-1], strict=True)
    )
    return Routing(
        count,
        stage,
        around,
        int(others[times == 0].sum()),
        int(others[times == 1].sum()),
        int(others[times > 1].sum()),
        rest,
        told,
        _shares(told, rest, gets[-1]),
        _overlaps(told[start:], [fit[usual][times > 1] for fit in fits[start:]], others[times > 1]),
    )


def _considered(board: Board, stage: str) -> Flags:
    counted = board.scored_leads
    ids = [one.id for one in board.plan.stages]
    return counted & (board.stage_places >= ids.index(stage) + 1) if stage in ids else counted


def _fits(board: Board, source: Source | None, taken: Longs) -> Flags:
    if source is None:
        return np.zeros(len(taken), np.bool_)
    return where_fires(make_signal(board.leads, source, board.as_of))[taken]


def _shares(ways: tuple[Way, ...], rest: str, left: int) -> tuple[Share, ...]:
    held: dict[str, int] = {}
    for way in ways:
        held[way.to] = held.get(way.to, 0) + way.gets
    held[rest] = held.get(rest, 0) + left
    found = [Share(to, leads) for to, leads in held.items() if leads]
    return tuple(sorted(found, key=lambda share: -share.leads))


def _overlaps(ways: tuple[Way, ...], fits: list[Flags], leads: Longs) -> tuple[Overlap, ...]:
    """Pairs of territories that leads fit both; ``fits`` are of those ``leads`` alone that fit several."""
    found: list[Overlap] = []
    for second, fit in enumerate(fits):
        if not fit.any():
            continue
        for first in range(second):
            if both := int(leads[fits[first] & fit].sum()):
                found.append(Overlap(ways[first].id, ways[second].id, both))
    return tuple(sorted(found, key=lambda one: -one.leads))
