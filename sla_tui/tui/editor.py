"""The user's own editor: a file opened at a line, or one answer written there."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sla_tui.record.state import state_home

if TYPE_CHECKING:
    from textual.app import App

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
        editor = subprocess.Popen(words)
    except OSError as error:
        return f"The editor {words[0]!r} could not be started: {error.strerror}."
    while True:
        # Ctrl+C in there is meant for the editor, and it ends when it is closed.
        with contextlib.suppress(KeyboardInterrupt):
            code = editor.wait()
            break
    return f"The editor {words[0]!r} ended with an error ({code})." if code else ""


class Written(NamedTuple):
    """What was written in the editor, None where the answer stays as it was, and what there is to say about it."""

    text: str | None
    said: str = ""


def write(app: App[object], text: str) -> Written:
    """Lets the user write one answer in their own editor, in a file of its own; nothing written there is ever lost."""
    from textual.app import SuspendNotSupported

    if command(Path("answer.txt"), 1, 1) is None:
        return Written(None, "No editor: set VISUAL or EDITOR, or write it here.")
    before = f"{text}\n".encode() if text else b""
    try:
        path = _file(before)
    except OSError as error:
        return Written(None, f"There is nowhere to write it: {error.strerror}.")
    try:
        with app.suspend():
            trouble = run(command(path, 1, 1) or [])
    except SuspendNotSupported:
        trouble = "An editor cannot be opened here."
    return _read(path, before, trouble)


def _file(data: bytes) -> Path:
    folder = state_home() / "writing"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".txt", "answer-", folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return Path(name)


def _read(path: Path, before: bytes, trouble: str) -> Written:
    kept = f"What was written is kept in {path}."
    try:
        data = path.read_bytes()
    except OSError as error:
        return Written(None, f"{trouble} The answer is as it was: {path} cannot be read ({error.strerror}).".strip())
    if data != before:
        if trouble:
            return Written(None, f"{trouble} The answer is as it was. {kept}")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Written(None, f"That is no UTF-8 text, and the answer is as it was. {kept}")
    else:
        text = None
    with contextlib.suppress(OSError):
        path.unlink()
    return Written(text, trouble or ("Nothing was changed." if text is None else ""))
