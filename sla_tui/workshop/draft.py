"""The Draft: the one live state of an agreement in a sitting. Everything that changes it goes through here."""

from __future__ import annotations

import time
from pathlib import Path

from sla_tui.agreement.check import Finding, check
from sla_tui.agreement.examples import answered
from sla_tui.agreement.parts import Slot
from sla_tui.agreement.paths import Batch, Change, Put, UnknownKey, apply, at_key
from sla_tui.agreement.references import rename
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document, create
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.folder import agreement_file
from sla_tui.workshop.history import History, changed_keys
from sla_tui.workshop.memory import Memory
from sla_tui.workshop.saver import Listener, Saver, SaveState


class Draft:
    """Change → validate → findings → autosave.

    ``agreement`` is always valid; text a field refused is kept in ``memory`` instead. Saving happens beside the work
    (``saving``); ``listen`` tells of its state from another thread.
    """

    def __init__(self, document: Document[Agreement]) -> None:
        self._saver = Saver(document)
        self._history: History[Agreement] = History()
        self.agreement: Agreement = document.value
        self.findings: tuple[Finding, ...] = check(document.value)
        self.memory = Memory(document.path)

    @classmethod
    def open(cls, path: Path, model: type[Agreement] = Agreement) -> Draft:
        """The Draft of the agreement at ``path`` (its folder or file).

        Raises ``InvalidFile`` with every fault, or ``UserError`` when it cannot be read.
        """
        return cls(Document[Agreement].load(agreement_file(path), model))

    @property
    def path(self) -> Path:
        """The agreement's file."""
        return self._saver.document.path

    @property
    def document(self) -> Document[Agreement]:
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
        self._saver.listener = listener

    def at(self, key: str) -> Slot:
        """What stands at a KEY. Raises ``UnknownKey``."""
        return at_key(self.agreement, key)

    def change(self, change: Change, visit: str = "") -> None:
        """Makes a change, or raises ``Refused`` or ``UnknownKey`` and leaves everything as it was.

        Changes with the same ``visit`` are one step to undo. Another id is followed wherever the item is named.
        """
        agreement, back = apply(self.agreement, self._answering(self._everywhere(change)))
        if agreement == self.agreement:
            return
        self._history.did(change, back, visit)
        self._take(agreement)

    def undo(self) -> str:
        """Takes the last step back; the KEY where it happened, or its list if it is gone with it."""
        agreement, key = self._history.undo(self.agreement)
        self._take(agreement)
        return self._still(key)

    def redo(self) -> str:
        """Does the last undone step again; the KEY where it happened, or its list if it is gone with it."""
        agreement, key = self._history.redo(self.agreement)
        self._take(agreement)
        return self._still(key)

    def _still(self, key: str) -> str:
        """The KEY, or the nearest one around it that is still there."""
        while "." in key:
            try:
                return self.at(key).key
            except UnknownKey:
                key = key.rpartition(".")[0]
        return key

    def flush(self) -> SaveState:
        """Waits until the newest version is on disk, or cannot be put there."""
        return self._saver.flush()

    def close(self) -> SaveState:
        """Saves what is left and ends the saving."""
        return self._saver.close()

    def on_disk(self) -> Agreement:
        """What the file says now. Raises ``UserError`` when it cannot be read."""
        return Document[Agreement].load(self.path, type(self.agreement)).value

    def keep_mine(self) -> Path | None:
        """After a conflict: writes this version onto the file as it is now on disk; one that is gone is written anew.

        Returns where a copy of the other version is kept; None when there was none. Raises ``UserError`` when that
        file cannot be read or written.
        """
        if not self.path.exists():
            create(self.path, self.document.text)
            copy = None
        else:
            copy = self._theirs_aside()
        self._saver.onto(Document[Agreement].load(self.path, type(self.agreement)))
        return copy

    def _theirs_aside(self) -> Path | None:
        try:
            text = self.path.read_text("utf-8", errors="replace")
            return put_aside(self.path, text, f"theirs-{time.strftime('%Y%m%d-%H%M%S')}")
        except OSError:
            return None

    def take_theirs(self) -> None:
        """After a conflict: takes the version on disk, as one step that can be undone.

        Raises ``UserError`` when that file cannot be read.
        """
        theirs = Document[Agreement].load(self.path, type(self.agreement))
        wanted = tuple(
            Put(info.alias or name, getattr(theirs.value, name))
            for name, info in type(self.agreement).model_fields.items()
        )
        self._saver.onto(theirs)
        self.change(Batch(wanted))

    def _answering(self, change: Change) -> Change:
        """The change, and with it the marks of examples it puts an answer in the place of."""
        unmark = answered(self.agreement, changed_keys(change))
        return change if unmark is None else Batch((change, unmark))

    def _everywhere(self, change: Change) -> Change:
        if isinstance(change, Put) and isinstance(change.value, str) and self.at(change.key).spec.kind is Kind.ID:
            return rename(self.agreement, change.key.rpartition(".")[0], change.value)
        return change

    def _take(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.findings = check(agreement)
        self._saver.put(agreement)
