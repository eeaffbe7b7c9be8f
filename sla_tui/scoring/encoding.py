"""Which bytes a text table is written in, and a copy in UTF-8 where it is not."""

from __future__ import annotations

import codecs
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sla_tui.agreement.errors import Place, UserError

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


def mostly_utf8(data: bytes) -> bool:
    """Whether text with bytes that are no UTF-8 is UTF-8 all the same: most letters beyond ASCII are whole."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken > broken


@contextmanager
def utf8_copy(path: Path, encoding: str) -> Generator[Path]:
    """A copy of a text file in UTF-8 with line feeds, gone afterwards; bytes the encoding lacks become U+FFFD."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sla-tui-") as folder:
        copy = Path(folder) / "table.csv"
        with (
            path.open(encoding=encoding, errors="replace", newline=None) as source,
            copy.open("w", encoding="utf-8", errors="replace", newline="\n") as target,
        ):
            while chunk := source.read(1 << 20):
                target.write(chunk)
        yield copy
