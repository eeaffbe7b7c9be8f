"""What a filled field shows on the page: drawn in the document's own faces, in any script they have."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.look import Style

_LEFT = 2.0
_VALUE = Style(look.SANS, 9.5, 12.5)
_SMALLEST = 6.0
"""To this size a value is set smaller where it is wider than its field; what is wider still is cut."""
_SLACK = 0.5
_SIGNED = (Style(look.SERIF_EMPHASIS, 13, 15, look.INK), Style(look.SANS, 7, 9, look.GREY))
"""The signer's name, and the lines below it."""


def filled(wide: float, tall: float, text: str) -> bytes:
    """What a text field shows that says ``text``, as a PDF of one page of its size."""
    from sla_tui.publish.blocks import plain
    from sla_tui.publish.pdf.setting import width

    needed = width(plain(text), _VALUE) + _SLACK
    size = max(_SMALLEST, min(_VALUE.size, _VALUE.size * (wide - 2 * _LEFT) / needed))
    return _page(wide, tall, [(tall / 2 - size * 0.35, text, replace(_VALUE, size=size))])


def signed(wide: float, tall: float, name: str, below: Sequence[str]) -> bytes:
    """What a signature shows: a name, and under it small lines on who vouches for it and when it was made."""
    first, small = _SIGNED
    y = tall - first.leading
    lines = [(y, name, first)]
    for line in below:
        y -= small.leading
        if y > 0:
            lines.append((y, line, small))
    return _page(wide, tall, lines)


def _page(wide: float, tall: float, lines: Sequence[tuple[float, str, Style]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from sla_tui.publish.pdf.faces import faces
    from sla_tui.publish.pdf.glyphs import one_line, pieces
    from sla_tui.publish.pdf.pages import refuse_outside_sources
    from sla_tui.publish.pdf.setting import colour, fitted

    refuse_outside_sources()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(wide, tall), invariant=1, pageCompression=1)
    for y, text, style in lines:
        canvas.setFillColor(colour(style.colour))
        out = canvas.beginText(_LEFT, y)
        for face, piece in pieces(one_line(fitted(text, style, wide - 2 * _LEFT)), faces(style.font)):
            out.setFont(face, style.size)
            out.textOut(piece)
        canvas.drawText(out)
    canvas.save()
    return target.getvalue()


def put(writer: Any, drawn: bytes, wide: float, tall: float) -> Any:
    """Puts what was drawn into the file that ``writer`` writes, as a field's appearance, and returns its reference."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.reader import PdfFileReader

    held: Any = PdfFileReader(io.BytesIO(drawn))
    page: Any = held.root["/Pages"]["/Kids"][0]
    name, number = generic.pdf_name, cast("Any", generic.FloatObject)
    stream = generic.StreamObject(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): generic.ArrayObject([number(side) for side in (0, 0, wide, tall)]),
            name("/Resources"): writer.import_object(page["/Resources"]),
        },
        stream_data=b"/Tx BMC\nq\n" + page["/Contents"].data + b"\nQ\nEMC",
    )
    return writer.add_object(stream)
