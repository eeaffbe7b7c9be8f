"""What each stage's threshold means: leads, share, and given an outcome precision, recall and lift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sla_tui.agreement.sentence import stage_words
from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Pieces, Points, fit

if TYPE_CHECKING:
    from textual.geometry import Size

    from sla_tui.agreement.sections.scoring import Stage
    from sla_tui.scoring.results import Reach


def stage_name(stage: Stage) -> str:
    """What a stage is called on a narrow line: ``MQL``, else its name."""
    word = stage_words(stage.id)[:-1]
    return word if word.isupper() else stage.name or stage.id


def percent(share: float | None) -> str:
    """A share as people say it; a dash for one over nothing."""
    if share is None:
        return "–"
    return f"{share:.1%}".replace("%", " %") if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage that points reach, and who gets there: None while no leads are there."""

    stage: Stage
    reach: Reach | None = None
    trouble: str = ""


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

    def _name_width(self, width: int) -> int:
        longest = max((len(stage_name(view.stage)) for view in self.views), default=0)
        return max(6, min(longest, 24, width - (54 if self._told else 30)))

    def head(self, width: int) -> str:
        name = self._name_width(width)
        words = f"  {fit('Stage', name)}{'At':>6}{'Leads':>9}{'Share':>8}"
        if self._told:
            words += f"{'Precision':>12}{'':>9}{'Recall':>7}{'Lift':>6}"
        return words

    def line(self, at: int, width: int) -> Pieces:
        view, here = self.views[at], at == self.at
        name = self._name_width(width)
        points = "–" if view.stage.at is None else str(view.stage.at)
        pieces: list[tuple[str, str]] = [
            ("› " if here else "! " if view.trouble else "  ", "accent" if here else "sign"),
            (fit(stage_name(view.stage), name), "accent" if here else "text"),
            (" ", "text"),
            (f"{points:>5}", "cursor" if here else "strong"),
        ]
        if view.reach is not None:
            look = "strong" if here else "text"
            found = ratios(view.reach)
            pieces.append((f"{number(view.reach.leads):>9}{percent(found.share):>8}", look))
            if self._told:
                lift = "–" if found.lift is None else f"{found.lift:.1f}"
                within = (
                    "" if found.low is None or found.high is None else f"({found.low * 100:.0f}–{found.high * 100:.0f})"
                )
                pieces.append((f"{percent(found.precision):>12}", look))
                pieces.append((f" {within:<8}", "muted"))
                pieces.append((f"{percent(found.recall):>7}{lift:>6}", look))
        return pieces
