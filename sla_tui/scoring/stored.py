"""Leads written for keeping: the columns that stay, under ids from which nobody can be told."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.scoring.board import Board
from sla_tui.scoring.engine import Engine, Stopped
from sla_tui.scoring.keeping import Keeping, Kept
from sla_tui.scoring.readlog import EPOCH
from sla_tui.scoring.readtable import sql_number
from sla_tui.scoring.routing import routing
from sla_tui.scoring.sources import Tested
from sla_tui.scoring.sqltests import known_cell
from sla_tui.scoring.tablefile import TableFile, opened, quoted
from sla_tui.scoring.tally import REJECTED
from sla_tui.scoring.values import folded, is_unknown, number

_DIGITS = 19
"""Hexadecimal digits of an id: 76 bits, so that ten million leads do not share one."""
_STANDS = ("known", "said", "*", "#")
"""What may stand for a text of which nothing was asked but whether it is known."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TELLS = re.compile("'|[=+@\\t\\r-].*[A-Za-z0-9(]", re.DOTALL)
"""Words by which a condition could tell a cell from the same one made harmless."""


@dataclass(frozen=True, slots=True)
class Key:
    """Turns ids into others by a keyed hash (HMAC-like: SHA-256 in SHA-256, a half of the key in each).

    The key is random, lives as long as one import and is then gone, on purpose. Whoever holds it can hash every
    email address they know and see which of them are in the file; kept in the state folder it would protect from
    nobody at the same machine. The price: ids of two imports do not match, so table and log are imported together,
    and who a lead was is told only by the export it came from.
    """

    inner: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    outer: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)

    def sql(self, text: str) -> str:
        """SQL for the id that ``text``, an expression, becomes. A letter first, so that none is a number."""
        once = f"sha256({quoted(self.inner)} || {text})"
        return f"'L' || left(sha256({quoted(self.outer)} || {once}), {_DIGITS})"


def write_table(board: Board, kept: Keeping, key: Key, target: Path) -> int:
    """Writes the leads that a scoring can use, in the file's order, and says how many; the engine streams them.

    Raises UserError when the file is no longer the one that was read or ``target`` cannot be written, Stopped.
    """
    leads = board.leads
    assert leads.files.leads is not None
    table = leads.ids.table
    assert table is not None
    every = np.arange(table.total, dtype=np.int64)
    rows = every if table.rows is None else table.rows
    out: list[int] = np.setdiff1d(every, rows[board.outcomes(slice(None)) != REJECTED]).tolist()
    if not table.named and leads.log is not None and table.malformed:
        message = "rows are named by their number here, and some are left out, so the log would join others"
        raise UserError(message, "name the column with the ids in leads.toml", Place(str(leads.files.leads)))
    expected = table.total - len(out)
    for repair in (False, True):
        with opened(leads.files.leads, repair=repair, passed=leads.engine.passed) as file:
            if file.signature != leads.ids.state:
                raise UserError("this file has changed since it was read", "try again", Place(str(file.path)))
            query = _table_query(board, kept, key, file, bool(out))
            try:
                if _copy(leads.engine, query, target, out) == expected:
                    return expected
            except duckdb.Error as error:
                if repair or not file.text:
                    raise _unwritable(error, target) from error
    raise UserError("this file reads otherwise a second time", "try again", Place(str(leads.files.leads)))


def write_log(board: Board, kept: Keeping, key: Key, target: Path) -> int:
    """Writes what leads did that a scoring counts, and says how many times they did.

    Times are cut to the day in UTC, which is all that counts. What no rule uses stays as a day on which something
    happened, once; what leads did that are not in the table stays only where it is the log's first or last day.
    """
    leads = board.leads
    log = leads.log
    assert log is not None
    days = [(day - EPOCH).days for day in (log.first, log.last) if day is not None]
    used = f"activity IN ({', '.join(map(quoted, kept.activities))})" if kept.activities else "false"
    there = f"lead IN (SELECT id FROM {leads.ids.name})" if leads.names.columns is not None else "true"
    rows = (
        f"SELECT lead, activity, day, 1 FROM {log.name} WHERE {used} AND {there} UNION ALL "
        f"SELECT DISTINCT lead, {quoted(kept.other)}, day, 0 FROM {log.name} "
        f"WHERE (NOT {used} AND {there}) OR (NOT {there} AND list_contains({days}, day))"
    )
    query = (
        f"SELECT {key.sql('lead')} AS lead, activity, CAST(DATE '1970-01-01' + day AS VARCHAR) AS time "
        f"FROM ({rows}) AS kept(lead, activity, day, n)"
    )
    try:
        return _copy(leads.engine, query, target)
    except duckdb.Error as error:
        raise _unwritable(error, target) from error


def same_leads(before: Board, after: Board, assignment: Assignment | None) -> bool:
    """Whether the leads that can be scored have the same scores, stages, outcomes, weeks and territories in both."""

    def shown(board: Board) -> npt.NDArray[Any]:
        kinds = board.outcomes(slice(None))
        there = kinds != REJECTED
        rows = np.column_stack((board.scores[there], board.stage_places[there], kinds[there]))
        # The leads of a log alone stand in the order of their ids, and those are others.
        return rows if board.leads.names.columns is not None else rows[np.lexsort(rows.T)]

    if after.plan.faults or not np.array_equal(shown(before), shown(after)):
        return False
    if before.leads.span != after.leads.span or before.leads.last_day != after.leads.last_day:
        return False
    if assignment is None:
        return True
    routed = ([(way.id, way.matches, way.gets) for way in routing(board, assignment).ways] for board in (before, after))
    return next(routed) == next(routed)


def _unwritable(error: duckdb.Error, target: Path) -> UserError:
    return UserError(
        f"the leads could not be written ({type(error).__name__})",
        "is there room on the disk?",
        Place(str(target.parent)),
    )


def _copy(engine: Engine, query: str, target: Path, out: Sequence[int] = ()) -> int:
    """Writes a query's rows as CSV and counts them; ``out`` are the numbers in the table rows_out."""
    connection = engine.cursor()
    try:
        if out:
            connection.execute("CREATE TEMP TABLE rows_out AS SELECT unnest(?::BIGINT[]) AS row", [out])
        written = connection.execute(
            f"COPY ({query}) TO {quoted(str(target))} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', "
            "ESCAPE '\"', NULLSTR '', USE_TMP_FILE false, PRESERVE_ORDER true)"
        ).fetchone()
        return int(written[0]) if written else 0
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        raise
    finally:
        engine.release(connection)


def _table_query(board: Board, kept: Keeping, key: Key, file: TableFile, some: bool) -> str:
    """SQL for the rows that stay; ``some``: those in rows_out do not."""
    mapping = board.leads.names.mapping
    place = board.leads.names.id()
    id_ = "CAST(row + 1 AS VARCHAR)" if place is None else f"trim(c{place})"
    chosen = [f"{key.sql(id_)} AS {_name(kept.id)}"]
    chosen += [
        f"{_cell(one, mapping.unknown or (), mapping.positive or ())} AS {_name(one.name)}" for one in kept.columns
    ]
    source = file.relation()
    if some or place is None:
        source = f"(SELECT row_number() OVER () - 1 AS row, * FROM {source})"
    rest = " WHERE row NOT IN (SELECT row FROM rows_out) ORDER BY row" if some else ""
    return f"SELECT {', '.join(chosen)} FROM {source}{rest}"


def _name(header: str) -> str:
    return '"' + header.replace('"', '""') + '"'


def _cell(one: Kept, unknown: Sequence[str], positive: Sequence[str]) -> str:
    """SQL for what stays of a cell."""
    cell = f"c{one.place}"
    if one.how == "day":
        return f"nullif(regexp_extract(ltrim({cell}), '^[^T ]*'), '')"
    if one.how == "asked":
        return _answers(cell, one.tests, unknown)
    return _harmless(cell, one.tests, (*unknown, *positive))


def _operands(tests: Sequence[Tested]) -> list[Any]:
    found: list[Any] = []
    for test in tests:
        if test.test != "known":
            several = test.test in ("in", "not_in", "between")
            found += test.operand if several else [test.operand]
    return found


def _harmless(cell: str, tests: Sequence[Tested], words: Sequence[str]) -> str:
    """SQL for a cell that no spreadsheet takes for a formula, where no condition could tell the difference.

    The file is read back by the scoring, so numbers such as -5 and lone marks such as - stay as they are, and a
    column that is compared with a text that begins so stays whole.
    """
    if any(_TELLS.match(str(one)) and number(str(one)) is None for one in (*_operands(tests), *words)):
        return f"nullif({cell}, '')"
    marks = ", ".join(map(quoted, _FORMULA))
    formula = (
        f"left({cell}, 1) IN ({marks}) AND regexp_matches({cell}, '[A-Za-z0-9(]') AND ({sql_number(cell)}) IS NULL"
    )
    return f"CASE WHEN {formula} THEN '''' || {cell} ELSE nullif({cell}, '') END"


def _answers(cell: str, tests: Sequence[Tested], unknown: Sequence[str]) -> str:
    """SQL for a text of which the tests say what they say of the cell, and that tells no more of it.

    What a test is made with stands in the agreement anyway: a cell that is one of these texts stays, of a longer one
    the parts that are looked for.
    """
    operands = [str(one).lower() if isinstance(one, bool) else str(one) for one in _operands(tests)]
    searched = dict.fromkeys(str(one.operand) for one in tests if one.test == "contains")
    stands = next(
        one
        for one in (*_STANDS, "\N{BULLET}")
        if one not in operands and not any(folded(part) in one for part in searched) and not is_unknown(one, unknown)
    )
    equal = [quoted(one) for one in dict.fromkeys(operands) if one not in searched]
    numbers = [repr(value) for one in dict.fromkeys(operands) if (value := number(one)) is not None]
    same = [f"{cell} IN ({', '.join(equal)})"] if equal else []
    same += [f"({sql_number(cell)}) IN ({', '.join(numbers)})"] if numbers else []
    parts = [
        f"CASE WHEN contains(replace(lower({cell}), 'ς', 'σ'), {quoted(folded(one))}) THEN {quoted(one)} END"
        for one in searched
    ]
    told = f"concat_ws(' ', {', '.join([quoted(stands), *parts])})"
    whole = f"WHEN {' OR '.join(same)} THEN {cell} " if same else ""
    return f"CASE WHEN NOT coalesce({known_cell(cell, unknown)}, false) THEN NULL {whole}ELSE {told} END"
