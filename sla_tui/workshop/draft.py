"""The Draft: the one live state of one of an agreement's files in a sitting. Everything that changes it goes here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from sla_tui.agreement.check import Checker, Finding
from sla_tui.agreement.clashes import Conflict, Whose
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.examples import remarked
from sla_tui.agreement.known import NOTHING, Known
from sla_tui.agreement.life import recorded
from sla_tui.agreement.parts import Part, Slot
from sla_tui.agreement.paths import Add, Batch, Change, Put, UnknownKey, apply, at_key
from sla_tui.agreement.references import refuse_rival, rename
from sla_tui.agreement.sameness import same
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document, create
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.folder import agreement_file, model_of
from sla_tui.workshop.history import History, Moved, given_keys, gone_keys, place_of
from sla_tui.workshop.memory import Memory
from sla_tui.workshop.saver import Listener, Saver, SaveState, Saving
from sla_tui.workshop.together import Decision, Meeting, Wording, but_for_conflicts, decision_on, meet, news, settled

P = TypeVar("P", bound=Part)

_TRIES = 200
"""How often a save is begun anew because somebody else wrote the file at the same moment."""


class Draft(Generic[P]):
    """Change → validate → findings → autosave; and what others write, taken in.

    ``value``, an agreement or a file beside it, is always valid; text a field refused is kept in ``memory``. Saving
    happens beside the work (``saving``); ``listen`` tells of its state, and that there is something to take in, from
    another thread. Only the thread that makes the changes takes in. ``known`` is what the findings may know of what
    lies beside the file; ``overtaken`` whether the last undo or redo left what somebody else changed since.
    """

    def __init__(self, document: Document[P], known: Known = NOTHING) -> None:
        self._saver = Saver(document)
        self._history: History[P] = History()
        self.value: P = document.value
        self.known = known
        self._checker = Checker()
        self.findings: tuple[Finding, ...] = self._checker.check(document.value, known)
        self.memory = Memory(document.path)
        self.overtaken = False
        self._meeting: Meeting[P] | None = None
        self._decisions: list[Decision] = []

    @classmethod
    def open(
        cls, path: Path, model: type[Any] | None = None, today: date | None = None, beside: bool = True
    ) -> Draft[Any]:
        """The Draft of the file at ``path``: an agreement's (its folder will do), or one that lies beside it.

        ``model`` says what it holds where its place does not; ``today`` is else the clock's. Without ``beside`` what
        lies beside an agreement is not read yet. Raises ``InvalidFile`` with every fault, or ``UserError`` when it
        cannot be read.
        """
        file = agreement_file(path)
        document = Document[Any].load(file, model or model_of(file))
        return Draft[Any](document, known_beside(file, today, look=beside))

    @property
    def path(self) -> Path:
        """The file."""
        return self._saver.document.path

    @property
    def lists(self) -> Part:
        """Whose entries its answers name: its own, or those of the agreement that it lies beside."""
        return self.known.agreement or self.value

    @property
    def document(self) -> Document[P]:
        """The file as last read or written."""
        return self._saver.document

    @property
    def saving(self) -> SaveState:
        """Whether the newest version is on disk."""
        return self._saver.state

    @property
    def copy_tag(self) -> str:
        """What tells a copy of this sitting's version from copies of others."""
        return self._saver.copy_tag

    @property
    def place(self) -> str:
        """The KEY last looked at, if it is still there; else empty."""
        try:
            return self.at(self.memory.place).key
        except UnknownKey:
            return ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo

    def listen(self, listener: Listener | None) -> None:
        """``listener`` gets every new save state, from the saver's thread."""
        self._saver.listen(listener)

    def look_beside(self) -> bool:
        """Reads again what lies beside the file; whether that is another than before, and the findings with it."""
        return self.learn(known_beside(self.path, self.known.today))

    def learn(self, known: Known) -> bool:
        """Takes what was read beside the file; whether that is another than before, and the findings with it."""
        news, self.known = known != self.known, known
        if news:
            self.findings = self._checker.check(self.value, known)
        return news

    def at(self, key: str) -> Slot:
        """What stands at a KEY. Raises ``UnknownKey``."""
        return at_key(self.value, key)

    def change(self, change: Change, visit: str = "") -> None:
        """Makes a change, or raises ``Refused`` or ``UnknownKey`` and leaves everything as it was.

        Changes with the same ``visit`` are one step to undo. Another id is followed wherever the item is named.
        """
        value, _ = apply(self.value, self._whole(change))
        if value == self.value:
            return
        self._history.did(self.value, value, place_of(change), visit)
        self._take(value)

    def attempt(self, change: Change) -> None:
        """Raises ``Refused`` or ``UnknownKey`` where ``change`` would; changes nothing."""
        apply(self.value, self._whole(change))

    def undo(self) -> str:
        """Takes the last step back; the KEY where it happened, or its list if it is gone with it.

        What somebody else changed since in the same place stays; ``overtaken`` says whether there was such a thing.
        """
        return self._travelled(self._history.undo(self.value))

    def redo(self) -> str:
        """Does the last undone step again, as ``undo`` takes it back."""
        return self._travelled(self._history.redo(self.value))

    def _travelled(self, moved: Moved[P]) -> str:
        self.overtaken = moved.overtaken
        if moved.value is not self.value:
            self._take(moved.value)
        return self.nearest(moved.key)

    def nearest(self, key: str) -> str:
        """The KEY, or the nearest one around it that is still there."""
        while "." in key:
            try:
                return self.at(key).key
            except UnknownKey:
                key = key.rpartition(".")[0]
        return key

    # -- what is on disk

    def flush(self) -> SaveState:
        """Waits until the newest version is on disk, with what others wrote there, or cannot be put there."""
        for _ in range(_TRIES):
            self._saver.flush()
            if self.take_in() is None:
                break
        return self.saving

    def wait(self) -> SaveState:
        """As ``flush``, for another thread: what others wrote is taken in by the one that makes the changes."""
        return self._saver.flush(arrivals=False)

    def close(self) -> SaveState:
        """Saves what is left and ends the saving."""
        self.flush()
        return self._saver.close()

    def look(self) -> None:
        """Has the file looked at now, beside the work."""
        self._saver.look()

    def take_in(self) -> tuple[str, ...] | None:
        """Takes in what others wrote, but for what was answered otherwise here; in words what it changed.

        None when there is nothing to be taken in. What is left are the ``conflicts``; until they are decided nothing
        is saved.
        """
        with contextlib.suppress(UserError):
            return self._meet()
        return None

    def _meet(self) -> tuple[str, ...] | None:
        theirs = self._saver.arrived
        if theirs is None or self.saving.saving in (Saving.UNREADABLE, Saving.GONE):
            return None
        # Once the rest of theirs is here, both came from what the last meeting left as their base.
        base = self.document.value if self._meeting is None else self._meeting.base
        self._meeting = meeting = meet(base, self.value, theirs)
        try:
            value = settled(meeting, self._decisions)
        except UserError:
            self._saver.hold(meeting.state)
            raise
        return self._so_far(meeting) if value is None else self._brought(meeting, value)

    def _so_far(self, meeting: Meeting[P]) -> tuple[str, ...] | None:
        """Takes in what is not in conflict; the file is written when the conflicts are decided."""
        self._saver.hold(meeting.state)
        after = but_for_conflicts(meeting)
        if after is None:
            return None
        self._meeting = after
        if same(after.ours, meeting.ours):
            return None
        self._take(after.ours)
        return news(meeting.ours, after.ours, self.known.agreement)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What was answered otherwise on disk and is to be decided, as it was found by ``take_in``."""
        held = self._meeting
        return held.conflicts if held is not None and self.saving.saving is Saving.CONFLICT else ()

    @property
    def wording(self) -> Wording | None:
        """What the versions in conflict say, in words."""
        return Wording(self._meeting, self.known.agreement) if self._meeting is not None else None

    def decided(self, conflict: Conflict) -> Whose | None:
        """What was decided on a conflict while others are open."""
        return decision_on(conflict, self._decisions)

    def decide(self, decisions: Sequence[Decision]) -> tuple[str, ...] | None:
        """Decides conflicts; once that is done for all, the file is written. In words what changed here, or None.

        What is taken in place of one's own is a step that can be undone. Raises ``UserError``, and takes the decisions
        back, when they do not go together.
        """
        self._decisions += decisions
        try:
            return self._meet()
        except UserError:
            self._decisions.clear()
            raise

    def _brought(self, meeting: Meeting[P], value: P) -> tuple[str, ...]:
        """Goes on from the merged version to ``value``, and saves that onto the file as it is."""
        before = self.value
        if meeting.conflicts:
            self._theirs_aside(meeting.theirs)
        if not self._saver.onto(meeting.theirs, value):
            return ()
        self._history.overtake(meeting.conflicts)
        if value != meeting.value:
            self._history.did(meeting.value, value, meeting.conflicts[0].key)
        self._meeting = None
        self._decisions.clear()
        self._show(value)
        return news(before, value, self.known.agreement)

    def _theirs_aside(self, theirs: Document[P]) -> None:
        with contextlib.suppress(OSError):
            put_aside(self.path, theirs.text, f"theirs-{time.strftime('%Y%m%d-%H%M%S')}")

    def write_anew(self) -> None:
        """Writes the file anew, as it is here, where there is none any more. Raises ``UserError``."""
        create(self.path, self.document.written(self.value))
        fresh = Document[P].load(self.path, type(self.value))
        self._saver.forget()
        self._meeting = None
        self._saver.onto(fresh, self.value)

    def _whole(self, change: Change) -> Change:
        """The change with what goes with it: another id is followed everywhere, sources keep up with the answers, and
        the wording that is put in force is recorded."""
        followed = _followed(self.value, change)
        given = given_keys(change)
        if "sources" in given:
            return followed
        remarks = remarked(apply(self.value, followed)[0], given, gone_keys(change))
        whole = followed if remarks is None else Batch((followed, remarks))
        record = recorded(self.value, whole, self.known.today or date.today())
        return whole if record is None else Batch((whole, record))

    def _take(self, value: P) -> None:
        self._show(value)
        self._saver.put(value)

    def _show(self, value: P) -> None:
        self.value = value
        self.findings = self._checker.check(value, self.known)


def _followed(value: Part, change: Change) -> Change:
    """The change with every other id followed wherever it is named. Raises ``Refused`` for one that is mistaken."""
    match change:
        case Batch(changes):
            whole: list[Change] = []
            for one in changes:
                whole.append(_followed(value, one))
                value, _ = apply(value, whole[-1])
            return Batch(tuple(whole))
        case Put(key, str() as id_) if at_key(value, key).spec.kind is Kind.ID:
            return rename(value, key.rpartition(".")[0], id_)
        case Add(key, item):
            refuse_rival(value, key, item.id)
            return change
        case _:
            return change
