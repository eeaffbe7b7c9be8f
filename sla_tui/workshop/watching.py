"""What lies on disk in place of a file that is worked on: looked for cheaply, read when it is another."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.parts import Part
from sla_tui.record.document import Document
from sla_tui.record.files import Fingerprint, read, signs
from sla_tui.record.trouble import trouble
from sla_tui.workshop.sharing import sharing

P = TypeVar("P", bound=Part)
Signs = tuple[int, int, int, int] | None

_STILL = 0.05
"""Seconds a file that is written in place has to rest before it is read."""
_PATIENCE = 20
"""How often that long is waited for it."""


class Gone(UserError):
    """There is no file any more where it was."""


@dataclass(frozen=True, slots=True)
class Sight(Generic[P]):
    """What was seen: another version (``theirs``), or why there is none to be read; neither when it is as known."""

    theirs: Document[P] | None = None
    error: UserError | None = None


class Watch(Generic[P]):
    """Looks at one file again and again."""

    def __init__(self, document: Document[P]) -> None:
        self._path, self._model = document.path, document.model
        self._seen: Signs = document.fingerprint.signs

    def know(self, fingerprint: Fingerprint | None) -> None:
        """What was just read or written needs no look; None: the next look is a close one."""
        self._seen = fingerprint.signs if fingerprint else None

    def look(self, known: Document[P]) -> Sight[P] | None:
        """The file, as against what is ``known`` of it; None when nobody touched it since the last look."""
        try:
            seen = self._still()
            if seen == self._seen:
                return None
            self._seen = seen
            return self._see(known)
        except FileNotFoundError:
            self._seen = None
            return Sight(error=Gone("the file is gone from disk", "put it back", Place(str(self._path))))
        except OSError as error:
            return Sight(error=trouble(error, self._path, "read"))

    def _still(self) -> Signs:
        """The signs of the file; of one that is being written in place, once it rests."""
        seen = signs(Path(self._path).stat())
        for _ in range(_PATIENCE):
            if seen == self._seen or (self._seen is not None and seen[:2] != self._seen[:2] and seen[3]):
                break
            time.sleep(_STILL)
            before, seen = seen, signs(Path(self._path).stat())
            if before == seen:
                break
        return seen

    def _see(self, known: Document[P]) -> Sight[P]:
        try:
            stored = read(self._path)
            if stored.fingerprint.digest == known.fingerprint.digest:
                return Sight()
            if not stored.data.strip():
                raise UserError("it is empty", "bring back what was in it, or delete it", Place(str(self._path)))
            theirs = Document[P].load(self._path, self._model)
            return Sight(theirs=replace(theirs, value=sharing(theirs.value, known.value)))
        except UserError as error:
            if not self._path.exists():
                raise FileNotFoundError from None
            return Sight(error=error)
