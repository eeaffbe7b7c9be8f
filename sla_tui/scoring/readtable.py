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
from sla_tui.scoring.columns import Column, Counts, Longs, Numbers, Texts, narrow
from sla_tui.scoring.engine import Engine, Stopped, arrays, has_nulls, plain
from sla_tui.scoring.lines import line_numbers, lines_of_rows
from sla_tui.scoring.repeats import Repeats, own_ids
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Need
from sla_tui.scoring.sqltests import known_cell
from sla_tui.scoring.tablefile import TableFile, cells
from sla_tui.scoring.values import number

_SMALL_DICTIONARY = 250
_BLOCK = 1 << 20
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
    column names the leads. ``repeats`` are those kept that share their id.
    """

    ids: str
    named: bool
    size: int
    total: int
    columns: dict[Need, Column]
    rows: Longs | None = None
    rejected: tuple[Rejected, ...] = ()
    malformed: tuple[int, ...] = field(default=(), repr=False)
    repeats: Repeats | None = field(default=None, repr=False)


def read_table(
    engine: Engine,
    table: TableFile,
    needs: Iterable[Need],
    id_column: int | None,
    unknown: Sequence[str],
    repaired: bool,
) -> Table:
    """Reads the needed columns of every row that has as many cells as the header, and an id.

    Raises Unreadable when a copy put right should be tried, UserError when that was tried, Stopped when stopped.
    """
    reader = _Reader(engine, table, tuple(needs), id_column, unknown)
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
    ) -> None:
        self._engine = engine
        self._table = table
        self._needs = needs
        self._id = id_column
        self._unknown = frozenset(unknown)
        self._numeric_unknown = any(number(word) is not None for word in unknown)
        self._connection = engine.cursor()
        self._name = ""

    def close(self) -> None:
        self._engine.release(self._connection)

    def read(self, repaired: bool) -> Table:
        self._scan()
        malformed = malformed_lines(self._connection, self._table, repaired)
        arrays_ = self._fetch([f"k{at}" for at, need in enumerate(self._needs) if self._coded(need)])
        size = total = self._one(f"SELECT count(*) FROM {self._name}")
        columns = {need: self._column(at, need, arrays_.get(f"k{at}")) for at, need in enumerate(self._needs)}
        rejected = [Rejected(str(self._table.path), line, reason) for line, reason in malformed.items()]
        rows, nameless, repeats = self._repeated(size, tuple(malformed))
        rejected = sorted([*rejected, *nameless], key=lambda one: one.line)
        if rows is not None:
            columns = {need: column.at(rows) for need, column in columns.items()}
            size = len(rows)
        named = self._id is not None
        found = Table(self._name, named, size, total, columns, rows, tuple(rejected), tuple(malformed), repeats)
        self._engine.drop_with(found, self._name)
        return found

    def _one(self, query: str) -> Any:
        row = self._connection.execute(query).fetchone()
        return row[0] if row else None

    def _fetch(self, names: list[str]) -> dict[str, npt.NDArray[Any]]:
        if not names:
            return {}
        return arrays(self._connection, f"SELECT {', '.join(names)} FROM {self._name}")

    def _scan(self) -> None:
        """Reads the file into a table: of each need k, its code or number, and r, its text where that is left over."""
        self._name = self._engine.name("lead")
        chosen = [f"nullif(trim(c{self._id}), '') AS id"] if self._id is not None else ["true AS id"]
        for at, need in enumerate(self._needs):
            chosen += self._expressions(at, need)
        relation = self._table.relation()
        self._connection.execute(f"CREATE TABLE {self._name} AS SELECT {', '.join(chosen)} FROM {relation}")

    def _dictionary(self, column: int) -> list[str]:
        """The texts of a column with few of them, blank first, as the first rows have them; empty where they are many.

        The engine codes these in its one pass, which is quicker than keeping texts to code them afterwards.
        """
        return few_texts(self._table, column)

    def _coded(self, need: Need) -> bool:
        """Whether the engine gives codes or numbers for a need; else its text, to be coded."""
        if need.kind == "text":
            return bool(self._dictionary(need.column))
        # A word for unknown that is a number has to be seen as text.
        return need.kind != "count" or not self._numeric_unknown

    def _expressions(self, at: int, need: Need) -> list[str]:
        cell = f"c{need.column}"
        if not self._coded(need):
            return [f"coalesce({cell}, '') AS r{at}"]
        if need.kind == "number":
            return [f"{self._value(cell)} AS k{at}"]
        if need.kind == "count":
            code = sql_count(cell, sql_number(cell))
        else:
            kind = f"{self._name}_{at}"
            self._connection.execute(
                f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [self._dictionary(need.column)]
            )
            code = f"enum_code(TRY_CAST(coalesce({cell}, '') AS {kind}))"
        return [f"{code} AS k{at}", f"CASE WHEN {code} IS NULL THEN {cell} END AS r{at}"]

    def _value(self, cell: str) -> str:
        value = sql_number(cell)
        value = f"CASE WHEN isfinite({value}) THEN {value} END"
        return f"CASE WHEN {known_cell(cell, self._unknown)} THEN {value} END" if self._numeric_unknown else value

    def _column(self, at: int, need: Need, found: npt.NDArray[Any] | None) -> Column:
        if found is None:
            return self._texts(at, [], None)
        codes = plain(found)
        if need.kind == "number":
            blank = np.ma.getmaskarray(found) if has_nulls(found) else False
            return Numbers(np.where(np.isfinite(codes) & ~np.asarray(blank), codes, np.nan))
        if need.kind == "text":
            known = self._dictionary(need.column)
            return self._texts(at, known, codes) if has_nulls(found) else Texts(codes, known, self._unknown)
        if not has_nulls(found):
            return Counts(codes)
        most = int(codes[~np.ma.getmaskarray(found)].max(initial=0))
        return self._texts(at, [str(count) for count in range(most + 1)], codes)

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

    def _repeated(
        self, size: int, malformed: tuple[int, ...]
    ) -> tuple[Longs | None, tuple[Rejected, ...], Repeats | None]:
        """The rows with an id, None for all; the others; and those that share it."""
        if self._id is None or self._one(f"SELECT count(DISTINCT id) FROM {self._name}") == size:
            return None, (), None
        found: list[tuple[int, str | None]] = self._connection.execute(
            f"SELECT rowid, id FROM (SELECT rowid, id, count(*) OVER (PARTITION BY id) AS n FROM {self._name}) "
            "WHERE id IS NULL OR n > 1 ORDER BY rowid"
        ).fetchall()
        return own_ids(str(self._table.path), found, lines_of_rows(self._table, malformed), size)


def uncountable(column: str, text: str, reason: str) -> str:
    """Why a row is left out whose cell is no count."""
    return f"{column} {reason}: {clean_line(text)[:40]!r}"


def few_texts(table: TableFile, column: int) -> list[str]:
    """The texts that the first rows have in a column, blank first; none where they are many."""
    seen = sorted(set(cells(table, column)) - {""})
    return ["", *seen] if 0 < len(seen) <= _SMALL_DICTIONARY and not any("\0" in one for one in seen) else []


def sql_number(cell: str) -> str:
    """SQL for the number a cell of text is, NULL where it is none: the engine alone would read 1_000 and +-1."""
    return f"CASE WHEN NOT contains({cell}, '_') AND NOT contains({cell}, '+-') THEN TRY_CAST({cell} AS DOUBLE) END"


def apart(table: TableFile) -> bool:
    """Whether the file has digits set apart by underscores or two signs, which the engine would read as a number."""
    block, kept = bytearray(_BLOCK), b""
    with table.data.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            # One byte is looked for many times as quickly as two, and most files have few of these.
            marked, signed = (byte in kept or block.find(byte, 0, size) >= 0 for byte in (b"_", b"+"))
            if marked or signed:
                found = kept + block[:size]
                if (signed and b"+-" in found) or (marked and _set_apart(np.frombuffer(found, np.uint8))):
                    return True
            kept = bytes(block[max(0, size - 2) : size])
    return False


def _set_apart(data: npt.NDArray[np.uint8]) -> bool:
    at = np.flatnonzero(data[1:-1] == ord("_"))
    return bool((((data[at] - ord("0")) < 10) & ((data[at + 2] - ord("0")) < 10)).any())


def sql_count(cell: str, value: str) -> str:
    """SQL for the count that a cell's ``value``, a double, is: 0 where the cell is blank, NULL for no small count."""
    # Below 0 rounded down, so that it is none.
    found = f"coalesce({cell}, 0)" if value == cell else f"CASE WHEN {cell} IS NULL THEN 0 ELSE {value} END"
    return f"TRY_CAST(floor({found}) AS USMALLINT)"


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
