"""Entries that got another id in one version: found, and followed in the versions it is merged with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sla_tui.agreement.clashes import Clash, Conflict
from sla_tui.agreement.parts import Item, Part, join, specs
from sla_tui.agreement.paths import Put, Refused, UnknownKey, apply, at_key, is_item
from sla_tui.agreement.references import naming, rename
from sla_tui.agreement.sameness import same
from sla_tui.agreement.values import Kind

P = TypeVar("P", bound=Part)

_OWN_WORDS = (Kind.LINE, Kind.PROSE, Kind.CONDITION)
"""Answers by which an entry is known again."""


def renamed_items(old: Part, new: Part, key: str = "") -> Iterator[tuple[str, str]]:
    """The KEY in ``old`` of each entry that ``new`` holds under another id, and that id; outer entries first.

    An entry is known again by all its answers; or by three quarters of them, with some words of its own among these,
    when it stands where it stood.
    """
    if old is new:
        return
    for spec in specs(type(old)):
        before, after, here = getattr(old, spec.name), getattr(new, spec.name), join(key, spec.key)
        if before is after or before is None or after is None:
            continue
        if spec.kind is Kind.RECORD:
            yield from renamed_items(before, after, here)
        elif spec.kind is Kind.LIST:
            yield from _in_list(cast("tuple[Item, ...]", before), cast("tuple[Item, ...]", after), here)


def _in_list(old: tuple[Item, ...], new: tuple[Item, ...], key: str) -> Iterator[tuple[str, str]]:
    found = {item.id: item for item in new}
    lost = [item for item in old if item.id not in found]
    known = {item.id for item in old}
    fresh = [item for item in new if item.id not in known]
    if lost and fresh:
        for item in lost:
            again = next((one for one in fresh if _is_again(old, new, item, one)), None)
            if again is not None:
                fresh.remove(again)
                yield join(key, item.id), again.id
    for item in old:
        if item.id in found:
            yield from renamed_items(item, found[item.id], join(key, item.id))


def _is_again(old: tuple[Item, ...], new: tuple[Item, ...], lost: Item, fresh: Item) -> bool:
    kept, all_ = 0, 0
    own = False
    for spec in specs(type(lost)):
        before, after = getattr(lost, spec.name), getattr(fresh, spec.name)
        if spec.kind is Kind.ID or (before in (None, ()) and after in (None, ())):
            continue
        all_ += 1
        if same(before, after):
            kept += 1
            own = own or (spec.kind in _OWN_WORDS and not spec.ask.of)
    if kept == all_:
        return own or (all_ > 0 and _in_place(old, new, lost, fresh))
    return own and 4 * kept >= 3 * all_ and _in_place(old, new, lost, fresh)


def _in_place(old: tuple[Item, ...], new: tuple[Item, ...], lost: Item, fresh: Item) -> bool:
    """Whether it follows what it followed, or stands before what it stood before."""
    at, now = old.index(lost), new.index(fresh)
    return _id(old, at - 1) == _id(new, now - 1) or _id(old, at + 1) == _id(new, now + 1)


def _id(items: tuple[Item, ...], at: int) -> str:
    return items[at].id if 0 <= at < len(items) else ""


def follow(part: P, key: str, id_: str) -> P | None:
    """``part`` with the entry at ``key`` and all that names it under another id; None where that cannot be."""
    if not is_item(part, key) or is_item(part, join(key.rpartition(".")[0], id_)):
        return None
    try:
        return apply(part, rename(part, key, id_))[0]
    except (Refused, UnknownKey):
        return None


@dataclass(frozen=True, slots=True)
class Versions(Generic[P]):
    """Three versions in which every entry has one id, and where two sides gave one entry two.

    ``renamed`` are the KEYs of the entries that have another id than they had.
    """

    base: P
    ours: P
    theirs: P
    conflicts: tuple[Conflict, ...] = ()
    renamed: frozenset[str] = frozenset()


def aligned(base: P, ours: P, theirs: P) -> Versions[P]:
    """The three versions with each renamed entry, and all that names it, under its new id in all of them."""
    return _Aligner(base, ours, theirs).result()


class _Aligner(Generic[P]):
    """Follows the new ids of one side, then those of the other. ``was``: the old id by each new KEY."""

    def __init__(self, base: P, ours: P, theirs: P) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._was: dict[str, str] = {}
        self._conflicts: list[Conflict] = []

    def result(self) -> Versions[P]:
        left: set[tuple[str, str]] = set()
        while found := _next(self._base, self._ours, left):
            if not self._ours_renamed(*found):
                left.add(found)
        by_ours = set(self._was)
        left.clear()
        while found := _next(self._base, self._theirs, left):
            if not (self._both_renamed(*found) if found[0] in by_ours else self._theirs_renamed(*found)):
                left.add(found)
        return Versions(self._base, self._ours, self._theirs, tuple(self._conflicts), frozenset(self._was))

    def _ours_renamed(self, key: str, id_: str) -> bool:
        base, theirs = follow(self._base, key, id_), self._known_to(self._theirs, key, id_)
        if base is None or theirs is None:
            return False
        self._base, self._theirs = base, theirs
        self._was[_beside(key, id_)] = _id_in(key)
        return True

    def _theirs_renamed(self, key: str, id_: str) -> bool:
        base, ours = follow(self._base, key, id_), self._known_to(self._ours, key, id_)
        if base is None or ours is None:
            return False
        self._base, self._ours = base, ours
        self._was[_beside(key, id_)] = _id_in(key)
        return True

    def _both_renamed(self, key: str, id_: str) -> bool:
        theirs = follow(self._theirs, _beside(key, id_), _id_in(key))
        if theirs is None:
            return False
        self._theirs = theirs
        spec = at_key(self._base, join(key, "id")).spec
        ids = self._was[key], _id_in(key), id_
        self._conflicts.append(Conflict(join(key, "id"), Clash.RENAMED, spec, *ids))
        return True

    def _known_to(self, side: P, key: str, id_: str) -> P | None:
        """The version of the side that did not rename it; None where it uses the new id for something else."""
        if is_item(side, key):
            return follow(side, key, id_)
        if is_item(side, _beside(key, id_)):
            return side if (key, id_) in renamed_items(self._base, side) else None
        return self._named_still(side, key, id_)

    def _named_still(self, side: P, key: str, id_: str) -> P:
        """The version of a side that took the entry out, with the new id where it still names it as it did before."""
        after = follow(self._base, key, id_)
        for name in naming(self._base, key) if after else ():
            try:
                if same(at_key(side, name).value, at_key(self._base, name).value):
                    side, _ = apply(side, Put(name, at_key(after or side, name).value))
            except (Refused, UnknownKey):
                continue
        return side


def _next(base: Part, side: Part, left: set[tuple[str, str]]) -> tuple[str, str] | None:
    return next((found for found in renamed_items(base, side) if found not in left), None)


def _beside(key: str, id_: str) -> str:
    return join(key.rpartition(".")[0], id_)


def _id_in(key: str) -> str:
    return key.rpartition(".")[2]
