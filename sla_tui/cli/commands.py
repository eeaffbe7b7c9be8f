"""The program and its commands."""

from __future__ import annotations

import click

from sla_tui import __version__
from sla_tui.cli.answers import add, get, move, remove, set_
from sla_tui.cli.checking import check
from sla_tui.cli.compiling import sql
from sla_tui.cli.completing import completion
from sla_tui.cli.consenting import consent
from sla_tui.cli.describing import schema
from sla_tui.cli.exporting import export
from sla_tui.cli.formatting import fmt
from sla_tui.cli.group import Front
from sla_tui.cli.history import diff, log
from sla_tui.cli.importing import import_
from sla_tui.cli.merging import git_setup, merge_driver
from sla_tui.cli.preparing import ready
from sla_tui.cli.signing import sign, verify
from sla_tui.cli.simulating import simulate
from sla_tui.cli.standing import status
from sla_tui.cli.starting import new, open_, start, templates
from sla_tui.cli.suggesting import suggest


@click.group(cls=Front, invoke_without_command=True, options_metavar="", subcommand_metavar="[FOLDER] | COMMAND …")
@click.version_option(__version__, message="sla-tui %(version)s")
@click.option("--debug", is_flag=True, help="Show everything about a bug.")
@click.pass_context
def front(context: click.Context, debug: bool) -> int | None:
    """Draft a Sales–Marketing agreement together, try its scoring, print it.

    Without a command: the start screen over the agreements in FOLDER (default: agreements). A PATH is an agreement's
    folder or file, a KEY names an answer in it: scoring.rules.email-open.points
    """
    return context.invoke(start, folder="agreements") if context.invoked_subcommand is None else None


for command in (
    open_,
    new,
    templates,
    get,
    set_,
    add,
    remove,
    move,
    check,
    fmt,
    consent,
    ready,
    import_,
    simulate,
    sql,
    suggest,
    export,
    sign,
    verify,
    status,
    diff,
    log,
    schema,
    completion,
    git_setup,
    merge_driver,
    start,
):
    front.add_command(command)
