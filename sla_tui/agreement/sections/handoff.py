"""Handoff: when a lead changes owner, what proves it, and what travels with it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, RECEIVERS, STAGES
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.step import Step
from sla_tui.agreement.values import Line, TimeLimit, YesNo


class HandoffStep(Step):
    """A step on a lead's way from marketing to sales."""

    step: Annotated[
        Line | None,
        Field(
            title="Step",
            description="What happens next as a lead is handed over?",
            examples=[
                "Check that everything that must travel with it is there",
                "Give the lead an owner",
                "Set the lead status to Handed off",
                "Open a task for the new owner",
                "Accept the lead, or send it back with a reason",
            ],
        ),
    ] = None


class Carried(Item):
    """Something sales needs to know that travels with each lead."""

    called_by: ClassVar[tuple[str, ...]] = ("field",)
    row: ClassVar[tuple[str, ...]] = ("field", "must")

    field: Annotated[
        Line | None,
        Field(
            title="What",
            description="What must sales know about the lead?",
            examples=[
                "company",
                "first and last name",
                "phone",
                "email",
                "activity history",
                "position",
                "company size",
                "product interest",
            ],
        ),
        Ask(of=FIELDS),
    ] = None
    must: Annotated[
        YesNo | None,
        Field(
            title="Must be there",
            description="Must it be there before the lead is handed over?",
            examples=["yes", "no"],
        ),
        Ask(optional=True),
    ] = None


class NoAnswer(Part):
    """What happens to a lead that nobody accepts or returns."""

    then: Annotated[
        Literal["reassign", "escalate"] | None,
        Field(title="Then", description="What happens to it then?", examples=["reassign"]),
        Ask(words=(("reassign", "somebody else gets it"), ("escalate", "it is escalated"))),
    ] = None
    to: Annotated[
        Line | None,
        Field(title="To", description="Who gets it then?", examples=["sdr", "ana-ruiz"]),
        Ask(of=RECEIVERS),
    ] = None


class Handoff(Part):
    """How a lead goes from marketing to sales."""

    at: Annotated[
        Line | None,
        Field(title="At stage", description="At which stage does a lead change owner?", examples=["mql", "sql"]),
        Ask(of=STAGES),
    ] = None
    event: Annotated[
        Line | None,
        Field(
            title="Proven by",
            description="What proves that it was handed over? Name the field in the CRM.",
            examples=[
                "Lead owner in the CRM is a rep",
                "Lead status in the CRM is Handed off",
                "The date in the CRM field Handed off on",
            ],
        ),
    ] = None
    told_by: Annotated[
        Literal["task", "email", "chat", "queue"] | None,
        Field(title="Told by", description="How does the rep learn of it?", examples=["task"]),
        Ask(
            words=(
                ("task", "a task in the CRM"),
                ("email", "an email"),
                ("chat", "a chat message"),
                ("queue", "a look at the queue"),
            )
        ),
    ] = None
    steps: Annotated[
        Items[HandoffStep], Field(title="Steps", description="Which steps does a handoff take, in order?")
    ] = ()
    carries: Annotated[
        Items[Carried],
        Field(title="Travels with it", description="What travels with the lead?"),
        Ask(entry="thing that travels with it"),
    ] = ()
    incomplete: Annotated[
        Literal["hold", "deliver-flagged", "return"] | None,
        Field(title="If incomplete", description="What if something that must be there is missing?", examples=["hold"]),
        Ask(
            words=(
                ("hold", "marketing holds it until it is complete"),
                ("deliver-flagged", "sales gets it, flagged as incomplete"),
                ("return", "sales may send it back"),
            )
        ),
    ] = None
    accept_within: Annotated[
        TimeLimit | None,
        Field(
            title="Accept within",
            description="How soon after receiving a lead must sales accept it or send it back?",
            examples=["1 business day", "4 business hours", "24 hours", "2 business days"],
        ),
    ] = None
    no_answer: Annotated[
        NoAnswer | None, Field(title="No answer", description="What if nobody accepts the lead or sends it back?")
    ] = None
