"""Merging two versions of a 300-line agreement, of northwind, and their values alone; ``python -m … [ROUNDS]``.

Each is the best of several rounds in one process, without its start-up.
"""

from __future__ import annotations

import statistics
import sys
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

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind" / "agreement.toml"
LIMIT = 0.1
"""Seconds for two versions of 300 lines."""
LIVE_LIMIT = 0.02
"""Seconds for the values alone, in an open workshop."""


def short(lines: int) -> str:
    """Northwind without the last of its sections, so that about ``lines`` are left."""
    text = NORTHWIND.read_text("utf-8")
    kept = plain(parse(text, "northwind", Agreement))
    for spec in reversed(specs(Agreement)):
        if spec.key not in ("agreement", "scoring") and len(edit(text, kept).splitlines()) > lines:
            kept.pop(spec.key, None)
    return edit(text, kept)


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


def seconds(run: Callable[[], object], rounds: int) -> float:
    """The median of some runs, the first of which is not counted."""
    times: list[float] = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    failed = 0
    for name, text in (("300 lines", short(300)), ("northwind", NORTHWIND.read_text("utf-8"))):
        print(f"{name}: {len(text.splitlines())} lines")
        for how, (ours, theirs) in versions(text).items():
            took = seconds(lambda: merge_texts(text, ours, theirs, Agreement), rounds)  # noqa: B023
            late = name == "300 lines" and took > LIMIT
            failed += late
            print(f"  {how:<12}{took * 1000:7.1f} ms{f' (at most {LIMIT * 1000:.0f})' if name == '300 lines' else ''}")
    base = parse(NORTHWIND.read_text("utf-8"), "northwind", Agreement)
    ours, _ = apply(base, Put("scoring.stages.mql.at", 55))
    theirs, _ = apply(parse(NORTHWIND.read_text("utf-8"), "again", Agreement), Put("objective.purpose", "Why"))
    took = seconds(lambda: merge(base, ours, theirs), rounds)
    failed += took > LIVE_LIMIT
    print(f"northwind, the values alone{took * 1000:7.1f} ms (at most {LIVE_LIMIT * 1000:.0f})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
