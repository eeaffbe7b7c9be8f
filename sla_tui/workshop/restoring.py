"""One answer, entry or section as an earlier version has it, brought back as one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

from sla_tui.agreement.diff import Comparison, How, compare
from sla_tui.agreement.examples import remarked, source_of, sources, within
from sla_tui.agreement.lists import KEYS
from sla_tui.agreement.parts import Item, Part, Slot, join, slots, spec_by_key
from sla_tui.agreement.paths import Add, Batch, Change, Move, Put, Refused, Remove, UnknownKey, apply, at_key, is_item
from sla_tui.agreement.references import nameable, named, rename
from sla_tui.agreement.sameness import same
from sla_tui.agreement.sources import Source
from sla_tui.agreement.values import Kind

P = TypeVar("P", bound=Part)
_AGREED = Source(kind="agreed")


class Lost(NamedTuple):
    """An answer at ``key`` that would name ``id``, which is no longer there."""

    key: str
    id: str


@dataclass(frozen=True, slots=True)
class Restoring:
    """A change that brings something back; the KEYs of entries that come ``along``, since it could not be without
    them; and what would name something that is no longer there."""

    change: Change
    along: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()


def restoring(part: P, old: P, key: str) -> Restoring:
    """The change that makes ``part`` say at ``key`` what ``old`` says there; an empty ``key`` is all of it.

    ``key`` names a place by the ids that ``part`` has, or by those of ``old`` for what is gone; or a remark, as in
    ``sources.scoring.rules.open``. What was said of where the answers come from is brought back with them. Raises
    ``UnknownKey`` where neither has such a place, ``Refused`` where something else is to be restored first.
    """
    held = compare(old, part)
    change = _Restorer(held).change(key) if key else _all(old)
    along: tuple[str, ...] = ()
    try:
        after, _ = apply(part, change)
    except Refused:
        needed = tuple(_needed(held, key))
        along = tuple(join(one.key, one.item.id) for one in needed)
        change = Batch((*needed, change))
        after, _ = apply(part, change)
    before = set(_lost(part))
    return Restoring(change, along, tuple(one for one in _lost(after) if one not in before))


def restoring_all(part: P, old: P, keys: Sequence[str]) -> Restoring:
    """As ``restoring``, of several places in one change; what stands in neither version is passed over."""
    changes: list[Change] = []
    along: tuple[str, ...] = ()
    now = part
    for key in keys:
        try:
            held = restoring(now, old, key)
        except UnknownKey:
            continue
        changes.append(held.change)
        along += held.along
        now, _ = apply(now, held.change)
    before = set(_lost(part))
    return Restoring(Batch(tuple(changes)), along, tuple(one for one in _lost(now) if one not in before))


def called_now(keys: Sequence[str], seen: Part, part: Part, old: Part) -> tuple[str, ...]:
    """The KEYs by which ``part`` calls what the version ``seen`` calls ``keys``; what is gone is called as in ``old``.

    They are what ``restoring`` takes, where one looks at changes that are older than ``part``.
    """
    now, then = compare(seen, part).ids, compare(seen, old).ids
    found: list[str] = []
    for key in keys:
        here = _called(key, now, type(part))
        gone = _map_of(key, type(part)) == "" and _find(part, here) is None
        found.append(_called(key, then, type(part)) if gone else here)
    return tuple(found)


def _called(key: str, ids: Mapping[str, str], model: type[Part]) -> str:
    """A KEY by the new ids of the entries it leads through; ``ids`` are the old ones by their new KEYs."""
    name = _map_of(key, model)
    if name:
        return join(name, _called(key.removeprefix(f"{name}."), ids, model))
    here = ""
    for part in key.split("."):
        fresh = (new for new, id_ in ids.items() if id_ == part and new.rpartition(".")[0] == here)
        here = next(fresh, join(here, part))
    return here


def _map_of(key: str, model: type[Part]) -> str:
    """The name of the map that ``key`` is a remark of; empty where it is none."""
    name, _, entry = key.partition(".")
    spec = spec_by_key(model).get(name)
    return name if spec is not None and spec.kind is Kind.MAP and entry else ""


def _all(old: Part) -> Batch:
    return Batch(tuple(Put(spec.key, getattr(old, spec.name)) for spec in spec_by_key(type(old)).values()))


class _Restorer:
    """Makes changes out of one comparison: of the version to restore from, and of the one as it is."""

    def __init__(self, held: Comparison[Any]) -> None:
        self._held = held
        self._old: Part = held.old
        self._now: Part = held.new
        self._moved = {one.key for one in held.differences if one.how is How.MOVED}

    def change(self, key: str) -> Change:
        remark = self._remark(key)
        if remark is not None:
            return remark
        entry = key.removesuffix(".id")
        if entry != key and entry in self._held.ids:
            return rename(self._now, entry, self._held.ids[entry])
        return Batch((*self._place(key), *self._marks(key)))

    def _remark(self, key: str) -> Change | None:
        """One remark of a map; None where ``key`` is of none."""
        name, _, entry = key.partition(".")
        spec = spec_by_key(type(self._now)).get(name)
        if spec is None or spec.kind is not Kind.MAP or not entry:
            return None
        before, now = (cast("dict[str, Any]", getattr(one, spec.name) or {}) for one in (self._old, self._now))
        if entry not in before and entry not in now:
            raise UnknownKey(f"{key} names nothing", "name a remark that is there, or was")
        kept = {one: value for one, value in {**now, entry: before.get(entry)}.items() if value is not None}
        return Put(spec.key, kept or None)

    def _place(self, key: str) -> Iterator[Change]:
        was, now = _find(self._old, key), _find(self._now, key)
        if was is None and now is None:
            at_key(self._now, key)
        if was is None and not is_item(self._now, key):
            raise Refused(f"there was no {key} then", "restore the entry that it lies in")
        if is_item(self._old, key) or is_item(self._now, key):
            yield from self._entry(key, was.value if was else None, now.value if now else None)
        elif now is None:
            raise Refused(f"{key} lies in an entry that is gone", "restore that entry first")
        elif was is not None and not same(was.value, now.value):
            yield Put(key, was.value)

    def _entry(self, key: str, was: Item | None, now: Item | None) -> Iterator[Change]:
        list_key = key.rpartition(".")[0]
        if was is None:
            yield Remove(key)
        elif now is None:
            if _find(self._now, list_key) is None:
                raise Refused(f"{key} lies in an entry that is gone", "restore that entry first")
            yield Add(list_key, was, self._to(list_key, was.id))
        else:
            if not same(was, now):
                yield Put(key, was)
            if key in self._moved:
                yield Move(key, self._to(list_key, was.id))

    def _to(self, list_key: str, id_: str) -> int:
        """The place right behind what it stood behind, as far as that is still there."""
        before = [item.id for item in _items(self._old, list_key)]
        now = [item.id for item in _items(self._now, list_key) if item.id != id_]
        ahead = (one for one in reversed(before[: before.index(id_)]) if one in now)
        one = next(ahead, None)
        return 0 if one is None else now.index(one) + 1

    def _marks(self, key: str) -> Iterator[Put]:
        """What is said of where the answers at ``key`` come from, as it was said then."""
        before, now = sources(self._old), sources(self._now)
        kept = {one: source for one, source in now.items() if not within(one, key)}
        kept |= {one: source for one, source in before.items() if within(one, key)}
        was, is_ = source_of(before, key)[1], source_of(kept, key)[1]
        if _find(self._old, key) is not None and was != is_:
            kept[key] = was or _AGREED
        # Said even where it is as before, or the answer would count as given anew by who brings it back.
        if kept != now or remarked(self._now, (key,)) is not None:
            yield Put("sources", kept or None)


def _needed(held: Comparison[Any], key: str) -> Iterator[Add]:
    """The entries that are gone and that what comes back at ``key`` names."""
    old, now = cast(Part, held.old), cast(Part, held.new)
    seen: set[str] = set()
    for slot in slots(old, type(old)):
        if not within(slot.key, key):
            continue
        for list_key in slot.spec.ask.of:
            for id_ in named(slot):
                entry = join(list_key, id_)
                if entry not in seen and is_item(old, entry) and not is_item(now, entry):
                    seen.add(entry)
                    yield Add(list_key, cast(Item, at_key(old, entry).value))


def _lost(part: Part) -> Iterator[Lost]:
    """Every answer that names something that is not there, in the lists that are."""
    known: dict[tuple[str, ...], Iterable[str] | None] = {}
    for slot in slots(part, type(part)):
        of, names = slot.spec.ask.of, named(slot)
        if not names:
            continue
        if of == KEYS:
            yield from (Lost(slot.key, one) for one in names if _find(part, one) is None)
            continue
        if of not in known:
            known[of] = nameable(part, of)
        there = known[of]
        if there is not None:
            yield from (Lost(slot.key, one) for one in names if one not in there)


def _find(part: Part, key: str) -> Slot | None:
    try:
        return at_key(part, key)
    except UnknownKey:
        return None


def _items(part: Part, key: str) -> Sequence[Item]:
    slot = _find(part, key)
    return cast("tuple[Item, ...]", slot.value or ()) if slot else ()
