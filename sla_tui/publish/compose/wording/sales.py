"""How the sections on leads in the hands of sales read: conversion, pipeline, feedback, scoring's upkeep."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sections.conversion import Conversion, Created
from sla_tui.agreement.sections.feedback import Feedback
from sla_tui.agreement.sections.pipeline import Pipeline, PipelineStage, WayBack
from sla_tui.publish.compose.forms import Col, Form, Given, col, says
from sla_tui.publish.compose.phrases import Else, Phrase

_SILENT = "without a call, an email or a reply"

SECTIONS: dict[type[Part], tuple[Form, ...]] = {
    Conversion: (
        Given("steps", numbered=True),
        Given("creates"),
        says("Opportunity created", "{opportunity_when}"),
        Given("fields", lead="Right when a lead is converted:"),
        says("Lead source", "{source_kept}", "It is not lost: {source_keeper} makes sure of that"),
    ),
    Pipeline: (
        says("Opportunity", "Whether there is one is decided by {decided_by}", ". {create_when}"),
        says("Path", "A lead becomes a customer through these stages, in this order: {path}"),
        Given("stages", numbered=True),
        Given("back"),
    ),
    Feedback: (
        Given("reasons", lead="A lead may go back for these reasons, and no others."),
        says("Return", "A rejected lead is back with marketing, with its reason, within {return_within} of rejection"),
        says(
            "Nurture",
            "A lead stays in nurture for at least {recycle_after} before it may come to sales again",
            ", then at the stage {recycled_to}",
        ),
        says(
            "Dormant leads",
            Else(
                f"A lead is dormant after {{dormant_after}} {_SILENT}; after {{pull_back_after}} marketing may take it "
                "back",
                f"After {{pull_back_after}} {_SILENT} marketing may take a lead back",
            ),
            ". {pull_back_how}",
        ),
        says(
            "Review",
            "Where sales accepts less than {review_below} of the leads in a month, both sides look at the definition "
            "again",
        ),
        says("Learning", "{learn.how}", "Done by {learn.who}", ", {learn.every}"),
    ),
}

ROWS: dict[type[Item], tuple[Col, ...]] = {
    Created: (col("The CRM creates", "{what}"), col("If we have it already", "{existing}")),
    PipelineStage: (
        col("Stage", "{name}"),
        col("What goes on in it", "{meaning}"),
        col("Done when", "{done_when}"),
        col("Owner", "{owner}"),
        col("Usually", "{usual}"),
    ),
    WayBack: (
        col("An opportunity that is", "{what}", ", {after} without a step forward"),
        col("Goes back to", "{to}"),
        col("Set by", "{set_by}"),
        col("Owner then", "{owner}"),
        col("Next", "{next}"),
    ),
}

ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {}
