"""Scoring's speed and memory beside what a good engineer writes for the one job.

    python -m tests.benchmarks.bench_scoring [--leads 1000000] [--log 1000000] [--rounds 5] [--large]

Whole processes by turns, which have to give the same figures: leads from CSV to every threshold, an activity log to
every lead's score, and files with something odd in one cell. Then what runs while the board is open, and a
suggestion. A ratio is the median of those of each round; MB is the peak of the whole process. pandas and polars take
part where they are installed. ``--large`` adds ten million leads and takes some minutes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import peers
from tests.benchmarks.made import AS_OF, LOG_SCORING, SCORING

ODD: dict[str, dict[str, str]] = {
    "a digit set apart in an id": {"id": "L_1_000"},
    "1_000 where a count stands": {"email_open": "1_000"},
    "n/a where a count stands": {"email_open": "n/a"},
    "an id twice": {"id": "L00000003"},
    "a text that comes late": {"title": "Chief Late Officer"},
}
GOALS = {"duckdb": 1.2, "log": 1.3, "odd": 2.0}


@dataclass(frozen=True)
class Run:
    """What one process took and found: seconds of the clock and of the processors, and its peak of memory.

    ``inside``: by the clock, without start and imports; ``computed``: processor time of that.
    """

    whole: float
    processor: float
    megabytes: float
    found: dict[str, Any]

    @property
    def inside(self) -> float:
        return self.found.get("seconds", self.whole)

    @property
    def computed(self) -> float:
        return self.found["computed"]


def run(code: str, *arguments: str) -> Run:
    """Runs a program as a process of its own. Raises RuntimeError with what it says when it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as wrong:
        begin = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=out, stderr=wrong)
        _, status, used = os.wait4(child.pid, 0)
        whole = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        for stream in (out, wrong):
            stream.seek(0)
        if child.returncode:
            raise RuntimeError(wrong.read().decode("utf-8", "replace")[-2000:])
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return Run(whole, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, json.loads(out.read()))


def apart(function: str, *arguments: object) -> None:
    """Calls a function of ``made`` in a process of its own: a child starts with its parent's peak of memory."""
    code = f"from tests.benchmarks.made import *; from pathlib import Path; {function}(*{arguments!r})"
    subprocess.run([sys.executable, "-c", code.replace("PosixPath", "Path")], check=True)


def by_turns(programs: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """What each program took in each round, after one that warms up."""
    for program in programs.values():
        program()
    taken: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            taken[name].append(program())
    return taken


def ratio(taken: dict[str, list[Run]], one: str, other: str, of: Callable[[Run], float]) -> float:
    """The median of the ratios of two programs' figures, round by round."""
    return statistics.median(of(a) / of(b) for a, b in zip(taken[one], taken[other], strict=True))


SHOWN: dict[str, Callable[[Run], float]] = {
    "whole": lambda one: one.whole,
    "processor": lambda one: one.processor,
    "inside": lambda one: one.inside,
}
"""On a machine that others use the processor's time says most."""


def told(name: str, taken: dict[str, list[Run]], base: str, goal: str = "") -> None:
    """Prints one program's line of a table."""
    words = f"  {name:20}"
    for what, of in SHOWN.items():
        there = what != "inside" or "seconds" in taken[name][0].found
        seconds = statistics.median(map(of, taken[name]))
        words += f"{seconds:8.2f} s {ratio(taken, name, base, of):5.2f}" if there else " " * 16
    print(f"{words}{statistics.median(one.megabytes for one in taken[name]):6.0f} MB  {goal}".rstrip())


def head(what: str) -> None:
    """Prints a table's title and header."""
    print(f"\n{what}\n  {'':20}" + "".join(f"{name:>10} ratio" for name in SHOWN) + f"{'peak':>9}")


def same(ours: dict[str, Any], peer: dict[str, Any], name: str) -> None:
    """Fails unless both found the same figures."""
    assert ours["leads"] == peer["leads"], name
    assert [stage["leads"] for stage in ours["stages"]] == peer["stages"], name
    assert close([ours["score"][one] for one in ("min", "max", "mean", "median")], peer["score"]), name
    assert [[rule["id"], rule["leads"], rule["points"]] for rule in ours["rules"]] == peer["rules"], name
    assert len(ours["thresholds"]) == len(peer["thresholds"]), name
    for one, other in zip(ours["thresholds"], peer["thresholds"], strict=True):
        assert close(list(one.values()), other), (name, one, other)


def close(ours: list[float | None], peer: list[float | None]) -> bool:
    """Whether two rows of figures agree to twelve digits."""
    return all(
        a == b or (a is not None and b is not None and abs(a - b) <= 1e-12 * max(1.0, abs(a)))
        for a, b in zip(ours, peer, strict=True)
    )


def tables(folder: Path, leads: int, rounds: int) -> None:
    """Leads from CSV to every threshold, beside each peer; and the whole command."""
    import tomlkit

    path = folder / f"leads{leads}.csv"
    apart("make", path, leads)
    (folder / "agreement.toml").write_text(
        tomlkit.dumps({"agreement": {"organization": "Bench"}, "scoring": SCORING}), "utf-8"
    )
    (folder / "leads.toml").write_text('outcome = "won"\n', "utf-8")
    programs: dict[str, Callable[[], Run]] = {
        "ours": lambda: run(peers.OURS, str(path), json.dumps(SCORING), ""),
        "sla-tui simulate": lambda: run(peers.COMMAND, str(path), str(folder)),
        "DuckDB and NumPy": lambda: run(peers.DUCKDB, str(path)),
    }
    for name, code in (("pandas", peers.PANDAS), ("polars", peers.POLARS)):
        if importlib.util.find_spec(name):
            programs[name] = lambda code=code: run(code, str(path))
    taken = by_turns(programs, rounds)
    for name in list(programs)[2:]:
        same(taken["ours"][0].found, taken[name][0].found, name)
    head(f"{leads:,} leads, {len(SCORING['rules'])} rules, CSV to every threshold")
    for name in programs:
        told(name, taken, "DuckDB and NumPy", f"goal {GOALS['duckdb']}, 300 MB" if name == "ours" else "")


def odd(folder: Path, leads: int, rounds: int) -> None:
    """What one odd cell costs, in processor time beside the file without it."""
    plain = folder / f"leads{leads}.csv"
    paths = {"nothing odd": plain}
    for at, (name, cell) in enumerate(ODD.items()):
        paths[name] = folder / f"odd{at}.csv"
        apart("make", paths[name], leads, cell)
    programs = {
        name: lambda path=path: run(peers.OURS, str(path), json.dumps(SCORING), "") for name, path in paths.items()
    }
    taken = by_turns(programs, rounds)
    print(f"\n{leads:,} leads with one odd cell, processor time beside the file without it (goal {GOALS['odd']})")
    for name, runs in taken.items():
        times = ratio(taken, name, "nothing odd", lambda one: one.computed)
        print(f"  {name:28}{times:6.2f}   {statistics.median(one.megabytes for one in runs):5.0f} MB")
        if paths[name] != plain:
            paths[name].unlink()


def logs(folder: Path, rows: int, rounds: int) -> None:
    """An activity log to every lead's score, beside the one best query."""
    path = folder / f"log{rows}.csv"
    apart("make_log", str(path), rows)
    taken = by_turns(
        {
            "ours": lambda: run(peers.OURS, str(path), json.dumps(LOG_SCORING), AS_OF),
            "one DuckDB query": lambda: run(peers.LOG_DUCKDB, str(path)),
        },
        rounds,
    )
    assert taken["ours"][0].found["scores"] == taken["one DuckDB query"][0].found["scores"]
    head(f"{rows:,} rows of a log, {len(LOG_SCORING['rules'])} fading rules, CSV to every score")
    for name in taken:
        told(name, taken, "one DuckDB query", f"goal {GOALS['log']}" if name == "ours" else "")
    path.unlink()


def main() -> None:
    """Runs every measurement and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leads", type=int, default=1_000_000, help="the curves go up to so many")
    parser.add_argument("--log", type=int, default=1_000_000, help="rows of the log; the goal is for ten million")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="ten million leads as well")
    parser.add_argument("--only", choices=("tables", "odd", "logs", "live", "suggest"), help="one part alone")
    chosen = parser.parse_args()
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size < chosen.leads] + [chosen.leads]
    sizes += [10_000_000] if chosen.large else []
    parts = {
        "tables": lambda folder: [tables(folder, size, chosen.rounds) for size in sizes],
        "odd": lambda folder: odd(folder, chosen.leads, chosen.rounds),
        "logs": lambda folder: logs(folder, chosen.log, chosen.rounds),
        "live": lambda folder: [live("live", folder, size, 8 * chosen.rounds) for size in sizes],
        "suggest": lambda folder: live("suggest", folder),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.only == "odd":
            apart("make", folder / f"leads{chosen.leads}.csv", chosen.leads)
        for part, measured in parts.items():
            if chosen.only in (None, part):
                measured(folder)
            sys.stdout.flush()


def live(part: str, *arguments: object) -> None:
    """Runs a part of ``bench_live`` in a process of its own, which prints its table."""
    sys.stdout.flush()
    words = [str(one) for one in arguments]
    subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_live", part, *words], check=True)


if __name__ == "__main__":
    main()
