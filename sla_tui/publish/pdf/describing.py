"""What a file says of itself: title, author, day, language and fingerprint; nothing of the machine or the hour."""

from __future__ import annotations

import hashlib
from typing import Any

from reportlab.pdfbase.pdfdoc import XMP

from sla_tui import __version__
from sla_tui.publish.blocks import Document
from sla_tui.publish.pdf.glyphs import one_line

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def describe(canvas: Any, document: Document) -> None:
    """Writes ``document``'s description into both places where programs look for it, the Info dictionary and XMP."""
    revision = f", revision {document.revision}" if document.revision else ""
    said = {
        "title": one_line(document.title),
        "author": one_line(document.organization),
        "subject": one_line(f"Version {document.version}, {document.status}{revision}"),
        "keywords": f"fingerprint sha256:{document.fingerprint}" if document.fingerprint else "",
        "creator": f"sla-tui {__version__}",
        "producer": "sla-tui, with ReportLab",
    }
    canvas._doc._pdfVersion = (1, 7)
    canvas.setTitle(said["title"])
    canvas.setAuthor(said["author"])
    canvas.setSubject(said["subject"])
    canvas.setKeywords(said["keywords"])
    canvas.setCreator(said["creator"])
    canvas.setProducer(said["producer"])
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    _date(canvas, document)
    packet = _PACKET.format(
        language=document.language,
        day=document.day.isoformat(),
        **{name: words.translate(_ESCAPED) for name, words in said.items()},
    )

    def written(_: object) -> bytes:
        return packet.encode()

    canvas._doc.Catalog.Metadata = XMP(creator=written)
    seed = f"{document.title}\n{document.fingerprint}\n{document.version}\n{document.day.isoformat()}\n{document.final}"
    canvas._doc.signature = hashlib.md5(seed.encode(errors="replace"), usedforsecurity=False)


def _date(canvas: Any, document: Document) -> None:
    stamp = canvas._doc._timeStamp
    stamp.YMDhms = (document.day.year, document.day.month, document.day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0
