"""How consent stands: by the exact wording, by the last word, and what a final version needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.consent import Consented, Standing, lacking, sections, standing
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.final import objections, strict
from tests.sittings import agreed_on, consent, consents, sitting
from tests.strategies import parts

FRESH, STALE, NONE = Consented.FRESH, Consented.STALE, Consented.NONE
SECTIONS = ("agreement", "objective", "scoring", "custom")
TODAY = date(2026, 12, 4)


def said(*given: dict[str, Any], name: str = "2026-11-30", **particulars: Any) -> tuple[str, Sitting]:
    return name, sitting({"date": date.fromisoformat(name[:10]), **particulars}, consents=list(given))


def of(stands: tuple[Standing, ...], section: str, party: str) -> Standing:
    return next(one for one in stands if (one.section, one.party) == (section, party))


def test_every_section_that_is_there_is_consented_to_the_particulars_and_schedules_too() -> None:
    agreement = agreed_on(agreement={"schedules": ["scoring"]})
    assert tuple(sections(agreement)) == SECTIONS
    stands = standing(agreement, ())
    assert [(one.section, one.party) for one in stands] == [
        (section, party) for section in SECTIONS for party in ("marketing", "sales")
    ]
    assert {one.state for one in stands} == {NONE}


def test_consent_is_fresh_until_the_section_reads_otherwise_and_again_when_it_reads_so_again() -> None:
    given = (said(consent("scoring", "sales", by="Ana Ruiz")),)
    before = agreed_on()
    changed, back = apply(before, Put("scoring.stages.mql.at", 55))
    again, _ = apply(changed, back)
    states = [of(standing(one, given), "scoring", "sales").state for one in (before, changed, again)]
    assert states == [FRESH, STALE, FRESH]
    stale = of(standing(changed, given), "scoring", "sales")
    assert stale.word
    assert str(stale.word) == "2026-11-30 by Ana Ruiz"
    assert of(standing(changed, given), "scoring", "marketing").state is NONE


@pytest.mark.parametrize(
    "change",
    [
        Put("objective.purpose", "Other words"),
        Put("sources", {"scoring.stages.mql.at": {"kind": "measured"}}),
        Put("agreement.status", "active"),
    ],
)
def test_what_is_not_in_a_section_leaves_its_consent_fresh(change: Put) -> None:
    given = (said(*consents("scoring", "agreement")),)
    changed, _ = apply(agreed_on(), change)
    for section in ("scoring", "agreement"):
        assert of(standing(changed, given), section, "sales").state is FRESH


def test_the_last_word_counts_whatever_the_order_of_the_files() -> None:
    old = agreed_on(scoring={"stages": [{"id": "mql", "at": 40}]})
    first = said(consent("scoring", "sales"))
    second = said(consent("scoring", "sales", old), name="2026-12-01")
    for order in ((first, second), (second, first)):
        assert of(standing(agreed_on(), order), "scoring", "sales").state is STALE
    third = said(consent("scoring", "sales"), name="2026-12-01-2")
    tenth = said(consent("scoring", "sales", old), name="2026-12-01-10")
    assert of(standing(agreed_on(), (third, first, second)), "scoring", "sales").state is FRESH
    assert of(standing(agreed_on(), (tenth, third, second)), "scoring", "sales").state is STALE


def test_within_one_record_the_last_word_counts() -> None:
    old = agreed_on(scoring={"stages": []})
    twice = said(consent("scoring", "sales"), consent("scoring", "sales", old, id="later"))
    assert of(standing(agreed_on(), (twice,)), "scoring", "sales").state is STALE


def test_a_shortened_fingerprint_is_enough_and_none_is_no_consent() -> None:
    short = consent("scoring", "sales")
    short["fingerprint"] = short["fingerprint"][:12]
    unsaid = {"id": "a", "section": "scoring", "party": "marketing"}
    stands = standing(agreed_on(), (said(short, unsaid),))
    assert of(stands, "scoring", "sales").state is FRESH
    assert of(stands, "scoring", "marketing").state is NONE


def test_the_day_of_a_sitting_that_does_not_say_it_is_that_of_its_name() -> None:
    stands = standing(agreed_on(), (said(consent("scoring", "sales"), date=None),))
    word = of(stands, "scoring", "sales").word
    assert word
    assert word.day == date(2026, 11, 30)
    named = (("kickoff", sitting({"date": None}, consents=[consent("scoring", "sales", by="Ana Ruiz")])),)
    assert str(of(standing(agreed_on(), named), "scoring", "sales").word) == "kickoff by Ana Ruiz"


@given(parts(Agreement), st.sampled_from([spec.key for spec in specs(Agreement) if spec.about]), st.data())
def test_a_change_of_one_section_makes_stale_what_was_said_of_it_and_of_no_other(
    agreement: Agreement, section: str, data: st.DataObject
) -> None:
    other = data.draw(parts(Agreement))
    record = (("2026-11-30", Sitting.model_validate({"consents": _all(agreement)})),)
    assert not lacking(agreement, record)
    field = next(spec.name for spec in specs(Agreement) if spec.key == section)
    changed = agreement.model_copy(update={field: getattr(other, field)})
    assert {one.section for one in lacking(changed, record)} <= {section}


def _all(agreement: Agreement) -> list[dict[str, Any]]:
    return [consent(section, party, agreement) for section in sections(agreement) for party in ("marketing", "sales")]


# -- what the check and a final version make of it


def known(*sittings: tuple[str, Sitting], **more: Any) -> Known:
    return Known(TODAY, sittings=sittings, **more)


def consent_findings(agreement: Agreement, beside: Known, final: bool) -> list[Finding]:
    held = check(agreement, beside)
    weighed = strict(held, agreement, beside) if final else held
    return [one for one in weighed if one.code in ("no-consent", "stale-consent", "sitting-unreadable")]


def test_a_check_notes_what_is_stale_and_leaves_what_was_never_given() -> None:
    changed, _ = apply(agreed_on(), Put("scoring.stages.mql.at", 55))
    (one,) = consent_findings(changed, known(said(*consents("scoring", by="Ana Ruiz"))), final=False)
    assert (one.severity, one.key) == (Severity.NOTE, "scoring")
    assert one.message == (
        "Scoring: it reads otherwise since marketing consented (2026-11-30 by Ana Ruiz)"
        " and sales consented (2026-11-30 by Ana Ruiz)"
    )


def test_a_final_version_needs_fresh_consent_of_both_sides_to_every_section() -> None:
    agreement = agreed_on()
    changed, _ = apply(agreement, Put("scoring.stages.mql.at", 55))
    beside = known(said(*consents("agreement", "scoring"), consent("custom", "sales")))
    wrong = [one for one in consent_findings(changed, beside, final=True) if one.severity is Severity.ERROR]
    assert [(one.code, one.key) for one in wrong] == [
        ("stale-consent", "scoring"),
        ("no-consent", "objective"),
        ("no-consent", "custom"),
    ]
    assert [one.message for one in wrong[1:]] == [
        "Objective: marketing and sales have not consented yet",
        "Own sections: marketing has not consented yet",
    ]
    whole = known(said(*consents(*SECTIONS)))
    assert not consent_findings(agreement, whole, final=True)
    assert not [one for one in objections((), agreement, whole) if one.section in SECTIONS]


def test_without_a_sitting_nobody_is_asked_for_consent() -> None:
    for beside in (known(), Known(TODAY)):
        assert not consent_findings(agreed_on(), beside, final=True)


def test_a_sitting_that_cannot_be_read_keeps_a_version_from_being_final() -> None:
    beside = known(said(*consents(*SECTIONS)), unread_sittings=("2026-12-01",))
    (warned,) = consent_findings(agreed_on(), beside, final=False)
    (wrong,) = consent_findings(agreed_on(), beside, final=True)
    assert (warned.severity, wrong.severity) == (Severity.WARNING, Severity.ERROR)
    assert "2026-12-01 cannot be read" in wrong.message
