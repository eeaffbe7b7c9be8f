"""A git checkout for a test: its own people, days and settings, whatever the machine's are."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Repository:
    """A checkout in a test's own folder; every commit is a day after the one before."""

    root: Path
    days: int = 0

    def git(self, *arguments: str, check: bool = True, **environment: str) -> str:
        """Runs git, and returns what it prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str, text: str) -> Path:
        """Puts a file into it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def commit(self, subject: str, author: str = "Ana Ruiz") -> str:
        """Commits everything as it lies there; the hash."""
        self.git("add", "--all")
        return self.record("commit", "--quiet", "--allow-empty", "--author", f"{author} <a@example.com>", "-m", subject)

    def record(self, *command: str) -> str:
        """Runs a command that makes a revision, on the next day; the hash."""
        self.days += 1
        day = f"{1_800_000_000 + 86_400 * self.days} +0000"
        self.git(*command, GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)
        return self.git("rev-parse", "HEAD").strip()


def settings(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Git as for somebody new: nobody's settings but those in ``folder``."""
    file = folder / "gitconfig"
    file.write_text("[user]\n\tname = Ana Ruiz\n\temail = ana@example.com\n[init]\n\tdefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(file))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.delenv(name, raising=False)


def repository(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Repository:
    """A new checkout in ``folder``."""
    settings(monkeypatch, folder)
    root = folder / "ours"
    root.mkdir()
    made = Repository(root.resolve())
    made.git("init", "--quiet")
    return made
