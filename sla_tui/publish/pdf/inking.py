"""Lines of text as a page's own code: reportlab's objects for text cost more than all that is set with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics

Segment = tuple[str, str, str, str]
"""A face, a colour, the text set in them, and the anchor that it leads to."""

_ELSEWHERE = "\0"
"""Stands for a character that the first subset of a face does not hold."""
_metrics: Any = pdfmetrics


class _Codes(dict[int, str]):
    """What each character is written as in the first subset of a face, found out when it is first met."""

    def __init__(self, canvas: Any, face: str) -> None:
        super().__init__()
        self._canvas, self._font = canvas, _metrics.getFont(face)

    def __missing__(self, point: int) -> str:
        parts = self.parts(chr(point))
        said = parts[0][1] if parts and not parts[0][0] else _ELSEWHERE
        self[point] = said
        return said

    def parts(self, text: str) -> list[tuple[int, str]]:
        """Text with the subset that each piece of it is in."""
        found: list[tuple[int, bytes]] = self._font.splitString(text, self._canvas._doc)
        return [(subset, self._canvas._escape(raw)) for subset, raw in found]

    def subset(self, number: int) -> str:
        """The name under which the page's code calls a subset."""
        return self._font.getSubsetInternalName(number, self._canvas._doc)


class Ink:
    """Writes text onto the pages of one canvas."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._codes: dict[str, _Codes] = {}
        self._first: dict[str, str] = {}

    def write(self, lines: Iterable[tuple[float, float, Iterable[Segment]]], size: float) -> None:
        """Lines, each with the point where its baseline begins."""
        code = ["BT"]
        face = tint = ""
        for x, y, segments in lines:
            code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for segment in segments:
                if segment[1] != tint:
                    tint = segment[1]
                    code.append(_fill(tint))
                if segment[0] != face:
                    face = segment[0]
                    code.append(f"{self._first.get(face) or self._begun(face)} {size:g} Tf")
                text = segment[2].translate(self._codes[face])
                if _ELSEWHERE in text:
                    code += self._shown(face, segment[2], size)
                    face = ""
                else:
                    code.append(f"({text}) Tj")
        code.append("ET")
        self._canvas._code.append(" ".join(code))

    def _begun(self, face: str) -> str:
        codes = self._codes[face] = _Codes(self._canvas, face)
        codes.parts(" ")
        self._first[face] = codes.subset(0)
        return self._first[face]

    def _shown(self, face: str, text: str, size: float) -> Iterable[str]:
        """Text of which some is in other subsets."""
        codes = self._codes[face]
        for subset, said in codes.parts(text):
            yield f"{codes.subset(subset)} {size:g} Tf ({said}) Tj"


@cache
def _fill(tint: str) -> str:
    """The operator that draws in the colour ``#RRGGBB``."""
    parts = (int(tint[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{' '.join(f'{part:.4g}' for part in parts)} rg"
