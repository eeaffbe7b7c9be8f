"""Completion in the shell: the script that a shell asks for, and what completes the word in hand."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from sla_tui.cli.group import Command

_ASKED = "_SLA_TUI_COMPLETE"
"""By this variable a shell asks, and not somebody at the keyboard."""
_FILES = ("PATH", "FILE", "OLD", "NEW", "FOLDER")
"""What arguments and options that take a file are called in the help."""


@click.command("completion", cls=Command, epilog='Example: eval "$(sla-tui completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and options."""
    from click.shell_completion import get_completion_class

    from sla_tui.cli.commands import front

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(front, {}, "sla-tui", _ASKED).source())


def completed(front: click.Group) -> bool:
    """Answers a shell that asks what may come next; False when none does."""
    asked = os.environ.get(_ASKED)
    if not asked:
        return False
    from click.shell_completion import shell_complete

    for param in _taking_files(front):
        param.type = click.Path()
    shell_complete(front, {}, "sla-tui", _ASKED, asked)
    return True


def _taking_files(front: click.Group) -> Iterator[click.Parameter]:
    for command in front.commands.values():
        for param in command.params:
            called = param.metavar or (param.name or "").upper()
            if isinstance(param.type, click.types.StringParamType) and any(word in called for word in _FILES):
                yield param
