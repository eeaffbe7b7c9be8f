"""The file on disk is no longer the one that was opened: which version is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.content import Content

from sla_tui.agreement.parts import specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line
from sla_tui.tui.dialogs.confirm import Confirm, Way

MINE = Way("mine", "m", "Keep mine", "Writes what you see here over the file. A copy of what was there is kept.")
ANEW = Way("mine", "m", "Write mine", "Writes what you see here as a new file.")
THEIRS = Way("theirs", "t", "Take theirs", "Shows what the file says now. One undo brings yours back.")
LATER = Way("later", "l", "Later", "Changes nothing. Nothing more is saved until this is settled: press r.")


@dataclass(frozen=True, slots=True)
class Versions:
    """One agreement as it was last read or written, as it is here, and as it is on disk (None: unreadable or gone)."""

    file: Path
    base: Agreement
    mine: Agreement
    theirs: Agreement | None
    why: str = ""


class Conflict(Confirm):
    """Hands back ``mine``, ``theirs``, ``later`` or None."""

    def __init__(self, versions: Versions) -> None:
        if versions.theirs is not None:
            ways, said = (MINE, THEIRS, LATER), _differences(versions, versions.theirs)
        elif versions.file.exists():
            ways = (LATER,)
            said = Content(f"was changed by another program and cannot be read now:\n{versions.why}\n")
        else:
            ways, said = (ANEW, LATER), Content("is gone: another program removed or renamed it.\n")
        super().__init__("Which version is kept?", Content(f"{clean_line(str(versions.file))}\n") + said, ways)


def _differences(versions: Versions, theirs: Agreement) -> Content:
    return Content.assemble(
        "was changed by another program while you worked on it.\n",
        ("\nYou changed      ", "$text-muted"),
        sections(versions.base, versions.mine),
        ("\nChanged on disk  ", "$text-muted"),
        sections(versions.base, theirs),
        "\n",
    )


def sections(before: Agreement, after: Agreement) -> str:
    """The titles of the sections that differ."""
    found = [
        spec.about.title if spec.about else spec.title
        for spec in specs(type(before))
        if getattr(before, spec.name) != getattr(after, spec.name)
    ]
    return ", ".join(found) or "layout and comments only"
