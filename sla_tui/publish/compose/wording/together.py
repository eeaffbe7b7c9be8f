"""How the sections on how both sides work together read: escalation, communication, content, notifications, review."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sections.communication import Communication, Meeting
from sla_tui.agreement.sections.content import Content, Piece
from sla_tui.agreement.sections.escalation import Escalation, EscalationPath
from sla_tui.agreement.sections.notifications import Alert, Notifications
from sla_tui.agreement.sections.review import Review
from sla_tui.publish.compose.forms import Col, Compared, Form, Given, col, says
from sla_tui.publish.compose.phrases import Phrase
from sla_tui.publish.compose.words import quoted

SECTIONS: dict[type[Part], tuple[Form, ...]] = {
    Escalation: (
        says("How it is raised", "{how}"),
        Given("paths"),
        says("Last word", "{last_word} has the last word"),
    ),
    Communication: (Given("channels"), Given("meetings")),
    Content: (
        says("Message", "{message}", "Kept by {message_owner}"),
        Given("pieces", "Pieces"),
    ),
    Notifications: (
        Given("alerts"),
        says(
            "How many",
            "Alerts come {hours}",
            "One person gets at most {most_per_day} a day",
            "Those beyond that number: {beyond}",
        ),
        Compared(
            "Answers",
            "To say",
            (
                ("missed", quoted("I didn’t get this")),
                ("broken", quoted("This looks broken")),
                ("wished", quoted("I’d like to see that")),
            ),
            (col("Tell", "{to}"), col("How", "{how}"), col("Answer within", "{answer_within}")),
        ),
    ),
    Review: (
        says("Reviews", "This agreement is reviewed {every}", ", first on {first}", "Sooner if: {sooner}"),
        says("Changes", "A change may be asked for by {may_ask}", ". {how}"),
        says(
            "Decision",
            "Decided by {decided_by}",
            "A change is announced at least {announced} before it takes effect",
        ),
        says(
            "Rarer reviews",
            "After {fewer.after} good reviews in a row this agreement is reviewed {fewer.to}",
            "A review is good when: {fewer.good}",
        ),
    ),
}

ROWS: dict[type[Item], tuple[Col, ...]] = {
    EscalationPath: (
        col("What", "{what}", ": {detail}"),
        col("Goes to", "{to}"),
        col("Settled within", "{within}"),
        col("If not", "{next}"),
    ),
    Piece: (
        col("Content", "{what}"),
        col("For stage", "{stage}"),
        col("Made by", "{made_by}", ", by {ready_by}"),
        col("Where", "{where}"),
    ),
    Alert: (
        col("When", "{event}"),
        col("Tells", "{tells}"),
        col("Says", "{says}"),
        col("How", "{channel}", ", within {within}"),
    ),
}

ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {
    Meeting: (
        "{every}",
        ", {minutes} minutes",
        ", {day}",
        "Called and led by {chair}",
        ", with {attends}",
        "What it decides stands in: {notes}",
        "After {fewer.after} reviews in a row without findings it is held {fewer.to}",
    ),
}
