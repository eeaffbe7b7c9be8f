"""What a terminal sends: bytes that are no UTF-8 become a letter that is not known, not the end of the workshop."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from functools import partial


def _forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), "replace")


def forgive_bytes() -> None:
    """Has Textual read keys and pastes so; its own decoder ends the thread that reads them at the first such byte."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    linux_driver.__dict__["getincrementaldecoder"] = _forgiving
