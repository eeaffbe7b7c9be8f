"""What to say about one place of an agreement: its question, an example, what is wrong with it, its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sla_tui.agreement.examples import agreed, example_keys
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Slot
from sla_tui.agreement.paths import UnknownKey, at_key, is_item
from sla_tui.agreement.sentence import item_slots, slot_words
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.answer import Choice, Question
from sla_tui.workshop.items import article, items_of, singular
from sla_tui.workshop.refused import why_refused

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft

CONDITIONS = ("country in US, CA", "employees at least 51", "title contains VP", "phone known")
"""Conditions as they may be written, beside a field's own example."""


def question(draft: Draft, key: str, refusal: str = "") -> Question | None:
    """What the answer panel shows for the place at ``key``."""
    if not key:
        return None
    if is_item(draft.agreement, key):
        list_slot = draft.at(key.rpartition(".")[0])
        entry = singular(list_slot.spec.title)
        hint = f"Enter opens this {entry}; a adds one, Del removes it, c copies it, Shift+↑↓ moves it."
        if agreed(draft.agreement, key):
            hint = f"~ it holds examples: y agrees to them all, Enter opens this {entry}."
        return Question(entry.capitalize(), list_slot.spec.question or _about(list_slot), hint, _trouble(draft, key))
    slot = draft.at(key)
    if slot.spec.kind is Kind.LIST:
        hint = f"a adds {article(singular(slot.spec.title))}; v pastes rows from a spreadsheet."
        return Question(slot.spec.title, slot.spec.question or _about(slot), hint, _trouble(draft, key))
    trouble = refusal or why_refused(draft, slot) or _trouble(draft, key)
    return Question(slot.spec.title, slot.spec.question, _hint(draft, slot), trouble)


def _about(slot: Slot) -> str:
    return slot.spec.about.question if slot.spec.about else ""


def _hint(draft: Draft, slot: Slot) -> str:
    if slot.key in example_keys(draft.agreement):
        return "~ only an example yet: y agrees to it, Enter answers otherwise"
    example = f"for example: {slot.spec.example}" if slot.spec.example and not slot.spec.ask.of else ""
    if slot.spec.kind is Kind.CONDITION:
        example = f"for example: {', or '.join(dict.fromkeys((slot.spec.example, *CONDITIONS)))}"
    optional = "may stay open" if slot.optional and slot.spec.kind is not Kind.ID else ""
    return "   ".join(words for words in (example, optional) if words)


def _trouble(draft: Draft, key: str) -> str:
    for finding in draft.findings:
        if finding.key == key and not finding.undecided:
            return f"{finding.message}; {finding.fix}" if finding.fix else finding.message
    return ""


def choices(draft: Draft, slot: Slot) -> tuple[Choice, ...]:
    """The answers to choose from, if they are few and known: a choice's words, or what is there to be named."""
    if slot.spec.kind is Kind.CHOICE:
        return tuple(Choice(value, slot.spec.word(value)) for value in slot.spec.choices)
    if not slot.spec.ask.of:
        return ()
    try:
        named = items_of(at_key(draft.agreement, slot.spec.ask.of))
    except UnknownKey:
        return ()
    found = tuple(Choice(item.id, item_name(item) or item.id, _more(item)) for item in named)
    known = {choice.value for choice in found}
    if slot.value is not None and slot.value not in known:
        found = (*found, Choice(cast(str, slot.value), cast(str, slot.value), "not in the list"))
    return found


def _more(item: Item) -> str:
    said = [
        slot_words(slot)
        for slot in item_slots(item).values()
        if slot.spec.kind in (Kind.LINE, Kind.NUMBER) and not slot.empty and not slot.spec.ask.of
    ]
    return " · ".join([item.id, *said[1:2]])
