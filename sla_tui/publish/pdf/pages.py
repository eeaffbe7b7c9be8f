"""The pages around the text: margins, running lines, page numbers, the DRAFT mark, and what the file says of itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab import rl_config

from sla_tui.publish.blocks import Clause, Document, Heading, plain
from sla_tui.publish.paged import Listed, Paged
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.contents import draw_pages
from sla_tui.publish.pdf.describing import describe
from sla_tui.publish.pdf.look import MM
from sla_tui.publish.pdf.paging import Frame
from sla_tui.publish.pdf.setting import colour, draw, fitted, width
from sla_tui.publish.pdf.tagging import TaggedCanvas

_HEADER = 15 * MM
_FOOTER = 13 * MM
_NUMBER_WIDTH = 60 * MM
_MARK = "draft-mark"


class Pages:
    """The pages of one document: what each of them carries, and where on it text stands.

    ``begun`` is told the number of each page before it is set.
    """

    def __init__(
        self,
        document: Document,
        paper: look.Paper,
        large: bool = False,
        begun: Callable[[int], object] = lambda _: None,
    ) -> None:
        self.document, self._begun = document, begun
        self.scale = look.LARGE if large else 1.0
        self.wide, self.tall = (side / self.scale for side in look.PAPERS[paper])
        self.margin = (look.LARGE_MARGIN if large else look.MARGIN) / self.scale
        self.cover = Frame(self.margin, self.tall - look.COVER_TOP, look.MARGIN)
        self.cover_wide = self.wide - 2 * self.margin
        self.body = Frame(self.margin + look.GUTTER, self.tall - look.MARGIN, look.MARGIN)
        self.body_wide = self.cover_wide - look.GUTTER
        self.target = io.BytesIO()
        self.canvas: Any = TaggedCanvas(
            self.target, pagesize=look.PAPERS[paper], invariant=1, pageCompression=1, lang=document.language
        )
        self.canvas.anchors = frozenset(
            one.anchor
            for one in (*document.sections, document.signing)
            if isinstance(one, Heading | Clause) and one.anchor
        )
        describe(self.canvas, document)
        if not document.final:
            _draw_mark(self.canvas, self.wide, self.tall)

    def begin_cover(self) -> None:
        """A fresh page with a band of ink and the running line below."""
        self._begun(self.canvas.getPageNumber())
        self.canvas.scale(self.scale, self.scale)
        with self.canvas.artifact("Pagination"):
            self._mark()
            self.canvas.setFillColor(colour(look.INK))
            self.canvas.rect(0, self.tall - 5 * MM, self.wide, 5 * MM, stroke=0, fill=1)
            self._footer()

    def begin_body(self) -> None:
        """A fresh page with its running lines."""
        self._begun(self.canvas.getPageNumber())
        self.canvas.scale(self.scale, self.scale)
        with self.canvas.artifact("Pagination"):
            self._mark()
            self._header()
            self._footer()

    def _header(self) -> None:
        right, y = self.wide - self.margin, self.tall - _HEADER
        half = (right - self.margin) / 2 - 4
        draw(self.canvas, self.margin, y, fitted(self.document.title, look.RUNNING, half), look.RUNNING)
        draw(self.canvas, right, y, fitted(self.document.organization, look.RUNNING, half), look.RUNNING, "right")
        self._hair(y - 5)

    def finish(self) -> Paged:
        """Numbers the pages, now that there are no more, and gives the file."""
        total = self.canvas.getPageNumber() - 1
        for number in range(1, total + 1):
            self.canvas.beginForm(_page_name(number), 0, -3, _NUMBER_WIDTH, look.RUNNING.leading)
            draw(self.canvas, _NUMBER_WIDTH, 0, f"page {number} of {total}", look.RUNNING, "right")
            self.canvas.endForm()
        draw_pages(self.canvas, {place: self.canvas.places[place] for place in sorted(self.canvas.wanted)})
        self.canvas.close_tree()
        self.canvas.save()
        places = self.canvas.places
        outline = tuple(Listed(one.number, one.text, places[one.place], one.level) for one in self.canvas.entries)
        return Paged(self.target.getvalue(), total, outline)

    def _mark(self) -> None:
        if not self.document.final:
            self.canvas.doForm(_MARK)

    def _footer(self) -> None:
        self._hair(_FOOTER + 10)
        said = self.document
        version = f"Version {said.version}" if said.version else ""
        fingerprint = f"fingerprint {said.fingerprint[: look.SHOWN]}" if said.fingerprint else ""
        words = " · ".join(part for part in (version, said.status, fingerprint) if part)
        draw(self.canvas, self.margin, _FOOTER, fitted(words, look.RUNNING, self.cover_wide - 80), look.RUNNING)
        self.canvas.saveState()
        self.canvas.translate(self.wide - self.margin - _NUMBER_WIDTH, _FOOTER)
        self.canvas.doForm(_page_name(self.canvas.getPageNumber()))
        self.canvas.restoreState()

    def _hair(self, y: float) -> None:
        self.canvas.setStrokeColor(colour(look.HAIR))
        self.canvas.setLineWidth(0.4)
        self.canvas.line(self.margin, y, self.wide - self.margin, y)


def _page_name(number: int) -> str:
    return f"page-number-{number}"


def _draw_mark(canvas: Any, wide: float, tall: float) -> None:
    """DRAFT, large and pale behind the text, drawn once and used by every page."""
    canvas.beginForm(_MARK, 0, 0, wide, tall)
    canvas.translate(wide / 2, tall / 2)
    canvas.rotate(52)
    draw(canvas, -width(plain("DRAFT"), look.MARK) / 2, -58, "DRAFT", look.MARK)
    canvas.endForm()


def refuse_outside_sources() -> None:
    """reportlab may fetch nothing and link to nothing, whatever its text says; streams stay binary and small."""
    rl_config.trustedHosts = None
    rl_config.trustedSchemes = []
    rl_config.useA85 = 0
