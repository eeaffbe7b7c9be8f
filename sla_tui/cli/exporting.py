"""An agreement as a file to read, print and sign; a quota as one to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sla_tui.cli.days import given_day
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
@click.option(
    "--format",
    "format_",
    type=click.Choice(["pdf", "md", "html", "docx"]),
    help="To sign, for a wiki, for a browser, or to comment in with Word (default: as FILE ends, else pdf).",
)
@click.option(
    "--what",
    type=click.Choice(["agreement", "amendment", "agenda", "minutes"]),
    default="agreement",
    show_default=True,
    help="All of it; only what changes; the agenda of its meetings; the minutes of its last sitting.",
)
@click.option(
    "--against",
    default="",
    metavar="REV|PATH",
    help="The version that is amended, or since which changes are told on the title page.",
)
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="What it is printed on (default: a4).")
@click.option(
    "--esign",
    type=click.Choice(["fields", "ink", "acrobat", "docusign", "dropbox", "pandadoc"]),
    help="How a PDF is signed: in true signature fields, by pen, or on a platform (default: fields).",
)
@click.option("--large", is_flag=True, help="A PDF in large print.")
@click.option("--as-of", metavar="DATE", help="The day on which a draft's open points are found (default: today).")
@click.option("--final", is_flag=True, help="The version to sign, without DRAFT; refused while anything is open.")
@click.option("--despite", metavar="REASON", help="Final without both sides' consent; REASON goes into the record.")
@click.option("--by", default="", metavar="NAME", help="Who decides that.")
def export(
    path: str,
    target: str | None,
    format_: Any,
    what: Any,
    against: str,
    paper: Any,
    esign: Any,
    large: bool,
    as_of: str | None,
    final: bool,
    despite: str | None,
    by: str,
) -> int:
    """Write a PDF to sign, or a file to read or comment in.

    \b
      sla-tui export agreements/northwind --final --esign docusign
      sla-tui export agreements/northwind --what amendment --against HEAD~1
      sla-tui export agreements/northwind --format docx
    """
    from pathlib import Path

    if despite is not None and not (final and despite.strip()):
        raise click.UsageError("--despite goes with --final, and says why")
    if by and despite is None:
        raise click.UsageError("--by goes with --despite: who decides it?")
    _refuse_aimless(what, against, final)
    day = given_day(as_of)

    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop import export as work
    from sla_tui.workshop.folder import agreement_or_quota, model_of

    if target == "-":
        raise click.UsageError("a document is written to a file, not to the screen: name one, such as agreement.pdf")
    goal = Path(target) if target is not None else None
    kind = format_ or work.format_of(goal)
    _refuse_idle(kind, paper, esign, large)
    file = agreement_or_quota(Path(path))
    document = Document[Any].load(file, model_of(file))
    if what != "agreement" and model_of(file) is not Agreement:
        raise click.UsageError(f"--what {what} goes with an agreement, and this is a quota")
    records: list[Path] = []

    def record(lacking: tuple[Finding, ...]) -> None:
        from sla_tui.workshop.consents import override

        records.append(override(document.path, despite or "", lacking, by=by))

    passing = record if despite is not None else None
    try:
        written = work.export(
            document.value,
            document.path,
            goal,
            format=kind,
            paper=paper or "a4",
            esign=esign or "fields",
            large=large,
            final=final,
            what=what,
            against=against,
            as_of=day,
            despite=passing,
        )
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
    for one in work.unprinted(document.value) if kind == "pdf" else ():
        say_finding(document.place(one.key), one.severity, one.key, one.message, one.fix, err=True)
    return 0


def _refuse_aimless(what: str, against: str, final: bool) -> None:
    if what == "amendment" and not against:
        raise click.UsageError("--what amendment needs the version it changes, as in --against HEAD~1")
    if what in ("agenda", "minutes") and (against or final):
        option = "--against" if against else "--final"
        raise click.UsageError(f"{option} goes with an agreement or an amendment: nobody signs {what}")


def _refuse_idle(kind: str, paper: str | None, esign: str | None, large: bool) -> None:
    """An option that would change nothing is a mistake, and is said to be one."""
    if kind == "md" and paper:
        raise click.UsageError("--paper goes with pdf, docx and html: Markdown has no pages")
    if kind != "pdf" and (esign or large):
        raise click.UsageError(f"{'--esign' if esign else '--large'} goes with pdf: this would be {kind}")
