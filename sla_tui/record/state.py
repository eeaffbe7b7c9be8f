"""The state folder: where the program keeps what is no part of an agreement."""

from __future__ import annotations

import os
from pathlib import Path


def state_home() -> Path:
    """The system's place for programs' state; ``SLA_TUI_STATE`` names another folder."""
    named = os.environ.get("SLA_TUI_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("sla-tui")
