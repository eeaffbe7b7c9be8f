"""A range of time is read as two limits, and can be made two promises."""

from __future__ import annotations

import pytest
from hypothesis import given

from sla_tui.agreement.paths import UnknownKey, apply
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.tiers import in_two, tiers
from sla_tui.agreement.values import Duration
from tests.strategies import durations, texts


@pytest.mark.parametrize(
    ("typed", "shorter", "longer"),
    [
        ("5 minutes to 24 hours", "5 minutes", "24 hours"),
        ("between 5 min and 24h", "5 minutes", "24 hours"),
        ("from 1 hour to 2 business days", "1 hour", "2 business days"),
        ("2-4 weeks", "2 weeks", "4 weeks"),
        ("2 – 4 weeks", "2 weeks", "4 weeks"),
        (" 1 week—1 month ", "1 week", "1 month"),
        ("24 hours to 5 minutes", "5 minutes", "24 hours"),
        ("3 Business Hours TO 2 Days", "3 business hours", "2 days"),
    ],
)
def test_a_range_is_read_as_two_limits_the_shorter_first(typed: str, shorter: str, longer: str) -> None:
    assert tiers(typed) == (Duration.parse(shorter), Duration.parse(longer))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2 weeks",
        "2 weeks and 3 days",
        "between 2 and",
        "2 to weeks",
        "2 to 4",
        "2 weeks to 14 moons",
        "2 to 2 days",
    ],
)
def test_anything_else_is_no_range(typed: str) -> None:
    assert tiers(typed) is None


@given(durations, durations)
def test_whatever_limits_a_range_has_they_are_found(one: Duration, other: Duration) -> None:
    read = tiers(f"{one} to {other}")
    assert read is None if one == other else read is not None and {*read} == {one, other}


@given(texts)
def test_any_text_can_be_asked_for_a_range(typed: str) -> None:
    read = tiers(typed)
    assert read is None or read[0] != read[1]


def test_a_promise_with_a_range_becomes_two_that_stand_together_in_one_step() -> None:
    promise = {"id": "call", "party": "sales", "activity": "Follow up", "from": "received"}
    held = Agreement.model_validate({"commitments": [promise, {"id": "last"}, {"id": "call-2"}]})
    change = in_two(held, "commitments.call.within", "5 minutes to 24 hours")
    assert change is not None
    after, back = apply(held, change)
    assert [(one.id, str(one.within or "")) for one in after.commitments or ()] == [
        ("call", "5 minutes"),
        ("call-3", "24 hours"),
        ("last", ""),
        ("call-2", ""),
    ]
    assert {(one.party, one.activity, one.from_) for one in (after.commitments or ())[:2]} == {
        ("sales", "Follow up", "received")
    }
    assert apply(after, back)[0] == held


def test_what_is_no_range_makes_nothing_two_and_an_answer_outside_a_list_cannot_be_two() -> None:
    held = Agreement.model_validate({"commitments": [{"id": "call"}], "feedback": {}})
    assert in_two(held, "commitments.call.within", "24 hours") is None
    with pytest.raises(UnknownKey):
        in_two(held, "feedback.return_within", "1 to 2 days")
