"""What the scoring does to real leads."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from sla_tui.cli.answers import assignment
from sla_tui.cli.days import given_day
from sla_tui.cli.group import Command
from sla_tui.cli.output import Progress, counted, harmless, say, say_json, warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_tui.agreement.errors import InvalidFile
    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.scoring.compare import Comparison
    from sla_tui.scoring.pace import Room
    from sla_tui.scoring.simulate import Simulation
    from sla_tui.scoring.warehouse.figures import Moved
    from sla_tui.scoring.warehouse.run import Trial


@click.command(
    "simulate",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui simulate agreements/northwind
  sla-tui simulate agreements/northwind --leads export.csv --outcome Converted
  sla-tui simulate agreements/northwind --set scoring.stages.mql.at=55 --format json
  sla-tui simulate agreements/northwind --against HEAD~3
  sla-tui simulate agreements/northwind --leads duckdb:crm.duckdb::leads --activity duckdb:crm.duckdb::events
  sla-tui simulate agreements/northwind --leads postgres://ana@db.example/crm::sales.leads
Without files: those that leads.toml beside the agreement names, else leads.csv and activity.csv there. A database adds
up by itself and sends figures only, so any number of leads will do. Its password is best kept out of the address:
PostgreSQL takes it from PGPASSWORD or ~/.pgpass.""",
)
@click.argument("path")
@click.option("--leads", metavar="FILE", help="A table with a row for each lead; or in a database.")
@click.option("--activity", metavar="FILE", help="A log of what leads did: lead, activity, time; or in a database.")
@click.option("--outcome", metavar="COLUMN", help="The column that says who was won.")
@click.option("--as-of", metavar="DATE", help="The day to weigh activities on (default: the log's last).")
@click.option("--set", "answers", multiple=True, metavar="KEY=VALUE", help="Try another answer; nothing is saved.")
@click.option("--against", metavar="REV|PATH", help="Say which leads change against another version or agreement.")
@click.option("--format", "format_", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def simulate(
    path: str,
    leads: str | None,
    activity: str | None,
    outcome: str | None,
    as_of: str | None,
    answers: tuple[str, ...],
    against: str | None,
    format_: str,
) -> None:
    """Try the scoring on real leads."""
    from pathlib import Path

    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.agreement.lists import RECEIVERS
    from sla_tui.agreement.references import nameable
    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop.folder import only_agreement
    from sla_tui.workshop.room import room_of
    from sla_tui.workshop.simulate import handed_over, what_if
    from sla_tui.workshop.simulate import simulate as run
    from sla_tui.workshop.warehouse import kept_there
    from sla_tui.workshop.warehouse import simulate as run_there

    # What was made so far lives to the end; DuckDB, which comes next, wants to be collected there, and reports if not.
    gc.freeze()
    day = given_day(as_of)
    document = Document[Agreement].load(only_agreement(Path(path)), Agreement)
    tried = what_if(document.value, map(assignment, answers))
    folder = document.path.parent
    if against is not None and format_ == "csv":
        raise UserError("a list of leads is of one scoring", "choose --format text or json with --against")
    before = None
    if against is not None:
        from sla_tui.workshop.against import scoring_at

        before = scoring_at(against, document.path)
    simulation: Simulation | Trial
    comparison: Comparison | Moved | None = None
    try:
        if kept_there(folder, leads, activity):
            if format_ == "csv":
                raise UserError(
                    "a database sends figures and no list of leads",
                    "choose --format text or json; sla-tui sql prints the query that lists them there",
                )
            shown = Progress()
            shown.doing("counting in the database")
            try:
                simulation = run_there(tried, folder, leads, activity, outcome, day, before)
            finally:
                shown.gone()
            comparison = simulation.moved
        else:
            table, log = (Path(name) if name is not None else None for name in (leads, activity))
            simulation = run(tried, folder, table, log, outcome, day, lambda words: warn(f"sla-tui: {words}"))
            if before is not None:
                from sla_tui.workshop.against import against as held_against

                comparison = held_against(simulation, before, handed_over(tried))
    except InvalidFile as error:
        at_the_rules(error, document)
    names = nameable(tried, RECEIVERS) or {}
    _print(simulation, format_, handed_over(tried), room_of(tried, document.path), comparison, against or "", names)


def at_the_rules(error: InvalidFile, document: Document[Agreement]) -> NoReturn:
    """Names that no column answers are told where the agreement uses them."""
    from dataclasses import replace

    from sla_tui.agreement.errors import InvalidFile

    faults = (
        replace(fault, place=document.place(fault.key), message=f"{fault.key}: {fault.message} in {fault.place.file}")
        if fault.key
        else fault
        for fault in error.faults
    )
    raise InvalidFile(tuple(faults)) from error


def _print(
    simulation: Simulation | Trial,
    format_: str,
    stage: str,
    room: Room | None,
    comparison: Comparison | Moved | None,
    version: str,
    receivers: Mapping[str, str],
) -> None:
    """Prints what came of it; ``receivers`` are the names of those who can be given leads, by id."""
    from sla_tui.scoring.report import document, text
    from sla_tui.scoring.simulate import Simulation

    pace = simulation.pace(room)
    if format_ == "json":
        more: dict[str, object] = {}
        if comparison is not None:
            from sla_tui.scoring import comparesaid

            more["against"] = comparesaid.document(comparison, version)
        if simulation.routing is not None:
            from sla_tui.scoring import routed

            more["routing"] = routed.document(simulation.routing)
        if simulation.grid is not None:
            from sla_tui.scoring import gridsaid

            more["grid"] = gridsaid.document(simulation.grid)
        say_json({**document(simulation.summary, pace), **more})
    elif format_ == "text":
        click.echo(harmless(text(simulation.summary, simulation.findings, stage, pace)), nl=False)
        if simulation.routing is not None:
            from sla_tui.scoring import routed

            click.echo(harmless(f"\n{routed.text(simulation.routing, receivers)}"), nl=False)
        if simulation.grid is not None:
            from sla_tui.scoring import gridsaid

            click.echo(f"\n{gridsaid.text(simulation.grid)}", nl=False)
        if comparison is not None:
            from sla_tui.scoring import comparesaid

            say(f"\n{comparesaid.text(comparison, version)}".removesuffix("\n"))
        if not isinstance(simulation, Simulation):
            say("\nThe database sent these figures and no list of leads; sla-tui sql prints the query that lists them.")
    elif isinstance(simulation, Simulation):
        from sla_tui.scoring.export import write_csv

        write_csv(simulation.board, sys.stdout)
        if rejected := simulation.summary.rejected:
            warn(f"sla-tui: {counted(len(rejected), 'row')} left out; --format json says which and why")
