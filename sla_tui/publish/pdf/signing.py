"""The signature page's blocks, and the initials below an annex: what is printed, and what is left to fill in."""

from __future__ import annotations

from typing import Any, Final

from sla_tui.publish.blocks import OPEN, Signer, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.fields import CONVENTIONS, Esign, Pen
from sla_tui.publish.pdf.look import MM, Style
from sla_tui.publish.pdf.setting import SetText, colour, draw, fitted, set_text
from sla_tui.publish.pdf.tagging import Element

_CLEAR = 15 * MM
"""Room to sign in, above the line."""
_LABEL_WIDTH = 12 * MM
_LINE_HEIGHT = 6.5 * MM
_PAD = 5.0
_MOST_LINES = 4
"""Lines of a name, title or organization inside a block; the whole of a longer one stands in a clause before."""
GAP: Final = 11 * MM
_ACROSS = 4
"""Initials side by side."""
MOST_INITIALS: Final = 12
"""More signers than that put no initials to annexes."""

PARTY: Style = Style(look.SANS_STRONG, 10, 13, look.INK)
NAME: Style = Style(look.SANS, 9.5, 12.5)


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
    names = ", ".join(name for name in (signer.party or signer.capacity, signer.organization) if name)
    return f"For {names}" if signer.party else names


def who(signer: Signer) -> str:
    """What a signer is called where there is little room."""
    return signer.name or signer.title or signer.id


class SignatureBlock:
    """One signer's block, measured for a width and drawn from its top left corner."""

    def __init__(self, signer: Signer, wide: float, pen: Pen) -> None:
        self.signer, self.wide, self.pen = signer, wide, pen
        room = wide - _LABEL_WIDTH
        self.party = set_text((), PARTY, wide) if not _party(signer) else _wrapped(_party(signer), PARTY, wide)
        self.lines = [("Name", _wrapped(signer.name, NAME, room)), ("Title", _wrapped(signer.title, NAME, room))]
        self.height = self.party.height + sum(line.height + _PAD for _, line in self.lines) + _PAD
        self.height += _LINE_HEIGHT + _PAD + _CLEAR + look.LABEL.leading

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the block, what is to be filled in before the signature that freezes it."""
        self.party.draw(canvas, x, top)
        y = top - self.party.height
        for label, line in self.lines:
            y -= _PAD
            with canvas.marked(line.element):
                draw(canvas, x, y - NAME.leading + 3, label, look.LABEL, apart=True)
            line.draw(canvas, x + _LABEL_WIDTH, y)
            y -= line.height
        y -= _PAD + _LINE_HEIGHT
        half = (self.wide - _LABEL_WIDTH) / 2
        self._draw_line(canvas, "Place", x, _LABEL_WIDTH, half - _PAD, y)
        self._draw_line(canvas, "Date", x + _LABEL_WIDTH + half, _LABEL_WIDTH * 0.7, half - _LABEL_WIDTH * 0.7, y)
        y -= _PAD + _CLEAR
        self._draw_signature(canvas, x, y)

    def _draw_line(self, canvas: Any, label: str, x: float, hang: float, room: float, y: float) -> None:
        with canvas.marked(Element("P")):
            draw(canvas, x, y + 4, label, look.LABEL)
        _rule(canvas, x + hang, y, room, look.HAIR, 0.5)
        kind = "place" if label == "Place" else "date"
        tip = f"{label} of signature of {who(self.signer)}"
        self.pen.put(canvas, kind, tip, (x + hang, y + 0.5, room, _LINE_HEIGHT))

    def _draw_signature(self, canvas: Any, x: float, y: float) -> None:
        _rule(canvas, x, y, self.wide, look.RULE, 0.7)
        with canvas.marked(Element("P")):
            draw(canvas, x, y - 9, "Signature", look.LABEL)
        self.pen.put(canvas, "signature", f"Signature of {who(self.signer)}", (x, y + 0.5, self.wide, _CLEAR - 1))


def _rule(canvas: Any, x: float, y: float, wide: float, tint: str, thick: float) -> None:
    with canvas.artifact():
        canvas.setStrokeColor(colour(tint))
        canvas.setLineWidth(thick)
        canvas.line(x, y, x + wide, y)


class SignatureRow:
    """Blocks side by side; a row is never split."""

    before, after, needs = 22.0, 0.0, 0.0
    fresh = False

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


class InitialsRow:
    """Room for the initials of a few signers, side by side, below the annex called ``letter``."""

    before, after, needs = 14.0, 0.0, 0.0
    fresh = False
    height = start = _LINE_HEIGHT + 4 + look.LABEL.leading

    def __init__(self, signers: list[tuple[Signer, Pen]], letter: str, available: float) -> None:
        self.signers, self.letter = signers, letter
        self.wide = (available - (_ACROSS - 1) * GAP / 2) / _ACROSS

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws a line for each, with the name below it."""
        y = top - _LINE_HEIGHT - 2
        for signer, pen in self.signers:
            _rule(canvas, x, y, self.wide, look.HAIR, 0.5)
            with canvas.marked(Element("P")):
                said = fitted(f"Initials {who(signer)}", look.LABEL, self.wide)
                draw(canvas, x, y - 9, said, look.LABEL)
            tip = f"Initials of {who(signer)} to annex {self.letter}"
            pen.put(canvas, "initials", tip, (x, y + 0.5, self.wide, _LINE_HEIGHT), self.letter)
            x += self.wide + GAP / 2


def block_width(available: float) -> float:
    """How wide one of two blocks side by side is."""
    return (available - GAP) / 2


def pens(signers: tuple[Signer, ...], esign: Esign, letters: tuple[str, ...]) -> dict[str, Pen]:
    """By id what each signer fills in; ``letters`` are those of the annexes that take initials."""
    held = CONVENTIONS[esign]
    return {signer.id: Pen(held, signer.id, at, letters) for at, signer in enumerate(signers, 1)}


def signature_rows(signers: tuple[Signer, ...], available: float, held: dict[str, Pen]) -> list[SignatureRow]:
    """The signers' blocks in the order given, two to a row."""
    wide = block_width(available)
    blocks = [SignatureBlock(signer, wide, held[signer.id]) for signer in signers]
    return [SignatureRow(blocks[at : at + 2]) for at in range(0, len(blocks), 2)]


def initials(signers: tuple[Signer, ...], letter: str, available: float, held: dict[str, Pen]) -> list[InitialsRow]:
    """Rows of initials below an annex."""
    pairs = [(signer, held[signer.id]) for signer in signers if signer.id in held]
    return [InitialsRow(pairs[at : at + _ACROSS], letter, available) for at in range(0, len(pairs), _ACROSS)]
