"""What runs while the board is open: a step of a threshold, an edit of a rule, all thresholds redrawn.

    python -m tests.benchmarks.bench_live live FOLDER [LEADS] [ROUNDS]
    python -m tests.benchmarks.bench_live suggest FOLDER [FILE OUTCOME]

Computing alone, without the screen. The second measures a suggestion, with a made table in FOLDER or a given one.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.made import SCORING, make, make_outcomes

REDRAWN = "all thresholds, redrawn 1,000×"
GOALS = {"a threshold": 1.0, REDRAWN: 50.0, "a page of twenty leads": 16.0, "how often each rule fires": 16.0}
EDIT_GOAL = 5.0


def changes(at: int) -> dict[str, dict[str, Any]]:
    """One edit of each kind, another one each round."""

    def rule(place: int, **new: Any) -> dict[str, Any]:
        return {**SCORING, "rules": [{**one, **new} if n == place else one for n, one in enumerate(SCORING["rules"])]}

    return {
        "a threshold": {**SCORING, "stages": [{"id": "lead", "at": 20}, {"id": "mql", "at": 40 + at % 20}]},
        "a grouped rule's points": rule(2, points=2 + at % 5),
        "a rule's points": rule(10, points=-20 - at % 5),
        "a rule's cap": rule(1, cap=5 + at % 20),
        "a rule off": {**SCORING, "rules": SCORING["rules"][: 11 - at % 2]},
        "a condition": rule(7, when={"field": "country", "in": ["US", ("DE", "FR", "GB")[at % 3]]}),
        "a number to reach": rule(11, when={"field": "employees", "at_least": 100 + at}),
        "text to contain": rule(9, when={"field": "company", "contains": str(at % 9)}),
        "a group's cap": {**SCORING, "groups": [{"id": "engagement", "cap": 30 + at % 30}]},
        "an exclusion": {**SCORING, "exclude": [{"id": "e", "when": {"field": "country", "is": ("BR", "IN")[at % 2]}}]},
    }


def report(name: str, times: list[float], goal: float) -> None:
    """Prints median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    middle, high = (1000 * ordered[round(share * (len(ordered) - 1))] for share in (0.5, 0.95))
    print(f"  {name:30}{middle:8.2f} {high:8.2f}   goal {goal:g}")


def open_live(folder: Path, leads: int) -> tuple[Any, float]:
    """A board with all columns read, and the seconds that took."""
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.simulate import start

    path = folder / f"leads{leads}.csv"
    if not path.exists():
        make(path, leads)
    begin = time.perf_counter()
    return start(Scoring.model_validate(SCORING), path, outcome="won", everything=True), time.perf_counter() - begin


def live(folder: Path, leads: int = 100_000, rounds: int = 40) -> None:
    """Prints how long each kind of change takes to every figure that the board shows."""
    from sla_tui.agreement.sections.scoring import Scoring

    first, opened = open_live(folder, leads)
    assert first.stages
    edits: dict[str, list[float]] = {}
    for at in range(rounds):
        for name, change in changes(at).items():
            scoring = Scoring.model_validate(change)
            begin = time.thread_time()
            board = first.with_scoring(scoring)
            shown = board.stages, board.reaches, board.tally.bins(60)
            edits.setdefault(name, []).append(time.thread_time() - begin)
            assert shown[0]
            if name == "a rule's points":
                for what, asked in figures(board).items():
                    begin = time.thread_time()
                    asked()
                    edits.setdefault(what, []).append(time.thread_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"\n{leads:,} leads live, all columns read in {opened:.1f} s, {peak:.0f} MB")
    print(f"  {'milliseconds of computing':30}{'median':>8} {'p95':>8}")
    for name, times in edits.items():
        report(name, times, GOALS.get(name, EDIT_GOAL))


def figures(board: Any) -> dict[str, Callable[[], object]]:
    """What else is shown after an edit where there is room for it, and what a suggestion draws a thousand times."""
    import numpy as np

    from sla_tui.scoring.propose.redraw import redrawn

    return {
        "how often each rule fires": lambda: board.rules,
        "a page of twenty leads": lambda: board.page(0, 20),
        REDRAWN: lambda: redrawn(board.tally, np.random.default_rng(1)),
    }


def suggest(folder: Path, file: str = "", outcome: str = "Converted") -> None:
    """Prints how long a suggestion takes, and how often it said how far it is."""
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.propose.propose import propose
    from sla_tui.scoring.propose.result import Wanted, Watch
    from sla_tui.scoring.simulate import start

    path = Path(file) if file else folder / "outcomes.csv"
    if not file:
        make_outcomes(path)
    board = start(
        Scoring.model_validate({"rules": [], "stages": SCORING["stages"]}), path, None, outcome=outcome, everything=True
    )
    begin, said = time.perf_counter(), list[float]()
    found = propose(board, Wanted(), watch=Watch(lambda share, what: said.append(share)))
    columns = len(board.leads.names.columns or ())
    print(f"\nA suggestion from {board.leads.size:,} leads × {columns} columns (goal 10 s)")
    print(f"  {time.perf_counter() - begin:.1f} s, {len(found.rules)} rules, told how far it was {len(said)} times")


def main() -> None:
    """Runs one part."""
    part, folder, *rest = sys.argv[1:]
    if part == "live":
        live(Path(folder), *map(int, rest))
    else:
        suggest(Path(folder), *rest)


if __name__ == "__main__":
    main()
