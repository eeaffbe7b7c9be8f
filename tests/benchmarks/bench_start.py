"""How soon the workshop shows its first content, beside a bare Textual app that reads the same file.

The bare app reads the same file into the same models and mounts as many inputs as the section in front has answers.
Both run as whole processes in a pseudo-terminal of 120×40, in turn; the time ends when a word of the content arrives.

    python -m tests.benchmarks.bench_start [RUNS]
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT / "agreements" / "northwind"
OURS = "from pathlib import Path; from sla_tui.tui.app import run; run(Path({path!r}))"
BARE = """
import tomllib
from pathlib import Path
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input, Label
from sla_tui.agreement.parts import plain
from sla_tui.agreement.terms import Agreement

class Bare(App):
    def compose(self):
        yield Header()
        agreement = Agreement.model_validate(tomllib.loads((Path({path!r}) / "agreement.toml").read_text("utf-8")))
        header = plain(agreement.agreement)
        header.update(header.pop("calendar"))
        with VerticalScroll():
            for key, value in header.items():
                yield Label(key)
                yield Input(str(value))
        yield Footer()

Bare().run()
"""


def first_content(code: str, word: bytes, state: str) -> float:
    """Seconds from starting a process until ``word`` is on its screen."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", SLA_TUI_STATE=state, COLORTERM="truecolor")
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", code])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while word not in seen:
            if time.perf_counter() - start > 30:
                raise TimeoutError(f"{word!r} never came: {seen[-400:]!r}")
            if select.select([terminal], [], [], 0.05)[0]:
                seen += os.read(terminal, 65536)
        return time.perf_counter() - start
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main(runs: int) -> None:
    """Prints both medians and the median of the ratios pair by pair."""
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as state:
        for run in range(runs + 1):
            a = first_content(OURS.format(path=str(NORTHWIND)), b"America/New_York", f"{state}/{run}")
            b = first_content(BARE.format(path=str(NORTHWIND)), b"America/New_York", state)
            if run:
                ours.append(a)
                bare.append(b)
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    print(f"first content: sla-tui {statistics.median(ours) * 1000:.0f} ms, bare {statistics.median(bare) * 1000:.0f} ms,")
    print(f"ratio {statistics.median(ratios):.2f} (goal 1.5), {min(ratios):.2f} to {max(ratios):.2f} over {runs} pairs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
