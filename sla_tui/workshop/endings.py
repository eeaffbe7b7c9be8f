"""How the end of a line being typed can go on: a unit after a number, a test after a field, the rest of a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, cast, get_args

from sla_tui.agreement.amounts import Each, Unit
from sla_tui.agreement.conditions import TESTS, Condition
from sla_tui.agreement.lists import FIELDS
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.text import quote, split_commas
from sla_tui.agreement.values import Duration, Kind
from sla_tui.workshop.around import Around, Named
from sla_tui.workshop.items import items_of
from sla_tui.workshop.search import folded


class End(NamedTuple):
    """A line that goes on: all of it, what was added, and what that is."""

    text: str
    words: str
    more: str


Ending = Callable[[str], Iterable[End]]

UNITS = ("business hour", "business day", "hour", "day", "minute", "week", "month", "quarter")
"""The units of time limits, the most usual first."""
LONGEST = 5
"""Words of the longest name that is looked for at the end of a line."""
ENOUGH, SMALL = 2, 3
"""Letters of a name that must stand there before it is offered; more where they are small, as words are too."""


def ending(around: Around) -> Ending:
    """What offers ends for lines at the place."""
    match around.slot.spec.kind:
        case Kind.DURATION:
            return _units
        case Kind.AMOUNTS:
            return _counted
        case Kind.CONDITION:
            return _Conditions(around).ends
        case Kind.LINE | Kind.PROSE | Kind.WORDS if not around.slot.spec.ask.of:
            return _Names(around.names).ends
        case _:
            return _none


def _none(_typed: str) -> Iterable[End]:
    return ()


def _units(typed: str) -> Iterator[End]:
    found = re.fullmatch(r"\s*([0-9]{1,6})\s*([a-z -]*)", typed.lower())
    if not found:
        return
    begun = found[2].replace("-", " ").strip()
    for unit in UNITS:
        if any(word.startswith(begun) for word in (unit, unit.removeprefix("business "))):
            limit = str(Duration(int(found[1]), unit))
            yield End(limit, limit, "")


_NUMBER = re.compile(r"(?P<before>.*?\b)(?P<number>[0-9]{1,7})\s*(?P<word>[a-z]*)(?P<each> per [a-z]*)?", re.IGNORECASE)


def _counted(typed: str) -> Iterator[End]:
    """``3 calls`` for ``3 c``, ``40 minutes per rep`` for ``40 minutes p``."""
    found = _NUMBER.fullmatch(typed)
    if not found:
        each = re.fullmatch(r"(.*[0-9]\s*[a-z]+)\s+(p|pe|per)", typed, re.IGNORECASE)
        yield from (End(f"{each[1]} per {one}", f"per {one}", "") for one in get_args(Each) if each)
        return
    if found["each"]:
        said = typed.rpartition(" ")
        yield from (End(f"{said[0]} {one}", f"per {one}", "") for one in get_args(Each) if one.startswith(said[2]))
        return
    plural = "" if int(found["number"]) == 1 else "s"
    for unit in cast("tuple[str, ...]", get_args(Unit)):
        if unit.startswith(found["word"].lower()) and unit not in found["before"].lower():
            amount = f"{found['number']} {unit}{plural}"
            yield End(f"{found['before']}{amount}", amount, "")


class _Names:
    """The rest of a name whose first letters stand at the end."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = [(folded(one.name), one) for one in dict.fromkeys(names)]

    def ends(self, typed: str) -> Iterator[End]:
        """The longest beginnings of names first."""
        line = typed.rpartition("\n")[2]
        starts = [0, *(found.end() for found in re.finditer(r"[\s(,;:\"“/]+", line))]
        for at in starts[-LONGEST:]:
            begun = line[at:]
            if len(begun) < (SMALL if begun.islower() else ENOUGH):
                return
            before, wanted = typed[: len(typed) - len(begun)], folded(begun)
            for name, one in self._names:
                if name.startswith(wanted) and one.name != begun:
                    yield End(f"{before}{one.name}", one.name, one.noun)


class _Conditions:
    """A field, then a test, then a value that the field has elsewhere."""

    def __init__(self, around: Around) -> None:
        said = [slot.value for slot in around.conditions]
        self._names = dict.fromkeys([*(when for when in said if isinstance(when, str)), *around.known])
        self._values: dict[str, dict[str, None]] = {}
        for when in said:
            if isinstance(when, Condition) and when.field:
                self._values.setdefault(when.field, {}).update(dict.fromkeys(_values(when)))
        for name, values in _fields(around):
            known = next((field for field in self._values if folded(field) == folded(name)), name)
            self._values.setdefault(known, {}).update(dict.fromkeys(values))

    def ends(self, typed: str) -> Iterator[End]:
        """The next word of the condition, as far as it is clear what it can be."""
        wanted = folded(typed).lstrip()
        yield from (End(one, one, "") for one in self._names if folded(one).startswith(wanted))
        yield from (End(one, one, "field") for one in self._values if folded(one).startswith(wanted))
        field = next((one for one in self._by_length() if wanted.startswith(f"{folded(one)} ")), "")
        if field:
            yield from self._after(field, typed.lstrip()[: len(field)], wanted[len(field) + 1 :], typed)

    def _by_length(self) -> list[str]:
        return sorted(self._values, key=len, reverse=True)

    def _after(self, field: str, spelt: str, rest: str, typed: str) -> Iterator[End]:
        for test in _TESTS:
            if rest.startswith(f"{test} ") and test not in _ALONE:
                yield from self._valued(field, test, rest[len(test) + 1 :], typed)
            elif test.startswith(rest) and test != rest:
                yield End(f"{spelt} {test}", f"{spelt} {test}", "")

    def _valued(self, field: str, test: str, rest: str, typed: str) -> Iterator[End]:
        begun = rest.rpartition(",")[2].lstrip() if test in ("in", "not in") else rest
        said = {folded(piece) for piece in split_commas(rest[: len(rest) - len(begun)])}
        before = typed[: len(typed) - len(begun)]
        for value in self._values[field]:
            if folded(value).startswith(begun) and folded(value) not in said:
                yield End(f"{before}{value}", value, field)


_TESTS = (*(test.replace("_", " ") for test in TESTS), "unknown")
_ALONE = ("known", "unknown")


def _values(when: Condition) -> Iterator[str]:
    """What a condition compares its field with, as it is typed."""
    test, operand = when.test or ("known", None)
    if test != "known":
        for one in cast("tuple[object, ...]", operand) if isinstance(operand, tuple) else (operand,):
            yield quote(one) if isinstance(one, str) and "," in one else str(one)


def _fields(around: Around) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields the agreement defines, with the values they may have."""
    for slot in around.others:
        if slot.key in FIELDS:
            for item in items_of(slot):
                yield item_name(item) or item.id, cast("tuple[str, ...]", getattr(item, "values", None) or ())
