"""Words on the screen that cost nothing while they stay the same."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Words(Static):
    """A ``Static`` that is only drawn anew, and only laid out anew, when what it says asks for it."""

    _said: Content | None = None

    def say(self, words: Content, fixed: bool = False) -> None:
        """Shows ``words``. ``fixed``: its size does not follow them."""
        if self._said is not None and self._said.is_same(words):
            return
        self._said = words
        self.update(words, layout=not fixed)
