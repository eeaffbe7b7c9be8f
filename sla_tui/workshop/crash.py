"""What is left behind when the program itself is at fault: where in the code, and nobody's text."""

from __future__ import annotations

import os
import platform
import time
import traceback
from pathlib import Path

from sla_tui import __version__
from sla_tui.record.state import state_home


def leave_report(error: BaseException) -> Path | None:
    """Writes a report of a bug into the state folder and returns its path; None when that cannot be done."""
    folder = state_home() / "crashes"
    path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report(error), "utf-8")
    except OSError:
        return None
    return path


def report(error: BaseException) -> str:
    """Versions, types of exceptions and where they came from.

    No exception's message: it may quote an agreement or a lead.
    """
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
