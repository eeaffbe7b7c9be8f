"""Rows from a spreadsheet for a list: shows how they are understood, or what is wrong with which, before they go in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.paths import Add, Batch, apply, at_key
from sla_tui.agreement.sentence import reading
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.dialogs.dialog import Dialog
from sla_tui.workshop.items import BadRows, columns, from_rows

PAUSE = 0.1
"""Seconds without a key before the rows are read."""
SHOWN = 200
"""How many rows or problems are shown; the rest is counted."""


class Understood(Message):
    """How one text was read: the change it stands for, or the problems with it."""

    def __init__(self, text: str, change: Batch | None, problems: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.text = text
        self.change = change
        self.problems = problems


class PasteRows(Dialog[Batch]):
    """Hands back the change that adds the rows to the list at ``key``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "add them", id="paste.take", tooltip="Add these rows to the list; one undo"),
        Binding("f2", "take_typed", "add them", id="paste.typed", tooltip="Add these rows to the list; one undo"),
        Binding("e", "mend", "edit the rows", id="paste.mend", tooltip="Back to the text of the rows"),
        Binding("escape", "leave", "close", id="paste.close", tooltip="Leave the text; then close without adding"),
    ]

    def __init__(self, agreement: Agreement, key: str, text: str = "") -> None:
        slot = at_key(agreement, key)
        super().__init__(f"Paste rows into {slot.spec.title}", "one a line, cells parted by tabs")
        self._agreement = agreement
        self._key = key
        self._text = text
        self._columns = " · ".join(spec.title for spec in columns(slot.spec))
        self._entry = slot.spec.entry
        self._change: Batch | None = None

    def body(self) -> Iterable[Widget]:
        yield Static(
            Content.assemble(
                ("Columns, in this order: ", "$text-muted"),
                self._columns,
                (".\nOr name some of them in a first row. Empty cells stay open.\n", "$text-muted"),
            )
        )
        yield TextArea(self._text, id="rows", compact=True, soft_wrap=False, tab_behavior="focus")
        with VerticalScroll(id="preview", can_focus=True):
            yield Static(id="understood")

    def on_mount(self) -> None:
        self._show(Understood("", None))
        if self._text:
            rows = self.query_one(TextArea)
            rows.move_cursor(rows.document.end)
            self._read(self._text)
            self.query_one("#preview").focus()
        else:
            self.query_one("#rows").focus()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self._change = None
        self.refresh_bindings()
        self._read(event.text_area.text)

    @work(exclusive=True, exit_on_error=False)
    async def _read(self, text: str) -> None:
        import asyncio

        await asyncio.sleep(PAUSE)
        news = await asyncio.to_thread(partial(understood, self._agreement, self._key, text))
        if self.query("#understood"):
            self._show(news)

    def _show(self, news: Understood) -> None:
        self._change = news.change
        shown = self.query_one("#understood", Static)
        if news.problems:
            shown.update(_problems(news.problems))
        elif news.change is None:
            shown.update(Content.styled("Copy rows in your spreadsheet and paste them here.", "$text-muted"))
        else:
            shown.update(_preview(news.change, self._entry))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Rows that are not understood cannot be added."""
        typing = self.focused is not None and self.focused.id == "rows"
        if action in ("take", "take_typed"):
            # Enter begins a new line while the text is being typed.
            return False if typing is (action == "take") else True if self._change is not None else None
        return not typing if action == "mend" else True

    def action_take(self) -> None:
        """Hands back the change."""
        self.dismiss(self._change)

    def action_take_typed(self) -> None:
        """Hands back the change, from within the text."""
        self.dismiss(self._change)

    def on_paste(self, event: Paste) -> None:
        """Rows pasted anew, outside of the text, take the place of those that stand there."""
        event.stop()
        rows = self.query_one(TextArea)
        if not rows.has_focus:
            rows.load_text(event.text)
            rows.move_cursor(rows.document.end)

    def action_mend(self) -> None:
        """To the text."""
        self.query_one("#rows").focus()

    def action_leave(self) -> None:
        """Out of the text; then out of the dialog."""
        if self.focused is not None and self.focused.id == "rows" and self.query_one(TextArea).text:
            self.query_one("#preview").focus()
        else:
            self.dismiss(None)


def understood(agreement: Agreement, key: str, text: str) -> Understood:
    """How ``text`` reads as rows of the list at ``key``."""
    if not text.strip():
        return Understood(text, None)
    try:
        change = from_rows(agreement, key, text)
        apply(agreement, change)
    except BadRows as error:
        return Understood(text, None, error.problems)
    except UserError as error:
        said = error.message.removeprefix(f"{key}: ")
        return Understood(text, None, (f"{said}; {error.remedy}" if error.remedy else said,))
    return Understood(text, change)


def _problems(problems: tuple[str, ...]) -> Content:
    count = len(problems)
    head = Content.styled("Nothing is added as long as this stands:", "$text-muted")
    lines = [Content.assemble(("! ", "bold $warning"), problem) for problem in problems[:SHOWN]]
    return Content("\n").join([head, *lines, *_rest(count)])


def _preview(change: Batch, entry: str) -> Content:
    items = [one.item for one in change.changes if isinstance(one, Add)]
    head = Content.styled(f"{len(items)} to add; each {entry} as it will read:", "$text-muted")
    lines = [
        Content.assemble((f"{at:>3}  ", "$text-muted"), reading(item)) for at, item in enumerate(items[:SHOWN], start=1)
    ]
    return Content("\n").join([head, *lines, *_rest(len(items))])


def _rest(count: int) -> list[Content]:
    return [Content.styled(f"… and {count - SHOWN} more", "$text-muted")] if count > SHOWN else []
