"""What each stage's threshold means: leads, share, and given an outcome precision, recall and lift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from sla_tui.agreement.sentence import stage_words
from sla_tui.scoring.sentence import interval, number
from sla_tui.scoring.weekly import per_week
from sla_tui.tui.board.lines import Pieces, Points, fit

if TYPE_CHECKING:
    from textual.geometry import Size

    from sla_tui.agreement.sections.scoring import Stage
    from sla_tui.scoring.results import Reach

HEADS = ("At", "Leads", "Share", "Precision", "", "Recall", "Lift")
A_WEEK = "A week"
"""The head of the leads a week, which follow the leads where they are known and there is room."""
ROOMY = (6, 9, 8, 12, 9, 7, 6)
TIGHT = (5, 7, 6, 10, 8, 7, 5)
"""Cells of each figure with the gap before it, at least: where names have room too, and where they have not."""
WEEKLY = 8
"""Cells of the leads a week."""
WITHIN = 4
"""The place of precision's interval, which follows precision."""
SIGN = 2
T = TypeVar("T")
SHORTEST, LONGEST = 6, 24
"""Cells of the stages' names."""


def stage_name(stage: Stage) -> str:
    """What a stage is called on a narrow line: ``MQL``, else its name."""
    word = stage_words(stage.id)[:-1]
    return word if word.isupper() else stage.name or stage.id


def name_within(stage: Stage, width: int) -> str:
    """What a stage is called in ``width`` cells: its name, or its id in capitals where only that has room."""
    name, short = stage_name(stage), stage.id.upper()
    return short if cell_len(name) > width >= cell_len(short) else name


def percent(share: float | None) -> str:
    """A share as people say it; a dash for one over nothing."""
    if share is None:
        return "–"
    return f"{share:.1%}".replace("%", " %") if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage that points reach, and who gets there: None while no leads are there. ``week``: how many a week."""

    stage: Stage
    reach: Reach | None = None
    trouble: str = ""
    week: float | None = None


@dataclass(frozen=True, slots=True)
class Ratios:
    """How good a threshold is: each None over nothing."""

    share: float | None = None
    precision: float | None = None
    low: float | None = None
    high: float | None = None
    recall: float | None = None
    lift: float | None = None


def ratios(reach: Reach) -> Ratios:
    """Share, precision with its 95 % interval, recall and lift of those who reach a stage."""
    from sla_tui.scoring.tally import wilson

    share = reach.leads / reach.total if reach.total else None
    precision = reach.positive / reach.known if reach.known else None
    recall = reach.positive / reach.all_positive if reach.all_positive else None
    base = reach.all_positive / reach.all_known if reach.all_known else None
    lift = precision / base if precision is not None and base else None
    return Ratios(share, precision, *wilson(reach.positive, reach.known), recall, lift)


def figures(view: StageView, told: bool, week: bool = False) -> tuple[str, ...]:
    """The figures of a stage's line in words, in the order of ``HEADS``; ``told``: with what the outcome says.

    ``week``: with the leads a week after the leads.
    """
    points = "–" if view.stage.at is None else str(view.stage.at)
    if view.reach is None:
        return (points, *[""] * ((len(HEADS) - 1 if told else 2) + week))
    found = ratios(view.reach)
    weekly = (per_week(view.week),) if week else ()
    counted = (points, number(view.reach.leads), *weekly, percent(found.share))
    if not told:
        return counted
    within = "" if found.low is None or found.high is None else f"({interval(found.low, found.high)})"
    lift = "–" if found.lift is None else f"{found.lift:.1f}"
    return (*counted, percent(found.precision), within, percent(found.recall), lift)


class Stages(Points):
    """Shows stages with one cursor."""

    DEFAULT_CSS = """
    Stages { height: auto; max-height: 7; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,plus", "nudge(1)", "threshold", key_display="←→", id="points.up", tooltip="Threshold one point up"
        ),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.views: tuple[StageView, ...] = ()
        self.empty = "No stage is reached by points yet. a adds one."

    @property
    def here(self) -> StageView | None:
        """The stage at the cursor."""
        return self.views[self.at] if self.views else None

    def show(self, views: Sequence[StageView], at: str = "") -> None:
        """Shows stages, with the cursor on the one called ``at``, or where it was."""
        grown = len(views) != len(self.views)
        self.views = tuple(views)
        ids = [view.stage.id for view in self.views]
        if at in ids:
            self.at = ids.index(at)
        self.renew(len(self.views))
        if grown:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there are stages."""
        return 1 + max(1, len(self.views))

    @property
    def _told(self) -> bool:
        return any(view.reach and view.reach.outcome for view in self.views)

    def _layout(self, width: int) -> tuple[int, tuple[int, ...], bool]:
        """Cells of the name, and of each figure with the gap before it, and whether leads a week are among them.

        Figures are whole, the name takes the rest.
        """
        known = any(view.week is not None for view in self.views)
        longest = max((cell_len(stage_name(view.stage)) for view in self.views), default=0)
        wanted = max(SHORTEST, min(longest, LONGEST))
        rest, cells, week = 0, tuple[int, ...](), False
        for week, at_least in ((True, ROOMY), (True, TIGHT), (False, ROOMY), (False, TIGHT)):
            if week and not known:
                continue
            shown = [figures(view, self._told, week) for view in self.views]
            columns = zip(_columns(at_least, WEEKLY, week), zip(*shown, strict=True), strict=False)
            cells = tuple(max(least, *(1 + cell_len(words) for words in column)) for least, column in columns)
            rest = width - SIGN - sum(cells)
            if rest >= wanted:
                break
        return max(SHORTEST, min(wanted, rest)), cells, week

    def head(self, width: int) -> str:
        name, cells, week = self._layout(width)
        heads = _columns(HEADS, A_WEEK, week)
        words = "".join(fit(word, size, right=True) for word, size in zip(heads, cells, strict=False))
        return f"  {fit('Stage', name)}{words}"

    def line(self, at: int, width: int) -> Pieces:
        view, here = self.views[at], at == self.at
        name, cells, week = self._layout(width)
        within = WITHIN + week
        points, *found = (
            f" {fit(words, size - 1)}" if place == within else fit(words, size, right=True)
            for place, (words, size) in enumerate(zip(figures(view, self._told, week), cells, strict=True))
        )
        look = "strong" if here else "text"
        return [
            ("› " if here else "! " if view.trouble else "  ", "accent" if here else "sign"),
            (fit(name_within(view.stage, name), name), "accent" if here else "text"),
            (" ", "text"),
            (points[1:], "cursor" if here else "strong"),
            *((words, "muted" if place == within else look) for place, words in enumerate(found, 1)),
        ]


def _columns(columns: tuple[T, ...], weekly: T, week: bool) -> tuple[T, ...]:
    """The columns, with that of the leads a week after the leads."""
    return (*columns[:2], weekly, *columns[2:]) if week else columns
