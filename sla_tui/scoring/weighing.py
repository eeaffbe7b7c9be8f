"""What activities of a log are worth by their age, and for a scoring that stays as it is, each lead's sum of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import duckdb
import numpy as np

from sla_tui.scoring.columns import Longs
from sla_tui.scoring.engine import Engine, Stopped, arrays
from sla_tui.scoring.readlog import EPOCH, Log
from sla_tui.scoring.sources import Happened
from sla_tui.scoring.tablefile import quoted

ONE = 1024
"""The weight of one thing that happened, or of a condition that holds."""
MOST = 24
"""With more of them it is quicker to count each activity once and weigh it later."""


@lru_cache(maxsize=64)
def weights(half_life: int, days: int) -> Longs:
    """The weight of an activity by its age in days, 0 to ``days`` - 1: floor(1024 · 2^(-age/half_life) + 0.5)."""
    if not half_life:
        return np.full(days, ONE, np.int64)
    found = np.zeros(days, np.int64)
    lasting = min(days, 11 * half_life + 1)  # one day later it would round to nothing
    found[:lasting] = [int(ONE * 2.0 ** (-age / half_life) + 0.5) for age in range(lasting)]
    return found


class Weighing:
    """Units by lead that the engine adds up itself, for as many sources at a time as are asked for.

    ``ids`` is the engine's table of ids, made here by ``leads_of`` where the leads are those of the log; ``place``
    tells the lead's index by the row there, below 0 for a row left out, None when they are the same.
    """

    def __init__(self, engine: Engine, log: Log, ids: str = "", place: Longs | None = None, size: int = 0) -> None:
        self._engine, self._log = engine, log
        self._ids, self._place, self._size = ids, place, size
        self._units: dict[tuple[Happened, date], Longs] = {}
        self._joined: bool | None = None

    @property
    def met(self) -> bool:
        """Whether anything that was asked for belongs to a lead; so while nothing was."""
        return self._joined is not False

    def leads_of(self, sources: Sequence[Happened], day: date) -> str:
        """Makes the table of ids, those of the log in their order, while it adds up for some sources."""
        self._ids = self._engine.name("ids")
        query = (
            f"CREATE TABLE {self._ids} AS SELECT lead AS id, {_sums(sources)} FROM {self._aged(sources, day)} "
            "GROUP BY lead ORDER BY id"
        )
        connection = self._engine.cursor()
        try:
            connection.execute(query)
            for at, source in enumerate(sources):
                self._units[source, day] = arrays(connection, f"SELECT u{at} FROM {self._ids}")[f"u{at}"]
                connection.execute(f"ALTER TABLE {self._ids} DROP COLUMN u{at}")
        except duckdb.Error as error:
            if self._engine.stopped:
                raise Stopped from error
            raise
        finally:
            self._engine.release(connection)
        self._size = len(self._units[sources[0], day])
        return self._ids

    def prepare(self, sources: Iterable[Happened], day: date) -> None:
        """Adds up what is not known yet of some sources, in one pass over the log."""
        asked = [source for source in dict.fromkeys(sources) if (source, day) not in self._units]
        if not asked:
            return
        used = ", ".join(dict.fromkeys(quoted(source.activity) for source in asked))
        query = (
            f"SELECT l.rowid AS row, u.* EXCLUDE (lead) FROM {self._ids} l JOIN (SELECT lead, {_sums(asked)} "
            f"FROM {self._aged(asked, day)} WHERE activity IN ({used}) AND lead IN (SELECT id FROM {self._ids}) "
            "GROUP BY lead) u ON u.lead = l.id"
        )
        connection = self._engine.cursor()
        try:
            found = arrays(connection, query)
        except duckdb.Error as error:
            if self._engine.stopped:
                raise Stopped from error
            raise
        finally:
            self._engine.release(connection)
        row = found["row"]
        where = row if self._place is None else self._place[row]
        kept = slice(None) if self._place is None else where >= 0
        self._joined = self._joined or bool(len(where[kept]))
        for at, source in enumerate(asked):
            units = np.zeros(self._size, np.int64)
            units[where[kept]] = found[f"u{at}"][kept]
            self._units[source, day] = units

    def units(self, source: Happened, day: date) -> Longs:
        """Each lead's units of one source on a day."""
        self.prepare((source,), day)
        return self._units[source, day]

    def _aged(self, sources: Sequence[Happened], day: date) -> str:
        """SQL for the log with each row's age, and its weight by each half-life."""
        today = (day - EPOCH).days
        age = f"({today} - day)"
        oldest = today - (self._log.first - EPOCH).days if self._log.first else 0
        worth: list[str] = []
        for half_life in sorted({source.half_life for source in sources} - {0}):
            table = np.trim_zeros(weights(half_life, max(oldest + 1, 1)), "b").tolist()
            # A place below 1 would be counted from the end of the list.
            worth.append(f"CASE WHEN {age} >= 0 THEN list_extract({table}::INTEGER[], {age} + 1) END AS w{half_life}")
        return f"(SELECT lead, activity, {', '.join([f'{age} AS age', *worth])} FROM {self._log.name})"


def _sums(sources: Sequence[Happened]) -> str:
    """SQL for the units of some sources, u0, u1, …, over a lead's rows."""
    return ", ".join(f"{_sum(source)} AS u{at}" for at, source in enumerate(sources))


def _sum(source: Happened) -> str:
    there = [f"activity = {quoted(source.activity)}"]
    if source.window:
        there.append(f"age < {source.window}")
    if source.half_life:
        adds = "max" if source.once else "sum"
        found = f"coalesce({adds}(w{source.half_life}) FILTER ({' AND '.join(there)}), 0)"
    else:
        counted = f"count(*) FILTER ({' AND '.join([*there, 'age >= 0'])})"
        found = f"{ONE} * {f'least({counted}, 1)' if source.once else counted}"
    return f"CAST({found} AS BIGINT)"
