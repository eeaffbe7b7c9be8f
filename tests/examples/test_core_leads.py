"""The made-up leads of core: reproducible, with headers of their own, and worth what the agreement says of them."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from by_the_book import Scored, score_folder

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.terms import Agreement
from sla_tui.scoring.board import open_board
from sla_tui.scoring.leads import Files, read_leads

CORE = Path(__file__).parents[2] / "agreements" / "core"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (CORE / "leads.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return Agreement.model_validate(tomllib.loads((CORE / "agreement.toml").read_text("utf-8")))


@pytest.fixture(scope="module")
def mapping() -> LeadMapping:
    return LeadMapping.model_validate(tomllib.loads((CORE / "leads.toml").read_text("utf-8")))


@pytest.fixture(scope="module")
def scored() -> dict[str, Scored]:
    return score_folder(CORE)


def test_the_generator_makes_the_same_bytes_again(tmp_path: Path):
    subprocess.run([sys.executable, CORE / "make_leads.py", tmp_path], check=True, timeout=60)
    assert (tmp_path / "leads.csv").read_bytes() == (CORE / "leads.csv").read_bytes()


def test_nobody_in_it_can_be_reached(rows: list[dict[str, str]]):
    assert len({row["Record ID"] for row in rows}) == len(rows) >= 150
    for row in rows:
        assert not row["Email"] or row["Email"][1:5] == "***@", row
        assert not row["Email"] or row["Email"].endswith(".example"), row
        assert not row["Phone"] or row["Phone"].startswith("*** *** "), row


def test_it_has_the_gaps_that_real_exports_have(rows: list[dict[str, str]]):
    for column in ("Country", "Employees", "Industry", "Email", "Phone", "Worth a call"):
        assert 0 < sum(not row[column] for row in rows) < 0.7 * len(rows), column
    assert any(row["Job title"] == "-" for row in rows)


def test_every_name_that_its_columns_are_given_is_one_the_scoring_uses(agreement: Agreement, mapping: LeadMapping):
    scoring = agreement.scoring
    used = {
        one.when if isinstance(one.when, str) else one.when.field
        for one in (*scoring.rules, *scoring.fast_track, *scoring.exclude)
    }
    assert set(mapping.names) <= used


def test_the_threshold_catches_what_its_source_says(agreement: Agreement, scored: dict[str, Scored]):
    assert (
        agreement.sources["scoring.stages.mql.at"].note == "leads.csv: 31 % of all, two in three of those worth a call"
    )
    counted = [lead for lead in scored.values() if lead.stage != "excluded"]
    qualified = [lead for lead in counted if lead.stage == "mql"]
    assert round(100 * len(qualified) / len(counted)) == 31
    assert 0.65 <= sum(lead.won is True for lead in qualified) / sum(lead.won is True for lead in counted) <= 0.72


def test_every_rule_fires_and_no_stage_of_points_is_empty(agreement: Agreement, scored: dict[str, Scored]):
    for rule in agreement.scoring.rules:
        assert sum(lead.points[rule.id] != 0 for lead in scored.values()) >= 10, rule.id
    assert {lead.stage for lead in scored.values()} == {"excluded", "none", "lead", "mql"}


def test_the_program_scores_every_lead_as_the_definition_says(
    agreement: Agreement, mapping: LeadMapping, scored: dict[str, Scored]
):
    board = open_board(
        agreement.scoring, read_leads(Files(CORE / "leads.csv", None, mapping), lambda names: ()), mapping.outcome
    )
    found = {row.id: row for row in board.lead_rows(range(board.leads.size))}
    assert {id_: (row.score, row.stage) for id_, row in found.items()} == {
        id_: (lead.score, lead.stage) for id_, lead in scored.items()
    }
