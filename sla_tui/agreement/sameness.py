"""Whether two values say the same, types included."""

from __future__ import annotations

from typing import Any, cast

from sla_tui.agreement.parts import Part


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in value and type (``1``, ``1.0`` and ``true`` are three things)."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Part):
        said, also = one.__dict__, other.__dict__
        return one == other and all(said[name] is also[name] or same(said[name], also[name]) for name in said)
    if isinstance(one, tuple):
        items, others = cast("tuple[Any, ...]", one), cast("tuple[Any, ...]", other)
        return len(items) == len(others) and all(map(same, items, others))
    if isinstance(one, dict):
        held, kept = cast("dict[str, Any]", one), cast("dict[str, Any]", other)
        return held.keys() == kept.keys() and all(same(held[key], kept[key]) for key in held)
    return bool(one == other)
