"""What on a page leads to another place of the same document; nothing leads out of it."""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString

from sla_tui.publish.pdf.glyphs import one_line
from sla_tui.publish.pdf.tagging import Element, TaggedCanvas


def link_to(canvas: TaggedCanvas, element: Element, to: str, said: str, box: tuple[float, float, float, float]) -> None:
    """A link over ``box`` (left, bottom, width, height) to the place named ``to``, which must be in the document."""
    x, y, wide, tall = box
    (left, bottom), (right, top) = canvas.absolutePosition(x, y), canvas.absolutePosition(x + wide, y + tall)
    annotation = PDFDictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "F": 4,
            "Rect": PDFArray([left, bottom, right, top]),
            "Border": PDFArray([0, 0, 0]),
            "Contents": PDFString(one_line(said)),
            "Dest": canvas._bookmarkReference(to),
        }
    )
    canvas.annotate(annotation, element)
