"""Where leads go, in plain words: for ``simulate`` and for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from sla_tui.scoring.routing import Routing, Way
from sla_tui.scoring.sentence import number

NOBODY = "nobody"
MOST_PAIRS = 10
_WIDTH = 80


def headline(routing: Routing, stage: str = "") -> str:
    """How many leads fit no territory, one, or several. ``stage`` is what the stage is called."""
    which = f"{_leads(routing.leads)}{f' that reach {stage or routing.stage}' if routing.stage else ''}"
    if not routing.leads:
        return f"There are no leads{f' that reach {stage or routing.stage}' if routing.stage else ''} to give out."
    if routing.around == routing.leads:
        return f"All {which} skip the usual way by an exception."
    others = f"Of {which},"
    if routing.around:
        left = routing.leads - routing.around
        others += f" {number(routing.around)} skip{'s' if routing.around == 1 else ''} the usual way by an exception; "
        others += f"of the other {number(left)},"
    none, one, several = (number(count) for count in (routing.none, routing.one, routing.several))
    return f"{others} {none} fit no territory, {one} exactly one, {several} several."


def troubles(routing: Routing, names: Mapping[str, str]) -> tuple[str, ...]:
    """What somebody should look at: who gets nothing, what nobody fits, what another always comes before."""
    called = {way.id: way.name for way in routing.ways}
    found: list[str] = []
    nobody = sum(share.leads for share in routing.shares if not share.to)
    if nobody:
        found.append(f"{_leads(nobody)} would go to nobody: no one is named for them")
    elif routing.none and routing.rest:
        found.append(f"{_leads(routing.none)} from no territory go to {names.get(routing.rest, routing.rest)}")
    found += [f"{_kind(way)} {way.name}: {way.trouble}" for way in routing.ways if way.trouble]
    if routing.leads:
        found += [f"{_kind(way)} {way.name} fits no lead" for way in routing.never]
        found += [
            f"{_kind(way)} {way.name} gets none of its {_leads(way.matches)}: others come first"
            for way in routing.hidden
        ]
    found += [
        f"{called[one.first]} and {called[one.second]}: {_leads(one.leads)} fit both; {called[one.first]} comes first"
        for one in routing.overlaps[:MOST_PAIRS]
    ]
    if (more := len(routing.overlaps) - MOST_PAIRS) > 0:
        found.append(f"{number(more)} more {'pair' if more == 1 else 'pairs'} of territories overlap")
    return tuple(found)


def text(routing: Routing, names: Mapping[str, str]) -> str:
    """A few lines for a terminal of 80 columns: the sentence, who gets how many, and what to look at."""
    shares = ", ".join(f"{names.get(one.to, one.to) or NOBODY} {number(one.leads)}" for one in routing.shares)
    said = [headline(routing), *([f"They go to: {shares}."] if shares else [])]
    lines = [line for one in said for line in wrap(one, _WIDTH)]
    for one in troubles(routing, names):
        lines += wrap(one, _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def document(routing: Routing) -> dict[str, Any]:
    """The figures for programs; people, teams and queues by their ids."""
    return {**asdict(routing), "never": [way.id for way in routing.never], "hidden": [way.id for way in routing.hidden]}


def _kind(way: Way) -> str:
    return "exception" if way.exception else "territory"


def _leads(count: int) -> str:
    return f"{number(count)} {'lead' if count == 1 else 'leads'}"
