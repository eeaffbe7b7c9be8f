"""An activity log into how often each lead did what on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.headers import log_columns
from sla_tui.scoring.lines import line_at, lines_of_rows
from sla_tui.scoring.logdates import date_style, moment_of
from sla_tui.scoring.readtable import Unreadable, malformed_lines
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.tablefile import Signature, TableFile, opened

EPOCH = date(1970, 1, 1)
_VALID = "lead IS NOT NULL AND activity IS NOT NULL AND day IS NOT NULL"
# A time without a zone is UTC; the session's zone is UTC, so the date is the UTC date.
_DAY = (
    "CAST(CASE WHEN moment BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999' "
    "THEN CAST(moment AS DATE) - DATE '1970-01-01' END AS INTEGER)"
)
# Taking blanks off every cell costs more than to look whether there are any; wide ones are no ASCII.
_PADDED = (
    "NOT ({cell} > '!' AND NOT suffix({cell}, ' ')) OR (strlen({cell}) <> length({cell}) AND {cell} <> trim({cell}))"
)
_ANY_PADDED = (
    f"SELECT 1 FROM {{name}} WHERE {_PADDED.format(cell='lead')} UNION ALL SELECT 1 FROM "
    f"(SELECT DISTINCT activity FROM {{name}}) WHERE {_PADDED.format(cell='activity')} LIMIT 1"
)
# Written so a time has no room for a zone, and is read twice as fast as one that may have one.
_MOMENT = (
    "CASE WHEN {cell} LIKE '____-__-__ __:__:__' THEN TRY_CAST({cell} AS TIMESTAMP) ELSE CAST({other} AS TIMESTAMP) END"
)


@dataclass(frozen=True)
class Log:
    """A log read whole: ``name`` is the engine's table of (lead, activity, day), a row for each time it happened."""

    name: str
    signature: Signature
    activities: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None
    rejected: tuple[Rejected, ...]
    assumed: str = ""
    """How its dates were read, where they are not year first and nobody said how."""


def read_log(engine: Engine, path: Any, mapping: LeadMapping) -> Log:
    """Reads a log; rows without a lead, an activity or a time are rejected, with their line.

    UserError says what is wrong with the file; Stopped is raised when stopped.
    """
    try:
        with opened(path, passed=engine.passed) as table:
            return _read(engine, table, mapping, repaired=False)
    except Unreadable:
        with opened(path, repair=True, passed=engine.passed) as table:
            return _read(engine, table, mapping, repaired=True)


def _read(engine: Engine, table: TableFile, mapping: LeadMapping, repaired: bool) -> Log:
    lead, activity, time = log_columns(table.columns, mapping, str(table.path))
    connection = engine.cursor()
    name = engine.name("log")
    try:
        style, assumed = date_style(connection, table, time, mapping)
        moment = moment_of(f"trim(c{time})", style)
        if not style:
            moment = _MOMENT.format(cell=f"c{time}", other=moment)
        rows = (
            f"SELECT nullif(trim(c{lead}), '') AS lead, nullif(trim(c{activity}), '') AS activity, "
            f"CAST({moment} AS TIMESTAMP) AS moment, trim(c{time}) AS time FROM {table.relation()}"
        )
        days = f"CREATE OR REPLACE TABLE {name} AS SELECT lead, activity, {_DAY} AS day FROM"
        as_it_is = (
            f"SELECT c{lead} AS lead, c{activity} AS activity, CAST({moment} AS TIMESTAMP) AS moment "
            f"FROM {table.relation()}"
        )
        padded = any(row[at] != row[at].strip() for row in table.sample for at in (lead, activity))
        if not padded:
            connection.execute(f"{days} ({as_it_is})")
            padded = connection.execute(_ANY_PADDED.format(name=name)).fetchone() is not None
        if padded:
            connection.execute(f"{days} ({rows})")
        malformed = malformed_lines(connection, table, repaired)
        rejected = [Rejected(str(table.path), line, reason) for line, reason in malformed.items()]
        if connection.execute(f"SELECT 1 FROM {name} WHERE NOT ({_VALID}) LIMIT 1").fetchone():
            again = f"SELECT lead, activity, {_DAY} AS day, time FROM ({rows})"
            rejected += _unusable(connection, again, table, tuple(malformed))
            connection.execute(f"DELETE FROM {name} WHERE NOT ({_VALID})")
        activities: list[tuple[str, int]] = connection.execute(
            f"SELECT activity, count(*) AS n FROM {name} GROUP BY 1 ORDER BY n DESC, activity"
        ).fetchall()
        span = connection.execute(f"SELECT min(day), max(day) FROM {name}").fetchone()
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        if not repaired and table.text:
            raise Unreadable from error
        raise _unreadable(table, error) from error
    finally:
        engine.release(connection)
    first, last = span or (None, None)
    return Log(
        name,
        table.signature,
        tuple(activities),
        None if first is None else EPOCH + timedelta(days=first),
        None if last is None else EPOCH + timedelta(days=last),
        tuple(sorted(rejected, key=lambda one: one.line)),
        assumed,
    )


def _unreadable(table: TableFile, error: duckdb.Error) -> UserError:
    first = clean_line(str(error).splitlines()[0])
    return UserError(f"this file cannot be read: {first}", "save it again as CSV", Place(str(table.path)))


def _unusable(
    connection: duckdb.DuckDBPyConnection, query: str, table: TableFile, malformed: tuple[int, ...]
) -> list[Rejected]:
    connection.execute(f"CREATE TEMP TABLE again AS {query}")
    found: list[tuple[int, str | None, str | None, str | None]] = connection.execute(
        f"SELECT rowid, lead, activity, time FROM again WHERE NOT ({_VALID}) ORDER BY rowid"
    ).fetchall()
    connection.execute("DROP TABLE again")
    lines = lines_of_rows(table, malformed)
    rejected: list[Rejected] = []
    for row, lead, activity, time in found:
        if lead is None:
            reason = "has no lead"
        elif activity is None:
            reason = "has no activity"
        elif not time:
            reason = "has no time"
        else:
            reason = f"has a time that is no date such as 2027-01-31: {clean_line(time)[:40]!r}"
        rejected.append(Rejected(str(table.path), line_at(lines, row), reason))
    return rejected
