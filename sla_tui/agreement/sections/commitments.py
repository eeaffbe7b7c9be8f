"""Commitments: what each side promises the other, how many, how fast, counted from what."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.amounts import Amount, Amounts
from sla_tui.agreement.conditions import When
from sla_tui.agreement.lists import PEOPLE, STAGES
from sla_tui.agreement.parts import Ask, Item, Phrase
from sla_tui.agreement.values import Line, Party, Prose, Share, TimeLimit

Event = Literal["qualified", "handed_off", "received", "accepted", "first_touch", "rejected"]
EVENT_WORDS = (
    ("qualified", "qualification"),
    ("handed_off", "handoff"),
    ("received", "receipt"),
    ("accepted", "acceptance"),
    ("first_touch", "first touch"),
    ("rejected", "rejection"),
)


Said = Mapping[str, Any]

_TAKES_A_NUMBER = frozenset(
    (
        "attend",
        "book",
        "create",
        "deliver",
        "generate",
        "give",
        "hold",
        "make",
        "pass",
        "place",
        "provide",
        "send",
        "spend",
    )
)


def _around_role(said: Said) -> tuple[str, str]:
    return ("(", ")") if "party" in said else ("", "")


def _around_amounts(said: Said) -> tuple[str, str]:
    """``deliver 40 leads``, ``follow up with 3 calls``, ``work for 40 minutes``, ``meet, 1 meeting each week``."""
    amounts: tuple[Amount, ...] = said["amounts"] or ()
    units = {amount.unit for amount in amounts}
    if str(said.get("activity") or "").lower() in _TAKES_A_NUMBER:
        return "", ""
    if units == {"minute"}:
        return "for", ""
    if "per" in said and units and units <= {"lead", "meeting"}:
        return ",", ""
    return ("(", ")") if units and units <= {"lead", "meeting"} else ("with", "")


def _around_share(said: Said) -> tuple[str, str]:
    return ("for", "") if "applies_to" in said else ("in", "of cases")


def _before_leads(said: Said) -> tuple[str, str]:
    """``95 % of MQLs``, ``40 leads that are MQLs``, ``follow up for MQLs``."""
    if "share" in said:
        return "of", ""
    amounts: tuple[Amount, ...] = said.get("amounts") or ()
    counted = {amount.unit for amount in amounts} == {"lead"} and not any(amount.each for amount in amounts)
    if amounts:
        return ("that are", "") if counted else ("for", "")
    return ("that are" if str(said.get("activity") or "").lower().rstrip(".").endswith("leads") else "for"), ""


def _before_condition(said: Said) -> tuple[str, str]:
    return ("with" if isinstance(said["only_when"], str) else "where"), ""


class Commitment(Item):
    """One party's promise."""

    called_by: ClassVar[tuple[str, ...]] = ("activity",)
    groups_by: ClassVar[str] = "party"
    reads: ClassVar[tuple[Phrase, ...]] = (
        Phrase("party"),
        Phrase("role", turn=_around_role),
        Phrase("activity", before="will"),
        Phrase("amounts", before="with", turn=_around_amounts),
        Phrase("share", before="for", turn=_around_share),
        Phrase("applies_to", before="for", turn=_before_leads),
        Phrase("only_when", before="where", turn=_before_condition),
        Phrase("per", before="each"),
        Phrase("within", before="within"),
        Phrase("from", before="of", needs="within"),
        Phrase("keep_open", before=", keeping each open for at least"),
    )

    def spared(self) -> frozenset[str]:
        """What happens every week or month needs no time limit besides."""
        return frozenset({"within", "from"}) if self.per and not self.within else frozenset()

    party: Annotated[
        Party | None,
        Field(title="Party", description="Who promises?", examples=["sales"]),
        Ask(words=(("shared", "both sides"),)),
    ] = None
    role: Annotated[
        Line | None,
        Field(
            title="Role",
            description="Which role or team, if not the whole side?",
            examples=["SDR team", "Demand generation", "Account executives", "Partner managers"],
        ),
        Ask(optional=True),
    ] = None
    activity: Annotated[
        Line | None,
        Field(
            title="Activity",
            description="What do they promise? Start with a verb.",
            examples=[
                "Follow up",
                "Deliver",
                "Provide valid contact information",
                "Accept leads or send them back with a reason",
                "Update the lead's status in the CRM",
                "Say what was good and what was missing in the leads",
                "Attend the lead review",
            ],
        ),
    ] = None
    amounts: Annotated[
        Amounts | None,
        Field(
            title="Amounts",
            description="How many calls, emails, leads or meetings?",
            examples=["3 calls and 3 emails", "40 leads per period", "20 minutes per rep", "1 meeting per period"],
        ),
        Ask(optional=True),
    ] = None
    share: Annotated[
        Share | None,
        Field(
            title="Share",
            description="For what share of the leads must the promise be kept? 95 % is usual; one slip breaks 100 %.",
            examples=["95 %", "90 %", "80 %"],
        ),
        Ask(optional=True),
    ] = None
    applies_to: Annotated[
        Line | None,
        Field(title="Leads", description="For which leads?", examples=["mql"]),
        Ask(optional=True, of=STAGES),
    ] = None
    only_when: Annotated[
        When | None,
        Field(
            title="Only when",
            description="Only some of those leads? Which?",
            examples=["country in US, CA", "demo_request"],
        ),
        Ask(optional=True),
    ] = None
    per: Annotated[
        Literal["week", "month", "quarter"] | None,
        Field(title="Counted per", description="Over what period is it counted?", examples=["month"]),
        Ask(optional=True),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Within",
            description="By when? A number and a unit.",
            examples=["2 business days", "5 minutes", "3 hours", "24 hours", "2 weeks"],
        ),
    ] = None
    from_: Annotated[
        Event | None,
        Field(alias="from", title="Counted from", description="What starts the clock?", examples=["received"]),
        Ask(words=EVENT_WORDS),
    ] = None
    keep_open: Annotated[
        TimeLimit | None,
        Field(
            title="Keep open",
            description="How long must a lead be kept before it may go back?",
            examples=["4 weeks", "2 weeks", "30 days"],
        ),
        Ask(optional=True),
    ] = None
    measure: Annotated[
        Line | None,
        Field(
            title="Measured by",
            description="What do we count, to know it was kept?",
            examples=["first touch logged in the CRM", "calls and emails logged", "required fields filled at handoff"],
        ),
    ] = None
    report: Annotated[
        Line | None,
        Field(
            title="Report",
            description="Where can both sides see it?",
            examples=["CRM dashboard: Follow-up", "https://crm.example.com/dashboards/sla"],
        ),
        Ask(optional=True),
    ] = None
    if_missed: Annotated[
        Line | None,
        Field(
            title="If missed",
            description="What happens if it is missed?",
            examples=[
                "The lead goes to the next rep in the territory.",
                "It stands on the agenda of the next meeting.",
                "The lead does not count toward the quota.",
            ],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Who acts", description="Who acts if it is missed?", examples=["ana-ruiz"]),
        Ask(optional=True, of=PEOPLE),
    ] = None
    exceptions: Annotated[
        Prose | None,
        Field(
            title="Exceptions",
            description="When does this promise not apply?",
            examples=["Company holidays", "The lead asked to be called later."],
        ),
        Ask(optional=True),
    ] = None
