"""Findings of the meetings: where they stand, and what mends them."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.check import Severity
from sla_tui.agreement.checks import meetings
from sla_tui.agreement.checks.meetings import rhythm_in
from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement
from tests.agreement.test_findings import PEOPLE, Case, agreement, codes, found, names, stands_and_goes

KEY = "communication.meetings.m"


def meeting(promise: dict[str, Any] | None = None, **answers: Any) -> Agreement:
    more: dict[str, Any] = {"commitments": [{"id": "p", **promise}]} if promise else {}
    return agreement(communication={"meetings": [{"id": "m", **answers}]}, stakeholders=PEOPLE, **more)


def agenda(*minutes: int | None) -> list[dict[str, Any]]:
    return [{"id": f"a{at}", **({"minutes": one} if one else {})} for at, one in enumerate(minutes)]


def held_for(count: int, per: str, **more: Any) -> dict[str, Any]:
    amounts = [{"count": count, "unit": "meeting", "each": "period"}]
    return {"party": "shared", "activity": "Hold the lead review", "amounts": amounts, "per": per, **more}


CASES: list[Case] = [
    (
        "agenda-too-long",
        Severity.ERROR,
        f"{KEY}.agenda",
        meeting(minutes=30, agenda=agenda(20, 15, None)),
        Put(f"{KEY}.minutes", 35),
    ),
    (
        "not-rarer",
        Severity.ERROR,
        f"{KEY}.fewer.to",
        meeting(every="month", fewer={"after": 3, "to": "two_weeks"}),
        Put(f"{KEY}.fewer.to", "quarter"),
    ),
    (
        "one-sided-meeting",
        Severity.WARNING,
        f"{KEY}.attends",
        meeting(attends=["s", "b"], chair="ops"),
        Put(f"{KEY}.attends", ("s", "m")),
    ),
    (
        "two-rhythms",
        Severity.ERROR,
        f"{KEY}.every",
        meeting({"activity": "Attend the quarterly lead review"}, name="Lead review", every="month"),
        Put(f"{KEY}.every", "quarter"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_finding_stands_at_its_key_and_goes_when_it_is_mended(case: Case) -> None:
    stands_and_goes(case)


def test_every_code_is_tried_here() -> None:
    assert codes(meetings) == {case[0] for case in CASES}


@pytest.mark.parametrize(
    ("name", "every", "promise", "said"),
    [
        ("Weekly lead review", "month", {}, "its name says weekly"),
        ("Lead review", "week", held_for(1, "month"), "the commitment p says 12 times a year"),
        ("Lead review", "quarter", held_for(2, "quarter"), "the commitment p says 8 times a year"),
        ("The review", "week", {"activity": "Hold the monthly review"}, "the commitment p says monthly"),
        ("Weekly review", "week", {"activity": "Take part in the review every two weeks"}, "says every two weeks"),
        ("Lead review", "month", held_for(2, "month", activity="Attend the lead review"), "says 24 times a year"),
    ],
)
def test_two_rhythms_for_one_meeting_are_found(name: str, every: str, promise: dict[str, Any], said: str) -> None:
    (finding,) = found(meeting(promise, name=name, every=every), "two-rhythms")
    assert finding.message.endswith(said)


@pytest.mark.parametrize(
    ("name", "every", "promise"),
    [
        ("Lead review", "week", {"activity": "Attend the lead review"}),
        ("Lead review", "two_weeks", held_for(2, "month")),
        ("Lead review", "week", held_for(13, "quarter")),
        ("Lead review", "week", held_for(1, "month", activity="Attend the lead review")),
        ("Lead review", "week", held_for(1, "month", share="95 %")),
        ("Lead review", "week", held_for(1, "month", activity="Hold the pipeline review")),
        ("Lead review", "week", {"activity": "Attend the lead review", "per": "month", "share": "95 %"}),
        ("Review", "week", {"activity": "Review the lead quality quarterly"}),
        ("Quarterly review", "quarter", {"activity": "Hold the weekly lead review"}),
        ("Monthly", "month", {"activity": "Hold a weekly call"}),
        ("Weekly or monthly review", "quarter", {}),
        ("Lead review", None, held_for(1, "month")),
    ],
)
def test_another_meeting_or_the_same_rhythm_in_other_words_is_left_alone(
    name: str, every: str | None, promise: dict[str, Any]
) -> None:
    held = meeting(promise, name=name, **({"every": every} if every else {}))
    assert not found(held, "two-rhythms")


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("a weekly call", "week"),
        ("Every 2 weeks", "two_weeks"),
        ("each quarter", "quarter"),
        ("biweekly", None),
        ("weekly, later monthly", None),
        ("", None),
    ],
)
def test_a_text_speaks_of_one_rhythm_or_of_none(text: str, rhythm: str | None) -> None:
    assert rhythm_in(text) == rhythm


@pytest.mark.parametrize("minutes", [(15, 15), (None, None), ()])
def test_an_agenda_that_fits_is_left_alone(minutes: tuple[int | None, ...]) -> None:
    assert not found(meeting(minutes=30, agenda=agenda(*minutes)), "agenda-too-long")
    assert not found(meeting(agenda=agenda(*minutes)), "agenda-too-long")


def test_a_meeting_is_only_one_sided_when_everybody_s_side_is_known() -> None:
    assert found(meeting(attends=["s", "ops"]), "one-sided-meeting")
    assert not found(meeting(attends=["s", "stranger"]), "one-sided-meeting")
    assert not found(meeting(attends=["s"], chair="a"), "one-sided-meeting")
    assert not found(meeting(attends=["ops"]), "one-sided-meeting")
    assert not found(meeting(chair="a"), "one-sided-meeting")


def test_a_meeting_that_is_never_made_rarer_owes_no_answer() -> None:
    held = meeting(every="week", fewer={})
    assert not [one for one in found(held, "unanswered") if ".fewer" in one.key]
