"""What a threshold means week by week, in a sentence that reads from the back row."""

from __future__ import annotations

from sla_tui.scoring.pace import Pace
from sla_tui.scoring.results import Reach
from sla_tui.scoring.sentence import FEW, number, sentence, too_few

_ONE = 2 / 3
"""From this many a week on, a rate is told as so many a week; a rarer one as one in so many weeks."""
_MANY = 10
"""From this many buyers a week on, those missed are told a week too; fewer are rounded too coarsely for that."""


def weekly(reach: Reach, pace: Pace, receiver: str = "sales") -> str:
    """How many leads a week the stage hands over, the hours that takes, how many will buy and how many are missed.

    As ``sentence`` where nobody knows how many weeks the leads came in.
    """
    leads = pace.weekly(reach.leads)
    if leads is None or not reach.total:
        return sentence(reach, receiver)
    every = "all " if reach.leads == reach.total and leads >= _ONE else ""
    gets = f"{every}{_rate(leads, 'lead', 'leads')}" if reach.leads else "no leads"
    return f"At {reach.at}, {receiver} gets {gets}{_fast(reach)}{_hours(reach, pace)}{_outcomes(reach, pace)}."


def step(here: Reach, there: Reach, pace: Pace) -> str:
    """What another threshold would change: ``At 55: 6 fewer leads a week, 1 fewer buyer.``"""
    leads = there.leads - here.leads
    if not leads:
        return f"At {there.at}: the same leads."
    said = f"At {there.at}: {_fewer(leads, 'lead', 'leads', pace)}"
    if not here.outcome or not here.all_positive or here.all_known < FEW:
        return f"{said}."
    won = there.positive - here.positive
    if not won:
        return f"{said}, {'as many buyers' if pace.buys else 'as many won'}."
    # Leads whose outcome is not known yet are taken to be like those of the wider threshold whose outcome is.
    wide = here if here.leads > there.leads else there
    scale = wide.leads / wide.known if pace.weeks else 1
    one, many = ("buyer", "buyers") if pace.buys else ("won", "won")
    buyers = _fewer(won * scale, one, many, pace)
    return f"{said}, {buyers.removesuffix(' a week') if said.endswith(' a week') else buyers}."


def worth(reach: Reach, pace: Pace) -> str:
    """What a lead of the stage is worth: the share of them that buy, times the quota's average deal; else empty.

    Beside it stands what working it costs, where the quota says what an hour does.
    """
    room = pace.room
    if room is None or room.deal is None or not pace.buys or not reach.outcome:
        return ""
    if reach.known < FEW or not reach.positive:
        return ""
    said = f"about {_rounded(float(room.deal.amount) * reach.positive / reach.known)} {room.deal.currency} a lead"
    cost = room.cost if room.stage in (None, reach.stage) else None
    return said if cost is None else f"{said}, working it costs {_rounded(cost)} {room.deal.currency}"


def _rounded(value: float) -> str:
    """A sum to two figures: more of them nobody knows."""
    step_ = 10 ** max(0, len(str(int(value))) - 2)
    return number(int(value / step_ + 0.5) * step_)


def per_week(rate: float | None) -> str:
    """Leads a week, for a table; a dash where nobody knows."""
    if rate is None:
        return "–"
    return f"{rate:.1f}" if rate < 100 else number(_whole(rate))


def span_words(pace: Pace) -> str:
    """The weeks the leads came in, and what says so; empty while that is not known."""
    span = pace.span
    by = f"the column {span.column}" if span and span.column else "the activity log"
    return f"{span.weeks:.1f} weeks, from {span.first} to {span.last}, by {by}" if span else ""


def room_words(pace: Pace) -> str:
    """What sales has the time for, and which quota says so; empty while none does."""
    room = pace.room
    if room is None or room.hours is None:
        return ""
    said = f"{number(room.hours)} hours a week"
    if room.minutes is not None and room.leads is not None:
        each = f"{number(room.minutes)} minutes for each{f' {room.stage}' if room.stage else ''} lead"
        said = f"{number(room.leads)} leads a week: {said}, {each}"
    return f"time for {said} (quota {room.quota})" if room.leads is not None else f"{said} (quota {room.quota})"


def _rarely(count: float, pace: Pace) -> bool:
    found = pace.weekly(count)
    return found is not None and found < _ONE


def _rate(rate: float, one: str, many: str) -> str:
    """So many a week, above nothing: ``7 leads a week``, ``1 lead every 3 weeks``."""
    if rate < _ONE:
        return f"1 {one} every {_whole(1 / rate)} weeks"
    count = _whole(rate)
    return f"{number(count)} {one if count == 1 else many} a week"


def _whole(value: float) -> int:
    return int(value + 0.5)


def _fewer(count: float, one: str, many: str, pace: Pace) -> str:
    """A change, up or down: ``6 fewer leads a week``, ``1 fewer lead``."""
    way, much = ("more" if count > 0 else "fewer"), abs(count)
    rate = pace.weekly(much)
    if rate is not None:
        return _rate(rate, f"{way} {one}", f"{way} {many}")
    return f"{number(_whole(much))} {way} {one if much == 1 else many}"


def _fast(reach: Reach) -> str:
    return ", all by a fast track" if reach.leads and reach.fast == reach.leads else ""


def _hours(reach: Reach, pace: Pace) -> str:
    found = pace.hours(reach)
    if found is None or not reach.leads:
        return ""
    takes, has = found
    if not has:
        return ", and has no hours to work them"
    if takes > has:
        whole = max(_whole(takes), has + 1)
        return f", {number(whole)} hours of work but only {number(has)} to do it"
    weekly_ = " a week" if _rarely(reach.leads, pace) else ""
    if takes < 0.5:
        return f", less than 1 of its {number(has)} hours{weekly_}"
    if _whole(takes) == has:
        return f", all of its {number(has)} hours{weekly_}"
    return f", {number(_whole(takes))} of its {number(has)} hours{weekly_}"


def _outcomes(reach: Reach, pace: Pace) -> str:
    if not reach.outcome:
        return ""
    if reach.all_known < FEW:
        return too_few(reach)
    return f"{_will(reach, pace)}{_missed(reach, pace)}"


def _will(reach: Reach, pace: Pace) -> str:
    """How many of a week's leads will buy, as those did whose outcome is known."""
    if not reach.leads:
        return ""
    if reach.known < FEW:
        return f"; too few outcomes to say how many will {'buy' if pace.buys else 'be won'}"
    if not reach.positive:
        none = "bought" if pace.buys else "was won"
        return f"; of {number(reach.known)} with a known outcome none {none}"
    rate = pace.weekly(reach.leads * reach.positive / reach.known) or 0
    will = "will buy" if pace.buys else "will be won"
    return f"; {number(_whole(rate))} {will}" if rate >= _ONE else f"; 1 {will} every {_whole(1 / rate)} weeks"


def _missed(reach: Reach, pace: Pace) -> str:
    whole, missed = reach.all_positive, reach.all_positive - reach.positive
    if not whole:
        return "; nobody bought so far" if pace.buys else "; no lead was won so far"
    one, many = ("buyer", "buyers") if pace.buys else ("won lead", "won leads")
    if whole == 1:
        return f"; the only {one} is {'missed' if missed else 'among them'}"
    if not missed:
        return f"; no {one} is missed"
    said = _missed_weekly(reach, pace)
    if said:
        return f"; {said} {many} are missed"
    weeks = f"in {number(_whole(pace.weeks))} weeks " if pace.weeks else ""
    if missed == whole:
        return f"; {weeks}{'both' if whole == 2 else f'all {number(whole)}'} {many} are missed"
    return f"; {weeks}{number(missed)} of {number(whole)} {many} {'is' if missed == 1 else 'are'} missed"


def _missed_weekly(reach: Reach, pace: Pace) -> str:
    """How many of a week's buyers are missed, adding up with those who will buy; empty where that says too little."""
    beyond = reach.all_known - reach.known
    if reach.known < FEW or beyond < FEW or not reach.positive:
        return ""
    will = pace.weekly(reach.leads * reach.positive / reach.known) or 0
    past = pace.weekly((reach.total - reach.leads) * (reach.all_positive - reach.positive) / beyond) or 0
    missed, whole = _whole(past), _whole(will) + _whole(past)
    return f"{number(missed)} of {number(whole)}" if missed > 1 and whole >= _MANY else ""
