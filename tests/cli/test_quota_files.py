"""Quotas on the command line: the same commands, on the file of a quota."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.quotas import WRITTEN, put_beside


@pytest.fixture
def quota(sample: Path) -> Path:
    """A quota of the small agreement."""
    return put_beside(sample)


def test_answers_of_a_quota_are_read_and_given(run: Run, quota: Path) -> None:
    assert run("get", quota, "funnel.revenue_goal").out == "900 000 USD\n"
    assert 'quota.segments.hotels.name = "Hotels"' in run("get", quota).out.splitlines()
    done = run("set", quota, "quota.least_per_week=20", "funnel.average_deal=13k USD")
    assert done.code == 0
    text = quota.read_text("utf-8")
    assert "least_per_week = 20\n" in text
    assert 'average_deal = "13 000 USD"\n' in text
    assert "# Agreed in the December meeting.\n" in text


def test_entries_of_a_quota_are_added_moved_and_removed(run: Run, quota: Path) -> None:
    assert run("add", quota, "quota.segments", "name=Food trucks", "leads=30").out == "quota.segments.food-trucks\n"
    assert run("move", quota, "quota.segments.food-trucks", "1").code == 0
    assert run("remove", quota, "quota.segments.hotels").code == 0
    ids = [line for line in quota.read_text("utf-8").splitlines() if line.startswith("id = ")]
    assert ids[:2] == ['id = "food-trucks"', 'id = "restaurants"']


def test_a_key_that_no_quota_has_is_told_with_those_it_has(run: Run, quota: Path) -> None:
    done = run("set", quota, "objective.purpose=x")
    assert done.code == 2
    assert "known: quota, funnel, capacity" in done.err
    assert "not in this quota yet" in run("get", quota, "quota.notice").err


def test_an_agreement_is_checked_with_its_quotas(run: Run, sample: Path, quota: Path) -> None:
    run("set", quota, "quota.to=2026-12-31")
    for path in (sample, sample.parent):
        done = run("check", path, "--format", "json")
        assert done.code == 1
        found = json.loads(done.out)["findings"]
        assert [one["file"] for one in found if one["code"] == "ends-before-start"] == [str(quota)]
        assert {one["file"] for one in found} == {str(sample), str(quota)}
    alone = json.loads(run("check", quota, "--format", "json").out)["findings"]
    assert {one["file"] for one in alone} == {str(quota)}


def test_a_quota_named_twice_is_checked_once(run: Run, sample: Path, quota: Path) -> None:
    found = json.loads(run("check", sample, quota, quota, "--format", "json").out)["findings"]
    places = [(one["file"], one["code"], one["key"], one["message"]) for one in found]
    assert len(places) == len(set(places))


def test_a_quota_that_cannot_be_read_leaves_the_others_checked(run: Run, sample: Path, quota: Path) -> None:
    broken = put_beside(sample, "[quota]\nleast_per_week = []\n", "2027-Q2")
    done = run("check", sample, "--format", "json")
    assert done.code == 2
    found = json.loads(done.out)["findings"]
    assert {one["file"] for one in found if one["code"] == "invalid"} == {str(broken)}
    assert {str(sample), str(quota)} <= {one["file"] for one in found}


def test_what_is_open_in_a_quota_keeps_no_agreement_from_being_final(run: Run, sample: Path, quota: Path) -> None:
    run("set", quota, "funnel.win_rate=")
    weights = {
        one["severity"]
        for one in json.loads(run("check", sample, "--final", "--format", "json").out)["findings"]
        if one["file"] == str(quota) and one["code"] == "unanswered"
    }
    assert weights == {"warning"}
    by_itself = json.loads(run("check", quota, "--final", "--format", "json").out)["findings"]
    assert {one["severity"] for one in by_itself if one["code"] == "unanswered"} == {"error"}


def test_a_quota_is_made_for_its_period_and_for_the_next_one(run: Run, sample: Path, quota: Path) -> None:
    done = run("new", quota.parent)
    made = quota.with_name("2027-Q2.toml")
    assert done.out.splitlines()[0] == str(made)
    assert "from = 2027-04-01\n" in made.read_text("utf-8")
    assert run("new", quota.with_name("2028.toml")).code == 0
    assert "to = 2028-12-31\n" in quota.with_name("2028.toml").read_text("utf-8")
    again = run("new", quota)
    assert (again.code, quota.read_text("utf-8")) == (2, WRITTEN)
    assert "there is a quota of this name already" in again.err


def test_a_quota_is_named_by_a_period_that_there_is(run: Run, quota: Path) -> None:
    assert run("new", quota.with_name("2027-Q4")).out.startswith(str(quota.with_name("2027-Q4.toml")))
    refused = run("new", quota.with_name("2027-Q5.toml"))
    assert (refused.code, quota.with_name("2027-Q5.toml").exists()) == (2, False)
    assert "2027-Q5 is no month, quarter, half or year" in refused.err


def test_editors_find_the_schema_of_quotas_beside_the_agreement(run: Run, sample: Path, quota: Path) -> None:
    printed = json.loads(run("schema", "--of", "quota").out)
    assert printed["properties"]["funnel"]["title"] == "Funnel"
    wanted = [str(sample.with_name(f"{name}.schema.json")) for name in ("agreement", "quota")]
    assert run("schema", sample).out.splitlines() == wanted
    assert json.loads(sample.with_name("quota.schema.json").read_text("utf-8")) == printed
    assert [Path(line).resolve() for line in run("schema", quota).out.splitlines()] == [Path(one) for one in wanted]


def test_what_is_done_to_agreements_only_is_refused_for_a_quota(run: Run, quota: Path) -> None:
    done = run("simulate", quota)
    assert done.code == 2
    assert f"this is a quota, and an agreement is needed; name {quota.parent.parent}" in done.err


def test_a_quota_is_printed_beside_its_file(run: Run, quota: Path) -> None:
    done = run("export", quota)
    assert (done.code, done.out.strip()) == (0, str(quota.with_suffix(".pdf")))
    assert quota.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
    assert run("export", quota, "--format", "html").out.strip() == str(quota.with_suffix(".html"))
    assert "<h1>Quota of " in quota.with_suffix(".html").read_text("utf-8")


def test_a_quota_is_not_final_while_something_in_it_is_open(run: Run, quota: Path) -> None:
    quota.write_text("[quota]\n", "utf-8")
    done = run("export", quota, "--final")
    assert done.code == 1
    assert "quota.from" in done.err
    assert not quota.with_suffix(".pdf").exists()
