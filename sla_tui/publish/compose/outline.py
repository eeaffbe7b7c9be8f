"""The sections in the order in which they are printed, and what they are called on paper."""

from __future__ import annotations

from sla_tui.agreement.parts import Spec, spec_by_key, specs
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.compose import words

Section = Spec | Custom
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
