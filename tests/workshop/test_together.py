"""Two who write one agreement: nothing anybody said is lost, and nothing is decided without a word."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.agreement.clashes import Whose
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import plain
from sla_tui.agreement.paths import Add, Batch, Move, Put, Remove, apply
from sla_tui.agreement.sameness import same
from sla_tui.agreement.sections.scoring import Group, Rule
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop import saver
from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.sharing import sharing
from sla_tui.workshop.together import Decision
from tests.strategies import changes, parts

PATIENCE = 20.0
TITLE, DEMO, OPEN = "agreement.title", "scoring.rules.demo.points", "scoring.rules.open.points"


@pytest.fixture
def draft(sample: Path) -> Iterator[Draft]:
    opened = Draft.open(sample)
    yield opened
    opened.close()


@pytest.fixture
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "LOOK", 0.01)


def elsewhere(sample: Path, *pairs: str) -> None:
    """Somebody else writes other text in place of some, as an editor does."""
    text = sample.read_text("utf-8")
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    fresh = sample.with_suffix(".other")
    fresh.write_text(text, "utf-8")
    fresh.replace(sample)


def other(sample: Path, *changes: Any) -> None:
    """A second workshop makes changes and is closed."""
    there = Draft.open(sample)
    there.change(Batch(changes))
    assert there.close().saving is Saving.SAVED


class News:
    """Waits for what a Draft tells."""

    def __init__(self, draft: Draft) -> None:
        self._told = threading.Event()
        draft.listen(lambda _state: self._told.set())

    def next(self) -> None:
        assert self._told.wait(PATIENCE)
        self._told.clear()


def decide(draft: Draft, *whose: Whose) -> None:
    draft.decide([Decision(*one) for one in zip(draft.conflicts, whose, strict=True)])


# -- both write, and not the same


def test_what_another_wrote_meanwhile_and_what_is_written_here_both_stand(draft: Draft, sample: Path) -> None:
    elsewhere(sample, "points = 40", "points = 41  # theirs")
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.SAVED
    assert draft.at(DEMO).value == 41
    assert "points = 41  # theirs" in sample.read_text()
    assert 'title = "Mine"' in sample.read_text()


@pytest.mark.usefixtures("look_often")
def test_what_another_writes_is_seen_without_a_change_here_and_said_in_words(draft: Draft, sample: Path) -> None:
    news = News(draft)
    elsewhere(sample, "points = 40", "points = 41")
    news.next()
    assert draft.at(DEMO).value == 40
    assert draft.take_in() == ("Demo request: 40 → 41 points",) or draft.at(DEMO).value == 41
    assert draft.saving.saving is Saving.SAVED
    assert draft.take_in() is None


def test_a_look_can_be_asked_for(draft: Draft, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "LOOK", 3600.0)
    news = News(draft)
    elsewhere(sample, "points = 40", "points = 41")
    draft.look()
    news.next()
    draft.take_in()
    assert draft.at(DEMO).value == 41


@pytest.mark.usefixtures("look_often")
def test_a_file_written_in_place_is_read_when_it_rests(draft: Draft, sample: Path) -> None:
    news = News(draft)
    with sample.open("a", encoding="utf-8") as file:
        file.write('\n[objective]\npurpose = "Ours"\n')
    news.next()
    draft.take_in()
    assert draft.at("objective.purpose").value == "Ours"


def test_their_comments_and_layout_are_kept_by_the_next_save(draft: Draft, sample: Path) -> None:
    elsewhere(sample, "[scoring]", "# a word of theirs\n[scoring]")
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.SAVED
    assert "# a word of theirs" in sample.read_text()


def test_entries_that_both_added_moved_and_renamed_are_all_there(draft: Draft, sample: Path) -> None:
    other(sample, Add("scoring.rules", Rule(id="theirs", points=3)), Put("scoring.rules.open.id", "opened"))
    draft.change(Batch((Add("scoring.rules", Rule(id="mine", points=4), 0), Put(OPEN, 9))))
    assert draft.flush().saving is Saving.SAVED
    held = {rule.id: rule.points for rule in draft.at("scoring.rules").value}
    assert held == {"mine": 4, "opened": 9, "demo": 40, "theirs": 3}
    assert Draft.open(sample).value == draft.value


def test_both_saying_the_same_is_no_conflict(draft: Draft, sample: Path) -> None:
    other(sample, Put(TITLE, "Same"))
    draft.change(Put(TITLE, "Same"))
    assert draft.flush().saving is Saving.SAVED


# -- both said something else of the same


def clash(draft: Draft, sample: Path) -> None:
    other(sample, Put(TITLE, "Theirs"), Put(DEMO, 41))
    draft.change(Batch((Put(TITLE, "Mine"), Put(DEMO, 42), Put(OPEN, 9))))
    assert draft.flush().saving is Saving.CONFLICT


def test_nothing_is_decided_without_a_word(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    before = sample.read_text()
    assert [one.key for one in draft.conflicts] == [TITLE, DEMO]
    assert "changed on disk too" in draft.saving.message
    draft.change(Put("agreement.organization", "Still working"))
    assert draft.flush().saving is Saving.CONFLICT
    assert sample.read_text() == before
    assert (draft.at(TITLE).value, draft.at(DEMO).value) == ("Mine", 42)


def test_a_conflict_says_where_it_is_and_what_each_said(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    title, demo = draft.conflicts
    said = draft.wording
    assert said is not None
    assert said.place(title) == "Agreement › Title"
    assert said.place(demo).startswith("Scoring › ")
    assert [said.version(title, whose) for whose in Whose] == ["Mine", "Theirs", "SLA"]
    assert [said.version(demo, whose) for whose in Whose] == ["42", "41", "40"]


def test_what_is_not_in_conflict_is_taken_in_before_anything_is_decided(draft: Draft, sample: Path) -> None:
    other(sample, Put(TITLE, "Theirs"), Put(DEMO, 41), Put(OPEN, 3), Add("scoring.rules", Rule(id="new", points=5)))
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.CONFLICT
    before = sample.read_text()
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN, "scoring.rules.new.points")] == ["Mine", 41, 3, 5]
    draft.change(Batch((Put(DEMO, 44), Remove("scoring.rules.new"))))
    assert draft.flush().saving is Saving.CONFLICT
    assert [one.key for one in draft.conflicts] == [TITLE]
    other(sample, Put(OPEN, 2), Put("agreement.organization", "Theirs too"))
    assert sample.read_text() != before
    draft.look()
    assert any(draft.take_in() for _ in range(2000) if not threading.Event().wait(0.01))
    assert [draft.at(key).value for key in (OPEN, "agreement.organization")] == [2, "Theirs too"]
    draft.undo()
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN, "scoring.rules.new.points")] == ["Mine", 41, 2, 5]
    draft.redo()
    decide(draft, Whose.MINE)
    assert draft.flush().saving is Saving.SAVED
    held = Draft.open(sample)
    assert [held.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Mine", 44, 2]
    assert [rule.id for rule in held.at("scoring.rules").value] == ["open", "demo"]
    assert held.value == draft.value


def test_the_words_of_a_conflict_are_names_and_no_ids(draft: Draft, sample: Path) -> None:
    rules, groups = "scoring.rules", "scoring.groups"
    names = {"fit": "Fit", "deeds": "What they do", "deeds-2": "What they do"}
    draft.change(Batch(tuple(Add(groups, Group(id=id_, name=name)) for id_, name in names.items())))
    draft.change(Batch((Add(rules, Rule(id="a", label="Anna")), Put(f"{rules}.open.label", "Opens"))))
    draft.change(Put(f"{rules}.demo.label", "Demo"))
    assert draft.flush().saving is Saving.SAVED
    other(
        sample,
        Put(f"{rules}.open.group", "deeds"),
        Put(f"{rules}.demo.group", "fit"),
        Move(f"{rules}.a", 1),
        Remove(f"{rules}.demo"),
    )
    draft.change(Batch((Put(f"{rules}.open.group", "deeds-2"), Put(f"{rules}.demo.group", "deeds"))))
    draft.change(Move(f"{rules}.a", 0))
    assert draft.flush().saving is Saving.CONFLICT
    said = draft.wording
    assert said is not None
    words = {said.place(one): [said.version(one, whose) for whose in Whose] for one in draft.conflicts}
    assert words["Scoring › Rules › Opens › Group"] == ["What they do (deeds-2)", "What they do (deeds)", "left open"]
    mine, theirs, before = words["Scoring › Rules › Demo"]
    assert "Group: What they do" in mine
    assert "What for: Demo" in before
    assert theirs == "nothing"


def test_each_conflict_is_decided_by_itself(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    decide(draft, Whose.THEIRS, Whose.MINE)
    assert draft.flush().saving is Saving.SAVED
    held = Draft.open(sample)
    assert [held.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Theirs", 42, 9]


def test_deciding_while_a_copy_is_being_put_aside_is_saved_all_the_same(
    draft: Draft, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*arguments: Any) -> Path:
        begun.set()
        assert go_on.wait(PATIENCE)
        return put_aside(*arguments)

    monkeypatch.setattr(saver, "put_aside", slowly)
    other(sample, Put(TITLE, "Theirs"))
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.CONFLICT
    assert begun.wait(PATIENCE)
    decide(draft, Whose.MINE)
    go_on.set()
    assert draft.flush().saving is Saving.SAVED
    assert Draft.open(sample).at(TITLE).value == "Mine"


def test_what_was_before_can_be_chosen_too(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    decide(draft, Whose.BEFORE, Whose.BEFORE)
    assert draft.flush().saving is Saving.SAVED
    assert [Draft.open(sample).at(key).value for key in (TITLE, DEMO)] == ["SLA", 40]


def test_one_left_open_keeps_saving_waiting_and_the_other_decided(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    before = sample.read_text()
    first, second = draft.conflicts
    assert draft.decide([Decision(first, Whose.THEIRS)]) is None
    assert draft.saving.saving is Saving.CONFLICT
    assert (draft.decided(first), draft.decided(second)) == (Whose.THEIRS, None)
    assert sample.read_text() == before
    draft.decide([Decision(second, Whose.THEIRS)])
    assert draft.flush().saving is Saving.SAVED
    assert [Draft.open(sample).at(key).value for key in (TITLE, DEMO)] == ["Theirs", 41]


def test_an_answer_changed_after_its_decision_is_asked_about_again(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    first, second = draft.conflicts
    draft.decide([Decision(first, Whose.MINE)])
    draft.change(Put(TITLE, "Mine, and better"))
    assert draft.decide([Decision(second, Whose.MINE)]) is None
    assert draft.conflicts[0].mine == "Mine, and better"
    assert draft.decided(draft.conflicts[0]) is None


def test_taking_theirs_is_one_step_and_undo_brings_mine_back(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    decide(draft, Whose.THEIRS, Whose.THEIRS)
    draft.undo()
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Mine", 42, 9]
    assert draft.flush().saving is Saving.SAVED
    assert Draft.open(sample).at(TITLE).value == "Mine"


def test_the_version_decided_against_lies_in_the_state_folder(draft: Draft, sample: Path, state: Path) -> None:
    clash(draft, sample)
    theirs = sample.read_text()
    decide(draft, Whose.MINE, Whose.MINE)
    assert [file.read_text() for file in (state / "rescued").glob("*theirs*")] == [theirs]


def test_saying_here_what_they_said_settles_it(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    draft.change(Batch((Put(TITLE, "Theirs"), Put(DEMO, 41))))
    assert draft.flush().saving is Saving.SAVED
    assert Draft.open(sample).at(OPEN).value == 9


def test_a_further_version_on_disk_is_met_as_well(draft: Draft, sample: Path) -> None:
    clash(draft, sample)
    other(sample, Put(TITLE, "SLA"), Put(DEMO, 43))
    draft.listen(lambda _state: None)
    draft.look()
    while draft.take_in() is None and [one.theirs for one in draft.conflicts] != [43]:
        pass
    decide(draft, Whose.THEIRS)
    assert draft.flush().saving is Saving.SAVED
    assert [Draft.open(sample).at(key).value for key in (TITLE, DEMO)] == ["Mine", 43]


def test_taken_out_there_and_changed_here_is_asked_about(draft: Draft, sample: Path) -> None:
    other(sample, Remove("scoring.rules.demo"))
    draft.change(Put(DEMO, 42))
    assert draft.flush().saving is Saving.CONFLICT
    (one,) = draft.conflicts
    said = draft.wording
    assert said is not None
    assert said.version(one, Whose.THEIRS) == "nothing"
    assert "42" in said.version(one, Whose.MINE)
    decide(draft, Whose.THEIRS)
    assert draft.flush().saving is Saving.SAVED
    assert [rule.id for rule in Draft.open(sample).at("scoring.rules").value] == ["open"]


# -- undo


def test_undo_takes_back_what_was_done_here_and_nothing_of_theirs(draft: Draft, sample: Path) -> None:
    draft.change(Put(TITLE, "Mine"))
    draft.flush()
    other(sample, Put(DEMO, 41))
    draft.change(Put(OPEN, 9))
    draft.flush()
    draft.undo()
    draft.undo()
    assert not draft.overtaken
    assert not draft.can_undo
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN)] == ["SLA", 41, 2]
    draft.redo()
    draft.redo()
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Mine", 41, 9]


def test_undo_leaves_what_another_made_of_it_since(draft: Draft, sample: Path) -> None:
    draft.change(Batch((Put(TITLE, "Mine"), Put(OPEN, 9))))
    draft.flush()
    other(sample, Put(TITLE, "Theirs, made of mine"))
    draft.change(Put(DEMO, 42))
    draft.flush()
    draft.undo()
    assert not draft.overtaken
    assert draft.undo() == TITLE
    assert draft.overtaken
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Theirs, made of mine", 40, 2]
    draft.redo()
    assert [draft.at(key).value for key in (TITLE, DEMO, OPEN)] == ["Theirs, made of mine", 40, 9]


def test_undo_after_a_decision_goes_back_to_theirs_and_never_behind_it(draft: Draft, sample: Path) -> None:
    draft.change(Put(TITLE, "Long ago"))
    draft.change(Put(OPEN, 8))
    assert draft.flush().saving is Saving.SAVED
    clash(draft, sample)
    decide(draft, Whose.MINE, Whose.THEIRS)
    seen = list[Any]()
    while draft.can_undo:
        draft.undo()
        seen.append([draft.at(key).value for key in (TITLE, DEMO, OPEN)])
    assert seen == [["Mine", 42, 9], ["Theirs", 41, 8], ["Theirs", 41, 2], ["Theirs", 41, 2]]
    assert draft.overtaken


def test_undo_of_an_entry_both_changed_leaves_it_as_theirs(draft: Draft, sample: Path) -> None:
    other(sample, Remove("scoring.rules.demo"))
    draft.change(Put(DEMO, 42))
    assert draft.flush().saving is Saving.CONFLICT
    decide(draft, Whose.MINE)
    draft.undo()
    assert [rule.id for rule in draft.at("scoring.rules").value] == ["open"]


def test_a_list_goes_back_around_what_another_added_to_it(draft: Draft, sample: Path) -> None:
    draft.change(Move("scoring.rules.demo", 0))
    draft.change(Remove("scoring.rules.open"))
    draft.flush()
    other(sample, Add("scoring.rules", Rule(id="theirs", points=3)))
    draft.change(Put(TITLE, "x"))
    draft.flush()
    for _ in range(3):
        draft.undo()
    ids = [rule.id for rule in draft.at("scoring.rules").value]
    assert [id_ for id_ in ids if id_ != "theirs"] == ["open", "demo"]
    assert "theirs" in ids


def test_typing_on_after_theirs_came_is_still_one_step_of_ones_own(draft: Draft, sample: Path) -> None:
    draft.change(Put(TITLE, "M"), visit="one")
    draft.flush()
    other(sample, Put(DEMO, 41))
    draft.change(Put(TITLE, "Mi"), visit="one")
    draft.flush()
    draft.change(Put(TITLE, "Min"), visit="one")
    draft.undo()
    assert [draft.at(key).value for key in (TITLE, DEMO)] == ["SLA", 41]
    assert not draft.can_undo


# -- a file that cannot be read, or is gone


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("half a file [", 1),
        ("[agreement]\ntitle = 'x'\n\n[objectives]\n", 4),
        ("[agreement]\n<<<<<<< ours\ntitle = 'a'\n=======\ntitle = 'b'\n>>>>>>> theirs\n", 2),
    ],
)
def test_a_file_that_cannot_be_read_replaces_nothing_and_is_waited_for(
    draft: Draft, sample: Path, state: Path, text: str, line: int
) -> None:
    whole = sample.read_text()
    sample.write_text(text)
    draft.change(Put(TITLE, "Mine"))
    held = draft.flush()
    assert held.saving is Saving.UNREADABLE
    assert held.message == f"agreement.toml:{line} cannot be read; yours is kept"
    assert held.remedy
    assert sample.read_text() == text
    assert draft.take_in() is None
    (copy,) = (state / "rescued").iterdir()
    assert 'title = "Mine"' in copy.read_text()
    sample.write_text(whole.replace("points = 40", "points = 41"))
    assert settled(draft)
    assert [Draft.open(sample).at(key).value for key in (TITLE, DEMO)] == ["Mine", 41]
    assert list((state / "rescued").iterdir()) == []


def settled(draft: Draft) -> bool:
    """Whether what is here gets to the disk in the end."""
    draft.look()
    return any(draft.flush().saving is Saving.SAVED for _ in range(2000) if not threading.Event().wait(0.01))


def test_a_file_that_is_as_it_was_again_needs_no_merge(draft: Draft, sample: Path) -> None:
    whole = sample.read_text()
    sample.write_text("half [")
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.UNREADABLE
    sample.write_text(whole)
    assert settled(draft)
    assert 'title = "Mine"' in sample.read_text()


def test_an_empty_file_is_not_taken_for_an_agreement_without_answers(draft: Draft, sample: Path) -> None:
    sample.write_text("")
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.UNREADABLE
    assert draft.at(DEMO).value == 40


def test_a_file_that_is_gone_is_said_and_written_anew_when_asked(draft: Draft, sample: Path) -> None:
    text = sample.read_text()
    sample.unlink()
    draft.change(Put(TITLE, "Mine"))
    state = draft.flush()
    assert state.saving is Saving.GONE
    assert "gone" in state.message
    assert not sample.exists()
    draft.write_anew()
    assert draft.flush().saving is Saving.SAVED
    assert sample.read_text() == text.replace('"SLA"', '"Mine"')
    draft.change(Put(TITLE, "Mine again"))
    assert draft.flush().saving is Saving.SAVED


def test_a_file_that_comes_back_is_gone_on_with(draft: Draft, sample: Path) -> None:
    away = sample.rename(sample.with_name("away.toml"))
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.GONE
    away.rename(sample)
    assert settled(draft)
    assert 'title = "Mine"' in sample.read_text()


def test_writing_anew_never_writes_over_one_that_came_back(draft: Draft, sample: Path) -> None:
    text = sample.read_text()
    sample.unlink()
    draft.change(Put(TITLE, "Mine"))
    assert draft.flush().saving is Saving.GONE
    sample.write_text(text)
    with pytest.raises(UserError):
        draft.write_anew()
    assert sample.read_text() == text


@pytest.mark.usefixtures("look_often")
def test_a_file_gone_or_broken_is_said_without_a_change_here(draft: Draft, sample: Path) -> None:
    states = list[Saving]()
    told = threading.Condition()

    def hear(state: Any) -> None:
        with told:
            states.append(state.saving)
            told.notify_all()

    def until(saving: Saving) -> None:
        with told:
            assert told.wait_for(lambda: states[-1:] == [saving], PATIENCE), states

    draft.listen(hear)
    text = sample.read_text()
    sample.unlink()
    until(Saving.GONE)
    sample.write_text("half [")
    until(Saving.UNREADABLE)
    sample.write_text(text)
    until(Saving.SAVED)
    assert len(states) == 3


# -- other files, and many writes at once


def test_a_quota_is_written_by_two_as_well(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "agreements" / "northwind"
    shutil.copytree(source, tmp_path / "northwind")
    file = next((tmp_path / "northwind" / "quotas").glob("*.toml"))
    here, there = Draft.open(file), Draft.open(file)
    there.change(Put("capacity.reps", 5))
    assert there.close().saving is Saving.SAVED
    here.change(Put("quota.least_per_week", 31))
    assert here.close().saving is Saving.SAVED
    held = Draft.open(file)
    assert (held.at("capacity.reps").value, held.at("quota.least_per_week").value) == (5, 31)


HAMMER = """
import random, sys
from pathlib import Path
from sla_tui.agreement.clashes import Whose
from sla_tui.agreement.paths import Add, Put
from sla_tui.agreement.sections.scoring import Rule
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop import saver
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.saver import Saving
from sla_tui.workshop.together import Decision

path, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
draws = random.Random(name)
draft = Draft.open(path, beside=False)
conflicts = 0
for i in range(times):
    if i % 3 == 0:
        draft.change(Add("scoring.rules", Rule(id=f"{name}{i}", points=i)))
    elif i % 3 == 1:
        draft.change(Put(f"scoring.rules.{name}.points", i))
    else:
        draft.change(Put("agreement.version", f"{name}{i}"))
    if draws.random() < 0.7:
        while draft.flush().saving is not Saving.SAVED:
            assert draft.saving.saving is Saving.CONFLICT, draft.saving
            conflicts += len(draft.conflicts)
            draft.decide([Decision(one, draws.choice([Whose.MINE, Whose.THEIRS])) for one in draft.conflicts])
while draft.flush().saving is not Saving.SAVED:
    draft.decide([Decision(one, Whose.MINE) for one in draft.conflicts])
draft.close()
print(conflicts)
"""


def hammer(sample: Path, times: int) -> None:
    elsewhere(
        sample, "[[commitments]]", '[[scoring.rules]]\nid = "ann"\n\n[[scoring.rules]]\nid = "bob"\n\n[[commitments]]'
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", HAMMER, str(sample), name, str(times)], stdout=subprocess.PIPE)
        for name in ("ann", "bob")
    ]
    conflicts = [int(writer.communicate(timeout=300)[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], conflicts
    held = Draft.open(sample)
    points = {rule.id: rule.points for rule in held.at("scoring.rules").value}
    last = max(i for i in range(times) if i % 3 == 1)
    own = {f"{name}{i}": i for name in ("ann", "bob") for i in range(0, times, 3)}
    assert points == {"open": 2, "demo": 40, "ann": last, "bob": last, **own}
    assert "points = 2  # agreed in May" in sample.read_text()
    said = max(i for i in range(times) if i % 3 == 2)
    assert held.at("agreement.version").value in {f"ann{said}", f"bob{said}"}
    assert [file.name for file in sample.parent.iterdir()] == ["agreement.toml"]


def test_two_workshops_hammering_one_agreement_converge_and_lose_nothing(sample: Path) -> None:
    hammer(sample, 300 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 24)


# -- what both say alike is held once


@settings(max_examples=30)
@given(st.data())
def test_a_version_that_shares_what_is_alike_says_the_same(data: st.DataObject) -> None:
    known = data.draw(parts(Agreement))
    change = data.draw(changes(known))
    try:
        fresh, _ = apply(known.model_copy(deep=True), change)
    except UserError:
        fresh = known.model_copy(deep=True)
    held = sharing(fresh, known)
    assert same(held, fresh)
    assert plain(held) == plain(fresh)
    assert sharing(known.model_copy(deep=True), known) is known


def test_what_another_left_alone_is_the_very_same_object(draft: Draft, sample: Path) -> None:
    before = draft.value
    other(sample, Put(OPEN, 9))
    draft.change(Put(TITLE, "Mine"))
    draft.flush()
    assert draft.at("commitments").value[0] is before.commitments[0]
    assert draft.at("scoring.rules").value[1] is before.scoring.rules[1]
