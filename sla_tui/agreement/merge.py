"""The three-way merge of values: answer by answer, entries by their ids; what both sides changed is a conflict."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import ValidationError

from sla_tui.agreement.clashes import Clash, Conflict, Whose
from sla_tui.agreement.interleave import interleaved
from sla_tui.agreement.parts import Item, Part, Spec, join, plain, spec_by_key
from sla_tui.agreement.paths import apply, rebuilt
from sla_tui.agreement.references import rename
from sla_tui.agreement.renames import Versions, aligned
from sla_tui.agreement.sameness import same
from sla_tui.agreement.values import Kind

P = TypeVar("P", bound=Part)
Three = tuple[Any, Any, Any]
"""What stands in the common version, in ours and in theirs; None for nothing."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[P]):
    """What both sides made of it: a valid ``value`` that says mine wherever there is a conflict, and the conflicts."""

    value: P
    conflicts: tuple[Conflict, ...]


def merge(base: P, ours: P, theirs: P) -> Merged[P]:
    """The merge of two versions, ``ours`` and ``theirs``, that both came from ``base``.

    An answer is that of the side that changed it. Lists of entries are merged entry by entry, with the moves of both
    sides; lists of words, dates or amounts are one answer. An entry that got another id is followed, and so is all
    that names it. What a file cannot hold, such as a rule in a group that the other side took out, is a conflict too.
    """
    return merged(aligned(base, ours, theirs))


def merged(versions: Versions[P]) -> Merged[P]:
    """The merge of versions in which entries have one id."""
    merger = _Merger(Whose.MINE, versions.renamed)
    value = merger.whole((versions.base, versions.ours, versions.theirs))
    return Merged(cast(P, value), (*versions.conflicts, *merger.conflicts))


def leaning(versions: Versions[P], whose: Whose) -> P:
    """The merge that says, wherever there is a conflict, what one of the versions says.

    Of ``Whose.BEFORE`` it may be something that a file cannot hold.
    """
    value = cast(P, _Merger(whose, versions.renamed).whole((versions.base, versions.ours, versions.theirs)))
    for conflict in versions.conflicts:
        value, _ = apply(value, rename(value, conflict.key.removesuffix(".id"), conflict.of(whose)))
    return value


class _Merger:
    """One merge; at a conflict it goes on with one of the versions. Entries that are ``renamed`` count as changed."""

    def __init__(self, whose: Whose, renamed: frozenset[str]) -> None:
        self._whose = whose
        self._renamed = renamed
        self.conflicts: list[Conflict] = []

    def whole(self, three: Three) -> Part:
        """All of a file."""
        value = self._settled("", three)
        return self._part(None, "", three) if value is _OPEN else value

    def _part(self, spec: Spec | None, key: str, three: Three) -> Part:
        """A part that both sides have, field by field."""
        cls = type(cast(Part, three[1]))
        values = {
            one.name: self._answer(one, join(key, one.key), _of(three, one.name)) for one in spec_by_key(cls).values()
        }
        for side in three[1:]:
            if all(value is getattr(side, name) for name, value in values.items()):
                return side
        said = {name for one in three if one is not None for name in cast(Part, one).model_fields_set}
        given = {name: value for name, value in values.items() if name in said and value is not None}
        if self._whose is Whose.BEFORE:
            return cls.model_construct(**given)
        while True:
            try:
                return rebuilt(None, cls, **given)
            except ValidationError as error:
                if not self._mended(cls, key, given, three, error):
                    return self._decide(Clash.NEEDED, key, spec, three)

    def _decide(
        self, kind: Clash, key: str, spec: Spec | None, three: Three, entry: str = "", at: int | None = None
    ) -> Any:
        conflict = Conflict(key, kind, spec, *three, entry, at)
        if all(one.key != key for one in self.conflicts):
            self.conflicts.append(conflict)
        return conflict.of(self._whose)

    def _settled(self, key: str, three: Three) -> Any:
        """What stands where at most one side changed something; a new id is something too, where the other took out."""
        inside = any(not key or one == key or one.startswith(f"{key}.") for one in self._renamed)
        if inside and not same(three[1], three[2]):
            return _OPEN
        return _settled(*three)

    def _answer(self, spec: Spec, key: str, three: Three) -> Any:
        if (value := self._settled(key, three)) is not _OPEN:
            return value
        if spec.kind is Kind.MAP:
            return self._map(spec, key, three)
        both = None not in three[1:]
        if spec.kind is Kind.LIST and (both or not spec.about):
            return self._items(spec, key, three)
        if spec.kind is Kind.RECORD and both:
            record = self._part(spec, key, three)
            return record if spec.about or plain(record) else None
        return self._decide(Clash.REMOVED if spec.nested and not both else Clash.CHANGED, key, spec, three)

    def _map(self, spec: Spec, key: str, three: Three) -> dict[str, Any] | None:
        base, ours, theirs = (cast("dict[str, Any]", one or {}) for one in three)
        kept: dict[str, Any] = {}
        for name in dict.fromkeys((*ours, *theirs, *base)):
            held = base.get(name), ours.get(name), theirs.get(name)
            if (value := _settled(*held)) is _OPEN:
                kind = Clash.REMOVED if None in held[1:] else Clash.CHANGED
                value = self._decide(kind, join(key, name), spec, held, entry=name)
            if value is not None:
                kept[name] = value
        return kept or None

    def _items(self, spec: Spec, key: str, three: Three) -> tuple[Item, ...]:
        base, ours, theirs = (_by_id(one) for one in three)
        wanted = {Whose.MINE: ours, Whose.THEIRS: theirs, Whose.BEFORE: base}[self._whose]
        order = interleaved([*base], [*ours], [*theirs], [*wanted])
        if not order.agreed:
            shared = ours.keys() & theirs.keys()
            ids = tuple(tuple(id_ for id_ in one if id_ in shared) for one in (base, ours, theirs))
            self._decide(Clash.MOVED, key, spec, cast(Three, ids))
        entry = dataclasses.replace(spec, kind=Kind.RECORD, about=None)
        kept: list[Item] = []
        for id_ in order.keys:
            held = base.get(id_), ours.get(id_), theirs.get(id_)
            item = self._item(entry, join(key, id_), held, len(kept))
            if item is not None:
                kept.append(item)
        return tuple(kept)

    def _item(self, spec: Spec, key: str, three: Three, at: int) -> Item | None:
        base, ours, theirs = three
        if (item := self._settled(key, three)) is not _OPEN:
            return item
        if base is None:
            return _fuller(ours, theirs) or self._decide(Clash.ADDED, key, spec, three, at=at)
        if ours is None or theirs is None:
            return self._decide(Clash.REMOVED, key, spec, three, at=at)
        return cast(Item, self._part(spec, key, three))

    # What a file cannot hold

    def _mended(self, cls: type[Part], key: str, given: dict[str, Any], three: Three, error: ValidationError) -> bool:
        """Goes back to one of the versions where an entry names another that is not there; whether that helped."""
        for one in error.errors(include_url=False):
            match (*one["loc"], *one.get("ctx", {}).get("at", ())):
                case (str(list_), int(at), str(field)) if list_ in spec_by_key(cls):
                    before = dict(given)
                    self._unnamed(cls, key, given, three, (list_, at, field))
                    if before != given:
                        return True
                case _:
                    continue
        return False

    def _unnamed(
        self, cls: type[Part], key: str, given: dict[str, Any], three: Three, place: tuple[str, int, str]
    ) -> None:
        """Goes back with the entry that is named from one place, and with all that name it."""
        spec = spec_by_key(cls)[place[0]]
        items = cast("tuple[Item, ...]", given[spec.name])
        naming = spec_by_key(spec.type)[place[2]]
        named = getattr(items[place[1]], naming.name)
        lists = [one for one in spec_by_key(cls).values() if join(key, one.key) in naming.ask.of]
        # In an order in which theirs can be taken one by one: what is named is put back first, and taken out last.
        back = any(_of_id(_of(three, one.name), named)[2] is not None for one in lists)
        for one in lists if back else ():
            self._again(one, join(key, one.key), given, _of(three, one.name), named)
        kept: list[Item] = []
        for item in items:
            if getattr(item, naming.name) == named:
                said = _of(_of_id(_of(three, spec.name), item.id), naming.name)
                value = self._decide(Clash.NEEDED, join(key, spec.key, item.id, naming.key), naming, said)
                item = rebuilt(item, type(item), **{naming.name: value})
            kept.append(item)
        given[spec.name] = tuple(kept)
        for one in () if back else lists:
            self._again(one, join(key, one.key), given, _of(three, one.name), named)

    def _again(self, spec: Spec, key: str, given: dict[str, Any], three: Three, id_: str) -> None:
        """Puts back the entry that is named, or leaves it out, as in the version that is gone on with."""
        held = _of_id(three, id_)
        items = cast("tuple[Item, ...]", given.get(spec.name, ()))
        at = next((list(_by_id(one)).index(id_) for one in three if id_ in _by_id(one)), len(items))
        entry = dataclasses.replace(spec, kind=Kind.RECORD, about=None)
        item = self._decide(Clash.NEEDED, join(key, id_), entry, held, at=at)
        if item is not None:
            given[spec.name] = (*items[:at], item, *items[at:])


_OPEN: Any = object()


def _settled(base: Any, ours: Any, theirs: Any) -> Any:
    """What stands where at most one side changed something, or both alike; else _OPEN."""
    if same(ours, theirs) or same(base, theirs):
        return ours
    return theirs if same(base, ours) else _OPEN


def _of(three: Three, name: str) -> Three:
    base, ours, theirs = (getattr(one, name, None) for one in three)
    return base, ours, theirs


def _of_id(three: Three, id_: str) -> Three:
    base, ours, theirs = (_by_id(one).get(id_) for one in three)
    return base, ours, theirs


def _by_id(items: Iterable[Item] | None) -> dict[str, Item]:
    return {item.id: item for item in items or ()}


def _fuller(one: Item, other: Item) -> Item | None:
    """The one of two entries that says all that the other says; None where each says something else."""
    for less, more in ((one, other), (other, one)):
        names = type(one).model_fields
        if all(getattr(less, name) in (None, ()) or same(getattr(less, name), getattr(more, name)) for name in names):
            return more
    return None
