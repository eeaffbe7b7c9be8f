"""The check, for people, programs and pull requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, harmless, one_line, say, say_finding, say_json

if TYPE_CHECKING:
    from sla_tui.agreement.errors import Place


@dataclass(frozen=True, slots=True)
class _Said:
    severity: str
    code: str
    key: str
    place: Place
    message: str
    fix: str


@click.command("check", cls=Command, epilog="Example: sla-tui check agreements/northwind --final --format github")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--final", is_flag=True, help="Count what is still open as an error.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(paths: tuple[str, ...], final: bool, format_: str) -> int:
    """Say what is open, half-built or contradictory."""
    said: list[_Said] = []
    invalid = 0
    for path in paths:
        found, readable = _checked(path, final)
        said += found
        invalid += not readable
    errors = sum(one.severity == "error" for one in said)
    warnings = sum(one.severity == "warning" for one in said)
    if format_ == "json":
        say_json({"findings": [_as_json(one) for one in said], "errors": errors, "warnings": warnings})
    elif format_ == "github":
        for one in said:
            click.echo(_annotation(one))
    else:
        for one in said:
            say_finding(one.place, one.severity, one.key, one.message, one.fix)
        say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}")
    return 2 if invalid else 1 if errors else 0


def _checked(path: str, final: bool) -> tuple[list[_Said], bool]:
    """The findings of one file, or its faults, and whether it could be read."""
    from pathlib import Path

    from sla_tui.agreement.check import check as findings_of
    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop.final import strict
    from sla_tui.workshop.folder import agreement_file

    try:
        document = Document[Agreement].load(agreement_file(Path(path)), Agreement)
    except InvalidFile as error:
        return [_Said("error", "invalid", one.key, one.place, one.message, one.fix) for one in error.faults], False
    except UserError as error:
        return [_Said("error", "unreadable", "", error.place, error.message, error.remedy)], False
    findings = findings_of(document.value)
    return [
        _Said(one.severity, one.code, one.key, document.place(one.key), one.message, one.fix)
        for one in (strict(findings) if final else findings)
    ], True


def _as_json(said: _Said) -> dict[str, Any]:
    return {
        "severity": said.severity,
        "code": said.code,
        "key": said.key,
        "file": said.place.file,
        "line": said.place.line or None,
        "column": said.place.column or None,
        "message": said.message,
        "fix": said.fix,
    }


def _annotation(said: _Said) -> str:
    """A finding as a workflow command that marks the line in a pull request."""
    command = "notice" if said.severity == "note" else said.severity
    place = {"file": said.place.file, "line": said.place.line, "col": said.place.column, "title": said.code}
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value)
    message = f"{said.message}; {said.fix}" if said.fix else said.message
    return f"::{command} {properties}::{_escaped(one_line(message))}"


def _escaped(text: str, more: str = "") -> str:
    text = harmless(text)
    for letter in f"%\r\n{more}":
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
