"""The agreement: every section it can have, in the order they are asked, stored and printed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sla_tui.agreement.parts import About, Items, Part
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sections.objective import Objective
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.agreement.sections.signatures import Signatures
from sla_tui.agreement.sections.stakeholders import Stakeholders
from sla_tui.agreement.values import Line


class Source(Part):
    """Where a number comes from."""

    kind: Annotated[Literal["example", "agreed", "measured"], Field(title="Kind")]
    note: Annotated[Line | None, Field(title="Note")] = None


class Agreement(Part):
    """A Sales–Marketing service level agreement: one ``agreement.toml``.

    A section belongs to the agreement when it is not None. Adding a section is adding one field here, of a
    ``Part`` or of ``Items``, annotated with ``About``.
    """

    agreement: Annotated[
        Header | None,
        About(
            "Agreement",
            "What is it called, whose is it, and how long does it hold?",
            "Title, period and business hours.",
        ),
    ] = None
    objective: Annotated[
        Objective | None,
        About(
            "Objective",
            "Why do we do this, and which number will show that it worked?",
            "A short introduction and the goal both sides share.",
            ("About sixty words are enough.", "One number, with where it is today and where it should be."),
        ),
    ] = None
    stakeholders: Annotated[
        Stakeholders | None,
        About(
            "Roles",
            "Who touches a lead, and who speaks for each team?",
            "Teams, people and who does what.",
            ("Both sides should be among the drafters.", "Name one keeper, or it goes stale."),
        ),
    ] = None
    scoring: Annotated[
        Scoring | None,
        About(
            "Scoring",
            "What earns a lead points, and at how many does it go to sales?",
            "Rules, points and the stages they reach; try them on your own leads.",
            ("Few rules that hold beat many that sound right.", "Cap what can be repeated, such as page views."),
        ),
    ] = None
    commitments: Annotated[
        Items[Commitment] | None,
        About(
            "Commitments",
            "Who owes the other what, by when?",
            "The promises themselves: activity, number, time limit and what starts the clock.",
            (
                "A number, a defined term and a time limit.",
                "Each side promises only what is in its own hands.",
                "Each side promises something.",
            ),
        ),
    ] = None
    custom: Annotated[
        Items[Custom] | None,
        About("Own sections", "What else do we want in writing?", "Sections in your own words."),
    ] = None
    signatures: Annotated[
        Signatures | None,
        About(
            "Signatures",
            "Who signs for each side?",
            "The people whose signature puts it in force.",
            ("One signer a side at least.",),
        ),
    ] = None
    sources: Annotated[
        dict[Line, Source] | None, Field(title="Sources", description="Where does each number come from?")
    ] = None
