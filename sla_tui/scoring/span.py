"""From which day to which the leads of a file came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.scoring.dates import created_columns, days
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.headers import Names
from sla_tui.scoring.pace import Span
from sla_tui.scoring.readlog import Log

if TYPE_CHECKING:
    from sla_tui.scoring.tablefile import TableFile

MOST_DAYS = 100_000
"""More different texts than this in a column are no days, even with the first digit of the hour after them."""
LONGEST = len("2027-01-31")
"""No day is longer."""


def table_span(engine: Engine, file: TableFile, names: Names) -> Span | None:
    """The days a table's leads came between, by the column that leads.toml names, else by its header.

    None where no column holds dates, or they all lie within two weeks. UserError when the named one holds none.
    """
    return column_span(names, lambda at: _texts(engine, file, at), str(file.path))


def column_span(names: Names, texts: Callable[[int], Sequence[str]], file: str) -> Span | None:
    """As ``table_span``, where ``texts`` gives the different texts of the column at a place, up to the time of day."""
    columns = names.columns or ()
    named = names.mapping.created
    places = created_columns(columns) if named is None else [names.column(named, "day a lead came")]
    out = {one[:LONGEST].casefold() for one in names.mapping.unknown or ()}
    for at in places:
        said = texts(at)
        there = {text.replace("T", " ").split(" ")[0] for text in said if text.casefold() not in out}
        found = days(sorted(there)) if len(said) <= MOST_DAYS else None
        if found is not None:
            there = found[np.isfinite(found)]
            first, last = (date.fromordinal(int(day)) for day in (there.min(), there.max()))
            return Span.between(first, last, columns[at])
    if named is not None:
        message = f"the column {named!r}, which leads.toml names as created, holds no dates"
        raise UserError(message, "name one with dates such as 2027-01-31, or leave created out", Place(file))
    return None


def log_span(log: Log | None) -> Span | None:
    """The days a log tells of; None without one, or for less than two weeks."""
    if log is None or log.first is None or log.last is None:
        return None
    return Span.between(log.first, log.last)


def _texts(engine: Engine, file: TableFile, at: int) -> list[str]:
    """The different texts of a column up to the time of day; one more than ``MOST_DAYS`` where they are too many."""
    cursor = engine.cursor()
    # Cutting there is far quicker than looking for where the time begins.
    day = f"left(ltrim(c{at}), {LONGEST})"
    query = f"SELECT DISTINCT {day} AS day FROM {file.relation()} WHERE day <> '' LIMIT {MOST_DAYS + 1}"
    try:
        found: list[tuple[str]] = cursor.execute(query).fetchall()
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        return []
    finally:
        engine.release(cursor)
    return [text for (text,) in found]
