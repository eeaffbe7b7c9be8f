"""Scoring as its definition reads, lead by lead in plain Python: slow, and sharing nothing with the program's."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

WHOLE = 1024
WON, LOST = ("1", "true", "yes", "won", "converted"), ("0", "false", "no", "lost")


@dataclass
class Scored:
    """One lead: stage, score, and the parts that add up to it; ``won`` is None while nobody knows."""

    id: str
    score: int
    stage: str
    points: list[int]
    caps: list[int]
    fired: list[bool]
    won: bool | None


@dataclass
class World:
    """The leads as their files say: rows of a table (None: no table) and a log of (lead, activity, time)."""

    table: list[dict[str, str]] | None = None
    log: list[tuple[str, str, str]] | None = None
    unknown: frozenset[str] = frozenset()
    as_of: date | None = None
    outcome: str | None = None
    rejected: list[int] = field(default_factory=list)
    """Numbers of the table's rows left out, from 1."""


def to_number(text: Any) -> float | None:
    if isinstance(text, bool):
        return None
    if "_" in str(text):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def utc_day(time: str) -> date:
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()


def score(scoring: dict[str, Any], world: World) -> list[Scored]:
    """Every lead that is not rejected, in the order of the table, or of the ids of a log alone."""
    days = [utc_day(time) for _, _, time in world.log or []]
    as_of = world.as_of or max(days, default=None)
    did: dict[str, list[tuple[str, int]]] = {}
    for (lead, activity, _), day in zip(world.log or [], days, strict=True):
        did.setdefault(lead, []).append((activity, (as_of - day).days if as_of else 0))
    found: list[Scored] = []
    world.rejected.clear()
    seen: set[str] = set()
    rows = world.table if world.table is not None else [{"id": lead} for lead in sorted(did)]
    for number, row in enumerate(rows, 1):
        name = row.get("id", str(number))
        lead = _Lead({} if world.table is None else row, did.get(name, []), world)
        try:
            scored = _scored(scoring, name, lead)
        except ValueError:
            world.rejected.append(number)
            continue
        if name in seen:
            world.rejected.append(number)
            continue
        seen.add(name)
        found.append(scored)
    return found


@dataclass
class _Lead:
    row: dict[str, str]
    did: list[tuple[str, int]]
    world: World

    def says(self, column: str) -> str | None:
        """What a cell says, None when that is unknown."""
        cell = self.row[column]
        bare = cell.strip(" \t\n\r\v\f")
        return None if not bare or bare in self.world.unknown else cell

    def count(self, column: str) -> int:
        cell = self.says(column)
        value = 0.0 if cell is None else to_number(cell)
        if value is None or value < 0:
            raise ValueError(column)
        return math.trunc(value)

    def weights(self, name: str, half_life: int, window: int | None) -> list[int]:
        if name in self.row:
            return [WHOLE] * self.count(name)
        ages = [age for activity, age in self.did if activity == name and age >= 0]
        ages = [age for age in ages if window is None or age < window]
        if not half_life:
            return [WHOLE] * len(ages)
        return [math.floor(WHOLE * 2 ** (-age / half_life) + 0.5) for age in ages]

    def holds(self, when: dict[str, Any]) -> bool:
        (test, operand), *_ = [(key, value) for key, value in when.items() if key != "field"]
        cell = self.says(when["field"])
        if test == "known":
            return (cell is not None) is operand
        if cell is None:
            return False
        value = to_number(cell)
        if test == "is":
            return _same(cell, operand)
        if test == "is_not":
            return not _same(cell, operand)
        if test == "in":
            return any(_same(cell, one) for one in operand)
        if test == "not_in":
            return not any(_same(cell, one) for one in operand)
        if test == "contains":
            return operand.lower() in cell.lower()
        if value is None:
            return False
        if test == "at_least":
            return value >= operand
        if test == "at_most":
            return value <= operand
        assert test == "between"
        return operand[0] <= value <= operand[1]

    def fires(self, when: str | dict[str, Any]) -> bool:
        return bool(self.weights(when, 0, None)) if isinstance(when, str) else self.holds(when)


def _same(cell: str, operand: Any) -> bool:
    if isinstance(operand, bool):
        return cell == str(operand).lower()
    if isinstance(operand, str):
        return cell == operand
    value = to_number(cell)
    return value == operand if value is not None else cell == str(operand)


def _whole(when: Any) -> bool:
    return bool(when) if not isinstance(when, dict) else "field" in when and len(when) > 1


def _units(rule: dict[str, Any], scoring: dict[str, Any], lead: _Lead) -> int:
    when = rule["when"]
    if isinstance(when, dict):
        return WHOLE if lead.holds(when) else 0
    half_life = rule.get("half_life_days", scoring.get("half_life_days", 0))
    weights = lead.weights(when, half_life, rule.get("window_days"))
    return max(weights, default=0) if rule.get("per", "each") == "once" else sum(weights)


def _scored(scoring: dict[str, Any], name: str, lead: _Lead) -> Scored:
    points: list[int] = []
    fired: list[bool] = []
    for rule in scoring.get("rules", []):
        units = 0
        if _whole(rule.get("when")) and "points" in rule:
            units = _units(rule, scoring, lead)
        worth = math.floor(Fraction(rule.get("points", 0) * units, WHOLE) + Fraction(1, 2))
        cap = rule.get("cap")
        points.append(worth if cap is None else max(-cap, min(cap, worth)))
        fired.append(units > 0)
    caps: list[int] = []
    for group in scoring.get("groups", []):
        members = zip(scoring.get("rules", []), points, strict=True)
        total = sum(worth for rule, worth in members if rule.get("group") == group["id"])
        cap = group.get("cap")
        caps.append(0 if cap is None else max(-cap, min(cap, total)) - total)
    reached = sum(points) + sum(caps)
    stages = scoring.get("stages", [])
    place = 0
    for at, stage in enumerate(stages, 1):
        if "set" not in stage and "at" in stage and reached >= stage["at"]:
            place = at
    for track in scoring.get("fast_track", []):
        for at, stage in enumerate(stages, 1):
            if _whole(track.get("when")) and stage["id"] == track.get("stage") and "set" not in stage:
                place = max(place, at) if lead.fires(track["when"]) else place
    excluded = [lead.fires(one["when"]) for one in scoring.get("exclude", []) if _whole(one.get("when"))]
    stage = "excluded" if any(excluded) else stages[place - 1]["id"] if place else "none"
    return Scored(name, reached, stage, points, caps, fired, _won(lead))


def _won(lead: _Lead) -> bool | None:
    if lead.world.outcome is None:
        return None
    cell = lead.says(lead.world.outcome)
    if cell is None:
        return None
    assert cell.lower() in WON + LOST
    return cell.lower() in WON


def stages_held(scoring: dict[str, Any], leads: list[Scored]) -> dict[str, int | None]:
    """How many leads stand in each stage; None for one that somebody sets."""
    held = Counter(lead.stage for lead in leads)
    return {
        "none": held["none"],
        **{stage["id"]: None if "set" in stage else held[stage["id"]] for stage in scoring.get("stages", [])},
    }
