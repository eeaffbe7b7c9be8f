"""What was answered one way here and another way on disk: shown one at a time, and which is to stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sla_tui.agreement.clashes import Conflict as Clashing
from sla_tui.agreement.clashes import Whose
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog
from sla_tui.workshop.together import Decision, Wording

NAMES: Mapping[Whose, str] = {Whose.BEFORE: "before", Whose.MINE: "mine", Whose.THEIRS: "theirs"}
ROOM = 8
"""Cells for the name of a version."""


class Conflict(Dialog[tuple[Decision, ...]]):
    """Hands back what was decided, also when it is left before the end; what was skipped stays open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take('mine')", "keep mine", id="conflict.mine", tooltip="What is said here stands"),
        Binding("t", "take('theirs')", "take theirs", id="conflict.theirs", tooltip="What is said on disk stands"),
        Binding("b", "take('before')", "as before", id="conflict.before", tooltip="What both had before stands"),
        Binding("s,space,right", "turn(1)", "skip", id="conflict.skip", tooltip="Leave it open and go on"),
        Binding("left", "turn(-1)", "back", show=False, id="conflict.back", tooltip="The one before"),
        Binding("M", "rest('mine')", "all mine", id="conflict.all.mine", tooltip="Mine here and in all that follow"),
        Binding("T", "rest('theirs')", "all theirs", id="conflict.all.theirs", tooltip="Theirs here and from here on"),
        CLOSE,
    ]

    def __init__(self, wording: Wording, conflicts: tuple[Clashing, ...], decided: Mapping[int, Whose]) -> None:
        super().__init__("Changed here and on disk")
        self._wording = wording
        self._conflicts = conflicts
        self._decided = dict(decided)
        self._at = next((at for at in range(len(conflicts)) if at not in decided), 0)

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(classes="scrolls", can_focus=True):
            yield Static(id="clash")

    def on_mount(self) -> None:
        self._ask()

    def _ask(self) -> None:
        count = f"{self._at + 1} of {len(self._conflicts)}"
        for title in self.query(".title").results(Static):
            title.update(Content.assemble(self._title(), (f"  {count}", "$text-muted")))
        for clash in self.query("#clash").results(Static):
            clash.update(self._shown())
        for page in self.query(VerticalScroll):
            page.scroll_home(animate=False)

    def _shown(self) -> Content:
        one = self._conflicts[self._at]
        question = one.spec.question if one.spec and one.spec.leaf else ""
        head = [Content.styled(self._wording.place(one), "bold")]
        head += [Content.styled(question, "$text-muted")] if question else []
        return Content("\n").join([*head, Content(""), *(self._version(one, whose) for whose in NAMES)])

    def _version(self, one: Clashing, whose: Whose) -> Content:
        chosen = self._decided.get(self._at) is whose
        name = Content.styled(
            f"{'✓' if chosen else ' '} {NAMES[whose]:<{ROOM}}", "bold $primary" if chosen else "$text-muted"
        )
        lines = self._wording.version(one, whose).splitlines() or [""]
        said = Content(("\n" + " " * (ROOM + 2)).join(lines))
        return name + said

    def action_take(self, whose: str) -> None:
        """One version is to stand here."""
        self._decided[self._at] = Whose(whose)
        self.action_turn(1)

    def action_rest(self, whose: str) -> None:
        """One version is to stand here and in all that follow."""
        self._decided.update(dict.fromkeys(range(self._at, len(self._conflicts)), Whose(whose)))
        self.action_leave()

    def action_turn(self, by: int) -> None:
        """Shows the next one, or the one before; after the last it is done."""
        if not 0 <= self._at + by < len(self._conflicts):
            if by > 0:
                self.action_leave()
            return
        self._at += by
        self._ask()

    def action_leave(self) -> None:
        """Hands back what is decided so far."""
        self.dismiss(tuple(Decision(self._conflicts[at], whose) for at, whose in sorted(self._decided.items())))
