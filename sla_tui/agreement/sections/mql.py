"""Marketing qualified lead: what makes one, what only looks like one, and what becomes of the rest."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import FIELDS, STAGES
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Prose, Words


class Lookalike(Item):
    """What looks like a qualified lead and is none."""

    row: ClassVar[tuple[str, ...]] = ("what", "instead")

    what: Annotated[
        Line | None,
        Field(
            title="What",
            description="What looks like one but isn't?",
            examples=["A student who downloads everything", "A job applicant", "A competitor", "A supplier"],
        ),
    ] = None
    instead: Annotated[
        Line | None,
        Field(
            title="Instead",
            description="What do we do with it instead?",
            examples=["Mark it unqualified", "Pass it to human resources", "Leave it in the newsletter"],
        ),
        Ask(optional=True),
    ] = None


class Mql(Part):
    """What makes a marketing qualified lead."""

    meaning: Annotated[
        Prose | None,
        Field(
            title="Meaning",
            description="When would a rep thank us for this lead?",
            examples=[
                "Someone at a company we can serve who has shown, by what they did in the last month, "
                "that they look for what we sell and would take a call."
            ],
        ),
    ] = None
    stage: Annotated[
        Line | None,
        Field(title="Stage", description="Which stage of the scoring is that?", examples=["mql"]),
        Ask(of=STAGES),
    ] = None
    needs: Annotated[
        Words | None,
        Field(
            title="Must know",
            description="What must we know about a lead before we pass it on?",
            examples=["first-name, last-name, company, work-email", "work-email, company, country"],
        ),
        Ask(of=FIELDS),
    ] = None
    not_: Annotated[
        Items[Lookalike],
        Field(alias="not", title="Looks like one", description="What looks like one but isn't?"),
        Ask(optional=True, entry="lookalike"),
    ] = ()
    below: Annotated[
        Prose | None,
        Field(
            title="The rest",
            description="Not every lead is passed on: what does marketing do with the rest?",
            examples=["They stay in the newsletter and the email series, and are looked at again when they come back."],
        ),
    ] = None
