"""Saving beside the work: soon, and whatever the disk does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import Put
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.workshop import saver
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import SaveState, Saving

PATIENCE = 20.0


class Watch:
    """Collects a Draft's save states and waits for one."""

    def __init__(self, draft: Draft) -> None:
        self.states: list[SaveState] = []
        self._news = threading.Condition()
        draft.listen(self._heard)

    def _heard(self, state: SaveState) -> None:
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def until(self, saving: Saving, more_than: int = 0) -> SaveState:
        with self._news:
            assert self._news.wait_for(lambda: len(self._of(saving)) > more_than, PATIENCE), self.states
            return self._of(saving)[-1]

    def _of(self, saving: Saving) -> list[SaveState]:
        return [state for state in self.states if state.saving is saving]


@pytest.fixture
def draft(sample: Path) -> Iterator[Draft]:
    opened = Draft.open(sample)
    yield opened
    opened.close()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Exception | None], None]]:
    """``disk(error)`` makes every save fail with it, ``disk(None)`` makes saves work again."""
    real, fault = Document.save, list[Exception]()

    def save(document: Document[Agreement], value: Agreement) -> Document[Agreement]:
        if fault:
            raise fault[0]
        return real(document, value)

    monkeypatch.setattr(Document, "save", save)
    monkeypatch.setattr(saver, "RETRY", 0.01)

    def set_fault(error: Exception | None) -> None:
        fault[:] = [error] if error else []

    yield set_fault
    fault.clear()


FULL = UserError("cannot save it: the disk is full", "free some space; nothing was lost")


def test_a_change_reaches_the_disk_by_itself(draft: Draft, sample: Path) -> None:
    watch = Watch(draft)
    draft.change(Put("agreement.title", "Typed"))
    assert draft.saving.saving is Saving.PENDING
    assert watch.until(Saving.SAVED).at is not None
    assert 'title = "Typed"' in sample.read_text()


def test_many_keys_in_a_row_end_as_the_last_one(draft: Draft, sample: Path) -> None:
    watch = Watch(draft)
    for length in range(1, 40):
        draft.change(Put("agreement.title", "x" * length), visit="one")
    watch.until(Saving.SAVED)
    assert draft.flush().saving is Saving.SAVED
    assert f'title = "{"x" * 39}"' in sample.read_text()


def test_a_save_waits_until_the_typing_rests(draft: Draft, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "QUIET", 3600.0)
    draft.change(Put("agreement.title", "Typed"))
    assert "Typed" not in sample.read_text()
    assert draft.flush().saving is Saving.SAVED
    assert "Typed" in sample.read_text()


def test_somebody_who_types_on_and_on_is_saved_meanwhile(draft: Draft, sample: Path) -> None:
    before = sample.read_text()
    for length in range(2000):
        draft.change(Put("agreement.title", f"Typed {length}"), visit="one")
        if sample.read_text() != before:
            return
        time.sleep(0.01)
    pytest.fail("nothing was saved as long as somebody typed")


def test_going_back_to_what_is_on_disk_needs_no_save(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "QUIET", 3600.0)
    draft.change(Put("agreement.title", "Typed"))
    draft.undo()
    assert draft.saving.saving is Saving.SAVED


def test_closing_saves_what_is_left(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "QUIET", 3600.0)
    draft = Draft.open(sample)
    draft.change(Put("agreement.title", "Last words"))
    assert draft.close().saving is Saving.SAVED
    assert "Last words" in sample.read_text()


def test_a_full_disk_is_said_and_nothing_is_lost(
    draft: Draft, sample: Path, disk: Callable[[Exception | None], None]
) -> None:
    disk(FULL)
    watch = Watch(draft)
    before = sample.read_text()
    draft.change(Put("agreement.title", "Kept"))
    state = watch.until(Saving.BLOCKED)
    assert (state.message, state.remedy) == (FULL.message, FULL.remedy)
    assert sample.read_text() == before
    draft.change(Put("scoring.rules.open.points", 8))
    assert draft.flush().saving is Saving.BLOCKED
    disk(None)
    watch.until(Saving.SAVED)
    assert draft.flush().saving is Saving.SAVED
    assert 'title = "Kept"' in sample.read_text()
    assert "points = 8  # agreed in May" in sample.read_text()


def test_what_cannot_be_saved_yet_lies_in_the_state_folder_until_it_can(
    draft: Draft, disk: Callable[[Exception | None], None], state: Path
) -> None:
    watch = Watch(draft)
    disk(FULL)
    draft.change(Put("agreement.title", "Typed on a full disk"))
    watch.until(Saving.BLOCKED)
    (copy,) = (state / "rescued").iterdir()
    assert 'title = "Typed on a full disk"' in copy.read_text("utf-8")
    disk(None)
    watch.until(Saving.SAVED)
    assert not copy.exists()


def test_the_same_refusal_is_told_once(draft: Draft, disk: Callable[[Exception | None], None]) -> None:
    disk(FULL)
    watch = Watch(draft)
    draft.change(Put("agreement.title", "Kept"))
    watch.until(Saving.BLOCKED)
    disk(UserError("cannot save it: the file system is read-only"))
    watch.until(Saving.BLOCKED, more_than=1)
    assert [state.message for state in watch.states] == [FULL.message, "cannot save it: the file system is read-only"]


def test_a_bug_while_saving_is_said_and_the_next_version_is_saved(
    draft: Draft, sample: Path, state: Path, disk: Callable[[Exception | None], None]
) -> None:
    disk(RuntimeError("secret words of the agreement"))
    watch = Watch(draft)
    draft.change(Put("agreement.title", "Kept"))
    assert "bug" in watch.until(Saving.BLOCKED).message
    (report,) = (state / "crashes").iterdir()
    assert "RuntimeError" in report.read_text()
    assert "secret" not in report.read_text()
    disk(None)
    draft.change(Put("agreement.title", "Later"))
    watch.until(Saving.SAVED)
    assert draft.flush().saving is Saving.SAVED
    assert 'title = "Later"' in sample.read_text()


def test_a_folder_that_is_gone_blocks_the_save(draft: Draft, sample: Path, disk: Callable[..., None]) -> None:
    elsewhere = sample.parent.rename(sample.parent.with_name("moved"))
    watch = Watch(draft)
    draft.change(Put("agreement.title", "Kept"))
    assert draft.flush().saving in {Saving.BLOCKED, Saving.GONE}
    elsewhere.rename(sample.parent)
    draft.change(Put("agreement.organization", "Kept too"))
    watch.until(Saving.SAVED)
    assert draft.flush().saving is Saving.SAVED
    assert 'title = "Kept"' in sample.read_text()
