"""Escalation: who decides, by when, when a lead does not fit, a promise is broken or the two sides disagree."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, TimeLimit

WHAT_WORDS = (
    ("not_qualified", "a lead that does not meet the criteria"),
    ("broken_promise", "a broken promise"),
    ("dispute", "a dispute"),
    ("other", "something else"),
)


class EscalationPath(Item):
    """Where one kind of trouble goes."""

    row: ClassVar[tuple[str, ...]] = ("what", "detail", "to", "within", "next")

    def spared(self) -> frozenset[str]:
        """Only something else needs to be said in words."""
        return frozenset() if self.what == "other" else frozenset({"detail"})

    what: Annotated[
        Literal["not_qualified", "broken_promise", "dispute", "other"] | None,
        Field(title="What", description="What is the matter?", examples=["dispute"]),
        Ask(words=WHAT_WORDS),
    ] = None
    detail: Annotated[
        Line | None,
        Field(
            title="In detail",
            description="What exactly?",
            examples=[
                "Whether a lead was qualified",
                "A time limit missed three times in a week",
                "A lead that belongs to two reps",
            ],
        ),
    ] = None
    to: Annotated[
        Line | None,
        Field(title="Goes to", description="Who takes it up?", examples=["tomas-reyes", "leadership"]),
        Ask(of=WHO),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Settled within",
            description="By when do they settle it?",
            examples=["2 business days", "1 week", "2 weeks"],
        ),
    ] = None
    next: Annotated[
        Line | None,
        Field(
            title="Next step",
            description="What is the next step if it is not settled by then?",
            examples=[
                "Both vice presidents decide together within a week",
                "It goes on the agenda of the next meeting",
                "Each side puts its view on one page, and leadership decides",
            ],
        ),
    ] = None


class Escalation(Part):
    """What happens when the two sides cannot go on by themselves."""

    how: Annotated[
        Line | None,
        Field(
            title="How",
            description="How does somebody raise it?",
            examples=["In the shared channel, with a link to the lead", "By email to both contacts"],
        ),
        Ask(optional=True),
    ] = None
    paths: Annotated[
        Items[EscalationPath], Field(title="Paths", description="What goes to whom, and by when do they settle it?")
    ] = ()
    last_word: Annotated[
        Line | None,
        Field(title="Last word", description="Who has the last word?", examples=["ingrid-falk"]),
        Ask(of=PEOPLE),
    ] = None
