"""A scoring tried in a database, which adds up and sends only the histogram."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from sqlglot import exp

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.findings import Tried, shown
from sla_tui.scoring.grid import Grid, grid_of, kinds_of, thirds
from sla_tui.scoring.headers import Names, log_columns
from sla_tui.scoring.logdates import Dates, Style, style_of
from sla_tui.scoring.pace import Pace, Room, Span, pace
from sla_tui.scoring.plan import Plan, make_plan
from sla_tui.scoring.results import Rejected, Summary
from sla_tui.scoring.routing import Planned, Routing, planned, routing_of
from sla_tui.scoring.sentence import number
from sla_tui.scoring.sources import Happened
from sla_tui.scoring.span import column_span
from sla_tui.scoring.tally import summarize
from sla_tui.scoring.warehouse.addresses import Address
from sla_tui.scoring.warehouse.cells import NO_ID, REPEATED
from sla_tui.scoring.warehouse.compile import Compiler
from sla_tui.scoring.warehouse.counting import (
    OF_ENGAGEMENT,
    OF_FIT,
    OF_WAYS,
    Beside,
    days,
    few_pairs,
    grid_cells,
    histogram,
    moves,
    repeated,
)
from sla_tui.scoring.warehouse.databases import Database, Rows, connected
from sla_tui.scoring.warehouse.dialects import Speech, speech
from sla_tui.scoring.warehouse.figures import Figures, Moved, cell_counts, fits, of_pairs, points_and_times
from sla_tui.scoring.warehouse.logs import MOST_ACTIVITIES, LogSteps
from sla_tui.scoring.warehouse.tables import Sheet, Where

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding

_LOG_FAULTS = {1: "has no lead", 2: "has no activity", 3: "has no time, or one that is no date such as 2027-01-31"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A scoring tried on leads that stayed where they are: their figures, and what they show.

    As ``sla_tui.scoring.simulate.Simulation`` has it. ``moved`` holds it against another scoring, where one was given.
    """

    summary: Summary
    findings: tuple[Finding, ...]
    span: Span | None = None
    routing: Routing | None = None
    grid: Grid | None = None
    moved: Moved | None = None
    positive: tuple[str, ...] | None = None

    def pace(self, room: Room | None) -> Pace:
        """How fast the leads came, and how many sales has the time for."""
        outcome = self.summary.outcome
        return pace(self.span, room, outcome and outcome.column, self.positive)


def simulate(
    scoring: Scoring,
    leads: Address | None,
    activity: Address | None,
    mapping: LeadMapping,
    outcome: str | None = None,
    as_of: date | None = None,
    unread: bool = False,
    assignment: Assignment | None = None,
    before: tuple[Scoring, str] | None = None,
) -> Trial:
    """Scores the leads of a table, an activity log or both, in one database.

    As ``sla_tui.scoring.simulate.simulate``; ``unread``: there is a log that was not given. ``before`` is another
    scoring to hold it against, at a stage. Rows left out are counted by reason, and no lead is listed. Raises
    UserError, and InvalidFile with every name that no column answers.
    """
    address = leads or activity
    if address is None:
        raise UserError("there are no leads to score", "give a table with --leads, a log with --activity, or both")
    if leads and activity and leads.database != activity.database:
        raise UserError(
            "the table and the log are not in one database",
            "give both from one, or both as files",
            Place(activity.shown),
        )
    column = outcome if outcome is not None else mapping.outcome if leads is not None else None
    with connected(address) as database:
        return _Run(database, scoring, leads, activity, mapping, column, as_of, unread, assignment, before).trial()


@dataclass(frozen=True)
class _Heard:
    """What is known of a log: its activities, most frequent first, and its rows left out, by reason."""

    activities: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    first: date | None = None
    last: date | None = None
    dates: Style = ""
    assumed: str = ""

    @property
    def span(self) -> Span | None:
        """The days it tells of."""
        return Span.between(self.first, self.last) if self.first and self.last else None


@dataclass(frozen=True)
class _Run:
    database: Database
    scoring: Scoring
    leads: Address | None
    activity: Address | None
    mapping: LeadMapping
    outcome: str | None
    as_of: date | None
    unread: bool
    assignment: Assignment | None
    before: tuple[Scoring, str] | None

    @cached_property
    def _speech(self) -> Speech:
        address = self.leads or self.activity
        assert address is not None
        return speech(address.dialect)

    def trial(self) -> Trial:
        table = self.leads and self.database.sheet(self.leads)
        log = self.activity and self.database.sheet(self.activity)
        roles = log_columns(_shown(log), self.mapping, str(self.activity)) if log else (0, 1, 2)
        heard = self._heard(Where(log=log, roles=roles))
        names = Names(
            table and _shown(table),
            frozenset(heard.activities) if log else None,
            self.mapping,
            str(self.leads or ""),
            str(self.activity or ""),
            f"{self.leads.shown}::TABLE" if self.unread and self.leads and not self.activity else "",
        )
        plan = make_plan(self.scoring, names)
        plan.demand_names()
        place = None if self.outcome is None else names.column(self.outcome, "outcome")
        unknown, positive = self.mapping.unknown or (), self.mapping.positive
        id_ = names.id() if table else None
        if table and log and id_ is None:
            raise UserError(
                "no column names the lead, and rows of a database have no number to join the log by",
                'name it in leads.toml, as in id = "…"',
                Place(str(self.leads)),
            )
        own = table is None or id_ is None or not self._rows(repeated(table, id_, self._speech))
        # A day that is known spares the database a second look at the whole log.
        as_of = self.as_of or heard.last
        where = Where(table, id_, log, roles, place, unknown, positive, as_of, heard.dates, own)
        return self._counted(plan, where, names, heard)

    def _counted(self, plan: Plan, where: Where, names: Names, heard: _Heard) -> Trial:
        ways = planned(self.assignment, names) if self.assignment else ()
        kinds = kinds_of(self.scoring)
        beside = Beside(tuple(one.source for one in ways), kinds["fit"], kinds["engagement"], few_pairs(plan, kinds))
        compiler = Compiler(plan, where, self._speech, also=beside.sources)
        figures = Figures(plan, self._rows(histogram(compiler, beside)), beside.parts)
        figures.demand_outcomes(self.outcome, str(self.leads))

        def says(why: int) -> str:
            if why in (NO_ID, REPEATED):
                return "has no id" if why == NO_ID else "repeats the id of another row"
            assert compiler.cells is not None
            return clean_line(compiler.cells.reason(why, plan.counted))

        rejected = figures.rejected(str(self.leads), says) + heard.rejected
        tally, rules = figures.tally, figures.rules()
        summary = summarize(tally, plan.stages, self.outcome, figures.excluded, rejected, rules)
        used = {source.activity for source in plan.sources if isinstance(source, Happened)}
        apart = where.table is not None and bool(used & {*heard.activities}) and not figures.joined
        tried = Tried(self.scoring, plan, rules, tally.total, heard.activities, apart, assumed=heard.assumed)
        return Trial(
            summary,
            shown(tried),
            self._span(where, names) or heard.span,
            self._routing(ways, figures),
            self._grid(compiler, beside, figures, tally.total),
            self._moved(plan, where, names),
            self.mapping.positive,
        )

    def _span(self, where: Where, names: Names) -> Span | None:
        table = where.table
        if table is None:
            return None
        return column_span(
            names, lambda at: [str(one) for (one,) in self._rows(days(table, at, self._speech))], str(self.leads)
        )

    def _routing(self, ways: tuple[Planned, ...], figures: Figures) -> Routing | None:
        if self.assignment is None or not ways:
            return None
        patterns = figures.counted(OF_WAYS)
        leads = np.array([*patterns.values()], np.int64)
        return routing_of(self.assignment, ways, fits(patterns, len(ways)), leads)

    def _grid(self, compiler: Compiler, beside: Beside, figures: Figures, size: int) -> Grid | None:
        if not size or not (beside.fit and beside.engagement):
            return None
        if beside.joint:
            limits, counts = of_pairs(figures.pairs())
            return grid_of(self.scoring, *limits, counts, self.outcome is not None)
        fit, engagement = (thirds(*points_and_times(figures.counted(part))) for part in (OF_FIT, OF_ENGAGEMENT))
        counts = cell_counts(self._rows(grid_cells(compiler, beside, fit, engagement)))
        return grid_of(self.scoring, fit, engagement, counts, self.outcome is not None)

    def _moved(self, plan: Plan, where: Where, names: Names) -> Moved | None:
        if self.before is None:
            return None
        scoring, stage = self.before
        before = make_plan(scoring, names)
        rows = self._rows(moves(Compiler(plan, where, self._speech, before=before)))
        return Moved(before, plan, stage, tuple(rows))

    def _heard(self, where: Where) -> _Heard:
        if where.log is None:
            return _Heard()
        dates, assumed = self._dates(where)
        steps = LogSteps(replace(where, dates=dates), where.log, self._speech)
        found = self._rows(steps.figures())
        if len(found) > MOST_ACTIVITIES:
            raise UserError(
                f"the log has more than {number(MOST_ACTIVITIES)} different activities",
                "name the column that says what a lead did in leads.toml, as in [log] activity = …",
                Place(str(self.activity)),
            )
        rejected = [Rejected(str(self.activity), 0, _LOG_FAULTS[why], int(rows)) for why, _, rows, *_ in found if why]
        heard = [(clean_line(str(name)), first, last) for why, name, _, first, last in found if not why]
        first, last = min((one[1] for one in heard), default=None), max((one[2] for one in heard), default=None)
        return _Heard(tuple(name for name, _, _ in heard), tuple(rejected), first, last, dates, assumed)

    def _dates(self, where: Where) -> tuple[Style, str]:
        """How the log's dates are written, and words for how that was told."""
        assert where.log is not None
        steps = LogSteps(where, where.log, self._speech)
        first = steps.dates()
        if first is None or not self._rows(first):
            return "", ""
        ((count, one, other, dotted, example, rows),) = self._rows(steps.parts_of_dates())
        named = self.mapping.log.dates if self.mapping.log else None
        dates = Dates(int(count), int(one), int(other), int(dotted), str(example), int(rows))
        return style_of(dates, named, str(self.activity))

    def _rows(self, query: exp.Select) -> Rows:
        return self.database.rows(query.sql(dialect=self._speech.sqlglot, comments=False))


def _shown(sheet: Sheet) -> tuple[str, ...]:
    return tuple(clean_line(column.name) for column in sheet.columns)
