"""A quota's findings, those an agreement has for its quotas, and that a quota leaves the signed wording alone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from sla_tui.agreement import quarters
from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.checks import quota as quota_checks
from sla_tui.agreement.checks import quotas as quotas_checks
from sla_tui.agreement.fingerprint import schedule_fingerprint, section_fingerprint, terms_fingerprint
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import plain
from sla_tui.agreement.paths import Change, Put, Remove, apply
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.schema import json_schema
from sla_tui.agreement.terms import Agreement
from tests.agreement.test_findings import codes
from tests.quotas import AGREEMENT, agreed_on, quota
from tests.strategies import parts

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
TODAY = date(2027, 2, 1)
KNOWN = Known(TODAY, agreement=agreed_on())

Case = tuple[str, Severity, str, Quota, Change]
CASES: list[Case] = [
    ("unanswered", WARNING, "quota", Quota(), Put("quota", {})),
    ("unanswered", WARNING, "funnel.win_rate", quota(funnel={"win_rate": None}), Put("funnel.win_rate", "25 %")),
    ("ends-before-start", ERROR, "quota.to", quota({"to": "2026-12-31"}), Put("quota.to", date(2027, 1, 1))),
    ("outside-period", WARNING, "quota.from", quota({"from": "2026-12-31"}), Put("quota.from", date(2027, 1, 1))),
    ("outside-period", WARNING, "quota.to", quota({"to": "2028-01-01"}), Put("quota.to", date(2027, 12, 31))),
    ("unknown-reference", ERROR, "quota.counts", quota({"counts": "mqls"}), Put("quota.counts", "mql")),
    ("not-in-own-hands", WARNING, "quota.counts", quota({"counts": "sql"}), Put("quota.counts", "mql")),
    (
        "out-of-date",
        WARNING,
        "quota.scoring",
        quota({"scoring": "0123456789ab"}),
        Put("quota.scoring", section_fingerprint(agreed_on(), "scoring")[:12]),
    ),
    (
        "least-above-most",
        ERROR,
        "quota.least_per_week",
        quota({"least_per_week": 61}),
        Put("quota.least_per_week", 43),
    ),
    ("does-not-add-up", ERROR, "quota.least_per_week", quota({"least_per_week": 44}), Put("quota.least_per_week", 43)),
    ("does-not-add-up", ERROR, "quota.most_per_week", quota({"most_per_week": 39}), Put("quota.most_per_week", 40)),
    (
        "two-currencies",
        ERROR,
        "funnel.average_deal",
        quota(funnel={"average_deal": "12 000 EUR"}),
        Put("funnel.average_deal", "12 000 USD"),
    ),
    (
        "two-currencies",
        ERROR,
        "capacity.cost_per_hour",
        quota(capacity={"cost_per_hour": "60 EUR"}),
        Put("capacity.cost_per_hour", "60 USD"),
    ),
    (
        "nothing-comes-through",
        ERROR,
        "funnel.average_deal",
        quota(funnel={"average_deal": "0 USD"}),
        Put("funnel.average_deal", "1 USD"),
    ),
    (
        "nothing-comes-through",
        ERROR,
        "funnel.mql_to_sql",
        quota(funnel={"mql_to_sql": "0 %"}),
        Put("funnel.mql_to_sql", "0.1 %"),
    ),
    (
        "below-need",
        WARNING,
        "quota.segments",
        quota(funnel={"win_rate": "24 %"}),
        Put("quota.segments.retail.leads", 101),
    ),
    ("over-capacity", WARNING, "quota.most_per_week", quota(capacity={"reps": 3}), Put("quota.most_per_week", 45)),
    ("over-capacity", WARNING, "quota.segments", quota(capacity={"reps": 2}), Put("capacity.reps", 3)),
    ("over-capacity", WARNING, "quota.least_per_week", quota(capacity={"reps": 1}), Put("quota.least_per_week", 15)),
    ("not-agreed", WARNING, "agreed_by", quota(agreed_by=None), Put("agreed_by", quota().agreed_by)),
    (
        "agreed-ahead",
        WARNING,
        "agreed_by.ana-ruiz.date",
        quota(agreed_by=[{"id": "ana-ruiz", "date": date(2027, 2, 2)}]),
        Put("agreed_by.ana-ruiz.date", TODAY),
    ),
    (
        "agreed-late",
        NOTE,
        "agreed_by.ana-ruiz.date",
        quota(agreed_by=[{"id": "ana-ruiz", "date": date(2027, 1, 2)}]),
        Put("agreed_by.ana-ruiz.date", date(2027, 1, 1)),
    ),
    (
        "unknown-source",
        WARNING,
        "sources",
        quota(sources={"funnel.rate": {"kind": "measured"}}),
        Put("sources", {"funnel.win_rate": {"kind": "measured"}}),
    ),
]


def found(held: Quota, code: str, known: Known = KNOWN) -> list[Finding]:
    return [finding for finding in check(held, known) if finding.code == code]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_a_quotas_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    code, severity, key, held, mend = case
    first, *_ = [one for one in found(held, code) if one.key == key]
    assert first.severity is severity
    assert first.message
    assert first.fix
    mended, _ = apply(held, mend)
    assert not [one for one in found(mended, code) if one.key == key]


def test_every_code_that_the_checks_of_quotas_can_give_is_tried_here() -> None:
    assert codes(quota_checks) <= {case[0] for case in CASES}
    assert codes(quotas_checks) == {"missing-quota", "quotas-overlap", "quota-out-of-date", "quota-unreadable"}


def test_a_quota_that_is_whole_and_agreed_has_nothing_to_be_said_about() -> None:
    assert check(quota(), KNOWN) == ()


def test_what_is_not_known_beside_a_quota_is_not_held_against_it() -> None:
    odd = quota({"counts": "mqls", "scoring": "0123456789ab", "to": "2028-06-30", "from": "2028-04-01"})
    assert not [one for one in check(odd) if one.severity is Severity.ERROR]
    assert not found(odd, "out-of-date", Known(TODAY))
    without = Known(TODAY, agreement=agreed_on(scoring=None))
    assert not found(odd, "out-of-date", without)
    assert not found(odd, "unknown-reference", without)


def test_findings_say_the_numbers_that_do_not_go_together() -> None:
    assert found(quota({"least_per_week": 44}), "does-not-add-up")[0].message == (
        "44 a week at least is 528 in 12 weeks, but all segments sum to 520"
    )
    assert found(quota(funnel={"win_rate": "24 %"}), "below-need")[0].message == (
        "520 leads are promised, but the revenue goal needs 521 by these rates"
    )
    assert found(quota(capacity={"reps": 3}), "over-capacity")[0].message == (
        "60 a week at most, but sales has the hours for 45"
    )
    own = found(quota({"counts": "sql"}), "not-in-own-hands")[0]
    assert (own.message, own.fix) == (
        "marketing promises sql leads, but sales decides who becomes one",
        "promise the stage before, mql",
    )


def test_each_side_that_has_not_agreed_is_named() -> None:
    one_sided = quota(agreed_by=[{"id": "a", "party": "sales", "name": "Ana Ruiz", "date": date(2026, 12, 14)}])
    assert [one.message for one in found(one_sided, "not-agreed")] == ["nobody has agreed for marketing yet"]
    assert len(found(quota(agreed_by=None), "not-agreed")) == 2
    nameless = quota(agreed_by=[{"id": "a", "party": "sales"}, {"id": "b", "party": "marketing"}])
    assert len(found(nameless, "not-agreed")) == 2


def test_that_there_is_no_consent_yet_is_one_open_question() -> None:
    said = [one for one in check(quota(agreed_by=[]), KNOWN) if one.section == "agreed_by"]
    assert [one.code for one in said] == ["unanswered"]


def test_weeks_that_are_begun_are_given_their_full_number() -> None:
    """90 days are 12 full weeks and a bit: 12 × 43 must be possible, and 13 × 40 too."""
    assert not found(quota({"least_per_week": 43, "most_per_week": 43}), "does-not-add-up")
    assert not found(quota({"least_per_week": 40, "most_per_week": 40}), "does-not-add-up")


def test_segments_still_open_are_no_contradiction() -> None:
    few = {"segments": [{"id": "a", "leads": 10}, {"id": "b"}]}
    assert not found(quota(few), "does-not-add-up")


def test_an_agreement_that_renews_by_itself_takes_quotas_after_its_last_day() -> None:
    later = quota({"from": "2028-01-01", "to": "2028-03-31"})
    assert found(later, "outside-period")
    renews = agreed_on(agreement={**AGREEMENT["agreement"], "renewal": "renews"})
    assert not found(later, "outside-period", Known(TODAY, agreement=renews))


# -- what an agreement has to say about its quotas


def of_agreement(held: Agreement, code: str, today: date = TODAY, **known: Any) -> list[Finding]:
    return [one for one in check(held, Known(today, **known)) if one.code == code]


def with_header(**header: Any) -> Agreement:
    return agreed_on(agreement={**AGREEMENT["agreement"], **header})


NONE: dict[str, Any] = {"quotas": ()}
FIRST: dict[str, Any] = {"quotas": (("2027-Q1", quota()),)}


@pytest.mark.parametrize(
    ("held", "today", "known", "missing"),
    [
        (with_header(), TODAY, NONE, True),
        (with_header(), TODAY, FIRST, False),
        (with_header(), date(2027, 4, 1), FIRST, True),
        (with_header(), date(2026, 11, 1), NONE, True),
        (with_header(), date(2026, 11, 1), FIRST, False),
        (with_header(), date(2028, 1, 1), FIRST, False),
        (with_header(status="draft"), TODAY, NONE, False),
        (with_header(status="draft"), date(2027, 4, 1), FIRST, True),
        (with_header(status="ended"), date(2027, 4, 1), FIRST, False),
        (with_header(status="superseded"), TODAY, NONE, False),
        (with_header(), TODAY, {}, False),
        (with_header(), TODAY, {**NONE, "unread": ("2027-Q1",)}, False),
    ],
)
def test_a_quota_is_missed_where_one_should_hold(
    held: Agreement, today: date, known: dict[str, Any], missing: bool
) -> None:
    said = of_agreement(held, "missing-quota", today, **known)
    assert bool(said) is missing
    assert all(one.section == "agreement" and one.severity is WARNING for one in said)


def test_the_day_without_a_quota_is_named() -> None:
    assert of_agreement(with_header(), "missing-quota", **NONE)[0].message == "no quota holds on today, 2027-02-01"
    ahead = of_agreement(with_header(), "missing-quota", date(2026, 11, 1), **NONE)
    assert ahead[0].message == "no quota holds on its first day, 2027-01-01"


def test_two_quotas_for_one_day_are_told_unless_they_count_different_stages() -> None:
    second = quota({"from": "2027-03-31", "to": "2027-06-30"})
    (said,) = of_agreement(agreed_on(), "quotas-overlap", quotas=(("2027-Q1", quota()), ("2027-Q2", second)))
    assert said.message == "the quotas 2027-Q1 and 2027-Q2 both hold on 2027-03-31"
    other = (("2027-Q1", quota()), ("calls", quota({"from": "2027-03-31", "to": "2027-06-30", "counts": "lead"})))
    assert not of_agreement(agreed_on(), "quotas-overlap", quotas=other)
    after = (("2027-Q1", quota()), ("2027-Q2", quota({"from": "2027-04-01", "to": "2027-06-30"})))
    assert not of_agreement(agreed_on(), "quotas-overlap", quotas=after)


def test_moving_a_threshold_makes_the_quotas_that_still_count_out_of_date() -> None:
    moved, _ = apply(agreed_on(), Put("scoring.stages.mql.at", 40))
    assert not of_agreement(agreed_on(), "quota-out-of-date", **FIRST)
    (said,) = of_agreement(moved, "quota-out-of-date", **FIRST)
    assert said.section == "scoring"
    assert "2027-Q1" in said.message
    assert not of_agreement(moved, "quota-out-of-date", date(2027, 4, 1), **FIRST)
    assert not of_agreement(apply(moved, Put("scoring.stages.mql.at", 50))[0], "quota-out-of-date", **FIRST)


def test_a_quota_that_cannot_be_read_is_named() -> None:
    (said,) = of_agreement(agreed_on(), "quota-unreadable", quotas=(), unread=("2027-Q1",))
    assert "2027-Q1" in said.message


@given(parts(Quota), parts(Agreement))
def test_any_quota_can_be_checked_and_every_finding_says_what_and_where(held: Quota, agreement: Agreement) -> None:
    for known in (Known(), Known(TODAY, agreement=agreement)):
        assert all(one.message and one.key for one in check(held, known))
    assert all(one.message and one.key for one in check(agreement, Known(TODAY, quotas=(("a", held), ("b", held)))))


# -- and the signed wording


def test_a_quota_changes_no_fingerprint_of_the_agreement_and_counts_by_the_whole_scoring() -> None:
    scheduled = agreed_on(agreement={"schedules": ["scoring"]})
    assert section_fingerprint(scheduled, "scoring") == schedule_fingerprint(scheduled, "scoring")
    assert section_fingerprint(agreed_on(), "scoring") == section_fingerprint(scheduled, "scoring")
    assert section_fingerprint(agreed_on(), "objective") == ""
    before = terms_fingerprint(agreed_on())
    assert check(agreed_on(), Known(TODAY, quotas=(("2027-Q1", quota({"least_per_week": 1})),))) == check(
        agreed_on(), Known(TODAY, quotas=(("2027-Q1", quota()),))
    )
    assert terms_fingerprint(agreed_on()) == before
    assert "quota" not in plain(agreed_on())


def test_a_segment_taken_out_leaves_its_sum() -> None:
    fewer, _ = apply(quota(), Remove("quota.segments.hotels"))
    assert found(fewer, "below-need")[0].message.startswith("380 leads are promised")


SCHEMA = Draft202012Validator(json_schema(Quota))


@given(parts(Quota))
def test_editors_are_told_that_any_quota_is_one(held: Quota) -> None:
    assert SCHEMA.is_valid(json.loads(json.dumps(plain(held), default=str)))


@pytest.mark.parametrize(
    "said", [{"quotas": {}}, {"quota": {"least_per_week": -1}}, {"agreed_by": [{"id": "a", "party": "shared"}]}]
)
def test_editors_and_the_program_refuse_the_same(said: dict[str, Any]) -> None:
    assert not SCHEMA.is_valid(said)
    with pytest.raises(ValidationError):
        Quota.model_validate(said)


# -- periods


@pytest.mark.parametrize(
    ("first", "last", "name", "following"),
    [
        ("2027-01-01", "2027-03-31", "2027-Q1", ("2027-04-01", "2027-06-30")),
        ("2027-02-15", "2027-03-31", "2027-Q1", ("2027-04-01", "2027-06-30")),
        ("2027-10-01", "2027-12-31", "2027-Q4", ("2028-01-01", "2028-03-31")),
        ("2027-01-01", "2027-01-31", "2027-01", ("2027-02-01", "2027-02-28")),
        ("2027-12-01", "2027-12-31", "2027-12", ("2028-01-01", "2028-01-31")),
        ("2028-01-01", "2028-06-30", "2028-H1", ("2028-07-01", "2028-12-31")),
        ("2027-01-01", "2027-12-31", "2027", ("2028-01-01", "2028-12-31")),
        ("2027-01-04", "2027-01-17", "2027-01", ("2027-01-18", "2027-01-31")),
        ("2027-12-27", "2028-01-09", "2027-12-27", ("2028-01-10", "2028-01-23")),
    ],
)
def test_periods_have_names_and_one_follows_another(
    first: str, last: str, name: str, following: tuple[str, str]
) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    assert quarters.name(start, end) == name
    assert quarters.following(start, end) == tuple(map(date.fromisoformat, following))


@pytest.mark.parametrize("name", ["2027-Q1", "2027-Q4", "2027-H2", "2028-02", "2027-12", "2027"])
def test_a_periods_name_says_its_days(name: str) -> None:
    held = quarters.read(name)
    assert held is not None
    assert quarters.name(*held) == name


@pytest.mark.parametrize("name", ["", "Q1", "2027-Q5", "2027-13", "2027-H3", "27-Q1", "2027-Q1 ", "0000"])
def test_other_names_say_no_period(name: str) -> None:
    assert quarters.read(name) is None
