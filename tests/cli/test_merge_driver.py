"""Agreements in real checkouts: setting them up, merging, rebasing, and what happens when something is missing."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.record.markers import unsettled
from sla_tui.workshop import mergefiles
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

TEXT = """\
[agreement]
title = "SLA"          # ours

[scoring]

# the opens
[[scoring.rules]]
id = "open"
label = "Opens an email"
points = 2
cap = 20

[[scoring.stages]]
id = "mql"
name = "Qualified"
at = 50
"""
NAME = "agreements/our own/agreement.toml"


class Repo:
    """A checkout with one agreement on the branch ``main``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / NAME
        self.file.parent.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.commit(TEXT)

    def git(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, text: str, file: Path | None = None) -> None:
        (file or self.file).write_text(text, "utf-8", newline="")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "said")

    def branch(self, name: str, *pairs: tuple[str, str], start: str = "main") -> None:
        self.git("checkout", "-q", "-b", name, start)
        text = self.text
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        self.commit(text)

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode()

    @property
    def config(self) -> bytes:
        return (self.root / ".git" / "config").read_bytes()

    def with_program(self, program: str) -> None:
        """As if another file were where sla-tui was when git-setup was run."""
        driver = self.git("config", "merge.sla-tui.driver").strip()
        before = driver.partition("if ")[2].partition(" --version")[0]
        self.git("config", "merge.sla-tui.driver", driver.replace(before, program))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in (("GLOBAL", os.devnull), ("NOSYSTEM", "1")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Sam Osei")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "sam@northwind.example")
    root = tmp_path / "a checkout"
    root.mkdir()
    return Repo(root)


@pytest.fixture
def ready(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A checkout where git-setup was run and its .gitattributes committed."""
    monkeypatch.chdir(repo.root)
    assert run("git-setup", "--yes").code == 0
    repo.commit(repo.text)
    return repo


# Setting up


def test_setup_shows_asks_writes_once_and_takes_exactly_that_out_again(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    attributes = repo.root / ".gitattributes"
    attributes.write_bytes(b"*.png binary\n")
    before = repo.config
    monkeypatch.chdir(repo.file.parent)
    monkeypatch.setattr(click, "confirm", lambda question: False)
    refused = run("git-setup")
    assert refused.code == 2
    assert "nothing was written" in refused.err
    assert "+ agreement.toml merge=sla-tui diff=sla-tui" in refused.out
    assert "merge-driver %O %A %B %L %P" in refused.out
    assert (attributes.read_bytes(), repo.config) == (b"*.png binary\n", before)
    monkeypatch.setattr(click, "confirm", lambda question: True)
    assert run("git-setup").code == 0
    lines = attributes.read_text().splitlines()
    assert lines[0] == "*.png binary"
    assert {"agreement.toml", "leads.toml", "**/quotas/*.toml", "**/sittings/*.toml"} == {
        line.removesuffix(" merge=sla-tui diff=sla-tui") for line in lines[2:]
    }
    written = attributes.read_bytes(), repo.config
    assert run("git-setup", "--yes").out == "all is set up already\n"
    assert (attributes.read_bytes(), repo.config) == written
    removed = run("git-setup", "--remove", "--yes")
    assert "- agreement.toml merge=sla-tui diff=sla-tui" in removed.out
    assert (attributes.read_bytes(), repo.config) == (b"*.png binary\n", before)
    assert run("git-setup", "--remove").out == "nothing is set up here\n"


def test_attributes_that_were_not_there_go_again(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    run("git-setup", "--yes")
    assert (repo.root / ".gitattributes").exists()
    run("git-setup", "--remove", "--yes")
    assert not (repo.root / ".gitattributes").exists()


def test_attributes_keep_their_line_ends(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.root / ".gitattributes").write_bytes(b"*.png binary\r\n*.csv text")
    monkeypatch.chdir(repo.root)
    run("git-setup", "--yes")
    assert b"*.csv text\r\n# Merged" in (repo.root / ".gitattributes").read_bytes()
    run("git-setup", "--remove", "--yes")
    assert (repo.root / ".gitattributes").read_bytes() == b"*.png binary\r\n*.csv text\r\n"


def test_setup_without_an_answer_writes_nothing(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    before = repo.config
    done = run("git-setup")
    assert (done.code, repo.config) == (2, before)
    assert "--yes" in done.err


def test_setup_outside_of_a_checkout_or_without_git_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("git-setup", "--yes")
    assert done.code == 2
    assert "this folder is in no git checkout" in done.err
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("git-setup", "--yes")
    assert done.code == 2
    assert "git is not installed" in done.err


def test_a_diff_names_the_table(ready: Repo) -> None:
    ready.branch("a", ("cap = 20", "cap = 30"))
    assert "@@ [[scoring.rules]]\n" in ready.git("diff", "-U1", "main", "a")


# Merging


def test_what_git_cannot_merge_is_merged_answer_by_answer(ready: Repo) -> None:
    ready.branch("ours", ("points = 2", "points = 3  # agreed"))
    ready.branch("theirs", ("cap = 20", "cap = 30"), ('label = "Opens an email"', '# why\nlabel = "Opens a mail"'))
    ready.git("merge", "-q", "--no-edit", "ours")
    assert '# why\nlabel = "Opens a mail"\npoints = 3  # agreed\ncap = 30\n' in ready.text
    assert ready.git("status", "--porcelain") == ""


def test_a_conflict_is_marked_said_and_settled_by_hand(ready: Repo, run: Run) -> None:
    ready.branch("theirs", ("at = 50", "at = 60"), ("cap = 20", "cap = 30"))
    ready.branch("ours", ("at = 50", "at = 55"), ("points = 2", "points = 3"))
    said = ready.git("merge", "--no-edit", "theirs", code=1)
    assert f'sla-tui: {NAME}: scoring.stages.mql.at: ours says "55", theirs says "60"; before it was "50"' in said
    assert "points = 3\ncap = 30\n" in ready.text
    (one,) = unsettled(ready.text)
    assert (one.ours, one.base, one.theirs) == ("at = 55\n", "at = 50\n", "at = 60\n")
    checked = run("check", NAME)
    assert checked.code == 2
    assert "a merge is not settled here" in checked.out
    ready.commit(ready.text[: one.start] + "at = 58\n" + ready.text[one.end :])
    assert Document[Agreement].load(ready.file, Agreement).value.scoring is not None


def test_a_rebase_brings_each_change_onto_the_other_branch(ready: Repo) -> None:
    ready.branch("theirs", ("points = 2", "points = 3"), ("at = 50", "at = 60"))
    ready.branch("ours", ("cap = 20", "cap = 30"))
    ready.commit(ready.text.replace('"Qualified"', '"Marketing qualified"'))
    ready.git("rebase", "-q", "theirs")
    assert "points = 3\ncap = 30\n" in ready.text
    assert 'name = "Marketing qualified"\nat = 60\n' in ready.text
    ready.branch("late", ("at = 50", "at = 70"))
    assert "ours says" in ready.git("rebase", "theirs", code=1)
    assert len(unsettled(ready.text)) == 1
    ready.git("rebase", "--abort")


def test_branches_joined_crosswise_are_merged_from_what_stood_before_their_conflict(ready: Repo) -> None:
    ready.branch("a", ("at = 50", "at = 51"))
    ready.branch("b", ("at = 50", "at = 52"))
    ready.git("checkout", "-q", "-b", "one", "a")
    ready.git("merge", "--no-edit", "b", code=1)
    ready.commit(TEXT.replace("at = 50", "at = 70"))
    ready.git("checkout", "-q", "-b", "two", "b")
    ready.git("merge", "--no-edit", "a", code=1)
    ready.commit(TEXT.replace("at = 50", "at = 70").replace("cap = 20", "cap = 30"))
    ready.git("merge", "-q", "--no-edit", "one")
    assert ready.text == TEXT.replace("at = 50", "at = 70").replace("cap = 20", "cap = 30")


def test_a_file_that_both_branches_began_is_merged_too(ready: Repo) -> None:
    quota = ready.file.parent / "quotas" / "2027-Q1.toml"
    quota.parent.mkdir()
    text = '[quota]\nfrom = 2027-01-01\ncounts = "mql"\n'
    ready.git("checkout", "-q", "-b", "ours")
    ready.commit(f"{text}\n[capacity]\nreps = 4\n", quota)
    ready.git("checkout", "-q", "-b", "theirs", "main")
    quota.parent.mkdir(exist_ok=True)
    ready.commit(f'{text}\n[funnel]\nwin_rate = "20 %"\n', quota)
    ready.git("merge", "-q", "--no-edit", "ours")
    assert "[capacity]\nreps = 4\n" in quota.read_text()
    assert "[funnel]\n" in quota.read_text()


def test_line_ends_of_windows_are_merged_and_kept(ready: Repo) -> None:
    ready.git("checkout", "-q", "main")
    ready.commit(TEXT.replace("\n", "\r\n"))
    ready.branch("ours", ("points = 2", "points = 3"))
    ready.branch("theirs", ("cap = 20", "cap = 30"))
    ready.git("merge", "-q", "--no-edit", "ours")
    assert ready.text == TEXT.replace("points = 2", "points = 3").replace("cap = 20", "cap = 30").replace("\n", "\r\n")


# When something is missing or wrong


@pytest.mark.parametrize("program", ["/nowhere/sla-tui", "false"], ids=["gone", "broken"])
def test_without_the_program_git_merges_lines_and_marks_conflicts(ready: Repo, program: str) -> None:
    ready.branch("ours", ("at = 50", "at = 55"), ('title = "SLA"', 'title = "Ours"'))
    ready.branch("theirs", ("at = 50", "at = 60"))
    ready.branch("other", ("points = 2", "points = 3"))
    ready.with_program(program)
    ready.git("merge", "-q", "--no-edit", "ours")
    assert 'title = "Ours"' in ready.text
    assert "points = 3" in ready.text
    said = ready.git("merge", "--no-edit", "theirs", code=1)
    assert "sla-tui cannot be run here: lines are merged as usual" in said
    (one,) = unsettled(ready.text)
    assert (one.ours, one.theirs) == ("at = 55\n", "at = 60\n")


def test_a_checkout_without_the_setup_merges_lines_as_ever(ready: Repo, run: Run) -> None:
    run("git-setup", "--remove", "--yes")
    ready.git("checkout", "-q", ".gitattributes")
    ready.branch("ours", ("at = 50", "at = 55"))
    ready.branch("theirs", ("at = 50", "at = 60"))
    assert "CONFLICT" in ready.git("merge", "--no-edit", "ours", code=1)
    assert len(unsettled(ready.text)) == 1


def test_a_version_that_cannot_be_read_is_merged_by_lines_and_looked_at(ready: Repo) -> None:
    ready.branch("ours", ("points = 2", "pionts = 3"))
    ready.branch("theirs", ("at = 50", "at = 60"))
    said = ready.git("merge", "--no-edit", "ours", code=1)
    assert f'{NAME} (theirs):10:1: unknown key "pionts"; did you mean "points"?; merged line by line' in said
    assert "pionts = 3" in ready.text
    assert "at = 60" in ready.text


@pytest.fixture
def three(tmp_path: Path) -> tuple[str, str, str]:
    paths = tuple(tmp_path / name for name in ("base", "ours", "theirs"))
    texts = TEXT, TEXT.replace("at = 50", "at = 55"), TEXT.replace("at = 50", "at = 60")
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    base, ours, theirs = map(str, paths)
    return base, ours, theirs


def test_a_bug_leaves_the_plain_merge_and_says_so(
    three: tuple[str, str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("with somebody's words in it")

    monkeypatch.setattr(mergefiles, "merge_texts", broken)
    done = run("merge-driver", *three, "7", "agreement.toml")
    assert done.code == 1
    assert "RuntimeError in sla-tui; merged line by line" in done.err
    assert "words in it" not in done.err
    (one,) = unsettled(Path(three[1]).read_text())
    assert (one.ours, one.theirs) == ("at = 55\n", "at = 60\n")


def test_bytes_that_are_no_text_are_merged_by_lines(three: tuple[str, str, str], run: Run) -> None:
    Path(three[2]).write_bytes(TEXT.encode().replace(b"SLA", b"\xff\xfe"))
    done = run("merge-driver", *three, "7", "agreement.toml")
    assert done.code == 1
    assert "(theirs):2:10" in done.err
    assert b'title = "\xff\xfe"' in Path(three[1]).read_bytes()
    assert b"at = 55" in Path(three[1]).read_bytes()


def test_without_git_too_our_version_stays(
    three: tuple[str, str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(three[2]).write_text("broken")
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("merge-driver", *three, "7", "agreement.toml")
    assert done.code == 1
    assert Path(three[1]).read_text() == TEXT.replace("at = 50", "at = 55")
    assert "git is not installed" in done.err


def test_a_result_that_cannot_be_written_leaves_our_version(
    three: tuple[str, str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mergefiles, "save", full)
    monkeypatch.setenv("PATH", "/nowhere")
    assert run("merge-driver", *three, "7", "agreement.toml").code == 1
    assert Path(three[1]).read_text() == TEXT.replace("at = 50", "at = 55")


def test_the_size_of_markers_is_gits(three: tuple[str, str, str], run: Run) -> None:
    assert run("merge-driver", *three, "12", "agreement.toml").code == 1
    assert f"\n{'<' * 12} ours\nat = 55\n" in Path(three[1]).read_text()


def test_a_merge_without_conflicts_ends_with_0_and_no_words(three: tuple[str, str, str], run: Run) -> None:
    Path(three[2]).write_text(TEXT.replace("cap = 20", "cap = 30"))
    done = run("merge-driver", *three, "7", "agreement.toml")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert Path(three[1]).read_text() == TEXT.replace("at = 50", "at = 55").replace("cap = 20", "cap = 30")
