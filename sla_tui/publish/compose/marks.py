"""Marks on what is only an example, so that none of it passes for agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sla_tui.agreement.examples import source_of, sources, within
from sla_tui.agreement.parts import Part, Slot, slots
from sla_tui.agreement.values import Kind

MARK = "*"
_OWN = "custom"
"""Every entry of this section is printed as a section."""
_MOST_NAMED = 3


class Marks:
    """Where the page says that something is an example: at a section or an entry that is one as a whole, else at each
    answer that is."""

    def __init__(self, part: Part) -> None:
        self._titles: dict[str, str] = {}
        self._left: set[str] = set()
        if any(source.kind == "example" for source in sources(part).values()):
            self._read(part)

    def _read(self, part: Part) -> None:
        held, places = sources(part), list(slots(part, type(part)))
        entries = {slot.key.rpartition(".")[0] for slot in places if slot.spec.kind is Kind.ID}
        answered: Counter[str] = Counter()
        examples: Counter[str] = Counter()
        found: list[Slot] = []
        for slot in places:
            if slot.spec.kind is Kind.ID or slot.spec.nested or slot.empty or not slot.spec.ask.asked:
                continue
            _, source = source_of(held, slot.key)
            example = source is not None and source.kind == "example"
            for holder in _holders(slot.key, entries):
                answered[holder] += 1
                examples[holder] += example
            if example:
                found.append(slot)
        for slot in found:
            whole = (one for one in _holders(slot.key, entries) if examples[one] == answered[one])
            self._titles[next(whole, slot.key)] = slot.spec.title
        self._left = set(self._titles)

    def whole(self, section: str) -> bool:
        """Whether all that is answered in a section is an example; its heading says so."""
        return section in self._titles

    def at(self, key: str) -> str:
        """The mark for the answer or entry at ``key``; empty for one that is agreed, or marked with what it is in."""
        self._left.discard(key)
        return MARK if key in self._titles else ""

    def about(self, key: str) -> str:
        """The mark for what speaks of the entry at ``key`` elsewhere: all of it, or something in it, is an example."""
        return MARK if any(within(key, one) or within(one, key) for one in self._titles) else ""

    def explained(self, section: str) -> str:
        """What the marks in ``section`` mean, once it is written; what stands there without one is named."""
        marked = [key for key in self._titles if key != section and within(key, section)]
        said: list[str] = []
        if any(key not in self._left for key in marked):
            said.append(f"What is marked {MARK} is an example, not agreed yet.")
        if unsaid := list(dict.fromkeys(self._titles[key].lower() for key in marked if key in self._left)):
            named = unsaid[:_MOST_NAMED]
            more = f" and {len(unsaid) - _MOST_NAMED} more" if len(unsaid) > _MOST_NAMED else ""
            too = " too" if said else ", not agreed yet"
            said.append(f"Examples{too}: {', '.join(named)}{more}.")
        return " ".join(said)


def _holders(key: str, entries: set[str]) -> Iterator[str]:
    """The section that an answer is in and the entries around it, from the outside in."""
    section, *rest = key.split(".")
    if section != _OWN:
        yield section
    around = section
    for word in rest[:-1]:
        around = f"{around}.{word}"
        if around in entries:
            yield around
