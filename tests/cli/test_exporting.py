"""What else is exported from the command line: amendments against a revision, agendas, minutes, other formats."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.checkout import repository
from tests.cli.conftest import Run

NORTHWIND = Path(__file__).parents[2] / "agreements" / "northwind"


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Northwind in git, its first threshold raised since the last commit."""
    held = repository(monkeypatch, tmp_path)
    shutil.copytree(NORTHWIND, held.root / "nw", ignore=shutil.ignore_patterns("*.csv", "*.pdf"))
    held.commit("As signed")
    file = held.root / "nw" / "agreement.toml"
    text = file.read_text("utf-8").replace('version = "1.0"', 'version = "1.1"')
    file.write_text(text.replace("at = 50", "at = 55"), "utf-8")
    return held.root


def text(pdf: Path) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_an_amendment_an_agenda_and_other_formats(run: Run, changed: Path) -> None:
    done = run("export", "ours/nw", "--what", "amendment", "--against", "HEAD", "--esign", "ink")
    assert (done.code, done.out) == (0, "ours/nw/nw-1.1-amendment-draft.pdf\n")
    said = text(changed / "nw" / "nw-1.1-amendment-draft.pdf")
    assert "Amendment to the Sales and Marketing" in said
    assert "MQL: from points 50 55" in said
    assert not PdfReader(changed / "nw" / "nw-1.1-amendment-draft.pdf").get_fields()
    assert run("verify", "ours/nw/nw-1.1-amendment-draft.pdf", "ours/nw").code == 0

    done = run(
        "export", "ours/nw", "--against", "HEAD", "-o", "ours/whole.pdf", "--as-of", "2027-02-01", "--paper", "letter"
    )
    assert done.code == 0, done.err
    whole = text(changed / "whole.pdf")
    assert "New since 1.0 Scoring: MQL: from points 50 → 55" in whole
    assert "Quota of MQLs, 2027-Q1" in whole
    assert "no quota holds on today" not in whole
    run("export", "ours/nw", "-o", "ours/late.pdf", "--as-of", "2027-12-01", "--large")
    assert "no quota holds on today, 2027-12-01" in text(changed / "late.pdf")

    assert run("export", "ours/nw", "--what", "agenda", "--format", "md").out == "ours/nw/nw-1.1-agenda.md\n"
    assert "Weekly lead review" in (changed / "nw" / "nw-1.1-agenda.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--what", "amendment"), "--what amendment needs the version it changes"),
        (("--what", "agenda", "--final"), "nobody signs agenda"),
        (("--what", "minutes", "--against", "HEAD"), "nobody signs minutes"),
        (("--what", "minutes"), "no sitting is recorded here"),
        (("--what", "amendment", "--against", "nothing-such"), "nothing-such"),
        (("--as-of", "soon"), "--as-of"),
        (("--format", "md", "--esign", "ink"), "--esign goes with pdf"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(
    run: Run, changed: Path, options: tuple[str, ...], said: str
) -> None:
    done = run("export", "ours/nw", *options)
    assert done.code == 2
    assert said in done.err
    assert list((changed / "nw").glob("*.pdf")) == []
