"""Putting an agreement in force: the wording that was signed is recorded in the same step."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sla_tui.agreement.fingerprint import fingerprints
from sla_tui.agreement.paths import Batch, Change, Put
from sla_tui.agreement.values import Duration
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.visit import Visit

TODAY = date(2027, 1, 4)
ACTIVE = Put("agreement.status", "active")


@pytest.fixture
def draft(sample: Path) -> Draft[Any]:
    opened = Draft.open(sample, today=TODAY)
    opened.change(Put("agreement.schedules", ("scoring",)))
    return opened


def record(draft: Draft[Any]) -> Any:
    return draft.value.agreement.signed


@pytest.mark.parametrize(
    "change", [ACTIVE, Batch((Put("agreement.version", "1.0"), ACTIVE)), Batch((Batch((ACTIVE,)),))]
)
def test_what_is_put_in_force_is_recorded_as_it_then_is(draft: Draft[Any], change: Change) -> None:
    draft.change(change)
    held, (terms, schedules) = record(draft), fingerprints(draft.value)
    assert (held.version, held.on) == (draft.value.agreement.version, TODAY)
    assert (held.terms, held.schedules) == (terms, schedules)


def test_it_is_one_step_to_take_back_and_to_do_again(draft: Draft[Any]) -> None:
    before = draft.value
    draft.change(ACTIVE)
    after = draft.value
    assert draft.undo() == "agreement.status"
    assert draft.value == before
    draft.redo()
    assert draft.value == after


def test_choosing_it_on_the_form_is_one_step_too(draft: Draft[Any]) -> None:
    before = draft.value
    assert not Visit(draft, "agreement.status").typed("active")
    assert record(draft).on == TODAY
    draft.undo()
    assert draft.value == before


def test_other_changes_leave_the_record_alone(draft: Draft[Any]) -> None:
    draft.change(ACTIVE)
    held = record(draft)
    draft.change(Put("commitments.call.within", Duration(1, "week")))
    draft.change(Put("agreement.status", "ended"))
    draft.change(Put("agreement.status", "draft"))
    assert record(draft) == held


def test_new_wording_is_recorded_when_active_is_chosen_again(draft: Draft[Any]) -> None:
    draft.change(ACTIVE)
    old = record(draft)
    draft.change(ACTIVE)
    assert record(draft) is old
    draft.change(Put("commitments.call.within", Duration(1, "week")))
    assert "needs-signing" in {one.code for one in draft.findings}
    draft.change(ACTIVE)
    assert record(draft).terms != old.terms
    assert "needs-signing" not in {one.code for one in draft.findings}


def test_the_record_is_written_into_the_file_and_comments_stay(draft: Draft[Any], sample: Path) -> None:
    draft.change(ACTIVE)
    draft.close()
    text = sample.read_text()
    held = tomllib.loads(text)["agreement"]["signed"]
    assert held["on"] == TODAY
    assert list(held["schedules"]) == ["scoring"]
    assert "# ours, by hand" in text
    assert "# agreed in May" in text
    assert Draft.open(sample).value == draft.value
