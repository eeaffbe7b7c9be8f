"""A full screen of words over the board: a title, lines that scroll, the keys; the sheets on it say the rest."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sla_tui.tui.bars import TitleBar
from sla_tui.tui.keys import KeyBar

NARROWEST = 30


class Sheet(Screen[None]):
    """Shows ``lines`` in the width there is; ``title`` stands above them, ``about`` in the help."""

    DEFAULT_CSS = """
    Sheet #sheet {
        height: 1fr;
        padding: 1 2 0 2;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "roll(1)", "down", show=False, id="list.down", tooltip="A line down"),
        Binding("up,k", "roll(-1)", "up", show=False, id="list.up", tooltip="A line up"),
        Binding("pagedown", "roll(10)", "page down", show=False, id="list.pagedown", tooltip="Ten lines down"),
        Binding("pageup", "roll(-10)", "page up", show=False, id="list.pageup", tooltip="Ten lines up"),
        Binding("question_mark,f1", "help", "help", id="board.help", tooltip="Help on this, and every key"),
        Binding("escape,f4,q", "back", "back", id="board.back", tooltip="Back to the board"),
    ]
    AUTO_FOCUS = ""
    title_words = ""
    about = ""

    def __init__(self) -> None:
        super().__init__()
        self.bar = TitleBar()
        self.words = Static(Content(""))

    def compose(self) -> ComposeResult:
        yield self.bar
        with VerticalScroll(id="sheet", can_focus=False):
            yield self.words
        yield KeyBar(last=("help", "back"))

    def on_mount(self) -> None:
        self.bar.words = self.title_words
        self.show()

    def on_resize(self) -> None:
        self.show()

    @property
    def width(self) -> int:
        """The cells of a line."""
        return max(NARROWEST, self.size.width - 6)

    def lines(self) -> list[Content]:
        """What the sheet says."""
        raise NotImplementedError

    def show(self) -> None:
        """Shows it as it is now."""
        self.words.update(Content("\n").join(self.lines()))

    def say(self, words: str, warning: bool = False) -> None:
        """Says something in passing, in the line of keys."""
        self.query_one(KeyBar).say(words, warning)

    def action_roll(self, by: int) -> None:
        """Scrolls by some lines."""
        self.query_one("#sheet").scroll_relative(y=by, animate=False)

    def action_help(self) -> None:
        """Shows what this is for, and its keys."""
        from sla_tui.tui.dialogs.help import Help, keys_of

        self.app.push_screen(Help(self.title_words, Content(self.about), keys_of(cast("Screen[object]", self))))

    def action_back(self) -> None:
        """Goes back to the board."""
        self.dismiss()


def head(words: str) -> Content:
    """A heading within a sheet."""
    return Content.styled(words, "bold $primary")


def muted(words: str) -> Content:
    """Words that matter less."""
    return Content.styled(words, "$text-muted")
