"""From a key to the screen on the scoring board, with a hundred thousand leads on it.

    python -m tests.benchmarks.bench_board [--leads 100000] [--keys 120]

Two figures for each kind of key. Work: what the thread of the screen computes for one key more than for a key that
does nothing, in a terminal without a screen. Key to screen: a whole process in a pseudo-terminal, from sending the
key's byte until the first and the last byte of what it changes has come. Beside both a bare Textual app that changes
thirty lines.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.made import SCORING, make
from tests.benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.pilot import Pilot

    from sla_tui.tui.board.screen import Board

NOTHING = "circumflex_accent"
"""A key that no screen knows."""
MOVES: dict[str, tuple[str, ...]] = {
    "threshold, a point": ("right", "right", "left", "right", "left", "left"),
    "threshold, five points": ("shift+right", "shift+left"),
    "points of a rule": ("right", "left"),
    "a rule off and on": ("space",),
    "from lead to lead": ("down", "down", "up", "down", "up", "up"),
}
PLACES = {"points of a rule": "r", "a rule off and on": "r", "from lead to lead": "l"}
BYTES = {
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "shift+right": b"\x1b[1;2C",
    "shift+left": b"\x1b[1;2D",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "space": b" ",
}
LINES = 30
BARE = "from tests.benchmarks.bench_board import bare; bare().run()"


def bare() -> App[None]:
    """An app that changes so many lines with every key: what Textual itself takes."""
    from textual.app import App
    from textual.widgets import Static

    class Bare(App[None]):
        number = 0

        def compose(self) -> Iterator[Static]:
            for _ in range(LINES):
                yield Static("ready")

        def on_key(self) -> None:
            self.number += 1
            for line in self.query(Static):
                line.update(f"{self.number:>70}", layout=False)

    return Bare()


def agreement(folder: Path, leads: int) -> Path:
    """Writes an agreement with twelve rules and its leads."""
    import tomlkit

    path = folder / "agreement.toml"
    path.write_text(tomlkit.dumps({"agreement": {"organization": "Bench"}, "scoring": SCORING}), "utf-8")
    (folder / "leads.toml").write_text('outcome = "won"\n', "utf-8")
    make(folder / "leads.csv", leads)
    return path


def report(name: str, times: list[float]) -> None:
    """Prints median and 95th percentile."""
    low, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"  {name:36} median {low:5.1f} ms   p95 {high:5.1f} ms")


def both(name: str, times: list[tuple[float, float]]) -> None:
    """Prints when the first and when the last of what a key changes is there; the leads follow the figures."""
    for at, when in enumerate(("first", "last")):
        report(f"{name}, {when}", [one[at] * 1000 for one in times])


async def work(pilot: Pilot[None], keys: tuple[str, ...], count: int) -> list[float]:
    """Milliseconds that the screen's thread computes for each key; the first ten warm up."""
    source, times = cycle(keys), list[float]()
    for _ in range(count + 10):
        begin = time.thread_time()
        await pilot.press(next(source))
        await pilot.pause()
        times.append((time.thread_time() - begin) * 1000)
    return times[10:]


async def in_process(folder: Path, count: int, size: tuple[int, int]) -> None:
    """Prints the work of each kind of key beyond that of a key that does nothing."""
    from sla_tui.tui.app import SlaTui
    from sla_tui.tui.board.screen import Board

    app, floor = SlaTui(folder), 0.0
    async with app.run_test(size=size) as pilot:
        await pilot.press("f4")
        while not (isinstance(app.screen, Board) and ready(app.screen)):
            await pilot.pause(0.05)
        print(f"Work of the screen's thread at {size[0]}×{size[1]} (goal p95 16 ms):")
        for name, keys in MOVES.items():
            await pilot.press(PLACES.get(name, "s"))
            await pilot.pause()
            floor = statistics.median(await work(pilot, (NOTHING,), 30))
            report(name, [max(0.0, one - floor) for one in await work(pilot, keys, count)])
    app = bare()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        times = await work(pilot, ("x",), count)
        report(f"a bare app changing {LINES} lines", [max(0.0, one - floor) for one in times])


def ready(board: Board) -> bool:
    """Whether the leads are there. Raises RuntimeError when they could not be read."""
    if board.trial.scored is None and board.said is not None and board.said.plain.startswith("!"):
        raise RuntimeError(board.said.plain)
    return board.trial.scored is not None


def in_terminal(folder: Path, count: int) -> None:
    """Prints how long each kind of key takes to the screen."""
    code = f"from sla_tui.cli import main; import sys; sys.argv = ['sla-tui', 'open', {str(folder)!r}]; main()"
    with Terminal(code, f"{folder}/state") as ours, Terminal(BARE, str(folder)) as bare:
        ours.until(b"Bench")
        ours.settle()
        os.write(ours.handle, b"s")
        ours.until(b"sales gets")
        bare.until(b"ready")
        ours.settle(1.0)
        print("Key to screen at 120×40:")
        for name, keys in MOVES.items():
            ours.press(PLACES.get(name, "s").encode(), 0.3)
            source = cycle(keys)
            both(name, [ours.press(BYTES[next(source)]) for _ in range(count + 10)][10:])
            ours.settle()
        both(f"a bare app changing {LINES} lines", [bare.press(b"x") for _ in range(count + 10)][10:])


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--leads", type=int, default=100_000)
    options.add_argument("--keys", type=int, default=120)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SLA_TUI_STATE"] = f"{folder}/state"
        agreement(folder, given.leads)
        print(f"{given.leads:,} leads, {len(SCORING['rules'])} rules")
        for size in ((80, 24), (120, 40)):
            asyncio.run(in_process(folder, given.keys, size))
        in_terminal(folder, given.keys)


if __name__ == "__main__":
    main()
