"""Checks of a lead's way to sales and back: handoff, pipeline, feedback, escalation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sla_tui.agreement.business import calendar_of
from sla_tui.agreement.checks.ladder import ladder, not_above, places
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.escalation import WHAT_WORDS
from sla_tui.agreement.sections.header import Calendar
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration

_ACCEPTS = re.compile(r"accept\b", re.IGNORECASE)
_RETURNS = re.compile(r"(?:return|send|give)\b.*\b(?:back|leads?)\b", re.IGNORECASE)
_TOUCHES = re.compile(r"(?:follow up|call|contact|make (?:a|the) first|first touch)\b", re.IGNORECASE)


def handoff_stage(agreement: Agreement) -> Iterator[Finding]:
    """Leads go to sales when they are qualified: not before, and not after what sales has to decide about them."""
    at, known = agreement.handoff.at if agreement.handoff else None, places(agreement)
    mql = agreement.mql.stage if agreement.mql else None
    if at != mql and not_above(known, mql, at):
        message = f"leads go to sales at {at}, before they are qualified at {mql}"
        yield warning("handed-off-early", "handoff.at", message, f"hand them over at {mql}")
    sql = agreement.sql.stage if agreement.sql else None
    by_sales = agreement.sql is not None and agreement.sql.decided_by == "sales"
    if not_above(known, at, sql) and (at != sql or by_sales):
        who = "sales decides" if by_sales else "it is decided"
        message = f"{who} which leads are {sql}, but sales gets them only at {at}"
        yield warning("handed-off-late", "handoff.at", message, f"hand them over before {sql}")


def queue_to_look_at(agreement: Agreement) -> Iterator[Finding]:
    """Who learns of a lead from a queue needs one."""
    told_by = agreement.handoff.told_by if agreement.handoff else None
    if told_by == "queue" and agreement.assignment is not None and not agreement.assignment.queues:
        message = "reps learn of a lead from the queue, but the assignment names no queue"
        yield warning("no-queue", "handoff.told_by", message, "name the queue under assignment.queues")


def carried(agreement: Agreement) -> Iterator[Finding]:
    """What a qualified lead must have travels with it."""
    carries = agreement.handoff.carries if agreement.handoff else ()
    needs = (agreement.mql.needs if agreement.mql else None) or ()
    if not carries:
        return
    travels = {one.field.casefold(): one for one in carries if one.field}
    missing = [need for need in needs if need.casefold() not in travels]
    if missing:
        message = f"a qualified lead needs what does not travel with it: {', '.join(missing)}"
        yield warning("not-carried", "handoff.carries", message, "add it here, or take it out of mql.needs")
    for need in needs:
        one = travels.get(need.casefold())
        if one is not None and one.must is False:
            message = f"a qualified lead needs {need}, but here it may be missing"
            yield warning("may-be-missing", f"handoff.carries.{one.id}.must", message, "answer yes, or drop the need")


def _from_sales(agreement: Agreement, start: str) -> Iterator[tuple[Commitment, str, Duration]]:
    """What sales promises for every lead handed over, counted from ``start``: the promise, its activity, its limit."""
    at = agreement.handoff.at if agreement.handoff else None
    for promise in agreement.commitments or ():
        every = promise.only_when is None and (promise.applies_to is None or at in (None, promise.applies_to))
        if promise.party == "sales" and promise.from_ == start and promise.within and every:
            yield promise, promise.activity or "", promise.within


def _touch(promise: Commitment, activity: str) -> bool:
    return promise.measure == "first_touch" or _TOUCHES.match(activity) is not None


def accepted_in_time(agreement: Agreement) -> Iterator[Finding]:
    """Accepting a lead has one time limit, and it is over before the lead should have been called."""
    limit, key = agreement.handoff.accept_within if agreement.handoff else None, "handoff.accept_within"
    if limit is None:
        return
    hours = calendar_of(agreement)
    for promise, activity, within in _from_sales(agreement, "received"):
        if _ACCEPTS.match(activity):
            yield from _one_limit(key, limit, promise.id, within, hours)
        elif _touch(promise, activity) and within.surely_below(limit, hours):
            message = f"sales may take {limit} to accept a lead, but {promise.id} is due {within} after receipt"
            yield warning("accept-after-touch", key, message, f"have it accepted within {within}")


def returned_in_time(agreement: Agreement) -> Iterator[Finding]:
    """Returning a lead has one time limit."""
    limit = agreement.feedback.return_within if agreement.feedback else None
    for promise, activity, within in _from_sales(agreement, "rejected") if limit else ():
        if limit and _RETURNS.match(activity):
            yield from _one_limit("feedback.return_within", limit, promise.id, within, calendar_of(agreement))


def _one_limit(key: str, limit: Duration, promise: str, within: Duration, hours: Calendar | None) -> Iterator[Finding]:
    if limit.surely_below(within, hours) or within.surely_below(limit, hours):
        message = f"it is {limit} here, but {within} in the commitment {promise}"
        yield error("two-limits", key, message, "say the same in both places")


def pulled_back(agreement: Agreement) -> Iterator[Finding]:
    """A lead is pulled back after it went dormant, and after the time sales has to work it."""
    held = agreement.feedback
    limit = held.pull_back_after if held else None
    if held is None or limit is None:
        return
    key, hours = "feedback.pull_back_after", calendar_of(agreement)
    if held.dormant_after and limit.surely_below(held.dormant_after, hours):
        message = f"a lead may be pulled back after {limit}, but is dormant only after {held.dormant_after}"
        yield error("pulled-back-awake", key, message, f"make it {held.dormant_after} at least")
    for promise, activity, within in _from_sales(agreement, "received"):
        if _touch(promise, activity) and limit.surely_below(within, hours):
            message = f"a lead may be pulled back after {limit}, but {promise.id} gives sales {within} to work it"
            yield warning("pulled-back-early", key, message, f"make it {within} at least")
            return


def reasons(agreement: Agreement) -> Iterator[Finding]:
    """Some reasons show before any work, some only after it."""
    held = agreement.feedback.reasons if agreement.feedback else ()
    given = {reason.when for reason in held}
    if len(given) == 1 and None not in given:
        other = "after" if "before" in given else "before"
        message = f"no lead can be sent back for what shows {other} it is worked"
        yield note("one-kind-of-reasons", "feedback.reasons", message, f"add a reason for {other} work")


def paths_up(agreement: Agreement) -> Iterator[Finding]:
    """Each usual kind of trouble goes to somebody. Silent while a path does not say what it is for."""
    held = {path.what for path in (agreement.escalation.paths if agreement.escalation else ())}
    if not held or None in held:
        return
    missing = [words for what, words in WHAT_WORDS if what != "other" and what not in held]
    if missing:
        message = f"nobody is named for {' or '.join(missing)}"
        yield warning("no-path", "escalation.paths", message, "say who takes it up, and by when")


def pipeline_path(agreement: Agreement) -> Iterator[Finding]:
    """The way to a customer goes up the ladder of stages."""
    known = places(agreement)
    path = [stage for stage in (agreement.pipeline.path if agreement.pipeline else None) or () if stage in known]
    for before, after in pairwise(path):
        if not_above(known, before, after):
            message = f"{after} comes after {before} here, but not in the stages of the scoring"
            yield error("path-order", "pipeline.path", message, "name the stages in the order of scoring.stages")
            return


def ways_back(agreement: Agreement) -> Iterator[Finding]:
    """An opportunity that goes back has one way to go, and it goes to a stage below."""
    top, known = _opportunity(agreement), places(agreement)
    ways: dict[tuple[str, str], str] = {}
    for way in agreement.pipeline.back if agreement.pipeline else ():
        key = f"pipeline.back.{way.id}"
        if way.what:
            first = ways.setdefault((way.what, str(way.after or "")), way.id)
            if first != way.id:
                message = f"{first} already says where a {way.what} opportunity goes"
                yield error("two-ways-back", f"{key}.what", message, "keep one of the two")
        if not_above(known, way.to, top):
            message = f"going back from {top} to {way.to} is no way back"
            yield error("back-forward", f"{key}.to", message, f"name a stage before {top}")


def created_when(agreement: Agreement) -> Iterator[Finding]:
    """When an opportunity is created is said under the pipeline, or under the conversion where that is asked."""
    if agreement.pipeline and agreement.pipeline.create_when is None and agreement.conversion is None:
        message = "Create when: not answered yet, and there is no section Conversion that says it"
        yield warning("unanswered", "pipeline.create_when", message, "say when an opportunity is created")


def _opportunity(agreement: Agreement) -> str | None:
    """The stage that opportunities are at: the one called so, else the one that a won deal sets."""
    stages = ladder(agreement)
    called = [stage.id for stage in stages if "opportunity" in f"{stage.id} {stage.name or ''}".casefold()]
    won = [stage.id for stage in stages if stage.set == "deal_won"]
    return next(iter((*called, *won)), None)


CHECKS = (
    *(handoff_stage, queue_to_look_at, carried, accepted_in_time),
    *(pipeline_path, ways_back, created_when),
    *(returned_in_time, pulled_back, reasons, paths_up),
)
"""Every check of the way to sales and back."""
