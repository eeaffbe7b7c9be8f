"""What one section is written with: the numbers of its clauses, the names behind its ids, its marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sla_tui.agreement.parts import Part, Slot, join, may_stay_open, spared_in, spec_by_key, specs
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.words import Names


@dataclass(slots=True)
class Writer:
    """Writes the section with this number under this title."""

    names: Names
    marks: Marks
    section: str
    title: str = ""
    _last: int = 0

    def next(self) -> str:
        """The number of the next clause: ``3.1``, ``3.2``."""
        self._last += 1
        return f"{self.section}.{self._last}"

    def value(self, slot: Slot) -> str:
        """An answer as plain text with its mark, the empty text for none."""
        shown = words.value(slot.value, slot.spec, self.names)
        mark = self.marks.at(slot.key) if shown else ""
        if mark and words.ended(shown):
            return f"{shown[:-1]}{mark}{shown[-1]}"
        return shown + mark

    def answer(self, slot: Slot) -> Text:
        """An answer with its mark, or the blank that is left for it."""
        shown = self.value(slot)
        if shown:
            return plain(words.capital(shown) if slot.spec.kind is Kind.CHOICE else shown)
        return () if slot.optional else OPEN


def ended(text: Text) -> Text:
    """``text`` with a full stop where it has none."""
    return text if not text or words.ended(text[-1].text) else (*text, Run("."))


def place(part: Part | None, cls: type[Part], name: str, key: str = "", optional: bool = False) -> Slot:
    """The place of one answer of ``part``, a ``cls``, that stands at ``key``; ``measure.goal`` is in a record."""
    first, _, rest = name.partition(".")
    spec = spec_by_key(cls)[first]
    given: Any = getattr(part, spec.name, None)
    free = may_stay_open(spec, given, spared_in(part, cls), optional) or not spec.ask.asked
    if rest:
        return place(given, spec.type, rest, join(key, first), free)
    return Slot(join(key, first), spec, given, free)


def places(part: Part | None, cls: type[Part], key: str, optional: bool = False) -> list[Slot]:
    """The places of all answers of ``part``, a ``cls``, that stands at ``key``, but for its id."""
    return [place(part, cls, spec.key, key, optional) for spec in specs(cls) if spec.kind is not Kind.ID]
