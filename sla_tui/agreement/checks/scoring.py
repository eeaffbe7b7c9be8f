"""Checks of the scoring: half-built conditions, stages in order and within reach, caps that bite at once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from sla_tui.agreement.conditions import Condition, When
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.scoring import Exclusion, FastTrack, Rule, Scoring
from sla_tui.agreement.terms import Agreement


def half_built(agreement: Agreement) -> Iterator[Finding]:
    """A condition without a field or a test holds for nobody."""
    scoring = agreement.scoring or Scoring()
    holders: tuple[tuple[str, tuple[Rule | FastTrack | Exclusion, ...]], ...] = (
        ("rules", scoring.rules),
        ("fast_track", scoring.fast_track),
        ("exclude", scoring.exclude),
    )
    for name, items in holders:
        for item in items:
            if isinstance(item.when, Condition) and item.when.test is None:
                message = "the condition is half-built and holds for nobody"
                fix = 'complete it, for example "country in US, CA"'
                yield warning("half-built", f"scoring.{name}.{item.id}.when", message, fix)


def stages(agreement: Agreement) -> Iterator[Finding]:
    """Each stage is reached in one way, and the points rise from stage to stage."""
    before = None
    for stage in (agreement.scoring or Scoring()).stages:
        key = f"scoring.stages.{stage.id}"
        if stage.at is not None and stage.set is not None:
            message = f"{stage.id} is reached by points and set by somebody at once"
            yield error("two-ways", f"{key}.set", message, "keep one of the two")
        if stage.at is None:
            continue
        if before and before.at is not None and stage.at <= before.at:
            message = f"{stage.id} starts at {stage.at} points, not above {before.id} at {before.at}"
            yield error("stage-order", f"{key}.at", message, "stages stand in order, lowest first")
        before = stage


def reach(agreement: Agreement) -> Iterator[Finding]:
    """A stage no lead can reach with the points there are. Silent while a rule or fast track is unfinished."""
    scoring = agreement.scoring or Scoring()
    most = most_points(scoring)
    if most is None or any(track.stage is None for track in scoring.fast_track):
        return
    lifted = {track.stage for track in scoring.fast_track}
    for stage in scoring.stages:
        if stage.at is not None and stage.at > most and stage.id not in lifted:
            message = f"no lead can reach {stage.id} at {stage.at} points: all rules together give {most:.0f} at most"
            fix = "lower it, or raise points or caps"
            yield error("out-of-reach", f"scoring.stages.{stage.id}.at", message, fix)


def most_points(scoring: Scoring) -> float | None:
    """The highest score any lead could have, infinite where a rule repeats without a cap.

    None while there is no rule, or one without its points or condition. Conditions that exclude each other are
    counted as if all held, so that no reachable stage is called out of reach.
    """
    if not scoring.rules or any(rule.points is None or not _complete(rule.when) for rule in scoring.rules):
        return None
    sums: defaultdict[str | None, float] = defaultdict(float)
    for rule in scoring.rules:
        sums[rule.group] += _most(rule)
    ceilings = {group.id: math.inf if group.cap is None else group.cap for group in scoring.groups}
    return sum(min(points, ceilings.get(group or "", math.inf)) for group, points in sums.items())


def _complete(when: When | None) -> bool:
    return when is not None and not (isinstance(when, Condition) and when.test is None)


def _most(rule: Rule) -> float:
    points = max(0, rule.points or 0)
    repeats = points and isinstance(rule.when, str) and not rule.once
    return min(math.inf if repeats else points, math.inf if rule.cap is None else rule.cap)


def caps(agreement: Agreement) -> Iterator[Finding]:
    """A cap below a rule's points: it never gives what it says."""
    for rule in (agreement.scoring or Scoring()).rules:
        if rule.points is not None and rule.cap is not None and abs(rule.points) > rule.cap:
            message = f"{rule.id} is worth {rule.points} points, but no more than {rule.cap} count"
            yield warning(
                "cap-below-points", f"scoring.rules.{rule.id}.cap", message, "raise the cap or lower the points"
            )


def counted_twice(agreement: Agreement) -> Iterator[Finding]:
    """Two rules that fire on the same thing."""
    seen: dict[When, str] = {}
    for rule in (agreement.scoring or Scoring()).rules:
        if rule.when is None or not _complete(rule.when):
            continue
        first = seen.setdefault(rule.when, rule.id)
        if first != rule.id:
            message = f"{rule.id} counts the same as {first}: {rule.when}"
            yield note("counted-twice", f"scoring.rules.{rule.id}.when", message, "keep one, unless both are meant")
