"""The words above the form: whose agreement this is, which section, how far it is, what it asks."""

from __future__ import annotations

from textual.content import Content

from sla_tui.agreement.parts import spec_by_key
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.drafting.outline import words
from sla_tui.workshop.progress import Progress, Standing


def title(agreement: Agreement) -> str:
    """Whose agreement it is, its title and its status."""
    header = agreement.agreement
    said = [header.organization, header.title, header.status or "draft"] if header else ["New agreement"]
    return " · ".join(word for word in said if word)


def heading(agreement: Agreement, section: Progress) -> Content:
    """A section's title and question; for one left out, what it is for and how it is added."""
    about = spec_by_key(type(agreement))[section.key].about
    standing = f"{section.answered} of {section.asked} answered" if section.asked else words(section)
    first = Content.assemble((section.title, "bold $primary"), (f"  {standing}", "$text-muted"))
    if about is None:
        return first
    if section.standing is Standing.ABSENT:
        return Content.assemble(first, f"\n\n{about.purpose}\n\nNot in this version. Press a to add it.")
    return Content.assemble(first, "\n", (about.question, "bold"))
