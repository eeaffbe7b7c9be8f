"""A finding: one thing the check has to say, with its place and weight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

OPEN_CODES = frozenset({"unanswered", "example", "half-built"})
"""The findings that say that something is still to be written."""


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

    @property
    def open(self) -> bool:
        """Whether it says that something is still to be written."""
        return self.code in OPEN_CODES

    @property
    def undecided(self) -> bool:
        """Whether it says that the room has still to decide: nothing was answered, or an example stands there."""
        return self.code in ("unanswered", "example")


def error(code: str, key: str, message: str, fix: str) -> Finding:
    """A contradiction: the agreement cannot be kept as it stands."""
    return Finding(Severity.ERROR, code, key, message, fix)


def warning(code: str, key: str, message: str, fix: str) -> Finding:
    """Something still open, or likely to hurt."""
    return Finding(Severity.WARNING, code, key, message, fix)


def note(code: str, key: str, message: str, fix: str) -> Finding:
    """Something worth a second look."""
    return Finding(Severity.NOTE, code, key, message, fix)
