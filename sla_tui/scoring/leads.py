"""The leads read from files: what the scoring uses of them as codes, ids on request, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Column, Counts, Events, Texts
from sla_tui.scoring.engine import Engine
from sla_tui.scoring.happened import events
from sla_tui.scoring.headers import Names
from sla_tui.scoring.ids import Ids
from sla_tui.scoring.pace import Span
from sla_tui.scoring.readlog import Log, read_log
from sla_tui.scoring.readonce import read_once
from sla_tui.scoring.readtable import Table, Unreadable, read_table
from sla_tui.scoring.repeats import Repeats
from sla_tui.scoring.results import Rejected
from sla_tui.scoring.sources import Happened, Need, Source, kept_open, met
from sla_tui.scoring.span import log_span, table_span
from sla_tui.scoring.sqltests import in_sql
from sla_tui.scoring.tablefile import TableFile, opened, signature
from sla_tui.scoring.weighing import MOST, Weighing


@dataclass(frozen=True)
class Files:
    """Where the leads are: a table, an activity log or both, and what their columns mean.

    ``unread`` is a log that is there and is not to be read, for messages.
    """

    leads: Path | None = None
    activity: Path | None = None
    mapping: LeadMapping = field(default_factory=LeadMapping)
    unread: Path | None = None


@dataclass(frozen=True)
class Fixed:
    """A scoring that will not be edited: what it reads by names that were looked up, and the day it weighs on."""

    sources: Callable[[Names], Iterable[Source]]
    as_of: date | None = None


@dataclass(frozen=True, eq=False)
class Leads:
    """Leads by index, 0 to ``size`` - 1, in the file's order; a log's leads alone in the order of their ids.

    ``held`` says what of the files was read; ``rejected`` what no scoring could use of them; ``repeats`` the leads of
    which it uses one of several; ``weighing`` what takes the place of ``events`` for a scoring that will not be edited;
    ``span`` is None where nothing tells the weeks they came in.
    """

    files: Files
    names: Names
    size: int
    columns: dict[Need, Column]
    events: dict[str, Events]
    log: Log | None
    rejected: tuple[Rejected, ...]
    engine: Engine = field(repr=False)
    ids: Ids = field(repr=False)
    span: Span | None = None
    repeats: Repeats | None = field(default=None, repr=False)
    weighing: Weighing | None = field(default=None, repr=False)

    @cached_property
    def held(self) -> frozenset[Need]:
        """What was read."""
        heard = self.events if self.weighing is None else self.names.activities or ()
        return frozenset(self.columns) | {Need("activity", activity=name) for name in heard}

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


def read_leads(
    files: Files,
    needs: Callable[[Names], Iterable[Need]],
    everything: bool = False,
    before: Leads | None = None,
    engine: Engine | None = None,
    fixed: Fixed | None = None,
) -> Leads:
    """Reads what ``needs`` asks for once the files' columns and activities are known, or all there is.

    ``fixed``: the one scoring that it is read for, whose conditions are answered while reading.
    ``before``: leads read from the same files, whose log is used again if the file is still the same, and whose
    columns are read again with the new ones. Slow for large files: call it in a worker; ``engine.stop()`` from
    another thread ends it with Stopped. UserError says what is wrong with a file and what to do.
    """
    if files.leads is None and files.activity is None:
        raise UserError("there are no leads to score", "give a table with --leads, a log with --activity, or both")
    for path in (files.leads, files.activity):
        if path is not None:
            _refuse_unnameable(path)
    engine = engine or (before.engine if before and not before.engine.stopped else Engine())
    reading = _Reading(files, needs, everything, before, engine, fixed)
    try:
        return reading.read(repaired=False)
    except Unreadable:
        return reading.read(repaired=True)


def _refuse_unnameable(path: Path) -> None:
    """The engine is told of files by name, and takes no name that is not UTF-8."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        message = "leads cannot be read from here: the name of the file or of a folder it lies in is not UTF-8"
        raise UserError(message, "rename it", Place(str(path))) from None


@dataclass(frozen=True)
class _Reading:
    """One reading of a set of files."""

    files: Files
    needs: Callable[[Names], Iterable[Need]]
    everything: bool
    before: Leads | None
    engine: Engine
    fixed: Fixed | None

    @cached_property
    def _log(self) -> Log | None:
        path, before = self.files.activity, self.before
        if path is None:
            return None
        same = before is not None and before.engine is self.engine and before.files.mapping == self.files.mapping
        old = before.log if before and same else None
        return old if old and old.signature == signature(path) else read_log(self.engine, path, self.files.mapping)

    def _names(self, columns: tuple[str, ...] | None) -> Names:
        activities = frozenset(name for name, _ in self._log.activities) if self._log else None
        files = self.files
        table, log, unread = (str(path or "") for path in (files.leads, files.activity, files.unread))
        return Names(columns, activities, files.mapping, table, log, unread)

    def read(self, repaired: bool) -> Leads:
        if self.files.leads is None:
            names = self._names(None)
            return self._joined(names, set(self.needs(names)), None, None, log_span(self._log))
        _ = self._log  # the log first: a name may be one of its activities
        with opened(self.files.leads, repair=repaired, passed=self.engine.passed) as file:
            names = self._names(file.columns)
            wanted = set(self.needs(names))
            column = names.id()
            table = self._table(file, wanted, column, repaired)
            span = self._span(file, names)
        ids = Ids(self.engine, table.size, table, self._log, column, self.files.leads, file.signature)
        return self._joined(names, wanted, table, ids, span)

    def _span(self, file: TableFile, names: Names) -> Span | None:
        before = self.before
        if before is not None and before.files == self.files and before.names.columns == names.columns:
            return before.span
        return table_span(self.engine, file, names) or log_span(self._log)

    def _table(self, file: TableFile, wanted: set[Need], column: int | None, repaired: bool) -> Table:
        unknown = self.files.mapping.unknown or ()
        if self.fixed and not self.everything and not repaired:
            once = {need if in_sql(need) else kept_open(need) for need in wanted if need.kind != "activity"}
            if found := read_once(self.engine, file, once, column, unknown):
                return found
        lasting = {kept_open(need) for need in wanted}
        if self.before is not None and self.before.names.columns == file.columns:
            lasting |= {kept_open(need) for need in self.before.held}
        if self.everything:
            lasting |= {Need("text", at) for at in range(len(file.columns))}
        texts = {need.column for need in lasting if need.kind == "text"}
        columns = [
            need for need in lasting if need.kind != "activity" and (need.kind == "text" or need.column not in texts)
        ]
        return read_table(self.engine, file, columns, column, unknown, repaired)

    def _weighing(self, names: Names, ids: Ids | None) -> tuple[Weighing | None, Ids]:
        """What adds up the log's activities itself for a scoring that will not be edited; and the leads' ids."""
        log, fixed = self._log, self.fixed
        day = (fixed.as_of or log.last) if log and fixed else None
        there = names.activities or ()
        sources = fixed.sources(names) if fixed else ()
        happened = [one for one in dict.fromkeys(sources) if isinstance(one, Happened) and one.activity in there]
        if log is None or day is None or self.everything or not 0 < len(happened) <= MOST:
            return None, ids or Ids(self.engine, 0, None, log)
        if ids is not None:
            return Weighing(self.engine, log, ids.name, ids.place, ids.size), ids
        weighing = Weighing(self.engine, log)
        return weighing, Ids(self.engine, 0, None, log, made=weighing.leads_of(happened, day))

    def _joined(
        self, names: Names, wanted: set[Need], table: Table | None, ids: Ids | None, span: Span | None
    ) -> Leads:
        log = self._log
        weighing, ids = self._weighing(names, ids)
        size = table.size if table else self._lead_count(ids)
        activities = {need.activity for need in wanted if need.kind == "activity"}
        if self.before is not None:
            activities |= set(self.before.events)
        some = log.activities if log and weighing is None else ()
        there = [name for name, _ in some if self.everything or name in activities]
        happened = events(self.engine, log, there, ids.name, ids.place) if log and there else dict[str, Events]()
        return Leads(
            files=self.files,
            names=names,
            size=size,
            columns=table.columns if table else {},
            events=happened,
            log=log,
            rejected=(table.rejected if table else ()) + (log.rejected if log else ()),
            engine=self.engine,
            ids=ids,
            span=span,
            repeats=table.repeats if table else None,
            weighing=weighing,
        )

    def _lead_count(self, ids: Ids) -> int:
        cursor = self.engine.cursor()
        try:
            found = cursor.execute(f"SELECT count(*) FROM {ids.name}").fetchone()
            return int(found[0]) if found else 0
        finally:
            self.engine.release(cursor)
