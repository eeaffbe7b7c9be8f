"""The history that git keeps of a file, and one more revision of it: with real checkouts, and without one."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from sla_tui.agreement.errors import UserError
from sla_tui.record.committing import commit, is_dirty, pending
from sla_tui.record.git import Checkout, NoHistory, UnknownRevision, Version, run
from tests.checkout import Repository, repository, settings


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return repository(monkeypatch, tmp_path)


def subjects(repo: Repository, name: str) -> list[str]:
    return [one.subject for one in Checkout(repo.root).revisions(name)]


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


# Finding it


def test_the_checkout_around_a_path_is_found_whether_or_not_the_file_is_there(repo: Repository) -> None:
    file = repo.write("a/b/agreement.toml", "")
    assert Checkout.around(file).root == repo.root
    assert Checkout.around(repo.root / "gone" / "agreement.toml").root == repo.root
    assert Checkout.around(file).name(file) == "a/b/agreement.toml"
    (repo.root / "link").symlink_to(file.parent)
    assert Checkout.around(repo.root / "link").name(repo.root / "link" / "agreement.toml") == "a/b/agreement.toml"


def test_what_a_hook_points_git_at_is_not_followed(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert Checkout.around(repo.root).root == repo.root


def test_outside_of_a_checkout_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(monkeypatch, tmp_path)
    with pytest.raises(NoHistory, match="no git checkout") as caught:
        Checkout.around(tmp_path)
    assert "git init" in caught.value.remedy


def test_without_git_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoHistory, match="git is not installed"):
        Checkout.around(tmp_path)


def test_a_checkout_of_somebody_else_is_trusted_first(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(NoHistory, match="does not trust") as caught:
        Checkout.around(repo.root)
    assert "safe.directory" in caught.value.remedy


def test_a_file_outside_is_refused(repo: Repository, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="outside"):
        Checkout(repo.root).name(tmp_path / "elsewhere.toml")


def test_a_git_that_hangs_is_ended_with_all_it_started(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    script(tmp_path / "bin" / "git", f"sleep 60 & echo $! > {pid}; wait")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(UserError, match="longer than 1 seconds"):
        run("status", folder=repo.root, patience=1)
    for _ in range(50):
        if not _alive(int(pid.read_text())):
            break
        time.sleep(0.1)
    assert not _alive(int(pid.read_text()))


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


# Its revisions


def test_the_revisions_that_changed_a_file_are_listed_the_last_first(repo: Repository) -> None:
    repo.write("a/agreement.toml", "1")
    first = repo.commit("Erster Entwurf – ü")
    repo.write("other", "x")
    repo.commit("not ours")
    repo.write("a/agreement.toml", "2")
    last = repo.commit("second", "Tomás Reyes")
    two, one = Checkout(repo.root).revisions("a/agreement.toml")
    assert (two.hash, two.author, two.subject) == (last, "Tomás Reyes", "second")
    assert (one.hash, one.subject, one.before) == (first, "Erster Entwurf – ü", ())
    assert two.before == (one.version,)
    assert (two.when - one.when).days == 2
    assert last.startswith(two.short)


def test_a_new_checkout_and_a_file_that_git_does_not_have_have_none(repo: Repository) -> None:
    assert Checkout(repo.root).revisions("agreement.toml") == ()
    repo.write("x", "x")
    repo.commit("x")
    assert Checkout(repo.root).revisions("agreement.toml") == ()


def test_a_file_is_followed_through_its_names(repo: Repository) -> None:
    text = "\n".join(f"line {n}" for n in range(50))
    repo.write("old/agreement.toml", text)
    repo.commit("born")
    repo.git("mv", "old", "middle")
    repo.commit("moved")
    repo.write("middle/agreement.toml", f"{text}\nmore")
    repo.commit("edited")
    repo.git("mv", "middle", "new folder")
    repo.write("new folder/agreement.toml", f"{text}\nmore still")
    repo.commit("moved and edited")
    found = Checkout(repo.root).revisions("new folder/agreement.toml")
    assert [one.subject for one in found] == ["moved and edited", "edited", "moved", "born"]
    assert [one.version.path for one in found] == [
        "new folder/agreement.toml",
        "middle/agreement.toml",
        "middle/agreement.toml",
        "old/agreement.toml",
    ]
    assert [one.before for one in found[:-1]] == [(one.version,) for one in found[1:]]
    assert Checkout(repo.root).read([one.version for one in found])[-1] == text.encode()


def test_a_copy_begins_a_history_of_its_own(repo: Repository) -> None:
    text = "\n".join(f"line {n}" for n in range(50))
    repo.write("one/agreement.toml", text)
    repo.commit("one")
    repo.write("two/agreement.toml", text)
    repo.commit("two")
    assert subjects(repo, "two/agreement.toml") == ["two"]


def test_a_deleted_file_still_has_its_revisions(repo: Repository) -> None:
    repo.write("agreement.toml", "1")
    repo.commit("born")
    (repo.root / "agreement.toml").unlink()
    repo.commit("gone")
    assert subjects(repo, "agreement.toml") == ["gone", "born"]


def test_joined_branches_are_listed_each_with_what_it_came_from(repo: Repository) -> None:
    repo.write("agreement.toml", "1\n2\n3\n4\n5\n")
    base = repo.commit("base")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("agreement.toml", "one\n2\n3\n4\n5\n")
    side = repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    repo.write("agreement.toml", "1\n2\n3\n4\nfive\n")
    main = repo.commit("main")
    joined = repo.record("merge", "--quiet", "side", "-m", "joined")
    found = {one.hash: one for one in Checkout(repo.root).revisions("agreement.toml")}
    assert [one.revision for one in found[joined].before] == [main, side]
    assert [one.revision for one in found[main].before] == [one.revision for one in found[side].before] == [base]


def test_a_join_of_which_one_side_left_the_file_alone_is_no_revision_of_it(repo: Repository) -> None:
    repo.write("agreement.toml", "1")
    repo.commit("base")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("agreement.toml", "2")
    repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    repo.write("other", "x")
    repo.commit("other")
    repo.record("merge", "--quiet", "side", "-m", "joined")
    assert subjects(repo, "agreement.toml") == ["side", "base"]


def test_settings_and_odd_names_do_not_change_what_is_read(repo: Repository) -> None:
    for key, value in (
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("log.follow", "true"),
    ):
        repo.git("config", key, value)
    name = "Größe *[1] :(x)/agré 'e'.toml"
    repo.write(name, "1")
    repo.commit("odd")
    repo.write("Größe x1 :(x)/agré 'e'.toml", "2")
    repo.commit("like it")
    (one,) = Checkout(repo.root).revisions(name)
    assert one.subject == "odd"
    assert Checkout(repo.root).held(one.version) == b"1"


def test_control_characters_in_what_people_said_are_stripped(repo: Repository) -> None:
    repo.write("agreement.toml", "1")
    repo.commit("red \x1b[31m alert\x07", "Eve \x1b]0;x")
    (one,) = Checkout(repo.root).revisions("agreement.toml")
    assert (one.subject, one.author) == ("red [31m alert", "Eve ]0;x")


def test_a_shallow_checkout_says_that_it_is_one(repo: Repository, tmp_path: Path) -> None:
    for n in range(3):
        repo.write("agreement.toml", str(n))
        repo.commit(str(n))
    repo.git("clone", "--quiet", "--depth=2", f"file://{repo.root}", str(tmp_path / "shallow"))
    shallow = Checkout(tmp_path / "shallow")
    assert (shallow.shallow, Checkout(repo.root).shallow) == (True, False)
    assert [one.subject for one in shallow.revisions("agreement.toml")] == ["2", "1"]


# What they held


def test_many_versions_are_read_at_once(repo: Repository) -> None:
    texts = [b"", b"a\n", b"no line end", b"\x00\xff\n\n", b"blob 5\nmissing\n"]
    versions: list[Version] = []
    for text in texts:
        (repo.root / "f").write_bytes(text)
        versions.append(Version(repo.commit("x"), "f"))
    repo.write("folder/x", "")
    versions += [Version(repo.commit("y"), "folder"), Version(versions[0].revision, "nothing here")]
    assert Checkout(repo.root).read(versions) == [*texts, None, None]
    assert Checkout(repo.root).read([]) == []
    with pytest.raises(UnknownRevision, match="nothing here is not in revision"):
        Checkout(repo.root).held(versions[-1])


def test_the_files_of_a_folder_are_listed_as_a_revision_has_them(repo: Repository) -> None:
    repo.write("a/quotas/q1.toml", "")
    repo.write("a/quotas/deep/q2.toml", "")
    hash_ = repo.commit("x")
    (repo.root / "a/quotas/q1.toml").unlink()
    assert "a/quotas/q1.toml" in Checkout(repo.root).files(hash_, "a/quotas")
    assert "a/quotas/deep/q2.toml" not in Checkout(repo.root).files(hash_, "a/quotas")
    assert Checkout(repo.root).files(hash_, "elsewhere") == ()


@pytest.mark.parametrize("name", ["HEAD", "main", "v1.0", "HEAD~0", "{hash}", "{hash:.7}", "@"])
def test_a_revision_goes_by_any_name_that_git_knows(repo: Repository, name: str) -> None:
    repo.write("x", "x")
    hash_ = repo.commit("x")
    repo.git("tag", "-a", "v1.0", "-m", "one")
    assert Checkout(repo.root).resolve(name.format(hash=hash_)) == hash_


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("mian", "did you mean 'main'?"), ("v1", "'v1.0'"), ("--all", "known"), ("", "known"), ("x\ny", "known")],
)
def test_an_unknown_revision_is_told_the_nearest(repo: Repository, name: str, remedy: str) -> None:
    repo.write("x", "x")
    repo.commit("x")
    repo.git("tag", "v1.0")
    with pytest.raises(UnknownRevision, match="git knows no revision") as caught:
        Checkout(repo.root).resolve(name)
    assert remedy in caught.value.remedy


# One more


def test_a_commit_takes_the_named_files_and_leaves_what_is_staged(repo: Repository) -> None:
    agreement, other = repo.write("agreement.toml", "1\n"), repo.write("other", "1\n2\n3\n")
    repo.commit("base")
    repo.write("staged", "new")
    other.write_text("one\n2\n3\n")
    repo.git("add", "staged", "other")
    other.write_text("one\n2\nthree\n")
    agreement.write_text("2\n")
    before = repo.git("diff", "--cached", "--", "other", "staged"), repo.git("diff", "--", "other")
    checkout = Checkout(repo.root)
    held = pending(checkout, [agreement])
    assert (held.branch, held.changed, held.new, held.others) == ("main", ("agreement.toml",), (), ("other", "staged"))
    hash_ = commit(checkout, [agreement], "MQL: from points 50 → 55\n\n# not a comment\n")
    said = "MQL: from points 50 → 55\n\n# not a comment\n"
    assert repo.git("show", "--name-only", "--format=%B", hash_) == f"{said}\n\nagreement.toml\n"
    assert (repo.git("diff", "--cached", "--", "other", "staged"), repo.git("diff", "--", "other")) == before
    assert not is_dirty(checkout, agreement)


def test_a_file_staged_in_part_is_committed_as_it_lies_on_disk(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n2\n3\n")
    repo.commit("base")
    agreement.write_text("one\n2\n3\n")
    repo.git("add", "agreement.toml")
    agreement.write_text("one\n2\nthree\n")
    hash_ = commit(Checkout(repo.root), [agreement], "both")
    assert repo.git("show", f"{hash_}:agreement.toml") == "one\n2\nthree\n"
    assert repo.git("status", "--porcelain") == ""


def test_new_and_deleted_files_and_the_first_commit_of_all(repo: Repository) -> None:
    agreement, quota = repo.write("a/agreement.toml", "1\n"), repo.write("a/quotas/q1.toml", "1\n")
    repo.write("mine", "x")
    checkout = Checkout(repo.root)
    assert pending(checkout, [agreement, quota]).new == ("a/agreement.toml", "a/quotas/q1.toml")
    commit(checkout, [agreement, quota], "born")
    quota.unlink()
    commit(checkout, [agreement, quota], "without")
    assert repo.git("ls-tree", "-r", "--name-only", "HEAD").split() == ["a/agreement.toml"]
    assert repo.git("status", "--porcelain") == "?? mine\n"


def test_nothing_is_committed_where_nothing_changed(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    repo.commit("base")
    with pytest.raises(UserError, match="nothing changed"):
        commit(Checkout(repo.root), [agreement], "again")
    agreement.write_text("2\n")
    with pytest.raises(UserError, match="message"):
        commit(Checkout(repo.root), [agreement], " \n ")


def test_a_hook_that_refuses_leaves_all_as_it_was(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    script(repo.root / ".git" / "hooks" / "pre-commit", "echo 'no commits on Fridays' >&2; exit 1")
    before = repo.git("status", "--porcelain")
    with pytest.raises(UserError, match="no commits on Fridays") as caught:
        commit(Checkout(repo.root), [agreement], "born")
    assert "nothing was committed" in caught.value.remedy
    assert repo.git("status", "--porcelain") == before


def test_a_hook_runs_without_the_literal_names_and_the_message_as_it_is(repo: Repository) -> None:
    script(repo.root / ".git" / "hooks" / "commit-msg", 'grep -q "→" "$1" && env | grep -c GIT_LITERAL > seen')
    agreement = repo.write("agreement.toml", "1\n")
    repo.git("config", "commit.cleanup", "scissors")
    with pytest.raises(UserError):
        commit(Checkout(repo.root), [agreement], "1 → 2")
    assert (repo.root / "seen").read_text() == "0\n"


def test_without_a_name_for_the_author_it_is_said_what_to_set(repo: Repository, tmp_path: Path) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    (tmp_path / "gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    with pytest.raises(UserError, match="does not know who you are") as caught:
        commit(Checkout(repo.root), [agreement], "born")
    assert "user.name" in caught.value.remedy


def test_a_merge_under_way_is_finished_first(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    repo.write("other", "1\n")
    repo.commit("base")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("other", "2\n")
    repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    repo.write("other", "3\n")
    repo.commit("main")
    repo.git("merge", "side", check=False)
    agreement.write_text("2\n")
    with pytest.raises(UserError, match="a merge is under way"):
        commit(Checkout(repo.root), [agreement], "no")
    with pytest.raises(UserError, match="not settled"):
        pending(Checkout(repo.root), [repo.root / "other"])


def test_ignored_files_and_a_detached_head_are_told(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    hash_ = repo.commit("base")
    repo.write(".gitignore", "leads.toml\n")
    leads = repo.write("leads.toml", "")
    with pytest.raises(UserError, match="git ignores"):
        pending(Checkout(repo.root), [leads])
    repo.git("checkout", "--quiet", "--detach", hash_)
    assert pending(Checkout(repo.root), [agreement]).branch == ""


def test_another_git_at_work_is_waited_for(repo: Repository) -> None:
    agreement = repo.write("agreement.toml", "1\n")
    repo.commit("base")
    agreement.write_text("2\n")
    (repo.root / ".git" / "index.lock").touch()
    with pytest.raises(UserError, match="another git is at work"):
        commit(Checkout(repo.root), [agreement], "no")
