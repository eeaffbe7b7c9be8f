"""A file opened in whatever the system opens such files with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_AT_ONCE = 1.0
"""Seconds within which an opener that finds no program has said so."""


def unopened(path: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Hands a file to the system's own opener; why that did not open it, or nothing."""
    mac = sys.platform == "darwin"
    far = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    seen = mac or any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
    if far and (mac or not seen):
        return "this is a session over ssh, and it would open on the machine at the other end"
    if not seen:
        return "there is no desktop here to open it on"
    command = shutil.which("open" if mac else "xdg-open", path=environ.get("PATH"))
    if command is None:
        return "no program here opens files by their kind"
    quiet = subprocess.DEVNULL
    words = [command, str(path.absolute())]
    try:
        opener = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        code = opener.wait(_AT_ONCE)
    except subprocess.TimeoutExpired:
        return ""
    except OSError as error:
        return f"{command} could not be started: {error.strerror}"
    return f"the system knows no program that opens {path.suffix or 'such'} files" if code else ""
