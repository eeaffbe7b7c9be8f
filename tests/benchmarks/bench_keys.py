"""From a key to the screen: typing into an answer, and moving in the form, beside a bare form of 40 inputs.

Each key is timed from sending its byte until the first byte of what it changes has arrived (the key is seen), and
until the last (the form says it too), as whole processes in a pseudo-terminal.

    python -m tests.benchmarks.bench_keys [KEYS]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from sla_tui.agreement.parts import specs
from sla_tui.agreement.terms import Agreement
from tests.benchmarks.terminal import NORTHWIND, Terminal

BARE = """
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input

class Bare(App):
    AUTO_FOCUS = "Input"
    def compose(self):
        yield Header()
        with VerticalScroll():
            for n in range(40):
                yield Input(f"answer {n}")
        yield Footer()

Bare().run()
"""
LETTERS = [bytes([letter]) for letter in b"the quick brown fox jumps over the lazy dog"]
SECTIONS = [spec.key for spec in specs(Agreement) if spec.about]
DOWN, UP = b"\x1b[B", b"\x1b[A"


Times = list[tuple[float, float]]


def timed(terminal: Terminal, keys: list[bytes], count: int) -> Times:
    """Milliseconds of each key until first and last; the first ten warm up."""
    source = cycle(keys)
    pairs = [terminal.press(next(source)) for _ in range(count + 10)][10:]
    return [(first * 1000, last * 1000) for first, last in pairs]


def report(name: str, times: Times) -> None:
    """Prints medians and 95th percentiles."""
    said = []
    for part in zip(*times, strict=True):
        said.append(f"median {statistics.median(part):5.1f}  p95 {statistics.quantiles(part, n=20)[-1]:5.1f}")
    print(f"{name:40} seen: {said[0]} ms   all: {said[1]} ms")


def main(count: int) -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(NORTHWIND / "agreement.toml", folder)
        code = f"from sla_tui.cli import main; import sys; sys.argv = ['sla-tui', 'open', {folder!r}]; main()"
        with Terminal(code, f"{folder}/state") as ours, Terminal(BARE, folder) as bare:
            ours.until(b"Organization")
            bare.until(b"answer 5")
            ours.settle()
            bare.settle()
            ours.press(b"\r", 0.3)
            report("typing into an answer (goal p95 16 ms)", timed(ours, LETTERS, count))
            report("typing into one of 40 bare inputs", timed(bare, LETTERS, count))
            ours.press(b"\x1b", 0.5)
            ours.press(b"]" * SECTIONS.index("commitments"), 0.5)
            report("moving among 16 commitments", timed(ours, [DOWN] * 12 + [UP] * 12, count))
            ours.settle()
            report("from section to section", timed(ours, [b"[", b"[", b"[", b"]", b"]", b"]"], count // 4))
        assert "fox" in (Path(folder) / "agreement.toml").read_text("utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
