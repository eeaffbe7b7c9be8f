"""leads.toml: which file holds the sample leads, and which column means what."""

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.parts import Ask, Part
from sla_tui.agreement.values import Line, Words

_FOUND = Ask(optional=True)
"""Left open, it is found by its usual name, or not needed."""


class LogColumns(Part):
    """The columns of an activity log; absent, they are found by their usual names."""

    lead: Annotated[
        Line | None,
        Field(title="Lead", description="Which column names the lead?", examples=["lead"]),
        _FOUND,
    ] = None
    activity: Annotated[
        Line | None,
        Field(title="Activity", description="Which column says what it did?", examples=["activity"]),
        _FOUND,
    ] = None
    time: Annotated[
        Line | None, Field(title="Time", description="Which column says when?", examples=["time"]), _FOUND
    ] = None
    dates: Annotated[
        Literal["day first", "month first"] | None,
        Field(title="Dates", description="Is 01/02/2027 the 1st of February (day first) or January 2nd (month first)?"),
        _FOUND,
    ] = None


class LeadMapping(Part):
    """What the columns of a lead file mean. File names are relative to the agreement's folder."""

    leads: Annotated[
        Line | None,
        Field(title="Lead table", description="Which file has a row for each lead?", examples=["leads.csv"]),
        _FOUND,
    ] = None
    activity: Annotated[
        Line | None,
        Field(title="Activity log", description="Which file says what the leads did?", examples=["activity.csv"]),
        _FOUND,
    ] = None
    id: Annotated[
        Line | None, Field(title="Id", description="Which column names the lead?", examples=["id"]), _FOUND
    ] = None
    outcome: Annotated[
        Line | None,
        Field(title="Outcome", description="Which column says whether it was won?", examples=["won"]),
        _FOUND,
    ] = None
    positive: Annotated[
        Words | None, Field(title="Won", description="Which values mean won?", examples=["Closed Won"]), _FOUND
    ] = None
    unknown: Annotated[
        Words | None,
        Field(title="Unknown", description="Which values mean that nobody knows?", examples=["Select, null, -"]),
        _FOUND,
    ] = None
    created: Annotated[
        Line | None,
        Field(title="Created", description="Which column says when a lead came?", examples=["created"]),
        _FOUND,
    ] = None
    names: Annotated[
        dict[Line, Line] | None,
        Field(title="Names", description="Which column stands for a name that the rules use?"),
        _FOUND,
    ] = None
    activities: Annotated[
        dict[Line, Line] | None,
        Field(title="Activities", description="Which activity of the log stands for a name that the rules use?"),
        _FOUND,
    ] = None
    log: Annotated[
        LogColumns | None,
        Field(title="Log columns", description="Which column of the activity log means what?"),
        _FOUND,
    ] = None
