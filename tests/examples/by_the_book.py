"""Scoring once more, straight from its definition and from plain TOML and CSV, to hold the program's figures to."""

from __future__ import annotations

import csv
import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

WHOLE = 1024


@dataclass(frozen=True)
class Scored:
    """One lead: its score, its stage, the points of each rule after the rule's cap, and its outcome (None: open)."""

    score: int
    stage: str
    points: dict[str, int]
    won: bool | None


def score_folder(folder: Path) -> dict[str, Scored]:
    """Every lead of an example's table by its id, scored with table and log, if any, as of the log's last day."""
    scoring = tomllib.loads((folder / "agreement.toml").read_text("utf-8"))["scoring"]
    mapping = tomllib.loads((folder / "leads.toml").read_text("utf-8"))
    with (folder / mapping["leads"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    called = {column: name for name, column in mapping.get("names", {}).items()}
    done = _done(folder, mapping)
    as_of = max((day for deeds in done.values() for _, day in deeds), default=date.min)
    unknown = {"", *mapping.get("unknown", ())}
    scored: dict[str, Scored] = {}
    for row in rows:
        id_, named = row[mapping["id"]], {called.get(column, column.lower()): row[column] for column in row}
        reader = _Lead(named, [(name, (as_of - day).days) for name, day in done[id_]], unknown)
        score, points = _points(scoring, reader)
        won = {"yes": True, "no": False, "": None}[row[mapping["outcome"]]]
        scored[id_] = Scored(score, _stage(scoring, reader, score), points, won)
    return scored


def _done(folder: Path, mapping: dict[str, Any]) -> dict[str, list[tuple[str, date]]]:
    """What each lead did, and on which day."""
    done: dict[str, list[tuple[str, date]]] = defaultdict(list)
    if "activity" in mapping:
        with (folder / mapping["activity"]).open(encoding="utf-8", newline="") as file:
            for entry in csv.DictReader(file):
                done[entry["lead"]].append((entry["activity"], _utc_day(entry["time"])))
    return done


def _utc_day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(UTC).date()


@dataclass(frozen=True)
class _Lead:
    row: dict[str, str]
    deeds: list[tuple[str, int]]
    unknown: set[str]

    def weights(self, when: Any, half_life: int, window: int | None) -> list[int]:
        """What each occurrence weighs, in 1024ths."""
        if not isinstance(when, str):
            return [WHOLE] if self.holds(when) else []
        if when in self.row:
            return [WHOLE] * int(self.row[when] or 0)
        days = [d for name, d in self.deeds if name == when and d >= 0 and (window is None or d < window)]
        return [math.floor(WHOLE * 2 ** (-d / half_life) + 0.5) if half_life else WHOLE for d in days]

    def holds(self, when: dict[str, Any]) -> bool:
        """Whether the lead meets a condition."""
        value = self.row[when["field"]]
        (test,) = when.keys() - {"field"}
        wanted = when[test]
        if test == "known":
            return (value not in self.unknown) == wanted
        if value in self.unknown:
            return False
        if test == "contains":
            return wanted.lower() in value.lower()
        if test in ("is", "in", "is_not", "not_in"):
            found = value in [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
            return found == (test in ("is", "in"))
        low, high = {"at_least": (wanted, math.inf), "at_most": (-math.inf, wanted)}.get(test) or wanted
        return low <= float(value) <= high


def _points(scoring: dict[str, Any], lead: _Lead) -> tuple[int, dict[str, int]]:
    by_rule: dict[str, int] = {}
    by_group: dict[str | None, int] = defaultdict(int)
    for rule in scoring["rules"]:
        half_life = rule.get("half_life_days", scoring.get("half_life_days", 0))
        weights = lead.weights(rule["when"], half_life, rule.get("window_days"))
        each = rule.get("per", "each" if isinstance(rule["when"], str) else "once") == "each"
        units = sum(weights) if each else max(weights, default=0)
        points = math.floor(rule["points"] * units / WHOLE + 0.5)
        by_rule[rule["id"]] = _within(points, rule.get("cap"))
        by_group[rule.get("group")] += by_rule[rule["id"]]
    caps = {group["id"]: group.get("cap") for group in scoring.get("groups", ())}
    return sum(_within(points, caps.get(group)) for group, points in by_group.items()), by_rule


def _within(points: int, cap: int | None) -> int:
    return points if cap is None else max(-cap, min(cap, points))


def _stage(scoring: dict[str, Any], lead: _Lead, score: int) -> str:
    if any(lead.weights(one["when"], 0, None) for one in scoring.get("exclude", ())):
        return "excluded"
    stages = ["none", *(stage["id"] for stage in scoring["stages"])]
    reached = [0, *(n for n, stage in enumerate(scoring["stages"], 1) if "at" in stage and score >= stage["at"])]
    lifted = [stages.index(one["stage"]) for one in scoring.get("fast_track", ()) if lead.weights(one["when"], 0, None)]
    return stages[max(reached + lifted)]


def auc(leads: list[Scored]) -> float:
    """How often a won lead outscores a lost one, ties counting half: the area under the ROC curve."""
    won = [lead.score for lead in leads if lead.won]
    lost = [lead.score for lead in leads if lead.won is False]
    return sum((high > low) + (high == low) / 2 for high in won for low in lost) / (len(won) * len(lost))
