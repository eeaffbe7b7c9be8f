"""Sales qualified lead: what makes one, who says so and by when, and how the definition is changed."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import STAGES
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Party, Prose, TimeLimit, YesNo


class Qualifier(Item):
    """One thing a rep finds out before a lead counts as qualified."""

    row: ClassVar[tuple[str, ...]] = ("question", "must")

    question: Annotated[
        Line | None,
        Field(
            title="Question",
            description="What must the rep have asked?",
            examples=[
                "Is there a budget?",
                "By when do they want to buy?",
                "What do they need it for?",
                "Who decides?",
                "What do they use today?",
            ],
        ),
    ] = None
    must: Annotated[
        YesNo | None,
        Field(
            title="Needed", description="Must it be answered before the lead counts as an SQL?", examples=["yes", "no"]
        ),
        Ask(optional=True),
    ] = None


class Sql(Part):
    """What makes a sales qualified lead."""

    meaning: Annotated[
        Prose | None,
        Field(
            title="Meaning",
            description="What has the rep found out by then?",
            examples=["A rep has spoken to them: they have a need we can meet, and they want to solve it this year."],
        ),
    ] = None
    stage: Annotated[
        Line | None,
        Field(title="Stage", description="Which stage of the scoring is that?", examples=["sql"]),
        Ask(of=STAGES),
    ] = None
    path: Annotated[
        Prose | None,
        Field(
            title="From MQL to SQL",
            description="How does a marketing qualified lead become one?",
            examples=["The rep accepts it, has a first conversation, and records the answers in the CRM."],
        ),
        Ask(optional=True),
    ] = None
    questions: Annotated[
        Items[Qualifier],
        Field(title="Questions", description="What must the rep have asked: budget, timeline, need, authority?"),
    ] = ()
    decided_by: Annotated[
        Party | None,
        Field(title="Decided by", description="Who decides that a lead is an SQL?", examples=["sales"]),
        Ask(words=(("shared", "both sides"),)),
    ] = None
    decide_within: Annotated[
        TimeLimit | None,
        Field(
            title="Decided within",
            description="How soon after accepting the lead must they decide?",
            examples=["2 weeks", "5 business days", "1 week", "1 month"],
        ),
    ] = None
    redefine: Annotated[
        Prose | None,
        Field(
            title="New definition",
            description="How does sales ask for another definition?",
            examples=["In the monthly review, with ten leads that show why; both drafters decide within two weeks."],
        ),
    ] = None
