"""In a team's repository: the hooks for pre-commit, and leads that stay out of git."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sla_tui.cli.commands import front
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
INSTALLED = Path(sys.executable).parent
PRE_COMMIT = shutil.which("pre-commit") or shutil.which("pre-commit", path=str(INSTALLED))
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def hooks() -> dict[str, dict[str, str]]:
    """The hooks by id: a list of tables of plain text is all the YAML there is in them."""
    found: dict[str, dict[str, str]] = {}
    for block in re.split(r"(?m)^- ", HOOKS.read_text("utf-8"))[1:]:
        held = dict(line.strip().split(": ", 1) for line in block.strip().splitlines())
        found[held["id"]] = held
    return found


def test_each_hook_runs_a_command_there_is() -> None:
    assert {id_: one["entry"] for id_, one in hooks().items()} == {
        "sla-check": "sla-tui check",
        "sla-fmt": "sla-tui fmt",
    }
    for one in hooks().values():
        assert one["entry"].split()[1] in front.commands
        assert one["language"] == "python"


@pytest.mark.parametrize("hook", ["sla-check", "sla-fmt"])
def test_the_hooks_look_at_every_file_of_an_agreement_and_at_nothing_else(hook: str) -> None:
    files = hooks()[hook]["files"]
    ours = ("agreement.toml", "agreements/acme/agreement.toml", "a/quotas/2027-Q1.toml", "a/sittings/2026-11-30.toml")
    for path in (*ours, "a/leads.toml"):
        assert re.search(files, path), path
    for path in ("pyproject.toml", "a/agreement.toml.orig", "a/quotas/notes.md", "a/myleads.toml", "quotas.toml"):
        assert not re.search(files, path), path


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@needs_git
@pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed")
def test_a_real_run_of_pre_commit_formats_checks_and_stops_what_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = tmp_path / "team"
    run("new", team / "agreements" / "acme")
    git(team, "init", "-q")
    text = ["repos:", "- repo: local", "  hooks:"]
    for one in hooks().values():
        held = {**one, "language": "system", "entry": f"{sys.executable} -m {one['entry'].replace('-', '_')}"}
        text += [f"  - {key}: '{value}'" if key == "id" else f"    {key}: '{value}'" for key, value in held.items()]
    (team / ".pre-commit-config.yaml").write_text("\n".join(text) + "\n")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    git(team, "add", ".")
    file = team / "agreements" / "acme" / "agreement.toml"
    text_before = file.read_text("utf-8")

    def committed() -> tuple[int, str]:
        git(team, "add", ".")
        done = subprocess.run([str(PRE_COMMIT), "run"], cwd=team, capture_output=True, text=True)
        return done.returncode, done.stdout

    committed()
    assert committed()[0] == 0
    formatted = file.read_text("utf-8")
    file.write_text(formatted.replace(" = ", "="), "utf-8")
    code, said = committed()
    assert (code, file.read_text("utf-8")) == (1, formatted), said
    assert "files were modified by this hook" in said
    file.write_text(text_before.replace("[agreement]", "[agreemnt]", 1), "utf-8")
    code, said = committed()
    assert code == 1
    assert "did you mean" in said


@needs_git
def test_leads_of_a_new_agreement_stay_out_of_git(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "acme"
    run("new", folder)
    git(tmp_path, "init", "-q")
    leads = ("leads.csv", "activity.csv", "Export of May.xlsx", "leads.parquet", "leads.jsonl")
    for name in (*leads, "leads.toml", "signed.pdf"):
        (folder / name).write_text("")
    seen = git(tmp_path, "status", "--porcelain=v1", "-uall", "-z").split("\0")
    kept = {Path(one[3:]).name for one in seen if one}
    assert kept == {".gitignore", "agreement.toml", "agreement.schema.json", "leads.toml", "signed.pdf"}


def test_what_a_folder_keeps_out_of_git_already_is_not_written_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / ".gitignore").write_text("*.pdf\n")
    assert run("new", folder).code == 0
    assert (folder / ".gitignore").read_text() == "*.pdf\n"
