"""What an item reads as: its sentence with slots, or its answers in a row."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, cast

from sla_tui.agreement.conditions import say_when
from sla_tui.agreement.lists import STAGES
from sla_tui.agreement.parts import Item, Phrase, Slot, slots
from sla_tui.agreement.references import named
from sla_tui.agreement.values import Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence: fixed words, or the words of one slot (``slot`` set; ``words`` empty while unanswered)."""

    words: str
    slot: Slot | None = None


_ABBREVIATION = re.compile(r"[^aeiou]{2,4}|aql|iql|sal", re.ASCII)
_DESCRIBES = ("ed", "ready", "hot", "warm", "cold", *"0123456789")


def stage_words(stage: str) -> str:
    """A stage's id as the word for its leads: ``mql`` is ``MQLs``, ``lead`` is ``leads``."""
    word = stage.replace("-", " ")
    if _ABBREVIATION.fullmatch(stage):
        return f"{stage.upper()}s"
    if word.endswith(_DESCRIBES):
        return f"{word} leads"
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def slot_words(slot: Slot) -> str:
    """An answer as it reads inside a sentence."""
    if slot.empty:
        return ""
    if slot.spec.kind is Kind.CHOICE:
        return slot.spec.word(cast(str, slot.value))
    if slot.spec.kind is Kind.CONDITION:
        return say_when(slot.value)
    if slot.spec.ask.of == STAGES:
        return ", ".join(stage_words(one) for one in named(slot))
    return slot.text


def item_slots(item: Item, key: str = "") -> dict[str, Slot]:
    """The places of one item by their keys within it; ``key`` is the item's own KEY."""
    return {slot.key[len(key) + 1 if key else 0 :]: slot for slot in slots(item, type(item), key)}


def _first_letter(words: str, capital: bool) -> str:
    second = words[1:2]
    if not capital and second and not second.islower():
        return words
    return (words[:1].upper() if capital else words[:1].lower()) + words[1:]


def _words(phrase: Phrase, slot: Slot, start: bool) -> str:
    words = slot_words(slot)
    if phrase.key == "activity":
        words = re.sub(r"^(will|to)\s+", "", words.rstrip("."), flags=re.IGNORECASE)
    if phrase.key == "activity" or slot.spec.kind is Kind.CHOICE:
        return _first_letter(words, start)
    return _first_letter(words, True) if start else words


def sentence(
    item: Item, key: str = "", blanks: bool = True, every: bool = False, without: Container[str] = ()
) -> tuple[Piece, ...]:
    """The pieces of the sentence ``item`` reads as, in order; spaces stand inside the fixed pieces.

    With ``blanks`` an unanswered slot that must be answered stays as an empty piece; without, its phrase is left
    out. An optional one is left out in any case, unless ``every`` slot is wanted, as for filling them in. Slots
    ``without`` names are not said: a list under a party's name says ``without={"party"}``.
    """
    here = item_slots(item, key)
    phrases = [phrase for phrase in type(item).reads if phrase.key not in without]
    said: dict[str, Any] = {
        phrase.key: None if here[phrase.key].empty else here[phrase.key].value
        for phrase in phrases
        if every or not here[phrase.key].empty or (blanks and not here[phrase.key].optional)
    }
    pieces: list[Piece] = []
    for phrase in phrases:
        if phrase.key not in said or (phrase.needs and phrase.needs not in said):
            continue
        before, after = phrase.turn(said) if phrase.turn else (phrase.before, phrase.after)
        if pieces:
            pieces.append(Piece(_lead(before)))
        spoken = _words(phrase, here[phrase.key], start=not pieces)
        if phrase.key == "amounts" and said.get("per"):
            spoken = spoken.replace(" per period", "")
        pieces.append(Piece(spoken, here[phrase.key]))
        if after:
            pieces.append(Piece(after if after[0] in "),;" else f" {after}"))
    return (*pieces, Piece(".")) if pieces else ()


def _lead(before: str) -> str:
    """The words before a slot with the spaces they need."""
    space = "" if before.startswith((",", ";")) else " "
    return f"{space}{before}{'' if not before or before.endswith('(') else ' '}"


BLANK = "____"


def reading(item: Item) -> str:
    """One line for an item: its sentence, else its first answers."""
    pieces = sentence(item)
    if pieces:
        return "".join(piece.words or BLANK for piece in pieces)
    said = [slot_words(slot) for slot in slots(item, type(item)) if slot.spec.kind is not Kind.ID and not slot.empty]
    return " · ".join(said[:4]) or item.id
