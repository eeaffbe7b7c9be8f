"""Letters typed on after an answer was ended: words that somebody types blindly must not become commands."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.events import Key
    from textual.screen import Screen

AT_ONCE = 2.0
"""Seconds after the last key in which a letter may still belong to what is being typed."""
NEAR = frozenset({"next_open", "add", "undo", "agree", "help", "goto", "find", "findings", "step", "across", "close"})
"""Actions that one does right after an answer, and that change little and show what they did."""


class Hasty:
    """Holds letters back after an answer was ended, until some other key or a moment without any."""

    def __init__(self) -> None:
        self._until = 0.0
        self._held = ""

    def begin(self) -> None:
        """An answer was just ended, and no other is being typed."""
        self._until, self._held = monotonic() + AT_ONCE, ""

    def holds(self, screen: Screen[None], event: Key) -> str:
        """What to say in place of the command that a key would be; empty where it may be one.

        The same letter once more is meant.
        """
        letter = event.character if event.is_printable and event.character else ""
        if monotonic() > self._until or not letter or letter == self._held:
            self._until = 0.0
            return ""
        active = screen.active_bindings.get(event.key)
        near = active is not None and active.binding.action.partition("(")[0] in NEAR
        if near and not self._held:
            return ""
        self._until, self._held = monotonic() + AT_ONCE, letter
        what = f", {letter} once more: {active.binding.description}" if active and active.enabled else ""
        return f"Nothing is being answered. Enter answers{what}."
