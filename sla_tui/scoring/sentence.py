"""What a threshold means, in a sentence anybody in the room understands."""

from __future__ import annotations

from sla_tui.scoring.results import Reach

FEW = 20
"""Below this many outcomes a share is told as the bare numbers; with fewer in all, there are too few to say."""


def sentence(reach: Reach, receiver: str = "sales") -> str:
    """How many leads the stage hands over, how good they are and how many of the won ones are among them.

    Shares are of leads whose outcome is known; rounded ones say "about", exact ones do not.
    """
    if not reach.total:
        return "There are no leads to score."
    said = f"At {reach.at}, {receiver} gets {_how_many(reach.leads, reach.total)}"
    if reach.fast and reach.fast == reach.leads:
        said += ", by a fast track" if reach.leads == 1 else ", all by a fast track"
    elif reach.fast:
        said += f", {reach.fast} of them only by a fast track"
    return f"{said}{_outcomes(reach)}."


def _how_many(leads: int, total: int) -> str:
    if not leads:
        return f"none of {number(total)} leads" if total > 1 else "not the one lead there is"
    if leads == total:
        return f"all {number(total)} leads" if total > 1 else "the one lead there is"
    return f"{number(leads)} of {number(total)} leads"


def _outcomes(reach: Reach) -> str:
    if not reach.outcome:
        return ""
    if reach.all_known < FEW:
        return too_few(reach)
    if not reach.leads:
        return _missed(reach)
    whole = reach.known == reach.leads
    if not reach.known:
        quality = "the outcome of it is not known" if reach.leads == 1 else "the outcome of none of them is known"
    elif reach.known == 1:
        whose = "it" if whole else "the one whose outcome is known"
        quality = f"{whose} was won" if reach.positive else f"{whose} was not won"
    else:
        of_them = "" if whole else f" of the {number(reach.known)} with a known outcome"
        quality = f"{share(reach.positive, reach.known)}{of_them} were won"
    return f"; {quality}{_missed(reach)}"


def too_few(reach: Reach) -> str:
    """What follows the leads where fewer than ``FEW`` outcomes are known in all."""
    if not reach.all_known:
        return "; no outcome is known yet"
    return f"; too few outcomes to say more ({number(reach.all_known)} of at least {FEW})"


def _missed(reach: Reach) -> str:
    if not reach.all_positive:
        return "; no lead at all was won"
    if reach.all_positive == 1:
        return ", and the only lead won is among them" if reach.positive else "; the only lead won is not among them"
    if reach.positive == 0:
        return f"; none of the {number(reach.all_positive)} won is among them"
    if reach.positive == reach.all_positive:
        return f", and all {number(reach.all_positive)} won are among them"
    return f", and {share(reach.positive, reach.all_positive)} of all won are among them"


def share(part: int, whole: int) -> str:
    """A part of a whole in words: ``9 in 10`` when exact, ``about 9 in 10`` when rounded, ``12 of 17`` when few."""
    if part == 0:
        return "none"
    if part == whole:
        return "both" if whole == 2 else "all"
    tenths = (20 * part + whole) // (2 * whole)
    if part * 10 == tenths * whole:
        return f"{tenths} in 10"
    if whole < FEW:
        return f"{number(part)} of {number(whole)}"
    if tenths == 0:
        return "fewer than 1 in 20"
    if tenths == 10:
        return "more than 19 in 20"
    return f"about {tenths} in 10"


def interval(low: float, high: float) -> str:
    """Where a share lies, in whole percent: ``22–33``."""
    return f"{100 * low:.0f}–{100 * high:.0f}"


def number(value: int) -> str:
    """A number as it reads in a sentence: thousands apart by a thin gap that does not break."""
    return f"{value:,}".replace(",", "\u202f")
