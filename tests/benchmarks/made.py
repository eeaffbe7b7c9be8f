"""Made leads and activities to measure with: the same for the same size."""

from __future__ import annotations

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
HALF_LIFE, AS_OF = 30, "2027-03-31"
DONE = ("email_open", "email_click", "page_view", "download", "webinar", "form")
"""The activities of a made log, the frequent ones first."""
POINTS = {
    "email_open": (2, 20),
    "email_click": (5, 25),
    "page_view": (1, 15),
    "download": (10, 30),
    "webinar": (15, 30),
}
"""Points and cap for activities, faded; a form counts once."""
LOG_SCORING: dict[str, Any] = {
    "half_life_days": HALF_LIFE,
    "rules": [
        *({"id": f"r{n}", "when": name, "points": p, "cap": cap} for n, (name, (p, cap)) in enumerate(POINTS.items())),
        {"id": "form", "when": "form", "points": 12, "per": "once"},
    ],
    "stages": SCORING["stages"],
}
_CHUNK = 250_000
_TITLES = ("VP Sales", "Engineer", "Head of Marketing", "Student", "CEO", "Analyst")


def make(path: Path, leads: int, odd: dict[str, str] | None = None) -> None:
    """Writes a lead table; ``odd``: a cell by column, which stands in one row of it."""
    import numpy as np

    draw = np.random.default_rng(2027)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for start in range(0, leads, _CHUNK):
            size = min(_CHUNK, leads - start)
            columns: list[list[str]] = [
                [f"L{n:08d}" for n in range(start, start + size)],
                [f"Company {n}" for n in draw.integers(0, 20_000, size).tolist()],
                draw.choice(["US", "CA", "DE", "FR", "GB", "IN", "BR", ""], size).tolist(),
                draw.choice(["Software", "Retail", "Health", "Public sector", "Energy"], size).tolist(),
                draw.choice(["Web", "Event", "Partner", "Ads"], size).tolist(),
                draw.choice(_TITLES, size).tolist(),
                draw.integers(1, 5000, size).astype(str).tolist(),
                (draw.integers(1, 10**6, size) * 100).astype(str).tolist(),
                *(draw.poisson(often, size).astype(str).tolist() for often in FREQUENCY),
                draw.choice(["1", "0", "0", "0", ""], size).tolist(),
            ]
            for name, cell in (odd or {}).items() if start + size >= leads else ():
                columns[COLUMNS.index(name)][size // 2] = cell
            file.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))


def make_log(path: Path, rows: int) -> None:
    """Writes an activity log of a quarter, ten rows a lead, in no order."""
    import duckdb

    names = ", ".join(f"'{name}'" for name in DONE)
    leads = max(rows // 10, 1)
    duckdb.sql(
        f"COPY (SELECT printf('L%08d', hash(i) % {leads}) AS lead, "
        f"([{names}])[1 + CAST(floor(6 * pow((hash(i + 7) % 1000) / 1000, 2)) AS INTEGER)] AS activity, "
        "strftime(TIMESTAMP '2027-03-31 23:00:00' - to_seconds(CAST(hash(i + 13) % 7776000 AS BIGINT)), "
        f"'%Y-%m-%d %H:%M:%S') AS time FROM range({rows}) t(i)) TO '{path}' (HEADER)"
    )


def make_outcomes(path: Path, leads: int = 9_240, columns: int = 36) -> None:
    """Writes a table as wide as a CRM's export, whose outcome a third of the columns say something about."""
    import numpy as np

    draw = np.random.default_rng(9240)
    pulls = np.zeros(leads)
    made: dict[str, list[str]] = {"id": [str(n) for n in range(leads)]}
    for at in range(columns - 2):
        if at % 3 == 0:
            values = draw.poisson(1 + at % 5, leads)
            pulls += (at % 2) * 0.2 * values
            made[f"count_{at}"] = values.astype(str).tolist()
        else:
            places = draw.integers(0, 3 + at % 9, leads)
            pulls += (at % 4 == 1) * 0.8 * (places == 1)
            made[f"field_{at}"] = [f"Value {place}" if place else "" for place in places.tolist()]
    chance = 1 / (1 + np.exp(-(pulls - np.quantile(pulls, 0.6))))
    made["Converted"] = (draw.random(leads) < chance).astype(int).astype(str).tolist()
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(made) + "\n")
        file.writelines(",".join(row) + "\n" for row in zip(*made.values(), strict=True))
