"""Rules on the columns of a real export, held to a calculation of its own; skipped where the file is not at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.simulate import simulate, start

from .plainly import World, score

LEADS = Path(__file__).parents[3] / "shared" / "data" / "xeducation" / "Leads.csv"
pytestmark = pytest.mark.skipif(not LEADS.exists(), reason="the X Education leads are not part of the project")


def on(field: str, test: str, operand: object) -> dict[str, object]:
    return {"field": field, test: operand}


SCORING = {
    "groups": [{"id": "interest", "cap": 35, "kind": "engagement"}],
    "rules": [
        {"id": "visits", "when": "TotalVisits", "points": 2, "cap": 20, "group": "interest"},
        {"id": "time", "when": on("Total Time Spent on Website", "at_least", 600), "points": 20, "group": "interest"},
        {
            "id": "source",
            "when": on("Lead Source", "in", ["Google", "Reference", "Welingak Website"]),
            "points": 10,
        },
        {
            "id": "working",
            "when": on("What is your current occupation", "is", "Working Professional"),
            "points": 30,
        },
        {"id": "email-no", "when": on("Do Not Email", "is", "Yes"), "points": -15},
        {"id": "special", "when": on("Specialization", "known", True), "points": 5},
        {"id": "abroad", "when": on("Country", "not_in", ["India"]), "points": -5},
        {"id": "management", "when": on("Specialization", "contains", "management"), "points": 5},
        {"id": "city", "when": on("City", "is_not", "Mumbai"), "points": -2},
    ],
    "stages": [{"id": "lead", "at": 10}, {"id": "mql", "at": 40}, {"id": "sql", "set": "manually"}],
    "fast_track": [{"id": "form", "when": on("Lead Origin", "is", "Lead Add Form"), "stage": "mql"}],
    "exclude": [{"id": "calls-no", "when": on("Do Not Call", "is", "Yes")}],
}


def test_every_lead_of_x_education_scores_as_calculated():
    with LEADS.open(encoding="utf-8-sig", newline="") as file:
        table = [{**row, "id": row["Prospect ID"]} for row in csv.DictReader(file)]
    world = World(table, unknown=frozenset({"Select"}), outcome="Converted")
    expected = score(SCORING, world)
    scoring, mapping = Scoring.model_validate(SCORING), LeadMapping(unknown=("Select",))
    for board in (
        simulate(scoring, LEADS, mapping=mapping, outcome="Converted").board,
        start(scoring, LEADS, mapping=mapping, outcome="Converted", everything=True),
    ):
        rows = board.lead_rows(range(board.leads.size))
        assert [(row.id, row.score, row.stage, list(row.points), list(row.caps)) for row in rows] == [
            (lead.id, lead.score, lead.stage, lead.points, lead.caps) for lead in expected
        ]
        assert board.summary().outcome.positive == sum(
            lead.won is True for lead in expected if lead.stage != "excluded"
        )
