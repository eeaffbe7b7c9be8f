"""How the sections on leads until they are handed over read: assignment, fields, adding leads, MQL, SQL, handoff."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sections.assignment import Assignment
from sla_tui.agreement.sections.fields import Fields, LeadField
from sla_tui.agreement.sections.handoff import Handoff
from sla_tui.agreement.sections.intake import Intake, Way
from sla_tui.agreement.sections.mql import Mql
from sla_tui.agreement.sections.sql import Sql
from sla_tui.publish.compose.forms import Col, Form, Given, Parted, col, says
from sla_tui.publish.compose.phrases import Case, Phrase

_KNOWN = "A lead from a company that we already know"
_MISSING = "Where something that must be there is missing,"
_BOUGHT = "Lists that somebody sold us"

SECTIONS: dict[type[Part], tuple[Form, ...]] = {
    Assignment: (
        says("Method", "Leads are split between reps {method}", ": {method_in_words}"),
        says("Hours", "Leads are given out {hours}"),
        says("After hours", "{after_hours}"),
        Given("steps", numbered=True),
        says("Owner", "A lead has an owner within {assign_within} of handoff"),
        Given("territories", lead="The first territory that fits counts."),
        says("In turn", "Leads go in turn to {in_turn}"),
        says("Unknown territory", "A lead that fits no territory goes to {fallback}"),
        says(
            "Known company",
            Case(
                "existing_account",
                {
                    "owner": f"{_KNOWN} goes to whoever owns the account",
                    "territory": f"{_KNOWN} goes by territory, like any other",
                    "ask": "Who gets a lead from a company that we already know is decided lead by lead by {ask}",
                },
                f"{_KNOWN} goes to {{existing_account}}",
            ),
        ),
        Given("queues", only=("{name}", ": {team} takes leads from it", "; it stands in {where}")),
        Given("route_around", lead="Sent another way:", only=("These leads go to {to} instead: {when}", ". {reason}")),
    ),
    Fields: (
        Given("fields", "", "This is kept of a lead, and filled when the table says."),
        says(
            "Lead source",
            "The field {lead_source} says where a lead came from",
            Case(
                "source_kept",
                {
                    "first": "Where somebody came to us twice, the first source counts",
                    "latest": "Where somebody came to us twice, the latest source counts",
                    "both": "Where somebody came to us twice, both sources are kept, in two fields",
                },
                "{source_kept}",
            ),
        ),
        Given("untracked", lead="Left out on purpose:"),
    ),
    Intake: (
        Given("ways"),
        says(
            "Bought lists",
            Case(
                "purchased.allowed",
                {
                    "no": f"{_BOUGHT} are not used",
                    "with_consent": f"{_BOUGHT} are used only for people who agreed to hear from us",
                    "yes": f"{_BOUGHT} may be used",
                },
                "Whether lists that somebody sold us may be used: {purchased.allowed}",
            ),
            "Their leads start at {purchased.start_points} points",
            "Each list is approved by {purchased.approved_by}",
            ". {purchased.consent}",
        ),
    ),
    Mql: (
        Given("meaning"),
        says("Stage", "It is the stage {stage} of the scoring"),
        says("Must know", "Before a lead is passed on, we know {needs}"),
        Given("not", "What only looks like one"),
        Given("below"),
    ),
    Sql: (
        Given("meaning"),
        says("Stage", "It is the stage {stage} of the scoring"),
        Given("path"),
        Parted(
            "questions",
            "Questions",
            "must",
            "question",
            "Before it counts, the rep has the answer to each of these.",
            "These are asked too, where they fit.",
        ),
        says("Decision", "Decided by {decided_by}", "within {decide_within} of acceptance"),
    ),
    Handoff: (
        says(
            "Moment",
            "A lead changes owner at the stage {at}",
            "What proves it: {event}",
            "The rep learns of it by {told_by}",
        ),
        Given("steps", numbered=True),
        Parted(
            "carries",
            "Travels with it",
            "must",
            "field",
            "A lead is handed over only with {}.",
            "What travels with it where it is known: {}.",
        ),
        says(
            "If incomplete",
            Case(
                "incomplete",
                {
                    "hold": f"{_MISSING} marketing holds the lead until it is complete",
                    "deliver-flagged": f"{_MISSING} sales gets the lead all the same, flagged as incomplete",
                    "return": f"{_MISSING} sales may send the lead back",
                },
                f"{_MISSING} {{incomplete}}",
            ),
        ),
        says(
            "Acceptance",
            "Sales accepts the lead or sends it back within {accept_within} of receipt",
            Case(
                "no_answer.then",
                {
                    "reassign": "If nobody does, it goes to {no_answer.to}",
                    "escalate": "If nobody does, it is escalated to {no_answer.to}",
                },
                "If nobody does: {no_answer.then}",
            ),
        ),
    ),
}

ROWS: dict[type[Item], tuple[Col, ...]] = {
    LeadField: (
        col("Field", "{name}"),
        col("Meaning", "{meaning}", ". {mark}"),
        col("Entered", "{kind}", ", about {object}", ": {values}"),
        col("Filled", "{must}", ", by {filled_by}"),
    ),
    Way: (
        col("Way in", "{name}"),
        col("Entered by", "{who}", ", within {within}"),
        col("How", "{how}"),
        col("Marked", "{marks}", ". Lead source: {source}", "; starts at {start_points} points"),
    ),
}

ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {}
