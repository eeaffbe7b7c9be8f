"""Feedback: why a lead may go back, how soon, what becomes of it, and what we learn from it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import STAGES, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.rhythm import RHYTHM_WORDS, Rhythm
from sla_tui.agreement.values import Line, Prose, Share, TimeLimit


class Reason(Item):
    """A reason for which sales may send a lead back."""

    row: ClassVar[tuple[str, ...]] = ("label", "when", "next", "meaning")

    label: Annotated[
        Line | None,
        Field(
            title="Reason",
            description="Why may a lead go back?",
            examples=[
                "Incomplete",
                "Duplicate",
                "Not our market",
                "No answer",
                "Not now",
                "No budget",
                "No need",
            ],
        ),
    ] = None
    meaning: Annotated[
        Line | None,
        Field(
            title="Applies when",
            description="When does that reason apply?",
            examples=[
                "Something that must travel with it is missing or wrong",
                "The same person already has an owner",
                "All calls and emails were made, and nobody answered",
                "There is a need, but no date",
            ],
        ),
        Ask(optional=True),
    ] = None
    when: Annotated[
        Literal["before", "after"] | None,
        Field(title="When", description="Before sales works the lead, or after?", examples=["before"]),
        Ask(words=(("before", "before work"), ("after", "after work"))),
    ] = None
    next: Annotated[
        Literal["nurture", "unqualified", "fix", "reassign"] | None,
        Field(title="Then", description="What becomes of the lead?", examples=["nurture"]),
        Ask(
            words=(
                ("nurture", "back to nurture"),
                ("unqualified", "marked unqualified"),
                ("fix", "marketing corrects it and hands it over again"),
                ("reassign", "goes to another rep"),
            )
        ),
    ] = None


class Learning(Part):
    """How both sides find out why leads do not become customers."""

    how: Annotated[
        Line | None,
        Field(
            title="How",
            description="How do we find out why leads do not convert?",
            examples=[
                "Count the reasons by lead source and listen to five calls",
                "Call ten lost leads and ask",
                "Go through the returned leads one by one",
            ],
        ),
    ] = None
    who: Annotated[
        Line | None,
        Field(title="Who", description="Who does that?", examples=["revops", "sdr"]),
        Ask(of=WHO),
    ] = None
    every: Annotated[
        Rhythm | None,
        Field(title="How often", description="How often?", examples=["month"]),
        Ask(words=RHYTHM_WORDS),
    ] = None


class Feedback(Part):
    """What comes back, and what it teaches."""

    reasons: Annotated[
        Items[Reason], Field(title="Reasons", description="For which reasons, and no others, may a lead go back?")
    ] = ()
    return_within: Annotated[
        TimeLimit | None,
        Field(
            title="Returned within",
            description="How soon after it is rejected must a lead be back with marketing, with its reason?",
            examples=["2 days", "1 business day", "2 business days"],
        ),
    ] = None
    recycle_after: Annotated[
        TimeLimit | None,
        Field(
            title="In nurture for",
            description="How long must a lead stay in nurture before it may come to sales again?",
            examples=["90 days", "30 days", "6 months"],
        ),
    ] = None
    recycled_to: Annotated[
        Line | None,
        Field(title="Returns as", description="At which stage does it come again?", examples=["mql", "lead"]),
        Ask(optional=True, of=STAGES),
    ] = None
    dormant_after: Annotated[
        TimeLimit | None,
        Field(
            title="Dormant after",
            description="After how long without a call, an email or a reply is a lead dormant?",
            examples=["4 weeks", "30 days", "60 days"],
        ),
        Ask(optional=True),
    ] = None
    pull_back_after: Annotated[
        TimeLimit | None,
        Field(
            title="Pulled back after",
            description="How long without a call, an email or a reply before marketing may take a lead back?",
            examples=["6 weeks", "45 days", "90 days"],
        ),
    ] = None
    pull_back_how: Annotated[
        Prose | None,
        Field(
            title="How it is pulled back",
            description="How does marketing take it back?",
            examples=["The owner gets a task and has two business days to keep the lead; then nurture starts."],
        ),
        Ask(optional=True),
    ] = None
    review_below: Annotated[
        Share | None,
        Field(
            title="Review below",
            description="Below what share accepted in a month do we look at the definition again?",
            examples=["90 %", "85 %", "80 %"],
        ),
    ] = None
    learn: Annotated[
        Learning | None, Field(title="Learning", description="How do we learn why leads do not convert?")
    ] = None
