"""What a save that was killed leaves behind: a temporary to sweep, or a backup of a file written in place."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from sla_tui.record.files import digest, state_name
from sla_tui.record.state import state_home


def temporary_name(name: str, token: str) -> str:
    """The hidden name a file is first written under, beside itself."""
    return f".{name}.{token}.tmp"


def sweep(folder: str, name: str) -> None:
    """Removes temporaries of ``name`` that no running save owns. Call it while holding the folder's lock."""
    ours = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}\.tmp")
    with suppress(OSError):
        for entry in Path(folder).iterdir():
            if ours.fullmatch(entry.name):
                with suppress(OSError):
                    entry.unlink()


def backup_of(path: str | os.PathLike[str]) -> Path:
    """Where the old content of a file lies while it is written in place."""
    return state_home() / "backups" / f"{state_name(os.path.realpath(path))}.bak"


def digest_beside(backup: Path) -> Path:
    """Where the digest of the new content lies meanwhile."""
    return backup.with_suffix(".digest")


def cut_short(path: str | os.PathLike[str], data: bytes) -> Path | None:
    """The backup of a file, when ``data``, its content, is neither the old nor the new one of a save in place.

    A backup that is no longer needed is removed.
    """
    backup = backup_of(path)
    beside = digest_beside(backup)
    try:
        wanted = beside.read_text("ascii")
        if wanted != digest(data) and backup.read_bytes() != data:
            return backup
        backup.unlink()
        beside.unlink()
    except OSError:
        pass
    return None
