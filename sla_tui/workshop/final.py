"""What stands between an agreement and its signatures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sla_tui.agreement.check import Finding, Severity

OPEN_CODES = frozenset({"unanswered", "example", "half-built"})
"""The findings that say that something is still to be written."""


def strict(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as they weigh for a final version: what is open is an error."""
    return tuple(
        replace(finding, severity=Severity.ERROR) if finding.code in OPEN_CODES else finding for finding in findings
    )


def objections(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What keeps a version from being final; empty when nothing does."""
    return tuple(finding for finding in strict(findings) if finding.severity is Severity.ERROR)
