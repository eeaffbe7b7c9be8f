"""Editors' own TOML tools take the examples and templates by our schema, and refuse what the program refuses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from sla_tui.agreement.errors import InvalidFile
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.schema import schema_text
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import parse

ROOT = Path(__file__).parents[2] / "agreements"
AGREEMENTS = (
    *sorted(ROOT.glob("*/agreement.toml")),
    *sorted(Path(str(resources.files("sla_tui.templates"))).glob("*.toml")),
)
QUOTAS = sorted(ROOT.glob("*/quotas/*.toml"))
TOOLS = {"taplo": ("check", "--schema", "{schema}"), "tombi": ("lint", "--offline", "--quiet", "--error-on-warnings")}

every_tool = pytest.mark.parametrize("tool", TOOLS)


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    (tmp_path / "agreement.schema.json").write_text(schema_text(Agreement), "utf-8")
    (tmp_path / "quota.schema.json").write_text(schema_text(Quota), "utf-8")
    return tmp_path


def complaints(tool: str, text: str, schema: Path) -> str:
    """What a tool says against a text; empty when it takes it."""
    command = shutil.which(tool, path=Path(sys.executable).parent)
    assert command, f"{tool} comes with the development tools"
    file = schema.with_name("held.toml")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#:schema"))
    file.write_text(f"#:schema ./{schema.name}\n\n{body}\n", "utf-8")
    arguments = [one.format(schema=schema.as_uri()) for one in TOOLS[tool]]
    done = subprocess.run([command, *arguments, file.name], capture_output=True, text=True, cwd=schema.parent)
    assert done.returncode in (0, 1), done.stderr
    return (done.stdout + done.stderr) if done.returncode else ""


@every_tool
@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_and_template_is_taken(tool: str, path: Path, schemas: Path) -> None:
    assert complaints(tool, path.read_text("utf-8"), schemas / "agreement.schema.json") == ""


@every_tool
@pytest.mark.parametrize("path", QUOTAS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_quota_is_taken(tool: str, path: Path, schemas: Path) -> None:
    assert complaints(tool, path.read_text("utf-8"), schemas / "quota.schema.json") == ""


@every_tool
@pytest.mark.parametrize(
    "text",
    [
        '[agreement]\ntitel = "SLA"',
        '[agreement]\nstatus = "drft"',
        '[agreement]\nstarts = "soon"',
        "[agreement]\nschedules = [1]",
        "[agreement]\ntitle = 5",
        '[[commitments]]\nparty = "sales"',
        '[[commitments]]\nid = "a"\nwithin = "5 minutes to 24 hours"',
        '[[commitments]]\nid = "a"\nshare = "120 %"',
        '[[commitments]]\nid = "a"\namounts = [{ count = "3", unit = "call" }]',
        '[[commitments]]\nid = "a"\nfrom = "recieved"',
        '[[scoring.rules]]\nid = "none"\npoints = 3',
        '[[scoring.rules]]\nid = "a"\npoints = 2.5',
        '[[scoring.rules]]\nid = "a"\nwhen = { field = "country", in = "US", is = "US" }',
        '[scoring]\nstages = { id = "mql" }',
        '[sources]\n"agreement.title" = { kind = "rumour" }',
        '[unheard]\nof = "it"',
    ],
)
def test_what_the_program_refuses_they_refuse(tool: str, text: str, schemas: Path) -> None:
    with pytest.raises(InvalidFile):
        parse(text, "agreement.toml", Agreement)
    assert complaints(tool, text, schemas / "agreement.schema.json")


@every_tool
def test_a_half_written_draft_is_taken(tool: str, schemas: Path) -> None:
    text = (
        '[objective]\n\n[[commitments]]\nid = "a"\nshare = "95"\nwithin = "24h"\n\n[agreement]\nstarts = 2027-01-01\n'
    )
    parse(text, "agreement.toml", Agreement)
    assert complaints(tool, text, schemas / "agreement.schema.json") == ""
