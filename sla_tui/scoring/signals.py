"""What each lead did or is, as a code; what each code is worth, in 1024ths and in points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import MOST_CODES, Codes, Doubles, Events, Flags, Longs, Numbers, Passed, Texts, narrow
from sla_tui.scoring.leads import Leads
from sla_tui.scoring.plan import RulePlan
from sla_tui.scoring.readlog import EPOCH
from sla_tui.scoring.sources import Counted, Happened, Need, Source, Tested
from sla_tui.scoring.values import folded, number
from sla_tui.scoring.weighing import ONE, weights


@dataclass(frozen=True, eq=False)
class Signal:
    """What a rule reads: ``units[codes[lead]]`` are the lead's units, in 1024ths."""

    codes: Codes
    units: Longs


def points_by_code(signal: Signal, rule: RulePlan) -> Longs:
    """The rule's points for each code: floor(points · units / 1024 + 0.5), held within its cap on either side."""
    points = (rule.points * signal.units + ONE // 2) >> 10
    return points if rule.cap is None else np.clip(points, -rule.cap, rule.cap)


def weigh(leads: Leads, sources: Iterable[Source], as_of: date | None) -> None:
    """Adds up what some sources count, where the engine does that, in one pass."""
    day, there = as_of or leads.last_day, leads.names.activities or ()
    if leads.weighing is not None and day is not None:
        leads.weighing.prepare((one for one in sources if isinstance(one, Happened) and one.activity in there), day)


def make_signal(leads: Leads, source: Source, as_of: date | None) -> Signal:
    """Codes and units for one source. KeyError when the leads do not hold what it needs."""
    if isinstance(source, Happened):
        return _happened(leads, source, as_of)
    if isinstance(source, Counted):
        column = leads.counted(source.column)
        counts = np.minimum(column.counts, 1) if source.once else column.counts
        return Signal(column.codes, counts * ONE)
    return _tested(leads, source)


def _tested(leads: Leads, source: Tested) -> Signal:
    texts = leads.texts(source.column)
    if texts is not None:
        return Signal(texts.codes, _passes(texts, source) * np.int64(ONE))
    passed = leads.columns.get(Need("test", source.column, test=source))
    if isinstance(passed, Passed):
        return Signal(passed.codes, np.array([0, ONE], np.int64))
    numbers = cast(Numbers, leads.columns[Need("number", source.column)])
    holds = _in_range(numbers.values, source.test, source.operand)
    return Signal(holds.astype(np.uint8), np.array([0, ONE], np.int64))


def _in_range(values: Doubles, test: str, operand: Any) -> Flags:
    with np.errstate(invalid="ignore"):
        if test == "at_least":
            return values >= float(operand)
        if test == "at_most":
            return values <= float(operand)
        return (values >= float(operand[0])) & (values <= float(operand[1]))


def _passes(texts: Texts, source: Tested) -> Flags:
    """By code: whether the text passes the test. An unknown one passes ``known = false`` and nothing else."""
    test, operand = source.test, source.operand
    if test == "known":
        return texts.known if operand else ~texts.known
    if test in ("is", "is_not"):
        found = _equal(texts, (operand,))
    elif test in ("in", "not_in"):
        found = _equal(texts, operand)
    elif test == "contains":
        needle = folded(str(operand))
        found = np.fromiter((needle in one for one in texts.folded), np.bool_, len(texts.texts))
    else:
        found = _in_range(texts.numbers, test, operand)
    return (~found if test in ("is_not", "not_in") else found) & texts.known


def _equal(texts: Texts, operands: tuple[Any, ...]) -> Flags:
    """By code: whether the text is one of the operands, as a number where both are numbers, else letter for letter."""
    found = np.zeros(len(texts.texts), np.bool_)
    for operand in operands:
        if isinstance(operand, str):
            spelled, value = operand, None
        elif isinstance(operand, bool):
            spelled, value = str(operand).lower(), None
        else:
            spelled, value = str(operand), number(str(operand))
        if value is not None:
            found |= texts.numbers == value
        elif (code := texts.code_of.get(spelled)) is not None:
            found[code] = True
    return found


def _happened(leads: Leads, source: Happened, as_of: date | None) -> Signal:
    day = as_of or leads.last_day
    if day is None or source.activity not in (leads.names.activities or ()):
        return nothing(leads.size)
    if leads.weighing is not None:
        units = leads.weighing.units(source, day)
    else:
        units = _units(leads.events[source.activity], source, (day - EPOCH).days, leads.size)
    most = int(units.max(initial=0))
    if most < MOST_CODES:
        return Signal(narrow(units, most), np.arange(most + 1, dtype=np.int64))
    values, codes = np.unique(units, return_inverse=True)
    return Signal(narrow(codes, len(values)), values)


def nothing(size: int) -> Signal:
    """What never happened to anybody."""
    return Signal(np.zeros(size, np.uint8), np.zeros(1, np.int64))


def _units(happened: Events, source: Happened, today: int, size: int) -> Longs:
    """Each lead's units: the sum of its activities' weights, or the largest of them."""
    age = today - happened.day
    counts = age >= 0
    if source.window:
        counts &= age < source.window
    lead, times = happened.lead, happened.times
    if not counts.all():
        age, lead, times = age[counts], lead[counts], times[counts]
    if not len(age):
        return np.zeros(size, np.int64)
    weight = weights(source.half_life, _rounded_up(int(age.max()) + 1))[age]
    units = np.zeros(size, np.int64)
    first = np.flatnonzero(np.concatenate(([True], lead[1:] != lead[:-1])))
    if source.once:
        units[lead[first]] = np.maximum.reduceat(weight, first)
    else:
        units[lead[first]] = np.add.reduceat(weight * times.astype(np.int64), first)
    return units


def _rounded_up(days: int) -> int:
    """Days up to a power of two, so that few tables of weights are made."""
    return 1 << (days - 1).bit_length()


def where_fires(signal: Signal) -> npt.NDArray[np.bool_]:
    """By lead: whether it fired at all."""
    return (signal.units > 0)[signal.codes]
