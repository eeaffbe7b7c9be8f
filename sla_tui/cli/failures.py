"""What went wrong, printed in one place: the user's errors in a sentence, bugs as a report without anybody's text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from sla_tui.cli.output import one_line, warn

_STOPPED = 130
_PIPE_CLOSED = 141


def guarded(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Runs a command; its exit code, whatever happens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        _replace_what_cannot_be_shown(stream)
    try:
        # Not through click's own main, which turns a closed pipe into exit code 1.
        with command.make_context("sla-tui", list(given)) as context:
            done = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        _close_quietly()
        return _PIPE_CLOSED
    except (click.Abort, KeyboardInterrupt):
        return _STOPPED
    except click.ClickException as error:
        warn(f"sla-tui: {_misused(error)}")
        return 2
    except Exception as error:
        return _STOPPED if _interrupted(error) else _failed(error, "--debug" in given)
    return done if isinstance(done, int) else 0


def _interrupted(error: Exception) -> bool:
    """Whether it is how DuckDB tells of Ctrl+C: it takes the signal for itself while it works."""
    return type(error) is RuntimeError and str(error) == "Query interrupted"


def _failed(error: Exception, debug: bool) -> int:
    from sla_tui.agreement.errors import InvalidFile, UserError
    from sla_tui.record.trouble import of_the_machine

    if isinstance(error, OSError):
        error = of_the_machine(error) or error
    if isinstance(error, InvalidFile):
        for fault in error.faults:
            warn(f"sla-tui: {one_line(str(fault))}")
    elif isinstance(error, UserError):
        warn(f"sla-tui: {one_line(str(error))}")
    else:
        _bug(error, debug)
    return 2


def _misused(error: click.ClickException) -> str:
    said = error.format_message().rstrip(".")
    said = said[:1].lower() + said[1:]
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return said
    return f"{said}; see {error.ctx.command_path} --help"


def _replace_what_cannot_be_shown(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _close_quietly() -> None:
    """Nobody reads what we print any more; what is left in the buffer goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: BaseException, debug: bool) -> None:
    """Leaves a report in the state folder and says so in one line; with ``debug`` shows everything."""
    from sla_tui.workshop.crash import leave_report

    path = leave_report(error)
    where = f"what happened (none of your texts) is in {path}" if path else "and no report could be written"
    hint = "" if debug else "; --debug shows more"
    warn(f"sla-tui: this is a bug in sla-tui ({type(error).__name__}); {where}{hint}")
    if debug:
        import traceback

        warn("".join(traceback.format_exception(error)))
