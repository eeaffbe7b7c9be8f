"""Saving one change and opening a file, beside tomlkit's parse of the same text: in one process, by turns.

Sizes are those of a short agreement and of one far longer than any: the example cut to some of its sections, and the
example with its rules and commitments many times over. A save goes from the changed value to the replaced file: what
was written is read back, compared and synced. The floor of a save is the synced replacement of the file alone.

    python -m tests.benchmarks.bench_save [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import tomlkit

from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Add, Change, Put, Remove, apply, at_key
from sla_tui.agreement.terms import Agreement
from sla_tui.record import saving
from sla_tui.record.document import Document
from sla_tui.record.files import read
from tests.benchmarks.terminal import NORTHWIND

Time = tuple[float, float]
"""Milliseconds of one run: on the clock, and of the processor."""


def short(data: dict[str, Any]) -> dict[str, Any]:
    """About 300 lines."""
    scoring = {**data["scoring"], "rules": data["scoring"]["rules"][:13]}
    return {**{key: data[key] for key in ("agreement", "objective")}, "scoring": scoring}


def long(data: dict[str, Any]) -> dict[str, Any]:
    """About 5,000 lines."""
    scoring = {**data["scoring"], "rules": _many(data["scoring"]["rules"], 190)}
    return {**data, "scoring": scoring, "commitments": _many(data["commitments"], 120)}


def _many(items: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    return [{**items[i % len(items)], "id": f"n{i}"} for i in range(number)]


def timed(work: Callable[[], object]) -> Time:
    """One run."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


class Saves:
    """A file saved again and again, each time with another change; every save goes on from the one before."""

    def __init__(self, file: Path) -> None:
        self.document = Document.load(file, Agreement)
        self._numbers = count()
        self._item = self.document.value.scoring.rules[5]  # type: ignore[union-attr]

    def answer(self) -> Change:
        """Another title."""
        return Put("agreement.title", f"Title {next(self._numbers)}")

    def inside(self) -> Change:
        """Another answer of one entry in the middle of a list."""
        return Put(f"scoring.rules.{self._item.id}.points", next(self._numbers) + 1)

    def entry(self) -> Change:
        """One entry more, or it is taken out again."""
        added = self._item.model_copy(update={"id": "one-more"})
        there = any(one.id == added.id for one in at_key(self.document.value, "scoring.rules").value)
        return Remove("scoring.rules.one-more") if there else Add("scoring.rules", added, 6)

    def timed(self, change: Change) -> Time:
        """One save."""
        value: Part = apply(self.document.value, change)[0]
        before = self.document

        def save() -> None:
            self.document = before.save(value)

        took = timed(save)
        assert self.document is not before
        return took


def measure(text: str, folder: Path, rounds: int) -> dict[str, list[Time]]:
    """Each job by turns; the first two rounds warm up."""
    file, other = folder / "agreement.toml", folder / "floor.toml"
    for one in (file, other):
        one.write_text(text, "utf-8")
    raw = tomllib.loads(text)
    saves = Saves(file)
    jobs: dict[str, Callable[[int], Time]] = {
        "tomlkit parse": lambda _: timed(lambda: tomlkit.parse(text)),
        "models": lambda _: timed(lambda: Agreement.model_validate(raw)),
        "open": lambda _: timed(lambda: Document.load(file, Agreement)),
        "replace a file": lambda i: timed(lambda: saving.save(other, f"{text}#{i}".encode(), read(other).fingerprint)),
        "save an answer": lambda _: saves.timed(saves.answer()),
        "save one in a list": lambda _: saves.timed(saves.inside()),
        "save an entry more": lambda _: saves.timed(saves.entry()),
    }
    found: dict[str, list[Time]] = {name: [] for name in jobs}
    for i in range(rounds + 2):
        for name, job in jobs.items():
            found[name].append(job(i))
    assert Document.load(file, Agreement).value == saves.document.value
    return {name: times[2:] for name, times in found.items()}


def main(rounds: int) -> None:
    """Measures and prints."""
    data = tomllib.loads((NORTHWIND / "agreement.toml").read_text("utf-8"))
    for make, goal in ((short, 15), (long, 150)):
        text = tomlkit.dumps(make(data))
        with tempfile.TemporaryDirectory() as folder:
            found = measure(text, Path(folder), rounds)
        print(f"{text.count(chr(10)):,} lines; the goal of a save is {goal} ms")
        middle = {name: [statistics.median(one) for one in zip(*times, strict=True)] for name, times in found.items()}
        for name, times in found.items():
            clock, processor = middle[name]
            least, most = min(times)[0], max(times)[0]
            print(
                f"  {name:18}  clock: least {least:6.1f}  median {clock:6.1f}  most {most:6.1f} ms"
                f"   processor: median {processor:6.1f} ms"
            )
        peer = [2 * a + b for a, b in zip(middle["tomlkit parse"], middle["models"], strict=True)]
        print(f"  open may take {peer[0]:.1f} ms on the clock, {peer[1]:.1f} of the processor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
