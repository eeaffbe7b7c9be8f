"""The quota: how many qualified leads are promised for one period; a file of its own, outside the signed text."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import STAGES
from sla_tui.agreement.money import Sum
from sla_tui.agreement.parts import About, Ask, Fingerprint, Item, Items, Part
from sla_tui.agreement.sources import Sources
from sla_tui.agreement.values import Day, Line, Number, Prose, Share, Side

_Leads = Annotated[Number, Field(ge=0, le=10_000_000)]
FORMAT = 1
"""The newest layout of a quota's file this program knows."""


class Segment(Item):
    """A part of the leads with a number of its own."""

    row: ClassVar[tuple[str, ...]] = ("name", "leads")

    name: Annotated[
        Line | None,
        Field(
            title="Segment",
            description="Which part of the market?",
            examples=["Restaurants", "Hotels", "Retail", "All leads"],
        ),
    ] = None
    leads: Annotated[
        _Leads | None, Field(title="Leads", description="How many qualified leads from it?", examples=["120"])
    ] = None


class Terms(Part):
    """How many leads, of which stage, in which period."""

    format: Annotated[
        Number,
        Field(ge=1, le=FORMAT, title="Format", description="Which layout has this file?"),
        Ask(optional=True, asked=False),
    ] = FORMAT
    from_: Annotated[
        Day | None,
        Field(alias="from", title="From", description="On which day does it start?", examples=["2027-01-01"]),
    ] = None
    to: Annotated[Day | None, Field(title="To", description="What is its last day?", examples=["2027-03-31"])] = None
    counts: Annotated[
        Line | None,
        Field(title="Counts", description="Leads of which stage are counted?", examples=["mql"]),
        Ask(of=STAGES),
    ] = None
    scoring: Annotated[
        Fingerprint | None,
        Field(
            title="By the scoring",
            description="By which wording of the scoring are they counted? Its fingerprint.",
            examples=["3f9a0c4d1b27"],
        ),
        Ask(names="wording"),
    ] = None
    segments: Annotated[
        Items[Segment], Field(title="Segments", description="How many leads from which part of the market?")
    ] = ()
    least_per_week: Annotated[
        _Leads | None,
        Field(title="Least a week", description="How many a week must there be at least?", examples=["20", "10", "40"]),
    ] = None
    most_per_week: Annotated[
        _Leads | None,
        Field(title="Most a week", description="How many a week can sales work at most?", examples=["45", "25", "80"]),
    ] = None
    shortfall: Annotated[
        Literal["carried", "dropped"] | None,
        Field(
            title="Shortfall", description="What becomes of leads that are missing at the end?", examples=["carried"]
        ),
        Ask(words=(("carried", "carried over to the next period"), ("dropped", "dropped"))),
    ] = None
    notice: Annotated[
        Prose | None,
        Field(
            title="Notice",
            description="When and how does either side ask for another number before the period ends?",
            examples=["By the fifth business day of a month, in writing, for the month after."],
        ),
        Ask(optional=True),
    ] = None


class Funnel(Part):
    """From revenue to leads and back: what explains the number."""

    revenue_goal: Annotated[
        Sum | None,
        Field(
            title="Revenue goal",
            description="How much new revenue must this period's leads bring?",
            examples=["900 000 USD"],
        ),
    ] = None
    average_deal: Annotated[
        Sum | None,
        Field(title="Average deal", description="How much is one won deal worth on average?", examples=["12 000 USD"]),
    ] = None
    share_from_marketing: Annotated[
        Share | None,
        Field(
            title="From marketing",
            description="What share of that revenue must come from marketing's leads?",
            examples=["40 %"],
        ),
    ] = None
    win_rate: Annotated[
        Share | None,
        Field(title="Win rate", description="What share of opportunities is won?", examples=["25 %", "20 %", "30 %"]),
    ] = None
    sql_to_opportunity: Annotated[
        Share | None,
        Field(title="SQL to opp.", description="What share of SQLs becomes an opportunity?", examples=["60 %", "50 %"]),
    ] = None
    mql_to_sql: Annotated[
        Share | None,
        Field(title="MQL to SQL", description="What share of MQLs becomes an SQL?", examples=["40 %", "30 %"]),
    ] = None
    lead_to_mql: Annotated[
        Share | None,
        Field(
            title="Lead to MQL", description="What share of leads becomes an MQL?", examples=["15 %", "10 %", "20 %"]
        ),
    ] = None


class Capacity(Part):
    """How many leads sales has the hours for."""

    reps: Annotated[
        Annotated[Number, Field(ge=0, le=100_000)] | None,
        Field(title="Reps", description="How many reps work these leads?", examples=["4"]),
    ] = None
    hours_per_rep_per_week: Annotated[
        Annotated[Number, Field(ge=0, le=168)] | None,
        Field(
            title="Hours a week", description="How many hours a week does each have for it?", examples=["12", "8", "20"]
        ),
    ] = None
    minutes_per_touch: Annotated[
        Annotated[Number, Field(ge=1, le=10_000)] | None,
        Field(
            title="Minutes a touch",
            description="How many minutes does one call or email take?",
            examples=["8", "5", "10"],
        ),
    ] = None
    touches_per_lead: Annotated[
        Annotated[Number, Field(ge=1, le=1_000)] | None,
        Field(
            title="Touches a lead",
            description="How many calls and emails does a lead get? Left open: as many as the commitments say.",
            examples=["6", "8", "10"],
        ),
        Ask(optional=True),
    ] = None
    cost_per_hour: Annotated[
        Sum | None,
        Field(
            title="Cost an hour",
            description="What does an hour of it cost us? Left open: what a lead is worth is told before sales' work.",
            examples=["60 USD"],
        ),
        Ask(optional=True),
    ] = None


class Consenter(Item):
    """Who agreed to this quota, for which side, on which day."""

    party: Annotated[Side | None, Field(title="For", description="For which side?", examples=["sales"])] = None
    name: Annotated[
        Line | None, Field(title="Name", description="Who agreed?", examples=["Ana Ruiz"]), Ask(names="person")
    ] = None
    date: Annotated[Day | None, Field(title="On", description="On which day?", examples=["2026-12-14"])] = None


class Quota(Part):
    """The qualified leads promised for one period: one file in ``quotas/``."""

    quota: Annotated[
        Terms | None,
        About(
            "Quota",
            "How many qualified leads does marketing hand over in this period?",
            "The number for one month or quarter, outside the signed text.",
            (
                "It names the scoring it counts by, so that moving a threshold does not move the number.",
                "Least and most a week keep the quarter's leads from coming in its last days.",
            ),
        ),
    ] = None
    funnel: Annotated[
        Funnel | None,
        About(
            "Funnel",
            "Why this number? From the revenue goal down to leads, and back up again.",
            "Rates and amounts that explain the number, each with its source.",
            (
                "Say where each rate comes from: measured beats remembered.",
                "What is needed is rounded up, what it brings is rounded down.",
            ),
        ),
    ] = None
    capacity: Annotated[
        Capacity | None,
        About(
            "Capacity",
            "How many leads a week does sales have the hours for?",
            "Reps, hours and minutes, so that the number can be worked.",
            ("Count only the hours kept free for these leads, not the whole week.",),
        ),
    ] = None
    agreed_by: Annotated[
        Items[Consenter] | None,
        About("Consents", "Who agreed to this quota, for which side, when?", "One contact of each side."),
    ] = None
    sources: Sources = None
