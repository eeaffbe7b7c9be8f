"""A lead table into columns of codes, in one pass over the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import MOST_CODES, Column, Counts, Longs, Need, Numbers, Texts, narrow
from sla_tui.scoring.engine import Engine, Stopped, arrays, has_nulls, plain
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.tablefile import TableFile, cells, quoted, record_lines
from sla_tui.scoring.values import number

_SMALL_DICTIONARY = 250
_BAD_BYTES = "INVALID ENCODING"
REASONS = {
    "MISSING COLUMNS": "has too few cells",
    "TOO MANY COLUMNS": "has too many cells",
    "UNQUOTED VALUE": "has a quotation mark that is not closed, or text after the closing one",
    "LINE SIZE OVER MAXIMUM": "is longer than 2 million bytes",
    _BAD_BYTES: "has bytes that are no UTF-8",
}


class Unreadable(Exception):
    """The file did not read as it claimed to; a repaired copy may."""


@dataclass(frozen=True)
class Table:
    """What one pass over a lead table gave. ``ids`` names the engine's table of ids.

    ``total`` counts its rows, ``size`` those kept. ``rows`` are those kept, None for all; ``named`` says whether a
    column names the leads.
    """

    ids: str
    named: bool
    size: int
    total: int
    columns: dict[Need, Column]
    rows: Longs | None = None
    rejected: tuple[Rejected, ...] = ()
    malformed: tuple[int, ...] = field(default=(), repr=False)


def read_table(
    engine: Engine,
    table: TableFile,
    needs: Iterable[Need],
    id_column: int | None,
    unknown: Sequence[str],
    repaired: bool,
) -> Table:
    """Reads the needed columns of every row that has as many cells as the header and an id of its own.

    Raises Unreadable when a copy put right should be tried, UserError when that was tried, Stopped when stopped.
    """
    reader = _Reader(engine, table, tuple(sorted(needs, key=lambda need: (need.kind, need.column))), id_column, unknown)
    try:
        return reader.read(repaired)
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        if not repaired and table.text:
            raise Unreadable from error
        first = clean_line(str(error).splitlines()[0])
        raise UserError(f"this file cannot be read: {first}", "save it again as CSV", Place(str(table.path))) from error
    finally:
        reader.close()


class _Reader:
    """One pass, and what has to be looked at again after it."""

    def __init__(
        self, engine: Engine, table: TableFile, needs: tuple[Need, ...], id_column: int | None, unknown: Sequence[str]
    ) -> None:
        self._engine = engine
        self._table = table
        self._needs = needs
        self._id = id_column
        self._unknown = frozenset(unknown)
        self._connection = engine.cursor()
        self._name = engine.name("lead")

    def close(self) -> None:
        self._engine.release(self._connection)

    def read(self, repaired: bool) -> Table:
        known = {need: self._dictionary(need.column) for need in self._needs if need.kind == "text"}
        chosen = [f"nullif(trim(c{self._id}), '') AS id"] if self._id is not None else ["true AS id"]
        for at, need in enumerate(self._needs):
            chosen += self._expressions(at, need)
        relation = self._table.relation
        self._connection.execute(f"CREATE TABLE {self._name} AS SELECT {', '.join(chosen)} FROM {relation}")
        malformed = self._malformed(repaired)
        codes = self._fetch([f"k{at}" for at in range(len(self._needs))])
        size = total = self._one(f"SELECT count(*) FROM {self._name}")
        columns = {
            need: self._column(at, need, codes[f"k{at}"], known.get(need)) for at, need in enumerate(self._needs)
        }
        rejected = [Rejected(str(self._table.path), line, reason) for line, reason in malformed.items()]
        rows, repeated = self._repeated(size, tuple(malformed))
        rejected = sorted(rejected + repeated, key=lambda one: one.line)
        if rows is not None:
            columns = {need: column.at(rows) for need, column in columns.items()}
            size = len(rows)
        return Table(self._name, self._id is not None, size, total, columns, rows, tuple(rejected), tuple(malformed))

    def _one(self, query: str) -> Any:
        row = self._connection.execute(query).fetchone()
        return row[0] if row else None

    def _fetch(self, names: list[str]) -> dict[str, npt.NDArray[Any]]:
        if not names:
            return {}
        return arrays(self._connection, f"SELECT {', '.join(names)} FROM {self._name}")

    def _dictionary(self, column: int) -> list[str]:
        """The texts the first rows hold, blank first: what the engine codes in its one pass. Others follow after it."""
        seen = sorted(set(cells(self._table, column)) - {""})
        return ["", *(one for one in seen if "\0" not in one)] if len(seen) <= _SMALL_DICTIONARY else [""]

    def _expressions(self, at: int, need: Need) -> list[str]:
        cell = f"c{need.column}"
        if need.kind == "text":
            kind = f"{self._name}_{at}"
            words = self._dictionary(need.column)
            self._connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [words])
            code = f"enum_code(TRY_CAST(coalesce({cell}, '') AS {kind}))"
            return [f"{code} AS k{at}", f"CASE WHEN {code} IS NULL THEN {cell} END AS r{at}"]
        value = f"TRY_CAST({cell} AS DOUBLE)"
        if need.kind == "count":
            # What this leaves open, a cell that is no small count, sends the column to the slower reading by text.
            return [
                f"CASE WHEN {cell} IS NULL THEN 0 WHEN {value} >= 0 AND {value} < {MOST_CODES} "
                f"THEN CAST(trunc({value}) AS UINTEGER) END AS k{at}"
            ]
        numeric = [quoted(word) for word in sorted(self._unknown) if number(word) is not None]
        if numeric:
            value = f"CASE WHEN trim({cell}) IN ({', '.join(numeric)}) THEN NULL ELSE {value} END"
        return [f"{value} AS k{at}"]

    def _column(self, at: int, need: Need, codes: npt.NDArray[Any], known: list[str] | None) -> Column:
        if need.kind == "number":
            blank = np.ma.getmaskarray(codes) if has_nulls(codes) else False
            values = plain(codes)
            return Numbers(np.where(np.isfinite(values) & ~np.asarray(blank), values, np.nan))
        open_ends, codes = has_nulls(codes), plain(codes)
        if need.kind == "text" and known is not None:
            return self._texts(at, codes, known) if open_ends else Texts(codes, known, self._unknown)
        if open_ends:
            return self._reread(need.column)
        return Counts(narrow(codes, int(codes.max(initial=0))))

    def _texts(self, at: int, codes: npt.NDArray[Any], known: list[str]) -> Texts:
        """The column with the texts that the first rows did not hold."""
        kind = f"{self._name}_{at}r"
        self._connection.execute(
            f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT r{at} FROM {self._name} WHERE r{at} IS NOT NULL)"
        )
        more: list[str] = self._one(f"SELECT enum_range(NULL::{kind})")
        late = arrays(
            self._connection,
            f"SELECT rowid AS row, enum_code(CAST(r{at} AS {kind})) AS code FROM {self._name} WHERE r{at} IS NOT NULL",
        )
        texts = [*known, *more]
        full = narrow(codes, len(texts)).copy()
        full[late["row"]] = late["code"].astype(full.dtype) + len(known)
        return Texts(full, texts, self._unknown)

    def _reread(self, column: int) -> Texts:
        """One column as text, read again: some of its cells are no plain counts."""
        kind, name = f"{self._name}_c{column}", f"{self._name}_again{column}"
        self._connection.execute(
            f"CREATE TEMP TABLE {name} AS SELECT coalesce(c{column}, '') AS k FROM {self._table.relation}"
        )
        self._connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT k FROM {name})")
        texts: list[str] = self._one(f"SELECT enum_range(NULL::{kind})")
        codes = arrays(self._connection, f"SELECT enum_code(CAST(k AS {kind})) AS k FROM {name}")["k"]
        self._connection.execute(f"DROP TABLE {name}")
        return Texts(narrow(plain(codes), len(texts)), texts, self._unknown)

    def _malformed(self, repaired: bool) -> dict[int, str]:
        """The lines whose cells do not fit the header, and why."""
        if not self._table.text:
            return {}
        # Several errors of one row stand at one place; the engine's own line numbers miss line breaks in quotes.
        query = "SELECT line_byte_position, min(error_type::VARCHAR) FROM reject_errors GROUP BY 1 ORDER BY 1"
        found: list[tuple[int, str]] = self._connection.execute(query).fetchall()
        if not repaired and any(kind == _BAD_BYTES for _, kind in found):
            raise Unreadable
        lines = line_numbers(self._table, [position for position, _ in found])
        return {line: REASONS.get(kind, clean_line(kind).lower()) for line, (_, kind) in zip(lines, found, strict=True)}

    def _repeated(self, size: int, malformed: tuple[int, ...]) -> tuple[Longs | None, list[Rejected]]:
        """The rows with an id of their own, None for all; and the others."""
        if self._id is None or self._one(f"SELECT count(DISTINCT id) FROM {self._name}") == size:
            return None, []
        found: list[tuple[int, str | None, int]] = self._connection.execute(
            f"SELECT * FROM (SELECT rowid, id, min(rowid) OVER (PARTITION BY id) AS first FROM {self._name}) "
            "WHERE id IS NULL OR rowid <> first ORDER BY rowid"
        ).fetchall()
        lines = lines_of_rows(self._table, malformed)
        rejected: list[Rejected] = []
        for row, name, first in found:
            reason = (
                "has no id"
                if name is None
                else f"repeats the id {clean_line(name)[:60]!r} of line {line_at(lines, first)}"
            )
            rejected.append(Rejected(str(self._table.path), line_at(lines, row), reason))
        return np.setdiff1d(np.arange(size, dtype=np.int64), [row for row, _, _ in found]), rejected


def line_numbers(table: TableFile, positions: Sequence[int]) -> list[int]:
    """The lines on which records stand whose first bytes, counted from 1, are at ``positions``."""
    if not positions:
        return []
    data = np.memmap(table.data, np.uint8, "r")
    breaks = np.flatnonzero(data == ord("\n"))
    starts: list[int] = []
    for position in positions:
        start = max(position - 1, 0)
        while start < len(data) and data[start] in b"\r\n":
            start += 1
        starts.append(start)
    return [int(line) + 1 for line in np.searchsorted(breaks, starts)]


def lines_of_rows(table: TableFile, malformed: Iterable[int]) -> list[int]:
    """The line each well-formed row starts on; the row's number where the format has no lines (empty)."""
    out = frozenset(malformed)
    return [line for line in record_lines(table) if line not in out] if table.text else []


def row_numbers(table: TableFile, malformed: Iterable[int]) -> Longs:
    """The number each well-formed row has among all rows, counted from 1."""
    out = frozenset(malformed)
    return np.array([at for at, line in enumerate(record_lines(table), 1) if line not in out], np.int64)


def line_at(lines: Sequence[int], row: int) -> int:
    """A row's line among those of ``lines_of_rows``."""
    return lines[row] if row < len(lines) else (0 if lines else row + 1)
