"""Checks of letters: text that a PDF shows as code points, and what would have it read as it should."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from sla_tui.agreement.finding import Finding, warning
from sla_tui.agreement.parts import Slot
from sla_tui.agreement.values import Kind

CODE = "not-printed"
_SPOKEN = (Kind.LINE, Kind.PROSE, Kind.WORDS, Kind.CONDITION, Kind.AMOUNTS)
"""The kinds of answers in which a letter of any alphabet may stand."""
_MOST = 3
"""Letters that are named; the others are as easily found."""
_EASTERN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "KANGXI")
_JOINED = (
    *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"),
    *("SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "MONGOLIAN", "BALINESE", "JAVANESE", "CHAM"),
)
"""What the names of letters begin with that change or stack beside others."""
_OTHERWISE = "write it in other letters, or export HTML or Word, which keep them"
_SAID = {
    "rtl": ("text that runs from right to left cannot be set in a PDF; its letters are shown as {points}", _OTHERWISE),
    "joined": ("letters that join or stack cannot be set in a PDF; they are shown as {points}", _OTHERWISE),
    "mark": (
        "accents added to a letter as marks of their own cannot be set in a PDF; they are shown as {points}",
        _OTHERWISE,
    ),
    "eastern": (
        "the PDF's fonts lack {letters}; a PDF shows them as {points}",
        'pip install "sla-tui[cjk]" brings fonts for Chinese, Japanese and Korean; or export HTML or Word',
    ),
    "lacking": ("the PDF's fonts lack {letters}; a PDF shows them as {points}", _OTHERWISE),
}


Lacking = Callable[[str], str]
"""The letters of a text that a PDF shows as code points."""
Hit = tuple[Slot, str]
"""A place and those of its letters."""


def hits(places: Iterable[Slot], lacking: Lacking) -> tuple[Hit, ...]:
    """The places in which there are any."""
    return tuple((slot, letters) for slot in places if (text := _text(slot)) and (letters := lacking(text)))


def unprinted(found: Iterable[Hit]) -> Iterator[Finding]:
    """A warning for each section and kind of letters, at the first place with them; ``found`` is in their order."""
    for _, run in groupby(found, key=lambda hit: hit[0].key.partition(".")[0]):
        yield from _of_section(run)


def _of_section(found: Iterable[Hit]) -> Iterator[Finding]:
    kinds: dict[str, list[Hit]] = {}
    for slot, lacking in found:
        for kind, letters in _by_kind(lacking).items():
            kinds.setdefault(kind, []).append((slot, letters))
    for kind, held in kinds.items():
        first = held[0][0]
        letters = "".join(dict.fromkeys("".join(one for _, one in held)))
        message, fix = _SAID[kind]
        said = message.format(letters=_listed(letters), points=_listed([f"[U+{ord(one):04X}]" for one in letters]))
        more = f" (here and in {len(held) - 1} more of this section)" if len(held) > 1 else ""
        yield warning(CODE, first.key, f"{first.spec.title}: {said}{more}", fix)


def _text(slot: Slot) -> str:
    if slot.value is None or slot.spec.kind not in _SPOKEN:
        return ""
    if type(slot.value) is str:
        return "" if slot.value.isascii() else slot.value
    return slot.text


def _by_kind(letters: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in letters:
        kind = _kind(letter)
        found[kind] = found.get(kind, "") + letter
    # A mark among letters that join is one of them.
    if "mark" in found and (with_marks := found.keys() & {"rtl", "joined"}):
        found[min(with_marks)] += found.pop("mark")
    return found


def _kind(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if unicodedata.bidirectional(letter) in ("R", "AL", "AN"):
        return "rtl"
    if name.startswith(_JOINED):
        return "joined"
    if name.startswith(_EASTERN):
        return "eastern"
    return "mark" if unicodedata.category(letter)[0] == "M" else "lacking"


def _listed(said: Iterable[str]) -> str:
    whole = list(said)
    return ", ".join((*whole[:_MOST], *(["…"] if len(whole) > _MOST else [])))
