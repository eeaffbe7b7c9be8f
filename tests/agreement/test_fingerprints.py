"""A fingerprint changes with what is said and with nothing else."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from sla_tui.agreement.fingerprint import schedule_fingerprint, schedules, terms_fingerprint
from sla_tui.agreement.parts import plain
from sla_tui.agreement.paths import Put, apply
from sla_tui.agreement.terms import Agreement
from tests.strategies import parts

SAID: dict[str, Any] = {
    "agreement": {"title": "SLA", "starts": date(2027, 1, 1), "schedules": ["scoring"]},
    "objective": {"purpose": "Über uns"},
    "scoring": {"rules": [{"id": "open", "when": "email_open", "points": 2}]},
    "commitments": [{"id": "call", "within": "24 hours", "share": "95 %"}],
}


def agreed(**changes: Any) -> Agreement:
    return Agreement.model_validate({**SAID, **changes})


def both(agreement: Agreement) -> tuple[str, str]:
    return terms_fingerprint(agreement), schedule_fingerprint(agreement, "scoring")


def test_the_fingerprint_is_the_sha_256_that_anybody_can_compute_from_the_file() -> None:
    terms = {
        "agreement": {"schedules": ["scoring"], "starts": "2027-01-01", "title": "SLA"},
        "commitments": [{"id": "call", "share": "95 %", "within": "24 hours"}],
        "objective": {"purpose": "Über uns"},
    }
    text = json.dumps(terms, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert terms_fingerprint(agreed()) == hashlib.sha256(f"sla-tui/terms/1\n{text}".encode()).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [
        {"sources": {"scoring.rules.open.points": {"kind": "example"}}},
        {"agreement": {**SAID["agreement"], "status": "active", "format": 1}},
        {"commitments": [{"within": "24h", "share": 95, "id": "call"}]},
        {"objective": {"purpose": " Über uns\u202e ", "success": {}, "milestones": []}},
        {"agreement": {"schedules": ["scoring"], "starts": "1 Jan 2027", "title": "SLA", "calendar": {}}},
    ],
)
def test_status_sources_order_spelling_and_empty_tables_do_not_count(changes: dict[str, Any]) -> None:
    assert both(agreed(**changes)) == both(agreed())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("objective.purpose", "Uber uns"),
        ("agreement.title", "SLA 2"),
        ("agreement.version", "1.0"),
        ("commitments.call.within", "25 hours"),
        ("commitments.call.id", "calls"),
        ("stakeholders", {}),
        ("agreement.schedules", ()),
    ],
)
def test_every_word_of_the_terms_counts(key: str, value: Any) -> None:
    changed = apply(agreed(), Put(key, value))[0]
    assert terms_fingerprint(changed) != terms_fingerprint(agreed())


def test_a_schedule_has_its_own_fingerprint_and_is_no_part_of_the_terms() -> None:
    changed = apply(agreed(), Put("scoring.rules.open.points", 3))[0]
    assert terms_fingerprint(changed) == terms_fingerprint(agreed())
    assert schedule_fingerprint(changed, "scoring") != schedule_fingerprint(agreed(), "scoring")


def test_the_order_of_a_list_counts() -> None:
    rules = [{"id": "a"}, {"id": "b"}]
    one, other = agreed(scoring={"rules": rules}), agreed(scoring={"rules": rules[::-1]})
    assert schedule_fingerprint(one, "scoring") != schedule_fingerprint(other, "scoring")


def test_only_sections_that_are_there_are_schedules_each_once_in_order() -> None:
    named = ["scoring", "objective", "scoring", "fields", "sources", "model_config", "copy", "stakeholders"]
    agreement = agreed(agreement={"schedules": named}, sources={"x": {"kind": "agreed"}})
    assert schedules(agreement) == ("objective", "scoring")
    assert schedules(Agreement()) == ()


@given(parts(Agreement))
def test_what_is_read_again_from_toml_has_the_same_fingerprint(agreement: Agreement) -> None:
    again = Agreement.model_validate(plain(agreement))
    assert terms_fingerprint(again) == terms_fingerprint(agreement)
    for section in schedules(agreement):
        assert schedule_fingerprint(again, section) == schedule_fingerprint(agreement, section)
