"""Two scorings of the same leads: who comes in, who goes out, and what a single rule is there for."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring.board import Board
from sla_tui.scoring.compare import compared, removals
from sla_tui.scoring.comparesaid import document, headline, removal, text
from sla_tui.scoring.simulate import start

from .conftest import Written

LEADS = """id,country,visits,title,staff,won
a,US,3,Clerk,no,yes
b,US,0,Buyer,no,no
c,DE,2,Clerk,no,no
d,DE,0,Buyer,no,yes
e,DE,4,Buyer,no,
f,US,9,Buyer,yes,no
"""


def scoring(at: int = 10, **changes: Any) -> Scoring:
    said: dict[str, Any] = {
        "rules": [
            {"id": "country", "when": {"field": "country", "is": "US"}, "points": 10},
            {"id": "visits", "when": "visits", "points": 2, "per": "each", "cap": 6, "group": "web"},
        ],
        "groups": [{"id": "web", "cap": 6}],
        "stages": [{"id": "lead", "at": 1}, {"id": "mql", "name": "Good one", "at": at}],
    }
    return Scoring.model_validate({**said, **changes})


@pytest.fixture
def board(write: Written) -> Board:
    return start(scoring(), write(LEADS), outcome="won", everything=True)


def test_leads_that_flip_are_told_by_the_score_that_lets_them_in(board: Board):
    found = compared(board.with_scoring(scoring(6, rules=scoring().rules[1:])), scoring(), "mql")
    assert (found.came.leads, found.came.known, found.came.won) == (1, 0, 0)
    assert (found.went.leads, found.went.known, found.went.won) == (1, 1, 0)
    assert (found.stayed.leads, found.at) == (2, (10, 6))
    flips = found.page(0, 9)
    assert [(one.id, one.before, one.after, one.enters, one.won) for one in flips] == [
        ("e", 6, 6, True, None),
        ("b", 10, 0, False, False),
    ]
    assert [(one.stage_before, one.stage_after) for one in flips] == [("lead", "mql"), ("mql", "none")]
    assert found.page(1, 1) == flips[1:]
    assert {one.id: (one.before, one.after) for one in found.stages} == {"none": (1, 2), "lead": (2, 1), "mql": (3, 3)}


def test_the_same_scoring_flips_nobody_and_says_so(board: Board):
    found = compared(board, board.scoring, "mql")
    assert (found.flips, found.page(0, 5)) == (0, ())
    assert headline(found, "HEAD") == "Against HEAD, at Good one (from 10 points): the same 3 leads."


def test_who_an_exclusion_takes_out_flips_and_keeps_the_outcome(board: Board):
    staff = [{"id": "staff", "when": {"field": "staff", "is": "yes"}}]
    found = compared(board.with_scoring(scoring(exclude=staff)), scoring(), "mql")
    assert [(one.id, one.stage_after, one.won) for one in found.page(0, 5)] == [("f", "excluded", False)]


def test_a_fast_track_lets_leads_in_without_points(board: Board):
    lifted = scoring(fast_track=[{"id": "buyer", "when": {"field": "title", "is": "Buyer"}, "stage": "mql"}])
    found = compared(board.with_scoring(lifted), scoring(), "mql")
    assert [(one.id, one.enters) for one in found.page(0, 5)] == [("e", True), ("d", True)]


def test_a_stage_that_one_scoring_lacks_lets_nobody_in_there(board: Board):
    found = compared(board, scoring(stages=[{"id": "lead", "at": 1}]), "mql")
    assert (found.came.leads, found.at) == (3, (None, 10))
    assert "from no points before, 10 now" in headline(found, "old")
    assert {one.id: one.before for one in found.stages}["mql"] is None


def test_columns_that_only_the_other_scoring_reads_are_read(write: Written):
    read = start(scoring(), write(LEADS), outcome="won")
    other = scoring(rules=[{"id": "title", "when": {"field": "title", "is": "Buyer"}, "points": 10}])
    found = compared(read, other, "mql")
    assert {one.id for one in found.page(0, 9) if not one.enters} == {"d", "e"}


def test_the_report_names_the_leads_and_what_nothing_answers(board: Board):
    gone = {"id": "gone", "when": {"field": "nowhere", "known": True}, "points": 5}
    before = scoring(20, rules=[gone, *scoring().model_dump(by_alias=True, exclude_none=True)["rules"]])
    found = compared(board, before, "mql")
    said = text(found, "main~2")
    said = text(found, "main~2")
    words = " ".join(said.split())
    assert "3 leads come in (1 won), none goes out; 0 stay." in words
    assert "In main~2 1 condition names nothing in these files" in words
    assert "Come in, score before and now:" in said
    assert "Go out" not in said
    assert all(len(line) <= 80 for line in said.splitlines())
    told = document(found, "main~2")
    assert told["in"] == {"leads": 3, "known": 3, "won": 1}
    assert [one["id"] for one in told["flips"]] == ["a", "f", "b"]
    assert told["unanswered"] == ["scoring.rules.gone.when"]


def test_without_a_rule_is_what_the_board_says_with_its_points_at_0(board: Board):
    found = {one.rule: one for one in removals(board, "mql")}
    assert set(found) == {"country", "visits"}
    country = found["country"]
    assert (country.leads, country.won, country.precision) == (-3, -1, None)
    assert found["visits"].leads == 0
    assert [one.rule for one in removals(board, "mql", only="visits")] == ["visits"]
    assert list(removals(board, "nowhere")) == []
    low = next(removals(board.with_scoring(scoring(6)), "mql", only="country"))
    assert (low.leads, low.won) == (-1, 0)
    assert low.precision == pytest.approx(1 / 2 - 1 / 3)
    assert removal(low, "MQL") == "Without this rule: 1 lead fewer at MQL, none of them won; precision 33 % → 50 %."
