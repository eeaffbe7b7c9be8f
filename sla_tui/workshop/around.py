"""What an agreement says beside one place: the same answer of other entries, what entries are called, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Part, Slot, slots
from sla_tui.agreement.paths import at_key, item_at
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import items_of, name_spec
from sla_tui.workshop.people import Somebody, people
from sla_tui.workshop.places import item_around

NAMES = frozenset({"name", "term", "title"})
"""The keys of answers that are names, rather than what happens to come first in an entry."""


class Named(NamedTuple):
    """A name, and what it is the name of: ``Ana Ruiz``, ``person``."""

    name: str
    noun: str


class Around:
    """Each walk over the agreement is made when it is first needed, and once."""

    def __init__(self, part: Part, key: str, known: tuple[str, ...] = (), beside: Part | None = None) -> None:
        self.part = part
        self.beside = beside
        """The agreement that a file belongs to which is none itself."""
        self.known = known
        """Names that conditions can be about, from outside the agreement."""
        self.slot = at_key(part, key)
        self.entry = item_around(part, key)

    @cached_property
    def others(self) -> tuple[Slot, ...]:
        """Every other place that is answered."""
        key = self.slot.key
        return tuple(one for one in slots(self.part, type(self.part)) if not one.empty and one.key != key)

    @cached_property
    def alike(self) -> tuple[Slot, ...]:
        """The same answer of other entries, those of the same list first."""
        if not self.entry:
            return ()
        near = f"{self.entry.rpartition('.')[0]}."
        found = [one for one in self.others if one.spec is self.slot.spec]
        return tuple(sorted(found, key=lambda one: not one.key.startswith(near)))

    @cached_property
    def conditions(self) -> tuple[Slot, ...]:
        """The conditions of other entries."""
        return tuple(one for one in self.others if one.spec.kind is Kind.CONDITION)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """What entries are called: people, teams, stages, fields, terms and all else that has a name."""
        return tuple(self._names())

    def _names(self) -> Iterator[Named]:
        for slot in self.others:
            spec = name_spec(slot.spec.type) if slot.spec.kind is Kind.LIST else None
            if spec is not None and spec.key in NAMES:
                noun = slot.spec.entry
                yield from (Named(name, noun) for item in items_of(slot) if (name := item_name(item)))

    @cached_property
    def people(self) -> tuple[Somebody, ...]:
        """Everybody else with a name here, or in the agreement this belongs to; not those this very list is made of."""
        known = people(one for one in (self.part, self.beside) if one is not None)
        taken = {self.slot.text.casefold(), *(name.casefold() for name in self._listed())}
        return tuple(one for one in known if one.name.casefold() not in taken)

    def _listed(self) -> Iterator[str]:
        """The names that the entries beside this one are called by, where it would be called by this answer."""
        if not self.entry:
            return
        slot, at = item_at(self.part, self.entry)
        if name_spec(slot.spec.type) is self.slot.spec and not slot.spec.type.called_by:
            yield from (item_name(item) for place, item in enumerate(items_of(slot)) if place != at)

    def called(self, key: str) -> str:
        """What the entry around another place is called; empty for none."""
        entry = item_around(self.part, key)
        if not entry:
            return ""
        slot, at = item_at(self.part, entry)
        item = items_of(slot)[at]
        return item_name(item) or item.id
