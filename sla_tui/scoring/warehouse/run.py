"""A scoring tried in a database, which adds up and sends only the histogram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.findings import Tried, shown
from sla_tui.scoring.headers import Names, log_columns
from sla_tui.scoring.plan import Plan, make_plan
from sla_tui.scoring.results import Rejected, Summary
from sla_tui.scoring.sources import Happened
from sla_tui.scoring.tally import summarize
from sla_tui.scoring.warehouse.addresses import Address
from sla_tui.scoring.warehouse.cells import NO_ID, REPEATED
from sla_tui.scoring.warehouse.compile import MOST_ACTIVITIES, Compiler
from sla_tui.scoring.warehouse.databases import Database, connected
from sla_tui.scoring.warehouse.dialects import speech
from sla_tui.scoring.warehouse.figures import Figures
from sla_tui.scoring.warehouse.tables import Sheet, Where

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding

_LOG_FAULTS = {1: "has no lead", 2: "has no activity", 3: "has no time, or one that is no date such as 2027-01-31"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A scoring tried on leads that stayed where they are: their figures, and what they show."""

    summary: Summary
    findings: tuple[Finding, ...]


def simulate(
    scoring: Scoring,
    leads: Address | None,
    activity: Address | None,
    mapping: LeadMapping,
    outcome: str | None = None,
    as_of: date | None = None,
    unread: bool = False,
) -> Trial:
    """Scores the leads of a table, an activity log or both, in one database.

    As ``sla_tui.scoring.simulate.simulate``; ``unread``: there is a log that was not given. Rows left out are counted
    by reason, and no lead is listed. Raises UserError, and InvalidFile with every name that no column answers.
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
        return _Run(database, scoring, leads, activity, mapping, column, as_of, unread).trial()


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

    def trial(self) -> Trial:
        table = self.leads and self.database.sheet(self.leads)
        log = self.activity and self.database.sheet(self.activity)
        columns = table and _shown(table)
        roles = log_columns(_shown(log), self.mapping, str(self.activity)) if log else (0, 1, 2)
        where = Where(log=log, roles=roles)
        activities, rejected = self._heard(where)
        names = Names(
            columns,
            frozenset(activities) if log else None,
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
        where = Where(table, id_, log, roles, place, unknown, positive, self.as_of)
        return self._counted(plan, where, activities, rejected)

    def _counted(self, plan: Plan, where: Where, activities: tuple[str, ...], rejected: tuple[Rejected, ...]) -> Trial:
        compiler = self._compiler(plan, where)
        query = compiler.histogram().sql(dialect=compiler.speech.sqlglot, comments=False)
        figures = Figures(plan, self.database.rows(query))
        figures.demand_outcomes(self.outcome, str(self.leads))

        def says(why: int) -> str:
            if why in (NO_ID, REPEATED):
                return "has no id" if why == NO_ID else "repeats the id of another row"
            assert compiler.cells is not None
            return clean_line(compiler.cells.reason(why))

        rejected = figures.rejected(str(self.leads), says) + rejected
        tally, rules = figures.tally, figures.rules()
        summary = summarize(tally, plan.stages, self.outcome, figures.excluded, rejected, rules)
        used = {source.activity for source in plan.sources if isinstance(source, Happened)}
        apart = where.table is not None and bool(used & {*activities}) and not figures.joined
        tried = Tried(self.scoring, plan, rules, tally.total, activities, apart)
        return Trial(summary, shown(tried))

    def _heard(self, where: Where) -> tuple[tuple[str, ...], tuple[Rejected, ...]]:
        """The log's activities, most frequent first, and how many of its rows are left out, by reason."""
        if where.log is None:
            return (), ()
        compiler = self._compiler(Plan((), (), (), (), ()), where)
        found = self.database.rows(compiler.log_figures().sql(dialect=compiler.speech.sqlglot, comments=False))
        if len(found) > MOST_ACTIVITIES:
            raise UserError(
                f"the log has more than {MOST_ACTIVITIES} different activities",
                "name the column that says what a lead did in leads.toml, as in [log] activity = …",
                Place(str(self.activity)),
            )
        rejected = [Rejected(str(self.activity), 0, _LOG_FAULTS[why], int(rows)) for why, _, rows in found if why]
        return tuple(str(name) for why, name, _ in found if not why), tuple(rejected)

    def _compiler(self, plan: Plan, where: Where) -> Compiler:
        address = self.leads or self.activity
        assert address is not None
        return Compiler(plan, where, speech(address.dialect))


def _shown(sheet: Sheet) -> tuple[str, ...]:
    return tuple(clean_line(column.name) for column in sheet.columns)
