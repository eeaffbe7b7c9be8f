"""Technology: which systems there are, what each holds, what runs by itself, and what flows between them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import SYSTEMS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line


class System(Item):
    """A system both sides depend on."""

    row: ClassVar[tuple[str, ...]] = ("name", "kind", "holds", "owner")

    name: Annotated[
        Line | None,
        Field(
            title="System",
            description="What is it called?",
            examples=["Salesforce", "HubSpot", "Marketo Engage", "Dynamics 365", "Google Analytics"],
        ),
    ] = None
    kind: Annotated[
        Literal["crm", "marketing_automation", "analytics", "enrichment", "other"] | None,
        Field(title="Kind", description="What is it for?", examples=["crm"]),
        Ask(words=(("crm", "CRM"), ("enrichment", "adding data to leads"), ("other", "something else"))),
    ] = None
    holds: Annotated[
        Line | None,
        Field(
            title="Holds",
            description="Which data is kept there?",
            examples=[
                "Leads, companies, opportunities and every call",
                "Emails sent, page views and the score",
                "Visits to the website",
            ],
        ),
    ] = None
    owner: Annotated[
        Line | None, Field(title="Owner", description="Who looks after it?", examples=["sam-osei"]), Ask(of=WHO)
    ] = None


class Automation(Item):
    """Something a system does by itself."""

    row: ClassVar[tuple[str, ...]] = ("what", "system", "owner")

    what: Annotated[
        Line | None,
        Field(
            title="What",
            description="What happens by itself?",
            examples=[
                "The score is computed every hour",
                "A new MQL gets an owner and a task",
                "A lead not called within a day is reported",
                "Returned leads go back into nurture",
            ],
        ),
    ] = None
    system: Annotated[
        Line | None, Field(title="System", description="In which system?", examples=["hubspot"]), Ask(of=SYSTEMS)
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who sees to it that it works?", examples=["sam-osei"]),
        Ask(of=WHO),
    ] = None


class Sharing(Item):
    """Data that goes from one system to another."""

    row: ClassVar[tuple[str, ...]] = ("what", "from", "to", "how_often", "owner")

    what: Annotated[
        Line | None,
        Field(
            title="What",
            description="What is passed on?",
            examples=["Leads with their score", "Lead status and reason for return", "Won deals and their sums"],
        ),
    ] = None
    from_: Annotated[
        Line | None,
        Field(alias="from", title="From", description="From which system?", examples=["hubspot"]),
        Ask(of=SYSTEMS),
    ] = None
    to: Annotated[
        Line | None, Field(title="To", description="To which system?", examples=["salesforce"]), Ask(of=SYSTEMS)
    ] = None
    how_often: Annotated[
        Line | None,
        Field(
            title="How often",
            description="How often is it passed on?",
            examples=["at once", "every 15 minutes", "every hour", "every night", "every week"],
        ),
    ] = None
    owner: Annotated[
        Line | None, Field(title="Shared by", description="Who shares it?", examples=["sam-osei"]), Ask(of=WHO)
    ] = None
    if_stopped: Annotated[
        Line | None,
        Field(
            title="If it stops",
            description="What if it stops?",
            examples=["Revenue operations is told within 1 business hour; time limits stand still until it runs"],
        ),
        Ask(optional=True),
    ] = None


class Technology(Part):
    """What runs where."""

    systems: Annotated[
        Items[System], Field(title="Systems", description="Which systems do we use, and what is kept in each?")
    ] = ()
    truth: Annotated[
        Line | None,
        Field(
            title="Counts as true",
            description="Two systems show different figures: which one do both sides believe?",
            examples=["salesforce"],
        ),
        Ask(of=SYSTEMS),
    ] = None
    automations: Annotated[
        Items[Automation], Field(title="Automatic", description="What happens by itself?"), Ask(entry="automation")
    ] = ()
    sharing: Annotated[
        Items[Sharing],
        Field(title="Sharing", description="Who shares what, from which system to which?"),
        Ask(entry="data flow"),
    ] = ()
