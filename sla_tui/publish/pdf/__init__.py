"""A document as the bytes of a PDF, the same for the same document on any machine and any day."""

from __future__ import annotations

import io

from sla_tui.publish.blocks import Document
from sla_tui.publish.pdf.look import Paper
from sla_tui.publish.pdf.pages import NumberedCanvas, Pages, refuse_outside_sources
from sla_tui.publish.pdf.story import story


def render(document: Document, paper: Paper = "a4") -> bytes:
    """``document`` as a PDF with fillable dates and signature fields, on ``a4`` or ``letter``."""
    refuse_outside_sources()
    target = io.BytesIO()
    pages = Pages(target, document, paper)
    pages.build(story(document, pages.column, pages.title_page), canvasmaker=NumberedCanvas)
    return target.getvalue()
