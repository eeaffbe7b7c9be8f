"""The canonical layout, for one file or all files of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla_tui.cli.group import Command
from sla_tui.cli.output import counted, one_line, say, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("fmt", cls=Command, epilog="Example: sla-tui fmt agreements/*/ --check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--check", "check_", is_flag=True, help="Write nothing; exit code 1 when a file would change.")
def fmt(paths: tuple[str, ...], check_: bool) -> int:
    """Bring files to the canonical layout; list what changed.

    Keys in the order of the questions, values in their canonical spelling, one blank line between tables. What is said
    stays, and so does every comment. A PATH is a file, or the folder of an agreement with all its files. A file with a
    fault is left as it is.
    """
    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.record.canonical import format_file
    from sla_tui.workshop.folder import model_of

    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    changed = failed = 0
    for file in files:
        try:
            news = format_file(file, model_of(file), write=not check_)
        except InvalidFile as error:
            failed += 1
            for fault in error.faults:
                warn(f"sla-tui: {one_line(str(fault))}")
        except UserError as error:
            failed += 1
            warn(f"sla-tui: {one_line(str(error))}")
        else:
            changed += news
            if news:
                say(str(file))
    would = "would change" if check_ else "changed"
    say(f"{changed or 'none'} of {counted(len(files), 'file')} {would}")
    return 2 if failed else 1 if check_ and changed else 0


def _files(path: str) -> Iterator[Path]:
    """The files that a PATH names: itself, or all those of the agreement whose folder it is."""
    from pathlib import Path

    from sla_tui.workshop.folder import agreement_file, files_beside

    file = agreement_file(Path(path))
    yield file
    if file != Path(path):
        yield from files_beside(file)
