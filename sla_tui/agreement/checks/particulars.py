"""Checks of the agreement's own particulars: period, business hours, sections and numbers it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from sla_tui.agreement.finding import Finding, error, warning
from sla_tui.agreement.parts import join
from sla_tui.agreement.sections.header import Weekday
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.zones import is_zone, zone_meant


def period(agreement: Agreement) -> Iterator[Finding]:
    """It has a beginning, and ends after it."""
    header = agreement.agreement
    if header is None:
        message = "the agreement has no title, organization or period yet"
        yield warning("unanswered", "agreement", message, "answer the section Agreement")
    elif header.starts and header.ends and header.ends < header.starts:
        message = f"it ends ({header.ends}) before it starts ({header.starts})"
        yield error("ends-before-start", "agreement.ends", message, "put the later date here")


def calendar(agreement: Agreement) -> Iterator[Finding]:
    """Business hours that a clock can be run by."""
    held = agreement.agreement.calendar if agreement.agreement else None
    if held is None:
        return
    key = "agreement.calendar"
    if held.from_ and held.to and held.to <= held.from_:
        message = f"the working day ends ({held.to:%H:%M}) before it starts ({held.from_:%H:%M})"
        yield error("closes-before-open", join(key, "to"), message, "put the later time here")
    if held.timezone and not is_zone(held.timezone):
        meant = zone_meant(held.timezone)
        fix = f"did you mean {meant}?" if meant else "use a name such as America/New_York or Europe/Berlin"
        yield error("unknown-timezone", join(key, "timezone"), f"there is no time zone {held.timezone!r}", fix)
    for day in held.days or ():
        if day not in get_args(Weekday):
            fix = f"days are {', '.join(get_args(Weekday))}"
            yield error("unknown-day", join(key, "days"), f"{day!r} is no weekday", fix)


def signed_sections(agreement: Agreement) -> Iterator[Finding]:
    """What carries the signatures is signed."""
    for name in (agreement.agreement.schedules if agreement.agreement else None) or ():
        if name in ("agreement", "signatures"):
            message = f"{name} is what is signed; it cannot change between signings"
            yield error("signed-section", "agreement.schedules", message, f"take {name} out of the schedules")
