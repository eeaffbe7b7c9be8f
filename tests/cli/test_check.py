"""check: what it says, to whom, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.toml"
    file.write_text("[agreement]\ntitel = 'x'\nstarts = 'soon'\n")
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.toml"
    file.write_text("[agreement]\nstarts = 2027-02-01\nends = 2027-01-01\n")
    return file


def test_a_complete_agreement_is_exit_0_even_as_final(run: Run) -> None:
    for arguments in ([], ["--final"]):
        done = run("check", NORTHWIND, *arguments)
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[-1].startswith("no errors, ")


def test_what_is_open_is_a_warning_and_an_error_when_final(run: Run, sample: Path) -> None:
    done = run("check", sample)
    assert done.code == 0
    assert f"{sample}:" in done.out
    assert "warning: commitments.call.if_missed:" in done.out
    final = run("check", sample, "--final")
    assert final.code == 1
    assert "error: commitments.call.if_missed:" in final.out


def test_a_contradiction_is_exit_1_at_its_line(run: Run, wrong: Path) -> None:
    done = run("check", wrong)
    assert done.code == 1
    assert f"{wrong}:3:1: error: agreement.ends: " in done.out


def test_an_invalid_file_is_exit_2_and_the_others_are_still_checked(
    run: Run, broken: Path, wrong: Path, tmp_path: Path
) -> None:
    done = run("check", broken, wrong, tmp_path / "nowhere")
    assert done.code == 2
    assert f"{broken}:2:1: error:" in done.out
    assert f"{broken}:3:10: error:" in done.out
    assert f"{wrong}:3:1: error:" in done.out
    assert "nowhere: error:" in done.out
    assert "4 errors" in done.out


def test_json_is_one_document_of_the_same(run: Run, broken: Path, wrong: Path) -> None:
    done = run("check", broken, wrong, "--format", "json")
    document = json.loads(done.out)
    assert (done.code, done.err) == (2, "")
    assert set(document) == {"findings", "errors", "warnings"}
    first, *_, last = [one for one in document["findings"] if one["severity"] == "error"]
    assert (first["code"], first["file"], first["line"], first["column"]) == ("invalid", str(broken), 2, 1)
    assert "title" in first["message"] + first["fix"]
    assert (last["code"], last["key"], last["line"]) == ("ends-before-start", "agreement.ends", 3)
    assert set(first) == {"severity", "code", "key", "file", "line", "column", "message", "fix"}
    assert document["errors"] == 3
    assert document["warnings"] == sum(one["severity"] == "warning" for one in document["findings"])


def test_github_gets_annotations_that_nothing_in_a_file_can_break_out_of(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "a,b:c.toml"
    odd.write_text("[agreement.calendar]\ntimezone = '50 %25::error::x'\n")
    done = run("check", odd, "--format", "github")
    assert done.code == 1
    (error,) = [line for line in done.out.splitlines() if line.startswith("::error ")]
    assert "a%2Cb%3Ac.toml" in error
    assert "line=2,col=1" in error
    assert "50 %2525::error::x" in error
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in done.out.splitlines())


def test_severities_have_colour_only_on_a_terminal_that_wants_it(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in run("check", wrong).out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b[31m" in run("check", wrong).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", wrong).out


def test_a_file_name_cannot_speak_to_the_terminal(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b]0;owned\x07.toml"
    odd.write_text("[agreement]\nformat = 'x'\n")
    for format_ in ("text", "json", "github"):
        done = run("check", odd, "--format", format_)
        assert done.code == 2
        assert "\x1b" not in done.out + done.err
        assert "\x07" not in done.out + done.err


def test_a_group_there_is_not_is_told_with_the_nearest(run: Run, sample: Path) -> None:
    sample.write_text(
        '[scoring]\ngroups = [{ id = "fit", name = "Fit" }]\n[[scoring.rules]]\nid = "a"\ngroup = "fut"\n', "utf-8"
    )
    done = run("get", sample)
    assert done.code == 2
    assert f"{sample}:5:9: " in done.err
    assert "did you mean 'fit'?" in done.err
