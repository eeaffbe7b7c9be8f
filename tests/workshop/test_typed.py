"""Typed values where no form helps: what fields read, and TOML for what holds several answers."""

from __future__ import annotations

import pytest

from sla_tui.agreement.paths import Put, Refused, UnknownKey, apply, at_key
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration
from sla_tui.workshop.typed import put


def after(*answers: tuple[str, str]) -> Agreement:
    agreement = Agreement()
    for key, text in answers:
        agreement, _ = apply(agreement, put(agreement, key, text))
    return agreement


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mon, tue", ("mon", "tue")),
        ('["mon", "tue"]', ("mon", "tue")),
        (' [ "a, b" ] ', ("a, b",)),
        ("", None),
    ],
)
def test_a_list_of_texts_is_typed_or_toml(text: str, value: object) -> None:
    assert at_key(after(("agreement.schedules", text)), "agreement.schedules").value == value


def test_text_that_looks_like_toml_stays_text() -> None:
    assert at_key(after(("agreement.title", '["x"]')), "agreement.title").value == '["x"]'


def test_amounts_are_typed_or_toml() -> None:
    item = '[{ id = "a" }]'
    typed = after(("commitments", item), ("commitments.a.amounts", "3 calls"))
    toml = after(("commitments", item), ("commitments.a.amounts", '[{ count = 3, unit = "call" }]'))
    assert typed == toml


def test_a_record_and_a_list_of_items_are_toml() -> None:
    agreement = after(
        ("objective.success", '{ metric = "Wins", by = 2027-12-31 }'),
        ("scoring.stages", '[{ id = "mql", at = 50 }, { id = "sql", at = 80 }]'),
    )
    assert str(at_key(agreement, "objective.success.by").value) == "2027-12-31"
    assert at_key(agreement, "scoring.stages.sql.at").value == 80


def test_a_section_can_be_put_in_empty_and_cleared() -> None:
    assert at_key(after(("scoring", "{}")), "scoring").value is not None
    assert at_key(after(("scoring", "{}"), ("scoring", "")), "scoring").value is None
    assert at_key(after(("commitments", "[]")), "commitments").value == ()


def test_an_empty_record_within_a_section_is_none() -> None:
    assert at_key(after(("objective", "{}"), ("objective.success", "{}")), "objective.success").value is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("objective.success", "seven"),
        ("objective.success", "[1]"),
        ("scoring.stages", "{}"),
        ("scoring.stages", '[{ id = "a" }]\ny = 1'),
        ("scoring.stages", '[{ id = "a" }, { id = "a" }]'),
        ("scoring.stages", "[{ at = 5 }]"),
        ("scoring.stages", "[" * 5000),
        ("objective.success", "{ nothing = 1 }"),
        ("agreement.schedules", "[1]"),
        ("agreement.schedules", "[unquoted]"),
        ("agreement.starts", "01/02/2027"),
        ("agreement.status", "done"),
    ],
)
def test_what_a_place_cannot_hold_is_refused_with_its_key(key: str, text: str) -> None:
    agreement = Agreement()
    with pytest.raises(Refused, match=key.replace(".", r"\.")):
        apply(agreement, put(agreement, key, text))


def test_typed_text_becomes_a_change_or_is_refused_with_how_it_is_written() -> None:
    agreement = after(("objective", '{ purpose = "Why" }'), ("commitments", '[{ id = "call" }]'))
    assert put(agreement, "commitments.call.within", "24h") == Put("commitments.call.within", Duration(24, "hour"))
    assert put(agreement, "objective.purpose", " ") == Put("objective.purpose", None)
    with pytest.raises(Refused, match=r"commitments\.call\.within: a time limit is"):
        put(agreement, "commitments.call.within", "soon")
    with pytest.raises(UnknownKey):
        put(agreement, "commitments.none", "x")
