"""The signature page's blocks: printed name and title, a date to fill in, and a true signature field over a line."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFString

from sla_tui.publish.blocks import OPEN, Signer, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.glyphs import one_line
from sla_tui.publish.pdf.look import MM, Style
from sla_tui.publish.pdf.setting import SetText, colour, draw, set_text
from sla_tui.publish.pdf.tagging import Element

_CLEAR = 15 * MM
"""Room to sign in, above the line."""
_LABEL_WIDTH = 12 * MM
_DATE_HEIGHT = 6.5 * MM
_PAD = 5.0
_MOST_LINES = 4
"""Lines of a name, title or organization inside a block; the whole of a longer one stands in a clause before."""

PARTY: Style = Style(look.SANS_STRONG, 10, 13, look.INK)
NAME: Style = Style(look.SANS, 9.5, 12.5)

_PRINT = 4
"""The annotation flag that lets a field print (PDF 32000-1, table 165)."""


def _add_field(
    canvas: Any, entries: dict[str, Any], name: str, tip: str, box: tuple[float, float, float, float]
) -> None:
    x, y, wide, tall = box
    left, bottom = canvas.absolutePosition(x, y)
    widget = PDFDictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "T": PDFString(name),
            "TU": PDFString(one_line(tip)),
            "F": _PRINT,
            "P": canvas._doc.thisPageRef(),
            "Rect": PDFArray([left, bottom, left + wide, bottom + tall]),
            **entries,
        }
    )
    canvas.annotate(widget, Element("Form"))
    canvas.acroForm.fields.append(canvas.acroForm.getRef(widget))


def _date_field(canvas: Any, name: str, tip: str, box: tuple[float, float, float, float]) -> None:
    """A text field without an appearance of its own: one made on filling in would break a lock's rules."""
    canvas.acroForm.makeFont("Helvetica")
    entries = {"FT": "/Tx", "V": PDFString(""), "MaxLen": 40, "DA": PDFString("/Helv 10 Tf 0 g")}
    _add_field(canvas, entries, name, tip, box)


def _signature_field(canvas: Any, name: str, tip: str, locks: str, box: tuple[float, float, float, float]) -> None:
    """A ``/Sig`` field that, once signed, keeps the signer's own date as it is."""
    lock = PDFDictionary({"Type": "/SigFieldLock", "Action": "/Include", "Fields": PDFArray([PDFString(locks)])})
    _add_field(canvas, {"FT": "/Sig", "Lock": canvas._doc.Reference(lock)}, name, tip, box)
    canvas.acroForm.sigFlags = 1


def _wrapped(said: str, style: Style, wide: float) -> SetText:
    """``said`` in at most a few lines, a blank where there is none."""
    whole = set_text(plain(said) if said else OPEN, style, wide)
    return whole if len(whole.lines) <= _MOST_LINES else whole.parted(_MOST_LINES)[0]


def overlong(signer: Signer, wide: float) -> bool:
    """Whether something about ``signer`` is too long to stand whole in a block ``wide`` points wide."""
    room = wide - _LABEL_WIDTH
    said = ((_party(signer), PARTY, wide), (signer.name, NAME, room), (signer.title, NAME, room))
    return any(len(set_text(plain(text), style, space).lines) > _MOST_LINES for text, style, space in said)


def _party(signer: Signer) -> str:
    names = ", ".join(name for name in (signer.party, signer.organization) if name)
    return f"For {names}" if signer.party else names


class SignatureBlock:
    """One signer's block, measured for a width and drawn from its top left corner."""

    def __init__(self, signer: Signer, wide: float) -> None:
        self.signer, self.wide = signer, wide
        room = wide - _LABEL_WIDTH
        self.party = set_text((), PARTY, wide) if not _party(signer) else _wrapped(_party(signer), PARTY, wide)
        self.lines = [("Name", _wrapped(signer.name, NAME, room)), ("Title", _wrapped(signer.title, NAME, room))]
        self.height = self.party.height + sum(line.height + _PAD for _, line in self.lines) + _PAD
        self.height += _DATE_HEIGHT + _PAD + _CLEAR + look.LABEL.leading

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the block with its fields, the date before the signature that locks it."""
        self.party.draw(canvas, x, top)
        y = top - self.party.height
        for label, line in self.lines:
            y -= _PAD
            with canvas.marked(line.element):
                draw(canvas, x, y - NAME.leading + 3, label, look.LABEL)
            line.draw(canvas, x + _LABEL_WIDTH, y)
            y -= line.height
        y -= _PAD + _DATE_HEIGHT
        self._draw_date(canvas, x, y)
        y -= _PAD + _CLEAR
        self._draw_signature(canvas, x, y)

    def _who(self) -> str:
        return self.signer.name or self.signer.title or self.signer.id

    def _draw_date(self, canvas: Any, x: float, y: float) -> None:
        left, room = x + _LABEL_WIDTH, self.wide - _LABEL_WIDTH
        with canvas.marked(Element("P")):
            draw(canvas, x, y + 4, "Date", look.LABEL)
        _rule(canvas, left, y, room, look.HAIR, 0.5)
        _date_field(
            canvas, f"date_{self.signer.id}", f"Date of signature of {self._who()}", (left, y + 0.5, room, _DATE_HEIGHT)
        )

    def _draw_signature(self, canvas: Any, x: float, y: float) -> None:
        _rule(canvas, x, y, self.wide, look.RULE, 0.7)
        with canvas.marked(Element("P")):
            draw(canvas, x, y - 9, "Signature", look.LABEL)
        name, tip = f"signature_{self.signer.id}", f"Signature of {self._who()}"
        _signature_field(canvas, name, tip, f"date_{self.signer.id}", (x, y + 0.5, self.wide, _CLEAR - 1))


def _rule(canvas: Any, x: float, y: float, wide: float, tint: str, thick: float) -> None:
    with canvas.artifact():
        canvas.setStrokeColor(colour(tint))
        canvas.setLineWidth(thick)
        canvas.line(x, y, x + wide, y)


class SignatureRow:
    """Blocks side by side; a row is never split."""

    before, after, needs = 22.0, 0.0, 0.0

    def __init__(self, blocks: list[SignatureBlock]) -> None:
        self.blocks = blocks
        self.height = self.start = max(block.height for block in blocks)

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the blocks from left to right."""
        for block in self.blocks:
            block.draw(canvas, x, top)
            x += block.wide + GAP


def block_width(available: float) -> float:
    """How wide one of two blocks side by side is."""
    return (available - GAP) / 2


GAP = 11 * MM


def signature_rows(signers: tuple[Signer, ...], available: float) -> list[SignatureRow]:
    """The signers' blocks in the order given, two to a row."""
    wide = block_width(available)
    blocks = [SignatureBlock(signer, wide) for signer in signers]
    return [SignatureRow(blocks[at : at + 2]) for at in range(0, len(blocks), 2)]
