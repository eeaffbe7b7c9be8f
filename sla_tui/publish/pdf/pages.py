"""The pages around the text: margins, running lines, page numbers, the DRAFT mark, and what the file says of itself."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from sla_tui.publish.blocks import Document
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.glyphs import one_line
from sla_tui.publish.pdf.look import MM
from sla_tui.publish.pdf.setting import colour, draw, fitted

_HEADER = 15 * MM
_FOOTER = 13 * MM
_NUMBER_WIDTH = 60 * MM
_MARK = "draft-mark"


def _page_name(number: int) -> str:
    return f"page-number-{number}"


class NumberedCanvas(Canvas):
    """A canvas whose pages name their page-number line ahead and get it once all pages are known."""

    def save(self) -> None:
        """Gives every page its number line and writes the file."""
        _number_pages(self, self.getPageNumber() - 1)
        super().save()


def _number_pages(canvas: Any, total: int) -> None:
    for number in range(1, total + 1):
        canvas.beginForm(_page_name(number), 0, -3, _NUMBER_WIDTH, look.RUNNING.leading)
        draw(canvas, _NUMBER_WIDTH, 0, f"page {number} of {total}", look.RUNNING, "right")
        canvas.endForm()


class Pages(BaseDocTemplate):
    """A document's page templates: the title page and the pages of text."""

    def __init__(self, target: io.BytesIO, document: Document, paper: look.Paper) -> None:
        size = look.PAPERS[paper]
        self.document = document
        self.wide, self.tall = size
        super().__init__(target, pagesize=size, invariant=1, pageCompression=1, lang=document.language)
        self.title_page = (self.wide - 2 * look.MARGIN, self.tall - look.MARGIN - look.COVER_TOP)
        self.column = (self.wide - 2 * look.MARGIN - look.GUTTER, self.tall - 2 * look.MARGIN)
        cover = _frame(look.MARGIN, look.MARGIN, *self.title_page)
        body = _frame(look.MARGIN + look.GUTTER, look.MARGIN, *self.column)
        self.addPageTemplates([PageTemplate("cover", [cover], self._cover), PageTemplate("body", [body], self._page)])

    def beforeDocument(self) -> None:
        """Before the first page: what the file says of itself, and the mark that pages share."""
        _describe(self.canv, self.document)
        if not self.document.final:
            _draw_mark(self.canv, self.wide, self.tall)

    def _cover(self, canvas: Any, _: Any) -> None:
        self._marked(canvas)
        canvas.setFillColor(colour(look.INK))
        canvas.rect(0, self.tall - 5 * MM, self.wide, 5 * MM, stroke=0, fill=1)
        self._footer(canvas)

    def _page(self, canvas: Any, _: Any) -> None:
        self._marked(canvas)
        right, y = self.wide - look.MARGIN, self.tall - _HEADER
        half = (right - look.MARGIN) / 2 - 4
        draw(canvas, look.MARGIN, y, fitted(self.document.title, look.RUNNING, half), look.RUNNING)
        draw(canvas, right, y, fitted(self.document.organization, look.RUNNING, half), look.RUNNING, "right")
        self._hair(canvas, y - 5)
        self._footer(canvas)

    def _marked(self, canvas: Any) -> None:
        if not self.document.final:
            canvas.doForm(_MARK)

    def _footer(self, canvas: Any) -> None:
        self._hair(canvas, _FOOTER + 10)
        words = (
            f"Version {self.document.version} · {self.document.status} · fingerprint {self.document.fingerprint[:12]}"
        )
        draw(canvas, look.MARGIN, _FOOTER, fitted(words, look.RUNNING, self.wide - 2 * look.MARGIN - 80), look.RUNNING)
        canvas.saveState()
        canvas.translate(self.wide - look.MARGIN - _NUMBER_WIDTH, _FOOTER)
        canvas.doForm(_page_name(canvas.getPageNumber()))
        canvas.restoreState()

    def _hair(self, canvas: Any, y: float) -> None:
        canvas.setStrokeColor(colour(look.HAIR))
        canvas.setLineWidth(0.4)
        canvas.line(look.MARGIN, y, self.wide - look.MARGIN, y)


def _frame(x: float, y: float, wide: float, tall: float) -> Frame:
    return Frame(x, y, wide, tall, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _draw_mark(canvas: Any, wide: float, tall: float) -> None:
    """DRAFT, large and pale behind the text, drawn once and used by every page."""
    canvas.beginForm(_MARK, 0, 0, wide, tall)
    canvas.translate(wide / 2, tall / 2)
    canvas.rotate(52)
    canvas.setFillColor(colour(look.DRAFT))
    canvas.setFont(look.SANS_STRONG, 170)
    canvas.drawCentredString(0, -58, "DRAFT")
    canvas.endForm()


def _describe(canvas: Any, document: Document) -> None:
    """Title, dates and fingerprint in the file's own description; nothing of the machine or the hour."""
    canvas._doc._pdfVersion = (1, 7)
    canvas.setTitle(one_line(document.title))
    canvas.setAuthor(one_line(document.organization))
    canvas.setSubject(one_line(f"Version {document.version}, {document.status}"))
    canvas.setKeywords(f"fingerprint sha256:{document.fingerprint}")
    canvas.setCreator("sla-tui")
    canvas.setProducer("sla-tui, with ReportLab")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    _date(canvas, document.day)
    seed = f"{document.fingerprint}\n{document.version}\n{document.day.isoformat()}\n{document.final}"
    canvas._doc.signature = hashlib.md5(seed.encode(errors="replace"), usedforsecurity=False)


def _date(canvas: Any, day: date) -> None:
    stamp = canvas._doc._timeStamp
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0


def refuse_outside_sources() -> None:
    """reportlab may fetch nothing and link to nothing, whatever its text says; streams stay binary and small."""
    rl_config.trustedHosts = None
    rl_config.trustedSchemes = []
    rl_config.useA85 = 0
