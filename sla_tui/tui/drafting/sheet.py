"""What the rows of a section are made from, beside the agreement, and what is kept of them from key to key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sla_tui.agreement.examples import source_of, sources
from sla_tui.agreement.finding import Severity
from sla_tui.agreement.parts import Item, Part, Slot, slots, specs
from sla_tui.agreement.references import named
from sla_tui.agreement.sentence import sentence, slot_words
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind
from sla_tui.agreement.walk import Remembered
from sla_tui.tui.drafting.row import Row, Run
from sla_tui.workshop.places import above
from sla_tui.workshop.wording import Wording

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding
    from sla_tui.agreement.sources import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is closed: whether a question in it is open, and its sentence, or its answers by their columns.

    ``texts`` lacks what names something, for that may be called otherwise by now.
    """

    open: bool
    sentence: tuple[Run, ...]
    answers: tuple[Slot, ...]
    texts: tuple[str | None, ...]


def columns(cls: type[Item]) -> tuple[str, ...]:
    """The keys of the answers that stand for an entry in one row."""
    return cls.row or tuple(spec.key for spec in specs(cls) if spec.leaf is not None and spec.kind is not Kind.ID)


def _entry(part: Part, key: str, _optional: bool) -> Entry:
    item = cast(Item, part)
    places = {slot.key[len(key) + 1 :]: slot for slot in slots(item, type(item), key)}
    undecided = any(slot.empty and not slot.optional for slot in places.values())
    if type(item).reads:
        return Entry(undecided, _closed_sentence(item, key), (), ())
    answers = tuple(places[name] for name in columns(type(item)))
    texts = tuple(None if named(slot) else clean_line(slot_words(slot)) for slot in answers)
    return Entry(undecided, (), answers, texts)


def _closed_sentence(item: Item, here: str) -> tuple[Run, ...]:
    return tuple(
        Run(piece.words, "value", here) if piece.slot is None or piece.words else Run("____", "open", here)
        for piece in sentence(item, here)
    ) or (Run("nothing in it yet", "open", here),)


Drawn = tuple[object, ...]


class Kept:
    """What was made of a section's entries the last time; only those that changed are looked at anew."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.entries: Remembered[Entry] = Remembered(_entry)
        self._rows: dict[str, tuple[Drawn, Row]] = {}
        self._round: dict[str, tuple[Drawn, Row]] = {}

    def row(self, key: str, drawn: Drawn, make: Callable[[], Row]) -> Row:
        """The row of the entry at ``key``: the same one as long as it is ``drawn`` from the same."""
        held = self._rows.get(key)
        if held is None or held[0] != drawn:
            held = (drawn, make())
        self._round[key] = held
        return held[1]

    def next(self) -> None:
        """Ends a round."""
        self.entries.next()
        self._rows, self._round = self._round, {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The place that is open, text that was refused, the KEYs at which something is wrong, and where answers come from.

    ``noted`` are the KEYs of which there is only something to note. ``wrong`` and ``marked`` hold the KEYs around those
    of findings and examples too.
    """

    open_item: str
    refused: Mapping[str, str]
    troubled: frozenset[str]
    noted: frozenset[str]
    wrong: frozenset[str]
    marked: frozenset[str]
    sources: Mapping[str, Source]
    kept: Kept

    def said(self, slot: Slot) -> str:
        """An answer in words; one that names something says its name rather than its id."""
        return self.kept.wording.of(slot)

    def texts(self, entry: Entry) -> tuple[str, ...]:
        """The answers of a closed entry in words."""
        pairs = zip(entry.answers, entry.texts, strict=True)
        return tuple(clean_line(self.said(slot)) if text is None else text for slot, text in pairs)

    def sign(self, key: str, missing: bool) -> str:
        """The sign of one place: ``!`` something to mend, ``○`` an open question, ``~`` an example, ``·`` a note."""
        if key in self.refused or key in self.troubled:
            return "!"
        return "○" if missing else "~" if self.example(key) else "·" if key in self.noted else ""

    def entry_sign(self, key: str, entry: Entry) -> str:
        """The sign of an entry that is closed: the worst of what is in it."""
        if key in self.wrong:
            return "!"
        if entry.open:
            return "○"
        return "~" if key in self.marked or self.example(key) else ""

    def example(self, key: str) -> bool:
        """Whether what stands at ``key`` is only an example."""
        source = source_of(self.sources, key)[1] if self.sources else None
        return source is not None and source.kind == "example"


def sheet(
    part: Part, open_item: str, refused: Mapping[str, str], findings: Iterable[Finding], kept: Kept | None = None
) -> Sheet:
    """A sheet that marks every KEY that has a finding, and every one that only an example stands at."""
    kept = kept or Kept(Wording(part))
    kept.wording.turn_to(part)
    spoken = [finding for finding in findings if not finding.undecided]
    noted = frozenset(finding.key for finding in spoken if finding.severity is Severity.NOTE)
    troubled = frozenset(finding.key for finding in spoken if finding.severity is not Severity.NOTE)
    held = sources(part)
    marks = (key for key, source in held.items() if source.kind == "example")
    return Sheet(open_item, refused, troubled, noted, _around((*troubled, *refused)), _around(marks), held, kept)


def _around(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(one for key in keys for one in (key, *above(key)))
