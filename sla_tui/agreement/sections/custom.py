"""Sections a team adds in its own words."""

from typing import Annotated

from pydantic import Field

from sla_tui.agreement.lists import SECTIONS
from sla_tui.agreement.parts import Ask, Item
from sla_tui.agreement.values import Line, Prose


class Custom(Item):
    """A section of the team's own: a title and its text."""

    title: Annotated[
        Line | None, Field(title="Title", description="What is the section called?", examples=["Data protection"])
    ] = None
    after: Annotated[
        Line | None,
        Field(title="After", description="After which section does it stand?", examples=["commitments"]),
        Ask(optional=True, of=SECTIONS),
    ] = None
    text: Annotated[
        Prose | None,
        Field(
            title="Text",
            description="What does it say?",
            examples=["Both teams handle contact data as the privacy policy says."],
        ),
    ] = None
