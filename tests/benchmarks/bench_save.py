"""Saving one change and opening a file, beside tomlkit's parse of the same text: in one process, by turns.

Sizes are those of a short agreement and of one far longer than any: the example cut to some of its sections, and the
example with its rules and commitments many times over.

    python -m tests.benchmarks.bench_save [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomlkit

from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from tests.benchmarks.terminal import NORTHWIND


def short(data: dict[str, Any]) -> dict[str, Any]:
    """About 300 lines."""
    return {key: data[key] for key in ("agreement", "objective", "stakeholders", "scoring")}


def long(data: dict[str, Any]) -> dict[str, Any]:
    """About 5,000 lines."""
    scoring = {**data["scoring"], "rules": _many(data["scoring"]["rules"], 190)}
    return {**data, "scoring": scoring, "commitments": _many(data["commitments"], 120)}


def _many(items: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [{**items[i % len(items)], "id": f"n{i}"} for i in range(count)]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def measure(text: str, file: Path, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each job; every save goes on from the one before and changes a title."""
    file.write_text(text, "utf-8")
    held = [Document.load(file, Agreement)]
    raw = tomllib.loads(text)

    def save(title: str) -> None:
        held[0] = held[0].save(apply(held[0].value, Put("agreement.title", title))[0])

    jobs: dict[str, Callable[[int], object]] = {
        "tomlkit parse": lambda _: tomlkit.parse(text),
        "models": lambda _: Agreement.model_validate(raw),
        "open": lambda _: Document.load(file, Agreement),
        "save one change": lambda i: save(f"Title {i}"),
    }
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for i in range(rounds + 2):
        for name, job in jobs.items():
            found[name].append(timed(lambda job=job, i=i: job(i)))
    assert f'title = "Title {rounds + 1}"' in file.read_text("utf-8")
    return {name: times[2:] for name, times in found.items()}


def main(rounds: int) -> None:
    """Measures and prints."""
    data = tomllib.loads((NORTHWIND / "agreement.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for make, goal in ((short, 15), (long, 150)):
            text = tomlkit.dumps(make(data))
            found = measure(text, Path(folder, "agreement.toml"), rounds)
            print(f"{text.count(chr(10)):,} lines; the goal of a save is {goal} ms")
            for name, times in found.items():
                low, middle, high = min(times), statistics.median(times), max(times)
                print(f"  {name:16} least {low:6.1f}  median {middle:6.1f}  most {high:6.1f} ms")
            allowed = 2 * statistics.median(found["tomlkit parse"]) + statistics.median(found["models"])
            print(f"  {'open may take':16} {allowed:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
