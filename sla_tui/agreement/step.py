"""A step of a process: what happens, who does it, how soon."""

from typing import Annotated, ClassVar

from pydantic import Field

from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Ask, Item
from sla_tui.agreement.values import Line, TimeLimit


class Step(Item):
    """One step; each section that has steps says what its own look like."""

    row: ClassVar[tuple[str, ...]] = ("step", "who", "within")

    step: Annotated[Line | None, Field(title="Step", description="What happens?", examples=["Call the lead"])] = None
    who: Annotated[
        Line | None,
        Field(title="Who", description="Who does it?", examples=["sdr", "account-executives", "revops"]),
        Ask(of=WHO),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Within",
            description="How soon after the step before?",
            examples=["1 hour", "4 business hours", "1 business day"],
        ),
        Ask(optional=True),
    ] = None
