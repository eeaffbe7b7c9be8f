"""The file on disk is no longer the one that was opened: which version is kept."""

from __future__ import annotations

from textual.content import Content

from sla_tui.agreement.parts import specs
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.dialogs.confirm import Confirm, Way

WAYS = (
    Way("mine", "m", "Keep mine", "Writes what you see here over the file. What was changed there is lost."),
    Way("theirs", "t", "Take theirs", "Shows what the file says now. One undo brings yours back."),
    Way("later", "l", "Later", "Changes nothing. Nothing more is saved until this is settled: press r."),
)


class Conflict(Confirm):
    """Hands back ``mine``, ``theirs``, ``later`` or None."""

    def __init__(self, file: str, base: Agreement, mine: Agreement, theirs: Agreement | None, why: str = "") -> None:
        lines = [Content.assemble(file, "\nwas changed by another program while you worked on it.\n")]
        if theirs is None:
            lines = [Content.assemble(file, f"\ncannot be read now: {why}.\n")]
        else:
            lines.append(Content.assemble(("You changed      ", "$text-muted"), sections(base, mine)))
            lines.append(Content.assemble(("Changed on disk  ", "$text-muted"), sections(base, theirs), "\n"))
        super().__init__("Which version is kept?", Content("\n").join(lines), WAYS)


def sections(before: Agreement, after: Agreement) -> str:
    """The titles of the sections that differ."""
    found = [
        spec.about.title if spec.about else spec.title
        for spec in specs(type(before))
        if getattr(before, spec.name) != getattr(after, spec.name)
    ]
    return ", ".join(found) or "layout and comments only"
