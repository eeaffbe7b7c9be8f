"""Scoring's speed: a million leads from CSV to every threshold, and one rule's edit on a hundred thousand.

    python tests/benchmarks/bench_scoring.py [--leads 1000000] [--rounds 7]

The peer is what a good engineer writes for this one job: DuckDB reads the table with its types given and adds up the
points in SQL, NumPy turns the histogram into thresholds. It knows the rules in advance, trusts its file, and keeps no
lead. Both run as whole processes, by turns, and have to give the same figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

COUNTS = ("email_open", "email_click", "page_view", "download", "webinar", "form", "demo", "unsubscribe", "sessions")
FREQUENCY = (3, 1, 8, 0.5, 0.2, 0.4, 0.05, 0.02, 5)
COLUMNS = ("id", "company", "country", "industry", "source", "title", "employees", "revenue", *COUNTS, "won")
SCORING: dict[str, Any] = {
    "groups": [{"id": "engagement", "cap": 60, "kind": "engagement"}],
    "rules": [
        {"id": "open", "when": "email_open", "points": 2, "cap": 20, "group": "engagement"},
        {"id": "click", "when": "email_click", "points": 5, "cap": 25, "group": "engagement"},
        {"id": "view", "when": "page_view", "points": 1, "cap": 15, "group": "engagement"},
        {"id": "download", "when": "download", "points": 10, "cap": 30, "group": "engagement"},
        {"id": "webinar", "when": "webinar", "points": 15, "cap": 30, "group": "engagement"},
        {"id": "form", "when": "form", "points": 12, "per": "once"},
        {"id": "unsubscribe", "when": "unsubscribe", "points": -30, "per": "once"},
        {"id": "country", "when": {"field": "country", "in": ["US", "CA"]}, "points": 10},
        {"id": "industry", "when": {"field": "industry", "in": ["Software", "Energy"]}, "points": 8},
        {"id": "boss", "when": {"field": "title", "contains": "vp"}, "points": 10},
        {"id": "student", "when": {"field": "title", "is": "Student"}, "points": -20},
        {"id": "size", "when": {"field": "employees", "at_least": 200}, "points": 10},
    ],
    "stages": [{"id": "lead", "at": 20}, {"id": "mql", "at": 50}, {"id": "sql", "at": 80}],
    "fast_track": [{"id": "demo", "when": "demo", "stage": "mql"}],
    "exclude": [{"id": "competitor", "when": {"field": "company", "in": ["Company 7"]}}],
}

OURS = """
import gc, json, os, sys, time
gc.disable()  # as the command does, and the next line, and the freeze before DuckDB comes
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
from pathlib import Path
from sla_tui.agreement.sections.scoring import Scoring
gc.freeze()
from sla_tui.scoring.report import document
from sla_tui.scoring.simulate import simulate
begin = time.perf_counter()
scoring = Scoring.model_validate(json.loads(sys.argv[2]))
found = document(simulate(scoring, Path(sys.argv[1]), outcome="won").summary)
print(json.dumps({**found, "seconds": time.perf_counter() - begin}))
"""

PEER = """
import json, sys, time
from math import sqrt
import duckdb
import numpy as np

begin = time.perf_counter()
text = ("id", "company", "country", "industry", "source", "title")
names = sys.argv[3].split(",")
types = ", ".join(f"'{name}': '{'VARCHAR' if name in text else 'DOUBLE'}'" for name in names)
query = f'''
WITH lead AS (
    SELECT
        least(trunc(coalesce(email_open, 0)) * 2, 20) AS r_open,
        least(trunc(coalesce(email_click, 0)) * 5, 25) AS r_click,
        least(trunc(coalesce(page_view, 0)), 15) AS r_view,
        least(trunc(coalesce(download, 0)) * 10, 30) AS r_download,
        least(trunc(coalesce(webinar, 0)) * 15, 30) AS r_webinar,
        CASE WHEN form >= 1 THEN 12 ELSE 0 END AS r_form,
        CASE WHEN unsubscribe >= 1 THEN -30 ELSE 0 END AS r_unsubscribe,
        CASE WHEN country IN ('US', 'CA') THEN 10 ELSE 0 END AS r_country,
        CASE WHEN industry IN ('Software', 'Energy') THEN 8 ELSE 0 END AS r_industry,
        CASE WHEN contains(lower(title), 'vp') THEN 10 ELSE 0 END AS r_boss,
        CASE WHEN title = 'Student' THEN -20 ELSE 0 END AS r_student,
        CASE WHEN employees >= 200 THEN 10 ELSE 0 END AS r_size,
        coalesce(demo, 0) >= 1 AS fast,
        won
    FROM read_csv('{sys.argv[1]}', auto_detect=false, header=true, delim=',', quote='"', columns={{{types}}})
    WHERE company IS NULL OR company NOT IN ('Company 7')
)
SELECT CAST(greatest(least(r_open + r_click + r_view + r_download + r_webinar, 60), -60) + r_form + r_unsubscribe
    + r_country + r_industry + r_boss + r_student + r_size AS INTEGER) AS score, fast, coalesce(won, 2) AS won,
    count(*) AS n, RULES
FROM lead GROUP BY ALL
'''
rules = ("open", "click", "view", "download", "webinar", "form", "unsubscribe", "country", "industry", "boss",
         "student", "size")
query = query.replace("RULES", ", ".join(
    f"count(*) FILTER (r_{rule} <> 0) AS f_{rule}, sum(r_{rule}) AS p_{rule}" for rule in rules))
found = duckdb.connect(config={"autoload_known_extensions": False}).execute(query).fetchnumpy()
score, fast, won, n = (np.asarray(found[name]) for name in ("score", "fast", "won", "n"))
total = int(n.sum())
low, high = int(score.min()), int(score.max())
cells = np.zeros((high - low + 1, 3), np.int64)
np.add.at(cells, (score - low, won.astype(int)), n)
by_score = cells.sum(axis=1)
stage = np.searchsorted([20, 50, 80], score, side="right")
stage = np.where(fast, np.maximum(stage, 2), stage)
stages = np.bincount(stage, weights=n, minlength=4).astype(int)
upto = np.cumsum(by_score)
median = sum(int(np.searchsorted(upto, place, side="right")) + low for place in ((total - 1) // 2, total // 2)) / 2
above = np.cumsum(cells[::-1], axis=0)[::-1]
all_won, all_known = int(above[0, 1]), int(above[0, :2].sum())
z = 1.959963984540054
thresholds = []
for at in sorted({20, 50, 80, *(np.flatnonzero(by_score) + low).tolist()}):
    lost_there, won_there, unknown = (above[at - low] if at <= high else np.zeros(3, int)).tolist()
    known = lost_there + won_there
    p = won_there / known if known else None
    middle = (p + z * z / (2 * known)) / (1 + z * z / known)
    spread = z * sqrt(p * (1 - p) / known + z * z / (4 * known * known)) / (1 + z * z / known)
    thresholds.append([at, known + unknown, won_there, p, middle - spread, middle + spread, won_there / all_won,
                       p * all_known / all_won])
print(json.dumps({
    "leads": total,
    "stages": stages.tolist(),
    "score": [low, high, float((score * n).sum() / total), median],
    "rules": [[rule, int(found[f"f_{rule}"].sum()), int(found[f"p_{rule}"].sum())] for rule in rules],
    "thresholds": thresholds,
    "seconds": time.perf_counter() - begin,
}))
"""


def make(path: Path, leads: int) -> None:
    """Writes a made lead table, the same for the same size."""
    import numpy as np

    draw = np.random.default_rng(2027)
    titles = ["VP Sales", "Engineer", "Head of Marketing", "Student", "CEO", "Analyst"]
    columns = [
        [f"L{n:08d}" for n in range(leads)],
        [f"Company {n}" for n in draw.integers(0, 20_000, leads).tolist()],
        draw.choice(["US", "CA", "DE", "FR", "GB", "IN", "BR", ""], leads).tolist(),
        draw.choice(["Software", "Retail", "Health", "Public sector", "Energy"], leads).tolist(),
        draw.choice(["Web", "Event", "Partner", "Ads"], leads).tolist(),
        draw.choice(titles, leads).tolist(),
        draw.integers(1, 5000, leads).astype(str).tolist(),
        (draw.integers(1, 10**6, leads) * 100).astype(str).tolist(),
        *(draw.poisson(often, leads).astype(str).tolist() for often in FREQUENCY),
        draw.choice(["1", "0", "0", "0", ""], leads).tolist(),
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))


def timed(code: str, *arguments: str) -> tuple[float, Any]:
    """The seconds a whole process takes, and what it printed."""
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return time.perf_counter() - begin, json.loads(done.stdout)


def same(ours: dict[str, Any], peer: dict[str, Any]) -> None:
    """Fails unless both found the same figures."""
    assert ours["leads"] == peer["leads"]
    assert [stage["leads"] for stage in ours["stages"]] == peer["stages"]
    assert close([ours["score"][name] for name in ("min", "max", "mean", "median")], peer["score"])
    assert [[rule["id"], rule["leads"], rule["points"]] for rule in ours["rules"]] == peer["rules"]
    assert len(ours["thresholds"]) == len(peer["thresholds"])
    assert all(
        close(list(one.values()), other) for one, other in zip(ours["thresholds"], peer["thresholds"], strict=True)
    )


def close(ours: list[float], peer: list[float]) -> bool:
    """Whether two rows of figures agree to twelve digits."""
    return all(abs(a - b) <= 1e-12 * max(1.0, abs(a)) for a, b in zip(ours, peer, strict=True))


def whole_run(path: Path, rounds: int) -> None:
    """Prints the ratio of the whole processes, the file read by both in turns."""
    arguments = (str(path), json.dumps(SCORING))
    ours, peer = timed(OURS, *arguments), timed(PEER, *arguments, ",".join(COLUMNS))
    same(ours[1], peer[1])
    pairs = [(timed(OURS, *arguments), timed(PEER, *arguments, ",".join(COLUMNS))) for _ in range(rounds)]
    told("CSV to every threshold, whole processes", [(mine[0], theirs[0]) for mine, theirs in pairs])
    told("without start and imports", [(mine[1]["seconds"], theirs[1]["seconds"]) for mine, theirs in pairs])


def told(what: str, pairs: list[tuple[float, float]]) -> None:
    """Prints both medians and the median of the ratios."""
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"{what}: ours {mine:.3f} s, peer {theirs:.3f} s, median ratio {ratio:.2f} (goal 1.3)")


def rule_edits(folder: Path, leads: int, rounds: int) -> None:
    """Prints how long a live board takes from a changed rule to every figure on the screen."""
    from sla_tui.agreement.sections.scoring import Scoring
    from sla_tui.scoring.simulate import start

    path = folder / "edits.csv"
    make(path, leads)
    board = start(Scoring.model_validate(SCORING), path, outcome="won", everything=True)
    edits: dict[str, list[float]] = {}
    for at in range(rounds):
        for name, change in changes(at).items():
            scoring = Scoring.model_validate(change)
            begin = time.perf_counter()
            board = board.with_scoring(scoring)
            shown = board.stages, board.rules, board.reaches, board.tally.bins(60), board.page(0, 20)
            edits.setdefault(name, []).append(time.perf_counter() - begin)
            assert shown[0]
    for name, times in edits.items():
        ordered = sorted(times)
        p95 = 1000 * ordered[int(0.95 * (len(ordered) - 1))]
        print(f"{leads} leads, {name}: median {1000 * statistics.median(times):.2f} ms, p95 {p95:.2f} ms (goal 16)")


def changes(at: int) -> dict[str, dict[str, Any]]:
    """One edit of each kind, another one each round."""

    def rule(place: int, **new: Any) -> dict[str, Any]:
        return {**SCORING, "rules": [{**one, **new} if n == place else one for n, one in enumerate(SCORING["rules"])]}

    return {
        "a grouped rule's points": rule(2, points=2 + at % 5),
        "a rule's cap": rule(1, cap=5 + at % 20),
        "a condition": rule(7, when={"field": "country", "in": ["US", ("DE", "FR", "GB")[at % 3]]}),
        "a number to reach": rule(11, when={"field": "employees", "at_least": 100 + at}),
        "text to contain": rule(9, when={"field": "company", "contains": str(at % 9)}),
        "a group's cap": {**SCORING, "groups": [{"id": "engagement", "cap": 30 + at % 30}]},
        "an exclusion": {**SCORING, "exclude": [{"id": "e", "when": {"field": "country", "is": ("BR", "IN")[at % 2]}}]},
        "a threshold": {**SCORING, "stages": [{"id": "lead", "at": 20}, {"id": "mql", "at": 40 + at % 20}]},
        "a threshold again": {**SCORING, "stages": [{"id": "lead", "at": 20}, {"id": "mql", "at": 41 + at % 20}]},
    }


def main() -> None:
    """Runs both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--edited", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        make(path, chosen.leads)
        whole_run(path, chosen.rounds)
        rule_edits(Path(folder), chosen.edited, 5 * chosen.rounds)


if __name__ == "__main__":
    main()
