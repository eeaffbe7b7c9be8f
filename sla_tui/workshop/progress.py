"""How far each section is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sla_tui.agreement.check import Finding, Severity
from sla_tui.agreement.examples import example_keys
from sla_tui.agreement.parts import Slot, slots, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind


class Standing(StrEnum):
    """How a section stands, worst first."""

    WRONG = "wrong"
    OPEN = "open"
    COMPLETE = "complete"
    ABSENT = "left out"


@dataclass(frozen=True, slots=True)
class Progress:
    """One section: its key and title, how it stands, how much of it is answered, how many findings it has."""

    key: str
    title: str
    standing: Standing
    answered: int
    asked: int
    wrong: int


def progress(agreement: Agreement, findings: Iterable[Finding]) -> tuple[Progress, ...]:
    """How every section stands, in order."""
    wrong = Counter(
        finding.section for finding in findings if not finding.undecided and finding.severity is not Severity.NOTE
    )
    return tuple(
        _section(agreement, spec.key, spec.about.title, wrong[spec.key])
        for spec in specs(type(agreement))
        if spec.about
    )


def _section(agreement: Agreement, key: str, title: str, wrong: int) -> Progress:
    examples = example_keys(agreement)
    held = [slot for slot in section_slots(agreement, key) if not slot.optional or slot.key in examples]
    answered = sum(not slot.empty and slot.key not in examples for slot in held)
    if getattr(agreement, _name(agreement, key)) is None:
        standing = Standing.ABSENT
    elif wrong:
        standing = Standing.WRONG
    else:
        standing = Standing.COMPLETE if answered == len(held) else Standing.OPEN
    return Progress(key, title, standing, answered, len(held), wrong)


def _name(agreement: Agreement, key: str) -> str:
    return next(spec.name for spec in specs(type(agreement)) if spec.key == key)


def section_slots(agreement: Agreement, key: str) -> Iterable[Slot]:
    """The places of one section."""
    spec = next(spec for spec in specs(type(agreement)) if spec.key == key)
    value = getattr(agreement, spec.name)
    if value is None:
        return
    if spec.kind is not Kind.LIST:
        yield from slots(value, spec.type, key)
        return
    yield Slot(key, spec, value, spec.ask.optional)
    for item in value:
        yield from slots(item, spec.type, f"{key}.{item.id}")
