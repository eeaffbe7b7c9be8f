"""ready: a checklist before the workshop, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.workshop.test_ready import folder

__all__ = ["folder"]


def test_a_complete_checklist_is_exit_0(run: Run, folder: Path) -> None:
    done = run("ready", folder)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert all(line.startswith("✓ ") for line in lines[:-2])
    assert lines[-1].startswith("everything is ready; ")
    assert lines[-1].endswith(" are left for the room")


def test_what_is_missing_is_exit_1_with_who_to_ask(run: Run, folder: Path) -> None:
    (folder / "leads.csv").unlink()
    done = run("ready", folder)
    assert done.code == 1
    assert "○ Sample leads" in done.out
    assert "(Sam Osei)" in done.out
    assert "\nAsk Sam Osei for: sample leads\n" in done.out
    assert "1 of 13 missing; " in done.out


def test_programs_get_one_document(run: Run, folder: Path) -> None:
    (folder / "leads.csv").unlink()
    done = run("ready", folder, "--format", "json")
    said = json.loads(done.out)
    assert (done.code, said["missing"]) == (1, 1)
    points = {point["code"]: point for point in said["points"]}
    assert points["leads"]["who"] == "Sam Osei"
    assert (points["leads"]["ready"], points["leads"]["found"]) == (False, None)
    assert points["period"]["found"] == "2027-01-01 to 2027-12-31"


def test_an_unreadable_agreement_is_exit_2(run: Run, folder: Path) -> None:
    (folder / "agreement.toml").write_text("[agreement\n")
    assert run("ready", folder).code == 2
    assert run("ready", "nowhere").code == 2
