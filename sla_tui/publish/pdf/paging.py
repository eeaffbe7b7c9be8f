"""Set text and tables onto pages, one after another, by the rules each of them brings."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Piece(Protocol):
    """Something to stand on a page.

    ``before`` and ``after`` are the distances it keeps; between two pieces the larger one counts, and none at the
    top of a page. ``needs`` is the height that must be left for it to begin here, 0 for any; what is ``fresh`` begins
    on a page of its own.
    """

    before: float
    after: float
    needs: float
    fresh: bool

    @property
    def height(self) -> float:
        """How tall it is."""
        ...

    @property
    def start(self) -> float:
        """The height without which it had better begin on the next page."""
        ...

    def split(self, room: float) -> tuple[Any, Any] | None:
        """What fits into ``room`` and the rest; None where it cannot be split there."""
        ...

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws it with its top left corner there."""
        ...


def full_height(pieces: Iterable[Piece]) -> float:
    """How tall pieces are one below another."""
    tall, last = 0.0, None
    for piece in pieces:
        tall += piece.height + (max(last.after, piece.before) if last else 0.0)
        last = piece
    return tall


class Together:
    """Pieces that stand on one page, as long as one can hold them."""

    after = needs = 0.0
    fresh = False

    def __init__(self, pieces: list[Any]) -> None:
        self.pieces = pieces
        self.before = pieces[0].before if pieces else 0.0

    @property
    def height(self) -> float:
        """How tall they are together."""
        return full_height(self.pieces)

    start = height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Draws them one below another."""
        last = None
        for piece in self.pieces:
            top -= max(last.after, piece.before) if last else 0.0
            piece.draw(canvas, x, top)
            top -= piece.height
            last = piece


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text stands on a page: its left edge, top and bottom, in points from the page's lower left corner."""

    left: float
    top: float
    bottom: float

    @property
    def tall(self) -> float:
        """How much fits."""
        return self.top - self.bottom


def lay_out(pieces: Iterable[Any], frame: Frame, canvas: Any, begin: Callable[[], None]) -> None:
    """Draws ``pieces`` on as many pages as they take; ``begin`` dresses a fresh page, and the last one is ended too."""
    waiting = deque(pieces)
    begin()
    y, last = frame.top, None
    while waiting:
        piece = waiting.popleft()
        gap = max(last.after, piece.before) if last else 0.0
        room = 0.0 if piece.fresh and last else y - gap - frame.bottom + 0.01
        if piece.height <= room and (not last or piece.needs <= room):
            piece.draw(canvas, frame.left, y - gap)
            y, last = y - gap - piece.height, piece
            continue
        parts = piece.split(room) if not last or max(piece.needs, piece.start) <= room else None
        if parts:
            parts[0].draw(canvas, frame.left, y - gap)
            waiting.appendleft(parts[1])
        elif last:
            waiting.appendleft(piece)
        elif isinstance(piece, Together):
            waiting.extendleft(reversed(piece.pieces))
            continue
        else:
            piece.draw(canvas, frame.left, y)
        canvas.showPage()
        if waiting:
            begin()
        y, last = frame.top, None
    if last:
        canvas.showPage()
