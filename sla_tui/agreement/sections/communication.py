"""Communication: where the two teams talk, and the meetings in which they look at how it goes."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import PEOPLE, TEAMS, WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.rhythm import RHYTHM_WORDS, Rhythm
from sla_tui.agreement.values import Line, Number, TimeLimit, Words

_Minutes = Annotated[Number, Field(ge=1, le=1_440)]


class Channel(Item):
    """A place where the teams talk between meetings."""

    row: ClassVar[tuple[str, ...]] = ("name", "used_for", "teams", "answer_within")

    name: Annotated[
        Line | None,
        Field(
            title="Channel",
            description="Where do the teams talk?",
            examples=["#leads in the team chat", "Shared inbox", "Comments on the lead in the CRM"],
        ),
    ] = None
    used_for: Annotated[
        Line | None,
        Field(
            title="Used for",
            description="What is it used for?",
            examples=["Questions about a single lead", "New campaigns and events", "Something is broken"],
        ),
    ] = None
    teams: Annotated[
        Words | None,
        Field(title="Teams", description="Which teams are in it?", examples=["demand-generation, sdr"]),
        Ask(optional=True, of=TEAMS),
    ] = None
    answer_within: Annotated[
        TimeLimit | None,
        Field(
            title="Answered within",
            description="How soon is a question there answered?",
            examples=["4 business hours", "1 business day"],
        ),
        Ask(optional=True),
    ] = None


class AgendaPoint(Item):
    """A point of a meeting's standing agenda."""

    row: ClassVar[tuple[str, ...]] = ("topic", "minutes", "who")

    topic: Annotated[
        Line | None,
        Field(
            title="Topic",
            description="What is talked about every time?",
            examples=["Results", "Challenges", "Adjustments", "Returned leads and their reasons", "Decisions"],
        ),
    ] = None
    minutes: Annotated[
        _Minutes | None,
        Field(title="Minutes", description="For how many minutes?", examples=["10", "15", "5"]),
        Ask(optional=True),
    ] = None
    who: Annotated[
        Line | None,
        Field(title="Led by", description="Who leads it?", examples=["sam-osei", "sdr"]),
        Ask(optional=True, of=WHO),
    ] = None


class Fewer(Part):
    """What makes a meeting rarer."""

    after: Annotated[
        Annotated[Number, Field(ge=1, le=1_000)] | None,
        Field(
            title="Good reviews",
            description="After how many reviews in a row with nothing missed is it held less often?",
            examples=["3", "2", "6"],
        ),
    ] = None
    to: Annotated[
        Literal["two_weeks", "month", "quarter"] | None,
        Field(title="Then", description="How often is it held then?", examples=["two_weeks"]),
        Ask(words=RHYTHM_WORDS),
    ] = None


class Meeting(Item):
    """A meeting the two sides hold again and again."""

    row: ClassVar[tuple[str, ...]] = ("name", "every", "minutes", "chair", "attends")

    name: Annotated[
        Line | None,
        Field(
            title="Meeting",
            description="What is the meeting called?",
            examples=["Lead review", "Pipeline review", "Agreement review"],
        ),
    ] = None
    every: Annotated[
        Rhythm | None,
        Field(
            title="How often",
            description="How often is it held? Weekly at first is usual.",
            examples=["week"],
        ),
        Ask(words=RHYTHM_WORDS),
    ] = None
    minutes: Annotated[
        _Minutes | None,
        Field(title="Minutes", description="For how many minutes?", examples=["30", "45", "60"]),
    ] = None
    day: Annotated[
        Line | None,
        Field(title="When", description="On which day, and when?", examples=["Tuesday at 10:00"]),
        Ask(optional=True),
    ] = None
    chair: Annotated[
        Line | None,
        Field(title="Chair", description="Who calls it and leads it?", examples=["sam-osei"]),
        Ask(of=PEOPLE),
    ] = None
    attends: Annotated[
        Words | None,
        Field(title="Attends", description="Who takes part?", examples=["demand-generation, sdr"]),
        Ask(of=WHO),
    ] = None
    agenda: Annotated[
        Items[AgendaPoint],
        Field(title="Agenda", description="What is on its standing agenda? Results, challenges, adjustments."),
        Ask(entry="agenda point"),
    ] = ()
    fewer: Annotated[
        Fewer | None,
        Field(title="Less often", description="When may we meet less often?"),
        Ask(optional=True),
    ] = None
    notes: Annotated[
        Line | None,
        Field(
            title="Notes",
            description="Where do its decisions stand afterwards?",
            examples=["Shared folder: SLA minutes", "#leads in the team chat"],
        ),
        Ask(optional=True),
    ] = None


class Communication(Part):
    """How and when the two sides talk."""

    channels: Annotated[
        Items[Channel], Field(title="Channels", description="Where do the teams talk between meetings?")
    ] = ()
    meetings: Annotated[
        Items[Meeting], Field(title="Meetings", description="Which meetings do we hold, and how often?")
    ] = ()
    absence: Annotated[
        Line | None,
        Field(
            title="Absence",
            description="What if somebody cannot come, or a meeting is called off?",
            examples=[
                "They send somebody who may decide",
                "It is held within three business days",
                "What it would have decided is decided in the shared channel",
            ],
        ),
        Ask(optional=True),
    ] = None
