"""Checks of an agreement in force: what was signed still stands, under its own number, and on its own days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_tui.agreement.checks.general import known_key
from sla_tui.agreement.finding import Finding, Severity, error, note, warning
from sla_tui.agreement.fingerprint import same_fingerprint
from sla_tui.agreement.known import Known
from sla_tui.agreement.life import beyond_limits, called, gone_schedules, signed, terms_changed
from sla_tui.agreement.standing import Phase, header_of, in_days, last_day, phase
from sla_tui.agreement.terms import Agreement


def wording(agreement: Agreement) -> Iterator[Finding]:
    """What is in force is what was signed; new text has a new number."""
    header, held = header_of(agreement), signed(agreement)
    if header.status != "active":
        return
    if held is None or held.terms is None:
        message = "it is in force, and which wording was signed is not recorded"
        yield note("unrecorded", "agreement.status", message, "choose the status active again to record it")
    elif terms_changed(agreement):
        version = f"version {header.version}" if header.version and header.version != held.version else "a new version"
        since = f" on {held.on}" if held.on else ""
        message = f"the terms changed since they were signed{since}"
        fix = f"take the change back, or sign {version} and choose the status active again"
        yield warning("needs-signing", "agreement.status", message, fix)
        if header.version and header.version == held.version:
            message = f"the terms changed, and this is still called version {header.version}"
            yield warning("same-version", "agreement.version", message, "give the new wording a number of its own")
    else:
        yield from _beyond(agreement, f" on {held.on}" if held.on else "")


def _beyond(agreement: Agreement, since: str) -> Iterator[Finding]:
    """Schedules that did more than change within their limits."""
    for section in gone_schedules(agreement):
        message = f"the schedule {section} is missing, and was there when the agreement was signed{since}"
        fix = "put it back, or sign a new version and choose the status active again"
        yield warning("schedule-gone", "agreement.schedules", message, fix)
    for section in beyond_limits(agreement):
        key = section if known_key(agreement, section) else f"custom.{section}"
        message = f"{called(agreement, key)} changed since it was signed{since}, in a place that no limit leaves open"
        fix = "take the change back, or sign a new version and choose the status active again"
        yield warning("beyond-limits", key, message, fix)


def takes_the_place(agreement: Agreement) -> Iterator[Finding]:
    """An agreement takes the place of another one, not of itself."""
    header, held = header_of(agreement), signed(agreement)
    own = held.terms if held and header.status == "active" else None
    if header.supersedes and own and same_fingerprint(header.supersedes, own):
        message = "it takes the place of itself: this is the fingerprint of its own signed terms"
        yield error("supersedes-itself", "agreement.supersedes", message, "name the agreement before, or leave it open")


def on_its_days(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """What is called active has begun and is not over."""
    if known.today is None:
        return
    header, at, today = header_of(agreement), phase(agreement, known.today), known.today
    if at is Phase.LAPSED and (last := last_day(agreement, today)):
        holds = header.renewal == "talks" and header.ended is None
        message = f"its last day was {last}, {in_days(last, today)}"
        fix = "agree anew; it holds until you have" if holds else "put the status to ended, or agree on a new period"
        yield warning("past-its-last-day", "agreement.ended" if header.ended else "agreement.ends", message, fix)
    elif at is Phase.COMING and header.starts:
        message = f"it is signed, and its first day is {in_days(header.starts, today)}"
        yield note("not-begun", "agreement.starts", message, "until then what was agreed before holds")


def in_force(agreement: Agreement, found: Iterable[Finding]) -> Iterator[Finding]:
    """An agreement that was put in force with something open or contradictory in it; ``found`` are its findings."""
    if header_of(agreement).status != "active":
        return
    held = tuple(found)
    wrong = sum(one.severity is Severity.ERROR for one in held)
    open_ = sum(one.open and one.severity is not Severity.ERROR for one in held)
    said = [_counted(wrong, "error"), _counted(open_, "open question")]
    if wrong or open_:
        message = f"it is in force with {' and '.join(one for one in said if one)}"
        them = "it" if wrong + open_ == 1 else "them"
        yield warning("unready", "agreement.status", message, f"settle {them}, or put the status back to draft")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}" if number else ""


CHECKS = (wording, takes_the_place)
KNOWING = (on_its_days,)
