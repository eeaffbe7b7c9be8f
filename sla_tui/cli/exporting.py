"""An agreement as a file to read, print and sign; a quota as one to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import say, say_finding, warn

if TYPE_CHECKING:
    from pathlib import Path

    from sla_tui.agreement.finding import Finding


@click.command(
    "export", cls=Command, epilog="Example: sla-tui export agreements/northwind -o northwind.pdf --paper letter"
)
@click.argument("path")
@click.option("-o", "--output", "target", metavar="FILE", help="The file to write (default: beside the agreement).")
@click.option("--format", "format_", type=click.Choice(["pdf"]), default="pdf", show_default=True)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--final", is_flag=True, help="The version to sign, without DRAFT; refused while anything is open.")
@click.option("--despite", metavar="REASON", help="Final without both sides' consent; REASON goes into the record.")
@click.option("--by", default="", metavar="NAME", help="Who decides that.")
def export(path: str, target: str | None, format_: str, paper: Any, final: bool, despite: str | None, by: str) -> int:
    """Write a PDF to sign, or of a quota, and print where it is."""
    from pathlib import Path

    if despite is not None and not (final and despite.strip()):
        raise click.UsageError("--despite goes with --final, and says why")
    if by and despite is None:
        raise click.UsageError("--by goes with --despite: who decides it?")

    from sla_tui.record.document import Document
    from sla_tui.workshop import export as work
    from sla_tui.workshop.folder import agreement_or_quota, model_of

    file = agreement_or_quota(Path(path))
    document = Document[Any].load(file, model_of(file))
    goal = Path(target) if target is not None else None
    records: list[Path] = []

    def record(lacking: tuple[Finding, ...]) -> None:
        from sla_tui.workshop.consents import override

        records.append(override(document.path, despite or "", lacking, by=by))

    passing = record if despite is not None else None
    try:
        written = work.export(document.value, document.path, goal, paper=paper, final=final, despite=passing)
    except work.NotReady as error:
        for reason in error.reasons:
            say_finding(document.place(reason.key), reason.severity, reason.key, reason.message, reason.fix, err=True)
        warn(f"sla-tui: {error}")
        return 1
    say(str(written))
    if records:
        warn(f"made without both sides' consent; the reason stands in {records[0]}")
    elif despite is not None:
        warn("nobody's consent is lacking, so the reason is written down nowhere")
    for key, lacking in work.spelt_out(document.value).items():
        points = ", ".join(f"{char} as [U+{ord(char):04X}]" for char in lacking[:3])
        more = ", …" if len(lacking) > 3 else ""
        say_finding(document.place(key), "warning", key, f"the PDF's fonts lack letters: {points}{more}", err=True)
    return 0
