"""The user's own editor, opened at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

_PLUS = ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "mg", "joe", "jed", "ne", "micro", "kak")
_COLON = ("hx", "helix", "subl", "zed")
_GOTO = ("code", "codium", "cursor")


def command(path: Path, line: int, column: int) -> list[str] | None:
    """The words that open ``path`` at a place with $VISUAL, else $EDITOR; None when neither is set."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        words = [said]
    if not words:
        return None
    name, file = Path(words[0]).name.removesuffix(".exe"), str(path.absolute())
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _COLON:
        return [*words, f"{file}:{line}:{column}"]
    if name in _GOTO:
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, "--goto", f"{file}:{line}:{column}"]
    return [*words, file]


def run(words: list[str]) -> str:
    """Runs an editor until it is closed; what went wrong, or nothing."""
    try:
        done = subprocess.run(words, check=False)
    except OSError as error:
        return f"The editor {words[0]!r} could not be started: {error.strerror}."
    return f"The editor {words[0]!r} ended with an error ({done.returncode})." if done.returncode else ""
