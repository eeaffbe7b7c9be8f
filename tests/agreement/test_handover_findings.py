"""Findings of handoff, pipeline, feedback and escalation: where they stand, and what mends them."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.check import Severity
from sla_tui.agreement.checks import handover
from sla_tui.agreement.paths import Add, Put, Remove
from sla_tui.agreement.sections.escalation import EscalationPath
from sla_tui.agreement.sections.feedback import Reason
from sla_tui.agreement.sections.handoff import Carried
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration
from tests.agreement.test_findings import Case, agreement, codes, found, names, stands_and_goes

SCORING: dict[str, Any] = {
    "stages": [
        {"id": "lead", "at": 10},
        {"id": "mql", "at": 50},
        {"id": "sql", "set": "accepted"},
        {"id": "opportunity", "set": "manually"},
        {"id": "customer", "set": "deal_won"},
    ]
}


def handed(at: str, **sections: Any) -> Agreement:
    return agreement(scoring=SCORING, handoff={"at": at}, **sections)


def carrying(*needs: str, **must: bool | None) -> Agreement:
    carries = [{"id": f"c-{name}", "field": name, "must": value} for name, value in must.items()]
    return agreement(handoff={"carries": carries}, mql={"needs": list(needs)})


def limited(promise: dict[str, Any], **sections: Any) -> Agreement:
    return agreement(commitments=[{"id": "p", "party": "sales", **promise}], **sections)


def back(*ways: dict[str, Any], **more: Any) -> Agreement:
    return agreement(
        scoring=SCORING, pipeline={"back": [{"id": f"w{at}", **way} for at, way in enumerate(ways)]}, **more
    )


def escalating(*what: str | None) -> Agreement:
    paths = [{"id": f"e{at}", **({"what": one} if one else {})} for at, one in enumerate(what)]
    return agreement(escalation={"paths": paths})


def rejecting(*when: str | None) -> Agreement:
    reasons = [{"id": f"r{at}", **({"when": one} if one else {})} for at, one in enumerate(when)]
    return agreement(feedback={"reasons": reasons})


CASES: list[Case] = [
    (
        "unanswered",
        Severity.WARNING,
        "pipeline.create_when",
        agreement(pipeline={"path": ["mql"]}),
        Put("conversion", {"opportunity_when": "When the lead is converted"}),
    ),
    (
        "handed-off-early",
        Severity.WARNING,
        "handoff.at",
        handed("lead", mql={"stage": "mql"}),
        Put("handoff.at", "mql"),
    ),
    (
        "handed-off-late",
        Severity.WARNING,
        "handoff.at",
        handed("sql", sql={"stage": "sql", "decided_by": "sales"}),
        Put("handoff.at", "mql"),
    ),
    (
        "no-queue",
        Severity.WARNING,
        "handoff.told_by",
        agreement(handoff={"told_by": "queue"}, assignment={}),
        Put("assignment.queues", ({"id": "inbound"},)),
    ),
    (
        "not-carried",
        Severity.WARNING,
        "handoff.carries",
        carrying("phone", "email", email=True),
        Add("handoff.carries", Carried(id="phone", field="Phone")),
    ),
    (
        "may-be-missing",
        Severity.WARNING,
        "handoff.carries.c-email.must",
        carrying("email", email=False),
        Put("handoff.carries.c-email.must", True),
    ),
    (
        "accept-after-touch",
        Severity.WARNING,
        "handoff.accept_within",
        limited(
            {"activity": "Follow up", "within": "5 minutes", "from": "received"}, handoff={"accept_within": "1 day"}
        ),
        Put("handoff.accept_within", Duration.parse("5 minutes")),
    ),
    (
        "two-limits",
        Severity.ERROR,
        "handoff.accept_within",
        limited(
            {"activity": "Accept the lead, or return it,", "within": "2 days", "from": "received"},
            handoff={"accept_within": "1 day"},
        ),
        Put("commitments.p.within", Duration.parse("1 day")),
    ),
    (
        "two-limits",
        Severity.ERROR,
        "feedback.return_within",
        limited(
            {"activity": "Return rejected leads with their reason", "within": "1 day", "from": "rejected"},
            feedback={"return_within": "2 days"},
        ),
        Put("feedback.return_within", Duration.parse("24 hours")),
    ),
    (
        "pulled-back-awake",
        Severity.ERROR,
        "feedback.pull_back_after",
        agreement(feedback={"dormant_after": "6 weeks", "pull_back_after": "30 days"}),
        Put("feedback.dormant_after", Duration.parse("30 days")),
    ),
    (
        "pulled-back-early",
        Severity.WARNING,
        "feedback.pull_back_after",
        limited(
            {"activity": "Follow up", "within": "2 weeks", "from": "received"}, feedback={"pull_back_after": "7 days"}
        ),
        Put("feedback.pull_back_after", Duration.parse("2 weeks")),
    ),
    (
        "one-kind-of-reasons",
        Severity.NOTE,
        "feedback.reasons",
        rejecting("before", "before"),
        Add("feedback.reasons", Reason(id="new", when="after")),
    ),
    (
        "no-path",
        Severity.WARNING,
        "escalation.paths",
        escalating("not_qualified", "broken_promise"),
        Add("escalation.paths", EscalationPath(id="new", what="dispute")),
    ),
    (
        "path-order",
        Severity.ERROR,
        "pipeline.path",
        agreement(scoring=SCORING, pipeline={"path": ["mql", "opportunity", "sql", "customer"]}),
        Put("pipeline.path", ("mql", "sql", "opportunity", "customer")),
    ),
    (
        "two-ways-back",
        Severity.ERROR,
        "pipeline.back.w1.what",
        back({"what": "lost", "to": "lead"}, {"what": "lost", "to": "mql"}),
        Remove("pipeline.back.w0"),
    ),
    (
        "back-forward",
        Severity.ERROR,
        "pipeline.back.w0.to",
        back({"what": "premature", "to": "opportunity"}),
        Put("pipeline.back.w0.to", "sql"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


def test_every_code_is_tried_here() -> None:
    assert codes(handover) == {case[0] for case in CASES}


def test_a_handoff_at_a_stage_that_points_reach_may_be_where_leads_are_sales_qualified() -> None:
    by_points = handed("sql", sql={"stage": "sql", "decided_by": "marketing"})
    assert not found(by_points, "handed-off-late")
    later = handed("opportunity", sql={"stage": "sql"})
    assert [one.message for one in found(later, "handed-off-late")] == [
        "it is decided which leads are sql, but sales gets them only at opportunity"
    ]


@pytest.mark.parametrize("at", ["mql", "sql", "nobody", None])
def test_a_handoff_at_or_above_the_qualified_stage_or_at_none_known_is_not_early(at: str | None) -> None:
    held = agreement(scoring=SCORING, handoff={"at": at} if at else {}, mql={"stage": "mql"})
    assert not found(held, "handed-off-early")


def test_what_a_lead_needs_is_only_missed_among_what_travels_once_something_does() -> None:
    assert not found(carrying("phone"), "not-carried")
    assert not found(carrying("Phone", phone=None), "not-carried")
    assert not found(carrying("phone", phone=None), "may-be-missing")
    (missed,) = found(carrying("phone", "title", email=True), "not-carried")
    assert missed.message == "a qualified lead needs what does not travel with it: phone, title"


@pytest.mark.parametrize(
    "promise",
    [
        {"activity": "Follow up", "within": "1 day", "from": "received"},
        {"activity": "Follow up", "within": "5 minutes", "from": "accepted"},
        {"activity": "Follow up", "within": "5 minutes", "from": "received", "only_when": "demo_request"},
        {"activity": "Follow up", "within": "5 minutes", "from": "received", "applies_to": "sql"},
        {"activity": "Update the status", "within": "5 minutes", "from": "received"},
        {"activity": "Accept the lead", "within": "1 business day", "from": "received"},
        {"activity": "Accept the lead", "within": "24 hours", "from": "received"},
        {"activity": "Accept the lead", "within": "1 hour", "from": "received", "only_when": "demo_request"},
    ],
)
def test_accepting_in_time_is_only_held_against_promises_for_the_same_leads_and_start(promise: dict[str, Any]) -> None:
    held = limited(promise, handoff={"accept_within": "1 day", "at": "mql"})
    assert not found(held, "accept-after-touch") + found(held, "two-limits")


def test_a_first_touch_is_known_by_what_is_measured_too() -> None:
    promise = {"activity": "Ring them", "measure": "first_touch", "within": "1 hour", "from": "received"}
    held = limited(promise, handoff={"accept_within": "1 day"})
    assert [one.fix for one in found(held, "accept-after-touch")] == ["have it accepted within 1 hour"]


@pytest.mark.parametrize(
    "promise",
    [
        {"activity": "Add a sentence on what was missing", "within": "1 day", "from": "rejected"},
        {"activity": "Return the lead", "within": "1 business day", "from": "rejected"},
        {"activity": "Return the lead", "within": "48 hours", "from": "rejected"},
        {"activity": "Return the lead", "within": "1 day", "from": "rejected", "party": "marketing"},
    ],
)
def test_returning_in_time_is_only_held_against_another_limit_for_returning(promise: dict[str, Any]) -> None:
    assert not found(limited(promise, feedback={"return_within": "2 days"}), "two-limits")


def test_reasons_and_paths_are_only_missed_while_the_others_say_what_they_are() -> None:
    assert not found(rejecting("before", None), "one-kind-of-reasons")
    assert not found(rejecting("before", "after"), "one-kind-of-reasons")
    assert not found(rejecting(), "one-kind-of-reasons")
    assert not found(escalating("dispute", None), "no-path")
    assert not found(escalating(), "no-path")
    (missed,) = found(escalating("other", "dispute"), "no-path")
    assert missed.message == "nobody is named for a lead that does not meet the criteria or a broken promise"


def test_a_stalled_opportunity_may_go_back_in_two_steps_at_two_times() -> None:
    steps = (
        {"what": "stalled", "after": "30 days", "to": "sql"},
        {"what": "stalled", "after": "90 days", "to": "lead"},
    )
    assert not found(back(*steps), "two-ways-back")
    assert found(back(steps[0], {**steps[1], "after": "30 days"}), "two-ways-back")


def test_without_an_opportunity_stage_nothing_goes_back_to_customers() -> None:
    stages = [{"id": "mql", "at": 50}, {"id": "won", "set": "deal_won"}]
    pipeline = {"back": [{"id": "w", "what": "lost", "to": "won"}, {"id": "x", "what": "stalled", "to": "mql"}]}
    held = agreement(scoring={"stages": stages}, pipeline=pipeline)
    assert [one.key for one in found(held, "back-forward")] == ["pipeline.back.w.to"]


def test_only_what_stalls_needs_a_time_and_only_something_else_needs_words() -> None:
    open_keys = [one.key for one in found(back({"what": "lost"}, {"what": "stalled"}), "unanswered")]
    assert "pipeline.back.w1.after" in open_keys
    assert "pipeline.back.w0.after" not in open_keys
    open_keys = [one.key for one in found(escalating("dispute", "other"), "unanswered")]
    assert "escalation.paths.e1.detail" in open_keys
    assert "escalation.paths.e0.detail" not in open_keys
