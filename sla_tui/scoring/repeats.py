"""Rows of a lead table that share an id, of which a scoring uses one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Flags, Longs
from sla_tui.scoring.lines import line_at
from sla_tui.scoring.results import Rejected


@dataclass(frozen=True, eq=False)
class Repeats:
    """The leads that share their id with others, id by id: the first that a scoring can use stands for all of them.

    Which one that is depends on the columns that the scoring counts. ``first`` tells where each id's leads begin.
    """

    names: Sequence[str]
    leads: Longs
    lines: Longs
    first: Longs

    def others(self, usable: Flags) -> Longs:
        """The leads that another one stands for, by which of all leads are ``usable``."""
        there = usable[self.leads].astype(np.int64)
        earlier = np.cumsum(there) - there
        return self.leads[(there > 0) & (earlier > earlier[self.first][self._id])]

    def reasons(self, used: Flags) -> dict[int, tuple[int, str]]:
        """For each of these leads that is not ``used``, its line and why."""
        there = used[self.leads]
        line = np.zeros(len(self.names), np.int64)
        line[self._id[there]] = self.lines[there]
        # An id nobody stands for has no lead that can be used, and each of these a reason of its own.
        left = np.flatnonzero(~there & np.isin(self._id, self._id[there]))
        ids: list[int] = self._id[left].tolist()
        return {
            lead: (own, f"repeats the id {clean_line(self.names[at])[:60]!r} of line {line[at]}")
            for lead, own, at in zip(self.leads[left].tolist(), self.lines[left].tolist(), ids, strict=True)
        }

    @property
    def _id(self) -> Longs:
        """By lead: the place of its id."""
        return np.repeat(np.arange(len(self.names)), np.diff(np.append(self.first, len(self.leads))))


def own_ids(
    table: str, found: Iterable[tuple[int, str | None]], lines: Longs, size: int
) -> tuple[Longs | None, tuple[Rejected, ...], Repeats | None]:
    """Which of ``size`` rows have an id, None for all; the others; and those that share it, by their place among them.

    ``found`` are the rows that may have none or share it, in order, each with its id.
    """
    by_name: dict[str, list[int]] = {}
    none: list[int] = []
    for row, name in found:
        if name is None:
            none.append(row)
        else:
            by_name.setdefault(name, []).append(row)
    rejected = tuple(Rejected(table, line_at(lines, row), "has no id") for row in none)
    shared = {name: rows for name, rows in by_name.items() if len(rows) > 1}
    kept = np.delete(np.arange(size, dtype=np.int64), none) if none else None
    if not shared:
        return kept, rejected, None
    rows = np.fromiter((row for several in shared.values() for row in several), np.int64)
    first = np.append(0, np.cumsum([len(several) for several in shared.values()])[:-1])
    leads = rows if kept is None else np.searchsorted(kept, rows)
    lines = np.fromiter((line_at(lines, row) for row in rows.tolist()), np.int64, len(rows))
    return kept, rejected, Repeats(list(shared), leads, lines, first)
