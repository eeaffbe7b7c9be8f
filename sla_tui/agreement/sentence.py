"""What an item reads as: its sentence with slots, or its answers in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sla_tui.agreement.parts import Item, Phrase, Slot, join, slots
from sla_tui.agreement.values import Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence: fixed words, or the words of one slot (``slot`` set; ``words`` empty while unanswered)."""

    words: str
    slot: Slot | None = None


def stage_words(stage: str) -> str:
    """A stage's id as the word for its leads: ``mql`` is ``MQLs``, ``lead`` is ``leads``."""
    if len(stage) <= 3:
        return f"{stage.upper()}s"
    word = stage.replace("-", " ")
    return word if word.endswith("s") else f"{word}s"


def slot_words(slot: Slot) -> str:
    """An answer as it reads inside a sentence."""
    if slot.empty:
        return ""
    if slot.spec.kind is Kind.CHOICE:
        return slot.spec.word(cast(str, slot.value))
    if slot.spec.ask.of == "scoring.stages":
        return stage_words(cast(str, slot.value))
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
    if phrase.key == "activity" or slot.spec.kind is Kind.CHOICE:
        return _first_letter(words.rstrip("."), start)
    return _first_letter(words, True) if start else words


def sentence(item: Item, key: str = "", blanks: bool = True) -> tuple[Piece, ...]:
    """The pieces of the sentence ``item`` reads as, in order; spaces stand inside the fixed pieces.

    With ``blanks`` an unanswered slot that must be answered stays as an empty piece; without, its phrase is left
    out. An optional one is left out in any case. A clock without a time limit is left out with it.
    """
    here = item_slots(item, key)
    pieces: list[Piece] = []
    missing: set[str] = set()
    for phrase in type(item).reads:
        slot = here[phrase.key]
        if slot.empty and (slot.optional or not blanks):
            missing.add(phrase.key)
            continue
        before = phrase.before
        if phrase.key == "applies_to" and "share" in missing:
            before = "for"
        if phrase.key == "from" and "within" in missing:
            continue
        lead = f"{' ' if pieces else ''}{before}{' ' if before else ''}"
        if lead:
            pieces.append(Piece(lead))
        pieces.append(Piece(_words(phrase, slot, start=len(pieces) == 0), slot))
        if phrase.after:
            pieces.append(Piece(f" {phrase.after}"))
    return (*pieces, Piece(".")) if pieces else ()


BLANK = "____"


def reading(item: Item) -> str:
    """One line for an item: its sentence, else its first answers."""
    pieces = sentence(item)
    if pieces:
        return "".join(piece.words or BLANK for piece in pieces)
    said = [slot_words(slot) for slot in slots(item, type(item)) if slot.spec.kind is not Kind.ID and not slot.empty]
    return " · ".join(said[:4]) or item.id


def list_key(key: str, item: Item) -> str:
    """The KEY of an item in the list at ``key``."""
    return join(key, item.id)
