"""Roles and stakeholders: who is in, who speaks for each team, who keeps the agreement current."""

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE, TEAMS
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Side


class Team(Item):
    """A team that touches a lead."""

    name: Annotated[Line | None, Field(title="Team", description="What is the team called?", examples=["SDR team"])] = (
        None
    )
    party: Annotated[
        Side | None,
        Field(title="Side", description="Marketing, sales, or neither?", examples=["sales"]),
        Ask(optional=True),
    ] = None
    speaks: Annotated[
        Line | None,
        Field(title="Speaks for it", description="Who speaks for it?", examples=["ana-ruiz"]),
        Ask(of=PEOPLE),
    ] = None


class Person(Item):
    """Somebody with a part in the agreement."""

    name: Annotated[
        Line | None, Field(title="Name", description="Who is it?", examples=["Ana Ruiz"]), Ask(own=True, names="person")
    ] = None
    title: Annotated[
        Line | None,
        Field(title="Job title", description="What is their job title?", examples=["VP Sales"]),
        Ask(own=True),
    ] = None
    team: Annotated[
        Line | None, Field(title="Team", description="In which team?", examples=["sales"]), Ask(of=TEAMS)
    ] = None
    role: Annotated[
        Literal["drafter", "sponsor", "signer", "editor", "informed"] | None,
        Field(title="Role", description="What is their part in this agreement?", examples=["signer"]),
        Ask(
            glosses=(
                ("drafter", "works out the text"),
                ("sponsor", "wants it and clears the way"),
                ("signer", "signs for a side"),
                ("editor", "may change the text"),
                ("informed", "is told what was agreed"),
            )
        ),
    ] = None


class Responsibility(Item):
    """Who does what, and whom it affects."""

    action: Annotated[
        Line | None, Field(title="Action", description="What is done?", examples=["Update lead status"])
    ] = None
    team: Annotated[
        Line | None, Field(title="Done by", description="Who does it?", examples=["sdr"]), Ask(of=TEAMS)
    ] = None
    affects: Annotated[
        Line | None,
        Field(title="Affects", description="Whom does it affect?", examples=["marketing"]),
        Ask(of=TEAMS),
    ] = None
    effect: Annotated[
        Line | None,
        Field(
            title="How",
            description="How does it affect them?",
            examples=["Marketing stops paying for sources that do not convert"],
        ),
    ] = None


class Stakeholders(Part):
    """Everybody with a part in the agreement."""

    teams: Annotated[Items[Team], Field(title="Teams", description="Who touches a lead?")] = ()
    people: Annotated[
        Items[Person], Field(title="People", description="Who takes part, and in what role?"), Ask(entry="person")
    ] = ()
    responsibilities: Annotated[
        Items[Responsibility],
        Field(title="Responsibilities", description="Who does what, and whom does it affect, how?"),
        Ask(optional=True),
    ] = ()
    keeper: Annotated[
        Line | None,
        Field(title="Keeper", description="Who keeps this agreement current?", examples=["sam-osei"]),
        Ask(of=PEOPLE),
    ] = None
