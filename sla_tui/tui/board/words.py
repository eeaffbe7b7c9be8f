"""What the board says in sentences: what a threshold means, and what a few points more or fewer would change."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sla_tui.scoring.weekly import step, weekly

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored
    from sla_tui.scoring.pace import Pace
    from sla_tui.scoring.results import Reach

_IN_FILE = re.compile(r"in leads\.toml(?:[,:] (?:as in )?\[?\w+\]?[ =].*| under \[\w+\])?")
_GIVEN = re.compile("with --(?:leads|activity)")
NUDGE = 5
"""Points by which the second line moves the threshold."""


def at_the_board(remedy: str) -> str:
    """What to do, by the keys that do it here: F8 for what leads.toml says, o for the files."""
    return _GIVEN.sub("with o", _IN_FILE.sub("with F8", remedy))


def headline(scored: Scored, stage: str, pace: Pace) -> str:
    """What the stage's threshold means."""
    found = reach_of(scored, stage)
    if found is None:
        return "No stage has a threshold yet: give one its points." if scored.size else "There are no leads to score."
    return weekly(found, pace)


def reach_of(scored: Scored, stage: str) -> Reach | None:
    """Who gets past a stage's threshold."""
    return next((reach for reach in scored.reaches if reach.stage == stage), None)


def moved(scored: Scored, stage: str, by: int) -> Reach | None:
    """Who would get past it with ``by`` points more."""
    place = next((at for at, one in enumerate(scored.plan.stages, 1) if one.id == stage and one.at is not None), None)
    if place is None:
        return None
    stages = list(scored.plan.stages)
    stages[place - 1] = replace(stages[place - 1], at=(stages[place - 1].at or 0) + by)
    return scored.tally.reach(stages, place, scored.outcome is not None)


def sensitivity(scored: Scored, stage: str, pace: Pace, width: int) -> str:
    """What a threshold five points higher would change, and one five lower where ``width`` has room for both."""
    here = reach_of(scored, stage)
    if here is None or not here.total:
        return ""
    said = [step(here, there, pace) for by in (NUDGE, -NUDGE) if (there := moved(scored, stage, by)) is not None]
    both = "  ".join(said)
    return both if cell_len(both) <= width else said[0]
