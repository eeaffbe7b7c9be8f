"""Targets and lists: what each side is after, which accounts and lists matter, and who speaks to them how."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Day, Line


class Target(Item):
    """A goal of one side for the period."""

    row: ClassVar[tuple[str, ...]] = ("goal", "target", "by", "owner")

    goal: Annotated[
        Line | None,
        Field(
            title="Goal",
            description="What is the goal?",
            examples=["New customers", "Qualified leads", "Pipeline created", "Revenue from named accounts"],
        ),
    ] = None
    target: Annotated[
        Line | None,
        Field(title="Target", description="How much, or how many?", examples=["120", "40 a month", "1 500 000 USD"]),
    ] = None
    by: Annotated[
        Day | None,
        Field(title="By", description="By which day?", examples=["2027-12-31"]),
        Ask(optional=True),
    ] = None
    owner: Annotated[
        Line | None, Field(title="Owner", description="Who answers for it?", examples=["ana-ruiz"]), Ask(of=WHO)
    ] = None


class TargetAccount(Item):
    """A company both sides want to win."""

    row: ClassVar[tuple[str, ...]] = ("name", "segment", "owner", "why")

    name: Annotated[Line | None, Field(title="Account", description="Which company?", examples=["Fabrikam Hotels"])] = (
        None
    )
    segment: Annotated[
        Line | None,
        Field(title="Segment", description="What kind of company is it?", examples=["Hotel groups", "Enterprise"]),
        Ask(optional=True),
    ] = None
    owner: Annotated[
        Line | None, Field(title="Owner", description="Who looks after it?", examples=["ana-ruiz"]), Ask(of=WHO)
    ] = None
    why: Annotated[
        Line | None,
        Field(title="Why", description="Why this one?", examples=["Twelve hotels, one buyer"]),
        Ask(optional=True),
    ] = None


class TargetList(Item):
    """A list of people or companies that is worked on its own."""

    row: ClassVar[tuple[str, ...]] = ("name", "spoken_to_by", "how", "owner")

    name: Annotated[
        Line | None,
        Field(
            title="List",
            description="What is the list called?",
            examples=["Trade fair visitors", "Target accounts", "Webinar guests", "Customers who left"],
        ),
    ] = None
    meaning: Annotated[
        Line | None,
        Field(
            title="Who is on it",
            description="Who is on it?",
            examples=["Everybody who came to our stand in the last twelve months"],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Kept by", description="Who keeps it current?", examples=["lena-okafor"]),
        Ask(of=WHO),
    ] = None
    spoken_to_by: Annotated[
        Line | None,
        Field(title="Spoken to by", description="Who speaks to these people?", examples=["sdr"]),
        Ask(of=WHO),
    ] = None
    how: Annotated[
        Line | None,
        Field(
            title="How",
            description="How do we speak to them?",
            examples=[
                "A call in the first week, then the monthly newsletter",
                "Personal email only",
                "Newsletter only",
            ],
        ),
    ] = None


class Targets(Part):
    """What each side is after, and whom both want to reach."""

    sales_goals: Annotated[
        Items[Target],
        Field(title="Sales goals", description="What does sales want to reach, beside the shared goals?"),
        Ask(optional=True),
    ] = ()
    marketing_goals: Annotated[
        Items[Target],
        Field(title="Marketing goals", description="What does marketing want to reach, beside the shared goals?"),
        Ask(optional=True),
    ] = ()
    accounts: Annotated[
        Items[TargetAccount],
        Field(title="Accounts", description="Which companies do we want to win?"),
        Ask(optional=True),
    ] = ()
    lists: Annotated[
        Items[TargetList], Field(title="Lists", description="Which lists matter, and who speaks to them how?")
    ] = ()
