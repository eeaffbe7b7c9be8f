"""How far each section is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sla_tui.agreement.examples import is_example, source_of, sources, within
from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.parts import Item, Part, Slot, Spec, join, may_stay_open, slots, specs
from sla_tui.agreement.paths import at_key
from sla_tui.agreement.sources import Source
from sla_tui.agreement.values import Kind
from sla_tui.agreement.walk import Remembered, same
from sla_tui.workshop.places import above
from sla_tui.workshop.refused import UNTAKEN


class Standing(StrEnum):
    """How a section stands, worst first."""

    WRONG = "wrong"
    OPEN = "open"
    COMPLETE = "complete"
    ABSENT = "left out"


@dataclass(frozen=True, slots=True)
class Progress:
    """One section: its key and title, how it stands, how much of it is answered, how many findings it has.

    ``asked`` is what must be answered and what is answered beside it: agreeing to an example leaves it as it is.
    One that nobody has ``seen`` is open at worst: what the check has to say about it waits until somebody looks.
    """

    key: str
    title: str
    standing: Standing
    answered: int
    asked: int
    wrong: int
    seen: bool = True

    @property
    def open(self) -> int:
        """How many of its questions are open."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an entry asks: its places but the ids, how many are to be answered or are, and how many of those are."""

    places: tuple[Slot, ...]
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class _Held:
    """One section's progress and all it was made from."""

    value: Any
    marks: Mapping[str, Source]
    wrong: int
    seen: bool
    untaken: frozenset[str]
    progress: Progress


class Overview:
    """How every section stands, again and again; only a section that changed is looked through anew."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._looked = False
        self._sources: Mapping[str, Source] = {}
        self._marks: dict[str, dict[str, Source]] = {}
        self._marked = frozenset[str]()
        self._untaken = frozenset[str]()
        self._entries: Remembered[_Asked] = Remembered(
            lambda part, key, free: _asked(slots(part, type(part), key, free), {})
        )

    def of(self, part: Part, findings: Iterable[Finding], seen: Container[str] | None = None) -> tuple[Progress, ...]:
        """How every section stands, in order; those ``seen`` are all where none are named."""
        found = tuple(findings)
        wrong = Counter(one.section for one in found if not one.undecided and one.severity is not Severity.NOTE)
        self._mark(sources(part))
        self._looked = False
        self._untaken = frozenset(one.key for one in found if one.code == UNTAKEN)
        progress = tuple(
            self._section(part, spec, self._marks.get(spec.key, {}), wrong[spec.key], seen is None or spec.key in seen)
            for spec in specs(type(part))
            if spec.about
        )
        if self._looked:
            self._entries.next()
        return progress

    def _mark(self, held: Mapping[str, Source]) -> None:
        """Sorts the sources by their sections, and notes every KEY at which or in which there is one."""
        if held == self._sources:
            return
        self._sources, self._marks = held, {}
        for key, source in held.items():
            self._marks.setdefault(key.partition(".")[0], {})[key] = source
        self._marked = frozenset(one for key in held for one in (key, *above(key)))

    def _section(self, part: Part, spec: Spec, marks: Mapping[str, Source], wrong: int, seen: bool) -> Progress:
        value, held = getattr(part, spec.name), self._held.get(spec.key)
        untaken = frozenset(key for key in self._untaken if within(key, spec.key))
        now = (marks, wrong, seen, untaken)
        if held and same(held.value, value) and (held.marks, held.wrong, held.seen, held.untaken) == now:
            return held.progress
        self._looked = True
        asks = list(self._asks(value, spec, marks))
        asked, answered = sum(one.asked for one in asks), sum(one.answered for one in asks)
        answered -= sum(_is_answered(part, key) for key in untaken)
        title = spec.about.title if spec.about else spec.title
        standing = _standing(value is not None, asked - answered, wrong, seen)
        made = Progress(spec.key, title, standing, answered, asked, wrong, seen)
        self._held[spec.key] = _Held(value, marks, wrong, seen, untaken, made)
        return made

    def _asks(self, value: Any, spec: Spec, marks: Mapping[str, Source]) -> Iterator[_Asked]:
        """What a section asks, each entry of its lists by itself."""
        if value is None:
            return
        if spec.kind is Kind.LIST:
            yield _asked((Slot(spec.key, spec, value, spec.ask.optional),), marks)
            yield from self._entries_of(value, spec.key, marks)
            return
        section = cast(Part, value)
        spared = section.spared()
        for one in specs(spec.type):
            here, held = join(spec.key, one.key), getattr(section, one.name)
            free = may_stay_open(one, held, spared, False)
            if one.kind is Kind.RECORD:
                yield _asked(slots(held, one.type, here, free), marks)
                continue
            yield _asked((Slot(here, one, held, free),), marks)
            if one.kind is Kind.LIST:
                yield from self._entries_of(held, here, marks)

    def _entries_of(self, items: Any, key: str, marks: Mapping[str, Source]) -> Iterator[_Asked]:
        for item in cast("tuple[Item, ...]", items or ()):
            here = join(key, item.id)
            asked = self._entries.of(item, here, False)
            yield _asked(asked.places, marks) if self._speaks(marks, here) else asked

    def _speaks(self, marks: Mapping[str, Source], key: str) -> bool:
        """Whether a source speaks of the entry at ``key`` or of something in it."""
        return bool(marks) and (key in self._marked or source_of(marks, key)[1] is not None)


def progress(part: Part, findings: Iterable[Finding]) -> tuple[Progress, ...]:
    """How every section stands, looked at once, as if somebody had seen them all."""
    return Overview().of(part, findings)


def _asked(places: Iterable[Slot], marks: Mapping[str, Source]) -> _Asked:
    """What places ask: what must be answered, and what is; an answer that is only an example is none yet."""
    known = tuple(slot for slot in places if slot.spec.kind is not Kind.ID)
    examples = {slot.key for slot in known if not slot.empty and _is_example(marks, slot.key)} if marks else set[str]()
    asked = [slot for slot in known if not slot.optional or not slot.empty]
    return _Asked(known, len(asked), sum(not slot.empty and slot.key not in examples for slot in asked))


def _standing(there: bool, still_open: int, wrong: int, seen: bool) -> Standing:
    if not there:
        return Standing.ABSENT
    if wrong and seen:
        return Standing.WRONG
    return Standing.OPEN if still_open or wrong else Standing.COMPLETE


def _is_answered(part: Part, key: str) -> bool:
    return not at_key(part, key).empty and not is_example(part, key)


def _is_example(marks: Mapping[str, Source], key: str) -> bool:
    source = source_of(marks, key)[1]
    return source is not None and source.kind == "example"
