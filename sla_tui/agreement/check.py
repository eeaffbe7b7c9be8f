"""What is still open, half-built or contradictory in an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.parts import Item, Slot, slots, specs
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.sections.header import Weekday
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the check has to say: where (a KEY), what, and what would mend it."""

    severity: Severity
    code: str
    key: str
    message: str
    fix: str = ""

    @property
    def section(self) -> str:
        """The section it belongs to."""
        return self.key.partition(".")[0]


Check = Callable[[Agreement], Iterable[Finding]]


def check(agreement: Agreement) -> tuple[Finding, ...]:
    """Every finding, in the order of the sections. Unanswered is a warning, a contradiction an error."""
    found = [finding for one in _CHECKS for finding in one(agreement)]
    order = {spec.key: place for place, spec in enumerate(specs(type(agreement)))}
    return tuple(sorted(found, key=lambda finding: order.get(finding.section, len(order))))


def _slots(agreement: Agreement) -> Iterator[Slot]:
    return slots(agreement, type(agreement))


def unanswered(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each question of a present section that has no answer yet."""
    for slot in _slots(agreement):
        if slot.empty and not slot.optional:
            kind = "no entry yet" if slot.spec.kind is Kind.LIST else "not answered yet"
            example = f"for example {slot.spec.example}" if slot.spec.example else ""
            yield Finding(Severity.WARNING, "unanswered", slot.key, f"{slot.spec.title}: {kind}", example)


def _references(agreement: Agreement) -> Iterator[Finding]:
    for slot in _slots(agreement):
        target = slot.spec.ask.of
        if not target or slot.empty or slot.key.endswith(".group"):
            continue
        try:
            items = cast("tuple[Item, ...]", at_key(agreement, target).value or ())
        except UnknownKey:
            continue
        ids = [item.id for item in items]
        if slot.value not in ids:
            remedy = did_you_mean(cast(str, slot.value), ids)
            message = f"{slot.spec.title}: {slot.value!r} is not among {target}"
            yield Finding(Severity.ERROR, "unknown-reference", slot.key, message, remedy)


def _period(agreement: Agreement) -> Iterator[Finding]:
    header = agreement.agreement
    if header is None:
        message = "the agreement has no title, organization or period yet"
        yield Finding(Severity.WARNING, "unanswered", "agreement", message, "answer the section Agreement")
    elif header.starts and header.ends and header.ends < header.starts:
        message = f"it ends ({header.ends}) before it starts ({header.starts})"
        yield Finding(Severity.ERROR, "ends-before-start", "agreement.ends", message, "put the later date here")


def _calendar(agreement: Agreement) -> Iterator[Finding]:
    calendar = agreement.agreement.calendar if agreement.agreement else None
    if calendar is None:
        return
    if calendar.from_ and calendar.to and calendar.to <= calendar.from_:
        yield Finding(
            Severity.ERROR, "closes-before-open", "agreement.calendar.to", "the working day ends before it starts"
        )
    if calendar.timezone and not _is_zone(calendar.timezone):
        message = f"there is no time zone {calendar.timezone!r}"
        fix = "use a name such as America/New_York or Europe/Berlin"
        yield Finding(Severity.ERROR, "unknown-timezone", "agreement.calendar.timezone", message, fix)
    for day in calendar.days or ():
        if day not in get_args(Weekday):
            fix = "days are mon, tue, wed, thu, fri, sat and sun"
            yield Finding(Severity.ERROR, "unknown-day", "agreement.calendar.days", f"{day!r} is no weekday", fix)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _scoring(agreement: Agreement) -> Iterator[Finding]:
    if agreement.scoring is not None:
        yield from _half_built(agreement.scoring)
        yield from _stages(agreement.scoring)


def _half_built(scoring: Scoring) -> Iterator[Finding]:
    holders: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("rules", scoring.rules),
        ("fast_track", scoring.fast_track),
        ("exclude", scoring.exclude),
    )
    for name, items in holders:
        for item in items:
            if isinstance(item.when, Condition) and item.when.test is None:
                message = "the condition is half-built and holds for nobody"
                fix = 'complete it, for example "country in US, CA"'
                yield Finding(Severity.WARNING, "half-built", f"scoring.{name}.{item.id}.when", message, fix)


def _stages(scoring: Scoring) -> Iterator[Finding]:
    before = None
    for stage in scoring.stages:
        key = f"scoring.stages.{stage.id}"
        if stage.at is not None and stage.set is not None:
            message = f"{stage.id} is reached by points and set by somebody at once"
            yield Finding(Severity.ERROR, "two-ways", f"{key}.set", message, "keep one of the two")
        elif stage.at is None and stage.set is None:
            fix = "give it points to start from, or say who sets it"
            yield Finding(Severity.WARNING, "unanswered", f"{key}.at", "From points: not answered yet", fix)
        if stage.at is None:
            continue
        if before and before.at is not None and stage.at <= before.at:
            message = f"{stage.id} starts at {stage.at} points, not above {before.id} at {before.at}"
            yield Finding(Severity.ERROR, "stage-order", f"{key}.at", message, "stages stand in order, lowest first")
        before = stage


def _commitments(agreement: Agreement) -> Iterator[Finding]:
    promises = agreement.commitments
    if not promises:
        return
    promising = {promise.party for promise in promises}
    for party in ("marketing", "sales"):
        if party not in promising and None not in promising:
            message = f"{party} promises nothing"
            yield Finding(Severity.WARNING, "one-sided", "commitments", message, "each side should promise something")
    for promise in promises:
        if promise.share is not None and promise.share.value == 100:
            fix = "95 % is usual"
            message = "100 % is broken by the first exception"
            yield Finding(Severity.NOTE, "share-of-all", f"commitments.{promise.id}.share", message, fix)


def _signers(agreement: Agreement) -> Iterator[Finding]:
    if agreement.signatures is None:
        return
    signing = {signer.party for signer in agreement.signatures.signers}
    for party in ("marketing", "sales"):
        if signing and party not in signing:
            message = f"nobody signs for {party}"
            yield Finding(Severity.WARNING, "no-signer", "signatures.signers", message, f"add a signer for {party}")


_CHECKS: tuple[Check, ...] = (unanswered, _period, _calendar, _references, _scoring, _commitments, _signers)
