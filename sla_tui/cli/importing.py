"""Leads taken into an agreement's folder without who they are."""

from __future__ import annotations

import gc

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import Progress, say


@click.command(
    "import",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui import agreements/acme --leads ~/Downloads/contacts.csv --outcome Converted
  sla-tui import agreements/acme --leads contacts.csv --activity events.csv --force
Writes leads.csv, activity.csv and leads.toml beside the agreement. Kept are the columns that rules, exclusions, fast
tracks, territories, the outcome and the day a lead came use; ids are replaced for good, and of names, emails and
phones only what the conditions ask is kept. Every lead scores as before; nothing is written when one would not.""",
)
@click.argument("path")
@click.option("--leads", metavar="FILE", help="A table with a row for each lead.")
@click.option("--activity", metavar="FILE", help="A log of what leads did: lead, activity, time.")
@click.option("--outcome", metavar="COLUMN", help="The column that says who was won.")
@click.option("--force", is_flag=True, help="Write over leads.csv and activity.csv.")
def import_(path: str, leads: str | None, activity: str | None, outcome: str | None, force: bool) -> None:
    """Keep leads beside the agreement, without who they are."""
    from pathlib import Path

    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.agreement.terms import Agreement
    from sla_tui.cli.simulating import at_the_rules
    from sla_tui.record.document import Document
    from sla_tui.workshop.fitting import fitted
    from sla_tui.workshop.folder import only_agreement
    from sla_tui.workshop.simulate import read_mapping, sample_files
    from sla_tui.workshop.storing import Export, said, store

    if leads is None and activity is None:
        raise UserError("there is nothing to import", "name a table with --leads, a log with --activity, or both")
    document = Document[Agreement].load(only_agreement(Path(path)), Agreement)
    gc.freeze()  # As for simulate: DuckDB wants to be collected at the end.
    folder = document.path.parent
    told = read_mapping(folder)
    table, log = (Path(name).expanduser() if name is not None else None for name in (leads, activity))
    mapping = fitted(told, sample_files(folder, told), (table, log)).mapping
    named = outcome if outcome is not None else mapping.outcome if table is not None else None
    shown = Progress()
    try:
        done = store(document.value, folder, Export(table, log, mapping, named), force, doing=shown.doing)
    except InvalidFile as error:
        at_the_rules(error, document)
    finally:
        shown.gone()
    for line in said(done):
        say(line)
