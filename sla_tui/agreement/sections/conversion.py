"""Conversion: what sales does with an accepted lead, and what the CRM holds of it afterwards."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.step import Step
from sla_tui.agreement.values import Line


class ConversionStep(Step):
    """A step between accepting a lead and converting it."""

    step: Annotated[
        Line | None,
        Field(
            title="Step",
            description="What happens next, once a lead is accepted?",
            examples=[
                "Set the lead status to Working",
                "Make the first call",
                "Ask the qualifying questions and note the answers",
                "Look for the company and the person in the CRM",
                "Convert the lead",
            ],
        ),
    ] = None


class Created(Item):
    """A record that comes to be when a lead is converted."""

    row: ClassVar[tuple[str, ...]] = ("what", "existing")

    what: Annotated[
        Line | None,
        Field(
            title="Creates",
            description="What does the CRM create when a lead is converted?",
            examples=["Contact", "Account", "Opportunity"],
        ),
    ] = None
    existing: Annotated[
        Line | None,
        Field(
            title="If it exists",
            description="And if we have that one already?",
            examples=[
                "The lead is added to the one we have",
                "The one we have is kept, and its owner is told",
                "A second one is created",
            ],
        ),
        Ask(optional=True),
    ] = None


class ConversionField(Item):
    """A field that matters on conversion, and how it gets its value."""

    called_by: ClassVar[tuple[str, ...]] = ("field",)
    row: ClassVar[tuple[str, ...]] = ("field", "how")

    field: Annotated[
        Line | None,
        Field(
            title="Field",
            description="Which field must be right when a lead is converted?",
            examples=["lead source", "campaign", "product interest", "budget", "expected close date"],
        ),
        Ask(of=FIELDS),
    ] = None
    how: Annotated[
        Line | None,
        Field(
            title="Filled how",
            description="How is it filled?",
            examples=[
                "Copied from the lead",
                "Asked in the first call",
                "Chosen from the list by the rep",
                "Estimated by the rep, and reviewed every week",
            ],
        ),
    ] = None


class Conversion(Part):
    """What becomes of an accepted lead."""

    steps: Annotated[
        Items[ConversionStep],
        Field(title="Steps", description="What does sales do with a lead once it is accepted, step by step?"),
    ] = ()
    creates: Annotated[
        Items[Created],
        Field(title="On conversion", description="What happens in the CRM when a lead is converted?"),
        Ask(entry="record"),
    ] = ()
    opportunity_when: Annotated[
        Line | None,
        Field(
            title="Opportunity",
            description="When is the opportunity created?",
            examples=[
                "When the lead is converted",
                "After the first call, once budget and timeline are known",
                "When a second meeting is in the calendar",
            ],
        ),
    ] = None
    fields: Annotated[
        Items[ConversionField], Field(title="Fields", description="Which fields matter then, and how are they filled?")
    ] = ()
    source_kept: Annotated[
        Line | None,
        Field(
            title="Lead source",
            description="How is the lead source kept, all the way to the won deal?",
            examples=[
                "Copied to contact and opportunity, and locked from then on",
                "The first source stays; later ones are listed beside it",
                "Read from the contact in every report",
            ],
        ),
    ] = None
    source_keeper: Annotated[
        Line | None,
        Field(
            title="Source kept by", description="Who makes sure that it is not lost?", examples=["revops", "sam-osei"]
        ),
        Ask(of=WHO),
    ] = None
