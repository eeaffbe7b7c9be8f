"""Checks that know no section: open questions, names of nothing, words with two meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from sla_tui.agreement.examples import source_of, sources
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.lists import KEYS, SECTION
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, Slot
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind

_SAID_OF_LEADS = re.compile(
    r"\S\s+(?:else|others?|rest|only|except|unless)\b|^(?:all|any|every\w*|others?|except|not|no)\s", re.IGNORECASE
)
"""Words with which people describe leads, and which no name of an activity begins or goes on with."""
_TWO_MEANINGS = re.compile(r"\bbi-?(month|week|year)ly\b", re.IGNORECASE)


def unanswered(places: Iterable[Slot]) -> Iterator[Finding]:
    """A warning for each question of a present section that has no answer yet."""
    for slot in places:
        if slot.empty and not slot.optional:
            kind = "no entry yet" if slot.spec.kind is Kind.LIST else "not answered yet"
            example = f"for example {slot.spec.spoken_example}" if slot.spec.spoken_example else ""
            yield warning("unanswered", slot.key, f"{slot.spec.title}: {kind}", example)


def examples(agreement: Part, places: Iterable[Slot]) -> Iterator[Finding]:
    """A warning for each mark of an example; in a version to sign what it marks would pass for agreed."""
    held = sources(agreement)
    if not any(source.kind == "example" for source in held.values()):
        return
    found: dict[str, list[Slot]] = {}
    for slot in places:
        if not slot.empty and not slot.spec.nested and slot.spec.kind is not Kind.ID:
            key, source = source_of(held, slot.key)
            if source is not None and source.kind == "example":
                found.setdefault(key, []).append(slot)
    for key, slots in found.items():
        yield warning(
            "example", key, _is_example(agreement, key, slots), "agree to it (y in the workshop), or answer otherwise"
        )


def _is_example(root: Part, key: str, slots: list[Slot]) -> str:
    if len(slots) == 1:
        names = nameable(root, slots[0].spec.ask.of) or {} if slots[0].spec.ask.of else {}
        ids = named(slots[0])
        words = ", ".join(names.get(one, one) for one in ids) if ids else slots[0].text.rstrip(".")
        return f"{slots[0].spec.title}: {words} is an example, not agreed yet"
    held = at_key(root, key)
    what = item_name(held.value) or held.value.id if isinstance(held.value, Item) else held.spec.title
    return f"{len(slots)} answers in {what} are examples, not agreed yet"


def references(agreement: Part, places: Iterable[Slot]) -> Iterator[Finding]:
    """An answer that should name an item of a list, and names none. A list of an absent section is not known.

    The files beside an agreement name what stands in it; their own checks look there.
    """
    if not isinstance(agreement, Agreement):
        return
    known: dict[tuple[str, ...], dict[str, str] | None] = {}
    for slot in places:
        of = slot.spec.ask.of
        if not of or slot.empty:
            continue
        if of == KEYS:
            if not known_key(agreement, cast(str, slot.value)):
                message = f"{slot.spec.title}: {slot.value} names nothing here"
                yield error("unknown-reference", slot.key, message, "name a key, such as scoring.stages.mql.at")
            continue
        if of not in known:
            known[of] = nameable(agreement, of)
        ids = known[of]
        for id_ in named(slot):
            if ids is not None and id_ not in ids:
                message = f"{slot.spec.title}: {id_!r} is none of {_lists(agreement, of)}"
                yield error("unknown-reference", slot.key, message, did_you_mean(id_, ids))


def _lists(agreement: Part, of: tuple[str, ...]) -> str:
    if SECTION in of:
        return "the sections"
    titles = [at_key(agreement, one).spec.title.lower() for one in of]
    return f"the {' or '.join(titles)}"


def meanings(places: Iterable[Slot]) -> Iterator[Finding]:
    """``bi-monthly`` is twice a month to one reader and every two months to the other."""
    for slot in places:
        if slot.empty or slot.spec.kind not in (Kind.LINE, Kind.PROSE):
            continue
        if found := _TWO_MEANINGS.search(cast(str, slot.value)):
            span = found[1].lower()
            message = f"{found[0]!r} can mean twice a {span} or every two {span}s"
            yield warning("two-meanings", slot.key, message, f'say "twice a {span}" or "every two {span}s"')


def named_in_words(places: Iterable[Slot]) -> Iterator[Finding]:
    """``all other countries`` was meant as a condition, and is read as what a lead does."""
    for slot in places:
        if slot.spec.kind is Kind.CONDITION and type(slot.value) is str and _SAID_OF_LEADS.search(slot.value):
            message = f"{slot.spec.title}: {slot.value!r} is read as the name of an activity"
            fix = 'write a condition, such as "country not in US, CA", if that is what it means'
            yield note("no-condition", slot.key, message, fix)


def remarks(root: Part, places: Iterable[Slot]) -> Iterator[Finding]:
    """A source stands beside an answer, or what holds answers, that is there."""
    held = sources(root)
    answers = {slot.key for slot in places} if held else set[str]()
    for key in held:
        if key not in answers and not known_key(root, key):
            message = f"a source is given for {key}, which names nothing here"
            yield warning("unknown-source", "sources", message, "name the answer's key, or take the source out")


def known_key(agreement: Part, key: str) -> bool:
    """Whether a KEY names a place of this agreement."""
    try:
        at_key(agreement, key)
    except UnknownKey:
        return False
    return True
