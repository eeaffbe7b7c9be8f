"""Checks of the commitments: reciprocal, in the promiser's own hands, possible to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.scoring import Scoring, Stage
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
    ladder = (agreement.scoring or Scoring()).stages
    places = {stage.id: place for place, stage in enumerate(ladder)}
    for promise in agreement.commitments or ():
        place = places.get(promise.applies_to or "")
        if place is None or not _delivers_leads(promise):
            continue
        setter = _setter(ladder[place])
        if setter in _SIDES and promise.party in _SIDES and setter != promise.party:
            message = f"{promise.party} promises {ladder[place].id} leads, but {setter} decides who becomes one"
            before = [stage.id for stage in ladder[:place] if _setter(stage) in (None, promise.party)]
            fix = f"promise the stage before, {before[-1]}" if before else "promise what is in its own hands"
            yield warning("not-in-own-hands", f"commitments.{promise.id}.applies_to", message, fix)


def _delivers_leads(promise: Commitment) -> bool:
    activity = promise.activity or ""
    counted = any(amount.unit == "lead" for amount in promise.amounts or ()) or activity.lower().endswith("leads")
    return counted and _DELIVERS.match(activity) is not None


def _setter(stage: Stage) -> str | None:
    """The party in whose hands a stage is; None for one reached by points, or not known."""
    if stage.set is None:
        return None
    return stage.set_by or ("sales" if stage.set in ("accepted", "deal_won") else None)


def open_long_enough(agreement: Agreement) -> Iterator[Finding]:
    """A lead that may go back before the time to work it is over."""
    promises = agreement.commitments or ()
    for promise in promises:
        if promise.keep_open is None:
            continue
        for other in promises:
            if _same_leads(promise, other) and other.within and promise.keep_open.surely_below(other.within):
                message = f"it may go back after {promise.keep_open}, but {other.id} allows {other.within} from receipt"
                fix = f"keep it open for {other.within} at least"
                yield error("back-too-soon", f"commitments.{promise.id}.keep_open", message, fix)
                break


def _same_leads(one: Commitment, other: Commitment) -> bool:
    same = (one.party, one.applies_to, one.only_when) == (other.party, other.applies_to, other.only_when)
    return same and one.party is not None and other.from_ == "received"
