"""Who names whom: the answers that hold an item's id, and giving an item another id everywhere at once."""

from __future__ import annotations

from typing import Any, cast

from sla_tui.agreement.parts import Part, join, slots, spec_by_key
from sla_tui.agreement.paths import Batch, Put, item_at
from sla_tui.agreement.values import Kind


def naming(part: Part, key: str) -> tuple[str, ...]:
    """The KEYs of the answers that name the item at ``key``. Raises ``UnknownKey``."""
    slot, at = item_at(part, key)
    id_ = slot.value[at].id
    return tuple(one.key for one in slots(part, type(part)) if one.spec.ask.of == slot.key and one.value == id_)


def rename(part: Part, key: str, id_: str) -> Batch:
    """The one step that gives the item at ``key`` another id and follows it in every answer and remark that names it.

    Raises ``UnknownKey``; an id that is taken or none is refused when the step is applied.
    """
    new = join(key.rpartition(".")[0], id_)
    names = naming(part, key)
    moved = [new + name.removeprefix(key) if _within(name, key) else name for name in names]
    return Batch(
        (
            *(Put(name, None) for name in names),
            Put(f"{key}.id", id_),
            *(Put(name, id_) for name in moved),
            *_remarks(part, key, new),
        )
    )


def _within(name: str, key: str) -> bool:
    return name == key or name.startswith(f"{key}.")


def _remarks(part: Part, key: str, new: str) -> tuple[Put, ...]:
    """The changes to maps whose keys are KEYs, such as the sources of numbers."""
    found: list[Put] = []
    for spec in spec_by_key(type(part)).values():
        held = cast(dict[str, Any] | None, getattr(part, spec.name)) if spec.kind is Kind.MAP else None
        if held and any(_within(name, key) for name in held):
            kept = {new + name.removeprefix(key) if _within(name, key) else name: held[name] for name in held}
            found.append(Put(spec.key, kept))
    return tuple(found)
