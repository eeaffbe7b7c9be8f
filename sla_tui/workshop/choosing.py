"""What an answer can be chosen from: a few words, or what is there to be named; and which of it a few letters mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sla_tui.agreement.lists import KEYS, SECTION
from sla_tui.agreement.parts import Item, Part, Slot
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.sentence import item_slots, slot_words
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import items_of
from sla_tui.workshop.search import folded


@dataclass(frozen=True)
class Choice:
    """One answer to choose: its value, how it reads, a word more."""

    value: str
    words: str
    more: str = ""

    @cached_property
    def _letters(self) -> tuple[str, str]:
        return folded(self.words), folded(f" {self.words} {self.value} {self.more}").replace("-", " ")

    def rank(self, wanted: str) -> int | None:
        """How well folded letters mean it, 0 best; None when they do not."""
        words, inside = self._letters
        if words.startswith(wanted):
            return 0
        if all(f" {word}" in inside for word in wanted.split()):
            return 1
        return 2 if wanted in inside else None


def few(slot: Slot) -> tuple[Choice, ...]:
    """The words an answer can be, where there are only some."""
    if slot.spec.kind is Kind.CHOICE:
        glosses = dict(slot.spec.ask.glosses)
        return tuple(Choice(one, slot.spec.word(one), glosses.get(one, "")) for one in slot.spec.choices)
    return (Choice("yes", "yes"), Choice("no", "no")) if slot.spec.kind is Kind.YES_NO else ()


def names_entries(slot: Slot) -> bool:
    """Whether an answer is chosen from entries or sections, rather than typed."""
    return bool(slot.spec.ask.of) and slot.spec.ask.of != KEYS


def entries(part: Part, slot: Slot) -> tuple[Choice, ...]:
    """What can be named at ``slot``, in the order of its lists; what is named there and is none of it comes last."""
    names = nameable(part, slot.spec.ask.of) or {}
    more = {item.id: _more(item) for one in slot.spec.ask.of if one != SECTION for item in _items(part, one)}
    known = tuple(Choice(id_, name, more.get(id_, "")) for id_, name in names.items())
    return (*known, *(Choice(one, one, "not in the list") for one in named(slot) if one not in names))


def meant(choices: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """Those that ``typed`` can mean, the likeliest first; all when nothing is typed."""
    wanted = folded(typed.strip())
    if not wanted:
        return tuple(choices)
    ranked = [(rank, choice) for choice in choices if (rank := choice.rank(wanted)) is not None]
    return tuple(choice for _, choice in sorted(ranked, key=lambda one: one[0]))


def _items(part: Part, key: str) -> tuple[Item, ...]:
    try:
        return items_of(at_key(part, key))
    except UnknownKey:
        return ()


def _more(item: Item) -> str:
    said = [
        slot_words(slot)
        for slot in item_slots(item).values()
        if slot.spec.kind in (Kind.LINE, Kind.NUMBER) and not slot.empty and not slot.spec.ask.of
    ]
    return " · ".join(said[1:2])
