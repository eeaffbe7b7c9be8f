"""Reporting: what the effort earns, the figures both sides watch, and who gets which report how often."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.rhythm import RHYTHM_WORDS
from sla_tui.agreement.values import Day, Line, Words


class Roi(Part):
    """What comes back for what is spent."""

    meaning: Annotated[
        Line | None,
        Field(
            title="Worked out as",
            description="How do we work out what marketing earns for what it costs?",
            examples=[
                "Revenue from marketing's leads, less what they cost, divided by what they cost",
                "Won revenue for each dollar spent",
            ],
        ),
    ] = None
    today: Annotated[
        Line | None,
        Field(title="Today", description="Where is it today?", examples=["320 %", "3 to 1"]),
        Ask(optional=True),
    ] = None
    goal: Annotated[
        Line | None, Field(title="Goal", description="Where should it be?", examples=["400 %", "5 to 1"])
    ] = None
    owner: Annotated[
        Line | None, Field(title="Owner", description="Who works it out?", examples=["sam-osei"]), Ask(of=WHO)
    ] = None


class Figure(Item):
    """A figure both sides watch, and where it should be."""

    row: ClassVar[tuple[str, ...]] = ("metric", "goal", "by", "owner")

    metric: Annotated[
        Line | None,
        Field(
            title="Figure",
            description="Which figure do we watch?",
            examples=["MQLs accepted", "Time to first touch", "Cost of an MQL", "MQLs that become opportunities"],
        ),
    ] = None
    goal: Annotated[
        Line | None,
        Field(title="Goal", description="Where should it be?", examples=["90 %", "1 business day", "80 USD"]),
    ] = None
    by: Annotated[
        Day | None, Field(title="By", description="By which day?", examples=["2027-06-30"]), Ask(optional=True)
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who answers for it?", examples=["lena-okafor"]),
        Ask(optional=True, of=WHO),
    ] = None


class Dashboard(Item):
    """A page on which both sides see how it goes."""

    row: ClassVar[tuple[str, ...]] = ("name", "shows", "owner", "link")

    name: Annotated[
        Line | None,
        Field(
            title="Dashboard", description="What is it called?", examples=["SLA, Follow-up", "Lead funnel", "Pipeline"]
        ),
    ] = None
    link: Annotated[
        Line | None,
        Field(
            title="Link",
            description="Where is it? Paste its address.",
            examples=["https://crm.example.com/dashboards/sla"],
        ),
    ] = None
    shows: Annotated[
        Line | None,
        Field(
            title="Shows",
            description="What does it show?",
            examples=[
                "Every commitment, kept and missed, by week",
                "Leads at each stage, by source",
                "Returned leads by reason",
            ],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who keeps it running?", examples=["sam-osei"]),
        Ask(of=WHO),
    ] = None


class Report(Item):
    """Something sent round at set times."""

    row: ClassVar[tuple[str, ...]] = ("name", "to", "every", "by")

    name: Annotated[
        Line | None,
        Field(
            title="Report",
            description="Which report?",
            examples=["Commitments kept and missed", "Leads by source", "Returned leads and their reasons", "Pipeline"],
        ),
    ] = None
    to: Annotated[
        Words | None,
        Field(title="Goes to", description="Who gets it?", examples=["sdr, demand-generation"]),
        Ask(of=WHO),
    ] = None
    every: Annotated[
        Literal["day", "week", "month", "quarter"] | None,
        Field(title="How often", description="How often does it come?", examples=["week"]),
        Ask(words=RHYTHM_WORDS),
    ] = None
    by: Annotated[Line | None, Field(title="From", description="Who makes it?", examples=["revops"]), Ask(of=WHO)] = (
        None
    )
    where: Annotated[
        Line | None,
        Field(
            title="Where",
            description="Where is it found afterwards?",
            examples=["Shared folder: Reports", "By email only"],
        ),
        Ask(optional=True),
    ] = None


class Reporting(Part):
    """How both sides see whether it works."""

    roi: Annotated[
        Roi | None, Field(title="Return", description="What does marketing earn us for what it costs, and who says so?")
    ] = None
    goals: Annotated[
        Items[Figure],
        Field(title="Goals", description="Which figures do we watch beside the goals, and where should they be?"),
        Ask(optional=True),
    ] = ()
    dashboards: Annotated[
        Items[Dashboard], Field(title="Dashboards", description="Where can both sides see how it goes, at any time?")
    ] = ()
    reports: Annotated[Items[Report], Field(title="Reports", description="Who gets which report, how often?")] = ()
