"""A sixth section: one declaration of every shape. ``python -m tests.houses.sixth`` is sla-tui with it.

Run as a program it stands where a developer would have written it, on ``Agreement``, before any room is imported.
"""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement import terms
from sla_tui.agreement.amounts import Amounts
from sla_tui.agreement.conditions import When
from sla_tui.agreement.lists import PEOPLE, STAGES
from sla_tui.agreement.money import Sum
from sla_tui.agreement.parts import About, Ask, Item, Items, Part
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Bound, Clock, Day, Days, Line, Number, Prose, Share, TimeLimit, Words, YesNo


class NobodyThere(Part):
    """What happens when nobody accepts."""

    then: Annotated[
        Literal["reassign", "escalate"] | None,
        Field(title="Then", description="What happens if nobody does?", examples=["reassign"]),
    ] = None
    to: Annotated[Line | None, Field(title="To", description="To whom?", examples=["ana-ruiz"]), Ask(of=PEOPLE)] = None


class Relayed(Item):
    """Something that travels with each lead."""

    field: Annotated[Line | None, Field(title="Carries", description="What travels with it?", examples=["Phone"])] = (
        None
    )
    must: Annotated[
        Literal["always", "if_known"] | None,
        Field(title="Must", description="Always, or if known?", examples=["always"]),
        Ask(optional=True),
    ] = None


class Relay(Part):
    """How a lead changes owner."""

    at: Annotated[
        Line | None, Field(title="Stage", description="At which stage?", examples=["mql"]), Ask(of=STAGES)
    ] = None
    steps: Annotated[
        Prose | None, Field(title="Steps", description="In which steps?", examples=["Assign, then call."])
    ] = None
    told_by: Annotated[
        Literal["task", "email", "chat"] | None,
        Field(title="Told by", description="How does the rep learn of it?", examples=["task"]),
    ] = None
    accept_within: Annotated[
        TimeLimit | None, Field(title="Accept within", description="By when?", examples=["4 business hours"])
    ] = None
    share: Annotated[Share | None, Field(title="Of them", description="How many of them?", examples=["90 %"])] = None
    since: Annotated[Day | None, Field(title="Since", description="From which day?", examples=["2027-02-01"])] = None
    not_before: Annotated[
        Clock | None, Field(title="Not before", description="Not before when?", examples=["08:30"])
    ] = None
    most: Annotated[
        Annotated[Number, Field(ge=1, le=500)] | None,
        Field(title="At once", description="How many at once at most?", examples=["25"]),
    ] = None
    channels: Annotated[
        Words | None, Field(title="Channels", description="Over which channels?", examples=["CRM, Slack"])
    ] = None
    only_when: Annotated[
        When | None, Field(title="Only when", description="Only which?", examples=["country in US, CA"])
    ] = None
    effort: Annotated[Amounts | None, Field(title="Effort", description="How much of what?", examples=["2 calls"])] = (
        None
    )
    budget: Annotated[Sum | None, Field(title="Budget", description="What may it cost?", examples=["2 500 USD"])] = None
    weekends: Annotated[
        YesNo | None, Field(title="Weekends", description="On weekends too?", examples=["yes"]), Ask(optional=True)
    ] = None
    pauses: Annotated[
        Days | None,
        Field(title="Pauses", description="Not on which days?", examples=["2027-12-24"]),
        Ask(optional=True),
    ] = None
    ceiling: Annotated[
        Bound | None, Field(title="Ceiling", description="Up to where?", examples=["60"]), Ask(optional=True)
    ] = None
    no_answer: Annotated[NobodyThere | None, Field(title="No answer", description="What if nobody accepts?")] = None
    carries: Annotated[Items[Relayed], Field(title="Information", description="What travels with each lead?")] = ()


class Wider(Agreement):
    """An agreement with a sixth section."""

    relay: Annotated[
        Relay | None,
        About("Lead relay", "How does a lead change hands?", "From one side to the other.", ("One owner at a time.",)),
    ] = None


FILE = """\
# ours
[agreement]
title = "SLA"

[relay]  # agreed in May
at = "mql"
steps = "Assign, then call."
told_by = "task"
accept_within = "4 bh"  # as the calendar says
share = "90%"
since = 2027-02-01
not_before = 08:30:00
most = 25
channels = ["CRM", "Slack, sales"]
only_when = { field = "country", in = ["US", "CA"] }
effort = [{ count = 2, unit = "call" }]

[relay.no_answer]
then = "reassign"

[[relay.carries]]
id = "phone"
field = "Phone"
"""


def _main() -> int:
    terms.Agreement = Wider
    from sla_tui.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_main())
