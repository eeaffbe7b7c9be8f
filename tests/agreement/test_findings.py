"""Each finding is there when it should be, says where, and is gone when what it asks for is done."""

from __future__ import annotations

import inspect
import re
from datetime import date, time
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.checks import general, particulars, people
from sla_tui.agreement.checks import promises as promises_checks
from sla_tui.agreement.checks import scoring as scoring_checks
from sla_tui.agreement.checks.scoring import most_points
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Change, Put, Remove, apply, at_key
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Percent
from tests.strategies import parts

STAGES = [
    {"id": "mql", "name": "MQL", "at": 50},
    {"id": "sql", "name": "SQL", "set": "accepted", "set_by": "sales"},
    {"id": "customer", "name": "Customer", "set": "deal_won"},
]
PEOPLE: dict[str, Any] = {
    "teams": [{"id": "m", "party": "marketing"}, {"id": "s", "party": "sales"}, {"id": "ops"}],
    "people": [{"id": "a", "team": "m", "role": "drafter"}, {"id": "b", "team": "s", "role": "drafter"}],
}


def agreement(**sections: Any) -> Agreement:
    return Agreement.model_validate({"agreement": {}, **sections})


def scoring(rules: list[dict[str, Any]], **more: Any) -> Agreement:
    return agreement(scoring={"rules": rules, "stages": STAGES, **more})


def promises(*made: dict[str, Any]) -> Agreement:
    listed = [{"id": f"p{number}", **one} for number, one in enumerate(made)]
    return agreement(commitments=listed, scoring={"stages": STAGES})


def found(held: Agreement, code: str) -> list[Finding]:
    return [finding for finding in check(held) if finding.code == code]


Case = tuple[str, Severity, str, Agreement, Change]
"""A code, its weight and its key; an agreement that earns it, and a change that mends it."""

LEADS = [{"count": 40, "unit": "lead"}]
CASES: list[Case] = [
    ("unanswered", Severity.WARNING, "agreement.title", agreement(), Put("agreement.title", "SLA")),
    ("unanswered", Severity.WARNING, "scoring.rules", agreement(scoring={}), Put("scoring.rules", ({"id": "r"},))),
    ("unanswered", Severity.WARNING, "agreement", Agreement(), Put("agreement", {})),
    (
        "unanswered",
        Severity.WARNING,
        "scoring.stages.new.at",
        agreement(scoring={"stages": [{"id": "new"}]}),
        Put("scoring.stages.new.set", "manually"),
    ),
    (
        "example",
        Severity.WARNING,
        "agreement.title",
        agreement(agreement={"title": "SLA"}, sources={"agreement.title": {"kind": "example"}}),
        Put("sources", {"agreement.title": {"kind": "agreed"}}),
    ),
    (
        "unknown-reference",
        Severity.ERROR,
        "commitments.p0.applies_to",
        promises({"applies_to": "mqls"}),
        Put("commitments.p0.applies_to", "mql"),
    ),
    (
        "no-condition",
        Severity.NOTE,
        "commitments.p0.only_when",
        promises({"only_when": "all other countries"}),
        Put("commitments.p0.only_when", "demo_request"),
    ),
    (
        "two-meanings",
        Severity.WARNING,
        "commitments.p0.activity",
        promises({"activity": "Hold a bi-monthly review"}),
        Put("commitments.p0.activity", "Hold a review twice a month"),
    ),
    (
        "ends-before-start",
        Severity.ERROR,
        "agreement.ends",
        agreement(agreement={"starts": date(2027, 1, 1), "ends": date(2026, 12, 31)}),
        Put("agreement.ends", date(2027, 1, 1)),
    ),
    (
        "closes-before-open",
        Severity.ERROR,
        "agreement.calendar.to",
        agreement(agreement={"calendar": {"from": time(17), "to": time(17)}}),
        Put("agreement.calendar.to", time(18)),
    ),
    (
        "unknown-timezone",
        Severity.ERROR,
        "agreement.calendar.timezone",
        agreement(agreement={"calendar": {"timezone": "America/New_Yorck"}}),
        Put("agreement.calendar.timezone", "America/New_York"),
    ),
    (
        "unknown-day",
        Severity.ERROR,
        "agreement.calendar.days",
        agreement(agreement={"calendar": {"days": ["mon", "Tuesday"]}}),
        Put("agreement.calendar.days", ("mon", "tue")),
    ),
    (
        "signed-section",
        Severity.ERROR,
        "agreement.schedules",
        agreement(agreement={"schedules": ["signatures"]}),
        Put("agreement.schedules", ("scoring",)),
    ),
    (
        "unknown-reference",
        Severity.ERROR,
        "agreement.schedules",
        agreement(agreement={"schedules": ["scorng"]}),
        Put("agreement.schedules", ("scoring",)),
    ),
    (
        "unknown-reference",
        Severity.ERROR,
        "custom.c.after",
        agreement(custom=[{"id": "c", "after": "commitment"}]),
        Put("custom.c.after", "commitments"),
    ),
    (
        "unknown-source",
        Severity.WARNING,
        "sources",
        agreement(sources={"scoring.stages.mql.at": {"kind": "example"}}),
        Put("scoring", {"stages": STAGES}),
    ),
    (
        "half-built",
        Severity.WARNING,
        "scoring.exclude.x.when",
        agreement(scoring={"exclude": [{"id": "x", "when": {"field": "company"}}]}),
        Put("scoring.exclude.x.when", "bounced"),
    ),
    (
        "two-ways",
        Severity.ERROR,
        "scoring.stages.s.set",
        agreement(scoring={"stages": [{"id": "s", "at": 5, "set": "manually"}]}),
        Put("scoring.stages.s.at", None),
    ),
    (
        "stage-order",
        Severity.ERROR,
        "scoring.stages.b.at",
        agreement(scoring={"stages": [{"id": "a", "at": 50}, {"id": "x", "set": "manually"}, {"id": "b", "at": 50}]}),
        Put("scoring.stages.b.at", 51),
    ),
    (
        "out-of-reach",
        Severity.ERROR,
        "scoring.stages.mql.at",
        scoring([{"id": "r", "when": "email_open", "points": 2, "cap": 40}]),
        Put("scoring.rules.r.cap", 50),
    ),
    (
        "cap-below-points",
        Severity.WARNING,
        "scoring.rules.r.cap",
        scoring([{"id": "r", "when": "x", "points": -20, "cap": 10}]),
        Put("scoring.rules.r.cap", 20),
    ),
    (
        "counted-twice",
        Severity.NOTE,
        "scoring.rules.b.when",
        scoring([{"id": "a", "when": {"field": "c", "in": ["US"]}}, {"id": "b", "when": {"field": "c", "in": ["US"]}}]),
        Remove("scoring.rules.a"),
    ),
    (
        "one-sided",
        Severity.WARNING,
        "commitments",
        promises({"party": "sales"}, {"party": "shared"}),
        Put("commitments.p1.party", "marketing"),
    ),
    (
        "share-of-all",
        Severity.NOTE,
        "commitments.p0.share",
        promises({"share": "100 %"}),
        Put("commitments.p0.share", Percent.parse(95)),
    ),
    (
        "not-in-own-hands",
        Severity.WARNING,
        "commitments.p0.applies_to",
        promises({"party": "marketing", "activity": "Deliver", "amounts": LEADS, "applies_to": "sql"}),
        Put("commitments.p0.applies_to", "mql"),
    ),
    (
        "back-too-soon",
        Severity.ERROR,
        "commitments.p1.keep_open",
        promises(
            {"party": "sales", "applies_to": "mql", "within": "2 weeks", "from": "received"},
            {"party": "sales", "applies_to": "mql", "keep_open": "1 week"},
        ),
        Put("commitments.p1.keep_open", Duration.parse("14 days")),
    ),
    (
        "one-sided-draft",
        Severity.WARNING,
        "stakeholders.people",
        agreement(stakeholders={**PEOPLE, "people": [PEOPLE["people"][0], {**PEOPLE["people"][1], "role": "signer"}]}),
        Put("stakeholders", PEOPLE),
    ),
    (
        "no-signer",
        Severity.WARNING,
        "signatures.signers",
        agreement(signatures={"signers": [{"id": "a", "party": "sales"}, {"id": "w"}]}),
        Put("signatures.signers.w.party", "marketing"),
    ),
]


def names(cases: list[Case]) -> list[str]:
    """What the cases are called in a test's report."""
    return [f"{case[0]}-{case[2]}" for case in cases]


def codes(*modules: ModuleType) -> set[str]:
    """Every code that the checks of these modules can give."""
    calls = re.compile(r'\b(?:error|warning|note)\(\s*"([a-z-]+)"')
    return {code for module in modules for code in calls.findall(inspect.getsource(module))}


def stands_and_goes(case: Case) -> None:
    """The finding stands at its key, with its weight, and is gone once it is mended."""
    code, severity, key, held, mend = case
    (finding,) = [one for one in found(held, code) if one.key == key]
    assert finding.severity is severity
    assert finding.message
    assert finding.section == key.partition(".")[0]
    assert key in ("agreement", "commitments") or at_key(held, key).key == key
    mended, _ = apply(held, mend)
    assert not [one for one in found(mended, code) if one.key == key]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


def test_every_code_that_the_checks_can_give_is_tried_here() -> None:
    assert codes(general, particulars, people, promises_checks, scoring_checks) == {case[0] for case in CASES}


def test_a_finding_that_can_be_mended_says_how() -> None:
    assert found(CASES[5][3], "unknown-reference")[0].fix == "did you mean 'mql'?"
    assert found(agreement(), "unanswered")[0].fix == "for example Sales and Marketing Service Level Agreement"
    own = found(
        promises({"party": "marketing", "activity": "Deliver", "amounts": LEADS, "applies_to": "customer"}),
        "not-in-own-hands",
    )
    assert own[0].fix == "promise the stage before, mql"
    assert own[0].message == "marketing promises customer leads, but sales decides who becomes one"


def test_findings_stand_in_the_order_of_the_sections() -> None:
    late = {"starts": date(2027, 1, 1), "ends": date(2026, 1, 1)}
    held = agreement(agreement=late, signatures={}, objective={}, scoring={}, commitments=[{"id": "p", "share": 100}])
    sections = [finding.section for finding in check(held)]
    order = [spec.key for spec in specs(Agreement)]
    assert sections == sorted(sections, key=order.index)


def test_an_absent_section_has_no_findings_of_its_own() -> None:
    assert {finding.section for finding in check(agreement())} == {"agreement"}


def test_a_name_is_not_held_against_a_section_that_is_not_in_the_agreement() -> None:
    held = agreement(commitments=[{"id": "p", "applies_to": "mql", "owner": "ana"}])
    assert not found(held, "unknown-reference")
    with_empty_section = agreement(commitments=[{"id": "p", "owner": "ana"}], stakeholders={})
    assert [one.fix for one in found(with_empty_section, "unknown-reference")] == ["there are none yet"]


RULE: dict[str, Any] = {"id": "r", "when": "email_open", "points": 10}


@pytest.mark.parametrize(
    ("rules", "groups", "most"),
    [
        ([], [], None),
        ([{"id": "r", "when": "x"}], [], None),
        ([{"id": "r", "points": 5}], [], None),
        ([{"id": "r", "points": 5, "when": {"field": "x"}}], [], None),
        ([RULE], [], float("inf")),
        ([{**RULE, "cap": 30}], [], 30),
        ([{**RULE, "per": "once"}], [], 10),
        ([{**RULE, "when": {"field": "x", "known": True}, "per": "each"}], [], 10),
        ([{**RULE, "points": -10}], [], 0),
        ([{**RULE, "points": 0}], [], 0),
        ([{**RULE, "group": "g"}], [{"id": "g", "cap": 25}], 25),
        ([{**RULE, "group": "g"}, {**RULE, "id": "s", "cap": 30}], [{"id": "g", "cap": 25}], 55),
        ([{**RULE, "group": "g", "cap": 5}], [{"id": "g"}], 5),
    ],
)
def test_the_most_points_a_lead_can_have(rules: list[Any], groups: list[Any], most: float | None) -> None:
    assert most_points(Scoring.model_validate({"rules": rules, "groups": groups})) == most


def test_a_stage_is_not_out_of_reach_while_something_may_still_lead_to_it() -> None:
    low = {"id": "r", "when": "x", "points": 5, "per": "once"}
    assert found(scoring([low]), "out-of-reach")
    assert not found(scoring([]), "out-of-reach")
    assert not found(scoring([low, {"id": "unfinished"}]), "out-of-reach")
    assert not found(scoring([low], fast_track=[{"id": "t", "when": "demo", "stage": "mql"}]), "out-of-reach")
    assert not found(scoring([low], fast_track=[{"id": "t", "when": "demo"}]), "out-of-reach")
    assert found(scoring([low], fast_track=[{"id": "t", "when": "demo", "stage": "sql"}]), "out-of-reach")


@pytest.mark.parametrize(
    "made",
    [
        {"party": "marketing", "activity": "Deliver", "amounts": LEADS, "applies_to": "mql"},
        {"party": "sales", "activity": "Deliver", "amounts": LEADS, "applies_to": "sql"},
        {"party": "shared", "activity": "Deliver", "amounts": LEADS, "applies_to": "sql"},
        {"party": "marketing", "activity": "Provide case studies", "applies_to": "sql"},
        {"party": "marketing", "activity": "Nurture", "amounts": LEADS, "applies_to": "sql"},
        {"party": "marketing", "activity": "Deliver", "amounts": LEADS},
    ],
)
def test_a_promise_in_own_hands_is_left_alone(made: dict[str, Any]) -> None:
    assert not found(promises(made), "not-in-own-hands")


@pytest.mark.parametrize(
    "other",
    [
        {"party": "marketing", "applies_to": "mql", "within": "2 weeks", "from": "received"},
        {"party": "sales", "applies_to": "sql", "within": "2 weeks", "from": "received"},
        {"party": "sales", "applies_to": "mql", "within": "2 weeks", "from": "accepted"},
        {"party": "sales", "applies_to": "mql", "within": "7 days", "from": "received"},
        {"party": "sales", "applies_to": "mql", "within": "9 business days", "from": "received"},
        {"party": "sales", "applies_to": "mql", "within": "2 weeks", "from": "received", "only_when": "demo"},
    ],
)
def test_an_open_time_is_only_held_against_a_longer_limit_for_the_same_leads(other: dict[str, Any]) -> None:
    held = promises(other, {"party": "sales", "applies_to": "mql", "keep_open": "1 week"})
    assert not found(held, "back-too-soon")


def test_sides_are_only_missed_when_they_are_surely_missing() -> None:
    assert not found(promises({"party": "shared"}), "one-sided")
    assert not found(promises({"party": "sales"}, {}), "one-sided")
    assert not found(agreement(signatures={}), "no-signer")
    unknown = {**PEOPLE, "people": [{"id": "a", "team": "ops", "role": "drafter"}]}
    assert not found(agreement(stakeholders=unknown), "one-sided-draft")
    assert not found(agreement(stakeholders={**PEOPLE, "people": []}), "one-sided-draft")


@pytest.mark.parametrize("text", ["monthly", "every two months", "bicycle", "habitually"])
def test_words_with_one_meaning_are_left_alone(text: str) -> None:
    assert not found(promises({"activity": text}), "two-meanings")


@pytest.mark.parametrize("zone", ["../etc/passwd", "America", "/etc/localtime", "x" * 5000, "UTC\u200b"])
def test_what_is_no_time_zone_is_a_finding_and_no_crash(zone: str) -> None:
    assert found(agreement(agreement={"calendar": {"timezone": zone}}), "unknown-timezone")


@given(parts(Agreement))
def test_any_agreement_can_be_checked_and_every_finding_says_what_and_where(held: Agreement) -> None:
    for finding in check(held):
        assert finding.message
        assert finding.section in [spec.key for spec in specs(Agreement)] or finding.key == "sources"


def test_examples_are_spoken_of_by_their_names() -> None:
    given = {
        "stakeholders": {"people": [{"id": "ana", "name": "Ana Ruiz", "title": "VP Sales"}], "keeper": "ana"},
        "sources": {"stakeholders.people.ana": {"kind": "example"}, "stakeholders.keeper": {"kind": "example"}},
    }
    said = [one.message for one in check(Agreement.model_validate(given)) if one.code == "example"]
    assert "2 answers in Ana Ruiz are examples, not agreed yet" in said
    assert "Keeper: Ana Ruiz is an example, not agreed yet" in said
