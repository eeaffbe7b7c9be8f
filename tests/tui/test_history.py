"""The history on the screen: read, compared, brought back from, found in, and one more revision made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

from sla_tui.agreement.paths import Batch, Put
from sla_tui.agreement.telling import Told
from sla_tui.record.committing import Pending
from sla_tui.record.git import Revision, Version
from sla_tui.tui.history import lines
from sla_tui.tui.history.bringing import possible, side_words, told, why_not
from sla_tui.tui.history.commit import Commit, goes, named
from sla_tui.tui.history.screen import History
from sla_tui.workshop.deciding import Proposal
from sla_tui.workshop.past import NEVER, Bringing, Look, Seen, Side
from tests.checkout import Repository, repository
from tests.tui.conftest import SMALL, Open, Room, drafting, shown, typed

NAME = "acme/agreement.toml"
WITHIN = "commitments.follow-up.within"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Four revisions of the small agreement, one of them broken, and an edit that is not committed."""
    made = repository(monkeypatch, tmp_path)
    made.write(NAME, SMALL)
    made.commit("First draft")
    made.write(NAME, SMALL.replace("2 weeks", "1 week"))
    made.commit("Sooner", "Tomás Reyes")
    made.write(NAME, "[agreement")
    made.commit("[bold]From the phone")
    made.write(NAME, SMALL.replace("2 weeks", "1 week").replace("Win more of", "Make more of"))
    made.commit("Words")
    made.write(NAME, (made.root / NAME).read_text("utf-8").replace("1 week", "3 days"))
    return made


def history(pilot: Room) -> History:
    screen = pilot.app.screen
    assert isinstance(screen, History)
    return screen


async def pressed(pilot: Room, *keys: str) -> str:
    """The screen once the keys are dealt with."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        # Reading is given up for another as one moves on, so workers are not waited for one by one.
        while any(not one.is_finished for one in pilot.app.workers):
            await pilot.pause(0.01)
        await pilot.pause()
    return shown(pilot)


async def test_the_history_is_read_compared_and_an_answer_brought_back_with_undo(
    opened: Open, repo: Repository
) -> None:
    async with opened(repo.root / "acme") as pilot:
        words = await pressed(pilot, "H")
        assert ["Not committed yet" in words, "4 revisions" in words] == [True, True]
        assert "Follow up: within 1 week → 3 days" in words
        assert "Purpose: “" in await pressed(pilot, "down")
        words = await pressed(pilot, "down")
        assert "[bold]From the phone" in words
        assert "Cannot be read: line 1:" in words
        assert "git show" in words
        assert "Follow up: within 2 → 1 week" in await pressed(pilot, "down")
        assert "First version." in await pressed(pilot, "down")
        words = await pressed(pilot, "m", "home")
        assert "to now" in words
        assert "Follow up: within 2 weeks → 3 days" in words
        assert "First version." in await pressed(pilot, "escape", "end")
        words = await pressed(pilot, "up", "enter", "r")
        assert "As before this revision" in words
        assert "Follow up: within 3 days → 2 weeks" in words
        assert "within 2 weeks" not in await pressed(pilot, "n")
        assert drafting_below(pilot) == "3 days"
        assert "Brought back: Follow up: within 3 days → 2 weeks. u takes it back." in await pressed(pilot, "r", "b")
        assert drafting_below(pilot) == "2 weeks"
        await pressed(pilot, "u")
        assert drafting_below(pilot) == "3 days"
        await pressed(pilot, "U", "q")
        assert drafting(pilot).form.key == WITHIN
    assert 'within = "2 weeks"' in (repo.root / NAME).read_text("utf-8")


def drafting_below(pilot: Room) -> str:
    """What the Draft says of the time limit."""
    return history(pilot).draft.at(WITHIN).text


async def test_a_whole_version_comes_back_and_revisions_are_found_by_what_they_changed(
    opened: Open, repo: Repository
) -> None:
    async with opened(repo.root / "acme", (120, 40)) as pilot:
        await pressed(pilot, "H", "slash")
        await typed(pilot, "within week")
        words = await pressed(pilot, "enter")
        assert "1 of 4 revisions with “within week”" in words
        assert "Sooner" in words
        assert "Words" not in words
        assert "Words" in await pressed(pilot, "escape")
        screen = history(pilot)
        assert screen.here is not None
        assert screen.here.revision is not None
        assert screen.here.revision.subject == "Sooner"
        words = await pressed(pilot, "end", "r")
        assert "The whole version" in words
        await pressed(pilot, "t")
        assert (drafting_below(pilot), screen.draft.at("objective.purpose").value) == (
            "2 weeks",
            "Win more of what we find.",
        )
        assert "it says so now" in await pressed(pilot, "r")
        await pressed(pilot, "u")
        assert (drafting_below(pilot), screen.draft.can_undo) == ("3 days", False)


async def test_a_decision_is_committed_with_a_message_that_can_be_edited(opened: Open, repo: Repository) -> None:
    repo.write("other.txt", "x")
    repo.git("add", "other.txt")
    hook = repo.write(".git/hooks/pre-commit", "#!/bin/sh\necho 'ask sales first' >&2\nexit 1\n")
    hook.chmod(0o755)
    async with opened(repo.root / "acme") as pilot:
        words = await pressed(pilot, "H", "c")
        assert "Follow up: within 1 week → 3 days" in words
        assert "Goes in:  acme/agreement.toml, on branch main" in words
        assert "Stays as it is:  staged other.txt" in words
        assert "git refused the revision: ask sales first" in await pressed(pilot, "enter")
        hook.unlink()
        await pressed(pilot, "e")
        await typed(pilot, " agreed\n\nby all")
        words = await pressed(pilot, "f2")
        assert "Committed as" in words
        assert "5 revisions" in words
        assert "As it is now: nothing since the last revision" in words
        assert history(pilot).check_action("commit", ()) is None
        words = await pressed(pilot, "q", "C")
        assert "nothing changed since the last revision" in words
    assert repo.git("log", "-1", "--format=%B").strip() == "Follow up: within 1 week → 3 days agreed\n\nby all"
    assert repo.git("status", "--porcelain").strip() == "A  other.txt"


async def test_what_is_not_on_disk_yet_is_told_and_saved_before_it_is_committed(opened: Open, repo: Repository) -> None:
    repo.git("checkout", "--quiet", "--detach")
    async with opened(repo.root / "acme") as pilot:
        drafting(pilot).draft.change(Put("agreement.organization", "Contoso"))
        words = await pressed(pilot, "C")
        dialog = pilot.app.screen
        assert isinstance(dialog, Commit)
        assert "Organization: “Northwind Traders” → “Contoso”" in dialog.query_one(TextArea).text
        assert "git is on no branch" in words
        (repo.root / ".git/MERGE_HEAD").write_text(repo.git("rev-parse", "HEAD"))
        assert "a merge is under way in this checkout" in await pressed(pilot, "enter")
        (repo.root / ".git/MERGE_HEAD").unlink()
        assert "Committed as" in await pressed(pilot, "enter")
    assert "Contoso" in repo.git("show", f"HEAD:{NAME}")


async def test_without_git_or_a_first_revision_it_says_so_and_what_to_do(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = repository(monkeypatch, tmp_path)
    made.write(NAME, SMALL)
    async with opened(made.root / "acme") as pilot:
        words = await pressed(pilot, "H")
        assert ["Not committed yet" in words, "no revisions" in words] == [True, True]
        assert "Press c to make its first one" in words
        made.write(".gitignore", "acme/\n")
        assert "Git ignores this file." in await pressed(pilot, "R")
        (made.root / ".gitignore").unlink()
        assert "1 revision" in await pressed(pilot, "R", "c", "enter")
        (made.root / ".git").rename(tmp_path / "gone")
        words = await pressed(pilot, "R")
        assert "This lies in no git checkout" in words
        assert "Everything else works without" in words
        assert history(pilot).check_action("bring", ()) is None
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "Git is not installed" in await pressed(pilot, "R")
        await pressed(pilot, "escape")
        assert drafting(pilot).draft.value


# What the lines say

NOW = datetime(2027, 3, 2, 14, 5, tzinfo=UTC)


def revision(author: str = "Ana Ruiz", days: int = 0) -> Revision:
    return Revision(Version("0123456789abcdef", NAME), NOW - timedelta(days=days), author, "Fewer, better leads")


def test_a_revision_is_one_line_and_its_first_column_says_whether_it_is_marked() -> None:
    assert lines.row(revision(), NOW, 8, False).plain == "  today 14:05  Ana Ruiz  Fewer, better leads"
    assert lines.row(revision("Jean-Baptiste", 400), NOW, 8, True).plain.startswith("◆ 26 Jan 2026  Jean-Ba…  ")
    assert lines.author_room([revision("x" * 40)]) == lines.AUTHOR
    assert lines.about(Look(revision()), NOW, False).plain.startswith("2027-03-02 14:05 · Ana Ruiz · 012345678\n")
    assert lines.about(Look(None, revision(days=1)), NOW, True).plain == "From yesterday (012345678) to now"


def test_changes_stand_under_their_sections_and_very_many_are_counted() -> None:
    told_ = Told(
        "scoring", "Scoring", tuple("abc def " * 9 for _ in range(500)), tuple((str(at),) for at in range(500))
    )
    found = list(lines.changes(Seen((told_,)), Look(), 40))
    assert [one.keys for one in found[:2]] == [("scoring",), ("0",)]
    assert all(len(line) <= 40 for one in found[:-1] for line in one.words.plain.splitlines())
    assert (len(found), found[-1].keys) == (lines.MOST + 2, ())
    assert "300 more" in found[-1].words.plain
    assert [one.keys for one in lines.changes(Seen(said=NEVER), Look(), 40)] == [(), ()]


def test_ways_that_would_change_nothing_are_said_and_not_offered() -> None:
    told_ = (Told("handoff", "Handoff", ("now part of this version", "b: c", "d: e", "f: g", "h: i")),)
    ways = (
        Bringing(Side.BEFORE, Batch(()), told_),
        Bringing(Side.THIS, Batch(())),
        Bringing(Side.LAST, trouble="it is gone"),
    )
    look = Look(revision())
    assert possible(ways) == ways[:1]
    assert told(ways[0]) == ("Handoff: now part of this version", "b: c", "d: e", "… and 2 more")
    assert why_not(ways, look, NOW) == ("As in this revision: it says so now.", "As in the last revision: it is gone.")
    assert side_words(Side.SINCE, Look(None, revision(days=1)), NOW) == "As on yesterday (012345678)"


def test_a_commit_says_what_goes_in_and_what_stays() -> None:
    held = Proposal("", Pending("", ("a.toml",), ("a.toml",), tuple(f"{at}.txt" for at in range(6))))
    words = goes(held).plain
    assert "Goes in:  a.toml (new to git)\n" in words
    assert "staged 0.txt, 1.txt, 2.txt, 3.txt and 2 more" in words
    assert "detached HEAD" in words
    assert named(("x\x1b[2J",)) == "x[2J"
