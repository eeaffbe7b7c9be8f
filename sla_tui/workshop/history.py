"""Undo and redo: changes that take changes back, one step a visit to a field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Add, Batch, Change, Put, Remove, apply

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Step:
    """What takes one step back, the KEY it happened at, and the visit it belongs to ("" for one of its own)."""

    back: Change
    key: str
    visit: str = ""


def place_of(change: Change) -> str:
    """The KEY to look at after a change."""
    match change:
        case Batch(changes):
            return place_of(changes[0]) if changes else ""
        case Add(key, item, _at):
            return f"{key}.{item.id}"
        case _:
            return change.key


def changed_keys(change: Change) -> tuple[str, ...]:
    """The KEYs whose values a change replaces or takes away."""
    match change:
        case Batch(changes):
            return tuple(key for one in changes for key in changed_keys(one))
        case Put(key) | Remove(key):
            return (key,)
        case _:
            return ()


class History(Generic[P]):
    """The steps done and undone. Steps are replayed on the agreement as it is now, never on an old whole."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def did(self, change: Change, back: Change, visit: str) -> None:
        """Remembers a change; further ones of the same visit join its step."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if not visit or last is None or last.visit != visit:
            self._done.append(Step(back, place_of(change), visit))
        elif not (isinstance(change, Put) and isinstance(back, Put) and last.key == back.key):
            self._done[-1] = replace(last, back=Batch((back, last.back)))

    def undo(self, agreement: P) -> tuple[P, str]:
        """The agreement with the last step taken back, and the KEY it was at."""
        return self._replay(agreement, self._done, self._undone)

    def redo(self, agreement: P) -> tuple[P, str]:
        """The agreement with the last undone step done again, and the KEY it was at."""
        return self._replay(agreement, self._undone, self._done)

    def _replay(self, agreement: P, source: list[Step], target: list[Step]) -> tuple[P, str]:
        step = source[-1]
        agreement, inverse = apply(agreement, step.back)
        source.pop()
        target.append(replace(step, back=inverse, visit=""))
        return agreement, step.key
