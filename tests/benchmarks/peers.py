"""What a good engineer writes for this one job, each as a whole program, and ours beside them.

They know the rules in advance, trust their file, and keep no lead. All have to give the same figures.
"""

from __future__ import annotations

from tests.benchmarks.made import AS_OF, COLUMNS, HALF_LIFE, POINTS, SCORING

RULES = [one["id"] for one in SCORING["rules"]]

OURS = """
import gc, json, os, sys, time
gc.disable()  # as the command does, and the next line, and the freeze before DuckDB comes
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
from datetime import date
from pathlib import Path
from sla_tui.agreement.sections.scoring import Scoring
gc.freeze()
from sla_tui.scoring.report import document
from sla_tui.scoring.simulate import simulate
path, scoring, log = sys.argv[1:]
begin = time.perf_counter(), time.process_time()
scoring, path = Scoring.model_validate(json.loads(scoring)), Path(path)
tried = simulate(scoring, None if log else path, path if log else None, outcome=None if log else "won",
                 as_of=date.fromisoformat(log) if log else None)
found = document(tried.summary)
if log:
    tally = tried.board.tally
    found = {"scores": dict(zip(tally.scores.tolist(), tally.by_score.tolist()))}
print(json.dumps({**found, "seconds": time.perf_counter() - begin[0], "computed": time.process_time() - begin[1]}))
"""

COMMAND = """
import sys
from sla_tui.cli import main
sys.argv[:] = ["sla-tui", "simulate", sys.argv[2], "--leads", sys.argv[1], "--format", "json"]
main()
"""

_FIGURES = """
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
    lost_there, won_there, unknown = (above[max(at - low, 0)] if at <= high else np.zeros(3, int)).tolist()
    known = lost_there + won_there
    p = won_there / known if known else None
    middle = (p + z * z / (2 * known)) / (1 + z * z / known) if known else None
    spread = z * sqrt(p * (1 - p) / known + z * z / (4 * known * known)) / (1 + z * z / known) if known else None
    thresholds.append([at, known + unknown, won_there, p, *((middle - spread, middle + spread) if known else (p, p)),
                       won_there / all_won, p * all_known / all_won if known else None])
print(json.dumps({
    "leads": total,
    "stages": stages.tolist(),
    "score": [low, high, float((score * n).sum() / total), median],
    "rules": rules,
    "thresholds": thresholds,
    "seconds": time.perf_counter() - begin,
}))
"""

_TEXT = ("id", "company", "country", "industry", "source", "title")
_TYPES = ", ".join(f"'{name}': '{'VARCHAR' if name in _TEXT else 'DOUBLE'}'" for name in COLUMNS)
_ADDED = ", ".join(f"count(*) FILTER (r_{one} <> 0) AS f_{one}, sum(r_{one}) AS p_{one}" for one in RULES)

DUCKDB = f"""
import json, sys, time
from math import sqrt
import duckdb
import numpy as np

begin = time.perf_counter()
database = duckdb.connect(config={{"autoload_known_extensions": False}})
database.execute("SET enable_progress_bar = false")  # or it is printed among the figures
found = database.execute('''
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
    FROM read_csv(?, auto_detect=false, header=true, delim=',', quote='"', columns={{{_TYPES}}})
    WHERE company IS NULL OR company NOT IN ('Company 7')
)
SELECT CAST(greatest(least(r_open + r_click + r_view + r_download + r_webinar, 60), -60) + r_form + r_unsubscribe
    + r_country + r_industry + r_boss + r_student + r_size AS INTEGER) AS score, fast, coalesce(won, 2) AS won,
    count(*) AS n, {_ADDED}
FROM lead GROUP BY ALL
''', [sys.argv[1]]).fetchnumpy()
score, fast, won, n = (np.asarray(found[name]) for name in ("score", "fast", "won", "n"))
rules = [[rule, int(found[f"f_{{rule}}"].sum()), int(found[f"p_{{rule}}"].sum())] for rule in {RULES}]
{_FIGURES}"""

_READ = [*_TEXT[1:4], "title", "employees", *["email_open", "email_click", "page_view", "download", "webinar"]]
_READ += ["form", "demo", "unsubscribe", "won"]

PANDAS = f"""
import json, sys, time
from math import sqrt
import numpy as np
import pandas as pd

begin = time.perf_counter()
table = pd.read_csv(sys.argv[1], usecols={_READ}, na_values=[""], keep_default_na=False,
                    dtype={{name: "category" for name in ("company", "country", "industry", "title")}})
table = table[(table.company != "Company 7").to_numpy()]
counts = {{"open": ("email_open", 2, 20), "click": ("email_click", 5, 25), "view": ("page_view", 1, 15),
          "download": ("download", 10, 30), "webinar": ("webinar", 15, 30)}}
points = {{name: np.minimum(np.trunc(table[column].fillna(0).to_numpy()).astype(np.int32) * each, cap)
          for name, (column, each, cap) in counts.items()}}
score = np.clip(sum(points.values()), -60, 60)
tests = {{"form": (table.form >= 1, 12), "unsubscribe": (table.unsubscribe >= 1, -30),
         "country": (table.country.isin(["US", "CA"]), 10),
         "industry": (table.industry.isin(["Software", "Energy"]), 8),
         "boss": (table.title.isin([one for one in table.title.cat.categories if "vp" in one.lower()]), 10),
         "student": (table.title == "Student", -20), "size": (table.employees >= 200, 10)}}
points |= {{name: np.where(test.to_numpy(), given, 0).astype(np.int32) for name, (test, given) in tests.items()}}
score = score + sum(points[name] for name in tests)
rules = [[name, int(np.count_nonzero(points[name])), int(points[name].sum())] for name in {RULES}]
lowest = int(score.min())
cell = ((score - lowest) * 2 + (table.demo.to_numpy() >= 1)) * 3 + table.won.fillna(2).to_numpy().astype(np.int32)
n = np.bincount(cell)
held = np.flatnonzero(n)
score, fast, won, n = held // 6 + lowest, held // 3 % 2 == 1, held % 3, n[held]
{_FIGURES}"""

POLARS = f"""
import json, sys, time
from math import sqrt
import numpy as np
import polars as pl

begin = time.perf_counter()
c = pl.col
kinds = {{name: pl.String if name in {_TEXT} else pl.Float64 for name in {COLUMNS}}}
counts = {{"open": ("email_open", 2, 20), "click": ("email_click", 5, 25), "view": ("page_view", 1, 15),
          "download": ("download", 10, 30), "webinar": ("webinar", 15, 30)}}
tests = {{"form": (c("form") >= 1, 12), "unsubscribe": (c("unsubscribe") >= 1, -30),
         "country": (c("country").is_in(["US", "CA"]), 10),
         "industry": (c("industry").is_in(["Software", "Energy"]), 8),
         "boss": (c("title").str.to_lowercase().str.contains("vp", literal=True), 10),
         "student": (c("title") == "Student", -20), "size": (c("employees") >= 200, 10)}}
points = [(c(column).fill_null(0).cast(pl.Int32) * each).clip(upper_bound=cap).alias(name)
          for name, (column, each, cap) in counts.items()]
points += [pl.when(test).then(given).otherwise(0).cast(pl.Int32).alias(name) for name, (test, given) in tests.items()]
found = (
    pl.scan_csv(sys.argv[1], schema=kinds)
    .filter(c("company").is_null() | (c("company") != "Company 7"))
    .select(*points, (c("demo").fill_null(0) >= 1).alias("fast"), c("won").fill_null(2))
    .with_columns((pl.sum_horizontal(list(counts)).clip(-60, 60) + pl.sum_horizontal(list(tests))).alias("score"))
    .group_by("score", "fast", "won")
    .agg(pl.len().alias("n"), *((c(one) != 0).sum().alias("f_" + one) for one in {RULES}),
         *(c(one).sum().alias("p_" + one) for one in {RULES}))
    .collect(engine="streaming")
)
score, fast, won, n = (found[name].to_numpy() for name in ("score", "fast", "won", "n"))
score, n = score.astype(np.int64), n.astype(np.int64)
rules = [[name, int(found["f_" + name].sum()), int(found["p_" + name].sum())] for name in {RULES}]
{_FIGURES}"""

_WEIGHT = f"CAST(floor(1024 * pow(2, -age / {HALF_LIFE}.0) + 0.5) AS INTEGER)"
_FADED = " + ".join(
    f"least((({points} * coalesce(sum(w) FILTER (activity = '{name}'), 0)) + 512) >> 10, {cap})"
    for name, (points, cap) in POINTS.items()
)

LOG_DUCKDB = f"""
import json, sys, time
import duckdb

begin = time.perf_counter()
database = duckdb.connect(config={{"autoload_known_extensions": False}})
database.execute("SET enable_progress_bar = false")  # or it is printed among the figures
found = database.execute('''
WITH done AS (
    SELECT lead, activity, {_WEIGHT} AS w FROM (
        SELECT lead, activity, DATE '{AS_OF}' - CAST(time AS DATE) AS age
        FROM read_csv(?, auto_detect=false, header=true, delim=',', quote='"',
            columns={{'lead': 'VARCHAR', 'activity': 'VARCHAR', 'time': 'TIMESTAMP'}}))
), scored AS (
    SELECT CAST({_FADED} + ((12 * coalesce(max(w) FILTER (activity = 'form'), 0) + 512) >> 10) AS INTEGER) AS score
    FROM done GROUP BY lead
)
SELECT score, count(*) AS n FROM scored GROUP BY score
''', [sys.argv[1]]).fetchall()
print(json.dumps({{"scores": dict(sorted(found)), "seconds": time.perf_counter() - begin}}))
"""
