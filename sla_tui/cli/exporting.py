"""The agreement as a file to read, print and sign."""

from __future__ import annotations

from typing import Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import say, say_finding, warn


@click.command(
    "export", cls=Command, epilog="Example: sla-tui export agreements/northwind -o northwind.pdf --paper letter"
)
@click.argument("path")
@click.option("-o", "--output", "target", metavar="FILE", help="The file to write (default: beside the agreement).")
@click.option("--format", "format_", type=click.Choice(["pdf"]), default="pdf", show_default=True)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--final", is_flag=True, help="The version to sign, without DRAFT; refused while anything is open.")
def export(path: str, target: str | None, format_: str, paper: Any, final: bool) -> int:
    """Write a PDF with signature fields, and print where it is."""
    from pathlib import Path

    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop import export as work
    from sla_tui.workshop.folder import agreement_file

    document = Document[Agreement].load(agreement_file(Path(path)), Agreement)
    goal = Path(target) if target is not None else None
    try:
        written = work.export(document.value, document.path, goal, paper=paper, final=final)
    except work.NotReady as error:
        for reason in error.reasons:
            say_finding(document.place(reason.key), reason.severity, reason.key, reason.message, reason.fix, err=True)
        warn(f"sla-tui: {error}")
        return 1
    say(str(written))
    for key, lacking in work.spelt_out(document.value).items():
        points = ", ".join(f"{char} as [U+{ord(char):04X}]" for char in lacking[:3])
        more = ", …" if len(lacking) > 3 else ""
        say_finding(document.place(key), "warning", key, f"the PDF's fonts lack letters: {points}{more}", err=True)
    return 0
