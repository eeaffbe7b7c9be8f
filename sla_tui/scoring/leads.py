"""The leads read from files: what the scoring uses of them as codes, ids on request, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Column, Counts, Events, Longs, Texts
from sla_tui.scoring.engine import Engine
from sla_tui.scoring.headers import Names
from sla_tui.scoring.readlog import Log, events, read_log
from sla_tui.scoring.readtable import Table, Unreadable, line_at, lines_of_rows, read_table, row_numbers
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Need, kept_open, met
from sla_tui.scoring.sqltests import in_sql
from sla_tui.scoring.tablefile import opened, signature

_CHUNK = 20_000


@dataclass(frozen=True)
class Files:
    """Where the leads are: a table, an activity log or both, and what their columns mean."""

    leads: Path | None = None
    activity: Path | None = None
    mapping: LeadMapping = field(default_factory=LeadMapping)


@dataclass(frozen=True, eq=False)
class Leads:
    """Leads by index, 0 to ``size`` - 1, in the file's order; a log's leads alone in the order of their ids.

    ``held`` says what of the files was read; ``rejected`` what no scoring could use of them.
    """

    files: Files
    names: Names
    size: int
    columns: dict[Need, Column]
    events: dict[str, Events]
    log: Log | None
    rejected: tuple[Rejected, ...]
    engine: Engine = field(repr=False)
    ids_table: str | None = field(repr=False)
    rows: Longs | None = field(repr=False, default=None)
    malformed: tuple[int, ...] = field(repr=False, default=())

    @cached_property
    def held(self) -> frozenset[Need]:
        """What was read."""
        return frozenset(self.columns) | {Need("activity", activity=name) for name in self.events}

    def missing(self, needs: Iterable[Need]) -> frozenset[Need]:
        """Which of ``needs`` were not read; activities the log does not have are never missing."""
        in_log = self.names.activities or frozenset()
        return frozenset(
            need for need in needs if not met(need, self.held) and (need.kind != "activity" or need.activity in in_log)
        )

    @property
    def last_day(self) -> date | None:
        """The log's last day, which scores are as of unless another is given."""
        return self.log.last if self.log else None

    @property
    def activities(self) -> tuple[tuple[str, int], ...]:
        """The log's activities and how often each happened, most frequent first."""
        return self.log.activities if self.log else ()

    def texts(self, column: int) -> Texts | None:
        """A column as text, if it was read so."""
        found = self.columns.get(Need("text", column))
        return found if isinstance(found, Texts) else None

    def counted(self, column: int) -> Texts | Counts:
        """A column as counts. KeyError unless it was read."""
        found = self.columns.get(Need("count", column)) or self.columns[Need("text", column)]
        if isinstance(found, (Texts, Counts)):
            return found
        raise KeyError(column)

    def frequent(self, column: int, most: int = 12) -> tuple[tuple[str, int], ...]:
        """A column's most frequent texts and on how many leads each stands; blank and unknown ones left out.

        Empty while the column has not been read as text.
        """
        found = self.texts(column)
        if found is None:
            return ()
        times = np.bincount(found.codes, minlength=len(found.texts))
        times[~found.known] = 0
        order: list[int] = np.argsort(-times, kind="stable")[:most].tolist()
        return tuple((clean_line(found.texts[code]), int(times[code])) for code in order if times[code])

    def ids(self, indexes: Sequence[int]) -> list[str]:
        """The ids of some leads, without control characters."""
        if self.ids_table is None:
            return [str(self._number(index)) for index in indexes]
        rows = [int(self.rows[index]) if self.rows is not None else int(index) for index in indexes]
        cursor = self.engine.cursor()
        try:
            found: dict[int, str] = dict(
                cursor.execute(
                    f"SELECT rowid, id FROM {self.ids_table} WHERE rowid IN (SELECT unnest(?::BIGINT[]))", [rows]
                ).fetchall()
            )
        finally:
            self.engine.release(cursor)
        return [_shown(found[row]) for row in rows]

    def all_ids(self) -> Iterator[list[str]]:
        """The ids of all leads in order, some thousands at a time."""
        if self.ids_table is None:
            for start in range(0, self.size, _CHUNK):
                yield [str(self._number(index)) for index in range(start, min(start + _CHUNK, self.size))]
            return
        cursor = self.engine.cursor()
        try:
            kept = None if self.rows is None else set(self.rows.tolist())
            cursor.execute(f"SELECT rowid, id FROM {self.ids_table} ORDER BY rowid")
            while found := cursor.fetchmany(_CHUNK):
                if chunk := [_shown(name) for row, name in found if kept is None or row in kept]:
                    yield chunk
        finally:
            self.engine.release(cursor)

    def index_of(self, name: str) -> int | None:
        """The index of the lead with an id, None when there is none."""
        if self.ids_table is None:
            return next((at for at in range(self.size) if str(self._number(at)) == name), None)
        cursor = self.engine.cursor()
        try:
            query = f"SELECT min(rowid) FROM {self.ids_table} WHERE id = ?"
            found = cursor.execute(query, [name]).fetchone()
        finally:
            self.engine.release(cursor)
        if not found or found[0] is None:
            return None
        row = int(found[0])
        if self.rows is None:
            return row
        at = int(np.searchsorted(self.rows, row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    @cached_property
    def _numbers(self) -> Longs | None:
        if not self.malformed or self.files.leads is None:
            return None
        with opened(self.files.leads) as table:
            return row_numbers(table, self.malformed)

    def _number(self, index: int) -> int:
        return index + 1 if self._numbers is None else int(self._numbers[index])

    def lines(self, indexes: Sequence[int]) -> list[int]:
        """The lines some leads stand on in the table; 0 where the file is no longer the one that was read."""
        if self.files.leads is None or not len(indexes):
            return [0] * len(indexes)
        try:
            with opened(self.files.leads) as table:
                lines = lines_of_rows(table, self.malformed)
        except UserError:
            return [0] * len(indexes)
        rows = [int(self.rows[index]) if self.rows is not None else int(index) for index in indexes]
        return [line_at(lines, row) for row in rows]


def _shown(name: str) -> str:
    return name if name.isprintable() else clean_line(name)


def read_leads(
    files: Files,
    needs: Callable[[Names], Iterable[Need]],
    everything: bool = False,
    before: Leads | None = None,
    engine: Engine | None = None,
    fixed: bool = False,
) -> Leads:
    """Reads what ``needs`` asks for once the files' columns and activities are known, or all there is.

    ``fixed``: for one scoring that will not be edited, whose conditions are answered while reading.
    ``before``: leads read from the same files, whose log is used again if the file is still the same, and whose
    columns are read again with the new ones. Slow for large files: call it in a worker; ``engine.stop()`` from
    another thread ends it with Stopped. UserError says what is wrong with a file and what to do.
    """
    if files.leads is None and files.activity is None:
        raise UserError("there are no leads to score", "give a table with --leads, a log with --activity, or both")
    engine = engine or (before.engine if before and not before.engine.stopped else Engine())
    log = _log(files, before, engine)
    activities = None if log is None else frozenset(name for name, _ in log.activities)
    if files.leads is None:
        names = Names(None, activities, files.mapping, "", str(files.activity))
        return _with_events(files, names, engine, log, None, list(needs(names)), everything, before)
    try:
        return _with_table(files, needs, everything, before, engine, log, activities, fixed, repaired=False)
    except Unreadable:
        return _with_table(files, needs, everything, before, engine, log, activities, fixed, repaired=True)


def _log(files: Files, before: Leads | None, engine: Engine) -> Log | None:
    if files.activity is None:
        return None
    old = before.log if before and before.engine is engine and before.files.mapping == files.mapping else None
    return (
        old if old and old.signature == signature(files.activity) else read_log(engine, files.activity, files.mapping)
    )


def _with_table(
    files: Files,
    needs: Callable[[Names], Iterable[Need]],
    everything: bool,
    before: Leads | None,
    engine: Engine,
    log: Log | None,
    activities: frozenset[str] | None,
    fixed: bool,
    repaired: bool,
) -> Leads:
    assert files.leads is not None
    with opened(files.leads, repair=repaired) as file:
        names = Names(file.columns, activities, files.mapping, str(files.leads), str(files.activity or ""))
        wanted = {need if fixed and in_sql(need) else kept_open(need) for need in needs(names)}
        if before is not None and before.names.columns == file.columns:
            wanted |= {kept_open(need) for need in before.held}
        if everything:
            wanted |= {Need("text", at) for at in range(len(file.columns))}
        texts = {need.column for need in wanted if need.kind == "text"}
        columns = [
            need for need in wanted if need.kind != "activity" and (need.kind == "text" or need.column not in texts)
        ]
        table = read_table(engine, file, columns, names.id(), files.mapping.unknown or (), repaired)
    return _with_events(files, names, engine, log, table, list(wanted), everything, before)


def _with_events(
    files: Files,
    names: Names,
    engine: Engine,
    log: Log | None,
    table: Table | None,
    wanted: list[Need],
    everything: bool,
    before: Leads | None,
) -> Leads:
    ids, size, place = _ids(engine, log, table, files)
    activities = {need.activity for need in wanted if need.kind == "activity"}
    if before is not None:
        activities |= set(before.events)
    happened: dict[str, Events] = {}
    if log is not None and ids is not None:
        for name, _ in log.activities:
            if everything or name in activities:
                happened[name] = events(engine, log, name, ids, place)
    return Leads(
        files=files,
        names=names,
        size=size,
        columns=table.columns if table else {},
        events=happened,
        log=log,
        rejected=(table.rejected if table else ()) + (log.rejected if log else ()),
        engine=engine,
        ids_table=ids if table is None or table.named else None,
        rows=table.rows if table else None,
        malformed=table.malformed if table else (),
    )


def _ids(engine: Engine, log: Log | None, table: Table | None, files: Files) -> tuple[str | None, int, Longs | None]:
    """The engine's table of ids, the number of leads, and the lead's index by row where they differ."""
    if table is not None and table.named:
        if table.rows is None or not log:
            return table.ids, table.size, None
        place = np.full(table.total, -1, np.int64)
        place[table.rows] = np.arange(table.size)
        return table.ids, table.size, place
    if table is not None and log is None:
        return None, table.size, None
    name = engine.name("ids")
    cursor = engine.cursor()
    try:
        if table is None:
            assert log is not None
            cursor.execute(f"CREATE TABLE {name} AS SELECT DISTINCT lead AS id FROM {log.name} ORDER BY id")
            found = cursor.execute(f"SELECT count(*) FROM {name}").fetchone()
            return name, int(found[0]) if found else 0, None
        numbers = list(range(1, table.size + 1))
        if table.malformed and files.leads is not None:
            with opened(files.leads) as file:
                numbers = row_numbers(file, table.malformed).tolist()
        cursor.execute(f"CREATE TABLE {name} AS SELECT CAST(unnest(?::BIGINT[]) AS VARCHAR) AS id", [numbers])
        return name, table.size, None
    finally:
        engine.release(cursor)
