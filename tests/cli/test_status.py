"""status: a table of agreements with what each needs, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.workshop.test_status import put


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Three agreements: one in its prime, one without a quota, one that cannot be read."""
    put(tmp_path / "shelf" / "fine")
    put(tmp_path / "shelf" / "bare", quota="")
    (tmp_path / "shelf" / "broken").mkdir()
    (tmp_path / "shelf" / "broken" / "agreement.toml").write_text("[agreement\n")
    return tmp_path / "shelf"


def test_each_agreement_has_a_row_and_under_it_what_it_needs(run: Run, shelf: Path) -> None:
    done = run("status", "shelf", "--as-of", "2027-03-01")
    assert (done.code, done.err) == (1, "")
    lines = done.out.splitlines()
    assert lines[0].split()[:2] == ["AGREEMENT", "VERSION"]
    assert lines[1].startswith("broken ")
    assert lines[2].startswith("  ! line 1: ")
    assert lines[3].split() == ["Acme", "1.0", "in", "force", "2027-12-31", "(in", "305", "days)", "shelf/bare"]
    assert lines[4].startswith("  ! no quota ")
    assert lines[5].split()[-1] == "shelf/fine"
    assert lines[6] == "2 of 3 agreements need something"


def test_where_nothing_needs_doing_the_exit_code_is_0(run: Run, shelf: Path) -> None:
    done = run("status", "shelf/fine", "--as-of", "2027-03-01")
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 agreement: nothing needs doing")
    assert run("status", "shelf/fine", "--as-of", "2027-12-01").code == 1


def test_programs_get_one_document(run: Run, shelf: Path) -> None:
    done = run("status", "shelf", "--as-of", "1 Nov 2027", "--format", "json")
    said = json.loads(done.out)
    assert (done.code, said["as_of"], said["needy"]) == (1, "2027-11-01", 3)
    broken, _, fine = said["agreements"]
    assert (broken["words"], broken["needs"][0]["kind"], broken["days_left"]) == ("cannot be read", "invalid", None)
    assert fine == {
        "path": "shelf/fine/agreement.toml",
        "organization": "Acme",
        "title": "SLA",
        "version": "1.0",
        "phase": "in force",
        "words": "in force",
        "last_day": "2027-12-31",
        "days_left": 60,
        "notice_by": None,
        "successor": None,
        "needs": [{"kind": "renew", "message": "its last day is 2027-12-31: agree anew, or let it end"}],
    }


def test_an_empty_folder_needs_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    done = run("status")
    assert (done.code, done.out) == (0, "no agreements in agreements\n")


@pytest.mark.parametrize(
    "arguments", [("nowhere",), ("shelf", "--as-of", "01/02/2027"), ("shelf/broken/agreement.toml",)]
)
def test_what_is_no_folder_or_no_day_is_exit_2(run: Run, shelf: Path, arguments: tuple[str, ...]) -> None:
    done = run("status", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sla-tui: ")


def test_a_hostile_name_cannot_act_on_the_terminal(run: Run, shelf: Path) -> None:
    (shelf / "broken" / "agreement.toml").write_text("[agreement]\norganization = 'x'\n'\\u001b[31m' = 1\n")
    assert "\x1b" not in run("status", "shelf").out
