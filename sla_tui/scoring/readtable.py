"""A lead table into columns of codes, in one pass over the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Column, Counts, Longs, Numbers, Texts, narrow
from sla_tui.scoring.engine import Engine, Stopped, arrays, has_nulls, plain
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Need
from sla_tui.scoring.sqltests import known_cell
from sla_tui.scoring.tablefile import TableFile, cells, record_lines
from sla_tui.scoring.values import number

_SMALL_DICTIONARY = 250
_SMALL_COUNT = 1 << 16
_BLOCK = 1 << 22
_BAD_BYTES = "INVALID ENCODING"
_REASONS = {
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
    counted: Collection[int] = (),
) -> Table:
    """Reads the needed columns of every row that has as many cells as the header and an id of its own.

    A row with a cell in the ``counted`` columns that is no count uses up no id: a later one with it is read instead.

    Raises Unreadable when a copy put right should be tried, UserError when that was tried, Stopped when stopped.
    """
    reader = _Reader(engine, table, tuple(needs), id_column, unknown, frozenset(counted))
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
    """One pass, and another one where cells were not what the first took them for."""

    def __init__(
        self,
        engine: Engine,
        table: TableFile,
        needs: tuple[Need, ...],
        id_column: int | None,
        unknown: Sequence[str],
        counted: frozenset[int],
    ) -> None:
        self._engine = engine
        self._table = table
        self._needs = needs
        self._id = id_column
        self._counted = counted
        self._unknown = frozenset(unknown)
        self._numeric_unknown = any(number(word) is not None for word in unknown)
        self._connection = engine.cursor()
        self._name = ""

    def close(self) -> None:
        self._engine.release(self._connection)

    def read(self, repaired: bool) -> Table:
        texts = {need.column for need in self._needs if need.kind == "text"}
        numeric = {need.column for need in self._needs if need.kind in ("count", "number")}
        # A word for unknown that is a number has to be seen as text, and so has an id.
        as_text = self._numeric_unknown or not self._table.text or apart(self._table)
        typed = set[int]() if as_text else numeric - texts - {self._id}
        while True:
            self._scan(typed)
            malformed, strange = self._rejects(repaired)
            strange |= set() if strange else self._no_counts(typed)
            if not strange & typed:
                break
            typed -= strange
            self._connection.execute(f"DROP TABLE {self._name}")
        arrays_ = self._fetch([f"k{at}" for at, need in enumerate(self._needs) if self._coded(need, typed)])
        size = total = self._one(f"SELECT count(*) FROM {self._name}")
        columns = {need: self._column(at, need, arrays_.get(f"k{at}"), typed) for at, need in enumerate(self._needs)}
        rejected = [Rejected(str(self._table.path), line, reason) for line, reason in malformed.items()]
        rows, repeated = self._repeated(size, tuple(malformed), columns)
        rejected = sorted(rejected + repeated, key=lambda one: one.line)
        if rows is not None:
            columns = {need: column.at(rows) for need, column in columns.items()}
            size = len(rows)
        named = self._id is not None
        found = Table(self._name, named, size, total, columns, rows, tuple(rejected), tuple(malformed))
        self._engine.drop_with(found, self._name)
        return found

    def _one(self, query: str) -> Any:
        row = self._connection.execute(query).fetchone()
        return row[0] if row else None

    def _fetch(self, names: list[str]) -> dict[str, npt.NDArray[Any]]:
        if not names:
            return {}
        return arrays(self._connection, f"SELECT {', '.join(names)} FROM {self._name}")

    def _scan(self, typed: set[int]) -> None:
        """Reads the file into a table: of each need k, its code or number, and r, its text where that is left over."""
        self._name = self._engine.name("lead")
        chosen = [f"nullif(trim(c{self._id}), '') AS id"] if self._id is not None else ["true AS id"]
        for at, need in enumerate(self._needs):
            chosen += self._expressions(at, need, typed)
        self._connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        relation = self._table.relation(typed)
        self._connection.execute(f"CREATE TABLE {self._name} AS SELECT {', '.join(chosen)} FROM {relation}")

    def _no_counts(self, typed: set[int]) -> set[int]:
        """The columns read as numbers of which some are no small counts."""
        asked = {at: need for at, need in enumerate(self._needs) if need.kind == "count" and need.column in typed}
        if not asked:
            return set()
        counts = ", ".join(f"count(*) - count(k{at})" for at in asked)
        nulls = self._connection.execute(f"SELECT {counts} FROM {self._name}").fetchone() or ()
        return {need.column for need, found in zip(asked.values(), nulls, strict=True) if found}

    def _dictionary(self, column: int) -> list[str]:
        """The texts of a column with few of them, blank first, as the first rows have them; empty where they are many.

        The engine codes these in its one pass, which is quicker than keeping texts to code them afterwards.
        """
        return few_texts(self._table, column)

    def _coded(self, need: Need, typed: set[int]) -> bool:
        """Whether the engine gives codes or numbers for a need; else its text, to be coded."""
        if need.kind == "text":
            return bool(self._dictionary(need.column))
        return need.kind != "count" or need.column in typed

    def _expressions(self, at: int, need: Need, typed: set[int]) -> list[str]:
        cell = f"c{need.column}"
        if not self._coded(need, typed):
            return [f"coalesce({cell}, '') AS r{at}"]
        if need.kind == "text":
            kind = f"{self._name}_{at}"
            self._connection.execute(
                f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [self._dictionary(need.column)]
            )
            code = f"enum_code(TRY_CAST(coalesce({cell}, '') AS {kind}))"
            return [f"{code} AS k{at}", f"CASE WHEN {code} IS NULL THEN {cell} END AS r{at}"]
        if need.kind == "count":
            return [f"{sql_count(cell)} AS k{at}"]
        value = cell if need.column in typed else self._value(cell)
        return [f"{value} AS k{at}"]

    def _value(self, cell: str) -> str:
        value = sql_number(cell)
        value = f"CASE WHEN isfinite({value}) THEN {value} END"
        return f"CASE WHEN {known_cell(cell, self._unknown)} THEN {value} END" if self._numeric_unknown else value

    def _column(self, at: int, need: Need, found: npt.NDArray[Any] | None, typed: set[int]) -> Column:
        if found is None:
            return self._texts(at, [], None)
        if need.kind == "number":
            blank = np.ma.getmaskarray(found) if has_nulls(found) else False
            values = plain(found)
            return Numbers(np.where(np.isfinite(values) & ~np.asarray(blank), values, np.nan))
        codes = plain(found)
        if need.kind == "text":
            known = self._dictionary(need.column)
            return self._texts(at, known, codes) if has_nulls(found) else Texts(codes, known, self._unknown)
        return Counts(codes)

    def _texts(self, at: int, known: list[str], codes: npt.NDArray[Any] | None) -> Texts:
        """A column from the texts left over, and from the codes of the ``known`` ones where there are."""
        kind = f"{self._name}_{at}r"
        self._connection.execute(
            f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT r{at} FROM {self._name} WHERE r{at} IS NOT NULL)"
        )
        more: list[str] = self._one(f"SELECT enum_range(NULL::{kind})") or []
        texts = [*known, *more]
        late = arrays(
            self._connection,
            f"SELECT rowid AS row, enum_code(CAST(r{at} AS {kind})) AS code FROM {self._name} WHERE r{at} IS NOT NULL",
        )
        if codes is None:
            return Texts(narrow(plain(late["code"]), len(texts)), texts, self._unknown)
        full = narrow(codes, len(texts)).copy()
        full[late["row"]] = late["code"].astype(full.dtype) + len(known)
        return Texts(full, texts, self._unknown)

    def _rejects(self, repaired: bool) -> tuple[dict[int, str], set[int]]:
        """The lines whose cells do not fit the header, and why; and the columns whose cells are no numbers."""
        if not self._table.text:
            return {}, set()
        strange = {
            int(column) - 1
            for (column,) in self._connection.execute(
                "SELECT DISTINCT column_idx FROM reject_errors WHERE error_type = 'CAST'"
            ).fetchall()
        }
        return ({}, strange) if strange else (malformed_lines(self._connection, self._table, repaired), strange)

    def _repeated(
        self, size: int, malformed: tuple[int, ...], columns: dict[Need, Column]
    ) -> tuple[Longs | None, list[Rejected]]:
        """The rows with an id of their own, None for all; and the others."""
        if self._id is None or self._one(f"SELECT count(DISTINCT id) FROM {self._name}") == size:
            return None, []
        found: list[tuple[int, str | None]] = self._connection.execute(
            f"SELECT rowid, id FROM (SELECT rowid, id, count(*) OVER (PARTITION BY id) AS n FROM {self._name}) "
            "WHERE id IS NULL OR n > 1 ORDER BY rowid"
        ).fetchall()
        faulty = self._faulty(columns)
        first: dict[str, int] = {}
        for row, name in sorted(found, key=lambda one: (one[0] in faulty, one[0])):
            if name is not None:
                first.setdefault(name, row)
        lines = lines_of_rows(self._table, malformed)
        out: dict[int, str] = {}
        for row, name in found:
            if name is None:
                out[row] = "has no id"
            elif first[name] != row:
                line = line_at(lines, first[name])
                out[row] = faulty.get(row) or f"repeats the id {clean_line(name)[:60]!r} of line {line}"
        rejected = [Rejected(str(self._table.path), line_at(lines, row), reason) for row, reason in out.items()]
        return np.setdiff1d(np.arange(size, dtype=np.int64), list(out)), rejected

    def _faulty(self, columns: dict[Need, Column]) -> dict[int, str]:
        """The rows with a cell that is no count where one is counted, and why."""
        found: dict[int, str] = {}
        for need, column in columns.items():
            if need.column in self._counted and isinstance(column, Texts):
                for code, reason in column.uncountable.items():
                    says = uncountable(self._table.columns[need.column], column.texts[code], reason)
                    found |= dict.fromkeys(np.flatnonzero(column.codes == code).tolist(), says)
        return found


def uncountable(column: str, text: str, reason: str) -> str:
    """Why a row is left out whose cell is no count."""
    return f"{column} {reason}: {clean_line(text)[:40]!r}"


def few_texts(table: TableFile, column: int) -> list[str]:
    """The texts that the first rows have in a column, blank first; none where they are many."""
    seen = sorted(set(cells(table, column)) - {""})
    return ["", *seen] if 0 < len(seen) <= _SMALL_DICTIONARY and not any("\0" in one for one in seen) else []


def sql_number(cell: str) -> str:
    """SQL for the number a cell of text is, NULL where it is none: the engine alone would read 1_000."""
    return f"CASE WHEN NOT contains({cell}, '_') THEN TRY_CAST({cell} AS DOUBLE) END"


def apart(table: TableFile) -> bool:
    """Whether some digits of the file are set apart by underscores, which the engine would read as a number."""
    data = np.memmap(table.data, np.uint8, "r") if table.text and table.signature.size else np.empty(0, np.uint8)
    for start in range(0, len(data), _BLOCK):
        block = data[max(0, start - 1) : start + _BLOCK + 1]
        at = np.flatnonzero(block[1:-1] == ord("_"))
        if (((block[at] - ord("0")) < 10) & ((block[at + 2] - ord("0")) < 10)).any():
            return True
    return False


def sql_count(cell: str) -> str:
    """SQL for the count a cell of doubles holds, NULL for what is no small count."""
    count = f"CASE WHEN {cell} IS NULL THEN 0 WHEN {cell} >= 0 AND {cell} < {_SMALL_COUNT} THEN trunc({cell}) END"
    return f"CAST({count} AS USMALLINT)"


def malformed_lines(connection: duckdb.DuckDBPyConnection, table: TableFile, repaired: bool) -> dict[int, str]:
    """The lines that the engine could not read, and why. Unreadable when a repaired copy may be read whole."""
    if not table.text:
        return {}
    # Several errors of one row stand at one place; the engine's own line numbers miss line breaks in quotes.
    query = "SELECT line_byte_position, min(error_type::VARCHAR) FROM reject_errors GROUP BY 1 ORDER BY 1"
    found: list[tuple[int, str]] = connection.execute(query).fetchall()
    if not repaired and any(kind == _BAD_BYTES for _, kind in found):
        raise Unreadable
    lines = line_numbers(table, [position for position, _ in found])
    return {line: _REASONS.get(kind, clean_line(kind).lower()) for line, (_, kind) in zip(lines, found, strict=True)}


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
