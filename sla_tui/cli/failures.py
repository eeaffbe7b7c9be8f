"""What went wrong, printed in one place: the user's errors in a sentence, bugs as a report without anybody's text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import click

from sla_tui.cli.output import one_line, warn

if TYPE_CHECKING:
    from pathlib import Path

_STOPPED = 130
_PIPE_CLOSED = 141


def guarded(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Runs a command; its exit code, whatever happens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        _replace_what_cannot_be_shown(stream)
    try:
        done = command.main(given, prog_name="sla-tui", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return _PIPE_CLOSED
    except (click.Abort, KeyboardInterrupt):
        return _STOPPED
    except click.ClickException as error:
        warn(f"sla-tui: {_misused(error)}")
        return 2
    except Exception as error:
        return _failed(error, "--debug" in given)
    return done if isinstance(done, int) else 0


def _failed(error: Exception, debug: bool) -> int:
    from sla_tui.agreement.errors import InvalidFile, UserError

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
    kind = type(error).__name__
    report = _report(error)
    try:
        where = f"what happened (none of your texts) is in {_store(report)}"
    except OSError:
        where = "and no report could be written"
    hint = "" if debug else "; --debug shows more"
    warn(f"sla-tui: this is a bug in sla-tui ({kind}); {where}{hint}")
    if debug:
        import traceback

        warn("".join(traceback.format_exception(error)))


def _report(error: BaseException) -> str:
    """Versions, exception types and where in the code: no message of an exception, for it may quote somebody's text."""
    import platform
    import traceback

    from sla_tui import __version__

    lines = [f"sla-tui {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)
        lines.extend(f"  {_without_home(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames)
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def _without_home(file: str) -> str:
    """A file of code, from its package on: the folders above it may name a person."""
    parts = file.replace("\\", "/").split("/")
    for mark in ("site-packages", "sla_tui"):
        if mark in parts[:-1]:
            return "/".join(parts[parts.index(mark) :])
    return parts[-1]


def _store(report: str) -> Path:
    import time

    from sla_tui.workshop.memory import state_folder

    folder = state_folder() / "crashes"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    path.write_text(report, "utf-8")
    return path
