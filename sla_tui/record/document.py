"""One TOML file of an agreement as a value: loaded with every fault named, saved with every comment kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from sla_tui.agreement.errors import Fault, InvalidFile, Place, UserError
from sla_tui.agreement.parts import Part, plain, spec_by_key
from sla_tui.record.files import Fingerprint, read
from sla_tui.record.leftovers import backup_of, cut_short
from sla_tui.record.pairing import Table, is_table
from sla_tui.record.spelling import plain_after, read_after, settle
from sla_tui.record.syntax import decode, read_toml

P = TypeVar("P", bound=Part)
_HEADS = ("agreement", "quota", "sitting")
"""The sections that say the layout of their file."""
_latest: dict[type[Part], tuple[str, str, Part]] = {}
"""For each model the file read last: its path, its digest and what it says, which never changes."""

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
    raw: Table | None = field(default=None, repr=False, compare=False)
    """What the text reads as, where that is known already."""
    said: Table | None = field(default=None, repr=False, compare=False)
    """What the model says of the value, where that is known already."""

    @classmethod
    def load(cls, path: str | os.PathLike[str], model: type[P]) -> Document[P]:
        """Reads a file. InvalidFile names all its faults; UserError says why it cannot be read at all."""
        path = Path(path)
        stored = read(path)
        backup = cut_short(path, stored.data)
        try:
            text = decode(stored.data, str(path))
            if not backup and (value := _read_before(path, stored.fingerprint, model)):
                return cls(path, model, value, text, stored.fingerprint)
            data = read_toml(text, str(path))
            value = _modelled(data, text, str(path), model)
        except InvalidFile as error:
            raise _with_backup(error, path) from None
        if backup:
            raise InvalidFile((_cut_short(path, backup),))
        _latest[model] = (str(path), stored.fingerprint.digest, value)
        return cls(path, model, value, text, stored.fingerprint, data)

    def written(self, value: P) -> str:
        """The file's text once it says ``value``. RuntimeError, and nothing is lost, when it would not read back."""
        return self._rendered(value, plain_after(value, self.value, self._said))[0]

    def _rendered(self, value: P, new: Table) -> tuple[str, Table]:
        """The text that says ``value``, ``new`` in plain values, and what it reads as."""
        from sla_tui.record.edit import Refused, edit

        for held in (settle(self._raw, self._said, new), new):
            if not self._reads_as(held, value):
                continue
            with suppress(Refused):
                return edit(self.text, held, self._raw), held
        raise RuntimeError("the values cannot be written so that they read back the same")

    def save(self, value: P) -> Document[P]:
        """Writes ``value`` and returns the document as it then is on disk; the same one when nothing changes.

        ChangedOnDisk when somebody else wrote the file since it was read; UserError when it cannot be written. Either
        way the file is as it was.
        """
        from sla_tui.record.saving import save

        if value == self.value:
            return self
        said = plain_after(value, self.value, self._said)
        text, held = self._rendered(value, said)
        if text == self.text:
            return self
        fingerprint = save(self.path, text.encode(), self.fingerprint)
        return Document(self.path, self.model, value, text, fingerprint, held, said)

    def place(self, key: str) -> Place:
        """Line and column of what a KEY names, or of the nearest thing above it that the file holds."""
        from sla_tui.record.places import path_of

        return Place(str(self.path), *self._places.of_key(path_of(self._raw, key)))

    def _reads_as(self, held: Table, value: P) -> bool:
        try:
            return self.model.model_validate(read_after(held, self._raw, self.value)) == value
        except ValidationError:
            return False

    @cached_property
    def _raw(self) -> Table:
        return read_toml(self.text, str(self.path)) if self.raw is None else self.raw

    @cached_property
    def _said(self) -> Table:
        return plain(self.value) if self.said is None else self.said

    @cached_property
    def _places(self) -> Places:
        from sla_tui.record.places import Places

        return Places(self.text)


def _read_before(path: Path, fingerprint: Fingerprint, model: type[P]) -> P | None:
    """What a file says that was the last of its model to be read and holds the same bytes still."""
    known, digest, value = _latest.get(model, ("", "", None))
    return value if isinstance(value, model) and (known, digest) == (str(path), fingerprint.digest) else None


def parse(text: str, file: str, model: type[P]) -> P:
    """The value a TOML text stands for; ``file`` is its name in messages.

    InvalidFile names every fault with its place; UserError when a newer program wrote it.
    """
    return _modelled(read_toml(text, file), text, file, model)


def _modelled(data: Table, text: str, file: str, model: type[P]) -> P:
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
    for section, known in formats(model):
        header = data.get(section)
        found = header.get("format") if is_table(header) else None
        if isinstance(found, int) and found > known:
            from sla_tui.record.places import Places

            place = Place(file, *Places(text).of_value((section, "format")))
            message = f"this file was written by a newer version of sla-tui (format {found}, known up to {known})"
            raise UserError(message, "update sla-tui", place)


def formats(model: type[Part]) -> Iterator[tuple[str, int]]:
    """The section that says the layout of the model's files, and the newest layout known: its default."""
    for section in _HEADS:
        if section in model.model_fields:
            yield section, spec_by_key(spec_by_key(model)[section].type)["format"].default


def _with_backup(error: InvalidFile, path: Path) -> InvalidFile:
    """The faults, and where the file as it was lies when a save was cut short."""
    backup = backup_of(path)
    if not backup.exists():
        return error
    return InvalidFile((*error.faults, _cut_short(path, backup)))


def _cut_short(path: Path, backup: Path) -> Fault:
    fix = f"the file as it was before lies in {backup}; put right which of the two you want, then remove that backup"
    return Fault("a save of this file was cut short", fix, "", Place(str(path)))
