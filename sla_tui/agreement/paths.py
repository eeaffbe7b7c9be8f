"""KEYs: finding what stands at one, and changing it; every change knows the one that takes it back."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import Item, Part, Slot, Spec, join, may_stay_open, plain, spared_in, spec_by_key
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind

P = TypeVar("P", bound=Part)


class UnknownKey(UserError):
    """A KEY that names nothing in this agreement."""


class Refused(UserError):
    """A change the agreement does not take, and why."""


@dataclass(frozen=True, slots=True)
class Put:
    """Sets the answer, record or section at ``key``; None clears it."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Puts ``item`` into the list at ``key``, at place ``at`` counted from 0, or at the end."""

    key: str
    item: Item
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes the item at ``key`` out of its list."""

    key: str


@dataclass(frozen=True, slots=True)
class Move:
    """Moves the item at ``key`` to place ``to`` of its list, counted from 0."""

    key: str
    to: int


@dataclass(frozen=True, slots=True)
class Prune:
    """Takes the section or record at ``key`` away if nothing is in it."""

    key: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Several changes that are one step."""

    changes: tuple[Change, ...]


Change = Put | Add | Remove | Move | Prune | Batch


def at_key(part: Part, key: str) -> Slot:
    """The place a KEY names; its value is None where nothing stands yet. An item is a record with its list's spec.

    Raises ``UnknownKey`` with the nearest known key or id.
    """
    *_, slot = steps(part, key)
    return slot


def steps(part: Part, key: str) -> Iterator[Slot]:
    """Every place on the way to a KEY, outermost first, the place itself last. Raises ``UnknownKey``."""
    here: Any = part
    cls, reached, optional, segments = type(part), "", False, key.split(".")
    while segments:
        name, *segments = segments
        spec = _field(cls, name, key)
        spared = spared_in(here if isinstance(here, Part) else None, cls)
        here, reached = getattr(here, spec.name, None), join(reached, name)
        optional = may_stay_open(spec, here, spared, optional)
        yield Slot(reached, spec, here, optional)
        if segments and spec.kind is Kind.LIST:
            id_, *segments = segments
            here, reached = _item(cast(tuple[Item, ...], here or ()), id_, key), join(reached, id_)
            yield Slot(reached, dataclasses.replace(spec, kind=Kind.RECORD, about=None), here, optional)
            optional = False
        elif segments and spec.kind is not Kind.RECORD:
            raise UnknownKey(f"{key} names nothing", f"{reached} has no parts")
        cls = spec.type


def item_at(part: Part, key: str) -> tuple[Slot, int]:
    """The list that holds the item a KEY names, and the item's place in it. Raises ``UnknownKey``."""
    list_key, _, id_ = key.rpartition(".")
    if not list_key:
        raise UnknownKey(f"{key} names no item of a list", "an item's key is its list's key and its id")
    slot = at_key(part, list_key)
    if slot.spec.kind is not Kind.LIST:
        raise UnknownKey(f"{list_key} is no list", "an item's key is its list's key and its id")
    items = cast(tuple[Item, ...], slot.value or ())
    return slot, items.index(_item(items, id_, key))


def is_item(part: Part, key: str) -> bool:
    """Whether a KEY names an item of a list."""
    try:
        item_at(part, key)
    except UnknownKey:
        return False
    return True


def _field(cls: type[Part], name: str, key: str) -> Spec:
    known = spec_by_key(cls)
    if name not in known:
        raise UnknownKey(f"{key} names nothing: there is no {name!r} here", did_you_mean(name, known))
    return known[name]


def _item(items: tuple[Item, ...], id_: str, key: str) -> Item:
    for item in items:
        if item.id == id_:
            return item
    raise UnknownKey(f"{key} names nothing: no item is called {id_!r}", did_you_mean(id_, (item.id for item in items)))


def rebuilt(part: Part | None, cls: type[P], **values: Any) -> P:
    """``part`` with some fields replaced, validated. Raises pydantic's ``ValidationError``."""
    fields = cls.model_fields
    held = {name: getattr(part, name) for name in part.model_fields_set} if part is not None else {}
    held.update(values)
    return cls.model_validate({fields[name].alias or name: value for name, value in held.items() if value is not None})


def _put(
    part: Part | None, cls: type[Part], segments: list[str], replace: Callable[[Any, Spec], Any], key: str
) -> Part:
    spec = _field(cls, segments[0], key)
    held = getattr(part, spec.name, None)
    rest = segments[1:]
    if not rest:
        value = replace(held, spec)
    elif spec.kind is Kind.LIST:
        items = cast(tuple[Item, ...], held or ())
        item = _item(items, rest[0], key)
        new = _put(item, spec.type, rest[1:], replace, key) if rest[1:] else replace(item, spec)
        value = tuple(new if one is item else one for one in items)
    elif spec.kind is Kind.RECORD:
        value = _put(held, spec.type, rest, replace, key)
        if spec.about is None and not plain(value):
            value = None
    else:
        raise UnknownKey(f"{key} names nothing", f"{spec.key} has no parts")
    return rebuilt(part, cls, **{spec.name: value})


def _replace(agreement: P, key: str, replace: Callable[[Any, Spec], Any]) -> P:
    try:
        return cast(P, _put(agreement, type(agreement), key.split("."), replace, key))
    except ValidationError as error:
        raise Refused(f"{key}: {reason(error)}") from error


def reason(error: ValidationError) -> str:
    """The first thing wrong, in a person's words."""
    first = error.errors()[0]
    context = first.get("ctx", {})
    kind = first["type"]
    if kind == "literal_error":
        return f"one of these is needed: {context['expected']}"
    if kind == "string_pattern_mismatch":
        return "an id has small letters, digits and hyphens only, such as prompt-follow-up"
    words = {
        "greater_than_equal": f"at least {context.get('ge')} is needed",
        "less_than_equal": f"at most {context.get('le')} is possible",
        "int_type": "a whole number is needed",
        "string_type": "text is needed",
        "missing": "something is missing",
    }
    return words.get(kind, first["msg"].removeprefix("Value error, "))


def apply(agreement: P, change: Change) -> tuple[P, Change]:
    """The agreement after ``change``, and the change that takes it back.

    Raises ``UnknownKey`` or ``Refused``; the agreement given is never touched.
    """
    match change:
        case Put(key, value):
            return _apply_put(agreement, key, value)
        case Add(key, item, at):
            new = _edit(agreement, key, lambda items: _inserted(items, item, at))
            return new, _back(new, steps(agreement, key), Remove(f"{key}.{item.id}"))
        case Remove(key):
            slot, at = item_at(agreement, key)
            item = slot.value[at]
            new = _edit(agreement, slot.key, lambda items: items[:at] + items[at + 1 :])
            return new, _back(new, steps(agreement, slot.key), Add(slot.key, item, at))
        case Move(key, to):
            slot, at = item_at(agreement, key)
            item = slot.value[at]
            place = max(0, min(to, len(slot.value) - 1))
            moved = _edit(agreement, slot.key, lambda items: _inserted(items[:at] + items[at + 1 :], item, place))
            return moved, Move(key, at)
        case Prune(key):
            slot = at_key(agreement, key)
            if slot.value is None or plain(slot.value):
                return agreement, Batch(())
            return _replace(agreement, key, lambda _held, _spec: None), Put(key, slot.value)
        case Batch(changes):
            return _apply_all(agreement, changes)


def _apply_put(agreement: P, key: str, value: Any) -> tuple[P, Change]:
    *around, old = steps(agreement, key)
    if isinstance(old.value, Item):
        if not isinstance(value, Item):
            raise Refused(f"{key} is an item of a list", "name one of its answers, or remove it")
        new = _replace(agreement, key, lambda _held, _spec: value)
        return new, Put(join(key.rpartition(".")[0], value.id), old.value)
    new = _replace(agreement, key, lambda _held, spec: _checked(spec, value))
    if old.spec.kind is Kind.ID:
        return new, Put(_renamed(key, value), old.value)
    return new, _back(new, around, Put(key, old.value))


def _back(after: Part, around: Iterable[Slot], back: Change) -> Change:
    """The inverse ``back``, and the places ``around`` it: a section that came to be goes, a record that went comes."""
    for slot in around:
        if isinstance(slot.value, Item):
            continue
        now = at_key(after, slot.key).value
        if slot.value is None:
            if slot.spec.about and now is not None:
                return Batch((back, Prune(slot.key)))
        elif slot.spec.kind is Kind.RECORD and not slot.spec.about and (now is None or not plain(slot.value)):
            return Put(slot.key, slot.value)
    return back


def _renamed(key: str, id_: str) -> str:
    list_key = key.rpartition(".")[0].rpartition(".")[0]
    return f"{list_key}.{id_}.id"


def _checked(spec: Spec, value: Any) -> Any:
    if spec.kind is Kind.LIST and value is None:
        return None if spec.about else ()
    return value


def _apply_all(agreement: P, changes: Iterable[Change]) -> tuple[P, Batch]:
    back: list[Change] = []
    for change in changes:
        agreement, inverse = apply(agreement, change)
        back.append(inverse)
    return agreement, Batch(tuple(reversed(back)))


def _edit(agreement: P, key: str, edit: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> P:
    slot = at_key(agreement, key)
    if slot.spec.kind is not Kind.LIST:
        raise UnknownKey(f"{key} is no list", "items are added to a list, such as scoring.rules")
    return _replace(agreement, key, lambda held, _spec: edit(held or ()))


def _inserted(items: tuple[Item, ...], item: Item, at: int | None) -> tuple[Item, ...]:
    place = len(items) if at is None else at
    return (*items[:place], item, *items[place:])


def new_id(words: str, taken: Iterable[str]) -> str:
    """An id made of the first words of ``words``, not yet ``taken``."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    without_marks = "".join(one for one in letters if not unicodedata.combining(one))
    plain_words = re.sub(r"[^a-z0-9]+", "-", without_marks).strip("-")
    base = "-".join(plain_words.split("-")[:5])[:40].strip("-") or "item"
    used = {*taken, "none", "id", "score", "stage"}
    if base not in used:
        return base
    return next(name for n in range(2, len(used) + 3) if (name := f"{base}-{n}") not in used)
