"""A version that could not be saved where it belongs is not lost: a copy of it goes to the state folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sla_tui.workshop.copies import put_aside
from sla_tui.workshop.saver import Saving

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


def rescue(draft: Draft[Any]) -> Path | None:
    """Writes the newest version to the state folder if it is not on disk; where it is, or None if there was no need.

    Raises ``OSError`` when it cannot be written there either.
    """
    if draft.saving.saving is Saving.SAVED:
        return None
    return put_aside(draft.path, draft.document.written(draft.value), draft.copy_tag)
