"""The walk over all places of a file, remembered for the entries that have not changed since the last one.

Parts are frozen, and a change keeps every part that it does not touch: the same object says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar, cast

from sla_tui.agreement.parts import Item, Part, Slot, join, may_stay_open, slots, spared_in, specs
from sla_tui.agreement.values import Kind

T = TypeVar("T")
Places = tuple[Slot, ...]


class Remembered(Generic[T]):
    """What was made of parts in the last round, by the part itself and where it stands; anything else is made anew.

    Only what the last round used is kept, so nothing outlives the file it came from by more than one change.
    """

    def __init__(self, make: Callable[[Part, str, bool], T]) -> None:
        self._make = make
        self._held: dict[tuple[int, str], tuple[Part, bool, T]] = {}
        self._round: dict[tuple[int, str], tuple[Part, bool, T]] = {}

    def of(self, part: Part, key: str, optional: bool) -> T:
        """What is made of ``part`` at ``key``."""
        name = (id(part), key)
        held = self._held.get(name)
        if held is None or held[0] is not part or held[1] != optional:
            held = (part, optional, self._make(part, key, optional))
        self._round[name] = held
        return held[2]

    def next(self) -> None:
        """Ends a round."""
        self._held, self._round = self._round, {}


class Walk:
    """All places of a file in order, in runs that stay the same objects while what they are of stays the same."""

    def __init__(self) -> None:
        self._items: Remembered[Places] = Remembered(lambda part, key, free: tuple(slots(part, type(part), key, free)))

    def runs(self, root: Part) -> tuple[Places, ...]:
        """The places of ``root`` in the order of ``slots``; an entry of a list is a run of its own."""
        runs = tuple(run for run in self._record(root, type(root), "", False) if run)
        self._items.next()
        return runs

    def _record(self, part: Part | None, cls: type[Part], key: str, optional: bool) -> Iterator[Places]:
        spared = spared_in(part, cls)
        for spec in specs(cls):
            value, here = getattr(part, spec.name, None), join(key, spec.key)
            if spec.about and value is None:
                continue
            free = may_stay_open(spec, value, spared, optional)
            if spec.kind is Kind.RECORD:
                yield from self._record(value, spec.type, here, free)
                continue
            yield (Slot(here, spec, value, free),)
            if spec.kind is Kind.LIST:
                for item in cast("tuple[Item, ...]", value or ()):
                    yield self._items.of(item, join(here, item.id), False)


def same(one: object, other: object) -> bool:
    """Whether two values are the same object; of lists, which validation builds anew, whether their entries are."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        ours, theirs = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
        return len(ours) == len(theirs) and all(a is b for a, b in zip(ours, theirs, strict=True))
    return one is other
