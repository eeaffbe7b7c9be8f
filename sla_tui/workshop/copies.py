"""Copies of versions that are nowhere else, in the state folder."""

from __future__ import annotations

from pathlib import Path

from sla_tui.record.state import state_home
from sla_tui.workshop.folder import agreement_of, is_agreement


def copy_path(file: Path, tag: str) -> Path:
    """Where a copy of one of an agreement's files lies; ``tag`` tells it from other copies."""
    folder = agreement_of(file).absolute().parent
    name = folder.name if is_agreement(file) else f"{folder.name}-{file.stem}"
    return state_home() / "rescued" / f"{name}-{tag}.toml"


def put_aside(file: Path, text: str, tag: str) -> Path:
    """Writes a copy, in place of an older one with the same tag. Raises ``OSError`` when it cannot be written."""
    path = copy_path(file, tag)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
    return path
