"""What of leads is kept when they are stored: the columns that the scoring uses, and nothing of who they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.dates import created_columns
from sla_tui.scoring.headers import Names
from sla_tui.scoring.personal import PERSONAL, reaches
from sla_tui.scoring.plan import source_of
from sla_tui.scoring.sources import NUMERIC_TESTS, Need, Tested, need_of
from sla_tui.scoring.tablefile import TableFile
from sla_tui.scoring.values import number

How = Literal["whole", "day", "asked"]
"""A column as it is; only its days; or only what the conditions ask of it, for it names or reaches people."""
OTHER = "other"
"""What the log calls whatever no rule uses."""
_MANY = 0.2
"""From this share of cells that look like one on, a column holds email addresses or phone numbers."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One column that stays: its place in the file, its header, how, and the tests that are made on it."""

    place: int
    name: str
    how: How
    tests: tuple[Tested, ...] = ()


@dataclass(frozen=True)
class Keeping:
    """What stays of a table and a log. ``id`` is the header that the new ids get, "" without a table.

    ``left_out`` are headers, ``activities`` those of the log that keep their names.
    """

    columns: tuple[Kept, ...] = ()
    left_out: tuple[str, ...] = ()
    id: str = ""
    activities: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    other: str = OTHER
    created: str | None = None
    mapping: LeadMapping = field(default_factory=LeadMapping)

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns of which only answers stay."""
        return tuple(one.name for one in self.columns if one.how == "asked")


def keeping(board: Board, assignment: Assignment | None, file: TableFile | None, only_asked: bool = True) -> Keeping:
    """What the rules, exclusions, fast tracks, territories, outcome and dates of a board's leads use.

    ``file`` is their table. Of columns that name or reach people only the answers to the conditions stay, unless
    ``only_asked`` is off: ``email contains gmail.com`` is answered by ``gmail.com`` alone.
    """
    names = board.leads.names
    needs = _needs(board.scoring, assignment, names)
    columns, created = _columns(board, needs, file, only_asked) if file is not None else ((), None)
    places = {one.place for one in columns}
    headers = names.columns or ()
    used = {need.activity for need in needs if need.kind == "activity"}
    heard = [name for name, _ in board.leads.activities]
    found = Keeping(
        columns,
        tuple(name for at, name in enumerate(headers) if name and at not in places and at != names.id()),
        _unused(("id", "lead", "lead id", "lead id 2"), {one.name.casefold() for one in columns}) if headers else "",
        tuple(name for name in heard if name in used),
        tuple(name for name in heard if name not in used),
        _unused((OTHER, "other activity", "any other activity"), used),
        created,
    )
    return replace(found, mapping=_mapping(found, board, assignment))


def _unused(words: tuple[str, ...], taken: set[str]) -> str:
    return next(word for word in words if word not in taken)


def _columns(
    board: Board, needs: frozenset[Need], file: TableFile, only_asked: bool
) -> tuple[tuple[Kept, ...], str | None]:
    """The columns that stay, in the file's order, and the header of the one that says when a lead came."""
    names = board.leads.names
    headers, mapping = names.columns or (), names.mapping
    tests: dict[int, list[Tested]] = {}
    read = {need.column for need in needs if need.kind not in ("activity", "test")}
    for need in needs:
        if need.test is not None:
            tests.setdefault(need.column, []).append(need.test)
    if board.outcome is not None:
        read.add(names.column(board.outcome, "outcome"))
    span = board.leads.span
    created = None
    if mapping.created is not None:
        created = names.column(mapping.created, "day a lead came")
    elif span is not None and span.column:
        created = next(at for at in created_columns(headers) if headers[at] == span.column)
    kept: list[Kept] = []
    for at in sorted({*tests, *read, *(() if created is None else (created,))}):
        asked = tuple(sorted(tests.get(at, ()), key=lambda one: (one.test, one.spelling)))
        free = at not in read and at != created
        how: How = "whole"
        if at == created and not asked and at not in read:
            how = "day"
        elif (only_asked or at == names.id()) and free and not any(one.test in NUMERIC_TESTS for one in asked):
            how = "asked" if at == names.id() or _personal(headers[at], file, at) else "whole"
        if at == names.id() and how != "asked":
            message = f"the scoring uses {headers[at]!r} as more than a name, so these ids cannot be replaced"
            raise UserError(message, "keep such leads in a file of your own", Place(str(file.path)))
        kept.append(Kept(at, headers[at], how, asked))
    return tuple(kept), None if created is None else headers[created]


def _personal(header: str, file: TableFile, at: int) -> bool:
    """Whether a column names or reaches people, by its header or by the look of its first rows."""
    said = [row[at].strip() for row in file.sample if row[at].strip()]
    # An amount has as many digits as a phone number.
    looks = sum(reaches(one) and number(one) is None for one in said)
    return bool(PERSONAL.search(header)) or looks > _MANY * len(said)


def _whens(scoring: Scoring, assignment: Assignment | None) -> Iterator[str | Condition]:
    """What rules, exclusions, fast tracks and territories look up, half-built ones too."""
    routed = (*assignment.route_around, *assignment.territories) if assignment else ()
    for one in (*scoring.rules, *scoring.exclude, *scoring.fast_track, *routed):
        if one.when:
            yield one.when


def _needs(scoring: Scoring, assignment: Assignment | None, names: Names) -> frozenset[Need]:
    found: set[Need] = set()
    for when in _whens(scoring, assignment):
        with suppress(UserError):
            if source := source_of(when, names):
                found.add(need_of(source))
    return frozenset(found)


def _mapping(kept: Keeping, board: Board, assignment: Assignment | None) -> LeadMapping:
    """What the columns that are left mean: as little as is needed for every name to find what it found before."""
    old = board.leads.names
    told = old.mapping
    said = LeadMapping(
        id=kept.id or None,
        outcome=board.outcome and (old.columns or ())[old.column(board.outcome, "outcome")],
        positive=told.positive,
        unknown=told.unknown,
        created=kept.created,
    )
    columns = (kept.id, *(one.name for one in kept.columns)) if kept.id else None
    others = (kept.other,) if kept.others else ()
    heard = frozenset((*kept.activities, *others)) if board.leads.log else None
    new = Names(columns, heard, said)
    place = {one.place: at for at, one in enumerate(kept.columns, 1)}
    names: dict[str, str] = {}
    activities: dict[str, str] = {}
    for when in _whens(board.scoring, assignment):
        field_ = isinstance(when, Condition)
        name = (when.field or "") if isinstance(when, Condition) else when
        try:
            if source_of(when, old) is None:
                continue
            found = old.column(name) if field_ else old.count(name)
        except UserError:
            continue
        wanted = place[found] if isinstance(found, int) else found
        try:
            now = new.column(name) if field_ else new.count(name)
        except UserError:
            now = None
        if now != wanted:
            (names if isinstance(wanted, int) else activities)[name] = (
                columns[wanted] if isinstance(wanted, int) and columns else str(wanted)
            )
    return said.model_copy(update={"names": names or None, "activities": activities or None})
