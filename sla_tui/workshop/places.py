"""Where one is in an agreement: the entry and the list around a KEY, and the next question that is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sla_tui.agreement.check import Finding
from sla_tui.agreement.parts import Part, slots, specs
from sla_tui.agreement.paths import at_key, is_item
from sla_tui.agreement.values import Kind


def above(key: str) -> Iterator[str]:
    """The KEYs around a KEY, innermost first, without itself."""
    while "." in key:
        key = key.rpartition(".")[0]
        yield key


def item_around(part: Part, key: str) -> str:
    """The innermost entry that ``key`` lies within; empty for none. An entry does not lie within itself."""
    return next((one for one in above(key) if is_item(part, one)), "")


def item_here(part: Part, key: str) -> str:
    """The entry at ``key``, else the one around it; empty for none."""
    return key if key and is_item(part, key) else item_around(part, key)


def list_here(part: Part, key: str) -> str:
    """The list a new entry would go to: the one at ``key``, else the one around it; empty for none."""
    for one in (key, *above(key)):
        if one and is_item(part, one):
            return one.rpartition(".")[0]
        if one and at_key(part, one).spec.kind is Kind.LIST:
            return one
    return ""


def next_open(part: Part, findings: Iterable[Finding], key: str) -> str:
    """The first KEY to be decided after ``key``, in the order in which the form asks; from the start when none is left.

    Empty when every question is answered.
    """
    undecided = [finding.key for finding in findings if finding.undecided]
    if not undecided:
        return ""
    order = {one: place for place, one in enumerate(_asked(part))}

    def place(one: str) -> int:
        known = next((known for known in (one, *above(one)) if known in order), "")
        return order.get(known, -1)

    here = place(key)
    ordered = sorted(undecided, key=place)
    return next((one for one in ordered if place(one) > here and one != key), ordered[0])


def is_answer(part: Part, key: str) -> bool:
    """Whether one answer is typed at ``key``, rather than an entry, a list or nothing standing there."""
    return bool(key) and not is_item(part, key) and at_key(part, key).spec.leaf is not None


def missing_after(part: Part, keys: Sequence[str], key: str) -> str:
    """The next of ``keys`` after ``key`` in the same entry (or outside of any, as ``key`` is) that must be answered.

    Empty when nothing is missing there any more.
    """
    around = item_around(part, key)
    after = keys[keys.index(key) + 1 :] if key in keys else ()
    for one in after:
        if item_here(part, one) == around:
            slot = at_key(part, one)
            if slot.empty and not slot.optional and slot.spec.leaf is not None:
                return one
    return ""


def _asked(part: Part) -> Iterator[str]:
    sections = {spec.key for spec in specs(type(part)) if spec.about}
    last = ""
    for slot in slots(part, type(part)):
        section = slot.key.partition(".")[0]
        if section != last and section in sections and section != slot.key:
            yield section
        last = section
        item = slot.key.rpartition(".")[0]
        if slot.spec.kind is Kind.ID:
            yield item
        yield slot.key
