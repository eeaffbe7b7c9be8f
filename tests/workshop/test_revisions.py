"""Versions of an agreement in git: read back in words, compared, brought back, and one more of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from sla_tui.agreement.diff import compare, diff
from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.examples import is_example
from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.paths import Refused, UnknownKey, apply, at_key
from sla_tui.agreement.telling import Telling, Told
from sla_tui.agreement.terms import Agreement
from sla_tui.record.git import NoHistory, UnknownRevision
from sla_tui.workshop.deciding import commit, committable, proposed_message
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.restoring import restoring
from sla_tui.workshop.revisions import Log, Where, between, value_at, where
from tests.agreement.test_diff import pairs, read
from tests.checkout import Repository, repository

AGREEMENT = """\
# ours, by hand
[agreement]
title = "SLA"
organization = "Acme"

[stakeholders]
keeper = "sam"

[[stakeholders.people]]
id = "sam"
name = "Sam Osei"

[scoring]

[[scoring.groups]]
id = "web"
name = "Web"

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
group = "web"

[[commitments]]
id = "call"
party = "sales"
activity = "Follow up"
within = "24 business hours"
from = "received"
owner = "sam"
"""
QUOTA = '[quota]\nfrom = 2027-01-01\nto = 2027-03-31\ncounts = "mql"\nleast_per_week = 5\n'
NAME = "agreements/acme/agreement.toml"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A checkout with one revision of an agreement and a quota."""
    made = repository(monkeypatch, tmp_path)
    monkeypatch.chdir(made.root)
    made.write(NAME, AGREEMENT)
    made.write("agreements/acme/quotas/2027-Q1.toml", QUOTA)
    made.commit("First draft")
    return made


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def lines(entry: Any) -> list[str]:
    """What a revision changed, in words."""
    return [line for section in Telling(entry.comparison).sections() for line in section.lines]


# The log


def three_years(repo: Repository) -> list[tuple[str, list[str] | str]]:
    """Three years of an agreement, quarter by quarter; what each revision did, the last first, in words or trouble."""
    file = repo.root / NAME
    said: list[tuple[str, list[str] | str]] = [("First draft", "first")]
    points, hours, rule = 50, 24, ""
    for quarter in range(12):
        name = f"{2027 + quarter // 4}-Q{quarter % 4 + 1}"
        swap(file, f"at = {points}", f"at = {points + 1}")
        swap(file, f'"{hours} business', f'"{hours - 1} business')
        repo.commit(f"{name}: tuned", "Tomás Reyes")
        hours_line = f"Follow up: within {hours} → {hours - 1} business hours"
        said.append((f"{name}: tuned", [f"MQL: from points {points} → {points + 1}", hours_line]))
        points, hours = points + 1, hours - 1
        if rule:
            swap(file, rule, "")
        words = f'label = "Rule {quarter}"\nwhen = "w{quarter}"\npoints = {quarter + 2}\n'
        fresh = f'\n[[scoring.rules]]\nid = "r{quarter}"\n{words}'
        swap(file, "\n[[commitments]]", f"{fresh}\n[[commitments]]")
        repo.commit(f"{name}: another rule")
        new = f"New rule: Rule {quarter}, {quarter + 2} points, when w{quarter}"
        gone = f"Removed rule: Rule {quarter - 1}, {quarter + 1} points, when w{quarter - 1}"
        said.append((f"{name}: another rule", [new, *([gone] if rule else [])]))
        rule = fresh
    swap(file, "# ours, by hand", "# ours, by hand, for three years")
    repo.commit("A word on top")
    said.append(("A word on top", []))
    text = file.read_text("utf-8")
    file.write_text(text.replace('title = "SLA"', 'title = "SLA'), "utf-8")
    repo.commit("A quote is missing")
    said.append(("A quote is missing", "line 3: a text has no closing quote on its line"))
    file.write_text(text.replace('title = "SLA"', 'title = "Our SLA"'), "utf-8")
    repo.commit("Mended, and renamed")
    said.append(("Mended, and renamed", ["Title: “SLA” → “Our SLA”"]))
    repo.git("mv", "agreements/acme", "agreements/acme-2030")
    repo.commit("To its place")
    said.append(("To its place", []))
    swap(repo.root / "agreements/acme-2030/agreement.toml", "\n[[commitments]]", "\n[handoff]\n\n[[commitments]]")
    repo.commit("Handoff")
    said.append(("Handoff", ["now part of this version"]))
    return said[::-1]


def test_three_years_of_an_agreement_are_read_back_in_words(repo: Repository) -> None:
    expected = three_years(repo)
    found: list[tuple[str, list[str] | str]] = []
    for entry in Log(repo.root / "agreements/acme-2030").entries():
        words = lines(entry) if entry.comparison else entry.trouble or ("first" if entry.first else "no comparison")
        found.append((entry.revision.subject, words))
    assert found == expected
    assert len(found) == 30


def test_the_last_revisions_are_enough_where_no_more_are_wanted(repo: Repository) -> None:
    expected = three_years(repo)
    log = Log(repo.root / "agreements/acme-2030")
    assert [entry.revision.subject for entry in log.entries(5)] == [subject for subject, _ in expected[:5]]
    assert log.revisions[5].author == "Ana Ruiz"


def test_a_version_before_which_none_can_be_read_is_said_to_have_nothing_to_compare_with(repo: Repository) -> None:
    file = repo.write("agreements/new/agreement.toml", "[agreement\n")
    repo.commit("broken from the start")
    file.write_text("[agreement]\n")
    repo.commit("mended")
    mended, broken = Log(file).entries()
    assert (mended.comparison, mended.trouble, mended.first) == (None, "", False)
    assert broken.first
    assert broken.trouble.startswith("line 1: ")


def test_a_join_of_branches_tells_only_what_neither_had(repo: Repository) -> None:
    file = repo.root / NAME
    repo.git("checkout", "--quiet", "-b", "side")
    swap(file, "at = 50", "at = 55")
    repo.commit("side")
    repo.git("checkout", "--quiet", "main")
    swap(file, '"24 business', '"4 business')
    repo.commit("main")
    repo.git("merge", "--quiet", "--no-commit", "side")
    swap(file, 'organization = "Acme"', 'organization = "Acme Ltd"')
    repo.commit("joined")
    entries = {entry.revision.subject: entry for entry in Log(file).entries()}
    assert entries["joined"].joins
    assert lines(entries["joined"]) == ["Organization: “Acme” → “Acme Ltd”"]
    assert lines(entries["side"]) == ["MQL: from points 50 → 55"]
    assert lines(entries["main"]) == ["Follow up: within 24 → 4 business hours"]


def test_what_waits_to_be_committed_is_told(repo: Repository) -> None:
    file = repo.root / NAME
    assert Log(file).waiting() is None
    swap(file, "at = 50", "at = 55")
    waiting = Log(file).waiting()
    assert waiting is not None
    assert [one.key for one in waiting.differences] == ["scoring.stages.mql.at"]
    file.write_text("[")
    with pytest.raises(InvalidFile):
        Log(file).waiting()
    file.unlink()
    assert Log(file).waiting() is None
    assert len(Log(file).revisions) == 1


def test_a_quota_has_a_log_of_its_own(repo: Repository) -> None:
    quota = repo.root / "agreements/acme/quotas/2027-Q1.toml"
    swap(quota, "least_per_week = 5", "least_per_week = 6")
    repo.commit("more")
    more, first = Log(quota).entries()
    assert (first.first, first.comparison) == (True, None)
    assert len(lines(more)) == 1
    assert "5 → 6" in lines(more)[0]


def test_without_a_history_it_is_said_why(tmp_path: Path, repo: Repository) -> None:
    outside = tmp_path / "agreement.toml"
    outside.write_text(AGREEMENT)
    with pytest.raises(NoHistory, match="no git checkout"):
        Log(outside)
    with pytest.raises(UserError, match="now or in the history"):
        Log(repo.root / "agreements" / "nobody")
    repo.write("fresh/agreement.toml", AGREEMENT)
    assert Log(repo.root / "fresh").revisions == ()


def test_any_version_can_be_had_whole(repo: Repository) -> None:
    swap(repo.root / NAME, "at = 50", "at = 55")
    repo.commit("tuned")
    log = Log(repo.root / NAME)
    values = [log.value(one) for one in log.revisions]
    assert values == [value_at(where(NAME)), value_at(where("HEAD~1", Path("agreements/acme")))]
    assert [at_key(value, "scoring.stages.mql.at").value for value in values] == [55, 50]


# Between two


@pytest.mark.parametrize(
    ("text", "beside", "meant"),
    [
        ("agreements/acme", None, Where(Path("agreements/acme"))),
        ("HEAD~1:agreements/acme", None, Where(Path("agreements/acme"), "HEAD~1")),
        ("v1.0", Path("agreements/acme"), Where(Path("agreements/acme"), "v1.0")),
        ("HEAD@{1 day ago}:a/agreement.toml", None, Where(Path("a/agreement.toml"), "HEAD@{1 day ago}")),
        ("gone.toml", Path("agreements/acme"), Where(Path("gone.toml"))),
        ("v1.0:", Path("agreements/acme"), Where(Path("agreements/acme"), "v1.0")),
        ("odd:name", None, Where(Path("odd:name"))),
    ],
)
def test_a_path_a_revision_and_both_are_told_apart(
    repo: Repository, text: str, beside: Path | None, meant: Where
) -> None:
    repo.write("odd:name/agreement.toml", "")
    assert where(text, beside) == meant


def test_a_folder_is_compared_with_its_quotas(repo: Repository) -> None:
    swap(repo.root / NAME, "at = 50", "at = 55")
    (repo.root / "agreements/acme/quotas/2027-Q1.toml").unlink()
    repo.write("agreements/acme/quotas/2027-Q2.toml", QUOTA)
    folder = Path("agreements/acme")
    agreement, first, second = between(Where(folder, "HEAD"), Where(folder))
    assert (agreement.name, first.name, second.name) == ("agreement.toml", "quotas/2027-Q1.toml", "quotas/2027-Q2.toml")
    assert [one.key for one in agreement.comparison.differences] == ["scoring.stages.mql.at"]
    assert (first.new, first.gone, second.new, second.gone) == (False, True, True, False)
    (alone,) = between(Where(Path(NAME), "HEAD"), Where(Path(NAME)))
    assert alone.comparison.differences == agreement.comparison.differences


def test_a_file_is_found_by_the_name_that_it_had_then(repo: Repository) -> None:
    swap(repo.root / NAME, "at = 50", "at = 55")
    repo.commit("tuned")
    repo.git("mv", "agreements/acme", "agreements/moved")
    repo.commit("moved")
    agreement, quota = between(Where(Path("agreements/moved"), "HEAD~2"), Where(Path("agreements/moved")))
    assert [one.key for one in agreement.comparison.differences] == ["scoring.stages.mql.at"]
    assert (quota.new, quota.gone, quota.comparison.differences) == (False, False, ())


def test_what_cannot_be_compared_is_refused(repo: Repository) -> None:
    with pytest.raises(UserError, match="no answers in common"):
        between(Where(Path(NAME)), Where(Path("agreements/acme/quotas/2027-Q1.toml")))
    with pytest.raises(UnknownRevision):
        between(Where(Path(NAME), "nope"), Where(Path(NAME)))
    with pytest.raises(UnknownRevision, match="not in revision"):
        between(Where(Path("elsewhere/agreement.toml"), "HEAD"), Where(Path(NAME)))
    repo.write(NAME, "[agreement]\ntitel = 1\n")
    repo.commit("broken")
    with pytest.raises(InvalidFile) as caught:
        between(Where(Path(NAME), "HEAD"), Where(Path(NAME)))
    assert str(caught.value).startswith(f"HEAD:{NAME}:2:1: ")


# Bringing back


def said(part: Part) -> Any:
    """What a version says, by section, without tables that hold nothing."""

    def held(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: inner for key, one in value.items() if (inner := held(one)) != {}}
        return [held(one) for one in value] if isinstance(value, list) else value

    return {section: held(value) for section, value in plain(part).items()}


@given(pairs())
def test_restoring_every_difference_gives_the_other_version(versions: tuple[Agreement, Agreement]) -> None:
    old, part = versions
    for _ in range(1000):
        left = diff(old, part)
        if not left:
            break
        part, _back = apply(part, restoring(part, old, left[0].key).change)
    assert said(part) == said(old)


@given(pairs())
def test_a_whole_version_is_restored_in_one_change_and_taken_back(versions: tuple[Agreement, Agreement]) -> None:
    old, part = versions
    after, back = apply(part, restoring(part, old, "").change)
    assert (after, apply(after, back)[0]) == (old, part)


def test_one_answer_is_one_change_that_can_be_undone(repo: Repository) -> None:
    file = repo.root / NAME
    old = Log(file).value(Log(file).revisions[0])
    draft: Draft[Agreement] = Draft.open(file)
    draft.change(restoring(draft.value, read(AGREEMENT.replace("24 b", "4 b")), "commitments.call.within").change)
    assert draft.at("commitments.call.within").text == "4 business hours"
    draft.change(restoring(draft.value, old, "commitments.call.within").change)
    assert draft.at("commitments.call.within").text == "24 business hours"
    draft.undo()
    assert draft.at("commitments.call.within").text == "4 business hours"
    draft.close()


def test_an_entry_comes_back_to_its_place_and_brings_what_it_needs() -> None:
    old = read(AGREEMENT)
    text = AGREEMENT.replace('[[scoring.groups]]\nid = "web"\nname = "Web"\n', "")
    part = read(text.replace(text[text.index('[[scoring.rules]]\nid = "demo"') : text.index("[[commitments]]")], ""))
    held = restoring(part, old, "scoring.rules.demo")
    assert held.along == ("scoring.groups.web",)
    assert apply(part, held.change)[0] == old
    first = restoring(read(AGREEMENT.replace('id = "open"', 'id = "@"').replace("@", "other")), old, "scoring.rules")
    assert first.along == ()


def test_what_would_name_something_that_is_gone_is_reported() -> None:
    old = read(AGREEMENT)
    person = '[[stakeholders.people]]\nid = "sam"\nname = "Sam Osei"\n'
    other = '[[stakeholders.people]]\nid = "ana"\nname = "Ana Ruiz"\n'
    text = (
        AGREEMENT.replace(person, other)
        .replace('keeper = "sam"', 'keeper = "ana"')
        .replace('owner = "sam"', 'owner = "ana"')
    )
    assert [tuple(one) for one in restoring(read(text), old, "commitments.call.owner").lost] == [
        ("commitments.call.owner", "sam")
    ]
    assert [tuple(one) for one in restoring(read(text), old, "stakeholders").lost] == [
        ("commitments.call.owner", "ana")
    ]
    assert restoring(read(text), old, "commitments.call.within").lost == ()


def test_an_answer_comes_back_as_the_example_it_was() -> None:
    marked = '[sources]\n"scoring.stages.mql.at" = { kind = "example" }\n'
    old, part = read(AGREEMENT + marked), read(AGREEMENT.replace("at = 50", "at = 55"))
    after, _ = apply(part, restoring(part, old, "scoring.stages.mql.at").change)
    assert after == old
    around = read(AGREEMENT + '[sources]\nscoring = { kind = "example" }\n')
    back, _ = apply(around, restoring(around, part, "scoring.stages.mql.at").change)
    assert not is_example(back, "scoring.stages.mql.at")
    assert is_example(back, "scoring.rules.demo.points")


def test_an_entry_with_another_id_is_restored_under_the_id_it_has_now() -> None:
    old = read(AGREEMENT)
    part = read(AGREEMENT.replace('id = "call"', 'id = "first-call"').replace('"24 b', '"4 b'))
    after, _ = apply(part, restoring(part, old, "commitments.first-call.within").change)
    assert [one.key for one in diff(old, after)] == ["commitments.first-call.id"]
    after, _ = apply(after, restoring(after, old, "commitments.first-call.id").change)
    assert after == old


def test_what_cannot_come_back_alone_says_what_to_restore_first() -> None:
    old, part = (
        read(AGREEMENT),
        read(AGREEMENT.replace('id = "demo"', 'id = "other"').replace("demo_r", "x").replace("Asks", "Y")),
    )
    with pytest.raises(Refused, match="an entry that is gone"):
        restoring(part, old, "scoring.rules.demo.points")
    with pytest.raises(Refused, match="there was no"):
        restoring(part, old, "scoring.rules.other.points")
    with pytest.raises(UnknownKey):
        restoring(part, old, "scoring.rules.nobody")
    with pytest.raises(UnknownKey):
        restoring(part, old, "sources.nothing.said")


# One more


def message(old: str, new: str) -> str:
    return proposed_message(Telling(compare(read(old), read(new))).sections())


def test_the_message_says_the_change_in_its_own_words() -> None:
    assert message(AGREEMENT, AGREEMENT.replace("24 b", "4 b")) == "Follow up: within 24 → 4 business hours"
    assert message(AGREEMENT, AGREEMENT.replace('"SLA"', '"Our SLA"')) == "Title: “SLA” → “Our SLA”"
    assert message(AGREEMENT, f"{AGREEMENT}[handoff]\n") == "Handoff: now part of this version"
    assert message(AGREEMENT, AGREEMENT) == ""


def test_a_message_of_several_changes_lists_them_below() -> None:
    after = AGREEMENT.replace("24 b", "4 b").replace("at = 50", "at = 55").replace("points = 40", "points = 30")
    assert message(AGREEMENT, after).split("\n") == [
        "MQL: from points 50 → 55; and 2 more",
        "",
        "Scoring",
        "- MQL: from points 50 → 55",
        "- Asks for a demo: 40 → 30 points",
        "",
        "Commitments",
        "- Follow up: within 24 → 4 business hours",
    ]


def test_a_message_names_sections_where_a_change_is_too_long_for_a_line() -> None:
    long = "x" * 90
    told = (
        Told("scoring", "Scoring", (long,)),
        Told("handoff", "Handoff", (long, "b")),
        Told("sources", "Sources", ("c",)),
    )
    assert proposed_message(told).split("\n")[0] == "Scoring and Handoff: 3 changes"
    assert proposed_message(told[2:]) == "c"


@given(pairs())
def test_any_message_has_a_short_first_line_and_then_a_blank_one(versions: tuple[Agreement, Agreement]) -> None:
    comparison = compare(*versions)
    subject, *body = proposed_message(Telling(comparison).sections()).split("\n")
    assert bool(subject.strip()) == bool(comparison.differences)
    assert len(subject) <= 72
    assert not body or body[0] == ""


def test_a_decision_makes_a_commit_of_the_agreement_alone(repo: Repository) -> None:
    file = repo.root / NAME
    swap(file, "at = 50", "at = 55")
    repo.write("other", "x")
    repo.git("add", "other")
    held = committable([file])
    assert (held.branch, held.changed, held.others) == ("main", (NAME,), ("other",))
    waiting = Log(file).waiting()
    assert waiting is not None
    hash_ = commit([file], proposed_message(Telling(waiting).sections()))
    (entry, _) = Log(file).entries()
    assert (entry.revision.hash, entry.revision.subject) == (hash_, "MQL: from points 50 → 55")
    assert repo.git("status", "--porcelain") == "A  other\n"
