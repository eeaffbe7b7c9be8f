"""Who names whom: the answers that hold an item's id or a KEY, and following an item that gets another id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from sla_tui.agreement.lists import KEY, SECTION
from sla_tui.agreement.naming import names_in
from sla_tui.agreement.parts import Part, Slot, join, slots, spec_by_key, specs
from sla_tui.agreement.paths import Batch, Put, Refused, UnknownKey, at_key, item_at, steps
from sla_tui.agreement.values import Kind


def named(slot: Slot) -> tuple[str, ...]:
    """The ids, or the KEY, that an answer holds; none for one that names nothing."""
    if not slot.spec.ask.of or slot.empty:
        return ()
    return cast("tuple[str, ...]", slot.value) if slot.spec.kind is Kind.WORDS else (cast(str, slot.value),)


def nameable(part: Part, of: tuple[str, ...]) -> dict[str, str] | None:
    """What an answer of lists ``of`` can name, by id; None where none of these lists is in this version."""
    found: dict[str, str] = {}
    known = False
    for one in reversed(of):
        here = _sections(part) if one == SECTION else _names(part, one)
        if here is not None:
            found, known = {**found, **here}, True
    return found if known else None


def _sections(part: Part) -> dict[str, str]:
    return {spec.key: spec.about.title for spec in specs(type(part)) if spec.about}


def _names(part: Part, list_key: str) -> dict[str, str] | None:
    try:
        section, *_ = steps(part, list_key)
    except UnknownKey:
        return None
    return None if section.value is None else names_in(part, list_key)


def naming(part: Part, key: str) -> tuple[str, ...]:
    """The KEYs of the answers that name the item at ``key`` or something within it. Raises ``UnknownKey``."""
    slot, at = item_at(part, key)
    id_ = slot.value[at].id
    return tuple(one.key for one in slots(part, type(part)) if _names_item(part, one, slot.key, id_))


def _names_item(part: Part, answer: Slot, list_key: str, id_: str) -> bool:
    of = answer.spec.ask.of
    if not of or answer.empty:
        return False
    if of == (KEY,):
        return _within(cast(str, answer.value), join(list_key, id_))
    return list_key in of and id_ in named(answer) and _meant(part, of, id_) == list_key


def _meant(part: Part, of: tuple[str, ...], id_: str) -> str:
    """The first of the lists that holds the id."""
    return next((one for one in of if one != SECTION and id_ in names_in(part, one)), "")


@cache
def rivals(cls: type[Part]) -> Mapping[str, frozenset[str]]:
    """By list the other lists of ``cls`` whose entries the same answers can name: an id in both would mean either."""
    found: dict[str, frozenset[str]] = {}
    for of in _choices(cls):
        for one in of:
            found[one] = found.get(one, frozenset()) | (set(of) - {one})
    return found


def _choices(cls: type[Part]) -> frozenset[tuple[str, ...]]:
    here = frozenset(spec.ask.of for spec in specs(cls) if len(spec.ask.of) > 1)
    return here.union(*(_choices(spec.type) for spec in specs(cls) if spec.nested))


def ids_beside(part: Part, list_key: str) -> frozenset[str]:
    """The ids that entries of the list at ``list_key`` had better not have: answers that name one would mean either."""
    lists = rivals(type(part)).get(list_key, frozenset())
    return frozenset(id_ for one in lists for id_ in (_sections(part) if one == SECTION else names_in(part, one)))


def refuse_rival(part: Part, list_key: str, id_: str) -> None:
    """Raises ``Refused`` for an id that answers would take for an entry of another list."""
    if id_ in ids_beside(part, list_key):
        message = f"{id_} is the id of something else that the same answers can name"
        raise Refused(f"{list_key}: {message}", "choose another id")


def rename(part: Part, key: str, id_: str) -> Batch:
    """The one step that gives the item at ``key`` another id and follows it in every answer and remark that names it.

    Raises ``UnknownKey``, and ``Refused`` for an id that would be mistaken for another entry's; one that is taken or
    none is refused when the step is applied.
    """
    refuse_rival(part, key.rpartition(".")[0], id_)
    new = join(key.rpartition(".")[0], id_)
    old_id = key.rpartition(".")[2]
    names = naming(part, key)
    follow = {name: _followed(at_key(part, name).value, key, new, old_id, id_) for name in names}
    moved = {new + name.removeprefix(key) if _within(name, key) else name: value for name, value in follow.items()}
    return Batch(
        (
            *(Put(name, None) for name in names),
            Put(f"{key}.id", id_),
            *(Put(name, value) for name, value in moved.items()),
            *_remarks(part, key, new),
        )
    )


def _followed(value: Any, key: str, new: str, old_id: str, id_: str) -> Any:
    if isinstance(value, tuple):
        return tuple(id_ if one == old_id else one for one in cast("tuple[str, ...]", value))
    return new + cast(str, value).removeprefix(key) if _within(cast(str, value), key) else id_


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
