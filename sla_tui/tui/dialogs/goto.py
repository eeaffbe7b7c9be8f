"""Going to a section, a list, an entry or an answer by some letters of its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from sla_tui.agreement.parts import Part
from sla_tui.tui.dialogs.seek import MOST, Seek, cut
from sla_tui.workshop.search import Spot, Ways


class GoTo(Seek):
    """``signs`` say how sections stand, by key in the order of the outline; ``here`` is the section in hand."""

    def __init__(self, part: Part, signs: Mapping[str, str], here: str) -> None:
        super().__init__("Go to", "letters of a section, a list, a person, a question …")
        self._ways = Ways(part)
        self._signs = signs
        self._here = here

    def found(self, typed: str) -> tuple[Sequence[Option], str, str]:
        places = self._ways.to(typed)
        if not typed.strip():
            order = {key: at for at, key in enumerate(self._signs)}
            places = tuple(sorted(places, key=lambda spot: order.get(spot.key, len(order))))
        shown = places[:MOST]
        more = f"{len(places)} places; {len(places) - MOST} more: type on" if len(places) > MOST else ""
        here = self._here if not typed.strip() and self._here in {spot.key for spot in shown} else ""
        return [self._option(spot) for spot in shown], here, more if shown else "Nothing is called so."

    def _option(self, spot: Spot) -> Option:
        sign = self._signs.get(spot.key, " ")
        around = spot.around or ("" if spot.there else "not in this version")
        room = self.room - 2
        words = cut(spot.words, max(room // 2, room - cell_len(around) - 2))
        gap = " " * max(2, room - cell_len(words) - cell_len(around))
        behind = cut(around, room - cell_len(words) - 2)
        look = "" if spot.there else "$text-muted"
        return Option(
            Content.assemble((f"{sign} ", "$text-muted"), (words, look), gap, (behind, "$text-muted")), id=spot.key
        )
