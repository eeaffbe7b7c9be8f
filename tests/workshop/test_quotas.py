"""A sitting on quotas: opened by their place, checked beside their agreement, begun for the next period."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.fingerprint import section_fingerprint, terms_fingerprint
from sla_tui.agreement.paths import Put, Remove
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.record.canonical import laid_out
from sla_tui.record.document import parse
from sla_tui.workshop.copies import copy_path
from sla_tui.workshop.draft import Draft
from sla_tui.workshop.folder import agreement_of, is_quota, model_of, quota_files
from sla_tui.workshop.quotas import HEADING, Listed, begin, begin_at, listed, remove
from sla_tui.workshop.saver import Saving
from tests.quotas import WRITTEN, put_beside
from tests.strategies import parts

AGREEMENT = """\
[agreement]
status = "active"
starts = 2027-01-01
ends = 2027-12-31

[[scoring.stages]]
id = "mql"
at = 50

[[scoring.stages]]
id = "sql"
set = "accepted"
"""
TODAY = date(2027, 2, 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An agreement's file, without quotas."""
    path = tmp_path / "acme" / "agreement.toml"
    path.parent.mkdir()
    path.write_text(AGREEMENT, "utf-8")
    return path


def codes(draft: Draft[Agreement] | Draft[Quota]) -> set[str]:
    return {finding.code for finding in draft.findings}


def next_one(file: Path, today: date = TODAY, name: str = "") -> Draft[Quota]:
    held = Draft.open(file, today=today)
    return Draft.open(begin(held.path, held.value, held.known, name), today=today)


def test_a_file_in_a_folder_of_quotas_is_one(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = put_beside(file)
    assert is_quota(quota)
    assert (model_of(quota), model_of(file)) == (Quota, Agreement)
    assert not is_quota(quota.parent / "notes.txt")
    assert agreement_of(quota) == file
    monkeypatch.chdir(quota.parent)
    assert is_quota(Path(quota.name))
    (quota.parent / ".hidden.toml").touch()
    odd = quota.parent / "folder.toml"
    odd.mkdir()
    assert quota_files(file) == (quota, odd)
    assert quota_files(tmp_path / "nowhere" / "agreement.toml") == ()


def test_a_change_to_a_quota_is_saved_with_every_comment_and_leaves_the_agreement_alone(file: Path) -> None:
    held = Draft.open(file, today=TODAY)
    before, text = terms_fingerprint(held.value), file.read_text("utf-8")
    quota = Draft.open(put_beside(file), today=TODAY)
    quota.change(Put("quota.segments.hotels.leads", 250))
    assert quota.close().saving is Saving.SAVED
    assert quota.path.read_text("utf-8") == WRITTEN.replace("leads = 240", "leads = 250")
    assert file.read_text("utf-8") == text
    assert terms_fingerprint(Draft.open(file, today=TODAY).value) == before


def test_undo_takes_a_change_to_a_quota_back(file: Path) -> None:
    quota = Draft.open(put_beside(file), today=TODAY)
    quota.change(Remove("quota.segments.hotels"))
    assert quota.undo() == "quota.segments.hotels"
    assert quota.close().saving is Saving.SAVED
    assert quota.path.read_text("utf-8") == WRITTEN


def test_a_quota_is_checked_by_the_agreement_two_folders_up(file: Path) -> None:
    text = WRITTEN.replace('counts = "mql"', 'counts = "mqls"\nscoring = "0123456789ab"')
    quota = Draft.open(put_beside(file, text), today=TODAY)
    assert {"unknown-reference", "out-of-date"} <= codes(quota)
    file.unlink()
    alone = Draft.open(quota.path, today=TODAY)
    assert not {"unknown-reference", "out-of-date"} & codes(alone)


def test_an_agreement_knows_its_quotas_and_looks_again_when_told(file: Path) -> None:
    held = Draft.open(file, today=TODAY)
    assert "missing-quota" in codes(held)
    put_beside(file)
    assert "missing-quota" in codes(held)
    assert held.look_beside()
    assert "missing-quota" not in codes(held)
    assert not held.look_beside()
    held.change(Put("agreement.title", "SLA"))
    assert "missing-quota" not in codes(held)
    held.close()


def test_a_quota_that_cannot_be_read_is_told_and_does_not_pass_for_missing(file: Path) -> None:
    put_beside(file, "[quota]\nfrom = 2027-13-01\n")
    held = Draft.open(file, today=TODAY)
    assert "quota-unreadable" in codes(held)
    assert "missing-quota" not in codes(held)


def test_a_quota_with_a_fault_opens_at_none_of_its_values(file: Path) -> None:
    with pytest.raises(InvalidFile) as caught:
        Draft.open(put_beside(file, '[quota]\nleast_per_week = "many"\n'))
    (fault,) = caught.value.faults
    assert (fault.key, fault.place.line) == ("quota.least_per_week", 2)


def test_a_quota_from_a_newer_program_is_left_untouched(file: Path) -> None:
    with pytest.raises(UserError, match="newer version") as caught:
        Draft.open(put_beside(file, "[quota]\nformat = 2\n"))
    assert (caught.value.place.line, caught.value.remedy) == (2, "update sla-tui")


def test_copies_of_quotas_are_told_apart(file: Path) -> None:
    one, other = put_beside(file), put_beside(file, name="2027-Q2")
    assert copy_path(one, "x").name == "acme-2027-Q1-x.toml"
    assert copy_path(one, "x") != copy_path(other, "x")


# -- begun for the next period


def test_the_first_quota_is_for_the_quarter_in_which_the_agreement_starts(file: Path) -> None:
    quota = next_one(file, date(2026, 11, 22))
    assert quota.path.name == "2027-Q1.toml"
    agreement = Draft.open(file).value
    assert quota.at("quota.from").value == date(2027, 1, 1)
    assert quota.at("quota.to").value == date(2027, 3, 31)
    assert quota.at("quota.counts").value == "mql"
    assert quota.at("quota.scoring").value == section_fingerprint(agreement, "scoring")[:12]
    assert {finding.code for finding in quota.findings} == {"unanswered"}
    assert {finding.section for finding in quota.findings} == {"quota", "funnel", "capacity", "agreed_by"}


@pytest.mark.parametrize(
    ("starts", "today", "first", "last"),
    [
        ("2027-02-15", "2026-11-22", "2027-02-15", "2027-03-31"),
        ("2027-01-01", "2027-05-03", "2027-04-01", "2027-06-30"),
        ("", "2027-08-03", "2027-07-01", "2027-09-30"),
    ],
)
def test_the_first_quota_never_starts_before_the_agreement(
    file: Path, starts: str, today: str, first: str, last: str
) -> None:
    line = f"starts = {starts}\n" if starts else ""
    file.write_text(AGREEMENT.replace("starts = 2027-01-01\n", line), "utf-8")
    quota = next_one(file, date.fromisoformat(today))
    assert (str(quota.at("quota.from").value), str(quota.at("quota.to").value)) == (first, last)


def test_the_next_quota_takes_over_the_numbers_as_examples_and_nobody_has_agreed_yet(file: Path) -> None:
    put_beside(file)
    quota = next_one(file)
    assert quota.path.name == "2027-Q2.toml"
    before = Quota.model_validate(tomllib.loads(WRITTEN))
    assert before.quota is not None
    assert (quota.value.funnel, quota.value.capacity) == (before.funnel, before.capacity)
    assert quota.at("quota.segments").value == before.quota.segments
    assert quota.at("quota.least_per_week").value == 25
    assert quota.at("agreed_by").value == ()
    examples = {finding.key for finding in quota.findings if finding.code == "example"}
    assert {"quota.segments", "quota.least_per_week", "funnel", "funnel.win_rate", "capacity"} <= examples
    assert not {"quota.from", "quota.counts", "quota.scoring"} & examples
    assert quota.value.sources is not None
    assert quota.value.sources["funnel.win_rate"].note == "as in 2027-Q1: measured, CRM, 2026"
    quota.change(Put("funnel.win_rate", "26 %"))
    assert "funnel.win_rate" not in {finding.key for finding in quota.findings if finding.code == "example"}
    quota.close()


def test_where_a_number_came_from_is_said_once_however_often_it_is_taken_over(file: Path) -> None:
    put_beside(file)
    for _ in range(2):
        quota = next_one(file)
    assert quota.path.name == "2027-Q3.toml"
    assert quota.value.sources is not None
    assert quota.value.sources["funnel.win_rate"].note == "as in 2027-Q2: measured, CRM, 2026"
    assert quota.value.sources["funnel"].note == "as in 2027-Q2"


def test_a_quota_can_be_begun_for_a_period_by_its_name(file: Path) -> None:
    put_beside(file)
    later = next_one(file, name="2027-H2")
    assert (later.path.name, str(later.at("quota.to").value)) == ("2027-H2.toml", "2027-12-31")
    assert later.at("capacity.reps").value == 4
    earlier = next_one(file, name="2026-12")
    assert earlier.at("capacity.reps").value is None
    odd = next_one(file, name="extra")
    assert (odd.path.name, str(odd.at("quota.from").value)) == ("extra.toml", "2028-01-01")


def test_nothing_is_written_over(file: Path) -> None:
    quota = put_beside(file, "not toml", "2027-Q1")
    with pytest.raises(UserError, match="of this name already"):
        next_one(file)
    assert quota.read_text("utf-8") == "not toml"


def test_the_end_of_the_calendar_is_told(file: Path) -> None:
    text = WRITTEN.replace("from = 2027-01-01", "from = 9999-01-02").replace("to = 2027-03-31", "to = 9999-12-30")
    put_beside(file, text)
    with pytest.raises(UserError, match="no period after 9999-12-30"):
        next_one(file)


def test_a_new_quota_points_editors_to_its_schema(file: Path) -> None:
    quota = next_one(file)
    first = quota.path.read_text("utf-8").splitlines()[0]
    schema = quota.path.parent / first.removeprefix("#:schema ")
    assert schema.resolve() == file.parent / "quota.schema.json"
    assert set(json.loads(schema.read_text("utf-8"))["properties"]) == {*Quota.model_fields}


def test_a_quota_is_begun_by_its_path_too(file: Path) -> None:
    assert begin_at(file.parent / "quotas" / "2027-Q3.toml").name == "2027-Q3.toml"
    assert begin_at(file.parent / "quotas").name == "2027-Q4.toml"
    with pytest.raises(UserError, match="no agreement beside"):
        begin_at(file.parent / "elsewhere" / "quotas")


@given(parts(Quota))
def test_whatever_a_new_quota_says_is_read_back_from_its_file(held: Quota) -> None:
    text = laid_out(held, HEADING)
    assert text.startswith("#:schema ../quota.schema.json\n")
    assert parse(text, "quota.toml", Quota) == held


# -- listed, and taken away


def test_the_quotas_are_listed_with_how_they_stand(file: Path) -> None:
    put_beside(file)
    second = next_one(file)
    second.change(Put("quota.scoring", "0123456789ab"))
    second.close()
    put_beside(file, '[quota]\nfrom = "soon"\nto = 3\n', "2028-Q1")
    found = listed(file, Draft.open(file).value, TODAY)
    assert [one.name for one in found] == ["2027-Q1", "2027-Q2", "2028-Q1"]
    now, coming, broken = found
    assert (now.when, now.leads, now.sides) == ("now", 520, ("marketing", "sales"))
    assert (coming.when, coming.sides, coming.changed, coming.leads) == ("coming", (), True, 520)
    assert coming.open > 0
    assert broken.trouble.startswith("line 2: ")
    assert broken.trouble.endswith("(and 1 more)")
    assert [one.when for one in listed(file, Draft.open(file).value, date(2027, 7, 1))] == ["past", "past", ""]


def test_a_quota_is_counted_as_agreed_by_those_who_are_named(file: Path) -> None:
    text = WRITTEN.replace('name = "Ana Ruiz"\n', "")
    put_beside(file, text)
    (one,) = listed(file, Draft.open(file).value, TODAY)
    assert isinstance(one, Listed)
    assert one.sides == ("marketing",)


def test_a_quota_taken_away_is_kept_as_a_copy(file: Path) -> None:
    quota = put_beside(file)
    copy = remove(quota)
    assert not quota.exists()
    assert copy.read_text("utf-8") == WRITTEN
    with pytest.raises(UserError):
        remove(quota)
