"""What two people said differently of the same thing, and the change that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sla_tui.agreement.parts import Item, Part, Spec, join
from sla_tui.agreement.paths import Add, Batch, Change, Move, Put, Remove, at_key, is_item
from sla_tui.agreement.references import rename

_LONGEST = 60
"""Characters of an answer that are told."""


class Whose(StrEnum):
    """The three versions of a merge."""

    MINE = "mine"
    THEIRS = "theirs"
    BEFORE = "before"


class Clash(StrEnum):
    """How two changes can be against each other."""

    CHANGED = "changed"
    """Both gave another answer."""
    REMOVED = "removed"
    """One took out what the other changed."""
    ADDED = "added"
    """Both added an entry under this id, and the two differ."""
    RENAMED = "renamed"
    """Both gave the entry another id."""
    MOVED = "moved"
    """Both moved the same entries of a list; the values are ids in their order."""
    NEEDED = "needed"
    """One took out what the other names now."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing to decide: what stood at ``key`` before, and what each side made of it; None for nothing.

    ``spec`` says what is asked there; None for all of a file. ``entry`` is the name of the remark where ``key`` names
    one in a map. ``at`` is the place of an entry in its list, counted from 0.
    """

    key: str
    kind: Clash
    spec: Spec | None
    before: Any
    mine: Any
    theirs: Any
    entry: str = ""
    at: int | None = None

    def of(self, whose: Whose) -> Any:
        """What stands there in one of the versions."""
        return {Whose.MINE: self.mine, Whose.THEIRS: self.theirs, Whose.BEFORE: self.before}[whose]


def decided(part: Part, conflict: Conflict, whose: Whose) -> Change:
    """The change that makes ``part``, a merged value, say what one of the versions says where they conflict.

    Several conflicts are decided one after another, in their order. Raises ``UnknownKey`` when the place is gone, and
    applying the change raises ``Refused`` when another conflict is to be decided first.
    """
    wanted, key = conflict.of(whose), conflict.key
    if conflict.kind is Clash.MOVED:
        return Batch(tuple(_moves(part, key, cast("tuple[str, ...]", wanted))))
    if conflict.kind is Clash.RENAMED:
        return rename(part, key.removesuffix(".id"), cast(str, wanted))
    if conflict.entry:
        return _remark(part, conflict, wanted)
    if conflict.spec is None:
        names = type(part).model_fields
        return Batch(tuple(Put(info.alias or name, getattr(wanted, name)) for name, info in names.items()))
    if not any(isinstance(one, Item) for one in (conflict.before, conflict.mine, conflict.theirs)):
        return Put(key, wanted)
    if is_item(part, key):
        return Remove(key) if wanted is None else Put(key, wanted)
    return Batch(()) if wanted is None else Add(key.rpartition(".")[0], cast(Item, wanted), conflict.at)


def _moves(part: Part, key: str, wanted: tuple[str, ...]) -> list[Move]:
    """Moves that bring the entries of a list into an order; those not named in it keep their places."""
    there = [item.id for item in cast("tuple[Item, ...]", at_key(part, key).value or ())]
    named = {*wanted} & {*there}
    order = iter([id_ for id_ in wanted if id_ in named])
    return [Move(join(key, next(order) if id_ in named else id_), at) for at, id_ in enumerate(there)]


def _remark(part: Part, conflict: Conflict, wanted: Any) -> Put:
    key = conflict.key.removesuffix(f".{conflict.entry}")
    held: dict[str, Any] = {**(at_key(part, key).value or {}), conflict.entry: wanted}
    return Put(key, {name: one for name, one in held.items() if one is not None} or None)


def told(conflict: Conflict, ours: str = "ours", theirs: str = "theirs") -> str:
    """What each side did, in words; ``ours`` and ``theirs`` are what they are called."""
    match conflict.kind:
        case Clash.REMOVED if conflict.mine is None or conflict.theirs is None:
            out, kept = (ours, theirs) if conflict.mine is None else (theirs, ours)
            return f"{out} took it out, {kept} changed it"
        case Clash.ADDED:
            return "both added an entry under this id, and the two differ"
        case Clash.MOVED:
            return "both put the same entries in another order"
        case Clash.NEEDED:
            return "one took out what the other names"
        case _:
            mine, other, before = (_shown(conflict, one) for one in (conflict.mine, conflict.theirs, conflict.before))
            return f"{ours} says {mine}, {theirs} says {other}; before it was {before}"


def _shown(conflict: Conflict, value: Any) -> str:
    if value is None:
        return "nothing"
    if conflict.entry or conflict.spec is None or conflict.spec.leaf is None:
        return "something"
    words = " ".join(conflict.spec.show(value).split())
    return f'"{words}"' if len(words) <= _LONGEST else f'"{words[: _LONGEST - 1]}…"'
