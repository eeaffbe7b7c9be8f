"""The figures behind the sentence: the leads as a whole, and a ladder of thresholds around the one in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.scoring.sentence import number
from sla_tui.scoring.weekly import per_week, worth
from sla_tui.tui.board.lines import Lines, Pieces
from sla_tui.tui.board.stages import percent, ratios, stage_name
from sla_tui.tui.board.words import moved, reach_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.pace import Pace
    from sla_tui.scoring.results import Reach

LADDER = (10, 5, 0, -5, -10)
"""How far from the threshold in hand the others of the ladder are."""
BAR = 12
"""Cells of the bar that shows how full the week is."""


class Statistics(Lines):
    """Shows figures line by line; ``short``: the ladder alone, to look at only."""

    def __init__(self, id: str | None = None, short: bool = False) -> None:
        super().__init__(id=id)
        self._short = short
        self.can_focus = not short
        self._said: list[Pieces] = []
        self.empty = "" if short else "No leads yet. o chooses a file of them."

    def show(self, scored: Scored | None, stage: str, pace: Pace, roomy: bool = False) -> None:
        """Shows the figures of scored leads, and the ladder around a stage's threshold.

        ``roomy``: there is room for all, also where the ladder alone is shown otherwise.
        """
        said: list[Pieces] = []
        if scored is not None and scored.size:
            said = [*ladder(scored, stage, pace), *(whole(scored, stage, pace) if roomy or not self._short else ())]
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
    timed = pace.hours(reaches[0][1]) is not None
    head = (
        f"  {'If at':>6}{'Leads':>7}{'A week' if week else '':>{8 * week}}{'Hours' if timed else '':>{7 * timed}}"
        + (f"{'Share':>7}" + (f"{'Won':>6}{'Precision':>11}{'Recall':>8}{'Lift':>6}" if told else ""))
    )
    lines: list[Pieces] = [[(head, "head")]]
    for by, reach in reaches:
        found, look = ratios(reach), "accent" if by == 0 else "text"
        weekly = f"{per_week(pace.weekly(reach.leads)):>8}" if week else ""
        words = f"{percent(found.share):>7}"
        if told:
            lift = "–" if found.lift is None else f"{found.lift:.1f}"
            words += f"{number(reach.positive):>6}{percent(found.precision):>11}{percent(found.recall):>8}{lift:>6}"
        counts = f"{reach.at:>6}{number(reach.leads):>7}{weekly}"
        line = [("› " if by == 0 else "  ", "accent"), (counts, look), (words, look)]
        if timed:
            line.insert(2, _hours(pace, reach, look))
        lines.append(line)
    return [*lines, [("", "text")]]


def _hours(pace: Pace, reach: Reach, look: str) -> tuple[str, str]:
    """The hours a week that a threshold takes, marked where they are more than there are."""
    takes, has = pace.hours(reach) or (0.0, 0)
    over = takes > has
    return f"{f'{takes:.0f}' if takes >= 0.5 or not takes else '<1':>6}{'!' if over else ' '}", "sign" if over else look


def whole(scored: Scored, stage: str, pace: Pace) -> list[Pieces]:
    """The leads as a whole, the weeks they came in, and what sales has the time for."""
    tally, reach = scored.tally, reach_of(scored, stage)
    lines = list(_room(pace, reach) if reach is not None else ())
    if scored.outcome is not None:
        known = f"known of {number(tally.known)}, {number(tally.won)} won"
        lines.append(("Outcome", known + (f" ({percent(tally.won / tally.known)})" if tally.known else "")))
        if (ranked := tally.auc()) is not None:
            lines.append(("Ranking", f"won above lost {percent(ranked)} of the time (AUC)"))
    lines.append(("Scored", f"{number(scored.size)} leads"))
    if scored.excluded:
        lines.append(("Excluded", f"{number(scored.excluded)} leads, in no other figure"))
    score = tally.summary()
    if score.mean is not None:
        lines.append(("Scores", f"{score.min} to {score.max}, mean {score.mean:.1f}, median {score.median:g}"))
    if (span := pace.span) is not None:
        lines.append(("Weeks", f"{span.weeks:.1f}, {span.first} to {span.last}"))
    if scored.leads.last_day is not None:
        lines.append(("As of", f"{scored.as_of or scored.leads.last_day}, the log's last day"))
    lines += _rules(scored)
    names = {one.id: stage_name(one) for one in scored.scoring.stages} | {"none": "Below all stages"}
    for one in scored.stages:
        if one.leads is not None:
            lines.append(
                (names.get(one.id, one.name), f"{number(one.leads)} leads, {percent(one.leads / scored.size)}")
            )
    width = min(26, max(len(name) for name, _ in lines))
    return [[(f"  {name[:width]:<{width}}  ", "muted"), (words, "text")] for name, words in lines]


def _room(pace: Pace, reach: Reach) -> Iterator[tuple[str, str]]:
    """What a stage takes of the leads and hours a week that a quota has room for, and what a lead of it is worth."""
    room, week = pace.room, pace.weekly(reach.leads)
    if room is not None and room.hours is not None:
        mine = room.stage in (None, reach.stage)
        if room.leads and week is not None and mine:
            share = week / room.leads
            yield "Capacity", f"{_bar(share)} {percent(share)}: {per_week(week)} of {number(room.leads)} leads a week"
        each = f", {number(room.minutes)} minutes a lead" if room.minutes is not None else ""
        takes = pace.hours(reach)
        hours = f"{takes[0]:.0f} of " if takes else ""
        yield "Hours", f"{hours}{number(room.hours)} a week{each}"
        yield "Quota", room.quota
    if found := worth(reach, pace):
        yield "Worth", found


RULES = {"never-fires": "Fires on no lead", "always-fires": "Fires on all leads"}


def _rules(scored: Scored) -> Iterator[tuple[str, str]]:
    """The rules, exclusions and fast tracks that tell no leads apart, and the columns that count twice."""
    from sla_tui.scoring.findings import findings
    from sla_tui.scoring.overlaps import shared

    found = findings(scored)
    for code, name in RULES.items():
        if ids := dict.fromkeys(one.key.split(".")[2] for one in found if one.code == code):
            yield name, ", ".join(ids)
    for at, one in enumerate(shared(scored)):
        yield "" if at else "Counted twice", f"{one.what}, by {one.other} and {one.rule}: {number(one.leads)} leads"


def _bar(share: float) -> str:
    """A share as a bar that reads without colour; full from one on."""
    filled = max(0, min(BAR, round(share * BAR)))
    return "█" * filled + "░" * (BAR - filled)
