"""What is proposed from past outcomes taken into an agreement, a rule or a threshold at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_tui.agreement.paths import Add, Batch, Put, new_id
from sla_tui.workshop.steps import Doing

if TYPE_CHECKING:
    from sla_tui.agreement.sections.scoring import Rule, Scoring
    from sla_tui.scoring.propose.result import Cutoff, Proposal, Proposed

RULES = "scoring.rules"


def held(one: Proposed, scoring: Scoring) -> Rule | None:
    """The rule of a scoring that gives what a proposed one gives, whatever its name and group; None without one."""
    wanted = _says(one.rule)
    return next((rule for rule in scoring.rules if _says(rule) == wanted), None)


def _says(rule: Rule) -> tuple[object, ...]:
    fades = (rule.half_life_days, rule.window_days) if isinstance(rule.when, str) else ()
    # The cap of what counts once is its points.
    cap = None if rule.once else rule.cap
    return (rule.when, rule.once, rule.points, cap, *fades)


def rival(one: Proposed, scoring: Scoring) -> Rule | None:
    """Today's rule that fires on the same as a proposed one, if it is still there and says so."""
    found = next((rule for rule in scoring.rules if rule.id == one.like), None)
    return found if found is not None and (found.when, found.once) == (one.rule.when, one.rule.once) else None


def taking(one: Proposed, scoring: Scoring) -> Doing:
    """A proposed rule taken in: new points for today's on the same, else a rule at the end with an id of its own."""
    same = rival(one, scoring)
    if same is not None:
        key = f"{RULES}.{same.id}"
        changes = (Put(f"{key}.points", one.rule.points), Put(f"{key}.cap", one.rule.cap))
        return Doing(Batch(changes), key)
    id_ = new_id(one.rule.id, [rule.id for rule in scoring.rules])
    return Doing(Add(RULES, one.rule.model_copy(update={"id": id_})), f"{RULES}.{id_}")


def taking_all(found: Proposal) -> Doing:
    """All proposed rules in place of those that are there."""
    rules = tuple(one.rule for one in found.rules)
    return Doing(Put(RULES, rules), f"{RULES}.{rules[0].id}" if rules else RULES)


def taking_threshold(one: Cutoff, stage: str) -> Doing:
    """A proposed threshold for a stage."""
    return Doing(Put(f"scoring.stages.{stage}.at", one.at), f"scoring.stages.{stage}")
