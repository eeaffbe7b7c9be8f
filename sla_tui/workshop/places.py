"""Where one is in an agreement: what is around a KEY, in KEYs and in words, who names it, and what is open next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sla_tui.agreement.examples import source_of, sources, within
from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.lists import KEY, SECTION
from sla_tui.agreement.naming import item_name, names_in
from sla_tui.agreement.parts import Item, Part, Slot, slots, spec_by_key, specs
from sla_tui.agreement.paths import UnknownKey, at_key, is_item, steps
from sla_tui.agreement.references import named, naming
from sla_tui.agreement.sentence import reading
from sla_tui.agreement.sources import Source
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind

BETWEEN = " › "
"""What stands between the words of a trail."""
LONGEST = 40
"""Letters of one word of a trail where it stands in one line."""


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


def trail(part: Part, key: str) -> tuple[str, ...]:
    """The way to a KEY in words, the section first: ``Communication``, ``Meetings``, ``Weekly review``.

    Raises ``UnknownKey``.
    """
    return tuple(_word(slot) for slot in steps(part, key))


def way(part: Part, key: str) -> str:
    """The way to a KEY in one line, long words cut: ``Assignment › Territories › Europe › Owner``.

    Raises ``UnknownKey``.
    """
    return BETWEEN.join(brief(word) for word in trail(part, key))


def brief(words: str) -> str:
    """Words cut to what one line holds beside others."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _word(slot: Slot) -> str:
    is_entry = isinstance(slot.value, Item) and slot.spec.kind is Kind.RECORD
    return entry_words(slot.value) if is_entry else slot.spec.title


def entry_words(item: Item) -> str:
    """What an entry is called where there is little room: its sentence, its name, or its id."""
    return reading(item).rstrip(".") if type(item).reads else clean_line(item_name(item)) or item.id


def named_in(part: Part, key: str) -> tuple[str, ...]:
    """The KEYs of the answers elsewhere that name the entry at ``key``; or the section there, or anything in it.

    Raises ``UnknownKey``.
    """
    found = naming(part, key) if is_item(part, key) else _naming_within(part, key)
    return tuple(one for one in found if not within(one, key))


def _naming_within(part: Part, key: str) -> Iterator[str]:
    held: dict[str, frozenset[str]] = {}
    for slot in slots(part, type(part)):
        of, ids = slot.spec.ask.of, named(slot)
        if not ids:
            continue
        for one in of:
            if one == SECTION:
                hit = key in ids
            elif one == KEY:
                hit = any(within(id_, key) for id_ in ids)
            else:
                if within(one, key) and one not in held:
                    held[one] = frozenset(names_in(part, one))
                hit = not held.get(one, frozenset[str]()).isdisjoint(ids)
            if hit:
                yield slot.key
                break


def next_open(part: Part, findings: Iterable[Finding], key: str) -> str:
    """The first KEY to be decided after ``key``, in the order in which the form asks; from the start when none is left.

    An example is decided row by row: an answer, or an entry that ``key`` is not within. Empty when every question is
    answered.
    """
    undecided = [finding for finding in findings if finding.undecided]
    wanted = {finding.key for finding in undecided}
    if any(finding.code == "example" for finding in undecided):
        wanted.update(_example_rows(part, key))
    return _next(part, wanted, key)


def next_wrong(part: Part, findings: Iterable[Finding], key: str) -> str:
    """The first KEY after ``key`` with something to mend, as ``next_open`` goes; empty when nothing is wrong."""
    return _next(part, {one.key for one in findings if not one.undecided and one.severity is not Severity.NOTE}, key)


def _example_rows(part: Part, key: str) -> Iterator[str]:
    held = sources(part)
    for slot in _example_slots(part, held):
        entries = (one for one in above(slot.key) if is_item(part, one) and not key.startswith(f"{one}."))
        yield next(reversed(tuple(entries)), slot.key)


def _example_slots(part: Part, held: Mapping[str, Source]) -> Iterator[Slot]:
    for slot in slots(part, type(part)):
        if not slot.empty and not slot.spec.nested and slot.spec.kind is not Kind.ID and slot.spec.ask.asked:
            source = source_of(held, slot.key)[1]
            if source is not None and source.kind == "example":
                yield slot


def examples_in(part: Part, key: str) -> tuple[str, ...]:
    """The KEYs of the answers at or within ``key`` that are only examples."""
    held = sources(part)
    return tuple(slot.key for slot in _example_slots(part, held) if within(slot.key, key))


def _next(part: Part, wanted: Collection[str], key: str) -> str:
    if not wanted:
        return ""
    order = {one: place for place, one in enumerate(_asked(part))}

    def place(one: str) -> int:
        known = next((known for known in (one, *above(one)) if known in order), "")
        return order.get(known, -1)

    here = place(key)
    ordered = sorted(wanted, key=lambda one: (place(one), one))
    return next((one for one in ordered if place(one) > here and one != key), ordered[0])


def is_answer(part: Part, key: str) -> bool:
    """Whether one answer is typed at ``key``, rather than an entry, a list or nothing standing there."""
    return bool(key) and not is_item(part, key) and at_key(part, key).spec.leaf is not None


def is_asked(part: Part, key: str) -> bool:
    """Whether a KEY lies in a section: where answers come from is remarked beside them, and no section asks for it."""
    return spec_by_key(type(part))[key.partition(".")[0]].about is not None


def remarked_at(before: Part, after: Part) -> str:
    """The first KEY that another source is remarked at than before; empty for none that is there."""
    old, new = sources(before), sources(after)
    other = (key for key in {**new, **old} if old.get(key) != new.get(key))
    return next((key for key in other if _there(after, key)), "")


def _there(part: Part, key: str) -> bool:
    try:
        return at_key(part, key).key == key
    except UnknownKey:
        return False


def next_after(part: Part, keys: Sequence[str], key: str) -> str:
    """Where to go on among ``keys`` once ``key`` is answered: an answer in the same entry, or outside of any as it is.

    That is the next one that must be answered and is not, else the one that follows; empty at the end.
    """
    around = item_around(part, key)
    later = keys[keys.index(key) + 1 :] if key in keys else ()
    after = [at_key(part, one) for one in later if item_here(part, one) == around]
    answers = [slot for slot in after if slot.spec.leaf is not None and slot.spec.kind is not Kind.ID]
    missing = (slot.key for slot in answers if slot.empty and not slot.optional)
    return next(missing, answers[0].key if answers else "")


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
