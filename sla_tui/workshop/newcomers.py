"""Somebody or something new, added to its list in the same step as the answer that names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sla_tui.agreement.lists import KEY, SECTION
from sla_tui.agreement.parts import Item, Part, Slot, specs
from sla_tui.agreement.paths import Add, Batch, Put, UnknownKey, at_key, new_id
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import fresh, name_spec


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A list that can take a new entry, what one is called, and the section that comes with it where it is left out."""

    list_key: str
    noun: str
    section: str = ""


def newcomers(part: Part, slot: Slot) -> tuple[Newcomer, ...]:
    """The lists to which somebody or something new can be added by name alone, while it is named at ``slot``."""
    if SECTION in slot.spec.ask.of or KEY in slot.spec.ask.of:
        return ()
    return tuple(one for key in slot.spec.ask.of if (one := _newcomer(part, key)) is not None)


def _newcomer(part: Part, list_key: str) -> Newcomer | None:
    try:
        held = at_key(part, list_key)
    except UnknownKey:
        return None
    if name_spec(held.spec.type) is None:
        return None
    section = next(spec for spec in specs(type(part)) if spec.key == list_key.partition(".")[0])
    absent = getattr(part, section.name) is None and section.about is not None
    title = section.about.title if absent and section.about else ""
    return Newcomer(list_key, held.spec.entry, title)


def with_new(part: Part, slot: Slot, list_key: str, name: str) -> Batch:
    """The one step that adds an entry called ``name`` to the list and names it at ``slot``, beside what stands there.

    Undoing it looks at ``slot`` again. Raises ``Refused`` for a name that the entry does not take.
    """
    item = _entry(part, slot, at_key(part, list_key), name)
    answer = (*named(slot), item.id) if slot.spec.kind is Kind.WORDS else item.id
    return Batch((Put(slot.key, slot.value), Add(list_key, item), Put(slot.key, answer)))


def _entry(part: Part, slot: Slot, held: Slot, name: str) -> Item:
    """The entry, with an id that no other list has which the answer could mean by it."""
    spec = name_spec(cast("type[Item]", held.spec.type))
    taken = {*(nameable(part, slot.spec.ask.of) or ()), *(item.id for item in held.value or ())}
    return fresh(held, {"id": new_id(name, taken), spec.key: name} if spec else {"id": new_id(name, taken)})
