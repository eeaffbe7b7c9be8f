"""Goals and KPIs: what the company wants, and the revenue, conversion rates and sales cycle that get it there."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE, STAGES, WHO
from sla_tui.agreement.money import Sum
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Day, Line, Prose, Share, TimeLimit


class RevenueGoal(Item):
    """Revenue to reach by a day."""

    row: ClassVar[tuple[str, ...]] = ("name", "amount", "by", "owner")

    name: Annotated[
        Line | None,
        Field(
            title="Revenue",
            description="Which revenue do we mean?",
            examples=["New business", "Expansion", "Renewals", "Partner business"],
        ),
    ] = None
    today: Annotated[
        Sum | None,
        Field(title="Last time", description="How much was it over the last such period?", examples=["3 100 000 USD"]),
        Ask(optional=True),
    ] = None
    amount: Annotated[
        Sum | None, Field(title="Goal", description="How much should it be?", examples=["3 600 000 USD"])
    ] = None
    by: Annotated[Day | None, Field(title="By", description="By which day?", examples=["2027-12-31"])] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who answers for it?", examples=["ana-ruiz"]),
        Ask(optional=True, of=PEOPLE),
    ] = None


class ConversionGoal(Item):
    """The share of leads at one stage that reach a later one."""

    called_by: ClassVar[tuple[str, ...]] = ("from", "to")
    row: ClassVar[tuple[str, ...]] = ("from", "to", "today", "goal", "by", "owner")

    from_: Annotated[
        Line | None,
        Field(alias="from", title="From", description="From which stage do we count?", examples=["mql", "sql"]),
        Ask(of=STAGES),
    ] = None
    to: Annotated[
        Line | None,
        Field(title="To", description="Which stage should they reach?", examples=["sql", "opportunity"]),
        Ask(of=STAGES),
    ] = None
    today: Annotated[
        Share | None,
        Field(title="Today", description="What share of them gets there today?", examples=["13 %", "20 %", "25 %"]),
        Ask(optional=True),
    ] = None
    goal: Annotated[
        Share | None,
        Field(title="Goal", description="What share should get there?", examples=["20 %", "25 %", "30 %"]),
    ] = None
    by: Annotated[
        Day | None,
        Field(title="By", description="By which day?", examples=["2027-12-31"]),
        Ask(optional=True),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who answers for it?", examples=["sdr", "ana-ruiz"]),
        Ask(optional=True, of=WHO),
    ] = None


class CycleGoal(Part):
    """How long it takes from first contact to a won deal."""

    from_: Annotated[
        Line | None,
        Field(
            alias="from",
            title="From",
            description="At which stage do we start to count? Left open: at the first contact.",
            examples=["mql", "sql"],
        ),
        Ask(optional=True, of=STAGES),
    ] = None
    to: Annotated[
        Line | None,
        Field(
            title="To",
            description="At which stage do we stop? Left open: when the deal is won.",
            examples=["customer", "opportunity"],
        ),
        Ask(optional=True, of=STAGES),
    ] = None
    today: Annotated[
        TimeLimit | None,
        Field(title="Today", description="How long does it take today?", examples=["75 days", "4 months"]),
        Ask(optional=True),
    ] = None
    goal: Annotated[
        TimeLimit | None,
        Field(title="Goal", description="How long should it take?", examples=["60 days", "30 days", "3 months"]),
    ] = None
    by: Annotated[
        Day | None,
        Field(title="By", description="By which day?", examples=["2027-12-31"]),
        Ask(optional=True),
    ] = None


class Kpi(Item):
    """Another number both sides watch."""

    row: ClassVar[tuple[str, ...]] = ("metric", "today", "goal", "by", "owner")

    metric: Annotated[
        Line | None,
        Field(
            title="Measure",
            description="Which number do we watch?",
            examples=[
                "Leads accepted by sales",
                "Median time to first touch",
                "MQLs per month",
                "Cost per MQL",
                "Win rate",
            ],
        ),
    ] = None
    today: Annotated[
        Line | None,
        Field(title="Today", description="Where is it today?", examples=["82 %"]),
        Ask(optional=True),
    ] = None
    goal: Annotated[Line | None, Field(title="Goal", description="Where should it be?", examples=["90 %"])] = None
    by: Annotated[
        Day | None,
        Field(title="By", description="By which day?", examples=["2027-06-30"]),
        Ask(optional=True),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who answers for it?", examples=["lena-okafor"]),
        Ask(optional=True, of=PEOPLE),
    ] = None


class Goals(Part):
    """What the company wants, in numbers both sides can check."""

    company_goal: Annotated[
        Prose | None,
        Field(
            title="Company goal",
            description="Which goal of the whole company do these numbers serve?",
            examples=["Grow new business by a sixth this year, with the sales team we have."],
        ),
    ] = None
    revenue: Annotated[
        Items[RevenueGoal],
        Field(title="Revenue", description="How much revenue do we want, by when?"),
        Ask(entry="revenue goal"),
    ] = ()
    conversions: Annotated[
        Items[ConversionGoal],
        Field(title="Conversion rates", description="What share of the leads should get from stage to stage?"),
    ] = ()
    cycle: Annotated[
        CycleGoal | None,
        Field(title="Sales cycle", description="How long should it take from the first contact to a won deal?"),
    ] = None
    kpis: Annotated[
        Items[Kpi],
        Field(title="Other numbers", description="Which other numbers do both sides watch?"),
        Ask(optional=True, entry="number"),
    ] = ()
    measured_in: Annotated[
        Line | None,
        Field(
            title="Measured in",
            description="Where do both sides read these numbers?",
            examples=["CRM dashboard: Goals", "Monthly revenue report", "Shared spreadsheet"],
        ),
    ] = None
    why_realistic: Annotated[
        Prose | None,
        Field(
            title="Why realistic",
            description="Why do we believe that we can reach this?",
            examples=["Two of the last four quarters were there already, before the new portal."],
        ),
        Ask(optional=True),
    ] = None
