"""Everything a rule could fire on in these leads: names to count and conditions, in the scoring's own language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.conditions import Condition, condition, say_when
from sla_tui.agreement.sections.scoring import Rule, Scoring
from sla_tui.scoring.columns import Doubles, Events
from sla_tui.scoring.leads import Leads
from sla_tui.scoring.personal import is_personal
from sla_tui.scoring.plan import make_plan
from sla_tui.scoring.propose.choosing import Moments
from sla_tui.scoring.propose.columns import Field
from sla_tui.scoring.signals import make_signal
from sla_tui.scoring.sources import Source
from sla_tui.scoring.weighing import ONE

_MOST_VALUES = 30
"""So many of a column's values are looked at, the most frequent ones."""
_MOST_LISTED = 8
"""The longest list of values that a rule names."""
_FEW_NUMBERS = 8
"""A column with at most so many different numbers is cut at each of them."""
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_MOST_COUNTED = 20
"""Where most leads did it oftener than that, it is an amount and no count."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Something a rule can fire on. ``most``: how many times it earns at most; 1 for what holds or happened once.

    ``column`` is its place in the table, -1 for an activity of the log, which ``when`` then names; ``source`` is what
    the scoring reads for it. ``doing``: whether more of it means that the lead did more; None for what a lead is.
    """

    when: str | Condition
    column: int
    source: Source | None
    most: int = 1
    each: bool = False
    doing: bool | None = None

    @property
    def of(self) -> tuple[int, str]:
        """What it is about: the column or the activity."""
        return self.column, self.when if self.column < 0 and isinstance(self.when, str) else ""

    @property
    def words(self) -> str:
        """What it is, in words."""
        return say_when(self.when)

    def rule(self, points: int, name: str) -> Rule:
        """The rule that gives points for it."""
        if not isinstance(self.when, str):
            return Rule(id=name, when=self.when, points=points)
        if self.each:
            return Rule(id=name, when=self.when, points=points, per="each", cap=abs(points) * self.most)
        return Rule(id=name, when=self.when, points=points, per="once")


def candidates(
    fields: Iterable[Field], leads: Leads, scoring: Scoring, support: int, most: int
) -> tuple[tuple[Candidate, ...], int]:
    """What can be said without knowing any outcome, if it holds for ``support`` leads and fails for as many.

    At most ``most`` of each column, spread evenly over what there is, and of how many columns that left something out.
    """
    found: list[Candidate] = []
    thinned = 0
    for field in fields:
        every = list(_of_field(field, support))
        kept = sorted({round(at * (len(every) - 1) / (most - 1)) for at in range(most)}) if len(every) > most else None
        found += every if kept is None else [every[at] for at in kept]
        thinned += kept is not None
    activities = leads.names.activities or frozenset()
    found += [
        Candidate(name, -1, None, times, times > 1, True)
        for name, _ in leads.activities
        if name in leads.events and name in activities
        for times in (1, *_often(_each(leads.events[name])))
    ]
    named = Scoring(
        half_life_days=scoring.half_life_days,
        rules=tuple(one.rule(1, f"r{at}") for at, one in enumerate(found)),
    )
    plan = make_plan(named, leads.names)
    sources = [rule.source for rule in plan.rules]
    said = tuple(
        Candidate(one.when, one.column, source, one.most, one.each, one.doing)
        for one, source in zip(found, sources, strict=True)
        if source is not None
    )
    return said, thinned


def _each(happened: Events) -> Doubles:
    """How often each lead did an activity, of those that did."""
    times = np.bincount(happened.lead, weights=happened.times)
    return times[times > 0].astype(np.float64)


def _of_field(field: Field, support: int) -> Iterator[Candidate]:
    leads = int(field.times.sum())

    def says(test: str, operand: object, doing: bool | None = None) -> Iterator[Candidate]:
        try:
            made = condition({"field": field.name, test: operand})
        except ValueError:
            return
        if made.test is not None and made.test[1] == operand:
            yield Candidate(made, field.at, None, doing=doing)

    if support <= field.known <= leads - support:
        yield from says("known", True)
    if field.dated or field.names_each:
        return
    if field.numeric:
        for least in _cuts(field, support):
            yield from says("at_least", least, True if field.amount else None)
        if not field.amount:
            for low, high in _bands(field, support):
                yield from says("between", [low, high])
        if field.amount and int((field.numbers == 0).sum()) >= support:
            yield from says("is", 0, False)
        yield from _counted(field)
    if not field.numeric or 2 < len(field.used) <= _FEW_NUMBERS:
        for value in _values(field, support):
            # A rule that names a person would carry them into the agreement.
            if not is_personal(field.name, str(value)):
                yield from says("is", value)


def _values(field: Field, support: int) -> list[str | int | float]:
    """The values that stand on enough leads, rare ones first: of two that are each other's opposite it is the news."""
    order = field.used[np.argsort(-field.times[field.used], kind="stable")][:_MOST_VALUES]
    often = [int(code) for code in order if field.times[code] >= support]
    if not field.numeric:
        return [field.texts.texts[code] for code in reversed(often)]
    return [_plain(float(field.texts.numbers[code])) for code in reversed(often) if field.texts.numbers[code]]


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _round(value: float) -> int | float:
    """A number of two figures near this one, as people choose them."""
    if not value:
        return 0
    power = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return _plain(float(f"{round(value / power) * power:.10g}"))


def _cuts(field: Field, support: int) -> list[int | float]:
    numbers = field.numbers
    if len(np.unique(numbers)) <= _FEW_NUMBERS:
        tried = [_plain(float(one)) for one in np.unique(numbers)]
    else:
        above = numbers[numbers > 0] if field.amount else numbers
        tried = [_round(float(one)) for one in np.quantile(above, _SHARES)]
        tried += [1] if field.amount else []
    return [one for one in sorted(set(tried)) if support <= int((numbers >= one).sum()) <= len(numbers) - support]


def _bands(field: Field, support: int) -> Iterator[tuple[int | float, int | float]]:
    numbers = field.numbers
    if len(np.unique(numbers)) <= _FEW_NUMBERS:
        return
    low, middle, high = (_round(float(one)) for one in np.quantile(numbers, (0.25, 0.5, 0.75)))
    for start, end in ((low, middle), (middle, high), (low, high)):
        if start < end and int(((numbers >= start) & (numbers <= end)).sum()) >= support:
            yield start, end


def _counted(field: Field) -> Iterator[Candidate]:
    """As a count, if every cell of the column is one: a cell that is none would reject its row."""
    if not (field.amount and field.whole and len(field.used) > 2) or field.texts.uncountable:
        return
    for often in _often(field.numbers[field.numbers > 0]):
        yield Candidate(field.count, field.at, None, often, True, True)


def _often(times: Doubles) -> list[int]:
    """How often something may earn at most: what half and nine in ten of the leads that did it stay below.

    None where it is done so often that it is an amount and no count.
    """
    found = {int(np.quantile(times, share)) for share in (0.5, 0.9)} if len(times) else set[int]()
    return sorted(one for one in found if one >= 2) if max(found, default=0) <= _MOST_COUNTED else []


def features(
    found: Sequence[Candidate], leads: Leads, rows: npt.NDArray[np.intp], as_of: date | None, support: int
) -> tuple[tuple[Candidate, ...], Doubles]:
    """The candidates that tell leads apart, and by lead how much of each there is, from 0 to 1.

    Of several that say the same of these leads, or the opposite, the first stays.
    """
    kept: list[Candidate] = []
    columns: list[Doubles] = []
    seen: set[bytes] = set()
    for one in found:
        assert one.source is not None
        signal = make_signal(leads, one.source, as_of)
        by_code = np.minimum(signal.units / ONE, one.most) / one.most
        column = by_code[signal.codes[rows]]
        fires = int(np.count_nonzero(column))
        if fires < support or (not one.each and len(rows) - fires < support and column.min() == column.max()):
            continue
        same, opposite = column.tobytes(), (1 - column).tobytes()
        if same in seen or opposite in seen:
            continue
        seen.add(same)
        kept.append(one)
        columns.append(column)
    return tuple(kept), np.column_stack(columns) if columns else np.zeros((len(rows), 0))


def joined(found: Sequence[Candidate], seen: Moments) -> tuple[list[tuple[int, ...]], Doubles]:
    """Lists of one column's values that are won oftener or more seldom than others, as members among ``found``.

    Outcomes tell which belong together, so this is done anew for each part that is learned from.
    """
    base = seen.share
    by_column: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        if isinstance(one.when, Condition) and one.when.test and one.when.test[0] == "is" and one.doing is None:
            by_column.setdefault(one.column, []).append(at)
    lists: dict[tuple[int, ...], None] = {}
    for members in by_column.values():
        if len(members) < 3:
            continue
        leads, won = seen.sums[members], seen.products[members, -1]
        rates = (won + base * 5) / (leads + 5)
        order = np.argsort(-rates, kind="stable")
        for side in (order, order[::-1]):
            tried: list[tuple[float, tuple[int, ...]]] = []
            for size in range(2, min(len(members) - 1, _MOST_LISTED) + 1):
                some: list[int] = side[:size].tolist()
                count = float(leads[some].sum())
                worth = (float(won[some].sum()) - base * count) ** 2 / max(count * (1 - count / seen.leads), 1e-9)
                tried.append((worth, tuple(sorted(members[one] for one in some))))
            lists.update(dict.fromkeys(names for _, names in sorted(tried, reverse=True)[:2]))
    joins = np.zeros((len(found), len(lists)))
    for column, names in enumerate(lists):
        joins[list(names), column] = 1.0
    return list(lists), joins


def together(found: Sequence[Candidate], names: Sequence[int], leads: Leads) -> Candidate:
    """The candidate that fires on any of several values of one column."""
    if len(names) == 1:
        return found[names[0]]
    first = found[names[0]]
    assert isinstance(first.when, Condition)
    values = [
        one.when.test[1] for one in (found[at] for at in names) if isinstance(one.when, Condition) and one.when.test
    ]
    made = Candidate(condition({"field": first.when.field, "in": values}), first.column, None)
    plan = make_plan(Scoring(rules=(made.rule(1, "one"),)), leads.names)
    return Candidate(made.when, made.column, plan.rules[0].source)
