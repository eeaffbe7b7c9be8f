"""Text broken into lines and drawn on a canvas. No markup is parsed anywhere: what a user wrote is only ever text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from reportlab.lib.colors import Color, HexColor

from sla_tui.publish.blocks import Run, Text, Tone, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.faces import faces, text_width
from sla_tui.publish.pdf.glyphs import clean, one_line, parted, pieces
from sla_tui.publish.pdf.inking import Segment
from sla_tui.publish.pdf.links import link_to
from sla_tui.publish.pdf.look import Style
from sla_tui.publish.pdf.tagging import Element, TaggedCanvas

Align = Literal["left", "right"]

_TONES: dict[Tone, dict[str, str]] = {
    "strong": {look.SERIF: look.SERIF_STRONG, look.SANS: look.SANS_STRONG},
    "emphasis": {look.SERIF: look.SERIF_EMPHASIS},
    "open": {look.SERIF: look.SERIF_EMPHASIS, look.SANS: look.SERIF_EMPHASIS},
}
_PARTS = "/-_.@?&="
_SLACK = 0.01
"""What sums of widths may be off by."""
_NARROWEST = 0.2
"""A character of a word is hardly narrower than this part of its size."""
_LEAST_LINES = 2
"""Lines of a paragraph that may stand alone at the end or the start of a page."""


@cache
def colour(code: str) -> Color:
    """reportlab's object for ``#RRGGBB``."""
    return HexColor(code)


@dataclass(slots=True)
class Line:
    """One line of text and its width in points."""

    segments: list[Segment]
    width: float = 0.0

    def add(self, segment: Segment, wide: float) -> None:
        """Sets a segment behind what is there."""
        self.width += wide
        face, tint, text, to = segment
        if self.segments:
            last = self.segments[-1]
            if last[0] == face and last[1] == tint and last[3] == to:
                self.segments[-1] = (face, tint, last[2] + text, to)
                return
        self.segments.append(segment)

    def part(self) -> None:
        """Ends with a space that takes no room: a reader aloud would join the last word to the next line's first."""
        if self.segments:
            face, tint, text, to = self.segments[-1]
            self.segments[-1] = (face, tint, f"{text} ", to)


def shown(text: Text) -> Text:
    """``text`` as it stands on the page: an answer still open is set in brackets."""
    return tuple(Run(f"[{run.text}]", "open", run.to) if run.tone == "open" else run for run in text)


@dataclass(slots=True)
class _Word:
    """What must not be parted, its width, and the space or line break before it."""

    segments: list[Segment]
    width: float
    space: Segment | None
    breaks: bool = False


def _face_of(run: Run, style: Style) -> str:
    return _TONES.get(run.tone, {}).get(style.font, style.font)


def _tint_of(run: Run, style: Style) -> str:
    return look.GREY if run.tone in ("open", "quiet") else look.LINK if run.to else style.colour


def _words(text: Text, style: Style) -> Iterator[_Word]:
    """The words of ``text``, each of its characters in a face that can draw it."""
    word = _Word([], 0.0, None)
    for run in shown(text):
        said = clean(run.text)
        first, tint = _face_of(run, style), _tint_of(run, style)
        # Every shipped face has all of ASCII.
        known = () if said.isascii() else faces(first)
        whole = not known or all(ord(char) in known[0][1] for char in set(said) if char != "\n")
        for row, line in enumerate(said.split("\n")):
            if row:
                yield word
                word = _Word([], 0.0, None, True)
            for at, token in enumerate(line.split(" ")):
                if at:
                    yield word
                    word = _Word([], 0.0, (first, tint, " ", run.to))
                if whole:
                    word.segments.append((first, tint, token, run.to))
                    word.width += text_width(token, first, style.size)
                    continue
                for part, chunk in enumerate(parted(token, known)):
                    if part:
                        yield word
                        word = _Word([], 0.0, None)
                    for face, piece in pieces(chunk, known):
                        word.segments.append((face, tint, piece, run.to))
                        word.width += text_width(piece, face, style.size)
    yield word


def _simple(text: Text) -> Run | None:
    """What most cells and labels are: words of one kind with a space between any two. None for any other text."""
    if len(text) != 1:
        return None
    (run,) = shown(text)
    said = run.text
    plain_words = said.isascii() and said.isprintable() and "  " not in said and said.strip() == said
    return run if said and plain_words else None


def _one_line(text: Text, style: Style, room: float) -> Line | None:
    """Simple words that fit on one line; None for any other text."""
    run = _simple(text)
    if not run or len(run.text) * style.size * _NARROWEST > room:
        return None
    said = run.text
    face = _face_of(run, style)
    wide = text_width(said, face, style.size)
    return Line([(face, _tint_of(run, style), said, run.to)], wide) if wide <= room + _SLACK else None


def broken(text: Text, style: Style, room: float) -> list[Line]:
    """``text`` in lines no wider than ``room`` points, ragged right; a word wider than that is cut where it must be."""
    if whole := _one_line(text, style, room):
        return [whole]
    line, lines = Line([]), list[Line]()
    space: Segment | None = None
    for word in _words(text, style):
        if word.breaks:
            line.part()
            lines.append(line)
            line, space = Line([]), None
        space = word.space or space
        if not word.width:
            continue
        gap = text_width(" ", space[0], style.size) if space and line.segments else 0.0
        if line.segments and line.width + gap + word.width > room + _SLACK:
            if space:
                line.part()
            lines.append(line)
            line, gap = Line([]), 0.0
        if space and gap:
            line.add(space if space[3] == word.segments[0][3] else (*space[:3], ""), gap)
        space = None
        if word.width > room:
            line = _cut(word, style, room, line, lines)
            continue
        if len(word.segments) == 1:
            line.add(word.segments[0], word.width)
            continue
        for segment in word.segments:
            line.add(segment, text_width(segment[2], segment[0], style.size))
    return [*lines, line] if line.segments or not lines else lines


def _cut(word: _Word, style: Style, room: float, line: Line, lines: list[Line]) -> Line:
    """Sets a word wider than a line on several, cut where an address may be if it has such a place."""
    for face, tint, text, to in word.segments:
        start = 0
        for at, char in enumerate(text):
            wide = text_width(char, face, style.size)
            if line.width + wide > room and (line.segments or at > start):
                end = _parting(text, start, at)
                line.add((face, tint, text[start:end], to), 0.0)
                lines.append(line)
                line, start = Line([]), end
                line.width = text_width(text[end:at], face, style.size)
            line.width += wide
        line.add((face, tint, text[start:], to), 0.0)
    return line


def _parting(text: str, start: int, end: int) -> int:
    """Where to cut ``text`` at ``end`` or a little before it: behind one of the signs that part an address."""
    least = start + (end - start) * 2 // 3
    return next((at for at in range(end, least, -1) if text[at - 1] in _PARTS), end)


@dataclass(frozen=True, slots=True)
class Entry:
    """How a heading is listed: its number, text and level from 0, and the name of its place."""

    number: str
    text: str
    place: str
    level: int


class SetText:
    """Text set to a width: its lines, and a number or bullet hanging left of the first.

    ``element`` is what it is in the structure tree, one for all its parts; ``anchors`` are the names of this place.
    """

    before = after = 0.0
    needs = 0.0
    fresh = False

    def __init__(self, lines: list[Line], style: Style, wide: float, align: Align = "left") -> None:
        self.lines, self.style, self.wide = lines, style, wide
        self.align: Align = align
        self.number, self.hang, self.indent, self.aside = "", 0.0, 0.0, ""
        self.least = _LEAST_LINES
        self.entry: Entry | None = None
        self.anchors: tuple[str, ...] = ()
        self.element = Element("P")

    @property
    def height(self) -> float:
        """How tall it is, in points."""
        return len(self.lines) * self.style.leading

    @property
    def start(self) -> float:
        """The height without which it had better begin on the next page."""
        return min(self.height, (self.least + 1) * self.style.leading)

    def split(self, room: float) -> tuple[SetText, SetText] | None:
        """The lines that fit into ``room`` and the others; None where too few would stand alone."""
        fits = min(int(room / self.style.leading + 1e-6), len(self.lines) - self.least)
        if fits < self.least:
            return None
        return self.parted(fits)

    def parted(self, fits: int) -> tuple[SetText, SetText]:
        """The first ``fits`` lines and the others."""
        first = SetText(self.lines[:fits], self.style, self.wide, self.align)
        rest = SetText(self.lines[fits:], self.style, self.wide, self.align)
        first.number, first.hang, first.entry, first.before = self.number, self.hang, self.entry, self.before
        first.least = rest.least = self.least
        first.aside, first.anchors = self.aside, self.anchors
        first.element = rest.element = self.element
        first.indent = rest.indent = self.indent
        rest.after = self.after
        return first, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draws the lines below ``top``; a heading is entered in the outline too."""
        for anchor in self.anchors:
            canvas.name_place(anchor, top + 8)
        canvas.begin(self.element)
        self.draw_bare(canvas, x, top)
        canvas.end()

    def draw_bare(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draws the lines without saying what they are."""
        style = self.style
        x += self.indent
        y = top - style.leading / 2 - style.size * 0.33
        if self.entry:
            canvas.name_place(self.entry.place, top + 8)
            title = fitted(f"{self.entry.number} {self.entry.text}".strip(), look.LABEL, 600)
            canvas.entries.append(self.entry)
            canvas.addOutlineEntry(title, self.entry.place, self.entry.level, closed=False)
        if self.number:
            draw(canvas, x - self.hang, y, self.number, look.NUMBER.get(style, style), apart=True)
        if any(segment[3] for line in self.lines for segment in line.segments):
            self._draw_linked(canvas, x, y)
        else:
            self._draw_plain(canvas, x, y)
        if self.aside:
            draw(canvas, x + self.wide, y, self.aside, look.ASIDE, "right", apart=True)

    def _draw_plain(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        style = self.style
        right = x + self.wide if self.align == "right" else None
        canvas.ink.write(
            (
                (x if right is None else right - line.width, y - at * style.leading, line.segments)
                for at, line in enumerate(self.lines)
                if line.segments
            ),
            style.size,
        )

    def _draw_linked(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """The lines piece by piece, what leads somewhere as an element of its own."""
        size = self.style.size
        for line in self.lines:
            at = x + self.wide - line.width if self.align == "right" else x
            for segment in line.segments:
                face, _, text, to = segment
                wide = text_width(text, face, size)
                if to in canvas.anchors:
                    link = Element("Link", self.element)
                    canvas.end()
                    with canvas.marked(link):
                        canvas.ink.write(((at, y, (segment,)),), size)
                    link_to(canvas, link, to, text, (at, y - size * 0.25, wide, size * 1.1))
                    canvas.begin(self.element)
                else:
                    canvas.ink.write(((at, y, (segment,)),), size)
                at += wide
            y -= self.style.leading


def set_text(text: Text, style: Style, wide: float, align: Align = "left") -> SetText:
    """``text`` set to ``wide`` points."""
    return SetText(broken(text, style, wide), style, wide, align)


def balanced(text: Text, style: Style, wide: float) -> SetText:
    """``text`` in as few lines as ``wide`` points allow, all of them of much the same width; for titles."""
    lines = broken(text, style, wide)
    room, least = wide, wide / 2
    while len(lines) > 1 and room - least > 4:
        middle = (room + least) / 2
        tighter = broken(text, style, middle)
        if len(tighter) > len(lines) or max(line.width for line in tighter) > middle:
            least = middle
        else:
            room, lines = middle, tighter
    return SetText(lines, style, wide)


def extent(text: Text, style: Style) -> tuple[float, float]:
    """How wide ``text`` is where no line of it is broken, and how wide its longest word is, in points."""
    if run := _simple(text):
        face = _face_of(run, style)
        words = run.text.split(" ")
        wide = text_width(run.text, face, style.size)
        return wide, max(text_width(word, face, style.size) for word in words) if len(words) > 1 else wide
    widest = longest = line = 0.0
    for word in _words(text, style):
        line = 0.0 if word.breaks else line
        line += word.width + (text_width(" ", word.space[0], style.size) if word.space else 0.0)
        widest, longest = max(widest, line), max(longest, word.width)
    return widest, longest


def width(text: Text, style: Style) -> float:
    """How wide ``text`` is where no line of it is broken, in points."""
    return extent(text, style)[0]


_MOST_IN_LINE = 400
"""More characters than one line can hold."""


@lru_cache(maxsize=256)
def fitted(text: str, style: Style, room: float) -> str:
    """One line of ``text`` no wider than ``room`` points, cut with an ellipsis where it is longer."""
    whole = one_line(text)
    said = whole[:_MOST_IN_LINE]
    if said == whole and width(plain(said), style) <= room:
        return said
    fits, over = 0, len(said)
    while over - fits > 1:
        middle = (fits + over) // 2
        if width(plain(f"{said[:middle].rstrip()}…"), style) <= room:
            fits = middle
        else:
            over = middle
    return f"{said[:fits].rstrip()}…"


def draw(
    canvas: Any, x: float, y: float, text: str, style: Style, align: Align = "left", *, apart: bool = False
) -> None:
    """One line of ``text`` straight onto the page, its baseline at ``y``; ``x`` is its left end, or its right one.

    With ``apart`` a space parts it from its neighbour for whoever has the page read aloud.
    """
    line = _line(text, style)
    start, segments = (x - line.width if align == "right" else x), line.segments
    if apart and segments:
        space: Segment = (*segments[0][:2], " ", "")
        start -= text_width(" ", space[0], style.size) if align == "right" else 0.0
        segments = [space, *segments] if align == "right" else [*segments, space]
    canvas.ink.write(((start, y, segments),), style.size)


@lru_cache(maxsize=512)
def _line(text: str, style: Style) -> Line:
    said = plain(one_line(text))
    (line,) = broken(said, style, math.inf)
    return line
