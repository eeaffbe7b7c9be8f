"""Text into reportlab paragraphs, without its markup parser: what a user wrote never passes through one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from sla_tui.publish.blocks import Run, Text, Tone, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.faces import faces
from sla_tui.publish.pdf.glyphs import clean, one_line, pieces
from sla_tui.publish.pdf.look import Style

Align = Literal["left", "right"]

_LONG = 20_000
"""Characters in one paragraph beyond which reportlab's line breaking, quadratic in words, is given smaller pieces."""
_FACES: dict[Tone, dict[str, str]] = {
    "strong": {look.SERIF: look.SERIF_STRONG, look.SANS: look.SANS_STRONG},
    "emphasis": {look.SERIF: look.SERIF_EMPHASIS, look.SANS: look.SANS},
    "open": {look.SERIF: look.SERIF_EMPHASIS, look.SANS: look.SERIF_EMPHASIS},
}


@cache
def colour(code: str) -> Color:
    """reportlab's object for ``#RRGGBB``."""
    return HexColor(code)


@cache
def paragraph_style(style: Style, align: Align = "left", hang: float = look.GUTTER) -> ParagraphStyle:
    """reportlab's form of a style: ragged right, no lone first or last lines, over-long words broken.

    ``hang`` is how far left of the text its number or bullet stands, in points.
    """
    faces(style.font)
    faces(look.SANS)
    faces(look.SANS_STRONG)
    return ParagraphStyle(
        f"{style.font} {style.size}",
        fontName=style.font,
        fontSize=style.size,
        leading=style.leading,
        textColor=colour(style.colour),
        alignment=TA_RIGHT if align == "right" else TA_LEFT,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        bulletFontName=look.SANS if style.font == look.SERIF else style.font,
        bulletFontSize=style.size - 1 if style.font == look.SERIF else style.size,
        bulletColor=colour(look.GREY),
        bulletIndent=-hang,
    )


def _frag(font: str, style: Style, text: str, tint: str) -> Any:
    return ParaFrag(
        text=text,
        fontName=font,
        fontSize=style.size,
        textColor=colour(tint),
        rise=0,
        us_lines=[],
        link=[],
        bold=0,
        italic=0,
    )


def _break(style: Style) -> Any:
    frag = _frag(style.font, style, "", style.colour)
    frag.lineBreak = True
    return frag


def _run_frags(run: Run, style: Style) -> Iterator[Any]:
    font = _FACES.get(run.tone, {}).get(style.font, style.font)
    tint = look.GREY if run.tone == "open" else style.colour
    for at, line in enumerate(clean(run.text).split("\n")):
        if at:
            yield _break(style)
        for face, piece in pieces(line, faces(font)) if line else ():
            yield _frag(face, style, piece, tint)


def shown(text: Text) -> Text:
    """``text`` as it stands on the page: an open answer is a blank to write on, with what is missing beside it."""
    return tuple(Run(f"[{run.text}]", "open") if run.tone == "open" else run for run in text)


def paragraph(
    text: Text, style: Style, align: Align = "left", number: str = "", hang: float = look.GUTTER
) -> Paragraph:
    """``text`` ready to be wrapped and drawn, its number ``hang`` points to the left."""
    return Paragraph("", paragraph_style(style, align, hang), bulletText=number or None, frags=frags(text, style))


def frags(text: Text, style: Style) -> list[Any]:
    """reportlab's pieces of a paragraph, one for each face and line."""
    return [frag for run in shown(text) for frag in _run_frags(run, style)]


def _portions(text: str) -> Iterator[str]:
    while len(text) > _LONG:
        found = re.search(r"\s", text[_LONG:])
        cut = _LONG + found.start() if found and found.start() < _LONG else _LONG
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text


def paragraphs(text: Text, style: Style, number: str = "", hang: float = look.GUTTER) -> list[Paragraph]:
    """``text`` as one paragraph, or as several where it is longer than can be wrapped in one go."""
    if sum(len(run.text) for run in text) <= _LONG:
        return [paragraph(text, style, "left", number, hang)]
    portions = [Run(part, run.tone) for run in text for part in _portions(run.text)]
    return [paragraph((run,), style, "left", "" if at else number, hang) for at, run in enumerate(portions)]


_MOST_IN_LINE = 400
"""More characters than one line can hold."""


@lru_cache(maxsize=256)
def fitted(text: str, style: Style, room: float) -> str:
    """One line of ``text`` no wider than ``room`` points, cut with an ellipsis where it is longer."""
    whole = one_line(text)
    shown = whole[:_MOST_IN_LINE]
    if shown == whole and width(plain(shown), style) <= room:
        return shown
    fits, over = 0, len(shown)
    while over - fits > 1:
        middle = (fits + over) // 2
        if width(plain(f"{shown[:middle].rstrip()}…"), style) <= room:
            fits = middle
        else:
            over = middle
    return f"{shown[:fits].rstrip()}…"


def draw(canvas: Any, x: float, y: float, text: str, style: Style, align: Align = "left") -> None:
    """One line of ``text`` straight onto the page, its baseline at ``y``; ``x`` is its left end, or its right one."""
    text = one_line(text)
    if align == "right":
        x -= width((Run(text),), style)
    canvas.setFillColor(colour(style.colour))
    for face, piece in pieces(text, faces(style.font)):
        canvas.setFont(face, style.size)
        canvas.drawString(x, y, piece)
        x += stringWidth(piece, face, style.size)


def width(text: Text, style: Style) -> float:
    """How wide ``text`` is on one line, in points."""
    return sum(
        stringWidth(piece, face, style.size)
        for run in shown(text)
        for face, piece in pieces(one_line(run.text), faces(_FACES.get(run.tone, {}).get(style.font, style.font)))
    )


def widest_word(text: Text, style: Style) -> float:
    """How wide the longest word of ``text`` is, in points."""
    words = {word for run in shown(text) for word in clean(run.text).split()}
    return max((width((Run(word),), style) for word in words), default=0.0)
