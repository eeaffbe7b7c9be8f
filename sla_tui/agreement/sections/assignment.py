"""Lead assignment: who gets which lead, how soon, and who gets the one that fits nowhere."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.conditions import When
from sla_tui.agreement.lists import RECEIVERS, TEAMS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, TimeLimit, Words


class Arrival(Item):
    """One thing that happens when a lead comes in."""

    row: ClassVar[tuple[str, ...]] = ("step", "who", "within")

    step: Annotated[
        Line | None,
        Field(
            title="Step",
            description="What happens at this step?",
            examples=[
                "Look for a duplicate and merge it",
                "Find the company's account in the CRM",
                "Set the owner by territory",
                "Tell the owner",
            ],
        ),
    ] = None
    who: Annotated[
        Line | None,
        Field(title="Who", description="Who does it, or sees to it?", examples=["revops", "sam-osei"]),
        Ask(of=WHO),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Within",
            description="How soon after the lead came in must it be done?",
            examples=["15 minutes", "1 business hour", "1 business day"],
        ),
        Ask(optional=True),
    ] = None


class Territory(Item):
    """Leads that go to one owner."""

    row: ClassVar[tuple[str, ...]] = ("name", "when", "owner", "backup")

    name: Annotated[
        Line | None,
        Field(
            title="Territory",
            description="What do we call it?",
            examples=["Northeast", "West", "Canada", "Hotels", "Key accounts"],
        ),
    ] = None
    when: Annotated[
        When | None,
        Field(
            title="Which leads",
            description="Which leads belong to it?",
            examples=["state in NY, NJ, CT", "country in US, CA", "industry is Hotels", "employees at least 500"],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who gets them?", examples=["tomas-reyes", "sdr"]),
        Ask(of=RECEIVERS),
    ] = None
    backup: Annotated[
        Line | None,
        Field(title="Stand-in", description="Who gets them while the owner is away?", examples=["sdr"]),
        Ask(optional=True, of=RECEIVERS),
    ] = None


class RouteAround(Item):
    """Leads that skip the usual way."""

    row: ClassVar[tuple[str, ...]] = ("when", "to", "reason")

    when: Annotated[
        When | None,
        Field(
            title="Which leads",
            description="Which leads skip the usual way?",
            examples=["demo_request", "quote_request", "employees at least 1000", "lead_source is Partner"],
        ),
    ] = None
    to: Annotated[
        Line | None,
        Field(title="To", description="Where do they go instead?", examples=["account-executives", "ana-ruiz"]),
        Ask(of=RECEIVERS),
    ] = None
    reason: Annotated[
        Line | None,
        Field(
            title="Reason",
            description="Why do they skip it?",
            examples=["They are ready to buy", "A key account stays with its manager", "The partner's manager owns it"],
        ),
    ] = None


class Queue(Item):
    """A place where leads wait for anybody in a team."""

    row: ClassVar[tuple[str, ...]] = ("name", "team", "where")

    name: Annotated[
        Line | None,
        Field(
            title="Queue",
            description="What is the queue called?",
            examples=["Inbound queue", "Unassigned leads", "Night shift"],
        ),
    ] = None
    team: Annotated[
        Line | None,
        Field(title="Team", description="Which team takes leads from it?", examples=["sdr"]),
        Ask(of=TEAMS),
    ] = None
    where: Annotated[
        Line | None,
        Field(title="Where", description="Where does everybody see it?", examples=["CRM list: Unassigned"]),
        Ask(optional=True),
    ] = None


class Assignment(Part):
    """Who gets which lead, and how soon."""

    def spared(self) -> frozenset[str]:
        """Leads dealt out in turn need no territories; other ways need no turn; only who asks needs one to ask."""
        in_turn = self.method == "round-robin"
        spared = {"territories"} if in_turn else {"in_turn"}
        if in_turn and not self.territories:
            spared.add("fallback")
        if self.method != "other":
            spared.add("method_in_words")
        if self.existing_account != "ask":
            spared.add("ask")
        return frozenset(spared)

    method: Annotated[
        Literal["region", "postcode", "industry", "size", "account", "product", "round-robin", "other"] | None,
        Field(title="Method", description="How do we split leads between reps?", examples=["region"]),
        Ask(
            words=(
                ("region", "by state or country"),
                ("postcode", "by postcode"),
                ("industry", "by industry"),
                ("size", "by company size"),
                ("account", "by named account"),
                ("product", "by product"),
                ("round-robin", "in turn"),
                ("other", "another way"),
            )
        ),
    ] = None
    method_in_words: Annotated[
        Line | None,
        Field(
            title="In words",
            description="In one sentence: how exactly are they split?",
            examples=["By the first two digits of the postcode; chains by the address of their head office."],
        ),
    ] = None
    hours: Annotated[
        Literal["always", "business_hours"] | None,
        Field(title="Given out", description="Are leads given out around the clock?", examples=["business_hours"]),
        Ask(words=(("always", "around the clock"), ("business_hours", "in business hours only"))),
    ] = None
    after_hours: Annotated[
        Line | None,
        Field(
            title="After hours",
            description="What happens to a lead that comes in after hours?",
            examples=[
                "It waits and is given out at the next opening.",
                "The rep on duty gets it at once.",
                "It gets an automatic answer that names the next business day.",
            ],
        ),
        Ask(optional=True),
    ] = None
    steps: Annotated[
        Items[Arrival],
        Field(title="When a lead comes", description="What happens when a lead comes in, step by step?"),
        Ask(entry="step"),
    ] = ()
    assign_within: Annotated[
        TimeLimit | None,
        Field(
            title="Owner within",
            description="How soon after handoff must a lead have an owner?",
            examples=["1 business hour", "15 minutes", "4 business hours", "1 business day"],
        ),
    ] = None
    territories: Annotated[
        Items[Territory], Field(title="Territories", description="Which leads go to whom? The first that fits counts.")
    ] = ()
    in_turn: Annotated[
        Words | None,
        Field(title="In turn", description="Who takes turns?", examples=["sdr", "tomas-reyes, ana-ruiz"]),
        Ask(of=WHO),
    ] = None
    fallback: Annotated[
        Line | None,
        Field(
            title="Unknown territory",
            description="Who gets a lead from an unknown territory?",
            examples=["tomas-reyes", "sdr"],
        ),
        Ask(of=RECEIVERS),
    ] = None
    existing_account: Annotated[
        Literal["owner", "territory", "ask"] | None,
        Field(
            title="Known company",
            description="Who gets a lead from a company we already know?",
            examples=["owner"],
        ),
        Ask(
            words=(
                ("owner", "whoever owns the account"),
                ("territory", "the territory, as for any other lead"),
                ("ask", "somebody is asked first"),
            )
        ),
    ] = None
    ask: Annotated[
        Line | None,
        Field(title="Asked", description="Who decides that, lead by lead?", examples=["tomas-reyes", "ana-ruiz"]),
        Ask(of=WHO),
    ] = None
    route_around: Annotated[
        Items[RouteAround],
        Field(title="Exceptions", description="Which leads skip the usual way?"),
        Ask(optional=True),
    ] = ()
    queues: Annotated[
        Items[Queue], Field(title="Queues", description="Which shared queues are there?"), Ask(optional=True)
    ] = ()
