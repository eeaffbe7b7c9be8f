"""A file's past as one looks at it: any two versions, what a line of changes is about, and what it brings back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla_tui.agreement.diff import diff
from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import apply
from sla_tui.record.document import Document
from sla_tui.workshop.deciding import NO_ANSWER, commit, proposal
from sla_tui.workshop.past import NEVER, UNREADABLE, Bringing, Look, Past, Side
from sla_tui.workshop.revisions import AS_BEFORE
from tests.checkout import Repository, repository

NAME = "acme/agreement.toml"
AGREEMENT = """\
[agreement]
title = "SLA"

[[scoring.stages]]
id = "mql"
at = 50

[[scoring.rules]]
id = "open"
label = "Opens an email"
when = "email_open"
points = 2

[[scoring.rules]]
id = "demo"
label = "Asks for a demo"
when = "demo_request"
points = 40
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Three revisions: the threshold, a broken file, a rule that goes while another gets its id and points."""
    made = repository(monkeypatch, tmp_path)
    made.write(NAME, AGREEMENT)
    made.commit("First draft")
    tuned = AGREEMENT.replace("at = 50", "at = 55")
    made.write(NAME, tuned)
    made.commit("Fewer leads", "Tomás Reyes")
    made.write(NAME, "[agreement")
    made.commit("From the phone")
    made.write(NAME, tuned.replace("points = 40", "points = 30").replace('title = "SLA"', 'title = "Our SLA"'))
    made.commit("Demo")
    return made


def now(repo: Repository, *pairs: str) -> Document:
    """The file on disk with some texts in place of others, as it then reads."""
    file = repo.root / NAME
    text = file.read_text("utf-8")
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    from sla_tui.agreement.terms import Agreement

    return Document[Agreement].load(file, Agreement)


def by_side(ways: tuple[Bringing, ...]) -> dict[Side, Bringing]:
    return {one.side: one for one in ways}


def test_a_revision_the_present_and_any_two_are_told_with_the_places_they_are_about(repo: Repository) -> None:
    past, part = Past(repo.root / NAME), now(repo, "points = 2", "points = 3").value
    demo, phone, fewer, first = past.revisions
    assert past.see(Look(fewer), part).told[0].lines == ("MQL: from points 50 → 55",)
    assert past.see(Look(first), part).said == "first version"
    assert past.see(Look(phone), part).unreadable
    assert past.see(Look(), part).told[0].keys == (("scoring.rules.open.points",),)
    between = past.see(Look(None, first), part)
    assert [one.title for one in between.told] == ["Agreement", "Scoring"]
    assert [key for one in between.told for (key,) in one.keys] == [
        "agreement.title",
        "scoring.stages.mql.at",
        "scoring.rules.open.points",
        "scoring.rules.demo.points",
    ]
    assert past.see(Look(demo, demo), part).said == AS_BEFORE
    assert past.see(Look(demo, phone), part).unreadable
    assert (past.is_waiting(part), past.cut) == (True, False)
    commit([repo.root / NAME], "Opens")
    assert not Past(repo.root / NAME).is_waiting(part)


def test_what_a_change_is_about_comes_back_from_either_version(repo: Repository) -> None:
    past, part = Past(repo.root / NAME), now(repo, "at = 55", "at = 60").value
    fewer = past.revisions[2]
    ways = by_side(past.bring(Look(fewer), ("scoring.stages.mql.at",), part))
    assert ways[Side.BEFORE].lines == ("MQL: from points 60 → 50",)
    assert ways[Side.THIS].lines == ("MQL: from points 60 → 55",)
    last = by_side(past.bring(Look(), ("scoring.stages.mql.at",), part))
    assert (list(last), last[Side.LAST].lines) == ([Side.LAST], ("MQL: from points 60 → 55",))
    (same,) = past.bring(Look(None, past.revisions[0]), ("agreement.title",), part)
    assert (same.side, same.lines, same.trouble) == (Side.SINCE, (), "")


def test_a_whole_version_comes_back_as_one_change(repo: Repository) -> None:
    past, part = Past(repo.root / NAME), now(repo).value
    first = past.revisions[-1]
    (way,) = past.bring(Look(first), (), part)
    assert way.change is not None
    after, back = apply(part, way.change)
    assert Document.load(repo.write("copy.toml", AGREEMENT), type(part)).value == after
    assert apply(after, back)[0] == part
    assert len(way.lines) == 3


def test_an_entry_that_got_another_id_since_is_brought_back_where_it_is_now(repo: Repository) -> None:
    past, part = Past(repo.root / NAME), now(repo, 'id = "demo"', 'id = "asked"').value
    demo = past.revisions[0]
    way = by_side(past.bring(Look(demo), ("scoring.rules.demo.points",), part))[Side.BEFORE]
    assert way.lines == ("Asks for a demo: 30 → 40 points",)
    assert way.change is not None
    assert [one.key for one in diff(part, apply(part, way.change)[0])] == ["scoring.rules.asked.points"]


def test_what_cannot_come_back_says_why(repo: Repository) -> None:
    rule = AGREEMENT[AGREEMENT.index('[[scoring.rules]]\nid = "demo"') :].replace("40", "30")
    past, part = Past(repo.root / NAME), now(repo, rule, "").value
    demo, phone = past.revisions[:2]
    alone = by_side(past.bring(Look(demo), ("scoring.rules.demo.points",), part))
    assert "an entry that is gone; restore that entry first" in alone[Side.BEFORE].trouble
    (whole,) = past.bring(Look(phone), (), part)
    assert whole.trouble.startswith("line 1: ")
    assert whole.change is None
    (rule_back,) = past.bring(Look(), ("scoring.rules.demo",), part)
    assert rule_back.lines == ("New rule: Asks for a demo, 30 points, when demo_request",)


def test_words_are_found_in_what_was_said_and_in_what_was_changed(repo: Repository) -> None:
    past = Past(repo.root / NAME)
    found = {
        words: [one.subject for one, holds in past.found(words) if holds] for words in ("MQL 55", "tomás", "Phone")
    }
    assert found == {"MQL 55": ["Fewer leads"], "tomás": ["Fewer leads"], "Phone": ["From the phone"]}


def test_a_file_that_git_does_not_have_yet_says_so_and_can_become_its_first_revision(repo: Repository) -> None:
    file = repo.write("new/agreement.toml", AGREEMENT)
    part = Document.load(file, type(now(repo).value)).value
    past = Past(file)
    assert (past.revisions, past.is_waiting(part), past.see(Look(), part).said) == ((), True, NEVER)
    held = proposal(file, part, part)
    assert (held.message, held.pending.new) == ("First version", ("new/agreement.toml",))
    file.write_text("[agreement", "utf-8")
    commit([file], "broken")
    file.write_text(AGREEMENT, "utf-8")
    past = Past(file)
    assert past.see(Look(), part).said == UNREADABLE
    assert past.bring(Look(), ("agreement.title",), part)[0].trouble == UNREADABLE


def test_a_message_is_proposed_for_what_changed_and_for_what_no_answer_says(repo: Repository) -> None:
    file, part = repo.root / NAME, now(repo).value
    with pytest.raises(UserError, match="nothing changed"):
        proposal(file, part, part)
    now(repo, 'id = "mql"', 'id = "mql" # ours')
    assert proposal(file, part, part).message == NO_ANSWER
    part = now(repo, "at = 55", "at = 60").value
    assert proposal(file, part, part).message == "MQL: from points 55 → 60"
