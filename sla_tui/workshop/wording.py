"""Answers in words: what names something says the name of what it names."""

from __future__ import annotations

from collections.abc import Mapping

from sla_tui.agreement.life import called
from sla_tui.agreement.lists import KEYS, SECTION
from sla_tui.agreement.parts import Part, Slot
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.sentence import slot_words
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.walk import same


class Wording:
    """Says the answers of an agreement; the names in a list are looked up once, until the list is another."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._names: dict[tuple[str, ...], tuple[tuple[object, ...], Mapping[str, str]]] = {}
        self._known: dict[tuple[str, ...], Mapping[str, str]] = {}

    def turn_to(self, part: Part) -> None:
        """Goes on with the agreement as it is now."""
        if part is not self._part:
            self._part, self._known = part, {}

    def of(self, slot: Slot) -> str:
        """An answer in words; one that names something says its name rather than its id."""
        ids = named(slot)
        if slot.spec.ask.of == KEYS and ids and isinstance(self._part, Agreement):
            return called(self._part, ids[0])
        if not ids:
            return slot_words(slot)
        names = self._names_of(slot.spec.ask.of)
        if isinstance(slot.value, str) and slot.value not in names:
            return slot_words(slot)
        return ", ".join(names.get(one) or one for one in ids)

    def _names_of(self, of: tuple[str, ...]) -> Mapping[str, str]:
        if of not in self._known:
            lists, held = tuple(self._list(one) for one in of), self._names.get(of)
            if held is None or not all(map(same, held[0], lists)):
                held = self._names[of] = (lists, nameable(self._part, of) or {})
            self._known[of] = held[1]
        return self._known[of]

    def _list(self, key: str) -> object:
        try:
            return None if key == SECTION else at_key(self._part, key).value
        except UnknownKey:
            return None
