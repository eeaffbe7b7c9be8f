"""Conditions built from the leads: what is offered, what a condition fires on, and what rules turn out to be."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.conditions import Condition, read_when
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.building import Built, begun
from sla_tui.scoring.findings import findings
from sla_tui.scoring.firing import Firing, Firings, Value, read_too, said
from sla_tui.scoring.offers import offer_of, offers
from sla_tui.scoring.scored import NotRead
from sla_tui.scoring.simulate import start
from tests.scoring.conftest import Written

ROWS = [
    # country, visits, employees, won
    ("US", "3", "40", "yes"),
    ("US", "0", "1200", "no"),
    ("DE", "", "80", "no"),
    ("DE", "1", "-", ""),
    ("FR, north", "2", "500", "yes"),
    ("Select", "0", "50", "no"),
]
TABLE = "id,country,visits,employees,won\n" + "".join(
    f'{at},"{country}",{visits},{employees},{won}\n' for at, (country, visits, employees, won) in enumerate(ROWS, 1)
)
LOG = "lead,activity,time\n1,open,2027-01-01\n1,open,2027-02-01\n2,open,2026-01-01\n4,demo,2027-02-01\n"


def board(write: Written, scoring: dict[str, Any] | None = None, everything: bool = True, log: str = "") -> Board:
    mapping = LeadMapping(unknown=("Select", "-"))
    path = write(log, "log.csv") if log else None
    value = Scoring.model_validate(scoring or {})
    return start(value, write(TABLE), path, mapping, "won", everything=everything)


@pytest.mark.parametrize(
    ("when", "leads", "known", "won"),
    [
        ("country in US, DE", 4, 3, 1),
        ("country not in US, DE", 1, 1, 1),
        ("country is not US", 3, 2, 1),
        ('country contains "NORTH"', 1, 1, 1),
        ("country known", 5, 4, 2),
        ("country unknown", 1, 1, 0),
        ("employees at least 80", 3, 3, 1),
        ("employees between 40 and 80", 3, 3, 1),
        ("visits", 3, 2, 2),
        ("open", 2, 2, 1),
    ],
)
def test_a_condition_is_told_by_its_leads_and_their_outcomes(
    write: Written, when: str, leads: int, known: int, won: int
):
    tried = Firings(board(write, log=LOG))
    assert tried.firing(read_when(when)) == Firing(leads, 6, known, won, 5, 2)


def test_a_window_counts_only_what_happened_in_it(write: Written):
    tried = Firings(board(write, log=LOG))
    found = tried.firing("open", window=40)
    assert found is not None
    assert found.leads == 1


def test_excluded_leads_count_for_exclusions_alone_and_stages_are_those_of_now(write: Written):
    scoring = {
        "stages": [{"id": "mql", "at": 10}],
        "rules": [{"id": "us", "when": {"field": "country", "is": "US"}, "points": 10}],
        "exclude": [{"id": "big", "when": {"field": "employees", "at_least": 1000}}],
        "fast_track": [{"id": "demo", "when": "demo", "stage": "mql"}],
    }
    found = board(write, scoring, log=LOG)
    us = read_when("country is US")
    assert Firings(found).firing(us) == Firing(1, 5, 1, 1, 4, 2)
    every = Firings(found, everybody=True)
    assert every.firing(us) == Firing(2, 6, 2, 1, 5, 2)
    assert Firings(found).there(us, "mql") == (1, 1)
    assert Firings(found).there("demo", "mql") == (1, 1)
    assert Firings(found).there("demo", "mql", by_points=True) == (1, 0)
    assert found.lifted(found.plan.fast[0][0], "mql") == 1


def test_numbers_to_compare_with_stand_with_the_leads_that_pass(write: Written):
    tried = Firings(board(write))
    employees = 3
    for test, word in (("at_least", "at least"), ("at_most", "at most")):
        cuts = tried.cuts(employees, test, 12)
        assert [one.text for one in cuts] == ["40", "50", "80", "500", "1200"]
        for cut in cuts:
            found = tried.firing(read_when(f"employees {word} {cut.text}"))
            assert found is not None
            assert (found.leads, found.known, found.won) == (cut.leads, cut.known, cut.won)
    assert sum(one.leads for one in tried.cuts(employees, "between", 3)) == 5
    assert set(tried.values(1, 2)) == {Value("US", 2, 2, 1), Value("DE", 2, 1, 0)}


def test_a_column_that_was_not_read_is_read_when_it_is_asked_for(write: Written):
    found = board(write, everything=False)
    offered = offer_of(found, "country")
    assert offered is not None
    assert offered.kind == "unread"
    with pytest.raises(NotRead):
        Firings(found).firing(read_when("country is US"))
    fuller = read_too(found, offered.need)
    tried = Firings(fuller).firing(read_when("country is US"))
    assert tried is not None
    assert tried.leads == 2
    assert fuller.tally.won == found.tally.won == 2


def test_what_is_offered_is_told_by_kind_share_and_values(write: Written):
    found = {one.name: one for one in offers(board(write, log=LOG))}
    kinds = {name: one.kind for name, one in found.items()}
    assert kinds == {
        "id": "id",
        "country": "text",
        "visits": "count",
        "employees": "number",
        "won": "outcome",
        "open": "activity",
        "demo": "activity",
    }
    assert (found["country"].known, found["country"].of, found["country"].different) == (5, 6, 3)
    assert (found["open"].known, found["open"].different) == (2, 3)


@pytest.mark.parametrize(
    "when",
    ["visits", "country is US", "country in US, DE", "country not in US, DE", 'country is "FR, north"',
     "country contains or", "employees at least 2.5", "employees between 40 and 80", "country known",
     "country unknown", "employees is 40", 'country is not "true"'],
)  # fmt: skip
def test_a_condition_taken_apart_and_put_together_is_the_same(write: Written, when: str):
    value = read_when(when)
    name = value if isinstance(value, str) else value.field or ""
    assert begun(value, offer_of(board(write), name)).when == value


def test_a_condition_grows_a_choice_at_a_time(write: Written):
    found = {one.name: one for one in offers(board(write))}
    built = Built().of(found["country"])
    assert (built.test, built.when, built.lacks) == ("is", None, "type a value, or tick some")
    built = built.tick("FR, north")
    assert built.when == Condition.model_validate({"field": "country", "is": "FR, north"})
    built = built.tick("US")
    assert (built.words, built.when) == (
        "is one of",
        Condition.model_validate({"field": "country", "in": ["FR, north", "US"]}),
    )
    assert built.by("is_not").when == Condition.model_validate({"field": "country", "not_in": ["FR, north", "US"]})
    assert built.by("contains").when is None
    between = Built().of(found["employees"]).by("between").tick("500")
    assert (between.when, between.lacks) == (None, "choose or type the second number")
    assert between.tick("80").when == read_when("employees between 80 and 500")
    assert Built().of(found["visits"]).when == "visits"
    with pytest.raises(ValueError, match="a number is needed"):
        _ = Built(found["employees"], "at_least", typed="many").when


def test_what_a_condition_comes_to_is_said_as_far_as_outcomes_allow():
    assert said(Firing(812, 9240, 812, 495, 9240, 3511)) == (
        "Fires for 812 of 9\u202f240 leads; 61 % of them were won (38 % overall)."
    )
    assert "61 % of the 100 with a known outcome" in said(Firing(812, 9240, 100, 61, 9000, 3420))
    assert said(Firing(3, 90, 2, 1, 60, 15)) == (
        "Fires for 3 of 90 leads; 1 of the 2 with a known outcome won, too few to say (25 % overall)."
    )
    assert said(Firing(3, 90, 0, 0, 60, 15)).endswith("the outcome of none of them is known.")
    assert said(Firing(3, 9, 3, 1, 9, 2), "Leaves out") == "Leaves out 3 of 9 leads."
    assert said(Firing(0, 9)) == "Fires for none of 9 leads."
    assert said(Firing(9, 9)) == "Fires for all 9 leads."
    assert said(Firing(0, 0)) == "There are no leads to try it on."


def test_rules_that_tell_nobody_apart_and_columns_counted_twice_are_found(write: Written):
    scoring = {
        "stages": [{"id": "mql", "at": 10}],
        "rules": [
            {"id": "small", "when": {"field": "employees", "at_most": 80}, "points": 1},
            {"id": "large", "when": {"field": "employees", "at_least": 81}, "points": 2},
            {"id": "mid", "when": {"field": "employees", "between": [50, 600]}, "points": 2},
            {"id": "us", "when": {"field": "country", "is": "US"}, "points": 1},
            {"id": "again", "when": {"field": "country", "is": "US"}, "points": 1},
            {"id": "silent", "when": {"field": "country", "known": True}, "points": 0},
            {"id": "open", "when": "open", "points": 1},
            {"id": "opened", "when": "open", "per": "once", "points": 1},
            {"id": "everyone", "when": {"field": "id", "known": True}, "points": 3},
        ],
        "exclude": [{"id": "nobody", "when": {"field": "country", "is": "XX"}}],
        "fast_track": [
            {"id": "idle", "when": {"field": "country", "is": "XX"}, "stage": "mql"},
            {"id": "all", "when": {"field": "id", "known": True}, "stage": "mql"},
        ],
    }
    told = {(one.code, one.key): one for one in findings(board(write, scoring, log=LOG))}
    assert {key: one.severity.name for key, one in told.items()} == {
        ("counted-twice", "scoring.rules.mid.when"): "NOTE",
        ("counted-twice", "scoring.rules.again.when"): "WARNING",
        ("counted-twice", "scoring.rules.opened.when"): "WARNING",
        ("always-fires", "scoring.rules.everyone"): "WARNING",
        ("never-fires", "scoring.exclude.nobody"): "NOTE",
        ("never-fires", "scoring.fast_track.idle"): "NOTE",
        ("always-fires", "scoring.fast_track.all"): "WARNING",
    }
    mid = told["counted-twice", "scoring.rules.mid.when"].message
    assert mid == "mid: employees is counted twice, here and by small; 2 leads get both"
    assert "all 6 leads" in told["always-fires", "scoring.rules.everyone"].message


def test_a_count_on_all_leads_is_only_remarked_and_an_exclusion_of_all_is_told(write: Written):
    table = write("id,visits,won\n1,1,yes\n2,7,no\n")
    counted = Scoring.model_validate({"rules": [{"id": "v", "when": "visits", "points": 1}]})
    found = {one.code: one.severity.name for one in findings(start(counted, table, None, LeadMapping(), "won"))}
    assert found == {"always-fires": "NOTE"}
    nobody = Scoring.model_validate({"exclude": [{"id": "x", "when": "visits"}]})
    told = findings(start(nobody, table, None, LeadMapping(), "won"))
    assert [one.message for one in told] == ["x: leaves out 2 leads, and nobody is left to score"]
