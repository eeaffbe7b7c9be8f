"""The figures behind the sentence: the leads as a whole, and a ladder of thresholds around the one in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.scoring.sentence import number
from sla_tui.scoring.weekly import per_week, worth
from sla_tui.tui.board.lines import Lines, Pieces
from sla_tui.tui.board.stages import percent, ratios
from sla_tui.tui.board.words import moved, reach_of

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.pace import Pace

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

    def show(self, scored: Scored | None, stage: str, pace: Pace) -> None:
        """Shows the figures of scored leads, and the ladder around a stage's threshold."""
        said: list[Pieces] = []
        if scored is not None and scored.size:
            said = [*ladder(scored, stage, pace), *([] if self._short else whole(scored, stage, pace))]
        if said != self._said:
            self._said = said
            self.renew(len(said))

    def line(self, at: int, width: int) -> Pieces:
        return self._said[at]


def ladder(scored: Scored, stage: str, pace: Pace) -> list[Pieces]:
    """A line for each threshold around the one in hand."""
    reaches = [(by, reach) for by in LADDER if (reach := moved(scored, stage, by)) is not None]
    if not reaches:
        return []
    told = reaches[0][1].outcome
    week = pace.weeks is not None
    head = f"  {'If at':>6}{'Leads':>8}{'A week' if week else '':>{8 * week}}{'Share':>7}" + (
        f"{'Won':>6}{'Precision':>11}{'Recall':>8}{'Lift':>6}" if told else ""
    )
    lines: list[Pieces] = [[(head, "head")]]
    for by, reach in reaches:
        found = ratios(reach)
        weekly = f"{per_week(pace.weekly(reach.leads)):>8}" if week else ""
        words = f"{reach.at:>6}{number(reach.leads):>8}{weekly}{percent(found.share):>7}"
        if told:
            lift = "–" if found.lift is None else f"{found.lift:.1f}"
            words += f"{number(reach.positive):>6}{percent(found.precision):>11}{percent(found.recall):>8}{lift:>6}"
        lines.append([("› " if by == 0 else "  ", "accent"), (words, "accent" if by == 0 else "text")])
    return [*lines, [("", "text")]]


def whole(scored: Scored, stage: str, pace: Pace) -> list[Pieces]:
    """The leads as a whole, the weeks they came in, and what sales has the time for."""
    tally, lines = scored.tally, list[tuple[str, str]]()
    score = tally.summary()
    lines.append(("Scored", f"{number(scored.size)} leads"))
    if scored.excluded:
        lines.append(("Excluded", f"{number(scored.excluded)} leads, in no other figure"))
    if score.mean is not None:
        lines.append(("Scores", f"{score.min} to {score.max}, mean {score.mean:.1f}, median {score.median:g}"))
    for one in scored.stages:
        if one.leads is not None:
            name = "Below all stages" if one.id == "none" else one.name
            lines.append((name, f"{number(one.leads)} leads, {percent(one.leads / scored.size)}"))
    if scored.outcome is not None:
        known = f"known of {number(tally.known)}, {number(tally.won)} won"
        lines.append(("Outcome", known + (f" ({percent(tally.won / tally.known)})" if tally.known else "")))
        ranked = tally.auc()
        if ranked is not None:
            lines.append(("Ranking", f"won above lost {percent(ranked)} of the time (AUC)"))
    lines += _time(pace)
    reach = reach_of(scored, stage)
    if reach is not None and (found := worth(reach, pace)):
        lines.append(("Worth", found))
    if scored.leads.last_day is not None:
        lines.append(("As of", f"{scored.as_of or scored.leads.last_day}, the log's last day"))
    width = min(26, max(len(name) for name, _ in lines))
    return [[(f"  {name[:width]:<{width}}  ", "muted"), (words, "text")] for name, words in lines]


def _time(pace: Pace) -> list[tuple[str, str]]:
    """The weeks the leads came in, and the leads and hours a week that a quota has room for."""
    lines: list[tuple[str, str]] = []
    if (span := pace.span) is not None:
        lines.append(("Weeks", f"{span.weeks:.1f}, {span.first} to {span.last}"))
    if (room := pace.room) is not None and room.hours is not None:
        each = f", {number(room.minutes)} minutes a lead" if room.minutes is not None else ""
        if room.leads is not None:
            lines.append(("Room for", f"{number(room.leads)} leads a week"))
        lines.append(("Hours", f"{number(room.hours)} a week{each}"))
        lines.append(("Quota", room.quota))
    return lines
