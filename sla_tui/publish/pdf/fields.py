"""What can be filled in and signed: text fields and true signature fields, named as a signing platform expects them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString

from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.glyphs import one_line
from sla_tui.publish.pdf.look import Style
from sla_tui.publish.pdf.setting import draw
from sla_tui.publish.pdf.tagging import Element

Esign = Literal["fields", "ink", "acrobat", "docusign", "dropbox", "pandadoc"]
Kind = Literal["signature", "place", "date", "initials"]
Box = tuple[float, float, float, float]
"""Left, bottom, width and height, in points."""

_PRINT: Final = 4
"""The annotation flag that lets a field print (PDF 32000-1, table 165)."""
_TAG: Final = Style(look.SANS, 7, 9, "#FFFFFF")


@dataclass(frozen=True, slots=True)
class Convention:
    """How one platform finds what is to be signed: by form ``fields``, by ``tags`` printed in white, or not at all.

    ``names`` and ``tags`` are by kind; ``{n}`` is the signer's place in the order, ``{id}`` its id. With ``true`` the
    signature is a signature field, and ``locks`` freezes a block with it; without, a text field by a telling name.
    """

    fields: bool = False
    true: bool = False
    locks: bool = False
    names: tuple[tuple[Kind, str], ...] = ()
    tags: tuple[tuple[Kind, str], ...] = ()


_NAMES: Final[tuple[tuple[Kind, str], ...]] = (
    ("signature", "signature_{id}"),
    ("place", "place_{id}"),
    ("date", "date_{id}"),
    ("initials", "initials_{annex}_{id}"),
)
CONVENTIONS: Final[dict[Esign, Convention]] = {
    "fields": Convention(True, True, True, _NAMES),
    "ink": Convention(),
    "acrobat": Convention(
        True,
        names=(
            ("signature", "Sig_es_:signer{n}:signature"),
            ("place", "Place_{n}_es_:signer{n}"),
            ("date", "Dte_es_:signer{n}:date"),
            ("initials", "Ini_{annex}_es_:signer{n}:initials"),
        ),
    ),
    "docusign": Convention(
        tags=(("signature", "\\s{n}\\"), ("place", "\\p{n}\\"), ("date", "\\d{n}\\"), ("initials", "\\i{n}\\"))
    ),
    "dropbox": Convention(
        tags=(
            ("signature", "[sig|req|signer{n}]"),
            ("place", "[text|noreq|signer{n}|Place]"),
            ("date", "[date|req|signer{n}]"),
            ("initials", "[initial|req|signer{n}]"),
        )
    ),
    "pandadoc": Convention(True, True, False, _NAMES),
}
"""``docusign`` and ``dropbox`` read printed tags, the others the form's own fields."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What one signer fills in, by one convention: their id, their place in the order, and the annexes they initial."""

    convention: Convention
    id: str
    number: int
    annexes: tuple[str, ...] = ()

    def name(self, kind: Kind, annex: str = "") -> str:
        """The name of the signer's field of this kind; never one with a dot, which would part it."""
        named = dict(self.convention.names).get(kind, "")
        return named.format(n=self.number, id=self.id, annex=annex).replace(".", "-")

    def put(self, canvas: Any, kind: Kind, tip: str, box: Box, annex: str = "") -> None:
        """Puts a field of this kind onto the page, or the tag that stands for one, or nothing."""
        tag = dict(self.convention.tags).get(kind, "")
        if tag:
            # Read aloud as what is to be filled in there, not as the platform's code for it.
            with canvas.marked(Element("P", alt=one_line(tip))):
                draw(canvas, box[0] + 2, box[1] + 2, tag.format(n=self.number), _TAG)
        elif self.convention.fields and kind == "signature" and self.convention.true:
            _signature(canvas, self.name(kind), tip, self._locked(), box)
        elif self.convention.fields:
            _text(canvas, self.name(kind, annex), tip, box, 6 if kind == "initials" else 60)

    def _locked(self) -> Sequence[str]:
        """The signer's other fields, which the signature freezes."""
        if not self.convention.locks:
            return ()
        return (self.name("place"), self.name("date"), *(self.name("initials", one) for one in self.annexes))


def _add(canvas: Any, entries: dict[str, Any], name: str, tip: str, box: Box) -> None:
    x, y, wide, tall = box
    left, bottom = canvas.absolutePosition(x, y)
    right, top = canvas.absolutePosition(x + wide, y + tall)
    widget = PDFDictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "T": PDFString(name),
            "TU": PDFString(one_line(tip)),
            "F": _PRINT,
            "P": canvas._doc.thisPageRef(),
            "Rect": PDFArray([left, bottom, right, top]),
            **entries,
        }
    )
    canvas.annotate(widget, Element("Form"))
    canvas.acroForm.fields.append(canvas.acroForm.getRef(widget))


def _text(canvas: Any, name: str, tip: str, box: Box, most: int) -> None:
    """A text field without an appearance of its own: one made on filling in would break a lock's rules."""
    canvas.acroForm.makeFont("Helvetica")
    entries = {"FT": "/Tx", "V": PDFString(""), "MaxLen": most, "DA": PDFString("/Helv 10 Tf 0 g")}
    _add(canvas, entries, name, tip, box)


def _signature(canvas: Any, name: str, tip: str, locked: Sequence[str], box: Box) -> None:
    """A ``/Sig`` field that, once signed, keeps the signer's own fields as they are."""
    entries: dict[str, Any] = {"FT": "/Sig"}
    if locked:
        held = {"Type": "/SigFieldLock", "Action": "/Include", "Fields": PDFArray([PDFString(one) for one in locked])}
        entries["Lock"] = canvas._doc.Reference(PDFDictionary(held))
    _add(canvas, entries, name, tip, box)
    canvas.acroForm.sigFlags = 1
