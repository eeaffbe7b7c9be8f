"""How the sections on what both sides are after read: objective, roles, goals, targets."""

from __future__ import annotations

from sla_tui.agreement.parts import Item, Part
from sla_tui.agreement.sections.goals import ConversionGoal, Goals, RevenueGoal
from sla_tui.agreement.sections.objective import Objective
from sla_tui.agreement.sections.stakeholders import Stakeholders
from sla_tui.agreement.sections.targets import Target, TargetList
from sla_tui.publish.compose.forms import Col, Form, Given, col, says
from sla_tui.publish.compose.phrases import Else, Phrase

SECTIONS: dict[type[Part], tuple[Form, ...]] = {
    Objective: (
        Given("purpose"),
        Given("scope"),
        says("Success", "{success.metric}", ": from {success.from}", "to {success.to}", "by {success.by}"),
    ),
    Stakeholders: (
        Given("teams"),
        Given("people"),
        Given("responsibilities"),
        says("Keeper", "{keeper} keeps this agreement current"),
    ),
    Goals: (
        Given("company_goal"),
        Given("revenue"),
        Given("conversions"),
        says(
            "Sales cycle",
            Else("From {cycle.from}", "From the first contact"),
            Else("to {cycle.to}", "to a won deal"),
            Else(": from {cycle.today} to {cycle.goal}", ": {cycle.goal}"),
            "by {cycle.by}",
        ),
    ),
}

ROWS: dict[type[Item], tuple[Col, ...]] = {
    RevenueGoal: (
        col("Revenue", "{name}"),
        col("Goal", Else("from {today} to {amount}", "{amount}"), "by {by}"),
        col("Owner", "{owner}"),
    ),
    ConversionGoal: (
        col("From stage to stage", "{from} to {to}"),
        col("Goal", Else("from {today} to {goal}", "{goal}"), "by {by}"),
        col("Owner", "{owner}"),
    ),
    Target: (col("Goal", "{goal}"), col("Target", "{target}", "by {by}"), col("Owner", "{owner}")),
    TargetList: (
        col("List", "{name}"),
        col("Who is on it", "{meaning}"),
        col("How we speak to them", "{how}", ". By {spoken_to_by}"),
        col("Kept by", "{owner}"),
    ),
}

ENTRIES: dict[type[Item], tuple[Phrase, ...]] = {}
