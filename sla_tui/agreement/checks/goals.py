"""Checks of the goals: forward, better than today, within the agreement's time, said once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sla_tui.agreement.business import calendar_of
from sla_tui.agreement.checks.ladder import not_above, places
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.money import Money
from sla_tui.agreement.sections.goals import CycleGoal, Goals, Kpi
from sla_tui.agreement.terms import Agreement


def forward(agreement: Agreement) -> Iterator[Finding]:
    """A lead becomes something later than it is."""
    goals, known = agreement.goals or Goals(), places(agreement)
    spans = [(f"goals.conversions.{goal.id}", goal) for goal in goals.conversions]
    for key, goal in (*spans, ("goals.cycle", goals.cycle or CycleGoal())):
        if not_above(known, goal.from_, goal.to):
            message = f"{goal.to} does not come after {goal.from_} in the stages of the scoring"
            yield error("backward-goal", f"{key}.to", message, "name a later stage here, or an earlier one before it")


def better(agreement: Agreement) -> Iterator[Finding]:
    """A goal that is short of where things are today."""
    goals = agreement.goals or Goals()
    for revenue in goals.revenue:
        if _less(revenue.amount, revenue.today):
            yield _short(f"goals.revenue.{revenue.id}.amount", f"{revenue.amount} is less than {revenue.today} before")
    for goal in goals.conversions:
        if goal.goal and goal.today and goal.goal.value < goal.today.value:
            yield _short(f"goals.conversions.{goal.id}.goal", f"{goal.goal} is less than {goal.today} today")
    cycle = goals.cycle or CycleGoal()
    if cycle.goal and cycle.today and cycle.today.surely_below(cycle.goal, calendar_of(agreement)):
        yield _short("goals.cycle.goal", f"{cycle.goal} is longer than {cycle.today} today")


def units(agreement: Agreement) -> Iterator[Finding]:
    """Where things are today and where they should be are counted in the same unit."""
    success = agreement.objective.success if agreement.objective else None
    roi = agreement.reporting.roi if agreement.reporting else None
    pairs = [
        ("objective.success.from", "objective.success.to", success.from_ if success else None, success and success.to),
        ("reporting.roi.today", "reporting.roi.goal", roi and roi.today, roi and roi.goal),
        *((f"goals.kpis.{one.id}.today", f"goals.kpis.{one.id}.goal", one.today, one.goal) for one in _kpis(agreement)),
    ]
    for today_key, goal_key, today, goal in pairs:
        of_today, of_goal = _unit(today), _unit(goal)
        if of_today is None or of_goal is None or bool(of_today) == bool(of_goal):
            continue
        bare_key, bare, unit = (today_key, today, of_goal) if of_goal else (goal_key, goal, of_today)
        message = f"today {today}, and the goal {goal}: {bare} of what?"
        yield note("no-unit", bare_key, message, f'say the unit too, as in "{bare} {unit}"')


def _kpis(agreement: Agreement) -> tuple[Kpi, ...]:
    return agreement.goals.kpis if agreement.goals else ()


def _unit(words: str | None) -> str | None:
    """What is counted in ``4 %`` or ``3 days``, empty for a bare number; None where it does not begin with a number."""
    found = re.fullmatch(r"[-<>~≤≥]?\s*[0-9][0-9.,\s]*(.*)", words or "")
    return found[1].strip() if found else None


def _less(goal: Money | None, today: Money | None) -> bool:
    return bool(goal and today and goal.currency == today.currency and goal.amount < today.amount)


def _short(key: str, message: str) -> Finding:
    return note("goal-below-today", key, message, "look at both numbers again, unless that is meant")


def in_time(agreement: Agreement) -> Iterator[Finding]:
    """A goal whose day lies outside of the agreement's own period."""
    header = agreement.agreement
    for key, day in _days(agreement.goals or Goals()):
        if header and header.ends and day > header.ends:
            message = f"{day} is after the agreement's last day ({header.ends})"
            yield note("goal-outside-period", key, message, "set a day within the period, or move its end")
        elif header and header.starts and day < header.starts:
            message = f"{day} is before the agreement's first day ({header.starts})"
            yield note("goal-outside-period", key, message, "set a day within the period, or move its start")


def _days(goals: Goals) -> Iterator[tuple[str, date]]:
    lists = (("revenue", goals.revenue), ("conversions", goals.conversions), ("kpis", goals.kpis))
    for name, items in lists:
        for item in items:
            if item.by:
                yield f"goals.{name}.{item.id}.by", item.by
    if goals.cycle and goals.cycle.by:
        yield "goals.cycle.by", goals.cycle.by


def said_once(agreement: Agreement) -> Iterator[Finding]:
    """Two goals for the same step of a lead, by the same day, with other shares."""
    first: dict[tuple[str, str, date | None], tuple[str, object]] = {}
    for goal in (agreement.goals or Goals()).conversions:
        if goal.from_ is None or goal.to is None or goal.goal is None:
            continue
        id_, share = first.setdefault((goal.from_, goal.to, goal.by), (goal.id, goal.goal))
        if share != goal.goal:
            message = f"{id_} wants {share} from {goal.from_} to {goal.to}, and this {goal.goal}"
            yield warning("two-goals", f"goals.conversions.{goal.id}.goal", message, "keep one, or give each its day")


CHECKS = (forward, better, units, in_time, said_once)
"""Every check of the goals."""
