"""How commands are found: a known word, or the folder to start over."""

from __future__ import annotations

from typing import Any

import click

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(click.Command):
    """A command that takes ``--debug`` too, after its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", _HELP)
        super().__init__(*args, **kwargs)
        self.params.append(click.Option(["--debug"], is_flag=True, expose_value=False, hidden=True))


class Front(click.Group):
    """The program itself: its first word is a command, or an existing folder to start over."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", _HELP)
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return [name for name, command in self.commands.items() if not command.hidden]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; the start screen when it is a folder."""
        word = args[0]
        if word in self.commands and not self.commands[word].hidden:
            return word, self.commands[word], args[1:]
        from pathlib import Path

        if Path(word).is_dir():
            return "start", self.commands["start"], args
        raise click.UsageError(self._unknown(word, self.list_commands(ctx)))

    def _unknown(self, word: str, known: list[str]) -> str:
        from difflib import get_close_matches
        from pathlib import Path

        near = get_close_matches(word, known, n=1, cutoff=0.5)
        if Path(word).exists():
            return f"no command is called {word!r}; to open an agreement: sla-tui open {word}"
        return f"no command and no folder is called {word!r}; " + (
            f"did you mean {near[0]!r}?" if near else "see sla-tui --help"
        )
