"""The versions of a file: as it is, as a revision has it, what differs between two, and the log of all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from sla_tui.agreement.diff import Comparison, compare
from sla_tui.agreement.errors import InvalidFile, Place, UserError
from sla_tui.agreement.parts import Part
from sla_tui.record import committing
from sla_tui.record.document import Document, parse
from sla_tui.record.git import Checkout, Revision, UnknownRevision, Version
from sla_tui.record.syntax import decode
from sla_tui.workshop.folder import FILE, QUOTAS, agreement_file, called, model_of, quota_files

_AT_ONCE = 64
"""Versions of a log that are read together."""
_KEPT = 8
"""Versions kept from one look at a revision to the next."""
AS_BEFORE = "no answer changed: comments, order or spelling"
"""Said where two versions of a file say the same."""


@dataclass(frozen=True, slots=True)
class Where:
    """A file, or an agreement's folder, on disk; ``revision`` names the one to look in, empty for as it is now."""

    path: Path
    revision: str = ""

    @property
    def words(self) -> str:
        """How it is said."""
        return f"{self.revision}:{self.path}" if self.revision else str(self.path)

    @property
    def is_folder(self) -> bool:
        """Whether an agreement's folder is meant, with its quotas."""
        return self.path.is_dir() or self.path.suffix != ".toml"

    @property
    def file(self) -> Path:
        """The file that is meant."""
        return self.path / FILE if self.is_folder else self.path


def where(text: str, beside: Path | None = None) -> Where:
    """What ``PATH``, ``REVISION:PATH``, or a bare revision of what lies at ``beside``, means."""
    path = Path(text)
    drive = os.name == "nt" and text[1:2] == ":"
    if not os.path.lexists(path) and not drive and ":" in text:
        revision, _, name = text.partition(":")
        if not revision:
            raise UserError("there is no revision before the colon", "write it as in HEAD:agreements/acme", Place(text))
        return Where(Path(name) if name else beside or Path(), revision)
    if not os.path.lexists(path) and beside is not None and path.suffix != ".toml":
        return Where(beside, text)
    return Where(path)


def value_at(place: Where) -> Part:
    """What a file says, as it is or in a revision. Raises ``UserError``."""
    return _Side.of(place).value(place.file)


@dataclass(frozen=True, slots=True)
class Changed:
    """One file that differs, or may: its name from the folder of the agreement, ``new`` or ``gone`` as a whole."""

    name: str
    comparison: Comparison[Any]
    new: bool = False
    gone: bool = False


def between(old: Where, new: Where) -> tuple[Changed, ...]:
    """What differs between two versions: of one file, or of an agreement and its quotas where both are folders.

    Raises ``UserError`` when one cannot be read, ``UnknownRevision`` and ``NoHistory`` where a revision was named.
    """
    before, after = _Side.of(old), _Side.of(new)
    if model_of(old.file) is not model_of(new.file):
        said = f"{called(old.file)} and {called(new.file)} have no answers in common"
        raise UserError(said, "name two versions of one", Place(new.words))
    held = [Changed(new.file.name, compare(before.value(old.file), after.value(new.file)))]
    if old.is_folder and new.is_folder:
        held += _quotas(before, after)
    return tuple(held)


def _quotas(before: _Side, after: _Side) -> Iterator[Changed]:
    """The quotas of two versions of an agreement, by their names."""
    old, new = before.quotas(), after.quotas()
    for name in sorted({*old, *new}):
        came, went = name not in old, name not in new
        blank = model_of((new if came else old)[name])()
        one = blank if came else before.value(old[name])
        other = blank if went else after.value(new[name])
        yield Changed(f"{QUOTAS}/{name}", compare(one, other), came, went)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: the disk, or a revision of a checkout."""

    where: Where
    checkout: Checkout | None = None
    hash: str = ""

    @classmethod
    def of(cls, place: Where) -> _Side:
        if not place.revision:
            return cls(place)
        checkout = Checkout.around(place.file)
        try:
            return cls(place, checkout, checkout.resolve(place.revision))
        except UnknownRevision as error:
            if "/" in place.revision:
                raise UserError(
                    "there is no such file, and no such revision", "check it", Place(place.revision)
                ) from error
            raise

    def value(self, file: Path) -> Part:
        if self.checkout is None:
            return Document[Any].load(file, model_of(file)).value
        version = self._then(self.checkout, self.checkout.name(file))
        label = f"{self.where.revision}:{version.path}"
        return _parsed(self.checkout.held(version), label, model_of(file))

    def _then(self, checkout: Checkout, name: str) -> Version:
        """The file in this revision, by the name it had then."""
        version = Version(self.hash, name)
        if checkout.read([version])[0] is not None:
            return version
        known = (one for one in checkout.revisions(name) if checkout.is_before(one.hash, self.hash))
        last = next(known, None)
        return version if last is None else Version(self.hash, last.version.path)

    def quotas(self) -> dict[str, Path]:
        """The files of the quotas, by name, as they would lie on disk now."""
        folder = self.where.file.parent / QUOTAS
        if self.checkout is None:
            return {file.name: file for file in quota_files(self.where.file)}
        then = Path(self._then(self.checkout, self.checkout.name(self.where.file)).path)
        names = (Path(one).name for one in self.checkout.files(self.hash, (then.parent / QUOTAS).as_posix()))
        return {name: folder / name for name in names if name.endswith(".toml") and not name.startswith(".")}


def _parsed(data: bytes, label: str, model: type[Part]) -> Part:
    return parse(decode(data, label), label, model)


@dataclass(frozen=True, slots=True)
class Logged:
    """A revision, and what it changed.

    ``comparison`` is of the version before and this one; of a join of branches it holds only what neither had. It is
    None for the first version, and where ``trouble`` says why this one cannot be read.
    """

    revision: Revision
    comparison: Comparison[Any] | None = None
    trouble: str = ""

    @property
    def first(self) -> bool:
        """Whether it is the file's first version."""
        return not self.revision.before

    @property
    def joins(self) -> bool:
        """Whether branches were joined in it."""
        return len(self.revision.before) > 1

    @property
    def said(self) -> str:
        """What there is to say in place of differences; empty where there are some."""
        if self.trouble:
            return f"cannot be read: {self.trouble}"
        if self.comparison is None:
            return "first version" if self.first else "nothing to compare with: the version before cannot be read"
        if self.comparison.differences:
            return ""
        before = self.revision.before[0].path
        if before != self.revision.version.path:
            return f"moved here from {before}"
        return "joins branches, and no answer besides" if self.joins else AS_BEFORE


class Log:
    """The revisions of one file, the last first; what they changed is looked up as one goes through them.

    ``file``: an agreement's, a quota's. Raises ``NoHistory`` without git or outside of a checkout.
    """

    def __init__(self, path: Path) -> None:
        self.file = agreement_file(path)
        self._checkout = Checkout.around(self.file)
        self._name = self._checkout.name(self.file)
        self.revisions = self._checkout.revisions(self._name)
        if not self.revisions and not self.file.exists():
            raise UserError("there is no such file, now or in the history", "check the path", Place(str(self.file)))
        self._of = {one.version: one for one in self.revisions}
        self._values: dict[Version, Part | str] = {}
        self._texts: dict[bytes, Part | str] = {}

    @property
    def cut(self) -> bool:
        """Whether the history begins here only because older revisions were not fetched."""
        return self._checkout.shallow

    def waiting(self) -> Comparison[Any] | None:
        """What the file on disk says that the last revision does not; None where that is nothing, or cannot be told.

        Raises ``UserError`` when the file on disk cannot be read.
        """
        if not self.revisions or not self.file.exists() or not self.is_dirty():
            return None
        held = self.last()
        return None if held is None else compare(held, Document[Any].load(self.file, model_of(self.file)).value)

    def is_dirty(self) -> bool:
        """Whether the file on disk is another than in the last revision, or git does not have it yet."""
        return committing.is_dirty(self._checkout, self.file)

    def last(self) -> Part | None:
        """What the file says in the last revision, or the last one that can be read; None where there is no such."""
        return self._readable(Version(self._checkout.resolve("HEAD"), self._name)) if self.revisions else None

    def before(self, revision: Revision) -> Part | None:
        """What the file said before a revision, as far as that can be read."""
        return self._readable(revision.before[0]) if revision.before else None

    def entry(self, revision: Revision) -> Logged:
        """One revision with what it changed; some of what was read is kept for the next one."""
        self._read([revision.version, *revision.before])
        made = self._logged(revision)
        self._texts.clear()
        for version in list(self._values)[:-_KEPT]:
            del self._values[version]
        return made

    def entries(self, most: int | None = None, at_once: int = _AT_ONCE) -> Iterator[Logged]:
        """Each revision with what it changed, the last first, ``most`` of them; read ``at_once`` and then forgotten."""
        rest = iter(self.revisions[:most])
        while chunk := list(islice(rest, at_once)):
            self._read([version for one in chunk for version in (one.version, *one.before)])
            yield from map(self._logged, chunk)
            for one in chunk:
                del self._values[one.version]
            self._texts.clear()

    def beside(self) -> Log:
        """The same revisions, to be gone through beside this log; neither forgets what is read for the other."""
        other = copy(self)
        other._values, other._texts = {}, {}
        return other

    def value(self, revision: Revision) -> Part:
        """What the file said in a revision. Raises ``InvalidFile`` where it cannot be read."""
        label = f"{revision.short}:{revision.version.path}"
        return _parsed(self._checkout.held(revision.version), label, model_of(self.file))

    def _logged(self, revision: Revision) -> Logged:
        value = self._values[revision.version]
        if isinstance(value, str):
            return Logged(revision, trouble=value)
        before = [one for version in revision.before if (one := self._readable(version)) is not None]
        if not before:
            return Logged(revision)
        first, *others = (compare(one, value) for one in before)
        return Logged(revision, _in_all(first, others))

    def _readable(self, version: Version) -> Part | None:
        """What a version said, or the nearest one before it that can be read."""
        while True:
            self._read([version])
            value = self._values[version]
            if not isinstance(value, str):
                return value
            earlier = self._of.get(version)
            if earlier is None or not earlier.before:
                return None
            version = earlier.before[0]

    def _read(self, versions: Sequence[Version]) -> None:
        fresh = [one for one in dict.fromkeys(versions) if one not in self._values]
        if fresh:
            for version, data in zip(fresh, self._checkout.read(fresh), strict=True):
                self._values[version] = "the file is gone" if data is None else self._value(data)

    def _value(self, data: bytes) -> Part | str:
        """What a text says, or why it cannot be read; the same text is read once."""
        if data not in self._texts:
            try:
                self._texts[data] = _parsed(data, "", model_of(self.file))
            except UserError as error:
                self._texts[data] = why_unreadable(error)
        return self._texts[data]


def why_unreadable(error: UserError) -> str:
    """Why a version cannot be read, in a few words: ``line 3: a text has no closing quote on its line``."""
    line = f"line {error.place.line}: " if error.place.line else ""
    faults = len(error.faults) if isinstance(error, InvalidFile) else 1
    return f"{line}{error.message}{f' (and {faults - 1} more)' if faults > 1 else ''}"


def _in_all(first: Comparison[Any], others: Sequence[Comparison[Any]]) -> Comparison[Any]:
    """What differs from each of several versions before."""
    kept = [{(one.key, one.how) for one in other.differences} for other in others]
    differences = tuple(one for one in first.differences if all((one.key, one.how) in names for names in kept))
    return replace(first, differences=differences)
