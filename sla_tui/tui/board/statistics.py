"""The figures behind the sentence: the leads as a whole, and a ladder of thresholds around the one in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.scoring.sentence import number
from sla_tui.tui.board.lines import Lines, Pieces
from sla_tui.tui.board.stages import percent, ratios
from sla_tui.tui.board.words import moved

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored

LADDER = (10, 5, 0, -5, -10)
"""How far from the threshold in hand the others of the ladder are."""


class Statistics(Lines):
    """Shows figures line by line; ``short``: the ladder alone, to look at only."""

    def __init__(self, id: str | None = None, short: bool = False) -> None:
        super().__init__(id=id)
        self._short = short
        self.can_focus = not short
        self._said: list[Pieces] = []
        self.empty = "" if short else "No leads yet. o chooses a file of them."

    def show(self, scored: Scored | None, stage: str) -> None:
        """Shows the figures of scored leads, and the ladder around a stage's threshold."""
        said: list[Pieces] = []
        if scored is not None and scored.size:
            said = [*ladder(scored, stage), *([] if self._short else whole(scored))]
        if said != self._said:
            self._said = said
            self.renew(len(said))

    def line(self, at: int, width: int) -> Pieces:
        return self._said[at]


def ladder(scored: Scored, stage: str) -> list[Pieces]:
    """A line for each threshold around the one in hand."""
    reaches = [(by, reach) for by in LADDER if (reach := moved(scored, stage, by)) is not None]
    if not reaches:
        return []
    told = reaches[0][1].outcome
    head = f"  {'If at':>7}{'Leads':>9}{'Share':>8}" + (
        f"{'Won':>7}{'Precision':>11}{'Recall':>8}{'Lift':>6}" if told else ""
    )
    lines: list[Pieces] = [[(head, "head")]]
    for by, reach in reaches:
        found = ratios(reach)
        words = f"{reach.at:>7}{number(reach.leads):>9}{percent(found.share):>8}"
        if told:
            lift = "–" if found.lift is None else f"{found.lift:.1f}"
            words += f"{number(reach.positive):>7}{percent(found.precision):>11}{percent(found.recall):>8}{lift:>6}"
        lines.append([("› " if by == 0 else "  ", "accent"), (words, "accent" if by == 0 else "text")])
    return [*lines, [("", "text")]]


def whole(scored: Scored) -> list[Pieces]:
    """The leads as a whole."""
    tally, lines = scored.tally, list[tuple[str, str]]()
    score = tally.summary()
    lines.append(("Scored", f"{number(scored.size)} leads"))
    if scored.excluded:
        lines.append(("Excluded", f"{number(scored.excluded)} leads, in no other figure"))
    if score.mean is not None:
        lines.append(("Scores", f"{score.min} to {score.max}, mean {score.mean:.1f}, median {score.median:g}"))
    for stage in scored.stages:
        if stage.leads is not None:
            name = "Below all stages" if stage.id == "none" else stage.name
            lines.append((name, f"{number(stage.leads)} leads, {percent(stage.leads / scored.size)}"))
    if scored.outcome is not None:
        known = f"known of {number(tally.known)}, {number(tally.won)} won"
        lines.append(("Outcome", known + (f" ({percent(tally.won / tally.known)})" if tally.known else "")))
        ranked = tally.auc()
        if ranked is not None:
            lines.append(("Ranking", f"won above lost {percent(ranked)} of the time (AUC)"))
    if scored.leads.last_day is not None:
        lines.append(("As of", f"{scored.as_of or scored.leads.last_day}, the log's last day"))
    width = min(26, max(len(name) for name, _ in lines))
    return [[(f"  {name[:width]:<{width}}  ", "muted"), (words, "text")] for name, words in lines]
