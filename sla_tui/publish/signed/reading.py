"""A PDF opened to be read: its attachments, the fingerprint it claims, its form, now and at an earlier moment."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sla_tui.agreement.errors import Place, UserError
from sla_tui.publish.signed.extra import need

_DEEPEST = 32
"""Levels of a tree of names or of fields; a deeper one is a circle."""
_CLAIM = re.compile(r"fingerprint sha256:([0-9a-f]{64})")
_CREATOR = re.compile(r"sla-tui ([\w.+]+)")
_DRAFT = re.compile(r", draft(?:, revision [0-9a-f]+)?$")
_REVISION = re.compile(r", revision ([0-9a-f]{7,40})$")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its whole name, its type (``/Sig``, ``/Tx``), what it says, and whether it is filled in.

    ``drawn`` is what it shows on the page, as it is stored.
    """

    name: str
    type: str
    text: str = ""
    filled: bool = False
    drawn: bytes = b""

    @property
    def signs(self) -> bool:
        """Whether it is there to be signed."""
        return self.type == "/Sig"


class Opened:
    """A PDF as a file that can be read. Raises ``UserError`` for what is none, is encrypted, or is damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        need()
        from pyhanko.pdf_utils.reader import PdfFileReader

        self.data, self.name = data, name
        if b"%PDF-" not in data[:1024]:
            raise UserError("this is no PDF", "name the PDF that was exported or came back signed", self.place)
        try:
            self.reader: Any = PdfFileReader(io.BytesIO(data))
            self.encrypted = bool(self.reader.encrypted)
            self.root: Any = None if self.encrypted else self.reader.root
        except Exception as error:
            raise self.damaged() from error
        if self.encrypted:
            remedy = "save a copy without a password; encrypting a signed PDF breaks its signatures"
            raise UserError("this PDF is encrypted, so it cannot be read", remedy, self.place)

    @property
    def place(self) -> Place:
        """Where it lies."""
        return Place(self.name)

    def damaged(self) -> UserError:
        """What to say where reading fails."""
        return UserError("this PDF is damaged and cannot be read", "fetch it again from where it came from", self.place)

    def then(self, revision: int) -> Any:
        """The root of the file as it was in one of its revisions, counted from 0."""
        return self.reader.get_historical_root(revision)

    def had(self, name: str) -> bool:
        """Whether something was attached under a name when the file was written first, or a later time but the last."""
        try:
            return any(attached(self.then(at), name) is not None for at in range(self.reader.total_revisions - 1))
        except Exception:
            # What was there once and cannot be read any more was there.
            return True

    def claimed(self) -> str:
        """The fingerprint of the terms that the file's description names; empty for none."""
        found = _CLAIM.search(self._described("/Keywords"))
        return found[1] if found else ""

    def revision(self) -> str:
        """The revision in git that the file's description names; empty for none."""
        found = _REVISION.search(self._described("/Subject"))
        return found[1] if found else ""

    def printed_by(self) -> str:
        """The version of sla-tui that printed it; empty where another program did."""
        found = _CREATOR.fullmatch(self._described("/Creator"))
        return found[1] if found else ""

    @property
    def draft(self) -> bool:
        """Whether the file's description calls it a draft."""
        return _DRAFT.search(self._described("/Subject")) is not None

    def _described(self, key: str) -> str:
        try:
            return str(self.reader.trailer["/Info"][key])
        except Exception:
            # A description that is not there, or is none, says nothing.
            return ""


def entry(node: Any, key: str, missing: Any = ()) -> Any:
    """What a dictionary of the file holds under a key, wherever in the file that lies."""
    try:
        return node[key]
    except KeyError:
        return missing


def attached(root: Any, name: str) -> bytes | None:
    """What is attached under a name; None for nothing. ValueError when two attachments have it, or it is damaged."""
    try:
        tree = entry(entry(root, "/Names", {}), "/EmbeddedFiles", None)
        found = [] if tree is None else [spec for key, spec in _names(tree, _DEEPEST) if key == name]
        held = [bytes(one["/EF"]["/F"].data) for one in found]
    except Exception as error:
        raise ValueError(f"the attachment {name} is damaged") from error
    if len(held) > 1:
        raise ValueError(f"two attachments are called {name}")
    return held[0] if held else None


def _names(node: Any, deep: int) -> Iterator[tuple[str, Any]]:
    if not deep:
        raise ValueError("the list of attachments is damaged")
    held = entry(node, "/Names")
    for at in range(0, len(held) - 1, 2):
        yield str(held[at]), held[at + 1]
    for kid in entry(node, "/Kids"):
        yield from _names(kid.get_object(), deep - 1)


def fields(root: Any) -> tuple[Field, ...]:
    """The form's fields in its order; ValueError when they are damaged."""
    try:
        return tuple(_fields(root["/AcroForm"]["/Fields"], "", {}, _DEEPEST))
    except KeyError:
        return ()


def _fields(held: Any, around: str, given: dict[str, Any], deep: int) -> Iterator[Field]:
    if not deep:
        raise ValueError("the form is damaged")
    for one in held:
        field = one.get_object()
        if "/T" not in field:
            continue
        name = f"{around}.{field['/T']}" if around else str(field["/T"])
        own = {**given, **{key: field[key] for key in ("/FT", "/V") if key in field}}
        kids = entry(field, "/Kids")
        if any("/T" in kid.get_object() for kid in kids):
            yield from _fields(kids, name, own, deep - 1)
            continue
        type_, value = str(own.get("/FT", "")), own.get("/V")
        text = "" if value is None or type_ == "/Sig" else str(value)
        yield Field(name, type_, text, bool(text) or (type_ == "/Sig" and value is not None), _drawn(field))


def _drawn(field: Any) -> bytes:
    look = entry(entry(field, "/AP", {}), "/N", None)
    return bytes(getattr(look, "encoded_data", b""))
