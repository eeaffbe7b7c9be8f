"""leads.toml: which file holds the sample leads, and which column means what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sla_tui.agreement.parts import Part
from sla_tui.agreement.values import Line, Words


class LogColumns(Part):
    """The columns of an activity log; absent, they are found by their usual names."""

    lead: Annotated[Line | None, Field(title="Lead", description="Which column names the lead?")] = None
    activity: Annotated[Line | None, Field(title="Activity", description="Which column says what it did?")] = None
    time: Annotated[Line | None, Field(title="Time", description="Which column says when?")] = None


class LeadMapping(Part):
    """What the columns of a lead file mean. File names are relative to the agreement's folder."""

    leads: Annotated[Line | None, Field(title="Lead table", examples=["leads.csv"])] = None
    activity: Annotated[Line | None, Field(title="Activity log", examples=["activity.csv"])] = None
    id: Annotated[Line | None, Field(title="Id", description="Which column names the lead?")] = None
    outcome: Annotated[
        Line | None, Field(title="Outcome", description="Which column says whether it was won?", examples=["won"])
    ] = None
    positive: Annotated[
        Words | None, Field(title="Won", description="Which values mean won?", examples=["Closed Won"])
    ] = None
    unknown: Annotated[
        Words | None,
        Field(title="Unknown", description="Which values mean that nobody knows?", examples=["Select", "null", "-"]),
    ] = None
    names: Annotated[
        dict[Line, Line] | None,
        Field(title="Names", description="Which column stands for a name that the rules use?"),
    ] = None
    activities: Annotated[
        dict[Line, Line] | None,
        Field(title="Activities", description="Which activity of the log stands for a name that the rules use?"),
    ] = None
    log: Annotated[LogColumns | None, Field(title="Log columns")] = None
