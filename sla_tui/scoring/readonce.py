"""A lead table for one scoring that will not be edited: every condition answered in the pass over the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Column, Counts, Passed, Texts
from sla_tui.scoring.engine import Engine, Stopped, arrays, has_nulls, plain
from sla_tui.scoring.readtable import Table, apart, few_texts, malformed_lines, sql_count, sql_number
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Need, is_numeric
from sla_tui.scoring.sqltests import sql_test
from sla_tui.scoring.tablefile import TableFile
from sla_tui.scoring.values import number


def read_once(
    engine: Engine, table: TableFile, needs: Collection[Need], id_column: int | None, unknown: Sequence[str]
) -> Table | None:
    """Reads a clean table in the shortest way, without its ids; None for one with anything unusual in it.

    Unusual is what ``read_table`` is for: an id twice or none, a count that is none, text in a column of numbers, a
    text that the first rows did not hold. Rows with too few or too many cells are rejected here too. Raises
    Unreadable when a repaired copy should be tried, Stopped when stopped.
    """
    texts = {need.column for need in needs if need.kind == "text"}
    asked = tuple(need for need in needs if need.kind == "text" or need.column not in texts)
    if not table.text or any(number(word) is not None for word in unknown):
        return None
    if any(need.kind == "number" or (need.kind == "text" and not few_texts(table, need.column)) for need in asked):
        return None
    if any(need.kind == "count" or is_numeric(need) for need in asked) and apart(table):
        return None
    connection = engine.cursor()
    try:
        return _read(connection, engine, table, asked, id_column, unknown)
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        return None
    finally:
        engine.release(connection)


def _read(
    connection: duckdb.DuckDBPyConnection,
    engine: Engine,
    table: TableFile,
    needs: tuple[Need, ...],
    id_column: int | None,
    unknown: Sequence[str],
) -> Table | None:
    numeric = {need.column for need in needs if need.kind == "count" or is_numeric(need)}
    texts = {
        need.column for need in needs if need.column not in numeric or not (need.kind == "count" or is_numeric(need))
    }
    if numeric & texts or id_column in numeric:
        return None
    chosen = [f"{_expression(connection, engine, table, need, unknown)} AS k{at}" for at, need in enumerate(needs)]
    chosen.append("true AS id" if id_column is None else _fingerprint(f"c{id_column}"))
    found = arrays(connection, f"SELECT {', '.join(chosen)} FROM {table.relation(numeric)}")
    if connection.execute("SELECT 1 FROM reject_errors WHERE error_type = 'CAST' LIMIT 1").fetchone():
        return None
    if any(has_nulls(column) for column in found.values()) or not _all_differ(found["id"], id_column):
        return None
    malformed = malformed_lines(connection, table, repaired=False)
    size = len(found["id"])
    columns = {need: _column(table, need, plain(found[f"k{at}"]), unknown) for at, need in enumerate(needs)}
    rejected = tuple(Rejected(str(table.path), line, reason) for line, reason in malformed.items())
    return Table("", id_column is not None, size, size, columns, None, rejected, tuple(malformed))


def _expression(
    connection: duckdb.DuckDBPyConnection, engine: Engine, table: TableFile, need: Need, unknown: Sequence[str]
) -> str:
    """SQL for a need: NULL where the cell is unusual."""
    cell = f"c{need.column}"
    if need.test is not None:
        value = cell if is_numeric(need) else sql_number(cell)
        return f"coalesce({sql_test(need.test, cell, value, unknown)}, false)"
    if need.kind == "count":
        return sql_count(cell)
    kind = engine.name("words")
    connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [few_texts(table, need.column)])
    return f"enum_code(TRY_CAST(coalesce({cell}, '') AS {kind}))"


def _fingerprint(cell: str) -> str:
    bare = f"nullif(trim({cell}), '')"
    return f"CASE WHEN {bare} IS NOT NULL THEN hash({bare}) END AS id"


def _all_differ(fingerprints: npt.NDArray[Any], id_column: int | None) -> bool:
    """Whether no two ids are the same. Two fingerprints alike by chance only cost a second pass."""
    if id_column is None:
        return True
    ordered = np.sort(fingerprints)
    return not bool((ordered[1:] == ordered[:-1]).any())


def _column(table: TableFile, need: Need, codes: npt.NDArray[Any], unknown: Sequence[str]) -> Column:
    if need.kind == "test":
        return Passed(codes.view(np.uint8))
    if need.kind == "text":
        return Texts(codes, few_texts(table, need.column), frozenset(unknown))
    return Counts(codes)
