"""Findings of goals, lead assignment, fields, intake, MQL and SQL: where they stand, and what mends them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.check import Severity
from sla_tui.agreement.checks import goals, leads, routing
from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.money import Money
from sla_tui.agreement.paths import Put, Remove
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Percent
from tests.agreement.test_findings import STAGES, Case, agreement, codes, found, names, stands_and_goes

SCORING: dict[str, Any] = {"stages": STAGES}
SOURCE: dict[str, Any] = {
    "id": "lead-source",
    "name": "Lead source",
    "kind": "choice",
    "values": ["Web form", "Trade show"],
    "must": "always",
}


def converting(**goal: Any) -> Agreement:
    return agreement(goals={"conversions": [{"id": "g", **goal}]}, scoring=SCORING)


def cycle(**goal: Any) -> Agreement:
    return agreement(goals={"cycle": goal}, scoring=SCORING)


def by(day: date, list_: str = "revenue") -> Agreement:
    period = {"starts": date(2027, 1, 1), "ends": date(2027, 12, 31)}
    goal = {"cycle": {"by": day}} if list_ == "cycle" else {list_: [{"id": "g", "by": day}]}
    return agreement(agreement=period, goals=goal)


def territories(*listed: dict[str, Any], **more: Any) -> Agreement:
    return agreement(assignment={"territories": [{"id": f"t{at}", **one} for at, one in enumerate(listed)], **more})


def fields(*listed: dict[str, Any], **more: Any) -> Agreement:
    return agreement(fields={"fields": list(listed), **more})


def way(*, source_field: dict[str, Any] = SOURCE, **answers: Any) -> Agreement:
    held = {"fields": [source_field], "lead_source": "lead-source"}
    return agreement(intake={"ways": [{"id": "w", **answers}]}, fields=held, mql={"stage": "mql"}, scoring=SCORING)


def bought(**answers: Any) -> Agreement:
    return agreement(intake={"purchased": answers}, mql={"stage": "mql"}, scoring=SCORING)


def staged(mql: str | None, sql: str | None, **more: Any) -> Agreement:
    return agreement(
        mql={"stage": mql} if mql else {}, sql={**({"stage": sql} if sql else {}), **more}, scoring=SCORING
    )


IN_NJ = Condition.model_validate({"field": "state", "in": ["NJ"]})
CASES: list[Case] = [
    (
        "backward-goal",
        Severity.ERROR,
        "goals.conversions.g.to",
        converting(**{"from": "sql", "to": "mql"}),
        Put("goals.conversions.g.to", "customer"),
    ),
    (
        "backward-goal",
        Severity.ERROR,
        "goals.cycle.to",
        cycle(**{"from": "mql", "to": "mql"}),
        Put("goals.cycle.from", None),
    ),
    (
        "goal-below-today",
        Severity.NOTE,
        "goals.conversions.g.goal",
        converting(today="20 %", goal="19.5 %"),
        Put("goals.conversions.g.goal", Percent.parse("20 %")),
    ),
    (
        "goal-below-today",
        Severity.NOTE,
        "goals.cycle.goal",
        cycle(today="2 months", goal="75 days"),
        Put("goals.cycle.goal", Duration.parse("60 days")),
    ),
    (
        "goal-below-today",
        Severity.NOTE,
        "goals.revenue.r.amount",
        agreement(goals={"revenue": [{"id": "r", "today": "3m USD", "amount": "2 900 000 USD"}]}),
        Put("goals.revenue.r.amount", Money.parse("3 100 000 USD")),
    ),
    *(
        ("no-unit", Severity.NOTE, key, held, Put(key, mended))
        for key, mended, held in (
            ("objective.success.to", "8 %", agreement(objective={"success": {"from": "4 %", "to": "8"}})),
            ("goals.kpis.k.today", "3 days", agreement(goals={"kpis": [{"id": "k", "today": "3", "goal": "2 days"}]})),
            ("reporting.roi.goal", "400 %", agreement(reporting={"roi": {"today": "320 %", "goal": "400"}})),
        )
    ),
    *(
        ("goal-outside-period", Severity.NOTE, key, by(day, list_), Put(key, date(2027, 12, 31)))
        for list_, day, key in (
            ("revenue", date(2028, 1, 1), "goals.revenue.g.by"),
            ("conversions", date(2026, 12, 31), "goals.conversions.g.by"),
            ("kpis", date(2028, 1, 1), "goals.kpis.g.by"),
            ("cycle", date(2026, 12, 31), "goals.cycle.by"),
        )
    ),
    (
        "two-goals",
        Severity.WARNING,
        "goals.conversions.h.goal",
        agreement(
            goals={
                "conversions": [
                    {"id": "g", "from": "mql", "to": "sql", "goal": "20 %"},
                    {"id": "h", "from": "mql", "to": "sql", "goal": "25 %"},
                ]
            }
        ),
        Put("goals.conversions.h.by", date(2027, 6, 30)),
    ),
    ("no-fallback", Severity.ERROR, "assignment.fallback", territories({}), Put("assignment.fallback", "sdr")),
    (
        "own-stand-in",
        Severity.WARNING,
        "assignment.territories.t0.backup",
        territories({"owner": "a", "backup": "a"}),
        Put("assignment.territories.t0.backup", "b"),
    ),
    (
        "half-built",
        Severity.WARNING,
        "assignment.territories.t0.when",
        territories({"when": {"field": "state"}}),
        Put("assignment.territories.t0.when", IN_NJ),
    ),
    (
        "half-built",
        Severity.WARNING,
        "assignment.route_around.r.when",
        agreement(assignment={"route_around": [{"id": "r", "when": {"in": ["NJ"]}}]}),
        Put("assignment.route_around.r.when", "demo_request"),
    ),
    (
        "taken-already",
        Severity.WARNING,
        "assignment.territories.t1.when",
        territories({"when": {"field": "state", "in": ["NY", "NJ"]}}, {"when": {"field": "state", "is": "NJ"}}),
        Remove("assignment.territories.t0"),
    ),
    (
        "taken-already",
        Severity.WARNING,
        "assignment.route_around.s.when",
        agreement(assignment={"route_around": [{"id": "r", "when": "demo"}, {"id": "s", "when": "demo"}]}),
        Put("assignment.route_around.s.when", "quote"),
    ),
    (
        "runs-after-hours",
        Severity.WARNING,
        "assignment.assign_within",
        agreement(assignment={"hours": "business_hours", "assign_within": "15 minutes"}),
        Put("assignment.after_hours", "The rep on duty gets it at once."),
    ),
    (
        "field-twice",
        Severity.WARNING,
        "fields.fields.b.name",
        fields({"id": "a", "name": "Phone"}, {"id": "b", "name": "phone"}),
        Put("fields.fields.b.object", "company"),
    ),
    (
        "tracked-and-not",
        Severity.ERROR,
        "fields.fields.a.name",
        fields({"id": "a", "name": "Age"}, untracked=[{"id": "u", "what": "age"}]),
        Remove("fields.untracked.u"),
    ),
    (
        "values-unused",
        Severity.NOTE,
        "fields.fields.a.values",
        fields({"id": "a", "kind": "text", "values": ["x"]}),
        Put("fields.fields.a.kind", "choice"),
    ),
    (
        "value-twice",
        Severity.WARNING,
        "fields.fields.a.values",
        fields({"id": "a", "kind": "choice", "values": ["Web form", "web form"]}),
        Put("fields.fields.a.values", ("Web form",)),
    ),
    (
        "unanswered",
        Severity.WARNING,
        "fields.fields.a.values",
        fields({"id": "a", "kind": "choice"}),
        Put("fields.fields.a.kind", "text"),
    ),
    (
        "free-lead-source",
        Severity.WARNING,
        "fields.fields.lead-source.kind",
        fields({**SOURCE, "kind": "text"}, lead_source="lead-source"),
        Put("fields.fields.lead-source.kind", "choice"),
    ),
    (
        "lead-source-open",
        Severity.WARNING,
        "fields.fields.lead-source.must",
        fields({**SOURCE, "must": "if_known"}, lead_source="lead-source"),
        Put("fields.fields.lead-source.must", "at_handoff"),
    ),
    (
        "unknown-lead-source",
        Severity.ERROR,
        "intake.ways.w.source",
        way(source="Trade fair"),
        Put("intake.ways.w.source", "Trade show"),
    ),
    (
        "source-not-marked",
        Severity.WARNING,
        "intake.ways.w.marks",
        way(marks=["country"]),
        Put("intake.ways.w.marks", ("country", "lead-source")),
    ),
    (
        "starts-qualified",
        Severity.WARNING,
        "intake.ways.w.start_points",
        way(start_points=50),
        Put("intake.ways.w.start_points", 49),
    ),
    (
        "starts-qualified",
        Severity.WARNING,
        "intake.purchased.start_points",
        bought(allowed="with_consent", start_points=60),
        Put("intake.purchased.start_points", -10),
    ),
    (
        "bought-without-consent",
        Severity.WARNING,
        "intake.purchased.allowed",
        bought(allowed="yes"),
        Put("intake.purchased.consent", "Each of them ticked the seller's box."),
    ),
    (
        "unanswered",
        Severity.WARNING,
        "intake.purchased.consent",
        bought(allowed="with_consent"),
        Put("intake.purchased.allowed", "no"),
    ),
    (
        "need-left-open",
        Severity.WARNING,
        "mql.needs",
        agreement(mql={"needs": ["phone"]}, fields={"fields": [{"id": "phone", "must": "if_known"}]}),
        Put("fields.fields.phone.must", "at_handoff"),
    ),
    (
        "unknown-reference",
        Severity.ERROR,
        "mql.needs",
        agreement(mql={"needs": ["fone"]}, fields={"fields": [{"id": "phone"}]}),
        Put("mql.needs", ("phone",)),
    ),
    ("sql-not-above-mql", Severity.ERROR, "sql.stage", staged("mql", "mql"), Put("sql.stage", "sql")),
    ("sql-not-above-mql", Severity.ERROR, "sql.stage", staged("sql", "mql"), Put("mql.stage", None)),
    ("mql-set-by-sales", Severity.WARNING, "mql.stage", staged("customer", None), Put("mql.stage", "mql")),
    (
        "two-deciders",
        Severity.ERROR,
        "sql.decided_by",
        staged("mql", "sql", decided_by="marketing"),
        Put("sql.decided_by", "sales"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


def test_every_code_that_these_checks_can_give_is_tried_here() -> None:
    assert codes(goals, leads, routing) <= {case[0] for case in CASES}


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (converting(**{"from": "mql", "to": "opportunity"}), "backward-goal"),
        (converting(goal="20 %"), "goal-below-today"),
        (agreement(objective={"success": {"from": "4 %", "to": "twice as many"}}), "no-unit"),
        (agreement(objective={"success": {"from": "1 200", "to": "1 500"}}), "no-unit"),
        (agreement(objective={"success": {"from": "3 to 1", "to": "5 to 1"}}), "no-unit"),
        (cycle(today="2 months", goal="60 days"), "goal-below-today"),
        (cycle(today="10 business days", goal="12 days"), "goal-below-today"),
        (
            agreement(goals={"revenue": [{"id": "r", "today": "3m EUR", "amount": "2m USD"}]}),
            "goal-below-today",
        ),
        (by(date(2027, 1, 1)), "goal-outside-period"),
        (agreement(goals={"kpis": [{"id": "k", "by": date(2030, 1, 1)}]}), "goal-outside-period"),
        (territories({}, fallback="sdr"), "no-fallback"),
        (agreement(assignment={}), "no-fallback"),
        (territories({}, {}), "own-stand-in"),
        (
            territories({"when": {"field": "state", "in": ["NY"]}}, {"when": {"field": "country", "in": ["NY"]}}),
            "taken-already",
        ),
        (territories({"when": {"field": "state", "in": ["NY", "NY"]}}), "taken-already"),
        (territories({"when": ""}, {"when": ""}, {}), "taken-already"),
        (
            territories({"when": {"field": "size", "at_least": 5}}, {"when": {"field": "size", "at_least": 50}}),
            "taken-already",
        ),
        (
            agreement(assignment={"hours": "business_hours", "assign_within": "2 business hours"}),
            "runs-after-hours",
        ),
        (agreement(assignment={"hours": "always", "assign_within": "15 minutes"}), "runs-after-hours"),
        (fields({"id": "a"}, {"id": "b"}, untracked=[{"id": "u"}]), "field-twice"),
        (fields({"id": "a"}, untracked=[{"id": "u"}]), "tracked-and-not"),
        (fields({"id": "a", "values": ["x"]}), "values-unused"),
        (fields({**SOURCE, "kind": "text"}), "free-lead-source"),
        (way(source="Anything", source_field={"id": "lead-source", "kind": "choice"}), "unknown-lead-source"),
        (way(source="Anything", source_field={**SOURCE, "kind": "text"}), "unknown-lead-source"),
        (way(), "source-not-marked"),
        (way(start_points=10), "starts-qualified"),
        (agreement(intake={"ways": [{"id": "w", "start_points": 500}]}, scoring=SCORING), "starts-qualified"),
        (bought(allowed="no", start_points=60), "starts-qualified"),
        (bought(allowed="with_consent"), "bought-without-consent"),
        (agreement(mql={"needs": ["phone"]}), "need-left-open"),
        (staged("mql", "sql", decided_by="sales"), "two-deciders"),
        (staged("mql", "mql", decided_by="marketing"), "two-deciders"),
        (staged("mql", None), "sql-not-above-mql"),
    ],
)
def test_what_is_in_order_or_not_known_is_left_alone(held: Agreement, code: str) -> None:
    assert not found(held, code)


def test_where_leads_go_in_turn_no_territory_is_missed() -> None:
    asked = {one.key for one in found(agreement(assignment={"method": "round-robin"}), "unanswered")}
    assert not asked & {"assignment.territories", "assignment.fallback"}
    by_region = {one.key for one in found(agreement(assignment={"method": "region"}), "unanswered")}
    assert {"assignment.territories", "assignment.fallback"} <= by_region
    assert "assignment.in_turn" not in by_region


def test_a_wrong_lead_source_is_told_with_the_nearest_allowed_one() -> None:
    (finding,) = found(way(source="Trade shw"), "unknown-lead-source")
    assert finding.message == "'Trade shw' is no allowed value of Lead source"
    assert finding.fix == "did you mean 'Trade show'?"


def test_two_sides_that_decide_are_both_named() -> None:
    (finding,) = found(staged("mql", "sql", decided_by="shared"), "two-deciders")
    assert finding.message == "it is decided by both sides here, yet under Scoring sql is set by sales"
