"""Checks of a quota: a period that can be, numbers that add up, rates that explain them, both sides agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sla_tui.agreement.checks.ladder import ladder, setter
from sla_tui.agreement.checks.quotas import changed_scoring
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.fingerprint import SHOWN
from sla_tui.agreement.funnel import RATES, capacity, promised, reckon, weeks
from sla_tui.agreement.known import Known
from sla_tui.agreement.quota import Funnel, Quota, Terms
from sla_tui.agreement.standing import header_of, last_day
from sla_tui.agreement.text import did_you_mean

_SIDES = ("marketing", "sales")


def period(quota: Quota, known: Known) -> Iterator[Finding]:
    """It ends after it starts, within the agreement's own period."""
    held = quota.quota
    if held is None:
        yield warning("unanswered", "quota", "the period and the number of leads are not there yet", "add them")
        return
    if held.from_ and held.to and held.to < held.from_:
        message = f"it ends ({held.to}) before it starts ({held.from_})"
        yield error("ends-before-start", "quota.to", message, "put the later date here")
        return
    if known.agreement is None:
        return
    header, last = header_of(known.agreement), last_day(known.agreement, known.today)
    if held.from_ and header.starts and held.from_ < header.starts:
        message = f"it starts on {held.from_}, before the agreement does on {header.starts}"
        yield warning("outside-period", "quota.from", message, f"let it start on {header.starts} at the earliest")
    goes_on = header.renewal == "renews" and header.ended is None
    if held.to and last and held.to > last and not goes_on:
        message = f"it ends on {held.to}, after the agreement does on {last}"
        yield warning("outside-period", "quota.to", message, f"let it end on {last} at the latest")


def stage(quota: Quota, known: Known) -> Iterator[Finding]:
    """It counts a stage there is, and one that marketing has in its own hands."""
    held, agreement = quota.quota, known.agreement
    if held is None or held.counts is None or agreement is None or agreement.scoring is None:
        return
    stages = ladder(agreement)
    at = next((place for place, one in enumerate(stages) if one.id == held.counts), None)
    if at is None:
        message = f"Counts: {held.counts!r} is none of the agreement's stages"
        yield error("unknown-reference", "quota.counts", message, did_you_mean(held.counts, (s.id for s in stages)))
    elif setter(stages[at]) == "sales":
        before = [one.id for one in stages[:at] if setter(one) in (None, "marketing")]
        message = f"marketing promises {held.counts} leads, but sales decides who becomes one"
        fix = f"promise the stage before, {before[-1]}" if before else "promise what is in its own hands"
        yield warning("not-in-own-hands", "quota.counts", message, fix)


def scoring(quota: Quota, known: Known) -> Iterator[Finding]:
    """The scoring is still the one it counts by."""
    now = changed_scoring(quota, known.agreement) if known.agreement else ""
    if now:
        message = "out of date: the scoring changed since this was agreed"
        fix = f"agree on the number anew, by {now[:SHOWN]} (b in the workshop puts that here)"
        yield warning("out-of-date", "quota.scoring", message, fix)


def numbers(quota: Quota, _known: Known) -> Iterator[Finding]:
    """Least, most and all of them can be kept at once."""
    held, total, long = quota.quota or Terms(), promised(quota), weeks(quota)
    least, most = held.least_per_week, held.most_per_week
    if least is not None and most is not None and least > most:
        message = f"{least} a week at least is more than {most} a week at most"
        yield error("least-above-most", "quota.least_per_week", message, "put the smaller number here")
        return
    if total is None or long is None or any(one.leads is None for one in held.segments):
        return
    full = int(long)
    if least is not None and total < least * full:
        message = f"{least} a week at least is {least * full} in {full} weeks, but all segments sum to {total}"
        yield error("does-not-add-up", "quota.least_per_week", message, f"ask for {total // full} a week at least")
    begun = -int(-long // 1)
    if most is not None and total > most * begun:
        message = f"{most} a week at most is {most * begun} in {begun} weeks, but all segments sum to {total}"
        fix = f"allow {-(-total // begun)} a week, or promise fewer"
        yield error("does-not-add-up", "quota.most_per_week", message, fix)


def rates(quota: Quota, _known: Known) -> Iterator[Finding]:
    """A funnel that something comes through, in one currency."""
    funnel = quota.funnel or Funnel()
    goal, deal = funnel.revenue_goal, funnel.average_deal
    if goal is not None and deal is not None and goal.currency != deal.currency:
        message = f"the revenue goal is in {goal.currency}, the average deal in {deal.currency}"
        yield error("two-currencies", "funnel.average_deal", message, f"put it in {goal.currency}, as the goal is")
    cost = quota.capacity.cost_per_hour if quota.capacity else None
    if cost is not None and deal is not None and cost.currency != deal.currency:
        message = f"the average deal is in {deal.currency}, what an hour costs in {cost.currency}"
        yield error("two-currencies", "capacity.cost_per_hour", message, f"put it in {deal.currency}, as the deal is")
    if deal is not None and not deal.amount:
        message = "a deal worth nothing brings no revenue, however many are won"
        yield error("nothing-comes-through", "funnel.average_deal", message, "put the usual sum of a won deal here")
    for name in RATES:
        rate = getattr(funnel, name)
        if rate is not None and not rate.value:
            message = "at 0 % no number of leads brings any revenue"
            yield error("nothing-comes-through", f"funnel.{name}", message, "put the rate of the last periods here")


def need(quota: Quota, known: Known) -> Iterator[Finding]:
    """As many are promised as the revenue goal needs."""
    counted = reckon(quota, known.agreement).counted
    if counted is None or counted.needed is None or counted.promised is None or counted.promised >= counted.needed:
        return
    message = f"{counted.promised} leads are promised, but the revenue goal needs {counted.needed} by these rates"
    fix = f"promise {counted.needed - counted.promised} more, or agree on a lower goal"
    yield warning("below-need", "quota.segments", message, fix)


def hours(quota: Quota, known: Known) -> Iterator[Finding]:
    """Sales has the hours for as many as may come."""
    held, room = quota.quota or Terms(), capacity(quota, known.agreement)
    if room is None:
        return
    total, long = promised(quota), weeks(quota)
    mean = None if total is None or long is None else -int(-(total / long) // 1)
    asked = (
        ("quota.least_per_week", held.least_per_week, "at least"),
        ("quota.segments", mean, "on average"),
        ("quota.most_per_week", held.most_per_week, "at most"),
    )
    for key, number, words in asked:
        if number is not None and number > room:
            message = f"{number} a week {words}, but sales has the hours for {room}"
            yield warning("over-capacity", key, message, f"promise {room} a week, or find the hours")
            return


def agreed(quota: Quota, known: Known) -> Iterator[Finding]:
    """Both sides have agreed, on a day before it starts. That there is no consent at all is an open question."""
    named = {one.party for one in quota.agreed_by or () if one.name}
    for side in _SIDES:
        if side not in named and quota.agreed_by != ():
            yield warning("not-agreed", "agreed_by", f"nobody has agreed for {side} yet", "add who agreed, and when")
    starts = quota.quota.from_ if quota.quota else None
    for one in quota.agreed_by or ():
        key = f"agreed_by.{one.id}.date"
        if one.date is not None and known.today is not None and one.date > known.today:
            yield warning("agreed-ahead", key, f"{one.date} is still to come", "put the day on which it was agreed")
        elif one.date is not None and starts is not None and one.date > starts:
            message = f"agreed on {one.date}, after it started on {starts}"
            yield note("agreed-late", key, message, "agree on the next one before its first day")


CHECKS: tuple[Callable[[Quota, Known], Iterable[Finding]], ...] = (
    *(period, stage, scoring, numbers),
    *(rates, need, hours, agreed),
)
