"""Figures on the page: a ladder as rising steps from left to right, a funnel as centred bars that narrow."""

from __future__ import annotations

from typing import Any, Final

from sla_tui.publish.blocks import Figure, Step, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.look import Style
from sla_tui.publish.pdf.setting import SetText, colour, draw, fitted, set_text, width
from sla_tui.publish.pdf.tagging import Element

_GAP: Final = 5.0
_RISE: Final = 9.0
"""How much higher each step of a ladder is than the one before."""
_FOOT: Final = 15.0
_BAR: Final = 15.0
_NARROWEST: Final = 0.04
_MOST: Final = 8
"""More steps than this are said in words."""
_TALLEST: Final = 180.0
"""So is a figure that would be taller, for its names are too long for what it is drawn as."""
_NAME: Final = Style(look.SANS_STRONG, 8, 10, look.INK)
_SAID: Final = Style(look.SANS, 8, 10, look.GREY_TEXT)
_LABELS: Final = 110.0
_PALE: Final = "#E3E8EF"


class _Ladder:
    """Steps of equal width, each a little higher, with its name and what reaches it above."""

    before, after, needs = 6.0, 12.0, 0.0
    fresh = False

    def __init__(self, figure: Figure, wide: float) -> None:
        self.figure = figure
        self.step = (wide - _GAP * (len(figure.steps) - 1)) / len(figure.steps)
        self.labels = [_label(one, self.step) for one in figure.steps]
        self.tallest = max(name.height + said.height for name, said in self.labels)
        self.height = self.start = self.tallest + 4 + _FOOT + _RISE * (len(figure.steps) - 1)

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the steps on one line."""
        floor = top - self.height
        with canvas.marked(_element(self.figure, canvas, (x, floor, x + self.step * len(self.labels), top))):
            for at, (name, said) in enumerate(self.labels):
                tall = _FOOT + _RISE * at
                canvas.setFillColor(colour(_PALE))
                canvas.rect(x, floor, self.step, tall, stroke=0, fill=1)
                canvas.setFillColor(colour(look.INK))
                canvas.rect(x, floor + tall - 1.6, self.step, 1.6, stroke=0, fill=1)
                said.draw_bare(canvas, x, floor + tall + 3 + said.height)
                name.draw_bare(canvas, x, floor + tall + 3 + said.height + name.height)
                x += self.step + _GAP


def _label(step: Step, wide: float) -> tuple[SetText, SetText]:
    return set_text(plain(step.name), _NAME, wide), set_text(plain(step.said), _SAID, wide)


class _Funnel:
    """A bar for each step, as wide as its share of the first, with its name at the left and its size beside it."""

    before, after, needs = 6.0, 12.0, 0.0
    fresh = False

    def __init__(self, figure: Figure, wide: float) -> None:
        self.figure, self.wide = figure, wide
        self.height = self.start = (_BAR + 3) * len(figure.steps)

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws the bars around one middle."""
        room = self.wide - _LABELS - 60
        most = max((step.size or 0.0 for step in self.figure.steps), default=0.0) or 1.0
        middle = x + _LABELS + room / 2
        with canvas.marked(_element(self.figure, canvas, (x, top - self.height, x + self.wide, top))):
            for step in self.figure.steps:
                wide = room * max(_NARROWEST, (step.size or 0.0) / most)
                canvas.setFillColor(colour(look.INK))
                canvas.rect(middle - wide / 2, top - _BAR, wide, _BAR, stroke=0, fill=1)
                draw(canvas, x, top - _BAR + 4, fitted(step.name, _NAME, _LABELS - 6), _NAME)
                said = fitted(step.said, _SAID, 56)
                draw(canvas, x + self.wide - width(plain(said), _SAID), top - _BAR + 4, said, _SAID)
                top -= _BAR + 3


def _element(figure: Figure, canvas: Any, box: tuple[float, float, float, float]) -> Element:
    left, bottom = canvas.absolutePosition(box[0], box[1])
    right, top = canvas.absolutePosition(box[2], box[3])
    sides = " ".join(f"{side:.1f}" for side in (left, bottom, right, top))
    return Element("Figure", alt=figure.said, attributes=f"<</O/Layout/BBox[{sides}]>>")


def set_figure(figure: Figure, wide: float) -> Any:
    """A figure set to a width; one with more steps than can be told apart is said in words."""
    if 1 < len(figure.steps) <= _MOST:
        drawn = _Ladder(figure, wide) if figure.kind == "ladder" else _Funnel(figure, wide)
        if drawn.height <= _TALLEST:
            return drawn
    return set_text(plain(figure.said), look.BODY, wide)
