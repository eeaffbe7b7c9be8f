"""The scoring in a database's own SQL."""

from __future__ import annotations

import gc
import sys

import click

from sla_tui.cli.days import given_day
from sla_tui.cli.group import Command
from sla_tui.cli.output import harmless
from sla_tui.cli.simulating import at_the_rules

_DIALECTS = ("duckdb", "postgres", "spark", "databricks", "snowflake", "bigquery", "redshift")


@click.command(
    "sql",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui sql agreements/northwind --dialect postgres > scoring.sql
  sla-tui sql agreements/northwind --dialect snowflake --table CRM.LEADS --activity CRM.EVENTS
Names are quoted, so they are spelled as the database keeps them. Which column a name means is looked up as
simulate does, in leads.toml and the sample leads beside the agreement; without those it is the name itself.""",
)
@click.argument("path")
@click.option("--dialect", type=click.Choice(_DIALECTS), required=True, help="Whose SQL.")
@click.option("--table", metavar="NAME", help="The table with a row for each lead (default: leads).")
@click.option("--activity", metavar="NAME", help="The log of what leads did (default: activity, if there is a sample).")
@click.option("--as-of", metavar="DATE", help="The day to weigh activities on (default: the log's last).")
@click.option("--order", metavar="COLUMN", help="Of several rows with one id, keep the first by this column.")
@click.option("--outcome", metavar="COLUMN", help="The column that says who was won; for --what histogram.")
@click.option("--what", type=click.Choice(["leads", "histogram"]), default="leads", show_default=True)
def sql(
    path: str,
    dialect: str,
    table: str | None,
    activity: str | None,
    as_of: str | None,
    order: str | None,
    outcome: str | None,
    what: str,
) -> None:
    """Print the scoring as one query for your database."""
    from pathlib import Path

    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop.folder import only_agreement
    from sla_tui.workshop.warehouse import query

    # As in simulate: DuckDB, which reads the sample leads, wants to be collected at the end, and reports if not.
    gc.freeze()
    day = given_day(as_of)
    document = Document[Agreement].load(only_agreement(Path(path)), Agreement)
    try:
        made = query(document.value, document.path.parent, dialect, table, activity, what, outcome, day, order)
    except InvalidFile as error:
        at_the_rules(error, document)
    if sys.stdout.isatty() and harmless(made) != made:
        raise UserError("the query holds text that a terminal would act on", "send it to a file: … > scoring.sql")
    click.echo(made, nl=False)
