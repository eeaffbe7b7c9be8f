"""Checks of what may change between two signings: somebody is in charge, and values stay within their limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sla_tui.agreement.checks.general import known_key
from sla_tui.agreement.finding import Finding, error, note
from sla_tui.agreement.fingerprint import schedules
from sla_tui.agreement.life import called, schedule_of, span
from sla_tui.agreement.lists import WHO
from sla_tui.agreement.order import compare
from sla_tui.agreement.parts import Slot
from sla_tui.agreement.paths import at_key
from sla_tui.agreement.references import nameable
from sla_tui.agreement.sections.header import Calendar, Limit
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Bound, Kind

_MEASURED = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DURATION, Kind.DATE, Kind.TIME)
"""The kinds of answers of which one can be more than another."""


def in_charge(agreement: Agreement) -> Iterator[Finding]:
    """A schedule is changed by somebody who is named for it."""
    cared_for = {schedule_of(agreement, one.key) for one in header_of(agreement).limits if one.key}
    for section in schedules(agreement):
        if section not in cared_for:
            key = section if known_key(agreement, section) else f"custom.{section}"
            message = f"{called(agreement, key)} may change between signings, and nobody is named who may change it"
            fix = f"add a limit: what, {key}; by, whoever may change it"
            yield note("nobody-in-charge", "agreement.limits", message, fix)


def limits(agreement: Agreement) -> Iterator[Finding]:
    """Each limit speaks of something in a schedule, in values of its kind, and holds."""
    for limit in header_of(agreement).limits:
        if not limit.key or not known_key(agreement, limit.key):
            continue
        where = f"agreement.limits.{limit.id}"
        if not schedule_of(agreement, limit.key):
            section = limit.key.partition(".")[0]
            message = f"{called(agreement, limit.key)} is signed word by word, so nobody may change it between signings"
            fix = f"name {section} among the schedules, or take this limit out"
            yield error("limit-on-terms", f"{where}.key", message, fix)
        yield from _bounds(agreement, limit, at_key(agreement, limit.key), where)


def _bounds(agreement: Agreement, limit: Limit, slot: Slot, where: str) -> Iterator[Finding]:
    least, most = limit.at_least, limit.at_most
    calendar = header_of(agreement).calendar
    problems = [(key, _problem(slot, bound, calendar)) for key, bound in (("at_least", least), ("at_most", most))]
    for key, problem in problems:
        if problem:
            yield error("limit-unreadable", f"{where}.{key}", *problem)
    if any(problem for _, problem in problems):
        return
    low, high = _read(slot, least), _read(slot, most)
    if compare(high, low, calendar) == -1:
        message = f"at least {least} and at most {most} leaves nothing in between"
        yield error("limits-crossed", f"{where}.at_most", message, "put the larger one here")
    elif compare(slot.value, low, calendar) == -1 or compare(high, slot.value, calendar) == -1:
        yield _broken(agreement, limit, slot)


def _broken(agreement: Agreement, limit: Limit, slot: Slot) -> Finding:
    who = (nameable(agreement, WHO) or {}).get(limit.by or "", limit.by or "whoever is named")
    message = f"{called(agreement, slot.key)} is {slot.text}, and may be {span(limit)} without new signatures"
    return error("outside-limits", slot.key, message, f"{who} may set it within that; anything else is signed anew")


def _problem(slot: Slot, bound: Bound | None, calendar: Calendar | None) -> tuple[str, str] | None:
    """What is wrong with one bound, and what to do; None when it says how much the answer may be."""
    if bound is None:
        return None
    if slot.spec.kind not in _MEASURED:
        return f"{slot.spec.title} has no least and no most", "take the bound out; who may change it stays"
    try:
        read = slot.spec.read(str(bound))
    except ValueError as problem:
        return f"{bound!r} is nothing that {slot.spec.title} can be", str(problem)
    if slot.value is not None and compare(slot.value, read, calendar) is None:
        return f"{bound} cannot be held against {slot.text}", "write both in the same unit"
    return None


def _read(slot: Slot, bound: Bound | None) -> Any:
    return None if bound is None else slot.spec.read(str(bound))


CHECKS = (in_charge, limits)
