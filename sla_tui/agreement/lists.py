"""The lists whose entries answers name; what ``Ask.of`` is made of."""

from __future__ import annotations

SECTION = "*"
"""Stands for the sections there can be, whether or not they are in this version."""
KEY = "**"
"""Stands for every place of the agreement, named by its KEY."""

PEOPLE = ("stakeholders.people",)
TEAMS = ("stakeholders.teams",)
WHO = ("stakeholders.people", "stakeholders.teams")
"""Who acts: a person, or a team as one."""
STAGES = ("scoring.stages",)
GROUPS = ("scoring.groups",)
FIELDS = ("fields.fields",)
QUEUES = ("assignment.queues",)
RECEIVERS = (*WHO, *QUEUES)
"""Who can be given a lead: a person, a team, or a queue they share."""
REASONS = ("feedback.reasons",)
SYSTEMS = ("technology.systems",)
SIGNERS = ("signatures.signers",)
PIPELINE = ("pipeline.stages",)
SECTIONS = (SECTION, "custom")
"""The sections, those in the team's own words too."""
KEYS = (KEY,)
"""Any place of the agreement."""
