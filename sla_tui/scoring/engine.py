"""The database in memory that reads the files: one per set of files, stoppable from another thread."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

import duckdb
import numpy as np
import numpy.typing as npt

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


_SESSION = "SET TimeZone = 'UTC'; SET enable_progress_bar = true; SET enable_progress_bar_print = false"
"""Times without a zone are UTC; how far a query is can be asked, and is never printed."""


class Stopped(Exception):
    """Reading was stopped because somebody asked for it."""


class Engine:
    """An in-memory database; each use takes a cursor of its own, so threads do not meet in one."""

    def __init__(self) -> None:
        self._database = duckdb.connect(":memory:", config=_CONFIG)
        self._database.execute(_SESSION)
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._lock = threading.Lock()
        self._stopped = False
        self._passed: float | None = None
        self._numbers = itertools.count()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A new connection to the same tables. Raises Stopped once stopped."""
        with self._lock:
            if self._stopped:
                raise Stopped
            made = self._database.cursor()
            made.execute(_SESSION)
            self._cursors.append(made)
            return made

    def release(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Closes a cursor that is done with."""
        with self._lock:
            self._cursors = [one for one in self._cursors if one is not cursor]
        cursor.close()

    def name(self, stem: str) -> str:
        """A name for a table or type that nobody else has."""
        return f"{stem}_{next(self._numbers)}"

    def drop_with(self, owner: object, table: str) -> None:
        """Drops a table once nobody holds ``owner`` any more."""
        weakref.finalize(owner, self._drop, table).atexit = False

    def _drop(self, table: str) -> None:
        with suppress(Stopped, duckdb.Error):
            cursor = self.cursor()
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            self.release(cursor)

    def stop(self) -> None:
        """Makes what runs now, and whatever is asked later, end with Stopped."""
        with self._lock:
            self._stopped = True
            for cursor in self._cursors:
                cursor.interrupt()

    @property
    def progress(self) -> float | None:
        """How far what runs now is, between 0 and 1; None where that is not known. From any thread."""
        with self._lock:
            share = max((cursor.query_progress() for cursor in self._cursors), default=-1.0)
        return self._passed if share < 0 else min(share / 100, 1.0)

    def passed(self, share: float) -> None:
        """Hears how far is what is done before a query, such as a copy in UTF-8. Raises Stopped once stopped."""
        self._passed = share if share < 1 else None
        if self._stopped:
            raise Stopped

    @property
    def stopped(self) -> bool:
        """Whether it has been stopped."""
        return self._stopped


def arrays(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> dict[str, npt.NDArray[Any]]:
    """A query's columns as arrays; a column with NULLs is a masked one."""
    found = cast("Any", connection.execute(query, list(values)))
    return cast("dict[str, npt.NDArray[Any]]", found.fetchnumpy())


def has_nulls(column: npt.NDArray[Any]) -> bool:
    """Whether a fetched column has a NULL."""
    # Where nothing is masked, what masks are made of stays unimported.
    return type(column) is not np.ndarray and bool(np.any(np.ma.getmaskarray(cast("Any", column))))


def plain(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A fetched column without its mask; what stands in place of a NULL is undefined."""
    return column if type(column) is np.ndarray else cast("npt.NDArray[Any]", np.ma.getdata(cast("Any", column)))
