"""The shipped faces, given to reportlab once a process, and what each of them can draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics, ttfonts

from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.glyphs import Face, clean

_FOLDER = Path(__file__).parent.parent / "fonts"
_NEXT = {
    look.SERIF: (look.SANS,),
    look.SERIF_STRONG: (look.SANS_STRONG,),
    look.SERIF_EMPHASIS: (look.SERIF, look.SANS),
    look.SANS: (look.SERIF,),
    look.SANS_STRONG: (look.SERIF_STRONG,),
}
"""Where a character is looked for when a face lacks it."""

_CMAP_BLOCK = 100
"""The most entries one block of a ToUnicode map may hold (PDF 32000-1, 9.10.3, by way of Adobe Technical Note 5014)."""


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """A subset's ToUnicode map. reportlab's own writes more entries than a block may hold and breaks beyond the BMP."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [entries[at : at + _CMAP_BLOCK] for at in range(0, len(entries), _CMAP_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{fontname} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@cache
def _face(name: str) -> Any:
    ttfonts.makeToUnicodeCMap = _to_unicode
    font = ttfonts.TTFont(name, str(_FOLDER / f"{name}.ttf"), asciiReadable=True)
    cast(Any, pdfmetrics).registerFont(font)
    return font.face


@cache
def faces(name: str) -> tuple[Face, ...]:
    """The face called ``name``, loaded, and those that stand in for what it lacks."""
    return tuple((face, _face(face).charToGlyph) for face in (name, *_NEXT[name]))


def undrawn(text: str) -> str:
    """The characters of ``text`` that no shipped face can draw, each once; on a page they are spelt out."""
    if text.isascii():
        return ""
    held = [points for _, points in faces(look.SERIF)]
    return "".join(
        dict.fromkeys(c for c in clean(text) if not c.isspace() and not any(ord(c) in points for points in held))
    )


@lru_cache(maxsize=20_000)
def _units(text: str, name: str) -> int:
    face = _face(name)
    widths, default = face.charWidths, face.defaultWidth
    return sum(widths.get(ord(char), default) for char in text)


def text_width(text: str, name: str, size: float) -> float:
    """How wide ``text`` is in the face called ``name`` at ``size`` points, in points."""
    return _units(text, name) * size / 1000
