"""What places, entries and answers are called in one version: ``Commitments, Follow up, within``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from sla_tui.agreement.conditions import say_when
from sla_tui.agreement.lists import KEYS, STAGES
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, Slot, Spec, slots, spec_by_key
from sla_tui.agreement.paths import UnknownKey, at_key, steps
from sla_tui.agreement.references import nameable
from sla_tui.agreement.rewording import brief, quoted
from sla_tui.agreement.sentence import reading, stage_words
from sla_tui.agreement.values import Kind

OWN_WORDS = (Kind.LINE, Kind.PROSE)
"""Kinds of answers in somebody's own words, unless they name something."""
_DETAILS = 2
"""Answers said of an entry that came or went, beside what it is called."""


class Names:
    """What things are called in one version; lists are looked through once."""

    def __init__(self, part: Part, lists: Part | None) -> None:
        self._part, self._lists = part, lists
        self._names: dict[tuple[str, ...], Mapping[str, str]] = {}
        self._entries: dict[str, dict[str, str]] = {}

    def around(self, key: str) -> str:
        """What a place lies in, without the section: entries by their names, records by their titles."""
        *on_the_way, _ = steps(self._part, key)
        return ", ".join(self._of(slot) for slot in on_the_way if slot.spec.kind is Kind.RECORD and not slot.spec.about)

    def place(self, key: str) -> str:
        """Any place in words, its section first; the KEY itself where there is no such place."""
        try:
            way = tuple(steps(self._part, key))
        except UnknownKey:
            return key
        on_the_way = (slot for slot in way[:-1] if slot.spec.about or slot.spec.kind is Kind.RECORD)
        named = [self._of(slot) for slot in on_the_way]
        last = self._of(way[-1])
        return ", ".join((*named, small(last) if named and way[-1].spec.leaf else last))

    def _of(self, slot: Slot) -> str:
        is_entry = isinstance(slot.value, Item) and slot.spec.kind is Kind.RECORD and not slot.spec.about
        return self.called(slot.key) if is_entry else slot.spec.title

    def called(self, key: str) -> str:
        """What the entry at ``key`` is called: no other in its list is called the same."""
        list_key, _, id_ = key.rpartition(".")
        if list_key not in self._entries:
            self._entries[list_key] = self._told_apart(list_key, items_at(self._part, list_key))
        return self._entries[list_key].get(id_, id_)

    def _told_apart(self, list_key: str, items: tuple[Item, ...]) -> dict[str, str]:
        names = {item.id: self._name(item, list_key) for item in items}
        often = Counter(names.values())
        return {id_: f"{name} ({id_})" if often[name] > 1 and name != id_ else name for id_, name in names.items()}

    def _name(self, item: Item, list_key: str) -> str:
        if list_key in STAGES and (short := _abbreviated(item.id)):
            return short
        by = (self._said_of(item, key) for key in type(item).called_by)
        own = " to ".join(one for one in by if one) if type(item).called_by else item_name(item)
        first = (self.said(slot.spec, slot.value) for slot in slots(item, type(item)) if slot.spec.kind is not Kind.ID)
        return brief((own or next((one for one in first if one), item.id)).rstrip(".,"))

    def _said_of(self, item: Item, key: str) -> str:
        spec = spec_by_key(type(item))[key]
        return self.said(spec, getattr(item, spec.name)).strip("“”")

    def summary(self, key: str, item: Item) -> str:
        """An entry in one line: the sentence it reads as, or its name and its first answers."""
        if type(item).reads:
            return reading(item).rstrip(".")
        name = self.called(key)
        known = spec_by_key(type(item))
        told = [known[one] for one in type(item).row] or list(known.values())
        said = [
            small(titled(spec, words))
            for spec in told
            if spec.leaf and spec.kind is not Kind.ID and (words := self.said(spec, getattr(item, spec.name)))
            if words.strip("“”") != name
        ]
        return ", ".join((name, *said[:_DETAILS]))

    def said(self, spec: Spec, value: Any) -> str:
        """An answer in words, somebody's own in quotes; empty for none."""
        if value is None or value in ((), "") or spec.leaf is None:
            return ""
        if spec.kind in (Kind.WORDS, Kind.DAYS):
            return self.listed(spec, value)
        if spec.kind is Kind.CHOICE:
            return spec.word(value)
        if spec.kind is Kind.CONDITION:
            return say_when(value) or spec.show(value)
        if spec.ask.of:
            return self.listed(spec, (value,))
        return quoted(value) if spec.kind in OWN_WORDS else spec.show(value)

    def listed(self, spec: Spec, values: tuple[Any, ...]) -> str:
        """Words or days one after another; what names an entry says its name."""
        if spec.ask.of == KEYS:
            return " and ".join(self.place(str(one)) for one in values)
        names: Mapping[str, str] = self._nameable(spec.ask.of) if spec.ask.of else {}
        said = [names.get(str(one)) or str(one) for one in values]
        return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)

    def _nameable(self, of: tuple[str, ...]) -> Mapping[str, str]:
        if of not in self._names:
            found = nameable(self._part, of)
            if found is None and self._lists is not None:
                found = nameable(self._lists, of)
            stages = of == STAGES
            self._names[of] = {id_: (stages and _abbreviated(id_)) or name for id_, name in (found or {}).items()}
        return self._names[of]


def items_at(part: Part, key: str) -> tuple[Item, ...]:
    """The entries of the list at ``key``; none where no list is."""
    try:
        slot = at_key(part, key)
    except UnknownKey:
        return ()
    return cast("tuple[Item, ...]", slot.value or ()) if slot.spec.kind is Kind.LIST else ()


def titled(spec: Spec, words: str) -> str:
    """An answer with its title: ``within 2 weeks``, ``40 points``, ``half-life 30 days``."""
    title, unit = title_and_unit(spec)
    if spec.kind is Kind.NUMBER and not unit and title.endswith("s") and " " not in title:
        return f"{words} {title.lower().removesuffix('s') if words.lstrip('-') == '1' else title.lower()}"
    return f"{title} {words}{unit}"


def title_and_unit(spec: Spec) -> tuple[str, str]:
    """The title of an answer, and the unit that a number's title names: ``Half-life, days``."""
    title, _, unit = spec.title.partition(", ") if spec.kind is Kind.NUMBER else (spec.title, "", "")
    return title, f" {unit}" if unit else ""


def small(words: str) -> str:
    """Words as they go on in a sentence; abbreviations keep their capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def _abbreviated(stage: str) -> str:
    """A stage's short name: ``mql`` is ``MQL``; empty for one that has none."""
    one = stage_words(stage)[:-1]
    return one if one.isupper() else ""
