"""What leads did, out of a log that was read: how often each did what on which day."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np

from sla_tui.scoring.columns import Events, Longs
from sla_tui.scoring.engine import Engine, Stopped, arrays, plain
from sla_tui.scoring.readlog import Log

_DAYS, _ROWS = 22, 32
"""Bits for a day, counted from the first of year 1, and for a row."""
_FIRST_DAY = -719_162
_AT_ONCE = 500
"""Activities that one number of 63 bits can tell apart beside them."""


def events(engine: Engine, log: Log, activities: Sequence[str], ids: str, place: Longs | None) -> dict[str, Events]:
    """How often each lead did each of some activities on each day.

    ``ids`` is the engine's table of ids; ``place`` tells the lead's index by the row there, below 0 for a row left
    out, None when they are the same.
    """
    found: dict[str, Events] = {}
    for start in range(0, len(activities), _AT_ONCE):
        found |= _some(engine, log, activities[start : start + _AT_ONCE], ids, place)
    return found


def _some(engine: Engine, log: Log, activities: Sequence[str], ids: str, place: Longs | None) -> dict[str, Events]:
    packed = _packed(engine, log, activities, ids)
    bounds = np.searchsorted(packed, np.arange(len(activities) + 1) << (_DAYS + _ROWS)).tolist()
    return {name: _unpacked(packed[bounds[at] : bounds[at + 1]], place) for at, name in enumerate(activities)}


def _packed(engine: Engine, log: Log, activities: Sequence[str], ids: str) -> Longs:
    """Activity, row of the lead and day of all that happened, each as one number, in order.

    Numbers are sorted here many times as quickly as rows are in the engine.
    """
    connection, kind = engine.cursor(), engine.name("activity")
    try:
        connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT unnest(?::VARCHAR[]))", [list(activities)])
        code = f"CAST(enum_code(TRY_CAST(g.activity AS {kind})) AS BIGINT)"
        number = f"{code} * {1 << (_DAYS + _ROWS)} + l.rowid * {1 << _DAYS} + (g.day - {_FIRST_DAY})"
        some = f" WHERE {code} IS NOT NULL" if len(activities) < len(log.activities) else ""
        query = f"SELECT {number} AS packed FROM {log.name} g JOIN {ids} l ON l.id = g.lead{some}"
        found: Longs = plain(arrays(connection, query)["packed"])
    except duckdb.Error as error:
        if engine.stopped:
            raise Stopped from error
        raise
    finally:
        engine.release(connection)
    found.sort()
    return found


def _unpacked(packed: Longs, place: Longs | None) -> Events:
    first = np.flatnonzero(np.concatenate(([True], packed[1:] != packed[:-1]))) if len(packed) else packed
    times = np.diff(np.append(first, len(packed))).astype(np.int32)
    once = packed[first]
    day = ((once & ((1 << _DAYS) - 1)) + _FIRST_DAY).astype(np.int32)
    lead = (once >> _DAYS) & ((1 << _ROWS) - 1)
    if place is None:
        return Events(lead.astype(np.int32), day, times)
    where = place[lead]
    kept = where >= 0
    return Events(where[kept].astype(np.int32), day[kept], times[kept])
