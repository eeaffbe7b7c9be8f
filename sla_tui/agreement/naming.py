"""What items are called: the words for an id."""

from __future__ import annotations

from typing import cast

from sla_tui.agreement.parts import Item, Part, slots
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.values import Kind


def item_name(item: Item) -> str:
    """An item's first answer in words of its own; empty for none."""
    for slot in slots(item, type(item)):
        if slot.spec.kind in (Kind.LINE, Kind.PROSE) and not slot.spec.ask.of and not slot.empty:
            return cast(str, slot.value)
    return ""


def names_in(part: Part, list_key: str) -> dict[str, str]:
    """The names of the items of a list by their ids; none where there is no such list."""
    try:
        items = cast("tuple[Item, ...]", at_key(part, list_key).value or ())
    except UnknownKey:
        return {}
    return {item.id: item_name(item) or item.id for item in items}
