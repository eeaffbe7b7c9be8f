"""What items are called: the words for an id."""

from __future__ import annotations

from typing import cast

from sla_tui.agreement.parts import Item, Part, Slot, slots
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.values import Kind


def item_name(item: Item) -> str:
    """What an item is called, in words: its first own ones, or what its kind is called by; empty for none."""
    if type(item).called_by:
        known = {slot.key: slot for slot in slots(item, type(item))}
        return " to ".join(words for key in type(item).called_by if (words := _words(known[key])))
    for slot in slots(item, type(item)):
        if slot.spec.kind in (Kind.LINE, Kind.PROSE) and not slot.spec.ask.of and not slot.empty:
            return cast(str, slot.value)
    return ""


def _words(slot: Slot) -> str:
    if slot.empty:
        return ""
    return slot.spec.word(cast(str, slot.value)) if slot.spec.kind is Kind.CHOICE else slot.text.replace("-", " ")


def names_in(part: Part, list_key: str) -> dict[str, str]:
    """The names of the items of a list by their ids; none where there is no such list."""
    try:
        items = cast("tuple[Item, ...]", at_key(part, list_key).value or ())
    except UnknownKey:
        return {}
    return {item.id: item_name(item) or item.id for item in items}
