"""Values compared with their types, and which item of an old list is which item of the new one."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

Table = dict[str, Any]


def is_table(value: object) -> TypeGuard[Table]:
    """Whether it is what TOML calls a table."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether it is what TOML calls an array."""
    return isinstance(value, list)


def are_tables(value: object) -> TypeGuard[list[Table]]:
    """Whether it is a list that can be written as ``[[tables]]``."""
    return is_list(value) and bool(value) and all(is_table(one) for one in value)


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal in value and type (``1``, ``1.0`` and ``true`` are three things)."""
    if one is other:
        return True
    if is_table(one) and is_table(other):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if is_list(one) and is_list(other):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one == other or (one != one and other != other))


def pairs(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Position in ``old`` to position in ``new`` for what is still there.

    Tables are known by their unique ``id``; an item whose id alone changed counts as renamed, and so does one that
    stands in the same gap and kept at least half of what it says. Other values are known by content, then by place.
    """
    old_ids, new_ids = _ids(old), _ids(new)
    if old_ids is None or new_ids is None:
        return _by_content([_key(one) for one in old], [_key(one) for one in new])
    where = {name: j for j, name in enumerate(new_ids)}
    found = {i: where[name] for i, name in enumerate(old_ids) if name in where}
    _add_renamed(found, old, new)
    return found


def _ids(items: list[Any]) -> list[str] | None:
    """Each item's id; None when one has none or two share one."""
    if not all(is_table(item) and isinstance(item.get("id"), str) for item in items):
        return None
    ids = [item["id"] for item in items]
    return ids if len(set(ids)) == len(ids) else None


def _add_renamed(found: dict[int, int], old: list[Table], new: list[Table]) -> None:
    taken = set(found.values())
    lost = [i for i in range(len(old)) if i not in found]
    fresh = [j for j in range(len(new)) if j not in taken]
    if not lost or not fresh:
        return
    bodies: defaultdict[str, list[int]] = defaultdict(list)
    for j in fresh:
        bodies[_key(_without_id(new[j]))].append(j)
    for i in lost:
        waiting = bodies[_key(_without_id(old[i]))]
        if waiting and len(old[i]) > 1:
            found[i] = min(waiting, key=lambda j, i=i: abs(i - j))
            waiting.remove(found[i])
    taken = set(found.values())
    back = {j: i for i, j in found.items()}
    for i in [i for i in lost if i not in found]:
        j = found[i - 1] + 1 if i - 1 in found else 0 if i == 0 else -1
        stays_put = 0 <= j < len(new) and j not in taken and (j - 1 in back or j == 0)
        if stays_put and _kept_half(old[i], new[j]):
            found[i] = j
            taken.add(j)
            back[j] = i


def _without_id(item: Table) -> Table:
    return {key: value for key, value in item.items() if key != "id"}


def _kept_half(old: Table, new: Table) -> bool:
    keys = (old.keys() | new.keys()) - {"id"}
    kept = sum(1 for key in keys if key in old and key in new and same(old[key], new[key]))
    return 2 * kept >= len(keys)


def _key(value: object) -> str:
    """A text that is equal for equal values of equal type, whatever the order of keys."""
    if is_table(value):
        return "{" + ",".join(f"{key!r}:{_key(one)}" for key, one in sorted(value.items())) + "}"
    if is_list(value):
        return "[" + ",".join(map(_key, value)) + "]"
    return repr(value)


def _by_content(old: list[str], new: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()

    def add(i: int, j: int) -> None:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)

    blocks = list(_blocks(old, new))
    for equal, olds, news in blocks:
        if equal:
            _each(add, olds, news)
    moved: defaultdict[str, list[int]] = defaultdict(list)
    for j, value in enumerate(new):
        if j not in taken:
            moved[value].append(j)
    for i, value in enumerate(old):
        if i not in found and moved[value]:
            add(i, moved[value].pop(0))
    for equal, olds, news in blocks:
        if not equal:
            free_news = [j for j in news if j not in taken]
            _each(add, [i for i in olds if i not in found], free_news)
    return found


def _each(add: Callable[[int, int], None], olds: Iterable[int], news: Iterable[int]) -> None:
    for i, j in zip(olds, news, strict=False):
        add(i, j)


def _blocks(old: list[str], new: list[str]) -> Iterable[tuple[bool, range, range]]:
    """Runs that are equal and runs that are not; of two lists of one length, place by place."""
    if len(old) == len(new):
        return ((a == b, range(i, i + 1), range(i, i + 1)) for i, (a, b) in enumerate(zip(old, new, strict=True)))
    head = _common(zip(old, new, strict=False))
    tail = _common(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    import difflib

    middle = difflib.SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    ends = range(len(old) - tail, len(old)), range(len(new) - tail, len(new))
    return (
        (True, range(head), range(head)),
        *(
            (tag == "equal", range(head + a, head + b), range(head + c, head + d))
            for tag, a, b, c, d in middle.get_opcodes()
        ),
        (True, *ends),
    )


def _common(couples: Iterable[tuple[str, str]]) -> int:
    """How many couples from the start are equal; most edits leave nearly all of a list as it was."""
    return sum(1 for _ in itertools.takewhile(lambda couple: couple[0] == couple[1], couples))
