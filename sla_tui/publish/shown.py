"""Text as it may stand in a file that another program shows: nothing in it steers, reorders or hides what is read."""

from __future__ import annotations

from sla_tui.agreement.text import without_controls

_SOFT_HYPHEN = "\u00ad"


def shown(text: str) -> str:
    """``text`` without controls, direction marks, half characters and soft hyphens; its line breaks are line feeds."""
    if text.isascii() and text.isprintable():
        return text
    return without_controls(text).replace(_SOFT_HYPHEN, "")


def one_line(text: str) -> str:
    """The same on one line, for titles and what a file says of itself."""
    return " ".join(shown(text).split())
