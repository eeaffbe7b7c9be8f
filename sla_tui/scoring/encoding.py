"""Which bytes a text table is written in, and a copy in UTF-8 where it is not."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sla_tui.agreement.errors import Place, UserError

Passed = Callable[[float], None]
"""Hears how far something is, from 0 to 1; what it raises ends it."""
_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "compressed"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a database"),
)


def _nothing(_: float) -> None:
    return None


def refuse_other_formats(head: bytes, path: Path) -> None:
    """Raises UserError for a file that is plainly no text table."""
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise UserError(f"this is {name}, not a text table", "save it as CSV first", Place(str(path)))


def encoding_of(head: bytes, path: Path) -> str:
    """The encoding that the first bytes of a file speak for: a codec's name; UserError for what is no text.

    Bytes that are no UTF-8 are taken for Windows' cp1252, which is what spreadsheets save.
    """
    refuse_other_formats(head, path)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        pairs = len(head) // 2 or 1
        if odd > 0.3 * pairs and even < 0.05 * pairs:
            return "utf-16-le"
        if even > 0.3 * pairs and odd < 0.05 * pairs:
            return "utf-16-be"
        raise UserError("this is not a text table: it holds binary data", "export the leads as CSV", Place(str(path)))
    return "utf-8" if _is_utf8(head) else "cp1252"


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def encoding_throughout(path: Path, passed: Passed = _nothing) -> str:
    """The encoding of a file that began as UTF-8 and may not be: UTF-8 all the same when most letters beyond ASCII are.

    ``passed`` hears how far it is, from 0 to 1, and may end it by raising.
    """
    broken = others = 0
    whole, lenient = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("utf-8")("replace")
    valid = True
    with path.open("rb") as file:
        for data in _chunks(file, path, passed):
            text = lenient.decode(data)
            broken += text.count("\ufffd")
            others += len(text) - len(text.encode("ascii", "ignore"))
            if valid:
                try:
                    whole.decode(data)
                except UnicodeDecodeError:
                    valid = False
    return "utf-8" if valid or others - broken > broken else "cp1252"


def _chunks(file: BinaryIO, path: Path, passed: Passed) -> Iterator[bytes]:
    size, done = max(path.stat().st_size, 1), 0
    while data := file.read(_CHUNK):
        yield data
        done += len(data)
        passed(min(done / size, 1.0))


@contextmanager
def utf8_copy(path: Path, encoding: str, passed: Passed = _nothing, head: bool = False) -> Generator[Path]:
    """A copy of a text file in UTF-8 with line feeds, gone afterwards; bytes the encoding lacks become U+FFFD.

    ``head``: only of its beginning. ``passed`` hears how far it is, from 0 to 1, and may end it by raising.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sla-tui-") as folder:
        copy = Path(folder) / "table.csv"
        size = max(path.stat().st_size, 1)
        with (
            path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline=None) as source,
            copy.open("w", encoding="utf-8", errors="replace", newline="\n") as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                if head:
                    break
                passed(min(raw.tell() / size, 1.0))
        yield copy
