"""Review and change: when the agreement is looked at again, who may ask for a change, and how one is made."""

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Ask, Part
from sla_tui.agreement.rhythm import RHYTHM_WORDS
from sla_tui.agreement.values import Day, Line, Number, Prose, TimeLimit, Words


class RarerReviews(Part):
    """What makes reviews rarer."""

    after: Annotated[
        Annotated[Number, Field(ge=1, le=24)] | None,
        Field(title="After", description="After how many good reviews in a row?", examples=["2", "3", "4"]),
    ] = None
    good: Annotated[
        Line | None,
        Field(
            title="Good means",
            description="When is a review a good one?",
            examples=[
                "Every commitment was kept and nobody asked for a change",
                "No commitment missed, at least 90 % of MQLs accepted",
            ],
        ),
    ] = None
    to: Annotated[
        Literal["quarter", "half_year", "year"] | None,
        Field(title="Then", description="How often from then on?", examples=["half_year"]),
        Ask(words=RHYTHM_WORDS),
    ] = None


class Review(Part):
    """How the agreement stays true."""

    every: Annotated[
        Literal["month", "quarter", "half_year", "year"] | None,
        Field(title="How often", description="How often do we look at this agreement again?", examples=["quarter"]),
        Ask(words=RHYTHM_WORDS),
    ] = None
    first: Annotated[
        Day | None,
        Field(title="First review", description="On which day is the first review?", examples=["2027-04-07"]),
    ] = None
    sooner: Annotated[
        Line | None,
        Field(
            title="Sooner if",
            description="What makes us meet sooner?",
            examples=[
                "Fewer than 90 % of MQLs are accepted in a month",
                "A commitment is missed two months in a row",
                "Either side asks for it",
            ],
        ),
        Ask(optional=True),
    ] = None
    may_ask: Annotated[
        Words | None,
        Field(title="May ask", description="Who may ask for a change?", examples=["sdr, demand-generation"]),
        Ask(of=WHO),
    ] = None
    how: Annotated[
        Prose | None,
        Field(
            title="How",
            description="How does a change come about, from the first word to the signature?",
            examples=["In writing to the keeper, with the reason; both managers talk about it in the next review."],
        ),
    ] = None
    decided_by: Annotated[
        Words | None,
        Field(
            title="Decided by", description="Who decides whether it is changed?", examples=["ana-ruiz, mara-lindqvist"]
        ),
        Ask(of=WHO),
    ] = None
    announced: Annotated[
        TimeLimit | None,
        Field(
            title="Announced",
            description="How long before it takes effect is a change announced?",
            examples=["5 business days", "2 weeks", "1 month"],
        ),
        Ask(optional=True),
    ] = None
    fewer: Annotated[
        RarerReviews | None,
        Field(title="Rarer", description="When may we review less often?"),
        Ask(optional=True),
    ] = None
