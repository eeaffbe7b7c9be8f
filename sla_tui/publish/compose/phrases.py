"""Phrases with answers in them, such as ``within {accept_within} of receipt``: how several answers read together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from sla_tui.agreement.parts import Part, Slot
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Run, Text, Tone
from sla_tui.publish.compose import words
from sla_tui.publish.compose.writer import Writer, place


@dataclass(frozen=True, slots=True)
class Case:
    """The phrase for what was chosen at ``key``; ``otherwise`` for none of these."""

    key: str
    said: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Else:
    """A phrase, and the one for when an answer in it was left open that may be."""

    said: str
    otherwise: str


Phrase = str | Case | Else
_HOLE = re.compile(r"\{([a-z_.]+)\}")
_LINKS = (", ", "; ", ": ", ". ")
"""What a phrase begins with that goes on from the one before without a space; the last of them starts a sentence."""
_CLOSE = (")", "\n")
_WORDS_OF_A_SENTENCE = 4
_WEIGHTY = (Kind.DURATION, Kind.PERCENT, Kind.MONEY)
"""Answers that stand out in a sentence, for they can be held against what was done."""
_IN_OWN_WORDS = (Kind.LINE, Kind.PROSE, Kind.WORDS, Kind.CONDITION)


@lru_cache(maxsize=1024)
def pieces(phrase: str) -> tuple[str, ...]:
    """Words and the names of answers in turn, words first. A phrase that begins with a capital starts a sentence."""
    first, *rest = _HOLE.split(phrase)
    return (f". {first}" if first[:1].isupper() else first, *rest)


def keys(phrase: Phrase) -> set[str]:
    """The names of the answers in a phrase."""
    match phrase:
        case Case(key, said, otherwise):
            return {key}.union(*(pieces(one)[1::2] for one in (*said.values(), otherwise)))
        case Else(said, otherwise):
            return {*pieces(said)[1::2], *pieces(otherwise)[1::2]}
        case str():
            return set(pieces(phrase)[1::2])


def say(part: Part | None, cls: type[Part], key: str, phrases: tuple[Phrase, ...], writer: Writer) -> Text:
    """What ``part`` answers, in these phrases; the blank where nothing is answered, nothing where nothing need be.

    A phrase with an answer that may be left open, and is, is not said.
    """
    teller = _Teller(part, cls, key, writer)
    said: list[_Bit] = []
    for phrase in phrases:
        more = teller.tell(phrase)
        if not _repeats(said, more):
            _join(said, more)
    if not teller.answered:
        return OPEN if teller.asked else ()
    return tuple(Run(bit.text, bit.tone) for bit in said)


class _Bit(NamedTuple):
    """A run of a phrase; ``own`` words of an answer are never changed."""

    text: str
    tone: Tone = "plain"
    own: bool = False


class _Teller:
    def __init__(self, part: Part | None, cls: type[Part], key: str, writer: Writer) -> None:
        self._part, self._cls, self._key, self._writer = part, cls, key, writer
        self.asked = self.answered = False

    def tell(self, phrase: Phrase) -> list[_Bit]:
        match phrase:
            case Case(name, said, otherwise):
                slot = self._place(name)
                self._count(slot)
                chosen = ("yes" if slot.value else "no") if isinstance(slot.value, bool) else slot.value
                phrase = said.get(cast(str, chosen), "")
                return self._chosen(phrase, slot) if phrase else self._fill(otherwise) or []
            case Else(said, otherwise):
                told = self._fill(said)
                return (self._fill(otherwise) or []) if told is None else told
            case str():
                return self._fill(phrase) or []

    def _chosen(self, phrase: str, slot: Slot) -> list[_Bit]:
        mark = self._writer.marks.at(slot.key)
        return [*(self._fill(phrase) or []), *([_Bit(mark)] if mark else [])]

    def _place(self, name: str) -> Slot:
        return place(self._part, self._cls, name, self._key)

    def _count(self, slot: Slot) -> None:
        self.answered = self.answered or not slot.empty
        self.asked = self.asked or not slot.optional

    def _fill(self, phrase: str) -> list[_Bit] | None:
        """The phrase with its answers; None where one is open that may be."""
        parts = pieces(phrase)
        slots = [self._place(name) for name in parts[1::2]]
        if any(slot.empty and slot.optional for slot in slots):
            return None
        bits = [_Bit(parts[0])] if parts[0] else []
        for slot, after in zip(slots, parts[2::2], strict=True):
            self._count(slot)
            bits.append(self._said(slot))
            if after:
                _append(bits, after)
        return bits

    def _said(self, slot: Slot) -> _Bit:
        if slot.empty:
            return _Bit(OPEN[0].text, OPEN[0].tone, True)
        strong = slot.spec.kind in _WEIGHTY
        return _Bit(self._writer.value(slot), "strong" if strong else "plain", slot.spec.kind in _IN_OWN_WORDS)


def _repeats(bits: list[_Bit], more: list[_Bit]) -> bool:
    """Whether a phrase says once more what is said, as a detail that somebody copied."""
    here, again = ("".join(bit.text for bit in one) for one in (bits, more))
    return here.casefold() == again.lstrip(",;:. ").casefold()


def _append(bits: list[_Bit], after: str) -> None:
    """Adds words to what is said; a full stop that an answer brought is not said twice, nor inside a sentence."""
    before = bits[-1]
    if words.ended(before.text) and after.startswith("."):
        after = after[1:]
    elif before.text.endswith((".", "。")) and before.text.count(" ") >= _WORDS_OF_A_SENTENCE:
        bits[-1] = before._replace(text=before.text[:-1])
    if after:
        bits.append(_Bit(after))


def _join(bits: list[_Bit], more: list[_Bit]) -> None:
    """Adds a phrase with the space it needs; what starts a sentence gets a capital."""
    if not more:
        return
    first = more[0]
    link = next((one for one in _LINKS if first.text.startswith(one) and not first.own), "")
    rest = [one for one in (first._replace(text=first.text[len(link) :]), *more[1:]) if one.text]
    starts = not bits or link == ". "
    if bits and (link or not first.text.startswith(_CLOSE)):
        _append(bits, link or " ")
    if starts and not rest[0].own:
        rest[0] = rest[0]._replace(text=words.capital(rest[0].text))
    bits += rest
