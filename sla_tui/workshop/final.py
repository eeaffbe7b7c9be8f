"""What stands between an agreement and its signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sla_tui.agreement.check import Finding, Severity
from sla_tui.agreement.known import NOTHING, Known
from sla_tui.agreement.parts import Part
from sla_tui.agreement.terms import Agreement

CONSENT = frozenset({"no-consent", "stale-consent", "sitting-unreadable"})
"""The findings that say that somebody's consent is missing, or cannot be known."""


def strict(findings: Iterable[Finding], root: Part | None = None, known: Known = NOTHING) -> tuple[Finding, ...]:
    """The findings as they weigh for a final version: what is open is an error.

    So is consent that is lacking, of the agreement ``root``, once it is ``known`` to have had a sitting.
    """
    weighed = tuple(
        replace(finding, severity=Severity.ERROR) if finding.open or finding.code in CONSENT else finding
        for finding in findings
    )
    return (*weighed, *_never_given(root, known)) if isinstance(root, Agreement) else weighed


def objections(findings: Iterable[Finding], root: Part | None = None, known: Known = NOTHING) -> tuple[Finding, ...]:
    """What keeps a version from being final; empty when nothing does."""
    return tuple(finding for finding in strict(findings, root, known) if finding.severity is Severity.ERROR)


def _never_given(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """A finding for each section that somebody has not consented to yet, in any wording."""
    if not known.sittings:
        return
    from sla_tui.agreement.consent import Consented, standing
    from sla_tui.agreement.finding import error

    sides: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for one in standing(agreement, known.sittings):
        if one.state is Consented.NONE:
            sides.setdefault(one.section, []).append(one.party)
            titles[one.section] = one.title
    for section, lacking in sides.items():
        message = (
            f"{titles[section]}: {' and '.join(lacking)} {'have' if len(lacking) > 1 else 'has'} not consented yet"
        )
        fix = f"ask, then: sla-tui consent PATH --party {lacking[0]} --section {section}"
        yield error("no-consent", section, message, fix)
