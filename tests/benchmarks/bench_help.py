"""``sla-tui --help`` against a bare Python, whole processes in one run: ``python tests/benchmarks/bench_help.py``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT = 6.0
"""How many times as long as a Python that does nothing ``--help`` may take."""
ROUNDS = 40


def seconds(arguments: list[str]) -> float:
    """How long a program takes from start to end."""
    start = time.perf_counter()
    subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Prints the medians and their ratio; 1 when it is over the limit."""
    installed = str(Path(sys.executable).parent / "sla-tui")
    rivals = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "sla-tui --help": [installed, "--help"],
        "python -m sla_tui --help": [sys.executable, "-m", "sla_tui", "--help"],
        "sla-tui get --help": [installed, "get", "--help"],
    }
    took: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(ROUNDS):
        for name, arguments in rivals.items():
            took[name].append(seconds(arguments))
    bare = took["python -c pass"]
    worst = 0.0
    for name, times in took.items():
        ratio = statistics.median(one / base for one, base in zip(times, bare, strict=True))
        worst = max(worst, ratio)
        print(f"{name:26} {statistics.median(times) * 1000:6.1f} ms  {ratio:5.2f} x")
    print(f"limit {LIMIT} x: {'kept' if worst <= LIMIT else 'broken'}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
