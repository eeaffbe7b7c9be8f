"""A small agreement on disk, with comments, for what a sitting does to one."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLE = """\
# ours, by hand
[agreement]
format = 1
title = "SLA"
organization = "Acme"  # the short name

[scoring]

[[scoring.stages]]
id = "mql"
at = 50

[[scoring.rules]]
id = "open"
when = "email_open"
points = 2  # agreed in May

[[scoring.rules]]
id = "demo"
when = "demo_request"
points = 40

[[commitments]]
id = "call"
party = "sales"
activity = "Call"
within = "2 wks"
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The file of a small agreement."""
    file = tmp_path / "acme" / "agreement.toml"
    file.parent.mkdir()
    file.write_text(SAMPLE, "utf-8")
    return file
