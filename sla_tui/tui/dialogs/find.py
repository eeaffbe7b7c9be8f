"""Finding words wherever they stand in an agreement: in answers, questions, titles and ids."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from sla_tui.agreement.parts import Part
from sla_tui.tui.dialogs.seek import MOST, Seek, cut
from sla_tui.workshop.search import Hit, Texts

BEFORE = 24
"""Cells of text shown before what was found."""


class Find(Seek):
    """``titles`` names the sections by key; ``typed`` was looked for last."""

    def __init__(self, part: Part, titles: Mapping[str, str], typed: str = "") -> None:
        super().__init__("Find", "words in answers, questions, titles and ids", typed)
        self._part = part
        self._titles = titles
        self._texts: Texts | None = None

    def on_mount(self) -> None:
        self.run_worker(self._read, exclusive=True)

    async def _read(self) -> None:
        self._texts = await asyncio.to_thread(Texts, self._part)
        self.renew()

    def found(self, typed: str) -> tuple[Sequence[Option], str, str]:
        if self._texts is None or not typed.strip():
            return (), "", ""
        hits, count = self._texts.find(typed, MOST)
        if not hits:
            return (), "", "Nothing is found."
        more = f"; the first {MOST} are shown: type on" if count > len(hits) else ""
        return tuple(self._options(hits)), "", f"{count} {'place' if count == 1 else 'places'}{more}"

    def _options(self, hits: Sequence[Hit]) -> Iterator[Option]:
        for at, (section, members) in enumerate(groupby(hits, lambda hit: hit.section)):
            heading = Content.styled(self._titles.get(section, section), "bold")
            yield Option(Content("\n") + heading if at else heading, disabled=True)
            for hit in members:
                yield Option(_line(hit, self.room), id=hit.key)


def _line(hit: Hit, room: int) -> Content:
    """The way to a place, then what was found in its context."""
    around = cut(hit.around, room * 2 // 5)
    left = room - cell_len(around) - 2
    start = max(0, hit.at - BEFORE) if hit.at + hit.length > left else 0
    text = hit.text[start:]
    at = hit.at - start
    context = Content.assemble(text[:at], (text[at : at + hit.length], "bold underline"), text[at + hit.length :])
    if start:
        context = Content.assemble("…", context)
    return Content.assemble((around, "$text-muted"), "  " if around else "", context.truncate(left, ellipsis=True))
