"""Checks that know no section: open questions, names of nothing, words with two meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from sla_tui.agreement.examples import example_keys
from sla_tui.agreement.finding import Finding, error, warning
from sla_tui.agreement.parts import Item, Slot
from sla_tui.agreement.paths import UnknownKey, at_key, steps
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind

_TWO_MEANINGS = re.compile(r"\bbi-?(month|week|year)ly\b", re.IGNORECASE)


def unanswered(_agreement: Agreement, places: Iterable[Slot]) -> Iterator[Finding]:
    """A warning for each question of a present section that has no answer yet."""
    for slot in places:
        if slot.empty and not slot.optional:
            kind = "no entry yet" if slot.spec.kind is Kind.LIST else "not answered yet"
            example = f"for example {slot.spec.example}" if slot.spec.example else ""
            yield warning("unanswered", slot.key, f"{slot.spec.title}: {kind}", example)


def examples(agreement: Agreement, places: Iterable[Slot]) -> Iterator[Finding]:
    """A warning for each value that is only an example; in a version to sign it would pass for agreed."""
    marked = example_keys(agreement)
    for slot in places if marked else ():
        if slot.key in marked and not slot.empty:
            message = f"{slot.spec.title}: {slot.text} is an example, not agreed yet"
            yield warning("example", slot.key, message, "agree to it (y in the workshop), or answer otherwise")


def references(agreement: Agreement, places: Iterable[Slot]) -> Iterator[Finding]:
    """An answer that should name an item of a list, and names none. A list of an absent section is not known."""
    known: dict[str, tuple[str, ...] | None] = {}
    for slot in places:
        target = slot.spec.ask.of
        if not target or slot.empty:
            continue
        if target not in known:
            known[target] = _ids(agreement, target)
        ids = known[target]
        if ids is not None and slot.value not in ids:
            message = f"{slot.spec.title}: {slot.value!r} is none of the {at_key(agreement, target).spec.title.lower()}"
            yield error("unknown-reference", slot.key, message, did_you_mean(cast(str, slot.value), ids))


def _ids(agreement: Agreement, key: str) -> tuple[str, ...] | None:
    try:
        section, *_, items = steps(agreement, key)
    except UnknownKey:
        return None
    return None if section.value is None else tuple(item.id for item in cast("tuple[Item, ...]", items.value or ()))


def meanings(_agreement: Agreement, places: Iterable[Slot]) -> Iterator[Finding]:
    """``bi-monthly`` is twice a month to one reader and every two months to the other."""
    for slot in places:
        if slot.empty or slot.spec.kind not in (Kind.LINE, Kind.PROSE):
            continue
        if found := _TWO_MEANINGS.search(cast(str, slot.value)):
            span = found[1].lower()
            message = f"{found[0]!r} can mean twice a {span} or every two {span}s"
            yield warning("two-meanings", slot.key, message, f'say "twice a {span}" or "every two {span}s"')


def known_key(agreement: Agreement, key: str) -> bool:
    """Whether a KEY names a place of this agreement."""
    try:
        at_key(agreement, key)
    except UnknownKey:
        return False
    return True
