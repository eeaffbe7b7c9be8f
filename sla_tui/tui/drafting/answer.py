"""The answer panel: the question for the room, an example, what is wrong, and the editor for one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList, TextArea
from textual.widgets.option_list import Option

from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.nudge import nudged
from sla_tui.tui.words import Words

if TYPE_CHECKING:
    from sla_tui.agreement.parts import Slot

CLEAR = "\x00"
"""The id of the option that takes an answer back; no answer can be spelt so."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: its value, how it reads, a word more."""

    value: str
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the panel shows for one place."""

    title: str
    question: str
    hint: str
    trouble: str = ""


class Done(Message):
    """The editor was left; ``move``: where to go on (0 stay, 1 next, -1 before), ``editing``: whether to edit there."""

    def __init__(self, move: int = 0, editing: bool = False) -> None:
        super().__init__()
        self.move = move
        self.editing = editing


class Typed(Message):
    """The text in the editor changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Leaving:
    """The keys with which every editor is left; the same wherever an answer is typed."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "leave(0, False)", "leave", id="editor.leave", tooltip="Leave the field; what is typed stays"
        ),
        Binding("tab", "leave(1, True)", "next", id="editor.next", tooltip="Go on to the next answer"),
        Binding("shift+tab", "leave(-1, True)", "before", show=False, id="editor.before", tooltip="Back one answer"),
    ]


class LineEditor(Input):
    """One line; arrows nudge numbers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(1, False)", "done", id="editor.done", tooltip="Done; go to the next answer"),
        *_Leaving.KEYS,
        Binding("up", "nudge(1)", "one more", show=False, id="editor.more", tooltip="One more, where it is a number"),
        Binding(
            "down", "nudge(-1)", "one less", show=False, id="editor.less", tooltip="One less, where it is a number"
        ),
    ]

    slot: Slot | None = None

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the field."""
        self.post_message(Done(move, editing))

    def action_nudge(self, by: int) -> None:
        """One up or down, where the answer is a number of something."""
        if self.slot is None:
            return
        try:
            value = self.slot.spec.read(self.value)
        except ValueError:
            return
        self.value = self.slot.spec.show(nudged(value, by))
        self.cursor_position = len(self.value)


class ProseEditor(TextArea):
    """Several lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_Leaving.KEYS,
        Binding("enter", "new_line", "new line", id="editor.line", tooltip="A new line; Tab goes on"),
    ]

    def action_new_line(self) -> None:
        """Begins a new line."""
        self.insert("\n")

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the field."""
        self.post_message(Done(move, editing))


class Choices(OptionList):
    """One of a few answers."""

    BINDINGS: ClassVar[list[BindingType]] = _Leaving.KEYS

    def action_leave(self, move: int, editing: bool) -> None:
        """Leaves the list without choosing."""
        self.post_message(Done(move, editing))

    def on_key(self, event: Key) -> None:
        """Letters go to the next choice that starts with them, and nowhere else."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._go_to(event.character.lower())

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters choose here."""
        return character is not None and character.isprintable()

    def _go_to(self, letter: str) -> None:
        words = [cast("Content", option.prompt).plain.lower() for option in self.options]
        start = (self.highlighted or 0) + 1
        for at in (*range(start, len(words)), *range(start)):
            if words[at].startswith(letter):
                self.highlighted = at
                return

    def offer(self, choices: tuple[Choice, ...], value: str | None) -> None:
        """Shows the choices with the present one highlighted, and one that takes the answer back."""
        self.clear_options()
        width = max(len(choice.words) for choice in choices)
        self.add_options(
            [
                *(
                    Option(Content.assemble(one.words.ljust(width), (f"  {one.more}", "$text-muted")), id=one.value)
                    for one in choices
                ),
                Option(Content.styled("– no answer –", "$text-muted"), id=CLEAR),
            ]
        )
        values = [choice.value for choice in choices]
        self.highlighted = values.index(value) if value in values else 0


class Answer(Vertical):
    """Shows one question; while editing, one editor beneath it. Posts ``Typed`` and ``Done``; it changes nothing."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor: LineEditor | ProseEditor | Choices | None = None

    def compose(self) -> ComposeResult:
        yield Words(id="question")
        yield LineEditor(id="line", compact=True, select_on_focus=False)
        yield ProseEditor(id="prose", compact=True, soft_wrap=True, show_line_numbers=False)
        yield Choices(id="choices", compact=True)
        yield Words(id="hint")

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
        if question.trouble:
            hint.say(Content.assemble(("! ", "bold $warning"), question.trouble))
        else:
            hint.say(Content.styled(question.hint, "$text-muted"))

    def edit(self, slot: Slot, text: str, choices: tuple[Choice, ...]) -> None:
        """Opens the editor that fits the place, with ``text`` in it, and focuses it."""
        self.close()
        if choices:
            picker = self.query_one(Choices)
            picker.offer(choices, slot.value)
            self._open(picker)
        elif slot.spec.kind is Kind.PROSE:
            area = self.query_one(ProseEditor)
            with area.prevent(TextArea.Changed):
                area.load_text(text)
            area.move_cursor(area.document.end)
            self._open(area)
        else:
            line = self.query_one(LineEditor)
            line.slot = slot
            with line.prevent(Input.Changed):
                line.value = text
            line.cursor_position = len(text)
            self._open(line)

    def close(self) -> None:
        """Closes the editor, if one is open."""
        if self._editor is not None:
            self._editor.remove_class("-open")
            self.remove_class("-editing")
            self._editor = None

    def put(self, text: str) -> None:
        """Shows other text in the open editor, as undo does, without telling that it changed."""
        match self._editor:
            case LineEditor() as line if line.value != text:
                with line.prevent(Input.Changed):
                    line.value = text
                line.cursor_position = len(text)
            case ProseEditor() as area if area.text != text:
                with area.prevent(TextArea.Changed):
                    area.load_text(text)
                area.move_cursor(area.document.end)
            case _:
                pass

    def _open(self, editor: LineEditor | ProseEditor | Choices) -> None:
        self._editor = editor
        editor.add_class("-open")
        self.add_class("-editing")
        editor.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._editor is event.input:
            self.post_message(Typed(event.value))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._editor is event.text_area:
            self.post_message(Typed(event.text_area.text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Typed("" if event.option_id == CLEAR else event.option_id or ""))
        self.post_message(Done(1))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
