"""The front door: parses the command line, calls one function, prints."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from types import ModuleType


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code: 0 done, 1 done and something is wrong, 2 could not be done."""
    # Nearly all that a command makes, it needs until it ends: looking for garbage cost an export a fifth of its time.
    gc.disable()
    # Looking for plugins in every installed package costs more than all that is read from them: there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _find_no_plugins()
    from sla_tui.cli.commands import front
    from sla_tui.cli.completing import completed
    from sla_tui.cli.failures import guarded

    if completed(front):
        return 0
    try:
        return guarded(front, arguments)
    finally:
        # DuckDB reports what is not collected at the end; without it, a last look through everything is for nothing.
        if "duckdb" not in sys.modules:
            gc.freeze()


def _find_no_plugins() -> None:
    """Stands in for what pydantic looks for plugins with, which brings all that reads packages: archives, mail, csv."""
    finder = ModuleType("pydantic.plugin._loader")
    vars(finder)["get_plugins"] = tuple
    sys.modules.setdefault(finder.__name__, finder)
