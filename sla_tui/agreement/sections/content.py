"""Content and messaging: the one message both sides give, and who makes what for which stage."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import PIPELINE, STAGES, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Day, Line, Prose


class Piece(Item):
    """Something to read, watch or show, made for one stage."""

    row: ClassVar[tuple[str, ...]] = ("what", "stage", "made_by", "ready_by")

    what: Annotated[
        Line | None,
        Field(
            title="Content",
            description="What is made?",
            examples=["Case study", "Buying guide", "Webinar", "Call script", "Comparison with competitors"],
        ),
    ] = None
    stage: Annotated[
        Line | None,
        Field(title="Stage", description="For people at which stage?", examples=["mql", "opportunity"]),
        Ask(of=(*PIPELINE, *STAGES)),
    ] = None
    made_by: Annotated[
        Line | None,
        Field(title="Made by", description="Who makes it?", examples=["demand-generation"]),
        Ask(of=WHO),
    ] = None
    ready_by: Annotated[
        Day | None,
        Field(title="Ready by", description="By which day is it ready?", examples=["2027-02-26"]),
        Ask(optional=True),
    ] = None
    where: Annotated[
        Line | None,
        Field(
            title="Where",
            description="Where does everybody find it?",
            examples=["Shared folder: Sales kit", "CRM, tab Documents"],
        ),
        Ask(optional=True),
    ] = None


class Content(Part):
    """What both sides say, and with what."""

    message: Annotated[
        Prose | None,
        Field(
            title="Message",
            description="What do we both tell people, in two or three sentences?",
            examples=["One order, one delivery, one invoice: everything a kitchen needs by seven in the morning."],
        ),
    ] = None
    message_owner: Annotated[
        Line | None,
        Field(
            title="Message kept by",
            description="Who sees to it that everybody says the same?",
            examples=["mara-lindqvist"],
        ),
        Ask(of=WHO),
    ] = None
    pieces: Annotated[
        Items[Piece],
        Field(title="Content", description="Who makes which content, for which stage?"),
        Ask(entry="piece of content"),
    ] = ()
    requests: Annotated[
        Line | None,
        Field(
            title="Requests",
            description="How does sales ask for content?",
            examples=[
                "One line in the shared channel; marketing answers within 2 business days",
                "In the monthly meeting",
                "A form in the CRM",
            ],
        ),
    ] = None
