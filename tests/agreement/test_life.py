"""How an agreement stands on a day, until when it holds, which wording was signed, and who may change what since."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.days import after, before
from sla_tui.agreement.life import (
    changed_schedules,
    put_in_force,
    rule_for,
    schedule_of,
    signed,
    signing,
    terms_changed,
    word_for,
)
from sla_tui.agreement.paths import Add, Put, apply
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.sections.signatures import Signer
from sla_tui.agreement.standing import Phase, in_days, in_words, last_day, notice_day, phase
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration
from tests.strategies import durations, parts

YEAR: dict[str, Any] = {"starts": date(2027, 1, 1), "ends": date(2027, 12, 31), "status": "active"}
SPRING = date(2027, 3, 1)


def held(**header: Any) -> Agreement:
    return Agreement.model_validate({"agreement": {**YEAR, **header}})


WHOLE: dict[str, Any] = {
    "agreement": {
        **YEAR,
        "version": "1.0",
        "schedules": ["scoring", "routing"],
        "limits": [
            {"id": "points", "key": "scoring.stages.mql.at", "at_least": 45, "at_most": 60, "by": "sam"},
            {"id": "rules", "key": "scoring.rules", "by": "sam"},
            {"id": "routing", "key": "custom.routing", "by": "ops"},
        ],
    },
    "stakeholders": {"people": [{"id": "sam", "name": "Sam Osei"}], "teams": [{"id": "ops", "name": "Operations"}]},
    "scoring": {"stages": [{"id": "mql", "name": "MQL", "at": 50}]},
    "commitments": [{"id": "call", "within": "24 hours"}],
    "custom": [
        {"id": "routing", "title": "Routing", "text": "By state."},
        {"id": "privacy", "text": "As the law says."},
    ],
    "signatures": {"signers": [{"id": "ana", "name": "Ana Ruiz", "party": "sales"}]},
}


def whole() -> Agreement:
    return Agreement.model_validate(WHOLE)


def in_force() -> Agreement:
    return apply(whole(), put_in_force(whole(), date(2026, 12, 18)))[0]


def changed(agreement: Agreement, key: str, value: Any) -> Agreement:
    return apply(agreement, Put(key, value))[0]


# -- on a day


@pytest.mark.parametrize(
    ("header", "today", "expected", "words"),
    [
        ({"status": None}, SPRING, Phase.DRAFT, "draft"),
        ({"status": "draft"}, date(2030, 1, 1), Phase.DRAFT, "draft"),
        ({"status": "draft"}, date(2026, 12, 20), Phase.DRAFT, "draft, starts in 12 days"),
        ({}, SPRING, Phase.IN_FORCE, "in force"),
        ({}, date(2026, 12, 20), Phase.COMING, "starts in 12 days"),
        ({}, date(2026, 12, 31), Phase.COMING, "starts tomorrow"),
        ({}, date(2027, 1, 1), Phase.IN_FORCE, "in force"),
        ({}, date(2027, 12, 31), Phase.IN_FORCE, "in force"),
        ({}, date(2028, 1, 1), Phase.LAPSED, "last day was yesterday"),
        ({"renewal": "talks"}, date(2028, 1, 30), Phase.LAPSED, "holds until agreed anew"),
        ({"renewal": "renews"}, date(2028, 1, 30), Phase.IN_FORCE, "in force"),
        ({"renewal": "renews", "ended": date(2028, 1, 1)}, date(2028, 1, 30), Phase.LAPSED, "last day was 29 days ago"),
        ({"starts": None, "ends": None}, SPRING, Phase.IN_FORCE, "in force"),
        ({"status": "ended"}, SPRING, Phase.ENDED, "ended"),
        ({"status": "ended", "ended": date(2027, 2, 1)}, SPRING, Phase.ENDED, "ended 28 days ago"),
        ({"status": "ended", "ended": date(2027, 3, 3)}, SPRING, Phase.ENDED, "ends in 2 days"),
        ({"status": "superseded"}, SPRING, Phase.SUPERSEDED, "superseded"),
    ],
)
def test_where_it_is_in_its_life(header: dict[str, Any], today: date, expected: Phase, words: str) -> None:
    agreement = held(**header)
    assert (phase(agreement, today), in_words(agreement, today)) == (expected, words)


def test_an_agreement_without_particulars_is_a_draft() -> None:
    assert in_words(Agreement(), SPRING) == "draft"
    assert last_day(Agreement(), SPRING) is None
    assert notice_day(Agreement(), SPRING) is None


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (39, "in 39 days"), (-2, "2 days ago")]
)
def test_days_as_people_say_them(days: int, words: str) -> None:
    assert in_days(date.fromordinal(SPRING.toordinal() + days), SPRING) == words


@pytest.mark.parametrize(
    ("header", "today", "last"),
    [
        ({}, date(2029, 5, 1), date(2027, 12, 31)),
        ({"renewal": "talks"}, date(2029, 5, 1), date(2027, 12, 31)),
        ({"renewal": "renews"}, SPRING, date(2027, 12, 31)),
        ({"renewal": "renews"}, date(2028, 1, 1), date(2028, 12, 31)),
        ({"renewal": "renews"}, date(2029, 5, 1), date(2029, 12, 31)),
        ({"renewal": "renews"}, None, date(2027, 12, 31)),
        ({"renewal": "renews", "renews_for": "1 quarter"}, date(2028, 1, 1), date(2028, 3, 31)),
        ({"renewal": "renews", "renews_for": "6 months"}, date(2028, 7, 1), date(2028, 12, 31)),
        ({"renewal": "renews", "renews_for": "0 days"}, date(2029, 1, 1), date(2027, 12, 31)),
        ({"renewal": "renews", "renews_for": "999999 quarters"}, date(2028, 1, 1), date(9999, 12, 30)),
        ({"renewal": "renews", "starts": date(2027, 1, 15)}, date(2028, 1, 1), date(2028, 12, 16)),
        ({"renewal": "renews", "starts": None}, date(2028, 1, 1), date(2027, 12, 31)),
        ({"renewal": "renews", "starts": date(2028, 6, 1)}, date(2028, 1, 1), date(2027, 12, 31)),
        ({"ended": date(2027, 6, 30)}, SPRING, date(2027, 6, 30)),
        ({"ends": None}, SPRING, None),
    ],
)
def test_the_last_day_as_agreed_as_renewed_or_as_it_ended(
    header: dict[str, Any], today: date | None, last: date | None
) -> None:
    assert last_day(held(**header), today) == last


@pytest.mark.parametrize(
    ("header", "today", "day"),
    [
        ({}, SPRING, None),
        ({"notice": "2 months"}, SPRING, date(2027, 10, 31)),
        ({"notice": "1 quarter"}, SPRING, date(2027, 9, 30)),
        ({"notice": "30 days"}, SPRING, date(2027, 12, 1)),
        ({"notice": "5 business days"}, SPRING, date(2027, 12, 26)),
        ({"notice": "1 month", "ends": date(2027, 6, 30)}, SPRING, date(2027, 5, 31)),
        ({"notice": "2 months", "renewal": "renews"}, date(2028, 2, 1), date(2028, 10, 31)),
        ({"notice": "2 months", "ended": date(2027, 6, 30)}, SPRING, None),
        ({"notice": "999999 quarters"}, SPRING, date.min),
    ],
)
def test_the_last_day_to_give_notice(header: dict[str, Any], today: date, day: date | None) -> None:
    assert notice_day(held(**header), today) == day


OFFICE = Calendar.model_validate({"days": ["mon", "wed"], "from": time(9), "to": time(12), "holidays": ["2027-03-03"]})


@pytest.mark.parametrize(
    ("limit", "calendar", "later", "earlier"),
    [
        ("1 minute", None, date(2027, 3, 2), date(2027, 2, 28)),
        ("25 hours", None, date(2027, 3, 3), date(2027, 2, 27)),
        ("0 days", None, SPRING, SPRING),
        ("1 week", None, date(2027, 3, 8), date(2027, 2, 22)),
        ("1 month", None, date(2027, 4, 1), date(2027, 2, 1)),
        ("5 business days", None, date(2027, 3, 8), date(2027, 2, 22)),
        ("9 business hours", None, date(2027, 3, 3), date(2027, 2, 25)),
        ("2 business days", OFFICE, date(2027, 3, 10), date(2027, 2, 22)),
        ("4 business hours", OFFICE, date(2027, 3, 10), date(2027, 2, 22)),
        ("1 business day", Calendar.model_validate({"days": ["Montag"]}), date(2027, 3, 2), date(2027, 2, 26)),
    ],
)
def test_a_day_a_time_limit_away(limit: str, calendar: Calendar | None, later: date, earlier: date) -> None:
    held_ = Duration.parse(limit)
    assert (after(SPRING, held_, calendar), before(SPRING, held_, calendar)) == (later, earlier)


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert after(date(2027, 1, 31), Duration(1, "month")) == date(2027, 2, 28)
    assert before(date(2028, 5, 31), Duration(1, "quarter")) == date(2028, 2, 29)


@given(st.dates(), durations)
def test_no_time_limit_is_too_long_for_the_calendar(day: date, limit: Duration) -> None:
    assert before(day, limit) <= day <= after(day, limit)


@given(parts(Agreement), st.dates())
def test_any_agreement_stands_somewhere_on_any_day(agreement: Agreement, today: date) -> None:
    assert in_words(agreement, today)
    day, last = notice_day(agreement, today), last_day(agreement, today)
    assert day is None or last is None or day <= last


# -- the wording


def test_what_is_put_in_force_is_recorded_with_its_day_and_its_fingerprints() -> None:
    record = signed(in_force())
    assert record is not None
    assert (record.version, record.on) == ("1.0", date(2026, 12, 18))
    assert len(record.terms or "") == 64
    assert sorted(record.schedules or {}) == ["routing", "scoring"]
    assert not terms_changed(in_force())
    assert not changed_schedules(in_force())


def test_the_same_wording_put_in_force_again_keeps_its_day() -> None:
    agreement = in_force()
    assert apply(agreement, put_in_force(agreement, SPRING))[0] == agreement
    newer = changed(agreement, "agreement.version", "2.0")
    record = signed(apply(newer, put_in_force(newer, SPRING))[0])
    assert record is not None
    assert (record.version, record.on) == ("2.0", SPRING)


@pytest.mark.parametrize(
    ("key", "value", "terms", "schedules"),
    [
        ("commitments.call.within", Duration(48, "hour"), True, ()),
        ("custom.privacy.text", "Otherwise.", True, ()),
        ("agreement.schedules", ("scoring",), True, ()),
        ("scoring.stages.mql.at", 55, False, ("scoring",)),
        ("custom.routing.text", "By postcode.", False, ("routing",)),
        ("agreement.status", "ended", False, ()),
        ("agreement.ended", SPRING, False, ()),
        ("signatures.signers.ana.left", SPRING, False, ()),
        ("sources", {"commitments.call.within": {"kind": "agreed"}}, False, ()),
    ],
)
def test_a_change_since_the_signing_is_of_the_terms_or_of_a_schedule_or_a_mere_fact(
    key: str, value: Any, terms: bool, schedules: tuple[str, ...]
) -> None:
    later = changed(in_force(), key, value)
    assert (terms_changed(later), changed_schedules(later)) == (terms, schedules)


def test_somebody_who_takes_a_signers_place_does_not_change_what_was_signed() -> None:
    later = apply(in_force(), Add("signatures.signers", Signer(id="kim", name="Kim Park", party="sales")))[0]
    assert terms_changed(later)
    later = changed(changed(later, "signatures.signers.ana.left", SPRING), "signatures.signers.ana.successor", "kim")
    assert not terms_changed(later)
    assert [one.id for one in signing(later)] == ["kim"]


def test_a_wording_that_was_never_recorded_has_not_changed() -> None:
    assert not terms_changed(whole())
    assert not changed_schedules(whole())


def test_a_record_by_hand_may_be_shortened() -> None:
    record = signed(in_force())
    assert record is not None
    short = changed(in_force(), "agreement.signed.terms", (record.terms or "")[:12])
    assert not terms_changed(short)
    assert terms_changed(changed(short, "agreement.signed.terms", "0" * 12))


@pytest.mark.parametrize(
    ("key", "schedule", "word"),
    [
        ("scoring", "scoring", "schedule"),
        ("scoring.stages.mql.at", "scoring", "schedule"),
        ("commitments", "", "signed"),
        ("custom", "", "signed"),
        ("custom.routing.text", "routing", "schedule"),
        ("custom.privacy", "", "signed"),
        ("agreement", "", "signed"),
    ],
)
def test_each_section_is_signed_or_a_schedule(key: str, schedule: str, word: str) -> None:
    assert (schedule_of(whole(), key), word_for(whole(), key)) == (schedule, word)


def test_all_own_sections_may_be_one_schedule() -> None:
    assert schedule_of(changed(whole(), "agreement.schedules", ("custom",)), "custom.privacy.text") == "custom"


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("commitments", "Signed: a change here needs new signatures."),
        (
            "scoring",
            "Schedule: Sam Osei may change MQL (from points), 45 to 60 and Rules, without new signatures.",
        ),
        ("custom.routing", "Schedule: Operations may change it, without new signatures."),
    ],
)
def test_who_may_change_a_section_is_said_in_a_sentence(key: str, rule: str) -> None:
    assert rule_for(whole(), key) == rule


def test_a_schedule_nobody_is_named_for_says_so() -> None:
    bare = changed(whole(), "agreement.limits", ())
    assert rule_for(bare, "scoring") == "Schedule: it may change between signings; who may do it is not said."
    nobody = changed(whole(), "agreement.limits.rules.by", None)
    assert "somebody not named yet may change Rules" in rule_for(nobody, "scoring")


def test_a_schedule_that_changed_since_the_signing_says_since_when() -> None:
    later = changed(in_force(), "scoring.stages.mql.at", 55)
    assert rule_for(later, "scoring").endswith("without new signatures. Changed since 2026-12-18.")
    assert "Changed" not in rule_for(later, "custom.routing")


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"at_least": 45}, "MQL (from points), at least 45,"),
        ({"at_most": 60}, "MQL (from points), at most 60,"),
        ({}, "MQL (from points),"),
        ({"key": "scoring.stages.mql"}, "MQL,"),
        ({"key": "scoring.runs_in.system"}, "System,"),
        ({"key": "scoring.nothing"}, "scoring.nothing,"),
        ({"key": "scoring"}, "it,"),
    ],
)
def test_a_limit_is_said_in_the_agreements_words(bounds: dict[str, Any], said: str) -> None:
    limit = {"id": "one", "key": "scoring.stages.mql.at", "by": "sam", **bounds}
    agreement = changed(whole(), "agreement.limits", [limit])
    assert f"Sam Osei may change {said} without" in rule_for(agreement, "scoring")
