"""Merging two versions of a 300-line agreement, of northwind, and their values alone, beside reading three files.

By turns in one process; and ``merge-driver`` as git starts it, beside the same of nearly empty files.

    python -m tests.benchmarks.bench_merge [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sla_tui.agreement.merge import merge
from sla_tui.agreement.parts import plain, specs
from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import parse
from sla_tui.record.edit import edit
from sla_tui.record.merging import merge_texts
from tests.benchmarks.terminal import NORTHWIND, ROOT

TEXT = (NORTHWIND / "agreement.toml").read_text("utf-8")
LIMIT = 100
"""Milliseconds for two versions of 300 lines, beyond the start of the program."""
LIVE_LIMIT = 20
"""Milliseconds for the values alone, in an open workshop."""
COMMAND = [sys.executable, "-m", "sla_tui", "merge-driver"]
EMPTY = '[agreement]\nformat = 1\ntitle = "Nothing to merge"\n'
"""With this in all three files, a merge is the start of the program with all it needs."""
Time = tuple[float, float]
"""Milliseconds of one run: on the clock, and of the processor."""


def short(lines: int) -> str:
    """Northwind without the last of its sections and rules, so that about ``lines`` are left."""
    kept = plain(parse(TEXT, "northwind", Agreement))
    for spec in reversed(specs(Agreement)):
        if spec.key not in ("agreement", "scoring") and len(edit(TEXT, kept).splitlines()) > lines:
            kept.pop(spec.key, None)
    while len(edit(TEXT, kept).splitlines()) > lines:
        kept["scoring"]["rules"].pop()
    return edit(TEXT, kept)


def versions(text: str) -> dict[str, tuple[str, str]]:
    """Two versions of a text, by how they have to be merged."""
    points = 'when = "email_open"\npoints = 1\nper = "each"\n'
    return {
        "lines": (text.replace(points, points.replace("1", "2")), text.replace("at = 50\n", "at = 55\n")),
        "answers": (
            text.replace(points, points.replace("1", "2")),
            text.replace(points, points.replace('"each"', '"once"  # more')),
        ),
        "conflict": (text.replace("at = 50\n", "at = 55\n"), text.replace("at = 50\n", "at = 60\n")),
        "another id": (
            text.replace('id = "email-open"', 'id = "opens"'),
            text.replace(points, points.replace("1", "2")),
        ),
    }


def by_turns(jobs: dict[str, Callable[[], Time]], rounds: int) -> dict[str, Time]:
    """The medians of each job; the first round warms up."""
    found: dict[str, list[Time]] = {name: [] for name in jobs}
    for _ in range(rounds + 1):
        for name, job in jobs.items():
            found[name].append(job())
    return {
        name: (statistics.median(one for one, _ in times[1:]), statistics.median(one for _, one in times[1:]))
        for name, times in found.items()
    }


def inside(work: Callable[[], object]) -> Callable[[], Time]:
    """A job in this process."""

    def job() -> Time:
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000

    return job


def outside(command: list[str], folder: Path, ours: str) -> Callable[[], Time]:
    """A job in a process of its own, with our version in its file."""

    def job() -> Time:
        (folder / "ours").write_text(ours, "utf-8")
        clock, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        after = os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        return (time.perf_counter() - clock) * 1000, processor * 1000

    return job


def texts(text: str, rounds: int) -> dict[str, Time]:
    """The merges of one text, and the three files read."""

    def read() -> None:
        for _ in range(3):
            parse(text, "", Agreement)

    jobs = {"three files read": inside(read)}
    for how, (ours, theirs) in versions(text).items():
        assert len({text, ours, theirs}) == 3
        jobs[how] = inside(lambda ours=ours, theirs=theirs: merge_texts(text, ours, theirs, Agreement))
    return by_turns(jobs, rounds)


def driver(text: str, rounds: int) -> dict[str, Time]:
    """The merges as git has them done; what the program needs to start comes first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").write_text(EMPTY, "utf-8")
        empty = [str(folder / one) for one in ("empty", "ours", "empty")]
        jobs = {"start-up": outside([*COMMAND, *empty, "7", "agreement.toml"], folder, EMPTY)}
        (folder / "base").write_text(text, "utf-8")
        for how, (ours, theirs) in versions(text).items():
            (folder / how).write_text(theirs, "utf-8")
            files = [str(folder / one) for one in ("base", "ours", how)]
            jobs[how] = outside([*COMMAND, *files, "7", "agreement.toml"], folder, ours)
        return by_turns(jobs, rounds)


def values(rounds: int) -> dict[str, Time]:
    """The merge of the values, as in an open workshop."""
    base = parse(TEXT, "northwind", Agreement)
    ours, _ = apply(base, Put("scoring.stages.mql.at", 55))
    theirs, _ = apply(parse(TEXT, "again", Agreement), Put("objective.purpose", "Why"))
    return by_turns({"values alone": inside(lambda: merge(base, ours, theirs))}, rounds)


def show(title: str, times: dict[str, Time], limit: float = 0, above: str = "") -> bool:
    """Prints medians, those of ``above`` subtracted; whether all took at most ``limit`` on the clock."""
    print(f"{title}{f'; the goal is {limit} ms' if limit else ''}")
    floor = times.get(above, (0.0, 0.0))
    for name, (clock, processor) in times.items():
        beyond = f"   beyond {above}: {clock - floor[0]:6.1f} and {processor - floor[1]:6.1f}" if above else ""
        print(f"  {name:17} clock {clock:6.1f} ms   processor {processor:6.1f} ms{beyond}")
    return not limit or all(clock - floor[0] <= limit for clock, _ in times.values())


def main(rounds: int) -> int:
    """Measures and prints; 1 when a goal is missed."""
    text = short(300)
    held = [
        show(f"{len(text.splitlines())} lines", texts(text, rounds), LIMIT),
        show(f"northwind, {len(TEXT.splitlines())} lines", texts(TEXT, rounds)),
        show("northwind", values(rounds), LIVE_LIMIT),
        show(f"merge-driver, {len(text.splitlines())} lines", driver(text, rounds), LIMIT, "start-up"),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
