"""Words on the board that change with every key: laid out anew only when they need more or fewer lines."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Said(Static):
    """Shows words, and does nothing when they are those it shows already."""

    def __init__(self, id: str) -> None:
        super().__init__(Content(""), id=id)
        self._said = Content("")
        self._height = 0

    def say(self, words: Content) -> None:
        """Shows ``words``."""
        if words.plain == self._said.plain and words.spans == self._said.spans:
            return
        self._said = words
        height = len(words.wrap(max(1, self.size.width))) if words.plain else 0
        same, self._height = height == self._height and height == self.size.height, height
        self.update(words, layout=not same)
