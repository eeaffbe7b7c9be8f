"""Finding a place by some letters of its name, and any words wherever they stand in an agreement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from sla_tui.agreement.parts import Item, Part, Slot, Spec, join, slots, specs
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind
from sla_tui.workshop.places import BETWEEN, brief, entry_words, trail
from sla_tui.workshop.wording import Wording


class _Letters(dict[int, str]):
    """Each letter small and without its marks; one letter for one, so that places in a text stay the same."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = folded = (unicodedata.normalize("NFKD", letter)[0].lower() or letter)[0]
        return folded


_LETTERS = _Letters()


def folded(text: str) -> str:
    """A text as it is compared: small letters without marks, as many as there were."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


# -- going to a place by its name


@dataclass(frozen=True, slots=True)
class Spot:
    """A place one can go to: a section, a list, an entry or an answer (``answer``).

    ``around`` is the way to it, ``there`` whether it is in this version.
    """

    key: str
    words: str
    around: str = ""
    there: bool = True
    answer: bool = False


def spots(part: Part) -> tuple[Spot, ...]:
    """Every section, each followed by its answers, its lists and their entries, each of these by its own."""
    return tuple(spot for spec in specs(type(part)) if spec.about for spot in _section_spots(part, spec.key))


def _section_spots(part: Part, section: str) -> Iterator[Spot]:
    spec = next(one for one in specs(type(part)) if one.key == section)
    value = getattr(part, spec.name)
    yield Spot(section, spec.title, "", value is not None)
    if spec.kind is Kind.LIST:
        yield from _entries(cast("tuple[Item, ...]", value or ()), section, spec.title)
    elif value is not None:
        yield from _lists(cast(Part, value), section, spec.title)


def _lists(part: Part, key: str, around: str) -> Iterator[Spot]:
    for spec in specs(type(part)):
        here, value = join(key, spec.key), getattr(part, spec.name)
        if spec.kind is Kind.LIST:
            yield Spot(here, spec.title, around)
            yield from _entries(cast("tuple[Item, ...]", value or ()), here, f"{around}{BETWEEN}{spec.title}")
        elif spec.kind is Kind.RECORD and value is not None:
            yield from _lists(cast(Part, value), here, f"{around}{BETWEEN}{spec.title}")
        elif spec.leaf is not None and spec.ask.asked and spec.kind is not Kind.ID:
            yield Spot(here, spec.title, around, answer=True)


def _entries(items: tuple[Item, ...], key: str, around: str) -> Iterator[Spot]:
    for item in items:
        here, words = join(key, item.id), entry_words(item)
        yield Spot(here, words, around)
        yield from _lists(item, here, f"{around}{BETWEEN}{words}")


class Ways:
    """The places of an agreement, made once, and those of them that some letters mean."""

    def __init__(self, part: Part) -> None:
        self.spots = spots(part)
        self._names = [_name(spot) for spot in self.spots]

    def to(self, typed: str) -> tuple[Spot, ...]:
        """The places meant by ``typed``, the likeliest first; all of them while nothing is.

        Likelier is what begins with it, then words that do, then what has it anywhere, then what has the beginnings of
        its words in order; of two alike the wider place, and an answer last. While nothing is typed, no answers.
        """
        wanted = folded(" ".join(typed.split()))
        if not wanted:
            return tuple(spot for spot in self.spots if not spot.answer)
        letters = [re.escape(letter) for letter in wanted.replace(" ", "")]
        beginnings = re.compile(f" {'(?:.*? )?'.join(letters)}")
        ranked = sorted(
            (rank, spot.answer, spot.key.count("."), at)
            for at, (spot, name) in enumerate(zip(self.spots, self._names, strict=True))
            if (rank := _rank(wanted, name, beginnings)) is not None
        )
        return tuple(self.spots[at] for *_, at in ranked)


def _name(spot: Spot) -> str:
    """The words of a place and what it is called in keys, each word after a blank."""
    return " " + " ".join(re.findall(r"\w+", f"{folded(spot.words)} {spot.key.rpartition('.')[2]}"))


def _rank(wanted: str, name: str, beginnings: re.Pattern[str]) -> int | None:
    if name.startswith(f" {wanted}"):
        return 0
    if all(f" {word}" in name for word in wanted.split()):
        return 1
    if wanted in name:
        return 2
    return 3 if beginnings.search(name) else None


# -- finding words


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found: the KEY, the way to it within its section, the text they stand in, and where in it."""

    key: str
    around: str
    text: str
    at: int
    length: int

    @property
    def section(self) -> str:
        """The section it belongs to."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class _Text:
    key: str
    text: str
    small: str
    asks: bool = False


class Texts:
    """Every text of an agreement, made once: what is answered, what is asked, and what things are called."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._texts = tuple(_texts(part))

    def find(self, typed: str, most: int) -> tuple[tuple[Hit, ...], int]:
        """The first ``most`` places where ``typed`` stands, in the order of the agreement, and how many there are.

        A place is found once: by its answer if it is there, else by what it asks, which is said where it is asked
        first. What has a dot in it may be a KEY too.
        """
        wanted = folded(" ".join(typed.split()))
        if not wanted:
            return (), 0
        dotted = "." in wanted
        found: dict[str, tuple[_Text, int]] = {}
        for text in self._texts:
            at = text.small.find(wanted)
            if at >= 0:
                found.setdefault(text.key, (text, at))
            elif dotted and (at := text.key.find(wanted)) >= 0:
                found.setdefault(text.key, (_Text(text.key, text.key, text.key), at))
        hits = [self._hit(text, at, len(wanted)) for text, at in list(found.values())[:most]]
        return tuple(hits), len(found)

    def _hit(self, text: _Text, at: int, length: int) -> Hit:
        words = [brief(word) for word in trail(self._part, text.key)[1:]]
        around = BETWEEN.join(words[:-1] if text.asks else words)
        return Hit(text.key, around, text.text, at, length)


def _texts(part: Part) -> Iterator[_Text]:
    wording, asked = Wording(part), set[int]()
    for spec in specs(type(part)):
        if spec.about is None:
            continue
        about = spec.about
        yield from _made(spec.key, about.title, spec.key, about.question, about.purpose, *about.hints)
        for slot in _places(getattr(part, spec.name), spec):
            if slot.spec.kind is not Kind.LIST and not slot.empty:
                yield from _made(slot.key, wording.of(slot))
            if slot.spec.ask.asked and slot.spec.kind is not Kind.ID and id(slot.spec) not in asked:
                asked.add(id(slot.spec))
                said = clean_line(f"{slot.spec.title}: {slot.spec.question}")
                yield _Text(slot.key, said, folded(said), asks=True)


def _places(value: Any, spec: Spec) -> Iterator[Slot]:
    """The places within a section; none in one that is left out."""
    if spec.kind is Kind.LIST:
        for item in cast("tuple[Item, ...]", value or ()):
            yield from slots(item, spec.type, join(spec.key, item.id))
    elif value is not None:
        yield from slots(cast(Part, value), spec.type, spec.key)


def _made(key: str, *texts: str) -> Iterator[_Text]:
    for text in texts:
        if line := clean_line(text):
            yield _Text(key, line, folded(line))
