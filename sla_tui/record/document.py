"""One TOML file of an agreement as a value: loaded with every fault named, saved with every comment kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from sla_tui.agreement.errors import Fault, InvalidFile, Place, UserError
from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.sections.header import FORMAT
from sla_tui.record.files import Fingerprint, read
from sla_tui.record.leftovers import backup_of
from sla_tui.record.pairing import Table, is_table, same
from sla_tui.record.spelling import settle
from sla_tui.record.syntax import decode, read_toml

P = TypeVar("P", bound=Part)

if TYPE_CHECKING:
    from sla_tui.record.places import Places


@dataclass(frozen=True)
class Document(Generic[P]):
    """A file as it was read: where it lies, what it says (``value``), its text, and its fingerprint on disk."""

    path: Path
    model: type[P]
    value: P
    text: str
    fingerprint: Fingerprint

    @classmethod
    def load(cls, path: str | os.PathLike[str], model: type[P]) -> Document[P]:
        """Reads a file. InvalidFile names all its faults; UserError says why it cannot be read at all."""
        path = Path(path)
        stored = read(path)
        try:
            text = decode(stored.data, str(path))
            value = parse(text, str(path), model)
        except InvalidFile as error:
            raise _with_backup(error, path) from None
        return cls(path, model, value, text, stored.fingerprint)

    def written(self, value: P) -> str:
        """The file's text once it says ``value``. RuntimeError, and nothing is lost, when it would not read back."""
        from sla_tui.record.edit import Refused, edit

        new = plain(value)
        for held in (settle(self._raw, plain(self.value), new), new):
            if not self._reads_as(held, value):
                continue
            try:
                text = edit(self.text, held)
            except Refused:
                continue
            if same(read_toml(text, str(self.path)), held):
                return text
        raise RuntimeError("the values cannot be written so that they read back the same")

    def save(self, value: P) -> Document[P]:
        """Writes ``value`` and returns the document as it then is on disk; the same one when nothing changes.

        ChangedOnDisk when somebody else wrote the file since it was read; UserError when it cannot be written. Either
        way the file is as it was.
        """
        from sla_tui.record.saving import save

        text = self.text if value == self.value else self.written(value)
        if text == self.text:
            return self
        return Document(self.path, self.model, value, text, save(self.path, text.encode(), self.fingerprint))

    def place(self, key: str) -> Place:
        """Line and column of what a KEY names, or of the nearest thing above it that the file holds."""
        from sla_tui.record.places import path_of

        return Place(str(self.path), *self._places.of_key(path_of(self._raw, key)))

    def _reads_as(self, held: Table, value: P) -> bool:
        try:
            return self.model.model_validate(held) == value
        except ValidationError:
            return False

    @cached_property
    def _raw(self) -> Table:
        return read_toml(self.text, str(self.path))

    @cached_property
    def _places(self) -> Places:
        from sla_tui.record.places import Places

        return Places(self.text)


def parse(text: str, file: str, model: type[P]) -> P:
    """The value a TOML text stands for; ``file`` is its name in messages.

    InvalidFile names every fault with its place; UserError when a newer program wrote it.
    """
    data = read_toml(text, file)
    _refuse_newer(data, text, file, model)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        from sla_tui.record.faults import faults_of

        raise InvalidFile(faults_of(error, model, data, text, file)) from None


def create(path: str | os.PathLike[str], text: str) -> None:
    """Writes a new file whole or not at all. UserError when something is there already or it cannot be written."""
    from sla_tui.record.saving import save

    save(path, text.encode(), None)


def _refuse_newer(data: Table, text: str, file: str, model: type[Part]) -> None:
    """A file in a layout this program does not know would only show faults that are none."""
    header = data.get("agreement") if "agreement" in model.model_fields else None
    found = header.get("format") if is_table(header) else None
    if isinstance(found, int) and found > FORMAT:
        from sla_tui.record.places import Places

        place = Place(file, *Places(text).of_value(("agreement", "format")))
        message = f"this file was written by a newer version of sla-tui (format {found}, known up to {FORMAT})"
        raise UserError(message, "update sla-tui", place)


def _with_backup(error: InvalidFile, path: Path) -> InvalidFile:
    """The faults, and where the file as it was lies when a save was cut short."""
    backup = backup_of(path)
    if not backup.exists():
        return error
    said = Fault(
        "a save of this file was cut short", f"the file as it was before lies in {backup}", "", Place(str(path))
    )
    return InvalidFile((*error.faults, said))
