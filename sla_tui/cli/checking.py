"""The check, for people, programs and pull requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, harmless, one_line, say, say_finding, say_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    """Say what is open, half-built or contradictory.

    An agreement is checked with all that lies beside it: quotas, sittings, the lead mapping. --final weighs those as
    before, for they are not signed with it; it asks for both sides' fresh consent, once there has been a sitting. The
    file of a quota or a sitting is checked by itself.
    """
    said: list[_Said] = []
    invalid = 0
    seen: set[Path] = set()
    for path in paths:
        for file, last in _files(path, final):
            if file in seen:
                continue
            seen.add(file)
            found, readable = _checked(file, last)
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


def _files(path: str, final: bool) -> Iterator[tuple[Path, bool]]:
    """The files that are checked for a PATH, and whether each is to be final."""
    from pathlib import Path

    from sla_tui.workshop.folder import agreement_file, files_beside, is_agreement

    file = agreement_file(Path(path))
    yield file, final
    if is_agreement(file):
        yield from ((beside, False) for beside in files_beside(file))


def _checked(file: Path, final: bool) -> tuple[list[_Said], bool]:
    """The findings of one file, or its faults, and whether it could be read."""
    from sla_tui.agreement.check import check as findings_of
    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.record.document import Document
    from sla_tui.workshop.beside import known_beside
    from sla_tui.workshop.final import strict
    from sla_tui.workshop.folder import model_of

    try:
        document = Document[Any].load(file, model_of(file))
    except InvalidFile as error:
        return [_Said("error", "invalid", one.key, one.place, one.message, one.fix) for one in error.faults], False
    except UserError as error:
        return [_Said("error", "unreadable", "", error.place, error.message, error.remedy)], False
    known = known_beside(file)
    findings = findings_of(document.value, known)
    return [
        _Said(one.severity, one.code, one.key, document.place(one.key), one.message, one.fix)
        for one in (strict(findings, document.value, known) if final else findings)
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
