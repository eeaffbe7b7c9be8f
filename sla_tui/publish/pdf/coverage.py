"""Which characters the pages can show: those of the shipped faces, and of the faces that the extra ``cjk`` brings."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sla_tui.publish.pdf import cjk, look
from sla_tui.publish.pdf.glyphs import clean, spell_out

_FOLDER = Path(__file__).parent.parent / "fonts"
_WHOLE = (12, 13)
"""The formats of a map that has characters beyond the first 65,536 too."""


def shipped(name: str) -> Path:
    """The file of a shipped face."""
    return _FOLDER / f"{name}.ttf"


def unprinted(text: str) -> str:
    """The characters of ``text`` that a PDF shows as their code points, each once."""
    if text.isascii():
        return ""
    held = _shipped_points()
    lacking = (c for c in dict.fromkeys(clean(text)) if not c.isspace() and ord(c) not in held)
    return "".join(c for c in lacking if not any(cjk_shows(cut, ord(c)) for cut in cjk.cuts(strong=False)))


def spelt_out(text: str) -> str:
    """Clean ``text`` as it is printed without the extra, whether that is installed or not; for comparing."""
    if text.isascii() and text.isprintable():
        return text
    held = _shipped_points()
    return "".join(c if ord(c) in held or c.isspace() else spell_out(c) for c in clean(text))


@cache
def _shipped_points() -> frozenset[int]:
    return code_points(shipped(look.SERIF)) | code_points(shipped(look.SANS))


def cjk_shows(cut: cjk.Cut, point: int) -> bool:
    """Whether a character is taken from a face of the extra; its file is read when that is asked for the first time."""
    return cjk.taken(point) and point in code_points(cut.file)


@cache
def code_points(file: Path) -> frozenset[int]:
    """What the face in ``file`` can show as it should be read.

    A mark on another letter is none of it, nor what is read from right to left: characters are set one after another.
    """
    return frozenset(point for point in _mapped(_character_map(file)) if _stands_alone(chr(point)))


def _stands_alone(char: str) -> bool:
    return unicodedata.category(char)[0] != "M" and unicodedata.bidirectional(char) not in ("R", "AL", "AN")


def _character_map(file: Path) -> bytes:
    """The table of a TrueType file that says which character is which glyph."""
    with file.open("rb") as font:
        _, count = struct.unpack(">LH6x", font.read(12))
        for tag, _, start, length in struct.iter_unpack(">4s3L", font.read(16 * count)):
            if tag == b"cmap":
                font.seek(start)
                return font.read(length)
    return b"\0\0\0\0"


def _mapped(table: bytes) -> Iterator[int]:
    """The characters of a map, from the most complete of its parts."""
    (count,) = struct.unpack_from(">H", table, 2)
    parts: list[tuple[int, int]] = []
    for at in range(count):
        platform, encoding, start = struct.unpack_from(">HHL", table, 4 + 8 * at)
        if (platform, encoding) in ((3, 1), (3, 10)) or platform == 0:
            parts.append((struct.unpack_from(">H", table, start)[0], start))
    for form, start in sorted(parts, reverse=True):
        if form in _WHOLE:
            yield from _of_groups(table, start, form)
            return
        if form == 4:
            yield from _of_segments(table, start)
            return


def _of_groups(table: bytes, start: int, form: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", table, start + 12)
    for first, last, glyph in struct.iter_unpack(">3L", table[start + 16 : start + 16 + 12 * count]):
        yield from range(first + (glyph == 0 and form == 12), last + 1)


def _of_segments(table: bytes, start: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", table, start + 6)
    many = f">{twice // 2}H"
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(many, table, start + 14 + at * twice + (2 if at else 0)) for at in range(4)
    )
    place = start + 16 + 3 * twice
    for at, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for point in range(first, last + 1 if last < 0xFFFF else last):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(">H", table, place + 2 * at + offset + 2 * (point - first))
            if glyph and (glyph + delta) & 0xFFFF:
                yield point
