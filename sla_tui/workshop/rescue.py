"""A version that could not be saved where it belongs is not lost: a copy of it goes to the state folder."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.record.state import state_home
from sla_tui.workshop.saver import Saving

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


def rescue(draft: Draft) -> Path | None:
    """Writes the newest version to the state folder if it is not on disk; where it is, or None if there was no need.

    Raises ``OSError`` when it cannot be written there either.
    """
    if draft.saving.saving is Saving.SAVED:
        return None
    folder = state_home() / "rescued"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{draft.path.absolute().parent.name}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.toml"
    path.write_text(draft.document.written(draft.agreement), "utf-8")
    return path
