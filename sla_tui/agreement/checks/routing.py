"""Checks of the lead assignment: every lead has one owner, in time, and somebody stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sla_tui.agreement.conditions import Condition, Scalar, When
from sla_tui.agreement.finding import Finding, error, warning
from sla_tui.agreement.sections.assignment import Assignment, RouteAround, Territory
from sla_tui.agreement.terms import Agreement

_AROUND_THE_CLOCK = frozenset({"minute", "hour"})


def fallback(agreement: Agreement) -> Iterator[Finding]:
    """A lead that fits no territory has an owner too."""
    held = agreement.assignment
    if held and held.territories and not held.fallback:
        message = "a lead that fits none of the territories goes to nobody"
        yield error("no-fallback", "assignment.fallback", message, "name who gets it")


def stand_ins(agreement: Agreement) -> Iterator[Finding]:
    """Nobody stands in for themselves."""
    for territory in (agreement.assignment or Assignment()).territories:
        if territory.backup and territory.backup == territory.owner:
            message = f"{territory.backup} is both the owner and the stand-in"
            key = f"assignment.territories.{territory.id}.backup"
            yield warning("own-stand-in", key, message, "name somebody else, or leave it open")


def half_built_routes(agreement: Agreement) -> Iterator[Finding]:
    """A condition without a field or a test routes nothing."""
    for key, route in _routes(agreement):
        if isinstance(route.when, Condition) and route.when.test is None:
            message = "the condition is half-built, so no lead fits it"
            yield warning("half-built", f"{key}.when", message, 'complete it, for example "country in US, CA"')


def one_owner(agreement: Agreement) -> Iterator[Finding]:
    """What an earlier entry takes already never comes to a later one of the same list."""
    held = agreement.assignment or Assignment()
    for name, routes in (("territories", held.territories), ("route_around", held.route_around)):
        yield from _taken(f"assignment.{name}", routes)


def _taken(key: str, routes: Sequence[Territory | RouteAround]) -> Iterator[Finding]:
    first: dict[tuple[str, Scalar | None], str] = {}
    for route in routes:
        said = {(name, value): first.setdefault((name, value), route.id) for name, value in _values(route.when)}
        for (name, value), id_ in said.items():
            if id_ != route.id:
                what = f"{name} {value}" if value is not None else name
                message = f"{what} goes to {id_} already, which comes first"
                yield warning("taken-already", f"{key}.{route.id}.when", message, "say it in one of the two")
                break


def _values(when: When | None) -> Iterator[tuple[str, Scalar | None]]:
    """What a route takes, one by one, where that can be said: a name, or the values of a field."""
    if isinstance(when, str) and when:
        yield when, None
    elif isinstance(when, Condition) and when.field:
        values = (when.is_,) if when.is_ is not None else when.in_ or ()
        yield from ((when.field, value) for value in values)


def after_hours(agreement: Agreement) -> Iterator[Finding]:
    """A clock that runs at night, where nobody gives out leads at night."""
    held = agreement.assignment
    if held is None or held.hours != "business_hours" or held.assign_within is None or held.after_hours:
        return
    if held.assign_within.unit in _AROUND_THE_CLOCK:
        message = f"leads are given out in business hours only, yet a limit of {held.assign_within} runs at night too"
        fix = "count in business hours, or say what happens to a lead after hours"
        yield warning("runs-after-hours", "assignment.assign_within", message, fix)


def _routes(agreement: Agreement) -> Iterator[tuple[str, Territory | RouteAround]]:
    held = agreement.assignment or Assignment()
    yield from ((f"assignment.territories.{route.id}", route) for route in held.territories)
    yield from ((f"assignment.route_around.{route.id}", route) for route in held.route_around)


CHECKS = (fallback, stand_ins, half_built_routes, one_owner, after_hours)
"""Every check of the lead assignment."""
