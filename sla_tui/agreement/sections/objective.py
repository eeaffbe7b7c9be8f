"""Objective: why the two teams agree, and the one number that shows it worked."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Day, Line, Prose


class Success(Part):
    """The one number that shows it worked."""

    metric: Annotated[
        Line | None,
        Field(
            title="Measure", description="Which one number shows it worked?", examples=["MQLs that become customers"]
        ),
    ] = None
    from_: Annotated[
        Line | None, Field(alias="from", title="Today", description="Where is it today?", examples=["4 %"])
    ] = None
    to: Annotated[Line | None, Field(title="Goal", description="Where should it be?", examples=["7 %"])] = None
    by: Annotated[Day | None, Field(title="By", description="By which day?", examples=["2027-12-31"])] = None


class Milestone(Item):
    """A day something must be there."""

    row: ClassVar[tuple[str, ...]] = ("date", "deliverable", "owner")

    deliverable: Annotated[
        Line | None, Field(title="Deliverable", description="What must be ready?", examples=["Scoring live in the CRM"])
    ] = None
    date: Annotated[Day | None, Field(title="Date", description="On which day?", examples=["2027-01-15"])] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who sees to it?", examples=["ana-ruiz"]),
        Ask(of=PEOPLE),
    ] = None


class Objective(Part):
    """Why the two teams align."""

    purpose: Annotated[
        Prose | None,
        Field(
            title="Purpose",
            description="Why do we do this, in words a new hire understands?",
            examples=["Hand over every qualified lead with what sales needs to win it."],
        ),
    ] = None
    scope: Annotated[
        Prose | None,
        Field(
            title="Scope",
            description="Which products, regions and lead sources are in?",
            examples=["All inbound leads for the wholesale business in the US and Canada."],
        ),
    ] = None
    success: Annotated[Success | None, Field(title="Success", description="Which one number shows it worked?")] = None
    milestones: Annotated[
        Items[Milestone], Field(title="Milestones", description="Which dates must we meet?"), Ask(optional=True)
    ] = ()
