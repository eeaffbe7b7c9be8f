"""The front door: parses the command line, calls one function, prints."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code: 0 done, 1 done and something is wrong, 2 could not be done."""
    from sla_tui.cli.commands import front
    from sla_tui.cli.failures import guarded

    return guarded(front, arguments)
