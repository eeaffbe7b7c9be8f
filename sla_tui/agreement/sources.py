"""Where an answer comes from: an example to start from, agreed by the room, or measured."""

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.parts import Part
from sla_tui.agreement.values import Line


class Source(Part):
    """Where an answer comes from, or all the answers of an entry, a record or a section."""

    kind: Annotated[Literal["example", "agreed", "measured"], Field(title="Kind")]
    note: Annotated[Line | None, Field(title="Note")] = None


Sources = Annotated[dict[Line, Source] | None, Field(title="Sources", description="Where does each number come from?")]
"""Sources by KEY. One at an entry, a record or a section speaks of all the answers in it that have no nearer one."""
