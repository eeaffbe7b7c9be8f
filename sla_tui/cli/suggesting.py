"""Rules and thresholds proposed from past outcomes."""

from __future__ import annotations

import gc
import re

import click

from sla_tui.cli.days import given_day
from sla_tui.cli.group import Command
from sla_tui.cli.output import Progress, harmless, say_json


@click.command(
    "suggest",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui suggest agreements/acme --leads export.csv --outcome Converted
  sla-tui suggest agreements/acme --leads export.csv --outcome Converted --rules 6 --capacity 50/week
  sla-tui suggest agreements/acme --leads export.csv --outcome Converted --without "Last Activity" --format toml
Nothing is saved. Columns that say what became of a lead are left out; which, and why, is told.""",
)
@click.argument("path")
@click.option("--leads", metavar="FILE", help="A table with a row for each lead.")
@click.option("--activity", metavar="FILE", help="A log of what leads did: lead, activity, time.")
@click.option("--outcome", metavar="COLUMN", help="The column that says who was won.")
@click.option("--rules", type=click.IntRange(1, 50), default=12, show_default=True, help="How many rules at most.")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="A rule's most points, ±.")
@click.option("--capacity", metavar="N/week", help="How many leads sales can work (default: as the quota says).")
@click.option(
    "--worth",
    type=click.FloatRange(1),
    metavar="N",
    help="How many leads' work one won lead pays for (default: as the quota says, else so many that all just pay).",
)
@click.option("--without", multiple=True, metavar="COLUMN", help="Leave a column out.")
@click.option("--with", "keep", multiple=True, metavar="COLUMN", help="Use a column although it looks like a leak.")
@click.option("--created", metavar="COLUMN", help="The column that says when a lead came.")
@click.option("--as-of", metavar="DATE", help="The day to weigh activities on (default: the log's last).")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same gives the same answer.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "toml"]), default="text", show_default=True)
def suggest(
    path: str,
    leads: str | None,
    activity: str | None,
    outcome: str | None,
    rules: int,
    most: int,
    capacity: str | None,
    worth: float | None,
    without: tuple[str, ...],
    keep: tuple[str, ...],
    created: str | None,
    as_of: str | None,
    seed: int,
    format_: str,
) -> None:
    """Propose few rules and a threshold from past outcomes."""
    from pathlib import Path

    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop.folder import only_agreement
    from sla_tui.workshop.proposing import as_toml, propose

    day, weekly = given_day(as_of), _a_week(capacity)
    document = Document[Agreement].load(only_agreement(Path(path)), Agreement)
    gc.freeze()  # As for simulate: DuckDB wants to be collected at the end.

    from sla_tui.scoring.propose.result import Wanted

    wanted = Wanted(rules, most, weekly, worth, without, keep, created, seed)
    table, log = (Path(name) if name is not None else None for name in (leads, activity))
    shown = Progress()
    try:
        found = propose(document.value, document.path, wanted, table, log, outcome, day, shown.at)
    finally:
        shown.gone()
    if format_ == "toml":
        click.echo(harmless(as_toml(found)), nl=False)
        return
    from sla_tui.scoring.propose.saying import document as as_json
    from sla_tui.scoring.propose.saying import text

    if format_ == "json":
        say_json(as_json(found))
    else:
        click.echo(harmless(text(found)), nl=False)


def _a_week(text: str | None) -> float | None:
    """How many leads a week ``--capacity`` names: ``50`` or ``50/week``."""
    if text is None:
        return None
    read = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*(?:(?:/|per|a)\s*(?:week|wk|w))?\s*", text, re.IGNORECASE)
    if not read or not float(read[1]):
        raise click.BadParameter(f"{text!r} is no number of leads a week, such as 50/week", param_hint="'--capacity'")
    return float(read[1])
