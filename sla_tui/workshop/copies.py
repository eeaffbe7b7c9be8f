"""Copies of versions that are nowhere else, in the state folder."""

from __future__ import annotations

from pathlib import Path

from sla_tui.record.state import state_home


def copy_path(file: Path, tag: str) -> Path:
    """Where a copy of the agreement in ``file`` lies; ``tag`` tells it from other copies."""
    return state_home() / "rescued" / f"{file.absolute().parent.name}-{tag}.toml"


def put_aside(file: Path, text: str, tag: str) -> Path:
    """Writes a copy, in place of an older one with the same tag. Raises ``OSError`` when it cannot be written."""
    path = copy_path(file, tag)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
    return path
