"""Commitments: what each side promises the other, how many, how fast, counted from what."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.amounts import Amounts
from sla_tui.agreement.conditions import When
from sla_tui.agreement.parts import Ask, Item, Phrase
from sla_tui.agreement.values import Line, Party, Prose, Share, TimeLimit

Event = Literal["qualified", "handed_off", "received", "accepted", "first_touch", "rejected"]
EVENT_WORDS = (
    ("qualified", "qualifying"),
    ("handed_off", "handoff"),
    ("received", "receipt"),
    ("accepted", "acceptance"),
    ("first_touch", "first touch"),
    ("rejected", "rejection"),
)


class Commitment(Item):
    """One party's promise."""

    groups_by: ClassVar[str] = "party"
    reads: ClassVar[tuple[Phrase, ...]] = (
        Phrase("party", after="will"),
        Phrase("activity"),
        Phrase("amounts", before="with"),
        Phrase("share", before="for"),
        Phrase("applies_to", before="of"),
        Phrase("within", before="within"),
        Phrase("from", before="of"),
    )

    party: Annotated[Party | None, Field(title="Party", description="Who promises?", examples=["sales"])] = None
    role: Annotated[
        Line | None,
        Field(title="Role", description="Which role or team, if not the whole side?", examples=["SDR team"]),
        Ask(optional=True),
    ] = None
    activity: Annotated[
        Line | None,
        Field(title="Activity", description="To do what? Start with a verb.", examples=["Follow up"]),
    ] = None
    amounts: Annotated[
        Amounts | None,
        Field(title="Amounts", description="How many?", examples=["3 calls and 3 emails"]),
        Ask(optional=True),
    ] = None
    share: Annotated[
        Share | None,
        Field(
            title="Share",
            description="For how many of them must it hold? 100 % is broken on day one; 95 % is usual.",
            examples=["95 %"],
        ),
        Ask(optional=True),
    ] = None
    applies_to: Annotated[
        Line | None,
        Field(title="Leads", description="For which leads?", examples=["mql"]),
        Ask(optional=True, of="scoring.stages"),
    ] = None
    only_when: Annotated[
        When | None,
        Field(title="Only when", description="Only those with what?", examples=["country in US, CA"]),
        Ask(optional=True),
    ] = None
    per: Annotated[
        Literal["week", "month", "quarter"] | None,
        Field(title="Counted per", description="Counted over which time?", examples=["month"]),
        Ask(optional=True),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(title="Within", description="How fast? A number and a unit.", examples=["2 business days"]),
    ] = None
    from_: Annotated[
        Event | None,
        Field(alias="from", title="Counted from", description="What starts the clock?", examples=["received"]),
        Ask(words=EVENT_WORDS),
    ] = None
    keep_open: Annotated[
        TimeLimit | None,
        Field(title="Keep open", description="How long does it stay open before it may go back?", examples=["4 weeks"]),
        Ask(optional=True),
    ] = None
    measure: Annotated[
        Line | None,
        Field(title="Measured by", description="What do we count, to know it was kept?", examples=["first_touch"]),
    ] = None
    report: Annotated[
        Line | None,
        Field(title="Report", description="Where can both sides see it?", examples=["CRM dashboard: Follow-up"]),
        Ask(optional=True),
    ] = None
    if_missed: Annotated[
        Line | None,
        Field(
            title="If missed",
            description="What happens if it is missed?",
            examples=["The lead goes to the next rep in the territory."],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Who acts", description="Who acts then?", examples=["ana-ruiz"]),
        Ask(optional=True, of="stakeholders.people"),
    ] = None
    exceptions: Annotated[
        Prose | None,
        Field(title="Exceptions", description="When does it not hold?", examples=["Company holidays"]),
        Ask(optional=True),
    ] = None
