"""WordprocessingML: runs, paragraphs, fields and links; text is escaped, and nothing in it is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_tui.publish import linear
from sla_tui.publish.blocks import Document, Text
from sla_tui.publish.linear import Reading
from sla_tui.publish.tags import NOTHING, Markup, element, join, text

LONG = 400
"""Letters from which on a paragraph or a row is no longer held together, for it may be taller than a page."""
_TONES = {"strong": "Strong", "emphasis": "Emphasis", "open": "Open", "quiet": "Quiet"}
"""By tone the style of its letters."""


def w(name: str, /, *children: Markup, **attributes: str | None) -> Markup:
    """An element of WordprocessingML; all its attributes are of the same vocabulary."""
    return element(f"w:{name}", *children, **{f"w__{key}": value for key, value in attributes.items()})


TAB = w("r", w("tab"))


def run(words: str, style: str = "") -> Markup:
    """Words in a style of letters; a line feed breaks the line."""
    how = w("rPr", w("rStyle", val=style)) if style else NOTHING
    lines = (Markup(f'<w:t xml:space="preserve">{text(line)}</w:t>') for line in words.split("\n"))
    return w("r", how, join(lines, w("br")))


class Places(Reading):
    """A document's chapters, and by place the name of the bookmark there, as short and plain as Word wants it."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        led_to = {*self.places.values(), *(chapter.place for chapter in self.chapters if chapter.place)}
        self.bookmarks = {place: f"sla_{at}" for at, place in enumerate(sorted(led_to), 1)}

    def marked(self, place: str, *inside: Markup) -> Markup:
        """What stands at ``place``, between the two ends of its bookmark."""
        name = self.bookmarks.get(place)
        if name is None:
            return join(inside)
        number = name.removeprefix("sla_")
        return join((w("bookmarkStart", id=number, name=name), *inside, w("bookmarkEnd", id=number)))


def line(said: Text, places: Places) -> Markup:
    """A line of thought, with a link where a run speaks of something that stands in this document."""
    return join(_parts(said, places))


def _parts(said: Text, places: Places) -> Iterator[Markup]:
    for one in linear.joined(said):
        words = run(one.text, _TONES.get(one.tone, ""))
        name = places.bookmarks.get(places.place_of(one), "") if one.to else ""
        yield w("hyperlink", words, anchor=name, history="1") if name else words


def paragraph(style: str, *inside: Markup, settings: Iterable[Markup] = ()) -> Markup:
    """A paragraph in a style, with ``settings`` of its own in the order that the schema asks for."""
    return w("p", w("pPr", w("pStyle", val=style), *settings), *inside)


def loose(words: str) -> tuple[Markup, ...]:
    """What lets a long paragraph break over pages and part from the next, though its style holds it."""
    return (w("keepNext", val="0"), w("keepLines", val="0")) if len(words) > LONG else ()


def field(instruction: str, shown: str) -> Markup:
    """What Word works out by itself, as ``shown`` until then; only instructions of the program come here."""
    return w("fldSimple", run(shown), instr=f" {instruction} ")
