"""Contact fields: what is tracked about a lead and what is not, what each field means and when it must be filled."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Words


class LeadField(Item):
    """One thing that is tracked about a lead."""

    row: ClassVar[tuple[str, ...]] = ("name", "meaning", "must", "values", "filled_by")

    def spared(self) -> frozenset[str]:
        """Only a field that is chosen from a list needs its values."""
        return frozenset() if self.kind == "choice" else frozenset({"values"})

    name: Annotated[
        Line | None,
        Field(
            title="Field",
            description="What is the field called in the CRM?",
            examples=["Lead source", "First name", "Last name", "Company", "Work email", "Phone", "Country"],
        ),
    ] = None
    meaning: Annotated[
        Line | None,
        Field(
            title="Meaning",
            description="What exactly does it mean?",
            examples=["How we first met this person; it never changes afterwards"],
        ),
    ] = None
    object: Annotated[
        Literal["contact", "company", "lead", "opportunity"] | None,
        Field(title="Belongs to", description="What does it describe?", examples=["lead"]),
        Ask(
            optional=True,
            words=(
                ("contact", "the person"),
                ("company", "the company"),
                ("lead", "the lead"),
                ("opportunity", "the opportunity"),
            ),
        ),
    ] = None
    kind: Annotated[
        Literal["text", "number", "date", "choice", "yes_no"] | None,
        Field(title="Kind", description="What is entered there?", examples=["choice"]),
        Ask(
            words=(
                ("text", "text"),
                ("number", "a number"),
                ("date", "a date"),
                ("choice", "one of a list"),
                ("yes_no", "yes or no"),
            )
        ),
    ] = None
    values: Annotated[
        Words | None,
        Field(
            title="Allowed values",
            description="Which values may it have?",
            examples=["Web form, Trade show, Referral, Webinar, Outbound"],
        ),
    ] = None
    must: Annotated[
        Literal["always", "at_handoff", "if_known"] | None,
        Field(title="Must be filled", description="When must it be filled?", examples=["at_handoff"]),
        Ask(
            words=(
                ("always", "always, from the start"),
                ("at_handoff", "at handoff at the latest"),
                ("if_known", "only if we know it"),
            )
        ),
    ] = None
    filled_by: Annotated[
        Line | None,
        Field(title="Filled by", description="Who fills it?", examples=["demand-generation", "sdr"]),
        Ask(optional=True, of=WHO),
    ] = None
    mark: Annotated[
        Line | None,
        Field(
            title="How to mark it",
            description="How is it marked, so that everybody does it alike?",
            examples=[
                "Pick the first way we met; never overwrite it",
                "Leave it blank rather than guess",
                "Two letters, such as US or CA",
                "With country code, such as +1",
            ],
        ),
        Ask(optional=True),
    ] = None


class Untracked(Item):
    """What is deliberately not tracked."""

    row: ClassVar[tuple[str, ...]] = ("what", "why")

    what: Annotated[
        Line | None,
        Field(
            title="What",
            description="What do we not track?",
            examples=["Private phone numbers", "Age and gender", "Anonymous page views"],
        ),
    ] = None
    why: Annotated[
        Line | None,
        Field(
            title="Why not",
            description="Why not?",
            examples=["Nobody uses it", "We may not keep it", "Nobody can fill it reliably"],
        ),
    ] = None


class Fields(Part):
    """What is tracked about a lead, and what is not."""

    fields: Annotated[
        Items[LeadField],
        Field(title="Fields", description="What do we track about a lead, and what does each field mean?"),
    ] = ()
    lead_source: Annotated[
        Line | None,
        Field(title="Lead source", description="Which field says where a lead came from?", examples=["lead-source"]),
        Ask(of=FIELDS),
    ] = None
    source_kept: Annotated[
        Literal["first", "latest", "both"] | None,
        Field(
            title="Two sources",
            description="If somebody came to us twice, which source counts?",
            examples=["first"],
        ),
        Ask(
            optional=True,
            words=(("first", "the first one"), ("latest", "the latest one"), ("both", "both, in two fields")),
        ),
    ] = None
    untracked: Annotated[
        Items[Untracked],
        Field(title="Not tracked", description="What do we leave out on purpose, and why?"),
        Ask(optional=True, entry="thing left out"),
    ] = ()
