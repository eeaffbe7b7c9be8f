"""Notifications and alerts: who is told of what, how, how often at most, and how to say that one went wrong."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Ask, Item, Items, Part
from sla_tui.agreement.values import Line, Number, TimeLimit


class Alert(Item):
    """One thing somebody is told as it happens."""

    row: ClassVar[tuple[str, ...]] = ("event", "tells", "channel", "within")

    event: Annotated[
        Line | None,
        Field(
            title="When",
            description="What happens?",
            examples=[
                "A lead becomes an MQL",
                "A lead asks for a demo",
                "A lead answers an email",
                "A target account looks at the price list",
                "A time limit is about to pass",
            ],
        ),
    ] = None
    tells: Annotated[Line | None, Field(title="Tells", description="Who is told?", examples=["sdr"]), Ask(of=WHO)] = (
        None
    )
    says: Annotated[
        Line | None,
        Field(
            title="Says",
            description="What must it tell them?",
            examples=["Name, company, score and last activity", "Name, phone and what was asked for"],
        ),
        Ask(optional=True),
    ] = None
    channel: Annotated[
        Literal["task", "email", "chat", "sms", "crm"] | None,
        Field(title="Channel", description="How are they told?", examples=["task"]),
        Ask(
            words=(
                ("task", "a task"),
                ("email", "an email"),
                ("chat", "a chat message"),
                ("sms", "a text message"),
                ("crm", "a notice in the CRM"),
            )
        ),
    ] = None
    within: Annotated[
        TimeLimit | None,
        Field(
            title="Within",
            description="How soon after it happens?",
            examples=["15 minutes", "5 minutes", "1 business hour", "1 business day"],
        ),
        Ask(optional=True),
    ] = None


class Reply(Part):
    """Whom to tell about an alert, and how."""

    to: Annotated[
        Line | None, Field(title="To", description="Whom do they tell?", examples=["sam-osei"]), Ask(of=WHO)
    ] = None
    how: Annotated[
        Line | None,
        Field(
            title="How",
            description="How?",
            examples=["A line in the shared channel", "Reply to the alert", "A ticket to revenue operations"],
        ),
    ] = None
    answer_within: Annotated[
        TimeLimit | None,
        Field(
            title="Answer within",
            description="How soon is there an answer?",
            examples=["1 business day", "4 business hours", "2 business days", "1 week"],
        ),
        Ask(optional=True),
    ] = None


class Notifications(Part):
    """Who is told of what."""

    alerts: Annotated[Items[Alert], Field(title="Alerts", description="Who is told what, when and how?")] = ()
    hours: Annotated[
        Literal["always", "business_hours"] | None,
        Field(
            title="Hours",
            description="Do alerts come around the clock, or only in business hours?",
            examples=["business_hours"],
        ),
        Ask(optional=True, words=(("always", "around the clock"), ("business_hours", "only in business hours"))),
    ] = None
    most_per_day: Annotated[
        Annotated[Number, Field(ge=1, le=1_000)] | None,
        Field(
            title="At most a day",
            description="At most how many alerts a day for one person?",
            examples=["10", "5", "20"],
        ),
    ] = None
    beyond: Annotated[
        Line | None,
        Field(
            title="Beyond that",
            description="And what happens to alerts beyond that number?",
            examples=["They come as one list the next morning", "They wait in the queue, highest score first"],
        ),
        Ask(optional=True),
    ] = None
    missed: Annotated[
        Reply | None, Field(title="Not received", description='How does somebody say "I didn\'t get this"?')
    ] = None
    broken: Annotated[
        Reply | None, Field(title="Looks broken", description='How does somebody say "This looks broken"?')
    ] = None
    wished: Annotated[
        Reply | None, Field(title="Wished for", description='How does somebody say "I\'d like to see that"?')
    ] = None
