"""The one live state: what changes do to the agreement, its findings and the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.paths import Add, Batch, Move, Put, Refused, Remove, UnknownKey
from sla_tui.agreement.sections.scoring import Rule
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from tests.workshop.conftest import SAMPLE


@pytest.fixture
def draft(sample: Path) -> Iterator[Draft]:
    opened = Draft.open(sample)
    yield opened
    opened.close()


def test_it_opens_a_folder_as_well_as_a_file(sample: Path) -> None:
    assert Draft.open(sample.parent).value == Draft.open(sample).value


def test_a_file_with_faults_does_not_open(sample: Path) -> None:
    sample.write_text("[agreement]\ntitel = 'x'\n")
    with pytest.raises(InvalidFile) as caught:
        Draft.open(sample)
    assert caught.value.faults[0].place.line == 2


def test_a_missing_file_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        Draft.open(tmp_path / "nowhere")


def test_a_change_moves_one_line_of_the_file(draft: Draft, sample: Path) -> None:
    draft.change(Put("scoring.rules.open.points", 3))
    assert draft.flush().saving is Saving.SAVED
    before, after = SAMPLE.splitlines(), sample.read_text().splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("points = 2  # agreed in May", "points = 3  # agreed in May")
    ]


def test_findings_follow_each_change(draft: Draft) -> None:
    def open_keys() -> set[str]:
        return {finding.key for finding in draft.findings}

    assert "commitments.call.if_missed" in open_keys()
    draft.change(Put("commitments.call.if_missed", "Ask again."))
    assert "commitments.call.if_missed" not in open_keys()
    draft.undo()
    assert "commitments.call.if_missed" in open_keys()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Put("scoring.rules.nobody.points", 1), UnknownKey),
        (Put("scoring.rules.open.points", "many"), Refused),
        (Put("scoring.rules.open.group", "nowhere"), Refused),
        (Add("scoring.rules", Rule(id="open")), Refused),
        (Batch((Put("agreement.title", "New"), Put("scoring.rules.open.points", "many"))), Refused),
    ],
)
def test_a_refused_change_leaves_everything_as_it_was(draft: Draft, change: Any, error: type[UserError]) -> None:
    before = draft.value
    with pytest.raises(error):
        draft.change(change)
    assert draft.value is before
    assert not draft.can_undo
    assert draft.saving.saving is Saving.SAVED


def test_a_change_that_changes_nothing_is_no_step(draft: Draft) -> None:
    draft.change(Put("agreement.title", "SLA"))
    assert not draft.can_undo


def test_one_visit_to_a_field_is_one_step(draft: Draft) -> None:
    for text in ("N", "Ne", "New"):
        draft.change(Put("agreement.title", text), visit="first")
    draft.change(Put("agreement.title", "Newer"), visit="second")
    assert draft.undo() == "agreement.title"
    assert draft.at("agreement.title").value == "New"
    draft.undo()
    assert draft.at("agreement.title").value == "SLA"
    assert not draft.can_undo


def test_undo_says_where_it_happened(draft: Draft) -> None:
    draft.change(Remove("scoring.rules.demo"))
    assert draft.undo() == "scoring.rules.demo"
    assert draft.redo() == "scoring.rules"
    assert [rule.id for rule in draft.at("scoring.rules").value] == ["open"]


def test_a_new_change_forgets_what_was_undone(draft: Draft) -> None:
    draft.change(Put("agreement.title", "A"))
    draft.undo()
    draft.change(Put("agreement.title", "B"))
    assert not draft.can_redo


def test_undoing_on_what_somebody_else_changed_keeps_their_change(draft: Draft) -> None:
    draft.change(Put("agreement.title", "Mine"))
    draft.change(Put("scoring.rules.open.points", 9))
    draft.undo()
    draft.change(Put("scoring.rules.demo.points", 7))
    draft.undo()
    draft.undo()
    assert draft.at("agreement.title").value == "SLA"
    assert draft.at("scoring.rules.demo.points").value == 40


_IDS = st.sampled_from(["open", "demo", "new", "newer"])
_CHANGES = st.one_of(
    st.builds(Put, st.sampled_from(["agreement.title", "objective.purpose"]), st.none() | st.sampled_from("abc")),
    st.builds(lambda id_, points: Put(f"scoring.rules.{id_}.points", points), _IDS, st.none() | st.integers(-9, 9)),
    st.builds(lambda id_, new: Put(f"scoring.rules.{id_}.id", new), _IDS, _IDS),
    st.builds(lambda id_, at: Add("scoring.rules", Rule(id=id_, points=5), at), _IDS, st.none() | st.integers(0, 4)),
    st.builds(lambda id_: Remove(f"scoring.rules.{id_}"), _IDS),
    st.builds(lambda id_, to: Move(f"scoring.rules.{id_}", to), _IDS, st.integers(0, 5)),
    st.builds(Put, st.sampled_from(["objective", "commitments", "scoring"]), st.sampled_from([None])),
)


@settings(max_examples=25)
@given(st.lists(st.tuples(_CHANGES, st.sampled_from(["", "here", "there"])), max_size=12))
def test_undo_takes_all_back_and_redo_does_all_again(steps: list[tuple[Any, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agreement.toml"
        file.write_text(SAMPLE, "utf-8")
        draft = Draft.open(file)
        first = draft.value
        for change, visit in steps:
            try:
                draft.change(change, visit)
            except (Refused, UnknownKey):
                continue
        last = draft.value
        while draft.can_undo:
            draft.undo()
        assert draft.value == first
        while draft.can_redo:
            draft.redo()
        assert draft.value == last
        assert draft.close().saving is Saving.SAVED
        assert Draft.open(file).value == last
