"""What differs between two versions of a file: answers by their KEYs, entries by their ids, sections as a whole."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sla_tui.agreement.parts import Item, Part, Spec, join, spec_by_key
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.renames import follow, renamed_items
from sla_tui.agreement.sameness import same
from sla_tui.agreement.sources import Source
from sla_tui.agreement.values import Kind

P = TypeVar("P", bound=Part)


class How(StrEnum):
    """In which way a place differs."""

    CHANGED = "changed"
    """An answer is another one; None where it is open."""
    ADDED = "added"
    """An entry, or a remark, is new."""
    REMOVED = "removed"
    """An entry, or a remark, is gone."""
    MOVED = "moved"
    """An entry stands elsewhere in its list; the values are its places there, counted from 0."""
    RENAMED = "renamed"
    """An entry has another id; the values are its ids."""
    TAKEN_IN = "taken in"
    """A section is part of this version now."""
    LEFT_OUT = "left out"
    """A section is no longer part of this version."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: what stood at ``key``, and what stands there now; None for nothing.

    An entry that got another id is named by its new one in every KEY. ``entry`` is the name of the remark where
    ``key`` names one in a map.
    """

    key: str
    how: How
    spec: Spec
    old: Any
    new: Any
    entry: str = ""

    @property
    def section(self) -> str:
        """The key of the section it lies in."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Comparison(Generic[P]):
    """Two versions and what differs, in the model's order.

    ``old`` is the former version with each entry under the id it has in ``new``; ``ids`` says, by the new KEY of an
    entry, which id it had.
    """

    old: P
    new: P
    differences: tuple[Difference, ...]
    ids: Mapping[str, str]


def diff(old: P, new: P) -> tuple[Difference, ...]:
    """What differs between two versions, in the model's order; nothing where both say the same."""
    return compare(old, new).differences


def compare(old: P, new: P) -> Comparison[P]:
    """Two versions held against each other; ``telling`` says in words what differs.

    Within a list, the entries that are there come first, in their order, then those that are gone or moved, as they
    stood before.
    """
    if old is new:
        return Comparison(old, new, (), {})
    old, ids = _followed(old, new)
    return Comparison(old, new, tuple(_Walk(old, new, ids).part(old, new, type(new), "")), ids)


def _followed(old: P, new: P) -> tuple[P, dict[str, str]]:
    """The old version with the ids that entries have now, and their old ids by their new KEYs."""
    ids: dict[str, str] = {}
    found = True
    while found:
        found = False
        # An entry within one that has just got its new id is found under that in the next round.
        for key, id_ in tuple(renamed_items(old, new)):
            followed = follow(old, key, id_)
            if followed is not None:
                list_key, _, before = key.rpartition(".")
                old, ids[join(list_key, id_)], found = followed, before, True
    return old, ids


class _Walk:
    """One walk through two versions at once; what is the same object in both is not looked into."""

    def __init__(self, old: Part, new: Part, ids: Mapping[str, str]) -> None:
        self._old, self._new, self._ids = old, new, ids

    def part(self, old: Part | None, new: Part | None, cls: type[Part], key: str) -> Iterator[Difference]:
        for spec in spec_by_key(cls).values():
            before, after = getattr(old, spec.name, None), getattr(new, spec.name, None)
            if before is not after:
                yield from self._place(spec, join(key, spec.key), before, after)

    def _place(self, spec: Spec, key: str, old: Any, new: Any) -> Iterator[Difference]:
        if spec.about and (old is None or new is None):
            yield Difference(key, How.TAKEN_IN if old is None else How.LEFT_OUT, spec, old, new)
        elif spec.kind is Kind.RECORD:
            yield from self.part(old, new, spec.type, key)
        elif spec.kind is Kind.LIST:
            yield from self._list(spec, key, old or (), new or ())
        elif spec.kind is Kind.MAP:
            yield from self._map(spec, key, old or {}, new or {})
        elif spec.kind is not Kind.ID and not same(old, new):
            yield Difference(key, How.CHANGED, spec, old, new)

    def _list(self, spec: Spec, key: str, old: Sequence[Item], new: Sequence[Item]) -> Iterator[Difference]:
        entry = dataclasses.replace(spec, kind=Kind.RECORD, about=None)
        before, after = ({item.id: item for item in items} for items in (old, new))
        for id_, item in after.items():
            here = join(key, id_)
            if id_ not in before:
                yield Difference(here, How.ADDED, entry, None, item)
                continue
            if here in self._ids:
                yield Difference(join(here, "id"), How.RENAMED, spec_by_key(type(item))["id"], self._ids[here], id_)
            if before[id_] is not item:
                yield from self.part(before[id_], item, type(item), here)
        places = {id_: place for place, id_ in enumerate(after)}
        moved = _moved([id_ for id_ in before if id_ in after], places)
        for place, (id_, item) in enumerate(before.items()):
            if id_ not in after:
                yield Difference(join(key, id_), How.REMOVED, entry, item, None)
            elif id_ in moved:
                yield Difference(join(key, id_), How.MOVED, entry, place, places[id_])

    def _map(self, spec: Spec, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
        for name in dict.fromkeys((*new, *old)):
            before, after = old.get(name), new.get(name)
            if same(before, after) or (isinstance(before or after, Source) and self._goes_along(name)):
                continue
            how = How.ADDED if before is None else How.REMOVED if after is None else How.CHANGED
            yield Difference(join(key, name), how, spec, before, after, entry=name)

    def _goes_along(self, key: str) -> bool:
        """Whether a remark came or went with what it is on."""
        return _stands(self._old, key) != _stands(self._new, key)


def _moved(ids: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """As few of ``ids`` as can be that, put elsewhere, bring all in the order of ``places``."""
    ends: list[int] = []
    last: list[str] = []
    before: dict[str, str | None] = {}
    for id_ in ids:
        at = bisect_left(ends, places[id_])
        ends[at : at + 1] = [places[id_]]
        last[at : at + 1] = [id_]
        before[id_] = last[at - 1] if at else None
    kept: set[str] = set()
    id_ = last[-1] if last else None
    while id_ is not None:
        kept.add(id_)
        id_ = before[id_]
    return set(ids) - kept


def _stands(part: Part, key: str) -> bool:
    try:
        return not _empty(at_key(part, key).value)
    except UnknownKey:
        return False


def _empty(value: Any) -> bool:
    return value is None or value in ((), "")


def by_section(differences: Sequence[Difference]) -> dict[str, tuple[Difference, ...]]:
    """The differences by the key of their section, in the model's order."""
    found: dict[str, list[Difference]] = {}
    for one in differences:
        found.setdefault(one.section, []).append(one)
    return {section: tuple(held) for section, held in found.items()}
