"""The canonical layout on the command line: what is written, what is only listed, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.quotas import put_beside as put_quota
from tests.sittings import put_beside as put_sitting

EXAMPLES = Path(__file__).parents[2] / "agreements"


def everything(agreement: Path) -> list[Path]:
    """One file of each kind beside an agreement's, all but the agreement's in another layout."""
    mapping = agreement.with_name("leads.toml")
    mapping.write_text("outcome = 'won'\nleads = 'leads.csv'\n")
    quota = put_quota(agreement, "[quota]\nto = 2027-03-31\nfrom = 2027-01-01 # first\n")
    sitting = put_sitting(agreement, "[sitting]\nstarted=14:00:00\n\n\ndate=2026-11-30\n")
    return [quota, sitting, mapping]


def test_all_files_of_an_agreement_are_formatted_and_a_second_time_nothing_is(run: Run, sample: Path) -> None:
    files = [sample, *everything(sample)]
    done = run("fmt", sample.parent)
    assert done.code == 0
    assert done.out.splitlines() == [*map(str, files), "4 of 4 files changed"]
    quota, sitting, mapping = (one.read_text() for one in files[1:])
    assert quota == "[quota]\nfrom = 2027-01-01 # first\nto = 2027-03-31\n"
    assert sitting == "[sitting]\ndate = 2026-11-30\nstarted = 14:00:00\n"
    assert mapping == 'leads = "leads.csv"\noutcome = "won"\n'
    again = run("fmt", sample.parent)
    assert (again.code, again.out) == (0, "none of 4 files changed\n")


def test_check_lists_what_would_change_and_writes_nothing(run: Run, sample: Path) -> None:
    everything(sample)
    before = {path: path.read_bytes() for path in sample.parent.rglob("*.toml")}
    done = run("fmt", sample.parent, "--check")
    assert (done.code, done.out.splitlines()[-1]) == (1, "4 of 4 files would change")
    assert {path: path.read_bytes() for path in sample.parent.rglob("*.toml")} == before
    run("fmt", sample.parent)
    assert run("fmt", sample.parent, "--check").code == 0


def test_one_file_is_formatted_alone_and_once_however_often_it_is_named(run: Run, sample: Path) -> None:
    quota, *_ = everything(sample)
    done = run("fmt", quota, quota)
    assert done.out == f"{quota}\n1 of 1 file changed\n"
    assert run("fmt", sample, "--check").out.splitlines()[-1] == "1 of 1 file would change"


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_an_invalid_file_is_left_alone_with_its_faults_and_the_others_are_formatted(
    run: Run, sample: Path, more: tuple[str, ...]
) -> None:
    quota, *_ = everything(sample)
    quota.write_text(text := "[quota]\nfom = 1\nto = 2\n")
    done = run("fmt", sample.parent, *more)
    assert done.code == 2
    assert f"{quota}:2:1: unknown key" in done.err
    assert f"{quota}:3:6: " in done.err
    assert quota.read_text() == text
    assert done.out.splitlines()[-1].startswith("3 of 4 files ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[agreement", "is missing"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"[agreement]\nformat = 99\n", "newer version of sla-tui"),
        (b"<<<<<<< ours\n[agreement]\n=======\n>>>>>>> theirs\n", "a merge is not settled here"),
    ],
)
def test_what_is_no_file_of_ours_is_exit_2_untouched(run: Run, sample: Path, data: bytes, said: str) -> None:
    sample.write_bytes(data)
    done = run("fmt", sample)
    assert done.code == 2
    assert said in done.err
    assert sample.read_bytes() == data
    assert run("fmt", sample.with_name("absent.toml")).code == 2


def test_a_file_that_may_not_be_written_stays_and_is_named(run: Run, sample: Path) -> None:
    sample.chmod(0o444)
    text = sample.read_text()
    done = run("fmt", sample)
    assert (done.code, sample.read_text()) == (2, text)
    assert "write-protected" in done.err


def test_fingerprints_findings_and_answers_are_the_same_afterwards(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "northwind"
    for path in (EXAMPLES / "northwind").rglob("*.toml"):
        target = folder / path.relative_to(EXAMPLES / "northwind")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())

    def said() -> list[str]:
        answers = [run("get", path).out for path in sorted(folder.rglob("*.toml"))]
        return [run("consent", folder).out, run("check", folder).out, *answers]

    before = said()
    assert run("fmt", folder).code == 0
    assert said() == before
