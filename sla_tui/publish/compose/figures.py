"""What reads faster drawn: the stages as steps to climb, a funnel that narrows."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.funnel import Reckoning
from sla_tui.agreement.sections.scoring import Stage
from sla_tui.publish.blocks import Figure, Step
from sla_tui.publish.compose import words

LEVELS = {"lead": "Leads", "mql": "MQLs", "sql": "SQLs", "opportunity": "Opportunities", "won": "Won deals"}


def ladder(stages: tuple[Stage, ...]) -> Iterator[Figure]:
    """The stages of a scoring that have a name, lowest first; nothing where there are fewer than two to climb."""
    steps = tuple(Step(one.name, _reached(one)) for one in stages if one.name)
    if len(steps) > 1:
        said = "; ".join(f"{step.name}: {step.said}" if step.said else step.name for step in steps)
        yield Figure("ladder", steps, f"The stages, lowest first. {said}.")


def _reached(stage: Stage) -> str:
    if stage.at is not None and stage.set is None:
        return f"from {words.number(stage.at)}{words.NBSP}points"
    return {"manually": "set by hand", "accepted": "on acceptance", "deal_won": "deal won"}.get(stage.set or "", "")


def funnel(reckoned: Reckoning) -> Iterator[Figure]:
    """The levels that the quota makes of the promised leads; nothing where fewer than two of them can be reckoned."""
    held = [(LEVELS[one.name], one.promised) for one in reckoned.levels if one.promised is not None]
    steps = tuple(Step(name, words.number(count), float(count)) for name, count in held)
    if len(steps) > 1:
        said = ", ".join(f"{step.said} {words.small(step.name)}" for step in steps)
        yield Figure("funnel", steps, f"What the quota makes: {said}.")
