"""Choosing what the scoring is tried on: a file of leads, the column with the outcome, and what means won."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.personal import MASKED, is_personal
from sla_tui.scoring.warehouse.addresses import database_of
from sla_tui.tui.board.sample import Sample, choices, completions
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog, troubled

NO_TABLE, NO_LOG, OWN = "\x00table", "\x00log", "\x00own"
"""What can be chosen beside a file; no path holds such a character."""
NOBODY = "\x00"
"""No outcome column."""


class Paths(Suggester):
    """Completes a path from the agreement's folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folder = folder

    async def get_suggestion(self, value: str) -> str | None:
        """The first path that goes on from what is typed."""
        if not value:
            return None
        return next((one for one in completions(self._folder, value) if one.startswith(value) and one != value), None)


class ChooseLeads(Dialog[str]):
    """Asks for a file; hands back its path, or one of the answers beside a file."""

    AUTO_FOCUS = "#files"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other", "list or path", id="source.other", tooltip="Go between the list and the path"),
        CLOSE,
    ]

    def __init__(self, folder: Path, sample: Sample) -> None:
        super().__init__("Which leads?", "a table with a row for each lead, or an activity log")
        self._folder = folder
        self._sample = sample

    def body(self) -> Iterable[Widget]:
        yield OptionList(*self._options(), id="files", compact=True)
        with Horizontal(classes="row"):
            yield Static("Other file", classes="label")
            yield Input(id="path", compact=True, suggester=Paths(self._folder), placeholder="path; → completes it")
        yield Static(id="said", classes="said")

    def _options(self) -> list[Option]:
        files = choices(self._folder)
        width = max((cell_len(path.name) for path in files), default=0)
        options: list[Option] = []
        for path in files:
            used = {self._sample.leads: "the table now", self._sample.activity: "the log now"}.get(path, "")
            name = clean_line(path.name)
            size = Content.styled(f"  {_size(path):>8}", "$text-muted")
            options.append(Option(Content.assemble(name.ljust(width), size, f"  {used}"), id=str(path)))
        for there, id_, words in (
            (self._sample.leads and self._sample.activity, NO_TABLE, "– the log alone, no table"),
            (self._sample.leads and self._sample.activity, NO_LOG, "– the table alone, no log"),
            (self._sample.there, OWN, "– what this agreement's folder says"),
        ):
            if there:
                options.append(Option(Content.styled(words, "$text-muted"), id=id_))
        return options

    def on_mount(self) -> None:
        if not self.query_one(OptionList).option_count:
            self.query_one("#path").focus()

    def action_other(self) -> None:
        """Goes to the path, or back to the list."""
        self.query_one("#files" if self.query_one("#path").has_focus else "#path").focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        path = self._folder / Path(typed).expanduser()
        if not typed:
            return
        if path.is_file():
            self.dismiss(str(path))
            return
        if database_of(path):
            said = troubled("leads in a database are only counted there, by simulate", "export some of them to a file")
            self.query_one("#said", Static).update(said)
            return
        what = "is a folder: name a file in it" if path.is_dir() else "is not there"
        near = ", ".join(completions(self._folder, typed.rpartition("/")[0] + "/" if "/" in typed else "")[:6])
        remedy = f"there: {near}" if near else "check the path"
        self.query_one("#said", Static).update(troubled(f"{clean_line(typed)} {what}", clean_line(remedy)))


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


class ChooseOutcome(Dialog[str]):
    """Asks which column says whether a lead was won."""

    BINDINGS: ClassVar[list[BindingType]] = [CLOSE]

    def __init__(self, columns: Sequence[str], now: str | None) -> None:
        super().__init__("Which column says who was won?", "yes, won, true, 1 against no, lost, false, 0; or say which")
        self._columns = columns
        self._now = now

    def body(self) -> Iterable[Widget]:
        names = [name for name in dict.fromkeys(self._columns) if name]
        options = [Option(Content(name), id=name) for name in names]
        none = Option(Content.styled("– nobody knows yet", "$text-muted"), id=NOBODY)
        picker = OptionList(*options, none, compact=True)
        picker.highlighted = names.index(self._now) if self._now in names else 0
        yield picker

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class ChooseWon(Dialog[tuple[str, ...]]):
    """Asks which values of the outcome mean won."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,f10", "done", "these were won", id="source.done", tooltip="Count the marked values as won"),
        CLOSE,
    ]

    def __init__(self, column: str, values: Sequence[tuple[str, int]], of: str = "leads") -> None:
        super().__init__(f"What in “{clean_line(column)}” means won?", "Space marks; the others were not won")
        self._column = column
        self._values = values
        self._of = of

    def body(self) -> Iterable[Widget]:
        yield SelectionList[str](
            *(
                Selection(Content.assemble(self._said(value), (f"  {count} {self._of}", "$text-muted")), value)
                for value, count in self._values
            ),
            compact=True,
        )

    def _said(self, value: str) -> str:
        return MASKED if is_personal(self._column, value) else clean_line(value)

    def action_done(self) -> None:
        """Hands back what is marked."""
        self.dismiss(tuple(self.query_one(SelectionList).selected))
