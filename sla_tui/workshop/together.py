"""What somebody else wrote meets what is here: what comes of it, what is to be decided, and the words for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sla_tui.agreement.calling import Names
from sla_tui.agreement.clashes import Clash, Conflict, Whose, decided, told
from sla_tui.agreement.diff import compare
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.merge import merge
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, Spec, join, slots
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
        said = f"{place_words(self.value, first)}: {told(first, 'yours', 'the file')}"
        return SaveState(Saving.CONFLICT, message, f"{said}; look at the file, then repeat the change")


def meet(base: P, ours: P, theirs: Document[P]) -> Meeting[P]:
    """Brings the version here and the one on disk together, answer by answer."""
    merged = merge(base, ours, theirs.value)
    return Meeting(base, ours, theirs, merged.value, merged.conflicts)


def but_for_conflicts(meeting: Meeting[P]) -> Meeting[P] | None:
    """The meeting once ``value`` is what is here: nothing but its conflicts is open then, whatever follows.

    None where nothing would change, or theirs cannot be told apart from what is in conflict.
    """
    base = meeting.theirs.value
    try:
        for one in meeting.conflicts:
            base, _ = apply(base, decided(base, one, Whose.BEFORE))
    except UserError:
        return None
    if same(base, meeting.base) and same(meeting.value, meeting.ours):
        return None
    after = meet(base, meeting.value, meeting.theirs)
    alike = same(after.value, meeting.value) and len(after.conflicts) == len(meeting.conflicts)
    return after if alike and all(map(_same, after.conflicts, meeting.conflicts)) else None


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


class Wording:
    """What the versions say where there is a conflict, in words; what an answer names is called as in its version."""

    def __init__(self, meeting: Meeting[Any], lists: Part | None = None) -> None:
        versions = {Whose.MINE: meeting.ours, Whose.THEIRS: meeting.theirs.value, Whose.BEFORE: meeting.base}
        self._names = {whose: Names(part, lists) for whose, part in versions.items()}
        self._value = meeting.value

    def place(self, conflict: Conflict) -> str:
        """Where a conflict is, from the section inward."""
        return place_words(self._value, conflict)

    def version(self, conflict: Conflict, whose: Whose) -> str:
        """What one of the versions says there; two that differ never say the same."""
        words, value = self._said(conflict, whose), conflict.of(whose)
        others = (one for one in Whose if not same(conflict.of(one), value))
        if isinstance(value, str) and any(self._said(conflict, one) == words for one in others):
            return f"{words} ({value})"
        return words

    def _said(self, conflict: Conflict, whose: Whose) -> str:
        value, spec, names = conflict.of(whose), conflict.spec, self._names[whose]
        if value is None or value in ((), ""):
            return NOTHING if spec is None or spec.leaf is None else "left open"
        if conflict.kind is Clash.MOVED:
            return "\n".join(names.called(join(conflict.key, one)) for one in cast("tuple[str, ...]", value))
        if conflict.kind is Clash.RENAMED:
            return f"id {value}"
        if isinstance(value, Part):
            held = (one for one in slots(value, type(value)) if not one.empty and one.spec.leaf)
            told = (f"{one.spec.title}: {' '.join(_answer(names, one.spec, one.value).split())}" for one in held)
            return "\n".join(told) or "an empty entry"
        if spec is None or conflict.entry:
            return str(value)
        if spec.kind is Kind.LIST:
            return "\n".join(item_name(one) or one.id for one in cast("tuple[Item, ...]", value))
        return _answer(names, spec, value) if spec.leaf else str(value)


def _answer(names: Names, spec: Spec, value: Any) -> str:
    """An answer as the form shows it."""
    return names.said(spec, value) if spec.ask.of or spec.kind is Kind.CHOICE else spec.show(value)
