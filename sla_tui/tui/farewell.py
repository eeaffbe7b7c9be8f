"""What is said once the screen is gone: where the agreement is, and whether it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.agreement.text import clean_line
from sla_tui.workshop.rescue import rescue
from sla_tui.workshop.saver import Saving

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


def farewell(draft: Draft) -> str:
    """One line about an agreement that was open; what cannot be saved is copied to the state folder first."""
    file = clean_line(str(draft.path))
    state = draft.close() if draft.saving.saving is Saving.PENDING else draft.saving
    if state.saving is Saving.SAVED:
        return f"{file}: saved"
    why = clean_line(state.message) or "it took too long"
    try:
        copy = rescue(draft)
    except (OSError, RuntimeError):
        return f"{file}: NOT SAVED ({why}), and no copy could be written"
    return f"{file}: NOT SAVED ({why}); your version is in {clean_line(str(copy))}"
