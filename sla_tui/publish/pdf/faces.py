"""The faces, given to reportlab once a process, and what each of them can draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics, ttfonts

from sla_tui.publish.pdf import cjk, look
from sla_tui.publish.pdf.coverage import cjk_shows, code_points, shipped
from sla_tui.publish.pdf.glyphs import Face

_NEXT = {
    look.SERIF: (look.SANS,),
    look.SERIF_STRONG: (look.SANS_STRONG,),
    look.SERIF_EMPHASIS: (look.SERIF, look.SANS),
    look.SANS: (look.SERIF,),
    look.SANS_STRONG: (look.SERIF_STRONG,),
}
"""Where a character is looked for when a face lacks it."""
_STRONG = (look.SERIF_STRONG, look.SANS_STRONG)

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
    cut = next((one for strong in (False, True) for one in cjk.cuts(strong) if one.name == name), None)
    font: Any = cjk.font(cut) if cut else ttfonts.TTFont(name, str(shipped(name)), asciiReadable=True)
    cast(Any, pdfmetrics).registerFont(font)
    return font.face


def faces(name: str) -> tuple[Face, ...]:
    """The face called ``name`` and those that stand in for what it lacks, with what each of them can show."""
    return _faces(name, cjk.cuts(name in _STRONG))


@cache
def _faces(name: str, cuts: tuple[cjk.Cut, ...]) -> tuple[Face, ...]:
    own = ((face, code_points(shipped(face))) for face in (name, *_NEXT[name]))
    return (*own, *((cut.name, _Later(cut)) for cut in cuts))


class _Later:
    """What a face of the extra can show."""

    def __init__(self, cut: cjk.Cut) -> None:
        self._cut = cut

    def __contains__(self, point: object) -> bool:
        return isinstance(point, int) and cjk_shows(self._cut, point)


class _Widths(dict[str, int]):
    """How wide each character is in a face, in thousandths of its size."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._face = _face(name)

    def __missing__(self, char: str) -> int:
        wide = self[char] = self._face.charWidths.get(ord(char), self._face.defaultWidth)
        return wide


_widths = cache(_Widths)


@lru_cache(maxsize=20_000)
def _units(text: str, name: str) -> int:
    return sum(map(_widths(name).__getitem__, text))


def text_width(text: str, name: str, size: float) -> float:
    """How wide ``text`` is in the face called ``name`` at ``size`` points, in points."""
    return _units(text, name) * size / 1000
