"""Runs commands as a person would and keeps what they print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sla_tui.cli import main
from tests.workshop.conftest import sample

__all__ = ["sample"]


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("check", path)`` runs a command in the test's own folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Done:
        code = main([str(one) for one in arguments])
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run
