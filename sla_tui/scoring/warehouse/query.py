"""A scoring as a query to read, keep and run in a database that is not at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.headers import Names, log_columns
from sla_tui.scoring.logdates import Style
from sla_tui.scoring.plan import make_plan
from sla_tui.scoring.warehouse.addresses import table_name
from sla_tui.scoring.warehouse.compile import Compiler, written
from sla_tui.scoring.warehouse.counting import histogram
from sla_tui.scoring.warehouse.dialects import speech
from sla_tui.scoring.warehouse.lookup import log_as_written, names_as_written
from sla_tui.scoring.warehouse.tables import Column, Sheet, Where

_SHOWS = {
    "leads": "One row a lead: id, score, stage, the points by rule, and what each group's cap changes.",
    "histogram": "How many leads have which score, outcome (0 unknown, 1 lost, 2 won, 3 excluded, 4 left out) and "
    "fast track, on how many each rule fired, and its points in all.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the query is to read and give: the tables' names there, and the sample files that tell their columns."""

    dialect: str
    table: str | None = None
    activity: str | None = None
    what: str = "leads"
    outcome: str | None = None
    as_of: date | None = None
    order: str | None = None
    leads_file: Path | None = None
    activity_file: Path | None = None


def query(scoring: Scoring, mapping: LeadMapping, wanted: Wanted, title: str = "") -> str:
    """The SQL. Names are looked up in the sample files where there are, else they mean what leads.toml says.

    UserError says what stands in the way; InvalidFile names whatever no column answers.
    """
    spoken = speech(wanted.dialect)
    names, log, dates = _names(scoring, mapping, wanted)
    plan = make_plan(scoring, names)
    plan.demand_names()
    table = None if wanted.table is None else _sheet(wanted.table, names.columns or ())
    order = ""
    if table is not None and wanted.order is not None:
        order = table.columns[names.column(wanted.order, "order")].name
        table = Sheet(table.parts, table.columns, order)
    id_ = names.id() if table else None
    if table and log and id_ is None:
        raise UserError("no column names the lead, to join the log by", 'name it in leads.toml, as in id = "…"')
    where = Where(
        table,
        id_,
        _sheet(wanted.activity or "", log) if log else None,
        log_columns(log, mapping, "the log") if log else (0, 1, 2),
        _outcome(names, mapping, wanted),
        mapping.unknown or (),
        mapping.positive,
        wanted.as_of,
        dates,
    )
    compiler = Compiler(plan, where, spoken, {rule.id: rule.label or "" for rule in scoring.rules})
    made = histogram(compiler) if wanted.what == "histogram" else compiler.leads()
    header = [f"The scoring of: {title}" if title else "A scoring", _SHOWS[wanted.what], *_told(where, order)]
    return written(made, spoken, [*header, *spoken.notes])


def _told(where: Where, order: str) -> list[str]:
    found: list[str] = []
    if where.log is not None:
        day = where.as_of.isoformat() if where.as_of else "the last day of the log"
        found.append(f"Activities are weighed as of {day}.")
        if where.dates:
            found.append(f"Times such as 01/02/2027 in text are read with the {where.dates}.")
    if where.table is not None and where.id is not None:
        first = (
            f"the first by {order}" if order else "the least by the columns read, for a table has no order of its own"
        )
        found.append(f"Of several rows with one id {first} is kept.")
    return found


def _outcome(names: Names, mapping: LeadMapping, wanted: Wanted) -> int | None:
    column = wanted.outcome if wanted.outcome is not None else mapping.outcome
    if wanted.table is None or column is None or wanted.what != "histogram":
        return None
    return names.column(column, "outcome")


def _sheet(name: str, columns: tuple[str, ...]) -> Sheet:
    return Sheet(table_name(name), tuple(map(Column, columns)))


def _names(scoring: Scoring, mapping: LeadMapping, wanted: Wanted) -> tuple[Names, tuple[str, ...] | None, Style]:
    """What names stand for, the log's columns, and how its dates are written."""
    table, log = wanted.table is not None, wanted.activity is not None
    dates: Style = (mapping.log and mapping.log.dates) or ""
    if (table and wanted.leads_file is None) or (log and wanted.activity_file is None):
        outcome = (wanted.outcome or mapping.outcome) if wanted.what == "histogram" else None
        names = names_as_written(scoring, mapping, table, log, [one for one in (outcome, wanted.order) if one])
        return names, log_as_written(mapping) if log else None, dates
    from sla_tui.scoring.engine import Engine
    from sla_tui.scoring.logdates import date_style
    from sla_tui.scoring.readlog import read_log
    from sla_tui.scoring.tablefile import opened

    columns = heard = activities = None
    if table and wanted.leads_file:
        with opened(wanted.leads_file) as file:
            columns = file.columns
    if log and wanted.activity_file:
        with opened(wanted.activity_file) as file:
            heard = file.columns
            time = log_columns(heard, mapping, str(wanted.activity_file))[2]
            dates = dates or date_style(Engine().cursor(), file, time, mapping)[0]
        activities = frozenset(name for name, _ in read_log(Engine(), wanted.activity_file, mapping).activities)
    file, log_file = str(wanted.leads_file or ""), str(wanted.activity_file or "")
    names = Names(columns, activities, mapping, file, log_file, "" if log or not log_file else "TABLE")
    return names, heard, dates
