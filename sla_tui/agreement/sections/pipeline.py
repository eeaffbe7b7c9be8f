"""Pipeline: when a lead is an opportunity, the stages it goes through, and where it goes when it does not close."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import STAGES, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Prose, TimeLimit, Words


class PipelineStage(Item):
    """A stage of the sale, from the first talk to the signature."""

    row: ClassVar[tuple[str, ...]] = ("name", "meaning", "done_when", "owner")

    name: Annotated[
        Line | None,
        Field(
            title="Stage",
            description="What is the stage called?",
            examples=["Discovery call", "Demo", "Proposal", "Negotiation", "Won"],
        ),
    ] = None
    meaning: Annotated[
        Line | None,
        Field(
            title="Meaning",
            description="What goes on in it?",
            examples=[
                "We learn what they need, who decides and by when",
                "They see the product do their own work",
                "They hold our offer in their hands",
            ],
        ),
    ] = None
    done_when: Annotated[
        Line | None,
        Field(
            title="Done when",
            description="When is it done?",
            examples=[
                "Need, budget and timeline are noted in the CRM",
                "The people who decide have seen it and named a next step",
                "They said yes or no",
            ],
        ),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner", description="Who owns the opportunity in it?", examples=["account-executives", "sdr"]),
        Ask(optional=True, of=WHO),
    ] = None
    usual: Annotated[
        TimeLimit | None,
        Field(title="Usually takes", description="How long does it usually take?", examples=["2 weeks", "1 month"]),
        Ask(optional=True),
    ] = None


class WayBack(Item):
    """Where an opportunity goes that does not close."""

    called_by: ClassVar[tuple[str, ...]] = ("what",)
    row: ClassVar[tuple[str, ...]] = ("what", "after", "to", "set_by", "owner")

    def spared(self) -> frozenset[str]:
        """Only what stalls needs a time after which it has."""
        return frozenset() if self.what == "stalled" else frozenset({"after"})

    what: Annotated[
        Literal["lost", "stalled", "premature"] | None,
        Field(title="If it is", description="What is the matter with the opportunity?", examples=["lost"]),
        Ask(words=(("premature", "too early"),)),
    ] = None
    after: Annotated[
        TimeLimit | None,
        Field(
            title="After",
            description="After how long without a step forward?",
            examples=["30 days", "60 days", "1 quarter"],
        ),
    ] = None
    to: Annotated[
        Line | None,
        Field(title="Back to", description="To which stage does it go back?", examples=["lead", "mql", "sql"]),
        Ask(of=STAGES),
    ] = None
    set_by: Annotated[
        Line | None,
        Field(title="Set by", description="Who sets it back?", examples=["account-executives", "tomas-reyes"]),
        Ask(of=WHO),
    ] = None
    owner: Annotated[
        Line | None,
        Field(title="Owner then", description="Who owns it then?", examples=["demand-generation", "sdr"]),
        Ask(of=WHO),
    ] = None
    next: Annotated[
        Line | None,
        Field(
            title="Next",
            description="What happens with it then?",
            examples=[
                "It gets the monthly newsletter until it shows interest again",
                "The rep calls again in three months",
                "It is asked the qualifying questions again",
            ],
        ),
        Ask(optional=True),
    ] = None


class Pipeline(Part):
    """From a qualified lead to a customer, and back."""

    decided_by: Annotated[
        Words | None,
        Field(
            title="Decided by",
            description="Who decides when there is an opportunity? Usually leadership and sales together.",
            examples=["leadership, account-executives", "ana-ruiz"],
        ),
        Ask(of=WHO),
    ] = None
    create_when: Annotated[
        Prose | None,
        Field(
            title="Create when",
            description="When do we create an opportunity? Left open: as under Conversion.",
            examples=[
                "The lead has a need we can meet, a budget or a way to one, and a date by which it wants to decide."
            ],
        ),
        Ask(optional=True),
    ] = None
    path: Annotated[
        Words | None,
        Field(
            title="Path",
            description="Which stages does a lead go through until it is a customer? Left open: as in the scoring.",
            examples=["mql, sql, opportunity, customer"],
        ),
        Ask(optional=True, of=STAGES),
    ] = None
    stages: Annotated[
        Items[PipelineStage], Field(title="Stages", description="Which stages does an opportunity go through?")
    ] = ()
    back: Annotated[
        Items[WayBack],
        Field(title="Ways back", description="Where does an opportunity go that is lost, stalls or came too early?"),
        Ask(entry="way back"),
    ] = ()
