"""What a line can be filled in with while it is typed: usual answers, those given elsewhere, names to complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from sla_tui.agreement.lists import KEYS
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Part, Spec, specs
from sla_tui.agreement.paths import Change, item_at
from sla_tui.agreement.sentence import slot_words
from sla_tui.agreement.tiers import in_two, tiers
from sla_tui.agreement.values import Duration, Kind
from sla_tui.agreement.zones import own_zone, zones
from sla_tui.workshop.around import NAMES, Around
from sla_tui.workshop.endings import ending
from sla_tui.workshop.items import items_of
from sla_tui.workshop.people import PERSON
from sla_tui.workshop.places import above
from sla_tui.workshop.search import folded

_BETWEEN = str.maketrans(".-/_", "    ")
ZONE = "time zone"
"""What an answer that names a time zone says of itself."""
MOST = 20
"""How many offers are made at once."""
SURE = 2
"""Letters that must be typed before anything but the beginning of an answer is looked for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be taken into a line.

    ``text`` is the whole line as it then stands, ``words`` how it is listed where that is not its text, ``more`` where
    it comes from. With a ``change`` it is no text to type: taking it makes that change.
    """

    text: str
    more: str = ""
    words: str = ""
    change: Change | None = None

    @property
    def listed(self) -> str:
        """How it is listed."""
        return self.words or self.text


class Suggestions:
    """What is offered at one place. Made when the place is visited; asking it at every key costs little.

    ``names`` are activities and fields that are known from elsewhere, such as a table of leads; ``beside`` is the
    agreement that a quota or a sitting belongs to.
    """

    def __init__(self, part: Part, key: str, names: Iterable[str] = (), beside: Part | None = None) -> None:
        around = Around(part, key, tuple(names), beside)
        places = around.slot.spec.ask.of == KEYS
        self._whole = tuple(_places(around) if places else _answers(around))
        found = (*self._whole, *(map(Offer, zones()) if around.slot.spec.ask.names == ZONE else ()))
        self._within = [(one, _words(f"{one.text} {one.words}" if places else one.text)) for one in found]
        self._ends = ending(around)
        self._around = around

    def offers(self, typed: str) -> tuple[Offer, ...]:
        """What is offered for a line in which ``typed`` stands, the likeliest first; never what it says already."""
        wanted = folded(typed.strip())
        if not wanted:
            return self._whole[:MOST]
        if limits := tiers(typed) if self._around.slot.spec.kind is Kind.DURATION else None:
            return tuple(_tiered(self._around, typed, limits))
        begun = (one for one in self._whole if folded(one.text).startswith(wanted))
        ends = (Offer(one.text, one.more, one.words) for one in self._ends(typed))
        found: dict[str, Offer] = {}
        for one in (*begun, *ends, *self._holding(wanted)):
            if one.text != typed.strip():
                found.setdefault(folded(one.text), one)
        return tuple(found.values())[:MOST]

    def _holding(self, wanted: str) -> Iterator[Offer]:
        """Those in which everything typed begins a word."""
        begun = [f" {word}" for word in wanted.translate(_BETWEEN).split()]
        if len(wanted) >= SURE:
            yield from (one for one, words in self._within if all(word in words for word in begun))


def continued(offers: Iterable[Offer], typed: str) -> str:
    """The text of the first offer that only goes on from what is typed; empty for none."""
    wanted = folded(typed)
    if not wanted.strip():
        return ""
    texts = (one.text for one in offers if one.change is None)
    return next((text for text in texts if folded(text[: len(typed)]) == wanted and len(text) > len(typed)), "")


def _tiered(around: Around, typed: str, limits: tuple[Duration, Duration]) -> Iterator[Offer]:
    """What a range can become: two promises, each with one of its limits, or one with either of them."""
    slot, entry = around.slot, around.entry
    if entry and slot.key.rpartition(".")[0] == entry:
        held, _ = item_at(around.part, entry)
        if held.spec.type.reads:
            both = f"{limits[0]}, and {limits[1]}"
            yield Offer(typed, f"two {held.spec.title.lower()}", both, in_two(around.part, slot.key, typed))
    yield from (Offer(str(one), "one time limit") for one in limits)


def _words(text: str) -> str:
    """The text so that each of its words begins after a space."""
    return f" {folded(text).translate(_BETWEEN)}"


def _answers(around: Around) -> Iterator[Offer]:
    """Whole answers: those of other entries, usual ones, and for a day the other days there are."""
    slot = around.slot
    said: dict[str, Offer] = {}
    for one in (*_known(around), *_elsewhere(around), *_usual(slot.spec)):
        said.setdefault(folded(one.text), one)
    if slot.spec.kind is Kind.DATE:
        for one in around.others:
            if one.spec.kind is Kind.DATE and one.spec.ask.asked:
                said.setdefault(one.text, Offer(one.text, around.called(one.key) or one.spec.title.lower()))
    return (one for one in said.values() if one.text != slot.text)


def _usual(spec: Spec) -> Iterator[Offer]:
    """Its examples, unless they are made up: names, ids and days of an agreement that there is not."""
    if not (spec.ask.names or spec.ask.of or spec.kind in (Kind.DATE, Kind.DAYS)):
        yield from (Offer(text, "usual") for text in spec.examples)


def _known(around: Around) -> Iterator[Offer]:
    """The names of its kind that are known: the people of the agreement, the time zone of this machine."""
    names = around.slot.spec.ask.names
    if names == PERSON:
        for one in around.people:
            yield Offer(one.name, " · ".join(said for said in (one.title, one.role) if said))
    elif names == ZONE and (own := own_zone()):
        yield Offer(own, "of this machine")


def _elsewhere(around: Around) -> Iterator[Offer]:
    """What other entries answer, the most frequent first; a name that only one of them has is no answer for another."""
    if around.slot.spec.kind is Kind.ID:
        return
    counts = Counter(one.text for one in around.alike)
    firsts = {one.text: one.key for one in reversed(around.alike)}
    shared = 2 if around.slot.spec.key in (*NAMES, "label") else 1
    for text, count in counts.most_common():
        if count >= shared:
            yield Offer(text, f"{count} times here" if count > 1 else f"as in {around.called(firsts[text])}")


def _places(around: Around) -> Iterator[Offer]:
    """The KEYs there are, by what stands there in words; those of schedules first, as they are what may change."""
    part = around.part
    titles = {spec.key: spec.about.title for spec in specs(type(part)) if spec.about}
    seen: dict[str, Offer] = {}
    called: dict[str, str] = {}
    for slot in around.others:
        section = slot.key.partition(".")[0]
        seen.setdefault(section, Offer(section, section, f"{titles.get(section, section)}, the whole section"))
        if slot.spec.kind is Kind.LIST:
            seen.setdefault(slot.key, Offer(slot.key, slot.key, f"{titles.get(section, section)}: {slot.spec.title}"))
            for item in items_of(slot):
                key = f"{slot.key}.{item.id}"
                called[key] = item_name(item) or item.id
                seen[key] = Offer(key, key, f"{slot.spec.entry.capitalize()}: {called[key]}")
        elif slot.spec.kind is not Kind.ID and slot.spec.ask.asked:
            of = next((called[one] for one in above(slot.key) if one in called), titles.get(section, section))
            said = slot.text if slot.spec.ask.of else slot_words(slot)
            seen.setdefault(slot.key, Offer(slot.key, slot.key, f"{of}: {slot.spec.title}, {said}"))
    scheduled = cast("tuple[str, ...]", getattr(getattr(part, "agreement", None), "schedules", None) or ())
    yield from sorted(seen.values(), key=lambda one: one.text.partition(".")[0] not in scheduled)
