"""How the sections on data and upkeep read: duplicates, technology, reporting, glossary."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sections.duplicates import Duplicates
from sla_tui.agreement.sections.glossary import Glossary, Term
from sla_tui.agreement.sections.reporting import Dashboard, Report, Reporting
from sla_tui.agreement.sections.technology import Sharing, Technology
from sla_tui.publish.compose.forms import Col, Form, Given, col, says
from sla_tui.publish.compose.phrases import Else, Phrase

SECTIONS: dict[type[Part], tuple[Form, ...]] = {
    Duplicates: (
        says(
            "Same record",
            "Two records are the same person where these agree: {match_on}",
            "They are the same company where these agree: {match_companies_on}",
        ),
        says("Search", "{found}", "Duplicates are looked for {checked}"),
        says(
            "Merging",
            "They are merged by {merged_by}",
            "within {merge_within}",
            "The record that stays is {survivor}",
        ),
        Given("keeps"),
        Given("lead_owner"),
        says("Merged by mistake", "{undone}"),
    ),
    Technology: (
        Given("systems"),
        says("Counts as true", "Where two systems show different figures, both sides believe {truth}"),
        Given("automations"),
        Given("sharing"),
    ),
    Reporting: (
        says(
            "Return",
            "{roi.meaning}",
            Else("Today: {roi.today}; goal: {roi.goal}", "Goal: {roi.goal}"),
            "Worked out by {roi.owner}",
        ),
        Given("goals"),
        Given("dashboards"),
        Given("reports"),
    ),
    Glossary: (Given("terms", ""),),
}

ROWS: dict[type[Item], tuple[Col, ...]] = {
    Sharing: (
        col("What", "{what}"),
        col("From, to", "{from} to {to}"),
        col("How often", "{how_often}"),
        col("Shared by", "{owner}"),
        col("If it stops", "{if_stopped}"),
    ),
    Dashboard: (col("Dashboard", "{name}", "\n{link}"), col("Shows", "{shows}"), col("Owner", "{owner}")),
    Report: (
        col("Report", "{name}"),
        col("Goes to", "{to}"),
        col("Comes", "{every}", ", from {by}"),
        col("Where", "{where}"),
    ),
}

ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {Term: ("{meaning}", "Also called: {also}")}
