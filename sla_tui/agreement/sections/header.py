"""[agreement]: what it is called, whose it is, how long it holds, and what business hours mean in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.parts import Ask, Part
from sla_tui.agreement.values import Clock, Day, Line, Number, Words

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FORMAT = 1
"""The newest layout of agreement.toml this program knows."""


class Calendar(Part):
    """What "business hours" means in every time limit."""

    timezone: Annotated[
        Line | None,
        Field(
            title="Time zone",
            description="In which time zone does the clock run?",
            examples=["America/New_York"],
        ),
    ] = None
    days: Annotated[
        Words | None,
        Field(title="Working days", description="Which days count?", examples=["mon, tue, wed, thu, fri"]),
    ] = None
    from_: Annotated[
        Clock | None,
        Field(alias="from", title="Opens", description="When does the working day start?", examples=["09:00"]),
    ] = None
    to: Annotated[Clock | None, Field(title="Closes", description="When does it end?", examples=["17:00"])] = None


class Header(Part):
    """The agreement's own particulars."""

    format: Annotated[
        Number,
        Field(ge=1, le=FORMAT, title="Format", description="Which layout has this file?"),
        Ask(optional=True, asked=False),
    ] = FORMAT
    title: Annotated[
        Line | None,
        Field(
            title="Title",
            description="What is the agreement called?",
            examples=["Sales and Marketing Service Level Agreement"],
        ),
    ] = None
    organization: Annotated[
        Line | None,
        Field(title="Organization", description="Whose agreement is it?", examples=["Northwind Traders"]),
    ] = None
    version: Annotated[
        Line | None, Field(title="Version", description="Which version is this?", examples=["1.0"]), Ask(optional=True)
    ] = None
    status: Annotated[
        Literal["draft", "active", "superseded", "ended"] | None,
        Field(title="Status", description="Is it a draft, or in force?", examples=["draft"]),
        Ask(optional=True),
    ] = None
    starts: Annotated[
        Day | None, Field(title="Starts", description="What is the first day in force?", examples=["2027-01-01"])
    ] = None
    ends: Annotated[
        Day | None, Field(title="Ends", description="What is the last day in force?", examples=["2027-12-31"])
    ] = None
    schedules: Annotated[
        Words | None,
        Field(
            title="Schedules",
            description="Which sections may named roles adjust without signing again?",
            examples=["scoring"],
        ),
        Ask(optional=True),
    ] = None
    calendar: Annotated[
        Calendar | None, Field(title="Business hours", description='What does "business hours" mean here?')
    ] = None
