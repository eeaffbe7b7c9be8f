"""The order of a list that two sides changed: every move and every new entry of both, where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


class Order(NamedTuple, Generic[K]):
    """What either list holds, in an order, and whether the moves of both sides went into it."""

    keys: list[K]
    agreed: bool


def interleaved(
    base: Sequence[K],
    ours: Sequence[K],
    theirs: Sequence[K],
    otherwise: Sequence[K] | None = None,
    passes: Callable[[K, K], bool] = lambda new, other: True,
) -> Order[K]:
    """One order of all that ``ours`` or ``theirs`` holds.

    Of two entries that both hold, the side that turned them round decides. Where that leads in a circle, because both
    moved the same entry, they stand as in ``otherwise`` (or ``ours``), and the order is not agreed. An entry that one
    side alone holds stands behind the one it follows there; where both put entries in one place, ours come first, as
    far as ``passes(new, other)`` lets one of theirs go behind one of ours.
    """
    shared = set(ours) & set(theirs)
    mine = [key for key in ours if key in shared]
    other = [key for key in theirs if key in shared]
    common = _merged([key for key in base if key in shared], mine, other)
    keys = [key for key in otherwise or ours if key in shared] if common is None else list(common)
    _put_in(keys, ours, lambda new, key: False)
    only_ours = set(keys) - shared
    _put_in(keys, theirs, lambda new, key: key in only_ours and passes(new, key))
    return Order(keys, common is not None)


def _merged(base: list[K], ours: list[K], theirs: list[K]) -> list[K] | None:
    """The order of entries that both hold; None where there is none that follows both."""
    if ours == theirs or base == theirs:
        return ours
    if base == ours:
        return theirs
    at_base, at_theirs = ({key: i for i, key in enumerate(keys)} for keys in (base, theirs))
    behind = dict.fromkeys(ours, 0)
    for one, other in combinations(ours, 2):
        first = True
        if at_theirs[one] > at_theirs[other] and one in at_base and other in at_base:
            first = at_base[one] > at_base[other]
        behind[other if first else one] += 1
    if len(set(behind.values())) < len(ours):
        return None
    return sorted(ours, key=behind.__getitem__)


def _put_in(keys: list[K], side: Sequence[K], passes: Callable[[K, K], bool]) -> None:
    there = set(keys)
    before: K | None = None
    for key in side:
        if key not in there:
            at = 0 if before is None else keys.index(before) + 1
            while at < len(keys) and passes(key, keys[at]):
                at += 1
            keys.insert(at, key)
            there.add(key)
        before = key
