"""The answer panel: the question for the room, an example, what is wrong, and the editor for one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.choices import Choices
from sla_tui.tui.drafting.complete import Offered
from sla_tui.tui.drafting.editors import LineEditor, ProseEditor
from sla_tui.tui.drafting.leaving import Typed
from sla_tui.tui.drafting.several import Finder, Pool
from sla_tui.tui.words import Words
from sla_tui.workshop.choosing import Choice
from sla_tui.workshop.suggest import Suggestions

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Slot

OFFERS = 5
"""How many lines of usual answers are in view at most."""
MOST = 15
"""How many lines of people or entries to choose from are in view at most."""
BESIDES = 18
"""Lines of the screen that are not for lists; in a low window those have to scroll."""

Editor = LineEditor | ProseEditor | Choices | Finder
Way = tuple[Choice, ...] | Pool | Suggestions
"""How a question is answered: by one of a few words, by naming what is there, or by typing with suggestions."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the panel shows for one place: how it can be answered (``hint``, ``example``) or what is wrong with it.

    ``reads`` is the answer as it is kept, ``beside`` what that comes to.
    """

    title: str
    question: str
    hint: str
    trouble: str = ""
    example: str = ""
    reads: str = ""
    beside: str = ""


class Answer(Vertical):
    """Shows one question; while editing, one editor beneath it. Posts what was typed and done; it changes nothing.

    ``besides`` are the lines that the screen needs for everything else.
    """

    DEFAULT_CSS = """
    Answer {
        #question, #hint { height: auto; }
        #line, #finder, #prose, #choices, #offered { display: none; width: 1fr; border: none; padding: 0; margin: 0; }
        #line, #finder { height: 1; background: $boost; }
        #prose { height: 25h; min-height: 5; max-height: 14; background: $boost; }
        #choices { height: auto; max-height: 8; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
        #offered { background: transparent; text-wrap: nowrap; text-overflow: ellipsis; }
        #offered > .option-list--option { padding: 0 0 0 2; }
        #choices > .option-list--option { padding: 0 0 0 2; }
        #offered > .option-list--option-highlighted {
            background: $primary;
            color: $background;
            text-style: bold;
        }
        #line.-open, #finder.-open, #prose.-open, #choices.-open, #offered.-open { display: block; }
    }
    """

    def __init__(self, id: str | None = None, besides: int = BESIDES) -> None:
        super().__init__(id=id)
        self._besides = besides
        self._editor: Editor | None = None

    def compose(self) -> ComposeResult:
        offered = Offered(id="offered")
        yield Words(id="question")
        yield LineEditor(offered, id="line")
        yield ProseEditor(offered, id="prose")
        yield Choices(id="choices", compact=True)
        yield Finder(offered, id="finder")
        yield Words(id="hint")
        yield offered

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self._editor is not None

    def ask(self, question: Question | None) -> None:
        """Shows a question, or nothing."""
        asked, hint = self.query_one("#question", Words), self.query_one("#hint", Words)
        if question is None:
            asked.say(Content(""))
            hint.say(Content(""))
            return
        asked.say(Content.assemble((question.title, "$text-muted"), "  ", (question.question, "bold")))
        hint.say(self._hint(question))

    def _hint(self, question: Question) -> Content:
        """How the answer is kept where it was typed otherwise, what it comes to, what is wrong; or an example."""
        typed = self._typed()
        reads = f"→ {question.reads}" if typed and question.reads not in ("", typed) else ""
        said = "   ".join(words for words in (reads, question.beside) if words)
        if question.trouble:
            return Content.assemble(f"{said}\n" if said and typed else "", ("! ", "bold $warning"), question.trouble)
        example = "" if self.query_one(Offered).has_class("-open") else question.example
        hint = "" if typed else "   ".join(words for words in (example, question.hint) if words)
        return Content.assemble(said, "   " if said and hint else "", (hint, "$text-muted"))

    def _typed(self) -> str:
        """The text in the editor that is open; empty for none."""
        match self._editor:
            case LineEditor() as line:
                return " ".join(line.value.split())
            case ProseEditor() as area:
                return area.text.strip()
            case _:
                return ""

    def edit(self, slot: Slot, text: str, way: Way) -> None:
        """Opens the editor that fits the way of answering, with ``text`` in it, and focuses it."""
        self.close()
        offered = self.query_one(Offered)
        offered.open(self._room(MOST if isinstance(way, Pool) else OFFERS))
        if isinstance(way, Pool):
            finder = self.query_one(Finder)
            finder.open(slot, way)
            self._open(finder)
        elif isinstance(way, tuple):
            picker = self.query_one(Choices)
            picker.offer(way, slot.value)
            self._open(picker)
        elif slot.spec.kind is Kind.PROSE:
            area = self.query_one(ProseEditor)
            area.open(text, way)
            self._open(area)
        else:
            line = self.query_one(LineEditor)
            line.open(slot, text, way)
            self._open(line)

    def _room(self, most: int) -> int:
        """Lines for a list, at least two."""
        return max(2, min(most, self.screen.size.height - self._besides - 1))

    def close(self) -> None:
        """Closes the editor, if one is open."""
        if self._editor is not None:
            self._editor.remove_class("-open")
            self.query_one(Offered).remove_class("-open")
            self.remove_class("-editing")
            self._editor = None

    def put(self, text: str) -> None:
        """Shows other text in the open editor, as undo does, without telling that it changed."""
        if isinstance(self._editor, (LineEditor, ProseEditor, Finder)):
            self._editor.put(text)

    def rewrite(self, text: str) -> None:
        """Puts other text into the open editor as if it was typed."""
        if isinstance(self._editor, (LineEditor, ProseEditor)):
            self._editor.rewrite(text)

    def _open(self, editor: Editor) -> None:
        self._editor = editor
        editor.add_class("-open")
        self.add_class("-editing")
        editor.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._editor is event.input and isinstance(self._editor, LineEditor):
            self.post_message(Typed(event.value))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._editor is event.text_area:
            self.post_message(Typed(event.text_area.text))

    def on_offered_clicked(self, event: Offered.Clicked) -> None:
        event.stop()
        if isinstance(self._editor, (LineEditor, ProseEditor, Finder)):
            self._editor.take_at(event.at)
