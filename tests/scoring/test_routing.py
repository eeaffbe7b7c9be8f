"""Territories and exceptions tried on leads, against the plainest way to do it."""

from __future__ import annotations

import csv
import random
from collections import Counter
from itertools import combinations

import pytest

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.routed import headline, text, troubles
from sla_tui.scoring.routing import Overlap, Share, lacks, routing, with_columns
from sla_tui.scoring.simulate import simulate, start
from tests.scoring.conftest import Written, as_csv

SCORING = Scoring.model_validate(
    {
        "stages": [{"id": "lead", "at": 1}, {"id": "mql", "at": 5}],
        "rules": [{"id": "visits", "when": "visits", "points": 1}],
        "exclude": [{"id": "ours", "when": {"field": "company", "is": "Ours"}}],
    }
)
WAYS: dict[str, tuple[str, object]] = {
    "big": ("employees", lambda said: said.isdigit() and int(said) >= 500),
    "us": ("country", lambda said: said == "US"),
    "america": ("country", lambda said: said in ("US", "CA", "MX")),
    "hotels": ("industry", lambda said: "hotel" in said.lower()),
    "nowhere": ("country", lambda said: said == "Atlantis"),
}
ASSIGNMENT = Assignment.model_validate(
    {
        "fallback": "ann",
        "territories": [
            {"id": "us", "name": "United States", "when": {"field": "country", "is": "US"}, "owner": "bob"},
            {"id": "america", "when": {"field": "country", "in": ["US", "CA", "MX"]}, "owner": "cleo"},
            {"id": "hotels", "when": {"field": "industry", "contains": "hotel"}, "owner": "bob"},
            {"id": "nowhere", "when": {"field": "country", "is": "Atlantis"}, "owner": "dan"},
        ],
        "route_around": [{"id": "big", "when": {"field": "employees", "at_least": 500}, "to": "dan"}],
    }
)


def leads(seed: int, count: int = 200) -> str:
    chance = random.Random(seed)
    rows = [
        [
            str(at),
            chance.choice(["US", "CA", "MX", "DE", ""]),
            chance.choice(["Hotels", "Hotel chain", "Bars", ""]),
            chance.choice(["", "12", "499", "500", "9000", "many"]),
            str(chance.randrange(9)),
            chance.choice(["Ours", "Theirs", "Theirs"]),
        ]
        for at in range(count)
    ]
    return as_csv(["id", "country", "industry", "employees", "visits", "company"], rows)


def plainly(table: str, at: int) -> tuple[Counter[str], Counter[str], Counter[int], Counter[tuple[str, str]], int]:
    """Who gets how many, how many fit each way, how many territories leads fit, pairs, and how many leads there are."""
    to = {"big": "dan", "us": "bob", "america": "cleo", "hotels": "bob", "nowhere": "dan"}
    gets, fits, times = Counter[str](), Counter[str](), Counter[int]()
    pairs, count = Counter[tuple[str, str]](), 0
    for row in csv.DictReader(table.splitlines()):
        if row["company"] == "Ours" or int(row["visits"]) < at:
            continue
        count += 1
        here = [name for name, (field, test) in WAYS.items() if test(row[field])]  # pyright: ignore
        fits.update(here)
        gets[to[here[0]] if here else "ann"] += 1
        if "big" not in here:
            times[min(2, len(here))] += 1
            pairs.update(combinations(here, 2))
    return gets, fits, times, pairs, count


@pytest.mark.parametrize(("seed", "stage", "at"), [(1, "", 0), (2, "mql", 5), (3, "lead", 1)])
def test_every_lead_goes_where_the_first_that_fits_sends_it(write: Written, seed: int, stage: str, at: int) -> None:
    table = leads(seed)
    board = start(SCORING, write(table))
    assert lacks(board, ASSIGNMENT)
    full = with_columns(board, ASSIGNMENT)
    assert not lacks(full, ASSIGNMENT)
    assert with_columns(full, ASSIGNMENT) is full
    found = routing(full, ASSIGNMENT, stage)
    gets, fits, times, pairs, count = plainly(table, at)
    assert found.leads == count
    assert {one.to: one.leads for one in found.shares} == gets
    assert {way.id: way.matches for way in found.ways} == {name: fits[name] for name in WAYS}
    assert (found.none, found.one, found.several) == (times[0], times[1], times[2])
    assert found.around == fits["big"]
    assert {(one.first, one.second): one.leads for one in found.overlaps} == pairs
    assert [way.id for way in found.never] == ["nowhere"]
    assert (
        found.around + found.none + found.one + found.several
        == found.leads
        == sum(way.gets for way in found.ways) + (gets["ann"])
    )
    if not stage:
        at_once = simulate(SCORING, board.leads.files.leads, assignment=ASSIGNMENT)
        assert at_once.routing == found


def test_what_to_look_at_is_named(write: Written) -> None:
    table = as_csv(
        ["id", "country", "visits", "company"], [["1", "US", "1", ""], ["2", "CA", "1", ""], ["3", "FR", "1", ""]]
    )
    told = Assignment.model_validate(
        {
            "territories": [
                {"id": "west", "name": "West", "when": {"field": "country", "in": ["US", "CA"]}, "owner": "bob"},
                {"id": "us", "name": "States", "when": {"field": "country", "is": "US"}, "owner": "cleo"},
                {"id": "far", "name": "Far", "when": {"field": "planet", "is": "Mars"}, "owner": "cleo"},
                {"id": "new", "name": "New"},
            ]
        }
    )
    found = routing(with_columns(start(SCORING, write(table), mapping=LeadMapping()), told), told)
    assert found.shares == (Share("bob", 2), Share("", 1))
    assert found.overlaps == (Overlap("west", "us", 1),)
    assert [way.id for way in found.hidden] == ["us"]
    assert headline(found) == "Of 3 leads, 1 fit no territory, 1 exactly one, 1 several."
    said = "\n".join(troubles(found, {}))
    assert "1 lead would go to nobody" in said
    assert "territory States gets none of its 1 lead: others come first" in said
    assert "territory Far: " in said
    assert "planet" in said
    assert "territory New: it does not say yet which leads" in said
    assert "West and States: 1 lead fit both" in said
    assert "They go to: Bob 2, nobody 1." in text(found, {"bob": "Bob"})
