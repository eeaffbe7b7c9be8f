"""The made-up leads of northwind: reproducible, gaps and all, and worth scoring."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from by_the_book import Scored, auc, score_folder

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.terms import Agreement
from sla_tui.scoring.board import open_board
from sla_tui.scoring.leads import Files, read_leads

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"
MADE = ("leads.csv", "activity.csv")


def rows(name: str) -> list[dict[str, str]]:
    with (NORTHWIND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def scored() -> dict[str, Scored]:
    return score_folder(NORTHWIND)


@pytest.fixture(scope="module")
def rules() -> list[dict]:
    return tomllib.loads((NORTHWIND / "agreement.toml").read_text("utf-8"))["scoring"]["rules"]


def test_the_generator_makes_the_same_bytes_again(tmp_path: Path):
    subprocess.run([sys.executable, NORTHWIND / "make_leads.py", tmp_path], check=True, timeout=60)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (NORTHWIND / name).read_bytes(), name


def test_ids_are_unique_and_the_log_knows_no_other():
    ids = [row["id"] for row in rows("leads.csv")]
    assert len(ids) == len(set(ids)) >= 600
    assert {entry["lead"] for entry in rows("activity.csv")} < set(ids)


def test_nobody_in_it_can_be_reached():
    for row in rows("leads.csv"):
        assert not row["email"] or row["email"][1:5] == "***@", row["id"]
        assert not row["phone"] or row["phone"].startswith("*** *** "), row["id"]
        assert not row["email"] or row["email"].endswith((".example", "@gmail.com")), row["id"]


def test_it_has_the_gaps_that_real_exports_have():
    leads = rows("leads.csv")
    for column in ("company", "country", "employees", "title", "email", "phone", "events_attended", "won"):
        blank = sum(not row[column] for row in leads)
        assert 0 < blank < 0.7 * len(leads), column
    assert any(row["industry"] == "Select" for row in leads)
    assert any(row["title"] == "-" for row in leads)


def test_what_a_lead_did_is_in_the_log_or_in_a_count_but_never_in_both(rules: list[dict]):
    columns = set(rows("leads.csv")[0])
    activities = {entry["activity"] for entry in rows("activity.csv")}
    assert not columns & activities
    names = {rule["when"] for rule in rules if isinstance(rule["when"], str)}
    assert names <= columns | activities
    assert names & columns
    assert activities - names, "a log always holds more than the rules ask for"


def test_no_stage_is_empty(scored: dict[str, Scored]):
    leads = Counter(lead.stage for lead in scored.values())
    assert set(leads) == {"excluded", "none", "lead", "mql", "sql"}
    assert all(count >= 0.05 * len(scored) for stage, count in leads.items() if stage != "excluded")
    assert leads["excluded"] < 0.05 * len(scored)


def test_a_manageable_share_is_qualified_and_catches_most_buyers(scored: dict[str, Scored]):
    counted = [lead for lead in scored.values() if lead.stage != "excluded"]
    qualified = [lead for lead in counted if lead.stage in ("mql", "sql")]
    assert 0.15 <= len(qualified) / len(counted) <= 0.35
    assert sum(lead.won is True for lead in qualified) >= 0.6 * sum(lead.won is True for lead in counted)


def test_later_stages_buy_more_often(scored: dict[str, Scored]):
    known = [lead for lead in scored.values() if lead.won is not None]

    def bought(stage: str) -> float:
        there = [lead.won is True for lead in known if lead.stage == stage]
        return sum(there) / len(there)

    assert bought("none") < bought("lead") < bought("mql") < bought("sql")


def test_the_score_tells_buyers_from_others_but_not_perfectly(scored: dict[str, Scored]):
    assert 0.70 <= auc([lead for lead in scored.values() if lead.stage != "excluded"]) <= 0.85
    assert 0.70 <= auc(list(scored.values())) <= 0.85


def test_every_rule_fires(scored: dict[str, Scored], rules: list[dict]):
    for rule in rules:
        fired = sum(lead.points[rule["id"]] != 0 for lead in scored.values())
        assert fired >= 15, rule["id"]


def test_a_goal_called_measured_is_what_the_leads_say(scored: dict[str, Scored]):
    success = tomllib.loads((NORTHWIND / "agreement.toml").read_text("utf-8"))["objective"]["success"]
    known = [lead for lead in scored.values() if lead.stage in ("mql", "sql") and lead.won is not None]
    share = 100 * sum(lead.won is True for lead in known) / len(known)
    assert 0 <= share - int(success["to"].removesuffix(" %")) < 5


def test_the_program_scores_every_lead_as_the_definition_says(scored: dict[str, Scored], rules: list[dict]):
    agreement = Agreement.model_validate(tomllib.loads((NORTHWIND / "agreement.toml").read_text("utf-8")))
    mapping = LeadMapping.model_validate(tomllib.loads((NORTHWIND / "leads.toml").read_text("utf-8")))
    files = Files(NORTHWIND / "leads.csv", NORTHWIND / "activity.csv", mapping)
    board = open_board(agreement.scoring, read_leads(files, lambda names: ()), mapping.outcome)
    found = {row.id: row for row in board.lead_rows(range(board.leads.size))}
    assert {id_: (row.score, row.stage) for id_, row in found.items()} == {
        id_: (lead.score, lead.stage) for id_, lead in scored.items()
    }
    for id_, row in found.items():
        assert dict(zip((rule["id"] for rule in rules), row.points, strict=True)) == scored[id_].points, id_
        assert row.won == (None if row.stage == "excluded" else scored[id_].won), id_
