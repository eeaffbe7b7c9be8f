"""What somebody else wrote meets what is here: what comes of it, what is to be decided, and the words for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sla_tui.agreement.clashes import Clash, Conflict, Whose, decided, told
from sla_tui.agreement.diff import compare
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.merge import merge
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, join, slots
from sla_tui.agreement.paths import UnknownKey, apply, at_key
from sla_tui.agreement.sameness import same
from sla_tui.agreement.telling import Telling
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document
from sla_tui.workshop.saver import SaveState, Saving

P = TypeVar("P", bound=Part)

NOTHING = "nothing"


class Decision(NamedTuple):
    """Whose version is to stand where there is a conflict."""

    conflict: Conflict
    whose: Whose


@dataclass(frozen=True, slots=True)
class Meeting(Generic[P]):
    """The version here (``ours``) and another on disk (``theirs``), both made of ``base``.

    ``value`` is what comes of them, ours wherever there is one of the ``conflicts``.
    """

    base: P
    ours: P
    theirs: Document[P]
    value: P
    conflicts: tuple[Conflict, ...]

    @property
    def state(self) -> SaveState:
        """What is said while the conflicts are open."""
        count = len(self.conflicts)
        message = "1 answer was changed on disk too" if count == 1 else f"{count} answers were changed on disk too"
        first = self.conflicts[0]
        said = f"{join(first.key, first.entry)}: {told(first, 'yours', 'the file')}"
        return SaveState(Saving.CONFLICT, message, f"{said}; look at the file, then repeat the change")


def meet(base: P, ours: P, theirs: Document[P]) -> Meeting[P]:
    """Brings the version here and the one on disk together, answer by answer."""
    merged = merge(base, ours, theirs.value)
    return Meeting(base, ours, theirs, merged.value, merged.conflicts)


def settled(meeting: Meeting[P], decisions: Sequence[Decision]) -> P | None:
    """What stands once all conflicts are decided; None while some are open.

    Raises ``UserError`` when what was decided does not go together.
    """
    if any(decision_on(one, decisions) is None for one in meeting.conflicts):
        return None
    value, left = meeting.value, list(meeting.conflicts)
    while left:
        value, still = _as_far(value, left, decisions)
        if len(still) == len(left):
            words = place_words(meeting.value, left[0])
            raise UserError(f"{words}: what was decided does not go together with the rest", "decide otherwise")
        left = still
    return value


def _as_far(value: P, conflicts: list[Conflict], decisions: Sequence[Decision]) -> tuple[P, list[Conflict]]:
    """The version with all that can be decided now, and what has to come after something else."""
    left: list[Conflict] = []
    for one in conflicts:
        whose = decision_on(one, decisions)
        if whose in (None, Whose.MINE):
            continue
        try:
            value, _ = apply(value, decided(value, one, whose))
        except UserError:
            left.append(one)
    return value, left


def decision_on(conflict: Conflict, decisions: Sequence[Decision]) -> Whose | None:
    """What was decided last on a conflict, in which nothing has changed since."""
    return next((one.whose for one in reversed(decisions) if _same(one.conflict, conflict)), None)


def _same(one: Conflict, other: Conflict) -> bool:
    if (one.key, one.kind, one.entry) != (other.key, other.kind, other.entry):
        return False
    return all(same(one.of(whose), other.of(whose)) for whose in Whose)


# -- in words


def news(before: P, after: P, lists: Part | None = None) -> tuple[str, ...]:
    """What another version changes here, a line each; ``lists`` is whose entries a file beside an agreement names."""
    held = Telling(compare(before, after), lists).sections()
    return tuple(f"{one.title}: {line}" if line[:1].islower() else line for one in held for line in one.lines)


def place_words(part: Part, conflict: Conflict) -> str:
    """Where a conflict is, from the section inward."""
    if not conflict.key:
        return "The whole file"
    words, here = list[str](), ""
    for name in conflict.key.split("."):
        here = join(here, name)
        try:
            slot = at_key(part, here)
        except UnknownKey:
            words.append(name)
            continue
        if slot.spec.kind is Kind.RECORD and slot.spec.about is None and isinstance(slot.value, Part):
            words.append(item_name(slot.value) or name if isinstance(slot.value, Item) else slot.spec.title)
        else:
            words.append(slot.spec.title)
    return " › ".join((*words, conflict.entry) if conflict.entry else words)


def version_words(conflict: Conflict, whose: Whose) -> str:
    """What one of the versions says where there is a conflict."""
    value = conflict.of(whose)
    if value is None or value in ((), ""):
        return NOTHING if conflict.spec is None or conflict.spec.leaf is None else "left open"
    if conflict.kind is Clash.MOVED:
        return ", ".join(cast("tuple[str, ...]", value))
    if conflict.kind is Clash.RENAMED:
        return f"id {value}"
    return _shown(conflict, value)


def _shown(conflict: Conflict, value: Any) -> str:
    if isinstance(value, Part):
        held = (one for one in slots(value, type(value)) if not one.empty and one.spec.leaf)
        return "\n".join(f"{one.spec.title}: {' '.join(one.text.split())}" for one in held) or "an empty entry"
    if conflict.spec is not None and conflict.spec.leaf is not None and not conflict.entry:
        return conflict.spec.show(value)
    if conflict.spec is not None and conflict.spec.kind is Kind.LIST:
        return "\n".join(item_name(one) or one.id for one in cast("tuple[Item, ...]", value))
    return str(value)
