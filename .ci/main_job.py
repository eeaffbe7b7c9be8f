"""The main job with an installed sla-tui, as a person does it: new, open, type, check, simulate, export.

``python main_job.py PATH/TO/sla-tui PATH/TO/northwind``, in a folder where it may write.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

PATIENCE = 60.0
"""Seconds to wait for anything on the screen or on disk."""
_SEQUENCES = re.compile(
    rb"\x1b(?:\[[0-9;?<>=$ ]*[a-zA-Z~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()][A-Z0-9]|.)"
)


class Terminal:
    """A program in a terminal of 80 by 24, whose screen is read and whose keys are pressed."""

    def __init__(self, arguments: list[str]) -> None:
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
            os.execv(arguments[0], arguments)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.printed = b""
        self._since = 0

    def press(self, keys: str) -> None:
        """Presses keys one after another; ``sees`` looks at what comes after."""
        self._since = len(self.printed)
        for key in keys:
            os.write(self._terminal, key.encode())
            self._read(0.05)

    def until(self, met: Callable[[], bool], what: str) -> None:
        """Waits, and reads the screen meanwhile."""
        end = time.monotonic() + PATIENCE
        while not met():
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain: {what}\n{self.text[-3000:]}")
            self._read(0.1)

    def sees(self, words: str) -> None:
        """Waits until words are drawn on the screen, after the last keys."""
        self.until(lambda: words in self.text, f"{words!r} on the screen")

    def ends(self) -> int:
        """Waits for the end; the exit code."""
        status: list[int] = []

        def ended() -> bool:
            done, code = os.waitpid(self._process, os.WNOHANG)
            if done:
                status.append(os.waitstatus_to_exitcode(code))
            return bool(done)

        self.until(ended, "the end of the program")
        return status[0]

    @property
    def text(self) -> str:
        """What has been printed since the last keys, without the terminal's sequences."""
        return " ".join(_SEQUENCES.sub(b" ", self.printed[self._since :]).decode("utf-8", "replace").split())

    def _read(self, seconds: float) -> None:
        try:
            while select.select([self._terminal], [], [], seconds)[0]:
                self.printed += os.read(self._terminal, 65536)
        except OSError:
            time.sleep(seconds)


def main() -> int:
    """Does the job; raises SystemExit with what went wrong."""
    # What an earlier run remembers would decide where the cursor starts.
    os.environ["SLA_TUI_STATE"] = tempfile.mkdtemp()
    program, northwind = (str(Path(one).absolute()) for one in sys.argv[1:3])

    def run(*arguments: str) -> str:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"sla-tui {' '.join(arguments)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    print(run("--version").strip())
    print(run("new", "agreements/acme").splitlines()[0])
    file = Path("agreements/acme/agreement.toml")

    screen = Terminal([program, "open", "agreements/acme"])
    screen.sees("next open")
    screen.press("n")
    screen.sees("Whose agreement is it?")
    screen.press("\r")
    screen.sees("Enter done")
    screen.press("Acme Smoke Works\r")
    screen.until(lambda: 'organization = "Acme Smoke Works"' in file.read_text("utf-8"), "the typed answer on disk")
    screen.press("\x11")
    if code := screen.ends():
        raise SystemExit(f"sla-tui open ended with exit code {code}\n{screen.text[-3000:]}")
    print("typed into the screen, saved to", file)

    run("check", "agreements/acme")
    print("check:", run("check", northwind, "--final").splitlines()[-1])
    print("simulate:", run("simulate", northwind).splitlines()[0])
    tried = json.loads(run("simulate", northwind, "--set", "scoring.stages.mql.at=55", "--format", "json"))
    print("what if:", {stage["id"]: stage["leads"] for stage in tried["stages"]})

    run("export", northwind, "-o", "northwind.pdf", "--final")
    pages = PdfReader("northwind.pdf")
    signatures = [name for name, field in (pages.get_fields() or {}).items() if field.get("/FT") == "/Sig"]
    if len(signatures) < 3:
        raise SystemExit(f"the PDF has {len(signatures)} signature fields")
    print(f"export: {len(pages.pages)} pages, {len(signatures)} signature fields")
    return 0


if __name__ == "__main__":
    sys.exit(main())
