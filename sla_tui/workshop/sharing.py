"""Two versions hold in common what they say alike, so that whoever compares them by identity has little to look at."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sameness import same

P = TypeVar("P", bound=Part)


def sharing(fresh: P, known: P) -> P:
    """``fresh`` made of the very objects of ``known`` wherever both say the same."""
    if same(fresh, known) and fresh.model_fields_set == known.model_fields_set:
        return known
    return _shared(fresh, known)


def _shared(fresh: P, known: P) -> P:
    names = fresh.model_fields_set
    return fresh.model_copy(update={name: _one(getattr(fresh, name), getattr(known, name)) for name in names})


def _one(fresh: Any, known: Any) -> Any:
    if isinstance(fresh, Part) and isinstance(known, Part) and type(fresh) is type(known):
        return sharing(fresh, known)
    if isinstance(fresh, tuple) and isinstance(known, tuple):
        return _items(cast("tuple[Any, ...]", fresh), cast("tuple[Any, ...]", known))
    return cast(Any, known if same(fresh, known) else fresh)


def _items(fresh: tuple[Any, ...], known: tuple[Any, ...]) -> tuple[Any, ...]:
    by_id = {one.id: one for one in known if isinstance(one, Item)}
    held = tuple(_one(one, by_id.get(one.id)) if isinstance(one, Item) else one for one in fresh)
    alike = len(held) == len(known) and all(
        one is other or same(one, other) for one, other in zip(held, known, strict=True)
    )
    return known if alike else held
