"""A document for Word, to be commented on: real headings, tables and contents.

Word's own format is written here directly: the fields, the repeated header rows, the watermark and the settings that
make such a document would have to be, whatever library stood between, and nothing is gained by reading a template and
rewriting it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sla_tui.publish import linear
from sla_tui.publish.blocks import Bullets, Clause, Detail, Document, Figure, Heading, Table
from sla_tui.publish.docx.package import OFFICE, package
from sla_tui.publish.docx.running import running
from sla_tui.publish.docx.styles import WORDS
from sla_tui.publish.docx.tables import initials, key_terms, signatures, steps, table
from sla_tui.publish.docx.words import LONG, TAB, Places, line, loose, paragraph, run, w
from sla_tui.publish.linear import Chapter, Part
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import NOTHING, Markup, element, join

Paper = Literal["a4", "letter"]
_PAPERS: dict[Paper, tuple[int, int]] = {"a4": (11906, 16838), "letter": (12240, 15840)}
_MARGIN = 1417


def render(document: Document, paper: Paper = "a4") -> bytes:
    """``document`` as a DOCX file for ``paper``."""
    page = _Page(document, paper)
    above = running(document)
    body = w("body", *page.top(), *page.chapters(), _section(paper, tuple(above)))
    return package(document, element("w:document", body, xmlns__w=WORDS, xmlns__r=OFFICE), above)


def _section(paper: Paper, names: tuple[str, ...]) -> Markup:
    wide, tall = (str(side) for side in _PAPERS[paper])
    kinds = ("first", "default")
    called = (element(f"w:{name[:-1]}Reference", w__type=kinds[int(name[-1]) - 1], r__id=name) for name in names)
    margin = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN)) | {"header": "709", "footer": "709"}
    return w("sectPr", *called, w("pgSz", w=wide, h=tall), w("pgMar", **margin, gutter="0"), w("titlePg"))


class _Page:
    """A document on its way into paragraphs and tables."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self.document = document
        self.places = Places(document)
        self.wide = _PAPERS[paper][0] - 2 * _MARGIN

    def top(self) -> Iterator[Markup]:
        """The title page, and the contents on the next."""
        document = self.document
        yield paragraph("Subtitle", line((linear.organization(document),), self.places))
        title = one_line(document.title)
        yield paragraph("Title", run(title), settings=loose(title))
        yield paragraph("Subtitle", run(linear.standing(document)))
        if not document.final:
            yield paragraph("Normal", run(linear.DRAFT, "Draft"), run(f" {linear.DRAFT_SAID}"))
        if document.key_terms:
            yield key_terms(document.key_terms, self.places, self.wide)
        yield from self._contents()

    def _contents(self) -> Iterator[Markup]:
        """A contents field that holds what it will show: without page numbers, which only Word knows."""
        named = self.places.contents
        if not named:
            return
        yield paragraph("ContentsHeading", run("Contents"), settings=(w("pageBreakBefore"),))
        begin = join((_mark("begin"), w("r", w("instrText", _instruction())), _mark("separate")))
        for at, chapter in enumerate(named):
            yield paragraph("TOC1", NOTHING if at else begin, self._entry(chapter))
        yield paragraph("Gap", _mark("end"))

    def _entry(self, chapter: Chapter) -> Markup:
        number = join((run(chapter.number), TAB)) if chapter.number else NOTHING
        return w("hyperlink", number, run(chapter.title), anchor=self.places.bookmarks[chapter.place], history="1")

    def chapters(self) -> Iterator[Markup]:
        """All that the document says."""
        for chapter in self.places.chapters:
            yield from self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> Iterator[Markup]:
        if chapter.heading:
            inside = self._numbered(chapter.number, chapter.title)
            broken = (w("pageBreakBefore"),) if chapter.fresh else ()
            yield paragraph(
                "Heading1", self.places.marked(chapter.place, inside), settings=(*loose(chapter.title), *broken)
            )
            if chapter.mark:
                yield paragraph("Detail", run(chapter.mark), settings=(w("keepNext"),))
        for at, part in enumerate(chapter.parts):
            last = at + 1 == len(chapter.parts)
            following = None if last else chapter.parts[at + 1].block
            leads_on = bool(chapter.signers) if last else isinstance(following, Table | Bullets | Detail)
            yield from self._block(part, chapter, leads_on)
        if chapter.signers:
            yield signatures(chapter.signers, self.places, self.wide)
        if chapter.initials:
            yield initials(chapter.initials, self.places, self.wide)

    def _numbered(self, number: str, title: str) -> Markup:
        return join((run(one_line(number)), TAB, run(title))) if number else run(title)

    def _block(self, part: Part, chapter: Chapter, leads_on: bool) -> Iterator[Markup]:
        match part.block:
            case Heading() as block:
                title = one_line(block.text)
                inside = self.places.marked(part.place, self._numbered(block.number, title))
                yield paragraph("Heading2", inside, settings=loose(title))
            case Clause() as block:
                said = line(block.text, self.places)
                if block.number:
                    said = join((run(one_line(block.number), "Number"), TAB, said))
                style = "Clause" if block.number else "ClauseMore"
                kept = (w("keepNext"),) if leads_on and sum(len(one.text) for one in block.text) <= LONG else ()
                yield paragraph(style, self.places.marked(part.place, said), settings=kept)
            case Detail() as block:
                yield paragraph("Detail", line(block.text, self.places))
            case Bullets() as block:
                yield from (paragraph("ListBullet", line(one, self.places)) for one in block.items)
            case Table() as block:
                if block.columns:
                    yield table(block, chapter.title, self.places, self.wide)
            case Figure() as block:
                yield steps(block, self.places, self.wide)


def _instruction() -> Markup:
    return Markup(' TOC \\o "1-1" \\n \\h \\z ')


def _mark(kind: str) -> Markup:
    return w("r", w("fldChar", fldCharType=kind))
