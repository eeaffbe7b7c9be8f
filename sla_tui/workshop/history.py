"""Undo and redo: what each step did, taken back from what stands now, whoever else changed something since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from sla_tui.agreement.clashes import Clash, Conflict, Whose, decided
from sla_tui.agreement.merge import leaning, merged
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Add, Batch, Change, Put, Refused, Remove, UnknownKey, apply, at_key
from sla_tui.agreement.renames import aligned
from sla_tui.agreement.sameness import same

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Step(Generic[P]):
    """The versions before and after a step, the KEY it happened at, and the visit it belongs to ("" for none)."""

    before: P
    after: P
    key: str
    visit: str = ""


class Moved(NamedTuple, Generic[P]):
    """What undo or redo came to: the version, the KEY it was at, and whether somebody else's changes stayed in it."""

    value: P
    key: str
    overtaken: bool


def place_of(change: Change) -> str:
    """The KEY to look at after a change."""
    match change:
        case Batch(changes):
            return place_of(changes[0]) if changes else ""
        case Add(key, item, _at):
            return f"{key}.{item.id}"
        case _:
            return change.key


def given_keys(change: Change) -> tuple[str, ...]:
    """The KEYs at which a change gives an answer or adds an entry; an id is a name and no answer."""
    match change:
        case Batch(changes):
            return tuple(key for one in changes for key in given_keys(one))
        case Put(key):
            return () if key.endswith(".id") else (key,)
        case Add(key, item, _at):
            return (f"{key}.{item.id}",)
        case _:
            return ()


def gone_keys(change: Change) -> tuple[str, ...]:
    """The KEYs of the entries and answers that a change takes away."""
    match change:
        case Batch(changes):
            return tuple(key for one in changes for key in gone_keys(one))
        case Remove(key) | Put(key, None):
            return (key,)
        case _:
            return ()


class History(Generic[P]):
    """The steps done and undone. Only what a step did itself is taken back or done again: where somebody else changed
    the same since, theirs stays."""

    def __init__(self) -> None:
        self._done: list[Step[P]] = []
        self._undone: list[Step[P]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def did(self, before: P, after: P, key: str, visit: str = "") -> None:
        """Remembers a step at ``key``; further ones of the same visit join it."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if visit and last is not None and last.visit == visit:
            start, _ = _instead(last.after, last.before, before)
            self._done[-1] = Step(start, after, last.key, visit)
        else:
            self._done.append(Step(before, after, key, visit))

    def overtake(self, conflicts: Sequence[Conflict]) -> None:
        """What is in conflict began, for the steps that led to it, as somebody else has it: that is gone back to."""
        for one in conflicts:
            for at in reversed(range(len(self._done))):
                step = self._done[at]
                before, after = (_as_theirs(part, one) for part in (step.before, step.after))
                if before is not None:
                    self._done[at] = replace(step, before=before, after=after or step.after)
                elif after is not None:
                    break

    def undo(self, now: P) -> Moved[P]:
        """The version ``now`` with the last step taken back."""
        step = self._done.pop()
        value, overtaken = _instead(step.after, step.before, now)
        if value is not now:
            self._undone.append(Step(value, now, step.key))
        return Moved(value, step.key, overtaken)

    def redo(self, now: P) -> Moved[P]:
        """The version ``now`` with the last undone step done again."""
        step = self._undone.pop()
        value, overtaken = _instead(step.before, step.after, now)
        if value is not now:
            self._done.append(Step(now, value, step.key))
        return Moved(value, step.key, overtaken)


def _instead(held: P, wanted: P, now: P) -> tuple[P, bool]:
    """``now`` with what makes ``wanted`` of ``held``, but for what it says otherwise than ``held`` of the same; and
    whether there is such a thing."""
    if now is held:
        return wanted, False
    versions = aligned(held, wanted, now)
    conflicts = merged(versions).conflicts
    return leaning(versions, Whose.THEIRS) if conflicts else merged(versions).value, bool(conflicts)


def _as_theirs(part: P, conflict: Conflict) -> P | None:
    """``part`` with theirs where it says what was before a conflict; None where it says something else."""
    if conflict.entry or conflict.kind in (Clash.MOVED, Clash.RENAMED):
        return None
    try:
        held = at_key(part, conflict.key).value
    except UnknownKey:
        held = None
    if not same(held, conflict.before):
        return None
    try:
        return apply(part, decided(part, conflict, Whose.THEIRS))[0]
    except (Refused, UnknownKey):
        return None
