"""diff and log: what changed, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checkout import Repository, repository
from tests.cli.conftest import Done, Run

AGREEMENT = """\
[agreement]
title = "SLA"

[[scoring.stages]]
id = "mql"
at = 50

[[commitments]]
id = "call"
party = "sales"
activity = "Follow up"
within = "24 business hours"
from = "received"
"""
QUOTA = '[quota]\nfrom = 2027-01-01\nto = 2027-03-31\ncounts = "mql"\n'


@pytest.fixture
def repo(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A checkout, in which commands run, with two revisions of an agreement and an edit that is not committed."""
    made = repository(monkeypatch, tmp_path)
    made.write("acme/agreement.toml", AGREEMENT)
    made.write("acme/quotas/2027-Q1.toml", QUOTA)
    made.commit("First draft")
    made.git("tag", "v1.0")
    made.write("acme/agreement.toml", AGREEMENT.replace("at = 50", "at = 55"))
    made.commit("Fewer, better leads", "Tomás Reyes")
    edited = AGREEMENT.replace("at = 50", "at = 55").replace("24 b", "4 b")
    made.write("acme/agreement.toml", edited)
    made.write("acme/quotas/2027-Q1.toml", QUOTA.replace("2027-03-31", "2027-03-30"))
    monkeypatch.chdir(made.root)
    return made


def test_a_lone_path_is_held_against_its_last_revision(run: Run, repo: Repository) -> None:
    done = run("diff", "acme")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "HEAD:acme → acme",
        "Commitments",
        "  Follow up: within 24 → 4 business hours",
        "Quota 2027-Q1",
        "  Quota",
        "    To: 2027-03-31 → 2027-03-30",
        "2 differences",
    ]


@pytest.mark.parametrize("arguments", [("v1.0:acme",), ("v1.0:acme", "acme"), ("v1.0", "acme"), ("HEAD~1:acme",)])
def test_a_revision_is_held_against_the_file_as_it_is(run: Run, repo: Repository, arguments: tuple[str, ...]) -> None:
    lines = run("diff", *arguments).out.splitlines()
    assert lines[1:5] == [
        "Scoring",
        "  MQL: from points 50 → 55",
        "Commitments",
        "  Follow up: within 24 → 4 business hours",
    ]


@pytest.mark.parametrize("new", ["HEAD", "HEAD:acme", "main"])
def test_two_revisions_are_held_against_each_other(run: Run, repo: Repository, new: str) -> None:
    done = run("diff", "v1.0:acme", new)
    assert done.out.splitlines()[1:] == ["Scoring", "  MQL: from points 50 → 55", "1 difference"]
    assert run("diff", "HEAD:acme", "main:acme").code == 0


def test_two_files_are_compared_without_git(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.toml").write_text(AGREEMENT)
    (tmp_path / "b.toml").write_text(AGREEMENT.replace("24 b", "4 b"))
    assert run("diff", "a.toml", "b.toml").code == 1
    assert run("diff", "a.toml", "a.toml") == Done(0, "a.toml → a.toml\nno differences\n", "")
    for arguments in (("log", "a.toml"), ("diff", "a.toml")):
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert "git is not installed, so there are no earlier versions" in done.err


def test_quotas_that_are_new_or_gone_are_named(run: Run, repo: Repository) -> None:
    (repo.root / "acme/quotas/2027-Q1.toml").rename(repo.root / "acme/quotas/2027-Q2.toml")
    lines = run("diff", "HEAD:acme").out.splitlines()
    assert lines[3:5] == ["Quota 2027-Q1 is gone", "Quota 2027-Q2 is new"]
    said = json.loads(run("diff", "HEAD:acme", "--format", "json").out)
    assert [(one["file"], one["kind"]) for one in said["files"]] == [
        ("agreement.toml", "changed"),
        ("quotas/2027-Q1.toml", "removed"),
        ("quotas/2027-Q2.toml", "added"),
    ]


def test_programs_get_the_differences_by_section(run: Run, repo: Repository) -> None:
    done = run("diff", "acme/agreement.toml", "--format", "json")
    assert done.code == 1
    assert json.loads(done.out) == {
        "old": {"path": "acme/agreement.toml", "revision": "HEAD"},
        "new": {"path": "acme/agreement.toml", "revision": None},
        "files": [
            {
                "file": "agreement.toml",
                "kind": "changed",
                "sections": [
                    {
                        "section": "commitments",
                        "title": "Commitments",
                        "differences": [
                            {
                                "key": "commitments.call.within",
                                "kind": "changed",
                                "old": "24 business hours",
                                "new": "4 business hours",
                                "words": "Follow up: within 24 → 4 business hours",
                            }
                        ],
                    }
                ],
            }
        ],
        "differences": 1,
    }


def test_the_log_lists_revisions_with_what_they_changed(run: Run, repo: Repository) -> None:
    hashes = repo.git("log", "--format=%H").split()
    done = run("log", "acme")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "not committed yet",
        "  Commitments",
        "    Follow up: within 24 → 4 business hours",
        f"{hashes[0][:9]}  2027-01-17  Tomás Reyes  Fewer, better leads",
        "  Scoring",
        "    MQL: from points 50 → 55",
        f"{hashes[1][:9]}  2027-01-16  Ana Ruiz  First draft",
        "  first version",
    ]
    assert run("log", "acme", "-n", "1").out.count("2027-01-1") == 1


def test_the_log_goes_on_past_what_cannot_be_read(run: Run, repo: Repository) -> None:
    repo.write("acme/agreement.toml", "[agreement]\ntitel = 1\n")
    repo.commit("broken")
    repo.write("acme/agreement.toml", "[agreement\n")
    lines = run("log", "acme").out.splitlines()
    assert lines[0] == "not committed yet"
    assert lines[1].startswith("  cannot be read: acme/agreement.toml:1:")
    assert lines[3].startswith("  cannot be read: line 2: unknown key")
    assert "    MQL: from points 50 → 55" in lines
    said = json.loads(run("log", "acme", "--format", "json").out)
    assert said["trouble"].startswith("acme/agreement.toml:1:")
    assert [bool(one["trouble"]) for one in said["revisions"]] == [True, False, False]


def test_the_log_says_what_a_revision_did_that_changed_no_answer(run: Run, repo: Repository) -> None:
    repo.git("checkout", "--quiet", ".")
    repo.write("acme/agreement.toml", "# ours\n" + AGREEMENT.replace("at = 50", "at = 55"))
    repo.commit("on top")
    repo.git("mv", "acme", "acme-2028")
    repo.commit("moved")
    lines = run("log", "acme-2028").out.splitlines()
    assert lines[1] == "  moved here from acme/agreement.toml"
    assert lines[3] == "  no answer changed: comments, order or spelling"


def test_programs_get_the_log(run: Run, repo: Repository) -> None:
    said = json.loads(run("log", "acme", "--format", "json").out)
    assert said["waiting"][0]["differences"][0]["words"] == "Follow up: within 24 → 4 business hours"
    second, first = said["revisions"]
    assert second["revision"] == repo.git("rev-parse", "HEAD").strip()
    assert second["before"] == [first["revision"]]
    assert (second["author"], second["date"], second["path"]) == (
        "Tomás Reyes",
        "2027-01-17T08:00:00+00:00",
        "acme/agreement.toml",
    )
    assert second["sections"][0]["differences"][0]["new"] == 55
    assert (first["sections"], said["cut"]) == (None, False)


def test_a_shallow_checkout_says_that_there_is_more(run: Run, repo: Repository, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    done = run("log", tmp_path / "shallow" / "acme")
    assert done.code == 0
    assert "git fetch --unshallow" in done.err


def test_a_file_that_git_does_not_have_is_no_error(run: Run, repo: Repository) -> None:
    repo.write("fresh/agreement.toml", AGREEMENT)
    done = run("log", "fresh")
    assert done.code == 0
    assert "git has no revision of fresh/agreement.toml yet" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diff", "v1:acme"), "git knows no revision 'v1'; did you mean 'v1.0'?"),
        (("diff", "HEAD:gone"), "gone/agreement.toml is not in revision"),
        (("diff", "HEAD~9:acme"), "git knows no revision 'HEAD~9'"),
        (("diff", "HEAD~1"), "HEAD~1: there is no such file or folder; a revision is written REVISION:PATH"),
        (("diff", ":acme"), "there is no revision before the colon"),
        (("diff", "nowhere/at/all", "acme"), "no such file, and no such revision"),
        (("diff", "gone.toml", "acme"), "gone.toml: "),
        (("diff", "acme/quotas/2027-Q1.toml", "acme"), "a quota and an agreement have no answers in common"),
        (("log", "gone"), "no such file, now or in the history"),
        (("log", ".."), "no git checkout"),
        (("log", "acme", "-n", "0"), "sla-tui log --help"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    run: Run, repo: Repository, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_names_and_subjects_cannot_act_on_the_terminal(run: Run, repo: Repository) -> None:
    repo.write("acme/agreement.toml", AGREEMENT.replace('"SLA"', '"\\u001b[31mred"'))
    repo.commit("\x1b]0;title\x07", "Eve\u202e")
    for format_ in ("text", "json"):
        out = run("log", "acme", "--format", format_).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
