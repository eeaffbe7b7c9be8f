"""The sections in the order in which they are printed, and what they are called on paper."""

from __future__ import annotations

from collections.abc import Mapping

from sla_tui.agreement.life import schedule_of
from sla_tui.agreement.parts import Spec, spec_by_key, specs
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.compose import words

Section = Spec | Custom
_READ_THROUGH = 8
_TITLES = {
    "agreement": "Period and business hours",
    "mql": "Marketing qualified lead (MQL)",
    "sql": "Sales qualified lead (SQL)",
}
"""Abbreviations are spelt out."""


def title_of(agreement: Agreement, key: str) -> str:
    """The heading of the section at ``key``, or of the one in the team's own words with this id."""
    spec = spec_by_key(type(agreement)).get(key)
    if spec is not None and spec.about is not None and key != "custom":
        return _TITLES.get(key, spec.about.title)
    own = key.removeprefix("custom.")
    return next((custom_title(one) for one in agreement.custom or () if one.id == own), key)


def is_annex(agreement: Agreement, key: str) -> bool:
    """Whether a section stands behind the signatures: a schedule, and what one looks up rather than promises.

    An agreement of a few sections is read through, so that only its schedules stand there.
    """
    spec = spec_by_key(type(agreement)).get(key)
    looked_up = bool(spec and spec.about and spec.about.annex) and len(order(agreement)) > _READ_THROUGH
    return bool(schedule_of(agreement, key)) or looked_up


def lettered(at: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    letter = chr(ord("A") + at % 26)
    return letter if at < 26 else lettered(at // 26 - 1) + letter


def placed(numbers: Mapping[str, str], key: str) -> str:
    """``in section 4`` or ``in annex B``, by the ``numbers`` of all sections; empty for one that is not there."""
    number = numbers.get(key, "")
    return number and f"in {'section' if number.isdecimal() else 'annex'} {number}"


def custom_title(section: Custom) -> str:
    """The heading of a section in the team's own words."""
    return section.title or words.capital(section.id.replace("-", " "))


def order(agreement: Agreement) -> list[tuple[str, Section]]:
    """The sections present, by key, each custom one behind the section or custom section it names."""
    found: list[tuple[str, Section]] = [
        (spec.key, spec)
        for spec in specs(type(agreement))
        if spec.name not in ("custom", "signatures") and getattr(agreement, spec.name) is not None
    ]
    waiting = list(agreement.custom or ())
    placed = True
    while waiting and placed:
        placed = False
        for custom in list(waiting):
            if at := _place(custom, found):
                found.insert(at, (f"custom.{custom.id}", custom))
                waiting.remove(custom)
                placed = True
    return [*found, *((f"custom.{custom.id}", custom) for custom in waiting)]


def _place(custom: Custom, order: list[tuple[str, Section]]) -> int:
    after = custom.after or ""
    keys = [key for key, _ in order]
    at = next((keys.index(key) for key in (after, f"custom.{after}") if key in keys), None)
    if at is None:
        return 0
    at += 1
    while at < len(order) and isinstance(other := order[at][1], Custom) and other.after == custom.after:
        at += 1
    return at
