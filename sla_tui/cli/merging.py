"""Agreements in git: the setup of a checkout, and the merge that git asks for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import one_line, say, warn

if TYPE_CHECKING:
    from pathlib import Path

    from sla_tui.agreement.clashes import Conflict
    from sla_tui.workshop.gitsetup import Setup
    from sla_tui.workshop.mergefiles import Three


@click.command("git-setup", cls=Command)
@click.option("--remove", is_flag=True, help="Take out again what was written.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def git_setup(remove: bool, yes: bool) -> int:
    """Make git merge agreements answer by answer.

    Hunk headers name the table. Shows what it will write into .gitattributes, which the team shares, and into the
    settings of this checkout. Each person runs it once in each checkout.
    """
    from pathlib import Path

    from sla_tui.workshop.gitsetup import setup

    planned = setup(Path.cwd(), remove)
    if planned.nothing:
        say("nothing is set up here" if remove else "all is set up already")
        return 0
    say("\n".join(_shown(planned)))
    if not yes:
        _ask("Take this out?" if remove else "Write this?")
    planned.write()
    if remove:
        say("Done: git merges line by line again.")
    elif planned.added:
        say("Done. Commit .gitattributes; everybody else runs sla-tui git-setup once.")
    else:
        say("Done.")
    return 0


def _shown(planned: Setup) -> list[str]:
    lines: list[str] = []
    if planned.added or planned.removed:
        lines.append(f"{planned.attributes}")
        lines += [f"  + {line}" for line in planned.added] + [f"  - {line}" for line in planned.removed]
    if planned.settings:
        lines.append("git config, of this checkout only")
        for one in planned.settings:
            lines += [f"  - {one.key} = {one.old}"] if one.old is not None else []
            lines += [f"  + {one.key} = {one.new}"] if one.new is not None else []
    return lines


def _ask(question: str) -> None:
    from sla_tui.agreement.errors import UserError

    try:
        agreed = click.confirm(question)
    except click.Abort:
        say("")
        agreed = False
    if not agreed:
        raise UserError("nothing was written", "answer y, or use --yes")


@click.command(
    "merge-driver", cls=Command, options_metavar="", epilog="git runs it by itself once git-setup has told it to."
)
@click.argument("base", metavar="%O")
@click.argument("ours", metavar="%A")
@click.argument("theirs", metavar="%B")
@click.argument("size", metavar="%L", type=click.IntRange(1, 1000))
@click.argument("path", metavar="%P")
def merge_driver(base: str, ours: str, theirs: str, size: int, path: str) -> int:
    """Merge three versions of an agreement's file for git.

    The result is written over %A. The exit code is 1 where both sides changed the same answer differently: both stand
    in the file then, between markers. A file that cannot be merged so is merged line by line, and the code is 1.
    """
    from pathlib import Path

    from sla_tui.workshop.mergefiles import Three

    return _merge(Three(Path(base), Path(ours), Path(theirs)), Path(path), size)


def _merge(files: Three, name: Path, size: int) -> int:
    from sla_tui.agreement.errors import UserError
    from sla_tui.workshop.mergefiles import merge_files, merge_lines

    try:
        conflicts = merge_files(files, name, size)
    except Exception as error:
        why = str(error) if isinstance(error, UserError) else f"{name}: {type(error).__name__} in sla-tui"
        _say(f"{why}; merged line by line: look it through, run sla-tui check, then git add it")
        try:
            merge_lines(files, size)
        except UserError as failed:
            _say(str(failed))
        return 1
    for one in conflicts:
        _say(f"{name}: {_where(one)}")
    return 1 if conflicts else 0


def _where(conflict: Conflict) -> str:
    from sla_tui.agreement.clashes import told

    return f"{conflict.key}: {told(conflict)}" if conflict.key else told(conflict)


def _say(words: str) -> None:
    """A word for whoever looks; the merge does not depend on it."""
    with suppress(OSError):
        warn(f"sla-tui: {one_line(words)}")
