"""Goals, assignment, fields, intake, MQL and SQL are read as people write them and written in one way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import plain, slots
from sla_tui.agreement.paths import Change, Put, apply, at_key
from sla_tui.agreement.references import nameable, naming, rename
from sla_tui.agreement.terms import Agreement

WRITTEN: dict[str, Any] = {
    "agreement": {},
    "stakeholders": {
        "teams": [{"id": "sdr", "name": "SDR team"}],
        "people": [{"id": "ana", "name": "Ana Ruiz"}],
    },
    "goals": {
        "company_goal": "Grow.",
        "revenue": [{"id": "new", "name": "New business", "amount": "3.6m USD", "by": "31 Dec 2027", "owner": "ana"}],
        "conversions": [{"id": "up", "from": "mql", "to": "sql", "today": "13%", "goal": 20, "owner": "sdr"}],
        "cycle": {"from": "mql", "goal": "60d"},
        "kpis": [{"id": "accepted", "metric": "Accepted", "goal": "90 %"}],
        "measured_in": "CRM",
    },
    "assignment": {
        "method": "region",
        "hours": "business_hours",
        "steps": [{"id": "dedupe", "step": "Look for a duplicate", "who": "sdr", "within": "15min"}],
        "assign_within": "1bh",
        "territories": [
            {
                "id": "north",
                "name": "North",
                "when": {"field": "state", "in": ["NY"]},
                "owner": "inbound",
                "backup": "sdr",
            }
        ],
        "fallback": "inbound",
        "existing_account": "owner",
        "route_around": [{"id": "demo", "when": "demo_request", "to": "ana", "reason": "Ready to buy"}],
        "queues": [{"id": "inbound", "name": "Inbound queue", "team": "sdr"}],
    },
    "scoring": {"stages": [{"id": "mql", "at": 50}, {"id": "sql", "at": 70}]},
    "fields": {
        "fields": [
            {
                "id": "source",
                "name": "Lead source",
                "meaning": "How we met",
                "object": "lead",
                "kind": "choice",
                "values": ["Web form", "Trade show"],
                "must": "always",
                "filled_by": "sdr",
                "mark": "Never overwrite it",
            }
        ],
        "lead_source": "source",
        "source_kept": "first",
        "untracked": [{"id": "age", "what": "Age", "why": "Nobody uses it"}],
    },
    "intake": {
        "ways": [
            {
                "id": "event",
                "name": "Event list",
                "who": "sdr",
                "how": "Import",
                "within": "2 business days",
                "marks": ["source"],
                "source": "Trade show",
                "start_points": 10,
            }
        ],
        "purchased": {"allowed": "with_consent", "consent": "Asked for.", "start_points": -5, "approved_by": "ana"},
    },
    "mql": {
        "meaning": "Would take a call.",
        "stage": "mql",
        "needs": ["source"],
        "not": [{"id": "student", "what": "A student", "instead": "Mark it unqualified"}],
        "below": "Newsletter.",
    },
    "sql": {
        "meaning": "Has a need.",
        "stage": "sql",
        "path": "By a call.",
        "questions": [{"id": "budget", "question": "Is there a budget?", "must": True}],
        "decided_by": "sales",
        "decide_within": "2 wks",
        "redefine": "In the review.",
    },
}
ODD = {
    "goals.revenue.new.amount": ("3 600 000 USD", "3 600 000 USD"),
    "goals.revenue.new.by": (date(2027, 12, 31), "2027-12-31"),
    "goals.conversions.up.today": ("13 %", "13 %"),
    "goals.conversions.up.goal": ("20 %", "20 %"),
    "goals.cycle.goal": ("60 days", "60 days"),
    "assignment.assign_within": ("1 business hour", "1 business hour"),
    "assignment.steps.dedupe.within": ("15 minutes", "15 minutes"),
    "assignment.territories.north.when": ({"field": "state", "in": ["NY"]}, "state in NY"),
    "intake.ways.event.marks": (["source"], "source"),
    "sql.questions.budget.must": (True, "yes"),
    "sql.decide_within": ("2 weeks", "2 weeks"),
}
"""What is written otherwise than it is read: as TOML holds it, and as it is typed."""


def written() -> Agreement:
    return Agreement.model_validate(WRITTEN)


@pytest.mark.parametrize("key", ODD)
def test_an_answer_is_kept_in_its_own_type_and_written_in_one_way(key: str) -> None:
    slot = at_key(written(), key)
    assert (plain(slot.value), slot.text) == ODD[key]


def test_everything_that_was_said_is_written_again() -> None:
    again = plain(written())
    assert {name: list(held) for name, held in again.items()} == {name: list(held) for name, held in WRITTEN.items()}
    assert Agreement.model_validate(again) == written()


def test_every_answer_can_be_given_as_typed_text() -> None:
    held = written()
    answers = [slot for slot in slots(held, Agreement) if not slot.spec.nested and not slot.empty]
    assert len(answers) > 70
    for slot in answers:
        assert slot.spec.read(slot.text) == slot.value, slot.key


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("assignment.method", "by state or country", "region"),
        ("assignment.method", "in turn", "round-robin"),
        ("assignment.hours", "around the clock", "always"),
        ("assignment.existing_account", "whoever owns the account", "owner"),
        ("fields.fields.source.kind", "one of a list", "choice"),
        ("fields.fields.source.must", "at handoff at the latest", "at_handoff"),
        ("intake.purchased.allowed", "only people who agreed to hear from us", "with_consent"),
        ("sql.decided_by", "both sides", "shared"),
    ],
)
def test_a_choice_is_read_as_it_is_said(key: str, typed: str, read: str) -> None:
    assert at_key(written(), key).spec.read(typed) == read


@pytest.mark.parametrize(
    ("list_key", "names"),
    [
        ("goals.revenue", ["New business"]),
        ("goals.kpis", ["Accepted"]),
        ("assignment.territories", ["North"]),
        ("assignment.route_around", ["Ready to buy"]),
        ("assignment.queues", ["Inbound queue"]),
        ("fields.fields", ["Lead source"]),
        ("intake.ways", ["Event list"]),
        ("mql.not", ["A student"]),
        ("sql.questions", ["Is there a budget?"]),
    ],
)
def test_an_entry_is_called_by_its_first_words(list_key: str, names: list[str]) -> None:
    assert [item_name(item) for item in at_key(written(), list_key).value] == names


@pytest.mark.parametrize(
    ("key", "who_names_it"),
    [
        ("assignment.queues.inbound", {"assignment.territories.north.owner", "assignment.fallback"}),
        ("fields.fields.source", {"fields.lead_source", "intake.ways.event.marks", "mql.needs"}),
        ("scoring.stages.mql", {"goals.conversions.up.from", "goals.cycle.from", "mql.stage"}),
        ("scoring.stages.sql", {"goals.conversions.up.to", "sql.stage"}),
        (
            "stakeholders.people.ana",
            {"goals.revenue.new.owner", "assignment.route_around.demo.to", "intake.purchased.approved_by"},
        ),
    ],
)
def test_what_gets_another_id_is_still_named_by_every_answer(key: str, who_names_it: set[str]) -> None:
    held = written()
    assert set(naming(held, key)) == who_names_it
    renamed, _ = apply(held, rename(held, key, "another"))
    list_key = key.rpartition(".")[0]
    assert set(naming(renamed, f"{list_key}.another")) == who_names_it


def test_a_lead_goes_to_a_person_a_team_or_a_queue() -> None:
    held = written()
    receivers = nameable(held, at_key(held, "assignment.fallback").spec.ask.of)
    assert receivers == {"ana": "Ana Ruiz", "sdr": "SDR team", "inbound": "Inbound queue"}


@pytest.mark.parametrize(
    ("change", "open_now"),
    [
        (Put("assignment.method", "round-robin"), {"assignment.in_turn"}),
        (Put("assignment.method", "other"), {"assignment.method_in_words"}),
        (Put("assignment.existing_account", "ask"), {"assignment.ask"}),
        (Put("fields.fields.source.values", None), {"fields.fields.source.values"}),
        (Put("intake.purchased.consent", None), {"intake.purchased.consent"}),
        (Put("intake.purchased", {"allowed": "no"}), set[str]()),
        (
            Put("intake.purchased", {"allowed": "yes"}),
            {"intake.purchased.start_points", "intake.purchased.approved_by"},
        ),
        (Put("intake.purchased", {}), {"intake.purchased.allowed"}),
    ],
)
def test_only_what_the_other_answers_leave_open_is_asked(change: Change, open_now: set[str]) -> None:
    held, _ = apply(written(), change)
    sections = ("goals", "assignment", "fields", "intake", "mql", "sql")
    asked = {slot.key for slot in slots(held, Agreement) if slot.empty and not slot.optional}
    assert {key for key in asked if key.startswith(sections)} == open_now
