"""Checks of the commitments: reciprocal, in the promiser's own hands, possible to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sla_tui.agreement.business import calendar_of
from sla_tui.agreement.checks.ladder import ladder, places, setter
from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.durations import Duration
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.hours import Hours
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.terms import Agreement

_SIDES = ("marketing", "sales")
_DELIVERS = re.compile(
    r"(bring|create|deliver|generate|give|hand over|pass|produce|provide|send|source|supply)\b", re.I
)


def both_sides(agreement: Agreement) -> Iterator[Finding]:
    """Each side promises something of its own, once one of them does."""
    promising = {promise.party for promise in agreement.commitments or ()}
    if None in promising or len(promising & {*_SIDES}) != 1:
        return
    for side in _SIDES:
        if side not in promising:
            yield warning("one-sided", "commitments", f"{side} promises nothing", "each side should promise something")


def shares(agreement: Agreement) -> Iterator[Finding]:
    """A promise for all of them is broken on day one."""
    for promise in agreement.commitments or ():
        if promise.share is not None and promise.share.value == 100:
            message = "100 % is broken by the first exception"
            yield note("share-of-all", f"commitments.{promise.id}.share", message, "95 % is usual")


def own_hands(agreement: Agreement) -> Iterator[Finding]:
    """A party that promises a number of leads at a stage which the other party sets."""
    stages, known = ladder(agreement), places(agreement)
    for promise in agreement.commitments or ():
        place = known.get(promise.applies_to or "")
        if place is None or not _delivers_leads(promise):
            continue
        decider = setter(stages[place])
        if decider in _SIDES and promise.party in _SIDES and decider != promise.party:
            message = f"{promise.party} promises {stages[place].id} leads, but {decider} decides who becomes one"
            before = [stage.id for stage in stages[:place] if setter(stage) in (None, promise.party)]
            fix = f"promise the stage before, {before[-1]}" if before else "promise what is in its own hands"
            yield warning("not-in-own-hands", f"commitments.{promise.id}.applies_to", message, fix)


def _delivers_leads(promise: Commitment) -> bool:
    activity = promise.activity or ""
    counted = any(amount.unit == "lead" for amount in promise.amounts or ()) or activity.lower().endswith("leads")
    return counted and _DELIVERS.match(activity) is not None


def open_long_enough(agreement: Agreement) -> Iterator[Finding]:
    """A lead that may go back before the time to work it is over."""
    hours, promises = Hours.of(calendar_of(agreement)), agreement.commitments or ()
    limits: dict[_Leads, dict[Duration, str]] = {}
    for promise in promises:
        if promise.within and promise.from_ == "received":
            limits.setdefault(_leads(promise), {}).setdefault(promise.within, promise.id)

    @cache
    def longer(kept: Duration, leads: _Leads) -> tuple[Duration, str] | None:
        return next((held for held in limits.get(leads, {}).items() if kept.surely_below(held[0], hours)), None)

    for promise in promises:
        kept = promise.keep_open
        if kept and promise.party and (held := longer(kept, _leads(promise))):
            message = f"it may go back after {kept}, but {held[1]} allows {held[0]} from receipt"
            fix = f"keep it open for {held[0]} at least"
            yield error("back-too-soon", f"commitments.{promise.id}.keep_open", message, fix)


_Leads = tuple[str | None, str | None, str | Condition | None]
"""Who works which leads."""


def _leads(promise: Commitment) -> _Leads:
    return promise.party, promise.applies_to, promise.only_when
