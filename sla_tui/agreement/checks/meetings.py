"""Checks of the meetings: one rhythm, an agenda that fits, both sides at the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sla_tui.agreement.finding import Finding, error, warning
from sla_tui.agreement.rhythm import RHYTHM_WORDS, TIMES_A_YEAR
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.communication import Communication, Meeting
from sla_tui.agreement.sections.stakeholders import Stakeholders
from sla_tui.agreement.terms import Agreement

_WORDS = dict(RHYTHM_WORDS)
_SAID = {
    "week": re.compile(r"\b(?:weekly|every week|each week)\b", re.IGNORECASE),
    "two_weeks": re.compile(r"\b(?:fortnightly|every (?:two|2) weeks|every other week)\b", re.IGNORECASE),
    "month": re.compile(r"\b(?:monthly|every month|each month)\b", re.IGNORECASE),
    "quarter": re.compile(r"\b(?:quarterly|every quarter|each quarter)\b", re.IGNORECASE),
}
_COMES = re.compile(r"(?:attend|join|come to|take part in)\b", re.IGNORECASE)
_HOLDS = re.compile(r"(?:hold|run|lead|meet)\b", re.IGNORECASE)
_NEARLY = 1.2
"""Twice a month is as often as every two weeks: two rhythms differ from this ratio on."""


def _meetings(agreement: Agreement) -> Iterator[tuple[str, Meeting]]:
    for meeting in (agreement.communication or Communication()).meetings:
        yield f"communication.meetings.{meeting.id}", meeting


def agenda(agreement: Agreement) -> Iterator[Finding]:
    """The standing agenda fits into the meeting."""
    for key, meeting in _meetings(agreement):
        needed = sum(point.minutes or 0 for point in meeting.agenda)
        if meeting.minutes is not None and needed > meeting.minutes:
            message = f"the agenda takes {needed} minutes, the meeting {meeting.minutes}"
            yield error("agenda-too-long", f"{key}.agenda", message, "shorten the agenda or give the meeting more time")


def rarer(agreement: Agreement) -> Iterator[Finding]:
    """A meeting that is to become rarer does."""
    for key, meeting in _meetings(agreement):
        fewer = meeting.fewer
        if fewer is None:
            continue
        if fewer.to and meeting.every and TIMES_A_YEAR[fewer.to] >= TIMES_A_YEAR[meeting.every]:
            message = f"it is held {_WORDS[meeting.every]} now; {_WORDS[fewer.to]} is not rarer"
            yield error("not-rarer", f"{key}.fewer.to", message, "name a rarer rhythm, or leave both answers open")


def both_attend(agreement: Agreement) -> Iterator[Finding]:
    """Both sides sit at the table. Silent while somebody's side is not known."""
    held = agreement.stakeholders or Stakeholders()
    sides = {team.id: team.party for team in held.teams}
    sides |= {person.id: sides[person.team] for person in held.people if person.team in sides}
    for key, meeting in _meetings(agreement):
        there = {*(meeting.attends or ()), *([meeting.chair] if meeting.chair else ())}
        if meeting.attends and there <= sides.keys():
            present = {sides[one] for one in there} - {None}
            if len(present) == 1:
                message = f"only {present.pop()} takes part"
                yield warning("one-sided-meeting", f"{key}.attends", message, "let the other side take part too")


def one_rhythm(agreement: Agreement) -> Iterator[Finding]:
    """A meeting is held as often as its own name and the commitments say."""
    for key, meeting in _meetings(agreement):
        if meeting.every is None or not meeting.name:
            continue
        for where, said in _said_of(meeting.name, agreement, meeting):
            message = f"it is held {_WORDS[meeting.every]} here, but {where} says {said}"
            yield error("two-rhythms", f"{key}.every", message, "say the same in both places")
            break


def _said_of(name: str, agreement: Agreement, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """Where another rhythm is said of the meeting, and which."""
    held, core = TIMES_A_YEAR[meeting.every or "week"], _core(name)
    if (said := rhythm_in(name)) and said != meeting.every:
        yield "its name", _WORDS[said]
    for promise in agreement.commitments or ():
        activity = promise.activity or ""
        if not core or core not in activity.casefold() or not _speaks_of(activity, core):
            continue
        said, times = rhythm_in(activity), _times_a_year(promise)
        where = f"the commitment {promise.id}"
        if said is not None:
            if said != meeting.every:
                yield where, _WORDS[said]
        elif times and (_apart(times, held) if not _COMES.match(activity) else times > held * _NEARLY):
            yield where, f"{times} times a year"


def _core(name: str) -> str:
    """What a meeting is called without its rhythm and its article."""
    for words in _SAID.values():
        name = words.sub(" ", name)
    return " ".join(name.casefold().split()).removeprefix("the ")


def rhythm_in(text: str) -> str | None:
    """The one rhythm a text speaks of, None for none or several."""
    said = [rhythm for rhythm, words in _SAID.items() if words.search(text)]
    return said[0] if len(said) == 1 else None


def _speaks_of(activity: str, core: str) -> bool:
    """Whether a promise is about the meeting called ``core``: a single word must be what is held or attended."""
    if " " in core:
        return bool(re.search(rf"\b{re.escape(core)}", activity.casefold()))
    done = _COMES.match(activity) or _HOLDS.match(activity)
    return done is not None and _core(activity[done.end() :]).startswith(core)


def _times_a_year(promise: Commitment) -> int | None:
    """How many meetings a year are promised; None where that is not said. With a share, the period counts the share."""
    amounts = promise.amounts or ()
    if promise.per is None or promise.share is not None or {amount.unit for amount in amounts} != {"meeting"}:
        return None
    return sum(amount.count for amount in amounts) * TIMES_A_YEAR[promise.per]


def _apart(one: int, other: int) -> bool:
    return max(one, other) > min(one, other) * _NEARLY


CHECKS = (agenda, rarer, both_attend, one_rhythm)
"""Every check of the meetings."""
