"""The list of what is in a document, in two columns; each line leads to its page and names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sla_tui.publish.blocks import plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.links import link_to
from sla_tui.publish.pdf.look import MM
from sla_tui.publish.pdf.setting import SetText, draw, fitted, set_text
from sla_tui.publish.pdf.tagging import Element

_NUMBER = 7 * MM
_PAGE = 7 * MM
_GAP = 9 * MM
_LOPSIDED = 0.65
"""The largest part of all lines that one column may hold."""
FEWEST = 10
"""A document with fewer headings is found one's way in without a list."""

Entry = tuple[str, str, str]
"""A heading's number, its text and the name of its place."""


def page_form(place: str) -> str:
    """What the number of the page on which ``place`` stands is drawn as, once it is known."""
    return f"page-of-{place}"


def draw_pages(canvas: Any, places: dict[str, int]) -> None:
    """Draws the page numbers that lines of contents ask for."""
    for place, page in places.items():
        canvas.beginForm(page_form(place), 0, -3, _PAGE, look.CONTENTS.leading)
        draw(canvas, _PAGE, 0, str(page), look.CONTENTS, "right")
        canvas.endForm()


class _Columns:
    """The entries of two columns side by side; on each page the left one is read before the right one."""

    before, after = 0.0, 8.0
    needs = 0.0
    fresh = False

    def __init__(self, columns: tuple[Sequence[Entry], Sequence[Entry]], available: float, listed: Element) -> None:
        self.columns, self.available, self.listed = columns, available, listed
        self.wide = (available - _GAP) / 2
        self.height = max(map(len, columns)) * look.CONTENTS.leading
        self.start = min(self.height, 3 * look.CONTENTS.leading)

    def split(self, room: float) -> tuple[_Columns, _Columns] | None:
        """The lines that fit into ``room`` and the others."""
        fits = int(room / look.CONTENTS.leading)
        (left, right), more = self.columns, (self.available, self.listed)
        return (
            (_Columns((left[:fits], right[:fits]), *more), _Columns((left[fits:], right[fits:]), *more))
            if fits
            else None
        )

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the entries, each of them a link."""
        for column in self.columns:
            for at, entry in enumerate(column, 1):
                self._draw_entry(canvas, entry, x, top - at * look.CONTENTS.leading + 3)
            x += self.wide + _GAP

    def _draw_entry(self, canvas: Any, entry: Entry, x: float, y: float) -> None:
        number, text, place = entry
        said = fitted(text, look.CONTENTS, self.wide - _NUMBER - _PAGE - 4)
        link = Element("Link", Element("Reference", Element("TOCI", self.listed)))
        with canvas.marked(link):
            draw(canvas, x, y, number, look.CONTENTS, apart=True)
            draw(canvas, x + _NUMBER, y, said, look.CONTENTS, apart=True)
            canvas.saveState()
            canvas.translate(x + self.wide - _PAGE, y)
            canvas.doForm(page_form(place))
            canvas.restoreState()
        link_to(canvas, link, place, f"{number} {text}".strip(), (x, y - 3, self.wide, look.CONTENTS.leading))
        canvas.wanted.add(place)


def contents(headings: Sequence[Entry], wide: float) -> list[Any]:
    """The title and the columns of the list; nothing where there is little to list."""
    if len(headings) < FEWEST:
        return []
    title = set_text(plain("Contents"), look.HEADING[1], wide)
    title.element, title.after = Element("H2"), 4.0
    half = _half(headings)
    title.needs = title.height + 3 * look.CONTENTS.leading
    return [title, _Columns((headings[:half], headings[half:]), wide, Element("TOC"))]


def _half(headings: Sequence[Entry]) -> int:
    """How many stand in the first column: those before the annexes where that makes two columns of much the same
    height, else half of them."""
    whole = len(headings)
    sections = next((at for at, (number, _, _) in enumerate(headings) if number and not number.isdecimal()), whole)
    return sections if max(sections, whole - sections) <= whole * _LOPSIDED else -(-whole // 2)


def entry_of(piece: Any) -> Entry | None:
    """What a set heading is listed as; None for any other piece and for headings within a section."""
    if isinstance(piece, SetText) and piece.entry and piece.entry.level == 0:
        return piece.entry.number, piece.entry.text, piece.entry.place
    return None
