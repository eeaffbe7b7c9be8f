"""Saving beside the work: the newest version is on disk shortly after the last change, and its state is known."""

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

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.record.trouble import ChangedOnDisk
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.crash import leave_report

QUIET = 0.15
"""Seconds without a change before a save starts; the save itself takes some hundredths."""
RETRY = 2.0
"""Seconds after which a save that could not be done is tried again."""


class Saving(StrEnum):
    """Where the newest version is."""

    SAVED = "saved"
    PENDING = "saving"
    BLOCKED = "not saved"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether the newest version is on disk, and if not why and what to do."""

    saving: Saving
    message: str = ""
    remedy: str = ""
    at: datetime | None = None


Listener = Callable[[SaveState], None]


class Saver:
    """Writes the newest version given to it, in a thread of its own.

    ``listener`` is called from that thread with every new state; it must only pass it on.
    """

    def __init__(self, document: Document[Agreement]) -> None:
        self.document = document
        self.state = SaveState(Saving.SAVED)
        self.listener: Listener | None = None
        self._newest = document.value
        self._changed = threading.Condition()
        self._closing = False
        self._hurry = False
        self._failed = False
        self._copy: Path | None = None
        self.copy_tag = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        """Tells the copy that this sitting keeps of what it cannot save from those of others."""
        self._thread: threading.Thread | None = None

    def put(self, agreement: Agreement) -> None:
        """Takes a newer version and returns at once."""
        with self._changed:
            self._newest = agreement
            self._failed = False
            if self.state.saving is not Saving.CONFLICT:
                self.state = SaveState(Saving.SAVED if self._settled() else Saving.PENDING)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout: float = 10.0) -> SaveState:
        """Waits until the newest version is on disk or has been refused; ``timeout`` in seconds."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._thread is None or self._settled(), timeout)
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

    def onto(self, document: Document[Agreement]) -> None:
        """From now on saves onto ``document``, the file as it stands on disk."""
        with self._changed:
            self.document = document
            self._failed = False
            self.state = SaveState(Saving.PENDING)
        self.put(self._newest)

    def _settled(self) -> bool:
        return self._failed or self._newest is self.document.value or self._newest == self.document.value

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or not self._settled(), RETRY if self._failed else None)
                if self._closing:
                    return
                if self.state.saving is Saving.CONFLICT and self._failed:
                    self._changed.wait_for(lambda: self._closing or not self._failed)
                    continue
                self._let_it_settle()
                agreement, document = self._newest, self.document
            self._save(agreement, document)

    def _let_it_settle(self) -> None:
        while not (self._hurry or self._closing):
            before = self._newest
            self._changed.wait(QUIET)
            if self._newest is before:
                return

    def _save(self, agreement: Agreement, document: Document[Agreement]) -> None:
        try:
            saved = document.save(agreement)
        except ChangedOnDisk as error:
            self._keep_copy(agreement, document)
            self._tell(document, SaveState(Saving.CONFLICT, error.message, error.remedy), failed=True)
        except UserError as error:
            self._keep_copy(agreement, document)
            self._tell(document, SaveState(Saving.BLOCKED, error.message, error.remedy), failed=True)
        except Exception as error:
            # The thread must outlive a bug, or every later change would be lost without a word.
            if self.state.saving is not Saving.BLOCKED:
                leave_report(error)
            problem = SaveState(Saving.BLOCKED, "this change could not be written (a bug)", "take it back with undo")
            self._tell(document, problem, failed=True)
        else:
            self._drop_copy()
            self._tell(saved, SaveState(Saving.SAVED, at=datetime.now()), failed=False)

    def _keep_copy(self, agreement: Agreement, document: Document[Agreement]) -> None:
        """What cannot be saved yet is on disk elsewhere, should the program be ended before it can."""
        with contextlib.suppress(OSError):
            self._copy = put_aside(document.path, document.written(agreement), self.copy_tag)

    def _drop_copy(self) -> None:
        if self._copy is not None:
            with contextlib.suppress(OSError):
                self._copy.unlink()
            self._copy = None

    def _tell(self, document: Document[Agreement], state: SaveState, failed: bool) -> None:
        with self._changed:
            self.document = document
            self._failed = failed
            if not failed and self._newest != document.value:
                state = SaveState(Saving.PENDING)
            news = (state.saving, state.message) != (self.state.saving, self.state.message) or state.at is not None
            self.state = state
            self._changed.notify_all()
        if news and self.listener is not None:
            self.listener(state)
