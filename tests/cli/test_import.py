"""import: leads kept beside the agreement, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

EXPORT = "Record ID,Email,email_open,demo_request,won\n1,ann@b.example,5,2,yes\n2,bo@b.example,x,0,no\n3,,0,0,no\n"


def test_an_export_is_kept_without_who_it_is_about(run: Run, sample: Path, tmp_path: Path) -> None:
    folder, export = sample.parent, tmp_path / "export.csv"
    export.write_text(EXPORT, "utf-8")
    before = json.loads(run("simulate", folder, "--leads", export, "--outcome", "won", "--format", "json").out)
    done = run("import", folder, "--leads", export, "--outcome", "won")
    assert (done.code, done.err) == (0, "")
    assert "2 leads under new ids; kept: email_open, demo_request, won." in done.out
    assert "Left out: Email." in done.out
    assert "1 row that cannot be scored is not in it." in done.out
    after = json.loads(run("simulate", folder, "--format", "json").out)
    assert after["rejected"] == []
    for part in ("leads", "stages", "score", "rules", "outcome", "thresholds"):
        assert after[part] == before[part]
    again = run("import", folder, "--leads", export)
    assert again.code == 2
    assert "leads.csv would be written over; say so with --force" in again.err
    assert run("import", folder, "--leads", export, "--force").code == 0


def test_what_cannot_be_imported_is_said_and_nothing_is_written(run: Run, sample: Path, tmp_path: Path) -> None:
    assert "name a table with --leads" in run("import", sample).err
    (tmp_path / "other.csv").write_text("id,visits\n1,2\n", "utf-8")
    done = run("import", sample, "--leads", tmp_path / "other.csv")
    assert done.code == 2
    assert "agreement.toml:15:1: scoring.rules.open.when: no column 'email_open' to count" in done.err
    assert [path.name for path in sample.parent.iterdir()] == ["agreement.toml"]
