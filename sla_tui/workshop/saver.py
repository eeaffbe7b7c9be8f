"""Saving beside the work: the newest version is soon on disk, what others write there soon here, the state known."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.parts import Part
from sla_tui.record.document import Document
from sla_tui.record.trouble import ChangedOnDisk
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.crash import leave_report
from sla_tui.workshop.watching import Gone, Watch

QUIET = 0.15
"""Seconds without a change before a save starts, and at most twice that; the save itself takes some hundredths."""
RETRY = 2.0
"""Seconds after which a save that could not be done is tried again."""
LOOK = 1.0
"""Seconds between two looks at the file, while somebody listens."""


class Saving(StrEnum):
    """Where the newest version is."""

    SAVED = "saved"
    PENDING = "saving"
    BLOCKED = "not saved"
    CONFLICT = "conflict"
    """Something was answered otherwise on disk; nothing is saved until that is decided."""
    UNREADABLE = "unreadable"
    """What is on disk now cannot be read; nothing is saved until it can."""
    GONE = "gone"
    """There is no file any more; nothing is saved until there is one, or it is written anew."""


WAITING = (Saving.CONFLICT, Saving.UNREADABLE, Saving.GONE)
"""The disk holds something else, and saving waits."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether the newest version is on disk, and if not why and what to do."""

    saving: Saving
    message: str = ""
    remedy: str = ""
    at: datetime | None = None


Listener = Callable[[SaveState], None]
P = TypeVar("P", bound=Part)


class Saver(Generic[P]):
    """Writes the newest version given to it, in a thread of its own, and looks there whether somebody else wrote.

    ``document`` is the last version that was both here and on disk. What somebody else wrote comes as ``arrived``, and
    nothing is saved before it is taken in (``onto``). ``listener`` is called from that thread with every new state and
    when something arrived; it must only pass it on.
    """

    def __init__(self, document: Document[P]) -> None:
        self.document = document
        self.arrived: Document[P] | None = None
        self.state = SaveState(Saving.SAVED)
        self.copy_tag = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        """Tells the copy that this sitting keeps of what it cannot save from those of others."""
        self._listener: Listener | None = None
        self._newest = document.value
        self._changed = threading.Condition()
        self._closing = False
        self._hurry = False
        self._failed = False
        self._looking = False
        self._watch = Watch(document)
        self._kept: P | None = None
        self._copy: Path | None = None
        self._thread: threading.Thread | None = None

    def listen(self, listener: Listener | None) -> None:
        """While somebody listens, the file is looked at again and again."""
        with self._changed:
            self._listener = listener
            if listener is not None:
                self._begin()
            self._changed.notify_all()

    def put(self, value: P) -> None:
        """Takes a newer version and returns at once."""
        with self._changed:
            self._newest = value
            self._failed = False
            if self.state.saving not in WAITING:
                self.state = SaveState(Saving.SAVED if self._settled() else Saving.PENDING)
            self._begin()
            self._changed.notify_all()

    def look(self) -> None:
        """Has the file looked at now; returns at once."""
        with self._changed:
            self._looking = True
            self._changed.notify_all()

    def flush(self, timeout: float = 10.0, arrivals: bool = True) -> SaveState:
        """Waits until the newest version is on disk or cannot be put there; ``timeout`` in seconds.

        It ends when something arrives from disk, too; with ``arrivals`` off, somebody else is there to take it in.
        """
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._rests(arrivals), timeout)
            self._hurry = False
            return self.state

    def close(self) -> SaveState:
        """Saves what is left and ends the thread."""
        state = self.flush()
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(5)
        return state

    def onto(self, document: Document[P], value: P) -> bool:
        """From now on saves onto ``document``, the file as it is on disk, first of all ``value``.

        False, and nothing happens, when something newer than ``document`` arrived meanwhile.
        """
        with self._changed:
            if self.arrived is not None and self.arrived is not document:
                return False
            self.document, self.arrived, self._newest = document, None, value
            self._watch.know(document.fingerprint)
            self._failed = False
            saved = self._settled()
            self.state = SaveState(Saving.SAVED if saved else Saving.PENDING, at=datetime.now() if saved else None)
            self._begin()
            self._changed.notify_all()
        if saved:
            self._drop_copy()
        return True

    def forget(self) -> None:
        """What arrived is there no more."""
        with self._changed:
            self.arrived = None

    def hold(self, state: SaveState) -> None:
        """What arrived cannot be taken in as it is: saving waits, and ``state`` says why."""
        with self._changed:
            self.state, self._failed, self._looking = state, True, True
            self._changed.notify_all()

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
            self._thread.start()

    def _settled(self) -> bool:
        return self._failed or self._newest is self.document.value or self._newest == self.document.value

    def _rests(self, arrivals: bool) -> bool:
        if self._thread is None or self._failed:
            return True
        return arrivals if self.arrived is not None else self._settled()

    def _wakes(self) -> bool:
        free = self.arrived is None or self.state.saving in WAITING
        return self._closing or self._looking or (free and not self._settled())

    def _patience(self) -> float | None:
        """Seconds until the next look or try; None for as long as nobody wants one."""
        if self.state.saving is Saving.BLOCKED:
            return RETRY
        return LOOK if self._listener is not None or self._failed else None

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._wakes, self._patience())
                if self._closing:
                    return
                look = self._looking or self.arrived is not None or self.state.saving in WAITING
                self._looking = False
                if not look and self._newest != self.document.value:
                    self._let_it_settle()
                value, document = self._newest, self.document
            try:
                if look or value == document.value:
                    self._look(value, document)
                else:
                    self._save(value, document)
            except Exception as error:
                self._confess(error, document)

    def _let_it_settle(self) -> None:
        """Somebody who types on and on is not waited for: no more than the last half second may ever be lost."""
        latest = time.monotonic() + 2 * QUIET
        while not (self._hurry or self._closing):
            before = self._newest
            self._changed.wait(min(QUIET, max(0.0, latest - time.monotonic())))
            if self._newest is before or time.monotonic() >= latest:
                return

    def _save(self, value: P, document: Document[P]) -> None:
        try:
            saved = document.save(value)
        except ChangedOnDisk:
            if not self._look(value, document):
                self._watch.know(None)
                self._look(value, document)
        except UserError as error:
            self._keep_copy(value, document)
            self._refuse(SaveState(Saving.BLOCKED, error.message, error.remedy), document)
        else:
            self._watch.know(saved.fingerprint)
            self._drop_copy()
            self._be_at(saved)

    def _look(self, value: P, document: Document[P]) -> bool:
        """Looks at the file and tells what is new there; whether anything is."""
        here = self.arrived or document
        seen = self._watch.look(here)
        if seen is None:
            self._wait_on(value, document)
            return False
        if seen.theirs is not None:
            self._arrive(seen.theirs)
        elif seen.error is not None:
            self._keep_copy(value, document)
            self._refuse(_waiting(seen.error), document)
        else:
            self._as_before(document)
        return True

    def _wait_on(self, value: P, document: Document[P]) -> None:
        """Nothing new on disk: goes on waiting where saving waits, with the newest version in safety."""
        if self.state.saving not in WAITING:
            return
        self._keep_copy(value, document)
        with self._changed:
            # While the copy was written it may have been decided what is to be saved, and that may be this very value.
            waits = self.state.saving in WAITING
            if waits:
                self._failed = self._newest is value
            self._changed.notify_all()
        if not waits:
            self._drop_copy()

    def _arrive(self, theirs: Document[P]) -> None:
        with self._changed:
            self.arrived, self._failed = theirs, False
            if self.state.saving is not Saving.SAVED:
                self.state = SaveState(Saving.PENDING)
            state = self.state
            self._changed.notify_all()
        self._hear(state)

    def _as_before(self, document: Document[P]) -> None:
        """The file holds what is known of it: what could not be read is back, or somebody only touched it."""
        if self.state.saving not in (Saving.UNREADABLE, Saving.GONE):
            return
        if self.arrived is not None:
            self._arrive(self.arrived)
            return
        self._be_at(document)

    def _confess(self, error: Exception, document: Document[P]) -> None:
        """The thread must outlive a bug, or every later change would be lost without a word."""
        if self.state.saving is not Saving.BLOCKED:
            leave_report(error)
        problem = SaveState(Saving.BLOCKED, "this change could not be written (a bug)", "take it back with undo")
        self._refuse(problem, document)

    def _keep_copy(self, value: P, document: Document[P]) -> None:
        """What cannot be saved yet is on disk elsewhere, should the program be ended before it can."""
        if value is self._kept or value == document.value:
            return
        with contextlib.suppress(OSError):
            self._copy = put_aside(document.path, document.written(value), self.copy_tag)
            self._kept = value

    def _drop_copy(self) -> None:
        self._kept = None
        if self._copy is not None:
            with contextlib.suppress(OSError):
                self._copy.unlink()
            self._copy = None

    def _be_at(self, document: Document[P]) -> None:
        """``document`` is here and on disk."""
        with self._changed:
            self.document, self._failed = document, False
            late = self._newest != document.value
            self.state = state = SaveState(Saving.PENDING) if late else SaveState(Saving.SAVED, at=datetime.now())
            self._changed.notify_all()
        self._hear(state)

    def _refuse(self, state: SaveState, document: Document[P]) -> None:
        """Saving onto ``document`` cannot be done now; said once, unless it is settled by another already."""
        with self._changed:
            if self.document is not document:
                return
            news = (state.saving, state.message) != (self.state.saving, self.state.message)
            self.state, self._failed = state, True
            self._changed.notify_all()
        if news:
            self._hear(state)

    def _hear(self, state: SaveState) -> None:
        if (listener := self._listener) is not None:
            listener(state)


def _waiting(error: UserError) -> SaveState:
    """Saving waits for a file that can be read."""
    if isinstance(error, Gone):
        return SaveState(Saving.GONE, error.message, error.remedy)
    where = Place(Path(error.place.file).name, error.place.line)
    remedy = f"{error.message}; {error.remedy}" if error.remedy else error.message
    return SaveState(Saving.UNREADABLE, f"{where} cannot be read; yours is kept", remedy)
