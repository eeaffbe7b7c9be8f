"""How soon the workshop shows its first content, beside a bare Textual app that reads the same file.

The bare app reads the same file into the same models and mounts as many inputs as the section in front has answers.
Both run as whole processes in a pseudo-terminal, in turn; the time ends when a word of the content arrives.

    python -m tests.benchmarks.bench_start [RUNS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile

from tests.benchmarks.terminal import NORTHWIND, Terminal

OURS = f"from sla_tui.cli import main; import sys; sys.argv = ['sla-tui', 'open', {str(NORTHWIND)!r}]; main()"
BARE = f"""
import tomllib
from pathlib import Path
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input, Label
from sla_tui.agreement.parts import slots
from sla_tui.agreement.terms import Agreement

class Bare(App):
    def compose(self):
        yield Header()
        text = (Path({str(NORTHWIND)!r}) / "agreement.toml").read_text("utf-8")
        header = Agreement.model_validate(tomllib.loads(text)).agreement
        with VerticalScroll():
            for slot in slots(header, type(header)):
                if not slot.spec.nested:
                    yield Label(slot.spec.title)
                    yield Input(slot.text)
        yield Footer()

Bare().run()
"""
WORD = b"2027-12-31"


def main(runs: int) -> None:
    """Prints both medians and the median of the ratios pair by pair."""
    times: dict[str, list[float]] = {OURS: [], BARE: []}
    for run in range(runs + 1):
        for code, taken in times.items():
            with tempfile.TemporaryDirectory() as state, Terminal(code, state) as terminal:
                seconds = terminal.until(WORD)
            if run:
                taken.append(seconds)
    ours, bare = times[OURS], times[BARE]
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    print(
        f"first content: sla-tui {statistics.median(ours) * 1000:.0f} ms, bare {statistics.median(bare) * 1000:.0f} ms"
    )
    print(f"ratio {statistics.median(ratios):.2f} (goal 1.5), {min(ratios):.2f} to {max(ratios):.2f} over {runs} pairs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
