"""What each rule is there for at a stage: who would come in or stay out if it gave no points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from sla_tui.scoring.comparesaid import signed
from sla_tui.scoring.results import Removal
from sla_tui.tui.board.lines import Lines, Pieces, fit
from sla_tui.tui.dialogs.dialog import CLOSE, Dialog


@dataclass(frozen=True, slots=True)
class Effect:
    """A rule by its words and points, and what its removal would do."""

    words: str
    points: int
    removal: Removal


class _Effects(Lines):
    def __init__(self, effects: Sequence[Effect], at: int) -> None:
        super().__init__(id="effects")
        self._effects = effects
        self._start = at
        self.empty = "No rules yet."

    def on_mount(self) -> None:
        self.renew(len(self._effects))
        self.go(self._start)
        self.focus()

    def head(self, width: int) -> str:
        room = max(10, width - 46)
        return f"  {'Points':>6}  {fit('What for', room)}{'Leads':>9}{'Won':>9}{'Precision':>17}"

    def line(self, at: int, width: int) -> Pieces:
        effect, here = self._effects[at], at == self.at
        removal, room = effect.removal, max(10, width - 46)
        return [
            ("› " if here else "  ", "accent"),
            (f"{effect.points:>+6}  ", "strong"),
            (fit(effect.words, room), "strong" if here else "text"),
            (f"{signed(removal.leads):>9}", "text" if removal.leads else "muted"),
            (f"{signed(removal.won) if removal.now.outcome else '':>9}", "text" if removal.won else "muted"),
            (f"{precision(removal):>17}", "good" if (removal.precision or 0) > 0 else "muted"),
        ]


def precision(removal: Removal) -> str:
    """The share won among those who reach the stage, with the rule and without it; empty where it is not known."""
    if removal.precision is None:
        return ""
    now = removal.now.positive / removal.now.known
    return f"{now:.1%} → {now + removal.precision:.1%}".replace("%", " %")


class Effects(Dialog[None]):
    """Lists the rules of a stage with what removing each would do, the cursor on the one at ``at``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter", "leave", "close", show=False, id="source.leave", tooltip="Close the list"),
        CLOSE,
    ]

    def __init__(self, stage: str, effects: Sequence[Effect], at: int = 0) -> None:
        super().__init__(f"If a rule were removed: change at {stage}", "each alone, the others as they are")
        self._effects = effects
        self._start = at

    def body(self) -> Iterable[Widget]:
        yield _Effects(self._effects, self._start)
