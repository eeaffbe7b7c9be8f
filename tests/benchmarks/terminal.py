"""A program in a pseudo-terminal of 120×40: what a benchmark types into it and reads from it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT / "agreements" / "northwind"


class Terminal:
    """Runs Python code as a process of its own in a terminal; ends it when left."""

    def __init__(self, code: str, state: str) -> None:
        self.started = time.perf_counter()
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", SLA_TUI_STATE=state)
            os.chdir(ROOT)
            os.execv(sys.executable, [sys.executable, "-c", code])
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.handle)

    def read(self, wait: float) -> bytes:
        """What has come, waiting at most ``wait`` seconds for the first of it."""
        return os.read(self.handle, 65536) if select.select([self.handle], [], [], wait)[0] else b""

    def until(self, word: bytes, limit: float = 30.0) -> float:
        """Seconds since the start until ``word`` has come. Raises TimeoutError after ``limit`` seconds."""
        seen = b""
        while word not in seen:
            if time.perf_counter() - self.started > limit:
                raise TimeoutError(f"{word!r} never came: {seen[-400:]!r}")
            seen += self.read(0.05)
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.3) -> None:
        """Reads until nothing has come for ``quiet`` seconds."""
        while self.read(quiet):
            pass

    def press(self, keys: bytes, quiet: float = 0.03) -> tuple[float, float]:
        """Seconds from sending ``keys`` until the first and until the last of what they change has come."""
        start = last = time.perf_counter()
        first, wait = 0.0, 1.0
        os.write(self.handle, keys)
        while self.read(wait):
            last, wait = time.perf_counter(), quiet
            first = first or last - start
        return first, last - start
