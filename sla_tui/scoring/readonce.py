"""A lead table for one scoring that will not be edited: every condition answered in the pass over the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Column, Counts, Flags, Longs, Passed, Texts
from sla_tui.scoring.engine import Engine, Stopped, arrays, has_nulls, plain
from sla_tui.scoring.lines import lines_of_rows
from sla_tui.scoring.readtable import Table, apart, few_texts, malformed_lines, sql_count, sql_number
from sla_tui.scoring.repeats import own_ids
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Need, is_numeric
from sla_tui.scoring.sqltests import sql_test
from sla_tui.scoring.tablefile import TableFile, cells
from sla_tui.scoring.unusual import MOST, Unusual, completed, look_up, shared
from sla_tui.scoring.values import number


def read_once(
    engine: Engine, table: TableFile, needs: Collection[Need], id_column: int | None, unknown: Sequence[str]
) -> Table | None:
    """Reads a table in the shortest way, without its ids; None for one that only ``read_table`` reads.

    Rows that are unusual (an id twice or none, a count that is none, a text that the first rows did not hold) are
    looked up in the file if they are few. Rows with too few or too many cells are rejected here too. Raises
    Unreadable when a repaired copy should be tried, Stopped when stopped.
    """
    texts = {need.column for need in needs if need.kind == "text"}
    asked = tuple(need for need in needs if need.kind == "text" or need.column not in texts)
    if not table.text or any(number(word) is not None for word in unknown):
        return None
    if any(need.kind == "number" or (need.kind == "text" and not few_texts(table, need.column)) for need in asked):
        return None
    connection = engine.cursor()
    try:
        return _Once(connection, engine, table, asked, id_column, frozenset(unknown)).read()
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        return None
    finally:
        engine.release(connection)


@dataclass(frozen=True)
class _Once:
    """One pass over a file, or two where a column of numbers holds texts."""

    connection: duckdb.DuckDBPyConnection
    engine: Engine
    table: TableFile
    needs: tuple[Need, ...]
    id_column: int | None
    unknown: frozenset[str]

    def read(self) -> Table | None:
        found = self._pass()
        ids = found.pop("id")
        size = len(ids)
        columns = [found[f"k{at}"] for at in range(len(self.needs))]
        missing = [_missing(column) if has_nulls(column) else None for column in columns]
        odd = np.zeros(0, np.int64) if self.id_column is None else shared(ids, self._blank())
        malformed = malformed_lines(self.connection, self.table, repaired=False)
        lines, unusual = np.zeros(0, np.int64), Unusual(odd, ())
        if len(odd) or any(one is not None for one in missing):
            rows = np.unique(np.concatenate([odd, *(np.flatnonzero(one) for one in missing if one is not None)]))
            lines = lines_of_rows(self.table, malformed) if len(rows) <= MOST else lines
            looked_up = look_up(self.table, rows, lines) if len(lines) == size else None
            if looked_up is None or not self._same_ids(looked_up, ids):
                return None
            unusual = looked_up
        kept = {
            need: self._column(need, plain(column), there, unusual)
            for need, column, there in zip(self.needs, columns, missing, strict=True)
        }
        return self._kept(size, kept, odd, lines, tuple(malformed.items()), unusual)

    def _kept(
        self,
        size: int,
        columns: dict[Need, Column],
        odd: Longs,
        lines: Longs,
        malformed: tuple[tuple[int, str], ...],
        unusual: Unusual,
    ) -> Table:
        """The table without the rows that have no id."""
        rejected = [Rejected(str(self.table.path), line, reason) for line, reason in malformed]
        rows, total, repeats = None, size, None
        if len(odd) and self.id_column is not None:
            names = unusual.column(self.id_column)
            found = ((row, names[row].strip(" ") or None) for row in odd.tolist())
            rows, nameless, repeats = own_ids(str(self.table.path), found, lines, size)
            rejected = sorted([*rejected, *nameless], key=lambda one: one.line)
            if rows is not None:
                columns = {need: column.at(rows) for need, column in columns.items()}
                size = len(rows)
        named, bad = self.id_column is not None, tuple(line for line, _ in malformed)
        return Table("", named, size, total, columns, rows, tuple(rejected), bad, repeats)

    def _pass(self) -> dict[str, npt.NDArray[Any]]:
        """By need its k, NULL where a cell is unusual, and each id's fingerprint."""
        numeric = self._numeric() - {self.id_column}
        while True:
            found = arrays(self.connection, self._query(numeric))
            query = "SELECT DISTINCT column_idx - 1 FROM reject_errors WHERE error_type = 'CAST'"
            strange = {int(column) for (column,) in self.connection.execute(query).fetchall()}
            if not strange:
                return found
            numeric -= strange
            self.connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")

    def _numeric(self) -> set[int]:
        """The columns that the engine may read as numbers: it is quicker at that than at numbers out of texts."""
        numeric = {need.column for need in self.needs if need.kind == "count" or is_numeric(need)}
        numeric -= {need.column for need in self.needs if need.kind != "count" and not is_numeric(need)}
        first = {at: cells(self.table, at) for at in numeric}
        numeric = {at for at in numeric if all(not cell or number(cell) is not None for cell in first[at])}
        return set() if numeric and apart(self.table) else numeric

    def _query(self, numeric: Collection[int]) -> str:
        chosen = [f"{self._expression(need, need.column in numeric)} AS k{at}" for at, need in enumerate(self.needs)]
        chosen.append("true AS id" if self.id_column is None else f"hash(trim(c{self.id_column})) AS id")
        return f"SELECT {', '.join(chosen)} FROM {self.table.relation(numeric)}"

    def _expression(self, need: Need, numeric: bool) -> str:
        """SQL for a need of a cell that is a number where ``numeric``, else text."""
        cell = f"c{need.column}"
        value = cell if numeric else sql_number(cell)
        if need.test is not None:
            return f"coalesce({sql_test(need.test, cell, value, self.unknown)}, false)"
        if need.kind == "count":
            return sql_count(cell, value)
        kind = self.engine.name("words")
        self.connection.execute(
            f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [few_texts(self.table, need.column)]
        )
        return f"enum_code(TRY_CAST(coalesce({cell}, '') AS {kind}))"

    def _blank(self) -> npt.NDArray[Any]:
        """The fingerprints of ids that say nothing."""
        return arrays(self.connection, "SELECT hash(unnest(['', NULL])) AS blank")["blank"]

    def _same_ids(self, unusual: Unusual, fingerprints: npt.NDArray[Any]) -> bool:
        """Whether the rows looked up are those that were read, by their ids."""
        if self.id_column is None:
            return True
        names = list(unusual.column(self.id_column).values())
        query = "SELECT hash(nullif(trim(id), '')) AS id FROM (SELECT unnest(?::VARCHAR[]) AS id)"
        found = arrays(self.connection, query, [names])["id"]
        blank = self._blank()
        there = fingerprints[unusual.rows]
        return bool(((found == there) | (np.isin(found, blank) & np.isin(there, blank))).all())

    def _column(self, need: Need, codes: npt.NDArray[Any], missing: Flags | None, unusual: Unusual) -> Column:
        if need.kind == "test":
            return Passed(codes.view(np.uint8))
        if need.kind == "text":
            known = few_texts(self.table, need.column)
            if missing is None:
                return Texts(codes, known, self.unknown)
            return completed(codes, missing, known, unusual.column(need.column), self.unknown)
        if missing is None:
            return Counts(codes)
        most = int(codes[~missing].max(initial=0))
        return completed(
            codes, missing, [str(one) for one in range(most + 1)], unusual.column(need.column), self.unknown
        )


def _missing(column: npt.NDArray[Any]) -> Flags:
    return np.asarray(np.ma.getmaskarray(column))
