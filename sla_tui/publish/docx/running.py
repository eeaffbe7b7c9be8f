"""What every page of a Word document carries: headers and footers with page numbers, and DRAFT behind the text."""

from __future__ import annotations

from sla_tui.publish import linear
from sla_tui.publish.blocks import Document
from sla_tui.publish.docx.styles import WORDS
from sla_tui.publish.docx.words import TAB, field, paragraph, run, w
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import NOTHING, Markup, element, join, void

_VML = "urn:schemas-microsoft-com:vml"
_WIDE = 100
"""Letters that a running line has room for."""
_OFFICE = "urn:schemas-microsoft-com:office:office"


def running(document: Document) -> dict[str, Markup]:
    """By name the header of the title page, that of the others, and the footer of both."""
    draft = not document.final
    above = join((run(_short(document.title)), TAB, run(_short(document.organization))))
    word = run(linear.DRAFT, "Draft") if draft else NOTHING
    return {
        "header1": _part("hdr", paragraph("Header", word, _mark(1) if draft else NOTHING)),
        "header2": _part("hdr", paragraph("Header", *((word, run(" · ")) if draft else ()), above, _marks(draft))),
        "footer1": _part("ftr", _footer(document)),
        "footer2": _part("ftr", _footer(document)),
    }


def _short(words: str, most: int = _WIDE // 2) -> str:
    """Words on one line with room beside them; the whole of them stands on the title page."""
    said = one_line(words)
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def _marks(draft: bool) -> Markup:
    return _mark(2) if draft else NOTHING


def _footer(document: Document) -> Markup:
    pages = join((run("page "), field("PAGE", "1"), run(" of "), field("NUMPAGES", "1")))
    return paragraph("Footer", run(_short(linear.identity(document), _WIDE)), TAB, pages)


def _part(name: str, inside: Markup) -> Markup:
    return element(f"w:{name}", inside, xmlns__w=WORDS, xmlns__v=_VML, xmlns__o=_OFFICE)


def _mark(number: int) -> Markup:
    """The word across the page, drawn as Word itself draws a watermark."""
    kind = element(
        "v:shapetype",
        void("v:path", textpathok="t"),
        void("v:textpath", on="t", fitshape="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        o__spt="136",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
    return w("r", w("pict", kind, _shape(number)))


def _shape(number: int) -> Markup:
    where = (
        "position:absolute;margin-left:0;margin-top:0;width:430pt;height:172pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return element(
        "v:shape",
        void("v:fill", opacity=".5"),
        void("v:textpath", style="font-family:Calibri;font-size:1pt;font-weight:bold", string=linear.DRAFT),
        id=f"PowerPlusWaterMarkObject{number}",
        o__spid=f"_x0000_s{2048 + number}",
        type="#_x0000_t136",
        alt=linear.DRAFT,
        style=where,
        o__allowincell="f",
        fillcolor="#dfe3e8",
        stroked="f",
    )
