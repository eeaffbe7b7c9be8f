"""What a sample lead's card shows: what the rules look at, then what else is known; nothing of how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla_tui.agreement.text import clean_line
from sla_tui.tui.board.fields import LONGEST, is_personal

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board as Scored

TELLING = re.compile(
    r"won|lost|outcome|convert|closed|status|score|grade|rating|qualified|disqualif|opportunity|deal|revenue|amount"
    r"|\b(mql|sql|stage|lifecycle|owner)\b",
    re.IGNORECASE,
)
"""Headers of columns that may say how a lead was judged or how it ended."""
NO = frozenset({"no", "false"})


@dataclass(frozen=True, slots=True)
class Face:
    """``used`` are what rules look at, ``others`` what else is known; ``masked`` names what is known and not shown.

    ``denied`` names the others that say no, which many exports have dozens of.
    """

    used: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    masked: tuple[str, ...]
    denied: tuple[str, ...] = ()


def face(scored: Scored, index: int) -> Face:
    """The card of one lead. Blank fields are left out, and so are its id, its outcome and whatever may tell either."""
    from sla_tui.scoring.propose.leaks import noted_later
    from sla_tui.scoring.sources import Happened

    leads = scored.leads
    columns = leads.names.columns or ()
    hidden = {leads.names.id() if columns else None, *(at for at, name in enumerate(columns) if name == scored.outcome)}
    used: dict[str, str] = {}
    masked: list[str] = []
    seen: set[int] = set()
    sources = scored.plan.sources
    for at in dict.fromkeys([one.column for one in sources if not isinstance(one, Happened)]):
        seen.add(at)
        _put(used, masked, columns[at], _said(scored, at, index), at in hidden)
    labels = activity_labels(scored)
    for name in dict.fromkeys(one.activity for one in sources if isinstance(one, Happened)):
        if times := _times(scored, name, index):
            used[labels.get(name) or clean_line(name).replace("_", " ")] = (
                f"{times} {'time' if times == 1 else 'times'}"
            )
    others: dict[str, str] = {}
    for at, name in enumerate(columns):
        if at not in seen and name:
            tells = bool(TELLING.search(name)) or noted_later(name)
            _put(others, masked, name, _said(scored, at, index), at in hidden or tells)
    denied = tuple(name for name, said in others.items() if said.casefold() in NO)
    known = tuple((name, said) for name, said in others.items() if name not in denied)
    return Face(tuple(used.items()), known, tuple(masked), denied)


def activity_labels(scored: Scored) -> dict[str, str]:
    """What the rules call the log's activities, where they have a label."""
    from sla_tui.scoring.sources import Happened

    pairs = zip(scored.scoring.rules, scored.plan.rules, strict=True)
    named = [(plan.source.activity, rule.label) for rule, plan in pairs if isinstance(plan.source, Happened)]
    return {activity: clean_line(label) for activity, label in reversed(named) if label}


def _put(into: dict[str, str], masked: list[str], name: str, said: str, hidden: bool) -> None:
    if not said or hidden:
        return
    if is_personal(name, said):
        masked.append(clean_line(name))
    else:
        into[clean_line(name)] = said[:LONGEST]


def _said(scored: Scored, at: int, index: int) -> str:
    """What a column says of a lead, as far as it was read; empty where nothing is known."""
    from sla_tui.scoring.columns import Counts, Numbers
    from sla_tui.scoring.sources import Need

    leads = scored.leads
    if (texts := leads.texts(at)) is not None:
        code = int(texts.codes[index])
        return clean_line(texts.texts[code]) if texts.known[code] else ""
    counts, numbers = (leads.columns.get(Need(kind, at)) for kind in ("count", "number"))
    if isinstance(counts, Counts):
        return str(int(counts.codes[index]))
    if isinstance(numbers, Numbers) and (value := float(numbers.values[index])) == value:
        return f"{value:g}"
    return ""


def _times(scored: Scored, activity: str, index: int) -> int:
    """How often a lead did something, up to the day scores are as of."""
    from sla_tui.scoring.readlog import EPOCH

    events, day = scored.leads.events.get(activity), scored.as_of or scored.leads.last_day
    if events is None or day is None:
        return 0
    mine = (events.lead == index) & (events.day <= (day - EPOCH).days)
    return int(events.times[mine].sum())
