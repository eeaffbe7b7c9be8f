"""The screens, and what comes before an agreement: templates, a new one, its schema."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import one_line, say

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
    from sla_tui.workshop.folder import agreement_or_quota

    need_file(agreement_or_quota(Path(path)))
    return run(path=Path(path))


@click.command(
    "new",
    cls=Command,
    epilog="""\b
Examples:
  sla-tui new agreements/acme --template one-page
  sla-tui new agreements/acme-2028 --template agreements/acme""",
)
@click.argument("path")
@click.option(
    "--template",
    default="one-page",
    show_default=True,
    metavar="NAME|FILE",
    help="What to start from: a name that `sla-tui templates` lists, or an agreement.",
)
def new(path: str, template: str) -> None:
    """Make a new agreement in the folder PATH, which is made too.

    From another agreement its words and numbers are taken over as examples; names, dates and signatures are cleared,
    and what was done is printed. From one that was signed it is the next version, which takes that one's place.

    A PATH in an agreement's folder of quotas makes the quota for that period, such as quotas/2027-Q2.toml; the folder
    itself the one for the next period. One in its folder of sittings makes the record of a sitting on that day, such as
    sittings/2026-11-30.toml; the folder itself that of one that starts now.
    """
    from pathlib import Path

    from sla_tui.workshop.folder import QUOTAS, SITTINGS, is_quota, is_sitting

    wanted = Path(path)
    if wanted.absolute().parent.name in (QUOTAS, SITTINGS) and wanted.suffix != ".toml":
        wanted = wanted.with_name(f"{wanted.name}.toml")
    if is_quota(wanted) or wanted.name == QUOTAS:
        from sla_tui.workshop.quotas import begin_at

        made = begin_at(wanted)
        say(f"{made}\nOpen it with: sla-tui open {_quoted(str(made))}")
        return
    if is_sitting(wanted) or wanted.name == SITTINGS:
        from sla_tui.workshop.sittings import begin_at as begin_sitting

        record = begin_sitting(wanted)
        say(f"{record}\nWrite into it with: sla-tui set, sla-tui add, sla-tui consent, or your editor")
        return
    from sla_tui.workshop.library import begin

    begun = begin(wanted, template)
    say("\n".join((str(begun.path), *(f"  {one_line(words)}" for words in begun.said))))
    say(f"Open it with: sla-tui open {_quoted(str(begun.path.parent))}")


@click.command("templates", cls=Command)
def templates() -> None:
    """List the agreements to start from."""
    from sla_tui.workshop.library import templates as known

    shipped = known()
    width = max((len(template.name) for template in shipped), default=0)
    for template in shipped:
        say(f"{template.name:<{width}}  {template.description}")


def _need_terminal(what: str, remedy: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        from sla_tui.agreement.errors import UserError

        raise UserError(f"{what} needs a terminal, and this is none", f"start it in one; {remedy}")


def need_file(file: Path) -> None:
    """Raises ``UserError`` where there is no such agreement."""
    if not file.exists():
        from sla_tui.agreement.errors import Place, UserError

        raise UserError("there is no such agreement", "check the path, or make one with sla-tui new", Place(str(file)))


def _quoted(path: str) -> str:
    import shlex

    return shlex.quote(path)
