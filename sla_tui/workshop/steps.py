"""What is done to an entry or a section, as a change and the KEY to look at afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sla_tui.agreement.examples import sources, within
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Part, join, spec_by_key
from sla_tui.agreement.paths import Add, Batch, Change, Move, Put, Remove, at_key, item_at, new_id
from sla_tui.agreement.references import ids_beside, rename
from sla_tui.agreement.sources import Source
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import copied, fresh, items_of
from sla_tui.workshop.people import known_besides
from sla_tui.workshop.places import item_here, list_here


@dataclass(frozen=True, slots=True)
class Doing:
    """A change, and where to look once it is made."""

    change: Change
    look: str


def adding(part: Part, key: str) -> Doing | None:
    """A new entry right below the one at ``key``, or at the end of the list there; None where no list is."""
    list_key = list_here(part, key)
    if not list_key:
        return None
    item = fresh(at_key(part, list_key), besides=ids_beside(part, list_key))
    beside = item_here(part, key)
    at = item_at(part, beside)[1] + 1 if beside.rpartition(".")[0] == list_key else None
    return Doing(Add(list_key, item, at), f"{list_key}.{item.id}")


def adding_section(part: Part, section: str) -> Doing:
    """The section, empty, taken into this version."""
    spec = spec_by_key(type(part))[section]
    return Doing(Put(section, () if spec.kind is Kind.LIST else spec.type()), section)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A section as it was when it was left out, and where its answers came from."""

    value: Any
    marks: Mapping[str, Source]


def left_out(part: Part, section: str) -> LeftOut:
    """What is to be kept of a section that is about to be left out."""
    marks = {key: source for key, source in sources(part).items() if within(key, section)}
    return LeftOut(at_key(part, section).value, marks)


def bringing_back(part: Part, section: str, held: LeftOut) -> Doing:
    """The section with the answers it had when it was left out."""
    marks = (Put("sources", {**sources(part), **held.marks}),) if held.marks else ()
    return Doing(Batch((Put(section, held.value), *marks)), section)


def removing(part: Part, key: str) -> Doing:
    """Without the entry at ``key``; the one after it comes into view."""
    slot, at = item_at(part, key)
    left = [item.id for item in items_of(slot)]
    del left[at]
    return Doing(Remove(key), f"{slot.key}.{left[min(at, len(left) - 1)]}" if left else slot.key)


def copying(part: Part, key: str) -> Doing:
    """A copy of the entry at ``key`` right below it."""
    change = copied(*item_at(part, key))
    return Doing(change, f"{change.key}.{change.item.id}")


def moving(part: Part, key: str, by: int) -> Doing | None:
    """The entry at ``key`` one place on among those shown beside it; None at the end."""
    slot, at = item_at(part, key)
    items, group = items_of(slot), slot.spec.type.groups_by
    beside = [n for n, one in enumerate(items) if not group or getattr(one, group) == getattr(items[at], group)]
    wanted = beside.index(at) + by
    return Doing(Move(key, beside[wanted]), key) if 0 <= wanted < len(beside) else None


def naming(part: Part, item_key: str, key: str) -> Doing | None:
    """An id made of the words of a new entry, in place of the one it got when it was added; ``key`` lies within it.

    With it comes what the file says elsewhere of a person whom the entry names.
    """
    slot, at = item_at(part, item_key)
    item = items_of(slot)[at]
    words = item_name(item)
    taken = {*ids_beside(part, slot.key), *(one.id for one in items_of(slot) if one is not item)}
    id_ = new_id(words, taken) if words else item.id
    renamed = Put(f"{item_key}.id", id_)
    if besides := known_besides(part, item_key, item):
        return Doing(Batch((*besides, *rename(part, item_key, id_).changes)), _within(key, slot.key, id_))
    return Doing(renamed, _within(key, slot.key, id_)) if id_ != item.id else None


def _within(key: str, list_key: str, id_: str) -> str:
    """A KEY within an entry of the list, when the entry has another id."""
    rest = key.removeprefix(f"{list_key}.").partition(".")[2]
    return join(list_key, id_, rest)
