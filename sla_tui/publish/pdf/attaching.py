"""Files that travel inside a PDF, such as the terms it prints: found in a viewer's list of attachments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString

from sla_tui.publish.blocks import Attachment
from sla_tui.publish.pdf.glyphs import one_line

_pdfdoc: Any = pdfdoc
if "AF" not in _pdfdoc.PDFCatalog.__NoDefault__:
    # reportlab writes no other keys of the catalog than the ones it lists.
    _pdfdoc.PDFCatalog.__NoDefault__.append("AF")


def attach(canvas: Any, attachments: Sequence[Attachment]) -> None:
    """Puts ``attachments`` into the file as the sources of what is printed (PDF 32000-2, 7.11.4 and 14.13)."""
    if not attachments:
        return
    document = canvas._doc
    # A name tree is searched by halves, so its names are in the order of their bytes.
    inside = {
        one.name: document.Reference(_file(document, one)) for one in sorted(attachments, key=lambda one: one.name)
    }
    names = [part for name, reference in inside.items() for part in (PDFString(name), reference)]
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
    document.Catalog.AF = PDFArray(list(inside.values()))


def _file(document: Any, attachment: Attachment) -> PDFDictionary:
    held = PDFDictionary(
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{attachment.mime.replace('/', '#2F')}",
            "Params": PDFDictionary({"Size": len(attachment.data), "ModDate": _pdfdoc.PDFDate(ts=document._timeStamp)}),
        }
    )
    stream = _pdfdoc.PDFStream(held, attachment.data, [_pdfdoc.PDFZCompress])
    reference = document.Reference(stream)
    return PDFDictionary(
        {
            "Type": "/Filespec",
            "F": PDFString(attachment.name),
            "UF": PDFString(attachment.name),
            "Desc": PDFString(one_line(attachment.description)),
            "AFRelationship": "/Source",
            "EF": PDFDictionary({"F": reference, "UF": reference}),
        }
    )
