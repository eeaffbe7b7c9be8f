"""What is still open, half-built or contradictory in an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sla_tui.agreement.checks.general import examples, meanings, references, unanswered
from sla_tui.agreement.checks.particulars import calendar, named_sections, period, remarks
from sla_tui.agreement.checks.people import drafters, signers
from sla_tui.agreement.checks.promises import both_sides, open_long_enough, own_hands, shares
from sla_tui.agreement.checks.scoring import caps, counted_twice, half_built, reach, stages
from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.parts import Slot, slots, specs
from sla_tui.agreement.terms import Agreement

__all__ = ["Finding", "Severity", "check"]

GENERAL: tuple[Callable[[Agreement, Iterable[Slot]], Iterable[Finding]], ...] = (
    unanswered,
    examples,
    references,
    meanings,
)
"""Checks of every place there is, whatever its section; they share one walk."""
CHECKS: tuple[Callable[[Agreement], Iterable[Finding]], ...] = (
    *(period, calendar, named_sections, remarks),
    *(half_built, stages, reach, caps, counted_twice),
    *(both_sides, own_hands, open_long_enough, shares),
    *(drafters, signers),
)


def check(agreement: Agreement) -> tuple[Finding, ...]:
    """Every finding, in the order of the sections. Unanswered is a warning, a contradiction an error."""
    places = tuple(slots(agreement, type(agreement)))
    found = [finding for one in GENERAL for finding in one(agreement, places)]
    found += [finding for one in CHECKS for finding in one(agreement)]
    order = {spec.key: place for place, spec in enumerate(specs(type(agreement)))}
    return tuple(sorted(found, key=lambda finding: order.get(finding.section, len(order))))
