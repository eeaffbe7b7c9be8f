"""The funnel reckoned both ways: the leads a revenue goal needs, and the revenue the promised leads bring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sla_tui.agreement.money import Money

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Funnel, Quota
    from sla_tui.agreement.sections.scoring import Stage
    from sla_tui.agreement.terms import Agreement
    from sla_tui.agreement.values import Percent

LEVELS = ("lead", "mql", "sql", "opportunity", "won")
"""From the widest to the narrowest."""
RATES = ("lead_to_mql", "mql_to_sql", "sql_to_opportunity", "win_rate")
"""The answers that say what share of a level reaches the next one."""
_CALLED = {
    "lead": "lead",
    "mql": "mql",
    "marketing qualified lead": "mql",
    "sql": "sql",
    "sales qualified lead": "sql",
    "opportunity": "opportunity",
    "customer": "won",
    "won": "won",
}
_TOUCHES = ("call", "email")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the funnel, in whole leads.

    ``needed`` of them bring the revenue goal, rounded up. ``promised``: what the quota makes of them; above the stage
    it counts how many that takes, rounded up, below it how many come of it, rounded down. ``rate`` is the share that
    reaches the next level and ``key`` where it is answered. None is not known.
    """

    name: str
    needed: int | None
    promised: int | None
    rate: Percent | None
    key: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The funnel of one quota. ``goal``: revenue that marketing's leads must bring; ``brings``: what the promised ones
    do, in whole units rounded down; ``counted``: the level the quota counts. None is not known."""

    levels: tuple[Level, ...]
    counted: Level | None
    goal: Money | None
    brings: Money | None


def reckon(quota: Quota, agreement: Agreement | None) -> Reckoning:
    """The funnel as far as it can be reckoned, exactly until each number is rounded once.

    Upward from the goal: won = revenue goal × share from marketing / average deal, and each level is the one below it
    divided by its rate. Downward from the promised leads: each level is the one above it times its rate.
    """
    from sla_tui.agreement.quota import Funnel

    funnel = quota.funnel or Funnel()
    rates: tuple[Percent | None, ...] = tuple(getattr(funnel, name) for name in RATES)
    goal, won = _goal(funnel)
    needed = _spread(len(RATES), won, rates)
    counted = level_of(quota.quota.counts if quota.quota else None, agreement)
    place = LEVELS.index(counted) if counted else None
    promise = promised(quota)
    given = None if promise is None else Fraction(promise)
    made = [None] * len(LEVELS) if place is None else _spread(place, given, rates)
    levels = tuple(
        Level(
            name,
            _up(needed[at]),
            _up(made[at]) if place is not None and at < place else _down(made[at]),
            rates[at] if at < len(rates) else None,
            f"funnel.{RATES[at]}" if at < len(rates) else "",
        )
        for at, name in enumerate(LEVELS)
    )
    return Reckoning(levels, None if place is None else levels[place], goal, _brings(made[-1], funnel.average_deal))


def _goal(funnel: Funnel) -> tuple[Money | None, Fraction | None]:
    """The revenue marketing's leads must bring, and how many won deals that is."""
    revenue, share, deal = funnel.revenue_goal, funnel.share_from_marketing, funnel.average_deal
    if revenue is None or share is None:
        return None, None
    goal = Money(revenue.amount * share.value / 100, revenue.currency)
    if deal is None or not deal.amount or deal.currency != goal.currency:
        return goal, None
    return goal, Fraction(goal.amount) / Fraction(deal.amount)


def _spread(place: int, given: Fraction | None, rates: tuple[Percent | None, ...]) -> list[Fraction | None]:
    """Every level's number, from the one that is given at ``place``."""
    found: list[Fraction | None] = [None] * (len(rates) + 1)
    found[place] = given
    for at in range(place, len(rates)):
        above, rate = found[at], rates[at]
        found[at + 1] = None if above is None or rate is None else above * _share(rate)
    for at in range(place - 1, -1, -1):
        below, rate = found[at + 1], rates[at]
        found[at] = None if below is None or rate is None or not rate.value else below / _share(rate)
    return found


def _share(rate: Percent) -> Fraction:
    return Fraction(rate.value) / 100


def _up(number: Fraction | None) -> int | None:
    return None if number is None else math.ceil(number)


def _down(number: Fraction | None) -> int | None:
    return None if number is None else math.floor(number)


def _brings(won: Fraction | None, deal: Money | None) -> Money | None:
    if won is None or deal is None:
        return None
    return Money(Decimal(math.floor(won * Fraction(deal.amount))), deal.currency)


def level_of(stage: str | None, agreement: Agreement | None) -> str | None:
    """The level of the funnel that a stage is: as the agreement says what an MQL and an SQL is, else by its name."""
    if stage is None:
        return None
    if agreement is not None and agreement.mql is not None and agreement.mql.stage == stage:
        return "mql"
    if agreement is not None and agreement.sql is not None and agreement.sql.stage == stage:
        return "sql"
    held = next((one for one in _stages(agreement) if one.id == stage), None)
    if held is not None and held.set == "deal_won":
        return "won"
    words = (stage, held.name if held is not None and held.name else "")
    return next((_CALLED[word] for word in (one.lower().replace("-", " ") for one in words) if word in _CALLED), None)


def _stages(agreement: Agreement | None) -> tuple[Stage, ...]:
    return agreement.scoring.stages if agreement is not None and agreement.scoring is not None else ()


def promised(quota: Quota) -> int | None:
    """How many leads all segments together promise; None while none of them says."""
    said = [one.leads for one in (quota.quota.segments if quota.quota else ()) if one.leads is not None]
    return sum(said) if said else None


def weeks(quota: Quota) -> Fraction | None:
    """How many weeks the period has, both days counted; None while it has no two ends, or ends before it starts."""
    held = quota.quota
    if held is None or held.from_ is None or held.to is None or held.to < held.from_:
        return None
    return Fraction((held.to - held.from_).days + 1, 7)


def touches(quota: Quota, agreement: Agreement | None) -> int | None:
    """How many calls and emails one lead gets.

    As the quota says; else as many as the sales commitment for leads of its stage that has most of them. Commitments
    for only some of these leads do not count.
    """
    own = quota.capacity.touches_per_lead if quota.capacity else None
    if own is not None or agreement is None or quota.quota is None:
        return own
    found = [
        sum(amount.count for amount in one.amounts or () if amount.unit in _TOUCHES and amount.each in (None, "lead"))
        for one in agreement.commitments or ()
        if one.party == "sales" and one.applies_to == quota.quota.counts and one.only_when is None
    ]
    return max(found, default=0) or None


def capacity(quota: Quota, agreement: Agreement | None) -> int | None:
    """How many leads a week sales has the hours for, rounded down.

    Reps × hours a week × 60 / (minutes a touch × touches a lead); None while one of them is not known.
    """
    held, each = quota.capacity, touches(quota, agreement)
    if held is None or held.reps is None or held.hours_per_rep_per_week is None or held.minutes_per_touch is None:
        return None
    return None if each is None else held.reps * held.hours_per_rep_per_week * 60 // (held.minutes_per_touch * each)
