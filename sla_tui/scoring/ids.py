"""The ids of leads, which stay in the engine and are fetched where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Longs
from sla_tui.scoring.engine import Engine
from sla_tui.scoring.lines import line_at, lines_of_rows, row_numbers
from sla_tui.scoring.readlog import Log
from sla_tui.scoring.readtable import Table
from sla_tui.scoring.tablefile import Signature, opened

_CHUNK = 20_000
_KEPT = 2_000
"""Ids fetched last that are kept, for the same leads are shown again with most changes."""


@dataclass(frozen=True, eq=False)
class Ids:
    """Names leads by their index: by a column's text, by a log's, or by the row's number in the file.

    ``column`` is None for rows named by number. ``path`` and ``state`` are the table's file as it was read. ``made`` is
    the engine's table of a log's ids, where there is one.
    """

    engine: Engine
    size: int
    table: Table | None
    log: Log | None
    column: int | None = None
    path: Path | None = None
    state: Signature | None = None
    made: str = ""

    @cached_property
    def name(self) -> str:
        """The engine's table with a row for each row read and its ``id`` as text; made when first needed.

        UserError when the file has to be looked into for that and is no longer the one that was read.
        """
        if self.table is not None and self.table.ids and self.table.named:
            return self.table.ids
        if self.made:
            self.engine.drop_with(self, self.made)
            return self.made
        made = self.engine.name("ids")
        cursor = self.engine.cursor()
        try:
            if self.table is None:
                assert self.log is not None
                cursor.execute(f"CREATE TABLE {made} AS SELECT DISTINCT lead AS id FROM {self.log.name} ORDER BY id")
            elif self.column is None:
                numbers = [self._number(index) for index in range(self.size)]
                cursor.execute(f"CREATE TABLE {made} AS SELECT CAST(unnest(?::BIGINT[]) AS VARCHAR) AS id", [numbers])
            else:
                assert self.path is not None
                with opened(self.path) as file:
                    if file.signature != self.state:
                        raise UserError(
                            "this file has changed since it was read", "read it again", Place(str(self.path))
                        )
                    relation = file.relation()
                    cursor.execute(
                        f"CREATE TABLE {made} AS SELECT nullif(trim(c{self.column}), '') AS id FROM {relation}"
                    )
        finally:
            self.engine.release(cursor)
        self.engine.drop_with(self, made)
        return made

    @cached_property
    def place(self) -> Longs | None:
        """The lead's index by its row in that table, -1 for a row left out; None when they are the same."""
        if self._rows is None or self.table is None:
            return None
        place = np.full(self.table.total, -1, np.int64)
        place[self._rows] = np.arange(self.size)
        return place

    @property
    def _rows(self) -> Longs | None:
        return self.table.rows if self.table else None

    @property
    def _numbered(self) -> bool:
        return self.table is not None and not self.table.named

    def _row(self, index: int) -> int:
        return int(index) if self._rows is None else int(self._rows[index])

    @cached_property
    def _numbers(self) -> Longs | None:
        if self.table is None or not self.table.malformed or self.path is None:
            return None
        with opened(self.path) as file:
            return row_numbers(file, self.table.malformed)

    def _number(self, index: int) -> int:
        return index + 1 if self._numbers is None else int(self._numbers[index])

    def some(self, indexes: Sequence[int]) -> list[str]:
        """The ids of some leads, without control characters."""
        if self._numbered:
            return [str(self._number(index)) for index in indexes]
        known = self._known
        if not all(index in known for index in indexes):
            # Another one takes its place, for a thread may be reading this one.
            kept = known if len(known) + len(indexes) <= _KEPT else {}
            known = kept | dict(zip(indexes, self._fetched(indexes), strict=True))
            self.__dict__["_known"] = known
        return [known[index] for index in indexes]

    @cached_property
    def _known(self) -> dict[int, str]:
        return {}

    def _fetched(self, indexes: Sequence[int]) -> list[str]:
        rows = [self._row(index) for index in indexes]
        query = f"SELECT rowid, id FROM {self.name} WHERE rowid IN (SELECT unnest(?::BIGINT[]))"
        cursor = self.engine.cursor()
        try:
            found: dict[int, str] = dict(cursor.execute(query, [rows]).fetchall())
        finally:
            self.engine.release(cursor)
        return [_shown(found[row]) for row in rows]

    def chunks(self) -> Iterator[list[str]]:
        """The ids of all leads in order, some thousands at a time."""
        if self._numbered:
            for start in range(0, self.size, _CHUNK):
                yield [str(self._number(index)) for index in range(start, min(start + _CHUNK, self.size))]
            return
        kept = None if self._rows is None else set(self._rows.tolist())
        query = f"SELECT rowid, id FROM {self.name} ORDER BY rowid"
        cursor = self.engine.cursor()
        try:
            cursor.execute(query)
            while found := cursor.fetchmany(_CHUNK):
                if chunk := [_shown(name) for row, name in found if kept is None or row in kept]:
                    yield chunk
        finally:
            self.engine.release(cursor)

    def lines(self, indexes: Sequence[int]) -> list[int]:
        """The lines some leads stand on in the table; 0 where the file is no longer the one that was read."""
        if self.path is None or self.table is None or not len(indexes):
            return [0] * len(indexes)
        try:
            with opened(self.path) as file:
                if file.signature != self.state:
                    return [0] * len(indexes)
                lines = lines_of_rows(file, self.table.malformed)
        except UserError:
            return [0] * len(indexes)
        return [line_at(lines, self._row(index)) for index in indexes]


def _shown(name: str) -> str:
    return name if name.isprintable() else clean_line(name)
