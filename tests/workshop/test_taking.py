"""What is proposed from past outcomes, taken into an agreement: each a change of its own, beside or over today's."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.paths import apply
from sla_tui.agreement.sections.scoring import Rule, Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.scoring.propose.result import Cutoff, Proposed
from sla_tui.workshop.steps import Doing
from sla_tui.workshop.taking import held, rival, taking, taking_threshold

SCORING: dict[str, Any] = {
    "rules": [
        {
            "id": "visits",
            "label": "Comes often",
            "when": "visits",
            "points": 1,
            "per": "each",
            "cap": 5,
            "group": "web",
        },
        {"id": "title", "when": {"field": "title", "is": "Clerk"}, "points": 3},
    ],
    "groups": [{"id": "web", "cap": 9}],
    "stages": [{"id": "mql", "at": 4}],
}


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.model_validate({"agreement": {"organization": "Acme"}, "scoring": SCORING})


def proposed(like: str = "", **rule: Any) -> Proposed:
    return Proposed(Rule.model_validate(rule), 40, 40, 20, 5, like, 1 if like else None)


def done(agreement: Agreement, doing: Doing) -> Scoring:
    value, back = apply(agreement, doing.change)
    assert apply(value, back)[0] == agreement
    assert value.scoring is not None
    return value.scoring


def test_a_rule_on_something_new_comes_last_under_an_id_that_is_free(agreement: Agreement):
    one = proposed(id="title", when={"field": "title", "is": "Director"}, points=7)
    assert agreement.scoring is not None
    assert held(one, agreement.scoring) is None
    doing = taking(one, agreement.scoring)
    after = done(agreement, doing)
    assert [rule.id for rule in after.rules] == ["visits", "title", "title-2"]
    assert (after.rules[2].points, doing.look) == (7, "scoring.rules.title-2")
    assert held(one, after) == after.rules[2]


def test_a_rule_on_what_todays_fires_on_gives_that_one_its_points_and_cap(agreement: Agreement):
    one = proposed("visits", id="visits-2", when="visits", points=2, per="each", cap=8)
    assert agreement.scoring is not None
    after = done(agreement, taking(one, agreement.scoring))
    assert [rule.id for rule in after.rules] == ["visits", "title"]
    visits = after.rules[0]
    assert (visits.points, visits.cap, visits.label, visits.group) == (2, 8, "Comes often", "web")
    assert held(one, after) == visits


def test_a_rule_that_says_something_else_by_now_is_left_alone(agreement: Agreement):
    one = proposed("visits", id="visits-2", when="visits", points=2, per="once")
    assert agreement.scoring is not None
    assert rival(one, agreement.scoring) is None
    assert [rule.id for rule in done(agreement, taking(one, agreement.scoring)).rules][-1] == "visits-2"


def test_a_threshold_is_the_points_of_its_stage(agreement: Agreement):
    cutoff = Cutoff("worth", 11, 30, 30, 15, 0.5, 0.4, 1.5, None, None, None, None, None)
    doing = taking_threshold(cutoff, "mql")
    assert (done(agreement, doing).stages[0].at, doing.look) == (11, "scoring.stages.mql")
