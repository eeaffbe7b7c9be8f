"""How the dates of an activity log are written: year first, day first or month first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import duckdb

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.tablefile import TableFile

Style = Literal["", "day first", "month first"]
"""Empty: the year is first, as in 2027-01-31."""
SLASHED = "^[0-9]{1,2}([./-])[0-9]{1,2}[./-]([0-9]{4}|[0-9]{2})([ T,].*)?$"
"""A date that begins with the day or the month, perhaps with a time after it."""
_PARTS = "^([0-9]{1,2})([./-])([0-9]{1,2})[./-]"
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")


def moment_of(time: str, style: Style) -> str:
    """SQL for the moment that ``time``, an expression of text, is; NULL where it is none."""
    cast = f"TRY_CAST({time} AS TIMESTAMPTZ)"
    if not style:
        return cast
    order = ("%d/%m/", "%m/%d/")[style == "month first"]
    # A year of two digits is read first with %y: with %Y it would be one of the first century.
    formats = ", ".join(f"'{order}{year}{clock}'" for year in ("%y", "%Y") for clock in CLOCKS)
    plain = f"regexp_replace({time}, '^([0-9]{{1,2}})[./-]([0-9]{{1,2}})[./-]([0-9]+)[ T,]*', '\\1/\\2/\\3 ')"
    slashed = f"CAST(try_strptime(trim({plain}), [{formats}]) AS TIMESTAMPTZ)"
    return f"CASE WHEN regexp_matches({time}, '{SLASHED}') THEN {slashed} ELSE {cast} END"


def date_style(
    connection: duckdb.DuckDBPyConnection, table: TableFile, time: int, mapping: LeadMapping
) -> tuple[Style, str]:
    """How a log's dates are written, and words for how that was told; none where they are year first or named.

    UserError where nothing tells the day from the month.
    """
    cell = f"trim(c{time})"
    named = mapping.log.dates if mapping.log else None
    if table.sample and not any(re.match(SLASHED, row[time].strip()) for row in table.sample):
        return "", ""
    first, mark, second = (f"regexp_extract({cell}, '{_PARTS}', {at})" for at in (1, 2, 3))
    found = connection.execute(
        f"SELECT count(*), max(TRY_CAST({first} AS INTEGER)), max(TRY_CAST({second} AS INTEGER)), "
        f"count(*) FILTER (WHERE {mark} = '.'), any_value({cell}), (SELECT count(*) FROM {table.relation()}) "
        f"FROM {table.relation()} WHERE regexp_matches({cell}, '{SLASHED}')"
    ).fetchone()
    return style_of(Dates(*found), named, str(table.path)) if found else ("", "")


@dataclass(frozen=True, slots=True)
class Dates:
    """How many of a log's ``rows`` have dates that are not year first, and the largest of their first two numbers.

    ``dotted`` of them are written with dots; ``example`` is one.
    """

    count: int
    first: int
    second: int
    dotted: int
    example: str
    rows: int


def style_of(dates: Dates, named: Style | None, log: str) -> tuple[Style, str]:
    """How such dates are written, and words for how that was told; ``named`` is what leads.toml says of it.

    UserError where nothing tells the day from the month.
    """
    if not dates.count:
        return "", ""
    if named:
        return named, ""
    example = clean_line(dates.example)[:40]
    if dates.dotted == dates.count or (dates.first > 12 and dates.second <= 12):
        return "day first", f"dates such as {example} were read with the day first"
    if dates.second > 12 and dates.first <= 12:
        return "month first", f"dates such as {example} were read with the month first"
    if 2 * dates.count < dates.rows:
        return "", ""  # The rest is year first: these rows are left out, each with its reason.
    why = "could be either" if dates.first <= 12 else "are both in this log"
    raise UserError(
        f"dates such as {example}: day first and month first {why}",
        'say which in leads.toml, as in [log] dates = "day first" or "month first"',
        Place(log),
    )
