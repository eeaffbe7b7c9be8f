"""The folder of an agreement: which file in it is the agreement."""

from __future__ import annotations

from pathlib import Path

FILE = "agreement.toml"


def agreement_file(path: Path) -> Path:
    """The agreement's file for a folder or a file."""
    try:
        return path / FILE if path.is_dir() else path
    except OSError:  # Reading it says what is in the way.
        return path
