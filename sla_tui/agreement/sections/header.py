"""[agreement]: what it is called, whose it is, how long it holds, what may change meanwhile, and business hours."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import KEYS, SECTIONS, WHO
from sla_tui.agreement.parts import Ask, Fingerprint, Item, Items, Part
from sla_tui.agreement.values import Bound, Clock, Day, Days, Language, Line, Number, Prose, TimeLimit, Words

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FORMAT = 1
"""The newest layout of agreement.toml this program knows."""


class Calendar(Part):
    """What "business hours" means in every time limit."""

    timezone: Annotated[
        Line | None,
        Field(
            title="Time zone",
            description="In which time zone does the clock run? Type a city.",
            examples=["America/New_York"],
        ),
        Ask(names="time zone"),
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
    holidays: Annotated[
        Days | None,
        Field(
            title="Holidays",
            description="On which days does the clock stand still?",
            examples=["2027-01-01, 2027-12-24"],
        ),
        Ask(optional=True),
    ] = None


class Limit(Item):
    """What named roles may change between two signings, and how far."""

    row: ClassVar[tuple[str, ...]] = ("key", "at_least", "at_most", "by")

    key: Annotated[
        Line | None,
        Field(
            title="What",
            description="Which number, entry or section of a schedule may change between two signings?",
            examples=["scoring.stages.mql.at", "assignment", "scoring.rules"],
        ),
        Ask(of=KEYS),
    ] = None
    at_least: Annotated[
        Bound | None,
        Field(
            title="At least", description="What is the least it may become?", examples=["45", "1 business day", "90 %"]
        ),
        Ask(optional=True),
    ] = None
    at_most: Annotated[
        Bound | None,
        Field(
            title="At most", description="What is the most it may become?", examples=["60", "2 business days", "100 %"]
        ),
        Ask(optional=True),
    ] = None
    by: Annotated[
        Line | None,
        Field(title="By", description="Who may change it without new signatures?", examples=["sam-osei"]),
        Ask(of=WHO),
    ] = None


class Signed(Part):
    """Which wording was signed, as the program saw it when the agreement was put in force."""

    version: Annotated[
        Line | None,
        Field(title="Version", description="Which version was signed?", examples=["1.0"]),
        Ask(optional=True, asked=False),
    ] = None
    on: Annotated[
        Day | None,
        Field(title="On", description="On which day was it put in force?", examples=["2026-12-18"]),
        Ask(optional=True, asked=False),
    ] = None
    terms: Annotated[
        Fingerprint | None,
        Field(title="Terms", description="Which fingerprint had the terms on that day?", examples=["3f9a0c4d1b27"]),
        Ask(optional=True, asked=False),
    ] = None
    schedules: Annotated[
        dict[Line, Fingerprint] | None,
        Field(title="Schedules", description="Which fingerprint had each schedule on that day?"),
        Ask(optional=True, asked=False),
    ] = None
    fixed: Annotated[
        dict[Line, Fingerprint] | None,
        Field(
            title="Fixed",
            description="Which fingerprint had, on that day, what no limit leaves open of each schedule with limits?",
        ),
        Ask(optional=True, asked=False),
    ] = None


class Header(Part):
    """The agreement's own particulars."""

    format: Annotated[
        Number,
        Field(ge=1, le=FORMAT, title="Format", description="Which layout has this file?"),
        Ask(optional=True, asked=False, fact=True),
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
        Ask(names="organization"),
    ] = None
    version: Annotated[
        Line | None, Field(title="Version", description="Which version is this?", examples=["1.0"]), Ask(optional=True)
    ] = None
    status: Annotated[
        Literal["draft", "active", "superseded", "ended"] | None,
        Field(
            title="Status",
            description="Is it a draft, or in force?",
            examples=["draft"],
        ),
        Ask(
            optional=True,
            fact=True,
            words=(
                ("active", "active: signed by both sides"),
                ("superseded", "superseded: a newer agreement took its place"),
                ("ended", "ended"),
            ),
        ),
    ] = None
    language: Annotated[
        Language | None,
        Field(
            title="Language",
            description="In which language is it written, if not in English?",
            examples=["de", "pt-BR", "zh-Hant"],
        ),
        Ask(optional=True, fact=True),
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
            description="Which sections may change between two signings? The others are signed word by word.",
            examples=["scoring, assignment", "scoring, assignment, fields, targets, notifications, reporting"],
        ),
        Ask(optional=True, of=SECTIONS),
    ] = None
    limits: Annotated[
        Items[Limit],
        Field(title="Limits", description="What may change without new signatures?"),
        Ask(optional=True),
    ] = ()
    renewal: Annotated[
        Literal["ends", "renews", "talks"] | None,
        Field(title="Renewal", description="What happens after the last day?", examples=["talks", "renews"]),
        Ask(
            optional=True,
            words=(
                ("ends", "it ends"),
                ("renews", "it renews by itself, unless a side gives notice"),
                ("talks", "both sides agree anew, and it holds until they have"),
            ),
        ),
    ] = None
    renews_for: Annotated[
        TimeLimit | None,
        Field(
            title="Renews for",
            description="If it renews by itself: for how long each time? Left open: for as long as the first time.",
            examples=["12 months", "1 quarter", "6 months"],
        ),
        Ask(optional=True),
    ] = None
    notice: Annotated[
        TimeLimit | None,
        Field(
            title="Notice",
            description="How long before the last day must a side say that it wants to end or change it?",
            examples=["2 months", "30 days", "1 quarter"],
        ),
        Ask(optional=True),
    ] = None
    early_end: Annotated[
        Prose | None,
        Field(
            title="Early end",
            description="How can a side end it before the last day?",
            examples=["Either vice president may end it in writing, with effect from the end of the next quarter."],
        ),
        Ask(optional=True),
    ] = None
    ended: Annotated[
        Day | None,
        Field(
            title="Ended on",
            description="If it ends early, on which day?",
            examples=["2027-06-30"],
        ),
        Ask(optional=True, fact=True),
    ] = None
    supersedes: Annotated[
        Fingerprint | None,
        Field(
            title="Supersedes",
            description="Which agreement does it replace? Paste its fingerprint.",
            examples=["3f9a0c4d1b27"],
        ),
        Ask(optional=True, names="agreement"),
    ] = None
    calendar: Annotated[
        Calendar | None, Field(title="Business hours", description='What does "business hours" mean here?')
    ] = None
    signed: Annotated[
        Signed | None,
        Field(title="Signed", description="Which wording was signed?"),
        Ask(optional=True, asked=False, fact=True),
    ] = None
