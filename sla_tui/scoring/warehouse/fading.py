"""How activities fade, as a table of whole numbers: no database is asked for a power."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sqlglot import exp

from sla_tui.scoring.sources import Happened
from sla_tui.scoring.warehouse.expressions import Sql, at_least, at_most, both, equal, integer, name
from sla_tui.scoring.weighing import weights

_BY_DAY = 4096
"""A fading that lasts longer is told by ages of one weight, of which there are never more than 1025."""


@dataclass(frozen=True, slots=True)
class Fading:
    """The weights by age for one half-life: a day each, or from one day to another."""

    half_life: int
    steps: tuple[tuple[int, int, int], ...]
    by_day: bool

    @property
    def alias(self) -> str:
        """What it is called in the query."""
        return f"w{self.half_life}"

    def weight(self) -> Sql:
        """The weight of an activity that has been joined with it."""
        return name("weight", self.alias)

    def join(self) -> tuple[Sql, Sql]:
        """The table to join, and on what."""
        mine = equal(name("half_life", self.alias), integer(self.half_life))
        age = name("age", "happened")
        if self.by_day:
            return exp.to_table("fading").as_(self.alias), both(mine, equal(name("age", self.alias), age))
        since, until = name("first_age", self.alias), name("last_age", self.alias)
        return exp.to_table("slow_fading").as_(self.alias), both(mine, at_least(age, since), at_most(age.copy(), until))


def fadings(sources: Iterable[Happened]) -> dict[int, Fading]:
    """By half-life: the weights that some sources need."""
    windows: dict[int, int] = {}
    for one in sources:
        if one.half_life:
            lasting = 11 * one.half_life + 1  # one day later it would round to nothing
            needed = min(lasting, one.window or lasting)
            windows[one.half_life] = max(windows.get(one.half_life, 0), needed)
    return {half_life: _fading(half_life, days) for half_life, days in sorted(windows.items())}


def _fading(half_life: int, days: int) -> Fading:
    found = weights(half_life, days)
    if days <= _BY_DAY:
        steps = [(age, age, weight) for age, weight in enumerate(found.tolist()) if weight]
        return Fading(half_life, tuple(steps), True)
    starts = np.flatnonzero(np.concatenate(([True], found[1:] != found[:-1]))).tolist()
    ends = [*(start - 1 for start in starts[1:]), days - 1]
    weighed = zip(starts, ends, found[starts].tolist(), strict=True)
    return Fading(half_life, tuple(one for one in weighed if one[2]), False)


def tables(found: Iterable[Fading]) -> dict[str, exp.Select]:
    """The tables themselves, by name."""
    made: dict[str, exp.Select] = {}
    held = list(found)
    if quick := [(one.half_life, age, weight) for one in held if one.by_day for age, _, weight in one.steps]:
        made["fading"] = _values(quick, ["half_life", "age", "weight"])
    if slow := [(one.half_life, *step) for one in held if not one.by_day for step in one.steps]:
        made["slow_fading"] = _values(slow, ["half_life", "first_age", "last_age", "weight"])
    return made


def _values(rows: list[tuple[int, ...]], columns: list[str]) -> exp.Select:
    return exp.select(*columns).from_(exp.values(rows, alias="listed", columns=columns), copy=False)
