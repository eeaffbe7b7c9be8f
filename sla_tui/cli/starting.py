"""The screens, and what comes before an agreement: templates, a new one, its schema."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import say

if TYPE_CHECKING:
    from pathlib import Path


@click.command("start", cls=Command, hidden=True)
@click.argument("folder")
def start(folder: str) -> int:
    """The start screen over a FOLDER of agreements."""
    _need_terminal("the start screen", "sla-tui check PATH works without one")
    from pathlib import Path

    from sla_tui.tui.app import run

    return run(folder=Path(folder))


@click.command("open", cls=Command, epilog="Example: sla-tui open agreements/northwind")
@click.argument("path")
def open_(path: str) -> int:
    """Open the workshop on an agreement."""
    _need_terminal("the workshop", "sla-tui get and set work without one")
    from pathlib import Path

    from sla_tui.tui.app import run
    from sla_tui.workshop.folder import agreement_file

    _need_file(agreement_file(Path(path)))
    return run(path=Path(path))


@click.command("new", cls=Command, epilog="Example: sla-tui new agreements/acme --template one-page")
@click.argument("path")
@click.option(
    "--template",
    default="one-page",
    show_default=True,
    metavar="NAME|FILE",
    help="What to start from: a name that `sla-tui templates` lists, or an agreement.",
)
def new(path: str, template: str) -> None:
    """Make a new agreement in the folder PATH, which is made too."""
    from pathlib import Path

    from sla_tui.workshop.library import new as make

    made = make(Path(path), template)
    say(f"{made}\nOpen it with: sla-tui open {_quoted(str(made.parent))}")


@click.command("templates", cls=Command)
def templates() -> None:
    """List the agreements to start from."""
    from sla_tui.workshop.library import templates as known

    shipped = known()
    width = max((len(template.name) for template in shipped), default=0)
    for template in shipped:
        say(f"{template.name:<{width}}  {template.description}")


@click.command("schema", cls=Command, epilog="Example: sla-tui schema agreements/northwind")
@click.argument("path", required=False)
def schema(path: str | None) -> None:
    """Print the JSON Schema for editors.

    With a PATH it is written beside that agreement, where editors find it.
    """
    from pathlib import Path

    from sla_tui.workshop.folder import agreement_file
    from sla_tui.workshop.library import write_schema

    if path is None:
        from sla_tui.agreement.schema import schema_text
        from sla_tui.agreement.terms import Agreement

        click.echo(schema_text(Agreement), nl=False)
        return
    file = agreement_file(Path(path))
    _need_file(file)
    say(str(write_schema(file)))


def _need_terminal(what: str, remedy: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        from sla_tui.agreement.errors import UserError

        raise UserError(f"{what} needs a terminal, and this is none", f"start it in one; {remedy}")


def _need_file(file: Path) -> None:
    if not file.exists():
        from sla_tui.agreement.errors import Place, UserError

        raise UserError("there is no such agreement", "check the path, or make one with sla-tui new", Place(str(file)))


def _quoted(path: str) -> str:
    import shlex

    return shlex.quote(path)
