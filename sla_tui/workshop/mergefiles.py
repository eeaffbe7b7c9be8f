"""The merge that git asks for: three files become one, and nothing of any of them is lost when that fails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.clashes import Conflict
from sla_tui.record.files import Stored, read
from sla_tui.record.git import failed, run
from sla_tui.record.markers import SIZE, Names
from sla_tui.record.merging import merge_texts
from sla_tui.record.saving import save
from sla_tui.record.syntax import decode
from sla_tui.workshop.folder import model_of

NAMES = Names()


@dataclass(frozen=True, slots=True)
class Three:
    """The files with the common version, with ours, which takes the result, and with theirs."""

    base: Path
    ours: Path
    theirs: Path


def merge_files(files: Three, name: Path, size: int = SIZE) -> tuple[Conflict, ...]:
    """Merges into the file with our version; the conflicts that are marked in it.

    ``name`` is the file's own path, by which it is known what it holds; ``size`` the length of markers. Raises
    ``UserError`` or RuntimeError when it cannot be done; then no file has changed.
    """
    stored = {path: read(path) for path in (files.base, files.ours, files.theirs)}
    base, ours, theirs = (
        _text(stored[path], name, whose)
        for path, whose in zip((files.base, files.ours, files.theirs), NAMES, strict=True)
    )
    merged = merge_texts(base, ours, theirs, model_of(name), str(name), NAMES, size)
    save(files.ours, merged.text.encode(), stored[files.ours].fingerprint)
    return merged.conflicts


def _text(stored: Stored, name: Path, whose: str) -> str:
    return decode(stored.data, f"{name} ({whose})")


def merge_lines(files: Three, size: int = SIZE) -> None:
    """Merges into the file with our version as git does by itself. Raises ``UserError`` when git cannot."""
    labels = [word for label in (NAMES.ours, NAMES.base, NAMES.theirs) for word in ("-L", label)]
    paths = [str(path.absolute()) for path in (files.ours, files.base, files.theirs)]
    done = run("merge-file", f"--marker-size={size}", *labels, *paths, folder=Path.cwd())
    if done.code < 0 or done.code > 127:
        raise failed(done, "merge the lines either")
