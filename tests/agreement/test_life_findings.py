"""Findings on the life of an agreement: limits, signing, renewal, succession."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.checks import limits, renewal, signed, signing
from sla_tui.agreement.finding import error
from sla_tui.agreement.known import Known
from sla_tui.agreement.life import put_in_force
from sla_tui.agreement.paths import Batch, Put, apply
from sla_tui.agreement.terms import Agreement
from tests.agreement.test_findings import PEOPLE, Case, agreement, codes, found, names, stands_and_goes

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
SIGNED_ON = date(2026, 12, 18)


def limited(
    key: str = "scoring.stages.mql.at", schedules: tuple[str, ...] = ("scoring", "handoff"), **limit: Any
) -> Agreement:
    return agreement(
        agreement={"schedules": schedules, "limits": [{"id": "x", "key": key, "by": "sam", **limit}]},
        scoring={"stages": [{"id": "mql", "name": "MQL", "at": 70}]},
        handoff={"accept_within": "2 business days"},
        stakeholders={"people": [{"id": "sam", "name": "Sam Osei"}]},
    )


def in_force(**header: Any) -> Agreement:
    held = agreement(agreement={"title": "SLA", "version": "1.0", "status": "active", **header})
    return apply(held, put_in_force(held, SIGNED_ON))[0]


def after(held: Agreement, *changes: Put) -> Agreement:
    return apply(held, Batch(changes))[0]


def in_force_with_limits() -> Agreement:
    """One in force whose MQL threshold may be 45 to 60 without new signatures."""
    ready = (Put("scoring.stages.mql.at", 50), Put("agreement.status", "active"))
    held = after(limited(at_least=45, at_most=60), *ready)
    return apply(held, put_in_force(held, SIGNED_ON))[0]


def signers(*signing: dict[str, Any], **sections: Any) -> Agreement:
    return agreement(signatures={"signers": list(signing)}, **sections)


ANA, KIM = {"id": "ana", "name": "Ana Ruiz", "party": "sales"}, {"id": "kim", "name": "Kim Park", "party": "sales"}
LEFT = date(2027, 6, 30)
ITS_OWN = signed.signed(in_force())
CASES: list[Case] = [
    ("nobody-in-charge", NOTE, "agreement.limits", limited(schedules=("scoring", "handoff")), Put("handoff", None)),
    (
        "limit-on-terms",
        ERROR,
        "agreement.limits.x.key",
        limited(schedules=("handoff",)),
        Put("agreement.schedules", ("scoring",)),
    ),
    (
        "beyond-limits",
        WARNING,
        "scoring",
        after(in_force_with_limits(), Put("scoring.stages.mql.name", "Marketing lead")),
        Put("scoring.stages.mql.name", "MQL"),
    ),
    (
        "schedule-gone",
        WARNING,
        "agreement.schedules",
        after(in_force_with_limits(), Put("handoff", None)),
        Put("handoff", {"accept_within": "2 business days"}),
    ),
    (
        "limit-unreadable",
        ERROR,
        "agreement.limits.x.at_least",
        limited(at_least="many"),
        Put("agreement.limits.x.at_least", 45),
    ),
    (
        "limit-unreadable",
        ERROR,
        "agreement.limits.x.at_most",
        limited("scoring.stages.mql.name", at_most=3),
        Put("agreement.limits.x.at_most", None),
    ),
    (
        "limit-unreadable",
        ERROR,
        "agreement.limits.x.at_most",
        limited("handoff.accept_within", at_most="16 hours"),
        Put("agreement.limits.x.at_most", "3 business days"),
    ),
    (
        "limits-crossed",
        ERROR,
        "agreement.limits.x.at_most",
        limited(at_least=80, at_most=60),
        Put("agreement.limits.x.at_most", 80),
    ),
    (
        "outside-limits",
        ERROR,
        "scoring.stages.mql.at",
        limited(at_least=45, at_most=60),
        Put("scoring.stages.mql.at", 60),
    ),
    (
        "outside-limits",
        ERROR,
        "handoff.accept_within",
        limited("handoff.accept_within", at_most="1 business day"),
        Put("handoff.accept_within", "1 business day"),
    ),
    (
        "unrecorded",
        NOTE,
        "agreement.status",
        agreement(agreement={"status": "active"}),
        Put("agreement.signed", {"terms": "0" * 64}),
    ),
    (
        "needs-signing",
        WARNING,
        "agreement.status",
        after(in_force(), Put("agreement.title", "Another")),
        Put("agreement.title", "SLA"),
    ),
    (
        "same-version",
        WARNING,
        "agreement.version",
        after(in_force(), Put("agreement.title", "Another")),
        Put("agreement.version", "1.1"),
    ),
    (
        "supersedes-itself",
        ERROR,
        "agreement.supersedes",
        after(in_force(), Put("agreement.supersedes", (ITS_OWN.terms or "")[:12] if ITS_OWN else "")),
        Put("agreement.supersedes", "0" * 12),
    ),
    (
        "unready",
        WARNING,
        "agreement.status",
        agreement(agreement={"status": "active"}),
        Put("agreement.status", "draft"),
    ),
    (
        "notice-too-long",
        ERROR,
        "agreement.notice",
        agreement(agreement={"starts": date(2027, 1, 1), "ends": date(2027, 12, 31), "notice": "13 months"}),
        Put("agreement.notice", "11 months"),
    ),
    (
        "no-notice",
        WARNING,
        "agreement.notice",
        agreement(agreement={"renewal": "renews"}),
        Put("agreement.notice", "2 months"),
    ),
    (
        "does-not-renew",
        WARNING,
        "agreement.renews_for",
        agreement(agreement={"renews_for": "12 months"}),
        Put("agreement.renewal", "renews"),
    ),
    (
        "ended-before-start",
        ERROR,
        "agreement.ended",
        agreement(agreement={"starts": LEFT, "ended": date(2027, 6, 29), "status": "ended"}),
        Put("agreement.ended", LEFT),
    ),
    (
        "ended-anyway",
        NOTE,
        "agreement.ended",
        agreement(agreement={"ends": LEFT, "ended": date(2027, 7, 1), "status": "ended"}),
        Put("agreement.renewal", "talks"),
    ),
    (
        "draft-ended",
        NOTE,
        "agreement.ended",
        agreement(agreement={"ended": LEFT}),
        Put("agreement.status", "ended"),
    ),
    (
        "signs-twice",
        WARNING,
        "signatures.signers.ana.name",
        signers(ANA, {"id": "m", "name": "ana ruiz", "party": "marketing"}),
        Put("signatures.signers.m.name", "Mara Lind"),
    ),
    (
        "signer-missing",
        NOTE,
        "stakeholders.people.kim.role",
        signers(ANA, stakeholders={"people": [{"id": "kim", "name": "Kim Park", "role": "signer"}]}),
        Put("signatures.signers.ana.name", "Kim Park"),
    ),
    (
        "signer-left",
        WARNING,
        "signatures.signers.ana.successor",
        signers({**ANA, "left": LEFT}, KIM),
        Put("signatures.signers.ana.successor", "kim"),
    ),
    (
        "no-leaving-day",
        WARNING,
        "signatures.signers.ana.left",
        signers({**ANA, "successor": "kim"}, KIM),
        Put("signatures.signers.ana.left", LEFT),
    ),
    (
        "successor-loop",
        ERROR,
        "signatures.signers.ana.successor",
        signers({**ANA, "left": LEFT, "successor": "kim"}, {**KIM, "left": LEFT, "successor": "ana"}),
        Put("signatures.signers.kim.successor", None),
    ),
    (
        "successor-loop",
        ERROR,
        "signatures.signers.ana.successor",
        signers({**ANA, "left": LEFT, "successor": "ana"}),
        Put("signatures.signers.ana.successor", None),
    ),
    (
        "two-capacities",
        WARNING,
        "signatures.signers.ana.signs_as",
        signers({**ANA, "signs_as": "witness"}),
        Put("signatures.signers.ana.signs_as", None),
    ),
    (
        "successor-side",
        ERROR,
        "signatures.signers.ana.successor",
        signers({**ANA, "left": LEFT, "successor": "kim"}, {**KIM, "party": "marketing"}),
        Put("signatures.signers.kim.party", "sales"),
    ),
    (
        "contact-side",
        WARNING,
        "signatures.contacts.marketing",
        agreement(signatures={"contacts": {"marketing": "b", "sales": "b"}}, stakeholders=PEOPLE),
        Put("signatures.contacts.marketing", "a"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


IN_TIME = {"past-its-last-day", "not-begun"}
"""The findings that depend on the day, tried below."""


def test_every_code_is_tried_here() -> None:
    assert codes(limits, renewal, signed, signing) == {case[0] for case in CASES} | IN_TIME


def on(held: Agreement, today: date | None) -> dict[str, Finding]:
    return {one.code: one for one in check(held, Known(today)) if one.code in IN_TIME}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 20), {"not-begun": "agreement.starts"}),
        (date(2027, 1, 1), {}),
        (date(2027, 12, 31), {}),
        (date(2028, 1, 1), {"past-its-last-day": "agreement.ends"}),
        (None, {}),
    ],
)
def test_what_is_active_has_begun_and_is_not_over(today: date | None, expected: dict[str, str]) -> None:
    held = in_force(starts=date(2027, 1, 1), ends=date(2027, 12, 31))
    assert {code: one.key for code, one in on(held, today).items()} == expected
    assert not on(after(held, Put("agreement.status", "draft")), today)


def test_what_holds_until_it_is_agreed_anew_says_so() -> None:
    talks = in_force(ends=date(2027, 12, 31), renewal="talks")
    assert on(talks, date(2028, 1, 2))["past-its-last-day"].fix == "agree anew; it holds until you have"
    early = after(talks, Put("agreement.ended", LEFT))
    finding = on(early, date(2028, 1, 2))["past-its-last-day"]
    assert (finding.key, finding.fix[:18]) == ("agreement.ended", "put the status to ")


def test_what_needs_signing_is_said_with_the_day_and_the_number() -> None:
    changed = after(in_force(), Put("agreement.title", "Another"))
    (one,) = found(changed, "needs-signing")
    assert one.message == "the terms changed since they were signed on 2026-12-18"
    assert "sign a new version" in one.fix
    (one,) = found(after(changed, Put("agreement.version", "1.1")), "needs-signing")
    assert "sign version 1.1" in one.fix


def test_a_draft_may_say_what_it_likes() -> None:
    draft = after(in_force(), Put("agreement.title", "Another"), Put("agreement.status", "draft"))
    assert not {"needs-signing", "same-version", "unready"} & {one.code for one in check(draft)}


def test_a_schedule_within_its_limits_needs_nobodys_signature() -> None:
    held = in_force_with_limits()
    moved = after(held, Put("scoring.stages.mql.at", 55))
    assert not {"needs-signing", "outside-limits", "beyond-limits"} & {one.code for one in check(moved)}
    (one,) = found(after(held, Put("scoring.stages.mql.at", 61)), "outside-limits")
    assert one.message == "MQL (from points) is 61, and may be 45 to 60 without new signatures"
    assert one.fix.startswith("Sam Osei may set it within that")


@pytest.mark.parametrize(
    ("key", "value", "bounds", "inside"),
    [
        ("feedback.review_below", "90 %", {"at_least": 85, "at_most": "95 %"}, True),
        ("feedback.review_below", "80 %", {"at_least": 85}, False),
        ("objective.success.by", date(2027, 12, 31), {"at_most": "2027-12-31"}, True),
        ("objective.success.by", date(2028, 1, 1), {"at_most": "31 Dec 2027"}, False),
        ("agreement.calendar.to", "17:00", {"at_most": "16:30"}, False),
    ],
)
def test_bounds_are_read_as_the_answer_is(key: str, value: Any, bounds: dict[str, Any], inside: bool) -> None:
    section = key.partition(".")[0]
    held = after(limited(key, ("scoring", section), **bounds), Put(key, value))
    assert not found(held, "limit-unreadable")
    assert bool(found(held, "outside-limits")) is not inside


def test_sums_in_two_currencies_are_not_compared() -> None:
    goals = {"revenue": [{"id": "new", "name": "New", "amount": "100 EUR"}]}
    held = after(limited("goals.revenue.new.amount", ("goals",), at_most="90 USD"), Put("goals", goals))
    (one,) = found(held, "limit-unreadable")
    assert one.message == "90 USD cannot be held against 100 EUR"
    same = after(held, Put("agreement.limits.x.at_most", "90 EUR"))
    assert found(same, "outside-limits")


def test_what_is_put_in_force_too_early_says_what_is_left() -> None:
    held = agreement(agreement={"status": "active", "starts": date(2027, 2, 1), "ends": date(2027, 1, 1)})
    (one,) = found(held, "unready")
    assert one.message.startswith("it is in force with 1 error and ")
    assert one.message.endswith(" open questions")
    assert one.fix.startswith("settle them")


def test_one_thing_left_is_spoken_of_as_one() -> None:
    (one,) = signed.in_force(in_force(), [error("any", "agreement", "it is wrong", "")])
    assert (one.message, one.fix) == ("it is in force with 1 error", "settle it, or put the status back to draft")


def test_everybody_who_left_has_somebody_of_their_side_in_their_place() -> None:
    third = {"id": "lee", "name": "Lee Wong", "party": "sales"}
    held = signers({**ANA, "left": LEFT, "successor": "kim"}, {**KIM, "left": LEFT, "successor": "lee"}, third)
    assert not [one for one in check(held) if one.code.startswith(("successor", "signer-left"))]
