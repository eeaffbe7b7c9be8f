"""The line at the top: what this is on the left, how its saving stands on the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from sla_tui.workshop.saver import WAITING, SaveState, Saving

OVERTAKEN = "Somebody else changed that since, and it stays as they left it."
"""Said where undo leaves something."""
LOOKS = {
    Saving.SAVED: ("", "$text-muted"),
    Saving.PENDING: ("", "$text-muted"),
    Saving.BLOCKED: ("! ", "bold $warning"),
    Saving.CONFLICT: ("! ", "bold $warning"),
    Saving.UNREADABLE: ("! ", "bold $warning"),
    Saving.GONE: ("! ", "bold $warning"),
}


def saving_words(state: SaveState) -> str:
    """A save state in a few words."""
    if state.saving is Saving.SAVED:
        return f"saved {state.at:%H:%M}" if state.at else "saved"
    if state.saving is Saving.PENDING:
        return "saving…"
    if state.saving is Saving.UNREADABLE:
        return state.message
    if state.saving in WAITING:
        return f"{state.message}; r {'writes it anew' if state.saving is Saving.GONE else 'decides'}"
    return f"not saved: {state.message}"


class SaveNews(Message):
    """The save state changed; posted from the saver's thread."""

    def __init__(self, state: SaveState) -> None:
        super().__init__()
        self.state = state


class TitleBar(Widget):
    """One line: where one is, how far that is (``more``), and the save state."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        background: $panel;
        color: $foreground;
    }
    """

    words: reactive[str] = reactive("")
    more: reactive[str] = reactive("")
    state: reactive[SaveState | None] = reactive(None)

    def render(self) -> Content:
        """Words left, state right; the state keeps its room."""
        width = self.size.width - 2
        right, look = "", ""
        if self.state is not None:
            sign, look = LOOKS[self.state.saving]
            more = f"{self.more}   " if self.more and not sign else ""
            right = f"{more}{sign}{saving_words(self.state)}"
            most = width * 3 // 4
            if cell_len(right) > most:
                right = Content(right).truncate(most, ellipsis=True).plain
        left = Content(f" {self.words}").truncate(max(8, width - cell_len(right)), ellipsis=True)
        gap = max(1, width + 1 - left.cell_length - cell_len(right))
        return Content.assemble(left.stylize("bold"), " " * gap, (right, look))
