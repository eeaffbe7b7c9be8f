"""A sitting's record: what it holds, and what the check has to say about it."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.checks import sitting as sitting_checks
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import Part, plain, specs
from sla_tui.agreement.paths import Change, Put, Remove, apply
from sla_tui.agreement.schema import json_schema
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.values import Kind
from tests.agreement.test_findings import codes
from tests.sittings import agreed_on, consent, sitting
from tests.strategies import parts

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
TODAY = date(2026, 12, 4)
KNOWN = Known(TODAY, agreement=agreed_on())


def voted(**more: Any) -> dict[str, Any]:
    return {"id": "one", "section": "scoring", "party": "sales", "fist": 3, **more}


Case = tuple[str, Severity, str, Sitting, Change]
CASES: list[Case] = [
    ("unanswered", WARNING, "sitting", Sitting(), Put("sitting", {"date": TODAY})),
    ("unanswered", WARNING, "sitting.date", sitting({"date": None}), Put("sitting.date", TODAY)),
    (
        "unanswered",
        WARNING,
        "votes.one.concern",
        sitting(votes=[voted(fist=2)]),
        Put("votes.one.concern", "Too few points for a demo"),
    ),
    ("unanswered", WARNING, "votes.one.fist", sitting(votes=[voted(fist=None)]), Put("votes.one.fist", 3)),
    ("unanswered", WARNING, "parked.a.owner", sitting(parked=[{"id": "a"}]), Put("parked.a.owner", "Ana Ruiz")),
    ("ends-before-start", WARNING, "sitting.ended", sitting({"ended": time(13)}), Put("sitting.ended", time(15))),
    (
        "ends-before-start",
        WARNING,
        "attendance.ana-ruiz.until",
        apply(sitting(), Put("attendance.ana-ruiz.until", time(14)))[0],
        Put("attendance.ana-ruiz.from", None),
    ),
    (
        "ends-before-start",
        WARNING,
        "steps.scoring.ended",
        apply(sitting(), Put("steps.scoring.ended", time(14)))[0],
        Put("steps.scoring.started", time(14)),
    ),
    (
        "consent-ahead",
        ERROR,
        "sitting.date",
        sitting({"date": date(2026, 12, 6)}),
        Put("sitting.date", date(2026, 12, 5)),
    ),
    (
        "unknown-reference",
        ERROR,
        "votes.one.section",
        sitting(votes=[voted(section="scorin")]),
        Put("votes.one.section", "scoring"),
    ),
    (
        "unknown-reference",
        ERROR,
        "consents.a.section",
        sitting(consents=[consent("scoring", "sales", id="a") | {"section": "stages"}]),
        Put("consents.a.section", "scoring"),
    ),
    (
        "unknown-reference",
        ERROR,
        "decisions.from-50.about",
        apply(sitting(), Put("decisions.from-50.about", "points.mql"))[0],
        Put("decisions.from-50.about", None),
    ),
    (
        "unknown-reference",
        WARNING,
        "parked.partners.about",
        apply(sitting(), Put("parked.partners.about", "scoring.rules.partner"))[0],
        Put("parked.partners.settled", TODAY),
    ),
    (
        "consented-twice",
        NOTE,
        "consents.first",
        sitting(consents=[consent("scoring", "sales", id="first"), consent("scoring", "sales")]),
        Remove("consents.first"),
    ),
    (
        "not-present",
        NOTE,
        "consents.scoring-sales.by",
        sitting(consents=[consent("scoring", "sales", by="Bo Ek")]),
        Put("consents.scoring-sales.by", "ana ruiz"),
    ),
    (
        "other-side",
        WARNING,
        "consents.scoring-sales.by",
        sitting(consents=[consent("scoring", "sales", by="Mara Lindqvist")]),
        Put("consents.scoring-sales.by", "Sam Osei"),
    ),
    (
        "blocked",
        WARNING,
        "consents.scoring-sales",
        sitting(votes=[voted(fist=0, concern="No")]),
        Put("votes.one.fist", 1),
    ),
    ("votes-twice", WARNING, "votes.two", sitting(votes=[voted(), voted(id="two")]), Put("votes.two.name", "Bo Ek")),
    (
        "overdue",
        WARNING,
        "parked.partners",
        apply(sitting(), Put("parked.partners.by", date(2026, 12, 3)))[0],
        Put("parked.partners.settled", TODAY),
    ),
]


def found(held: Sitting, code: str, known: Known = KNOWN) -> list[Finding]:
    return [finding for finding in check(held, known) if finding.code == code]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_a_sittings_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    code, severity, key, held, mend = case
    first, *_ = [one for one in found(held, code) if one.key == key]
    assert first.severity is severity
    assert first.message
    assert first.fix
    mended, _ = apply(held, mend)
    assert not [one for one in found(mended, code) if one.key == key]


def test_every_code_that_the_checks_of_sittings_can_give_is_tried_here() -> None:
    of_agreement = {"stale-consent", "sitting-unreadable"}
    assert codes(sitting_checks) <= {case[0] for case in CASES} | of_agreement


def test_a_record_in_order_has_nothing_to_be_said_about() -> None:
    assert check(sitting(), KNOWN) == ()


def test_what_is_not_known_beside_a_sitting_is_not_held_against_it() -> None:
    odd = apply(sitting({"date": date(2030, 1, 1)}), Put("parked.partners.about", "nowhere.at.all"))[0]
    assert check(odd) == ()


def test_a_meeting_that_is_only_planned_may_lie_ahead() -> None:
    assert not found(sitting({"date": date(2027, 1, 11)}, consents=[]), "consent-ahead")


def test_what_was_decided_about_something_that_went_since_stands() -> None:
    past = apply(sitting(), Put("decisions.from-50.about", "scoring.stages.gone.at"))[0]
    assert check(past, KNOWN) == ()


def test_own_sections_are_consented_to_as_one() -> None:
    held = sitting(consents=[consent("custom", "sales") | {"section": "data-protection"}])
    (said,) = found(held, "unknown-reference")
    assert said.fix == "own sections are voted on and consented to as one: custom"


@pytest.mark.parametrize(
    "table",
    [
        {"votes": [voted(fist=6)]},
        {"votes": [voted(fist=-1)]},
        {"votes": [voted(party="shared")]},
        {"consents": [{"id": "a", "fingerprint": "short"}]},
        {"steps": [{"id": "a", "minutes": 1441}]},
        {"sitting": {"format": 2}},
        {"attendance": [{"id": "a"}, {"id": "a"}]},
        {"sitting": {"at": "noon"}},
    ],
)
def test_what_no_record_can_hold_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Sitting.model_validate(table)


def test_every_question_of_a_sitting_has_a_title_a_question_and_an_example() -> None:
    def declared(cls: type[Part]) -> list[type[Part]]:
        return [cls, *(one for spec in specs(cls) if spec.nested for one in declared(spec.type))]

    for spec in specs(Sitting):
        assert spec.about
        assert spec.about.question.endswith("?"), spec.key
        assert spec.about.purpose.endswith("."), spec.key
    for cls in declared(Sitting)[1:]:
        for spec in specs(cls):
            assert spec.title, (cls, spec.key)
            assert spec.question, (cls, spec.key)
            asked = not spec.nested and spec.kind is not Kind.ID and spec.ask.asked
            assert bool(spec.example) or not asked, (cls, spec.key)
            for example in spec.examples:
                assert spec.show(spec.read(example)) == example, (cls, spec.key)


@given(parts(Sitting))
def test_a_sitting_is_what_its_toml_says_and_fits_its_schema(held: Sitting) -> None:
    assert Sitting.model_validate(plain(held)) == held
    Draft202012Validator(json_schema(Sitting)).validate(json.loads(json.dumps(plain(held), default=str)))
