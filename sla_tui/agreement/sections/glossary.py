"""Glossary: the words of the agreement, each explained once."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Prose, Words


class Term(Item):
    """One word and what it means in this agreement."""

    row: ClassVar[tuple[str, ...]] = ("term", "meaning")

    term: Annotated[
        Line | None,
        Field(
            title="Term",
            description="Which word do we need to explain?",
            examples=["First touch", "Handoff", "Receipt", "Acceptance", "Ideal customer profile"],
        ),
    ] = None
    meaning: Annotated[
        Prose | None,
        Field(
            title="Meaning",
            description="What do we mean by it, here?",
            examples=["The first call made or personal email sent by the owner; automatic emails do not count."],
        ),
    ] = None
    also: Annotated[
        Words | None,
        Field(title="Also called", description="Which other words mean the same?", examples=["first contact", "ICP"]),
        Ask(optional=True),
    ] = None


class Glossary(Part):
    """The words of the agreement."""

    terms: Annotated[
        Items[Term], Field(title="Terms", description="Which words could two people here understand differently?")
    ] = ()
