"""Signatures: whom to ask, who signs for which side, and who stands in for a signer who left."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE, SIGNERS
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Day, Line, Prose, Side


class Signer(Item):
    """Somebody who signs."""

    row: ClassVar[tuple[str, ...]] = ("name", "title", "party", "left")

    name: Annotated[
        Line | None, Field(title="Name", description="Who signs?", examples=["Ana Ruiz"]), Ask(own=True, names="person")
    ] = None
    title: Annotated[
        Line | None,
        Field(title="Job title", description="What is their job title?", examples=["VP Sales"]),
        Ask(own=True),
    ] = None
    party: Annotated[
        Side | None,
        Field(title="For", description="For which side? A witness signs for none.", examples=["sales"]),
        Ask(optional=True),
    ] = None
    signs_as: Annotated[
        Literal["witness", "approver"] | None,
        Field(title="Signs as", description="If for no side: as what?", examples=["witness"]),
        Ask(optional=True, words=(("witness", "a witness"), ("approver", "whoever approves it"))),
    ] = None
    organization: Annotated[
        Line | None,
        Field(
            title="Organization",
            description="For another organization than the agreement's, such as a partner? For which?",
            examples=["Contoso Partners"],
        ),
        Ask(optional=True, own=True, names="organization"),
    ] = None
    left: Annotated[
        Day | None,
        Field(title="Left on", description="Have they left this post? On which day?", examples=["2027-06-30"]),
        Ask(optional=True, own=True, fact=True),
    ] = None
    successor: Annotated[
        Line | None,
        Field(
            title="Successor",
            description="Who took their place? Add them to the signers, then choose them here.",
            examples=["new-sales-lead"],
        ),
        Ask(optional=True, of=SIGNERS, own=True, fact=True),
    ] = None


class Contacts(Part):
    """Whom to ask, on each side."""

    marketing: Annotated[
        Line | None,
        Field(title="Marketing", description="Who is marketing's contact?", examples=["lena-okafor"]),
        Ask(of=PEOPLE),
    ] = None
    sales: Annotated[
        Line | None,
        Field(title="Sales", description="Who is sales' contact?", examples=["tomas-reyes"]),
        Ask(of=PEOPLE),
    ] = None


class Signatures(Part):
    """Who signs."""

    contacts: Annotated[
        Contacts | None, Field(title="Contacts", description="Who answers for this agreement on each side?")
    ] = None

    signers: Annotated[Items[Signer], Field(title="Signers", description="Who signs for each side?")] = ()
    succession: Annotated[
        Prose | None,
        Field(
            title="Succession",
            description="What if a signer leaves while this agreement is in force?",
            examples=[
                "Whoever follows in the post confirms it in writing within 30 days; it stays in force meanwhile."
            ],
        ),
        Ask(optional=True),
    ] = None
    notes: Annotated[
        Prose | None,
        Field(
            title="Notes",
            description="What should stand above the signatures?",
            examples=["An internal working agreement; it creates no claims in court."],
        ),
        Ask(optional=True),
    ] = None
