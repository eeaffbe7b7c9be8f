"""What is done to an entry or a section, as a change and the KEY to look at afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Part, spec_by_key
from sla_tui.agreement.paths import Add, Change, Move, Put, Remove, at_key, item_at, new_id
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import copied, fresh, items_of
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
    item = fresh(at_key(part, list_key))
    beside = item_here(part, key)
    at = item_at(part, beside)[1] + 1 if beside.rpartition(".")[0] == list_key else None
    return Doing(Add(list_key, item, at), f"{list_key}.{item.id}")


def adding_section(part: Part, section: str) -> Doing:
    """The section, empty, taken into this version."""
    spec = spec_by_key(type(part))[section]
    return Doing(Put(section, () if spec.kind is Kind.LIST else spec.type()), section)


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
    """An id made of the words of a new entry, in place of the one it got when it was added; ``key`` lies within it."""
    slot, at = item_at(part, item_key)
    item = items_of(slot)[at]
    words = item_name(item)
    id_ = new_id(words, (one.id for one in items_of(slot) if one is not item)) if words else item.id
    if id_ == item.id:
        return None
    return Doing(Put(f"{item_key}.id", id_), key.replace(item_key, f"{slot.key}.{id_}", 1))
