"""What the table says of one lead, without what names or reaches a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sla_tui.agreement.text import clean_line
from sla_tui.scoring.personal import MASKED, is_personal, names_somebody

if TYPE_CHECKING:
    from sla_tui.scoring.leads import Leads
    from sla_tui.scoring.results import Flip, LeadRow

    Row = TypeVar("Row", LeadRow, Flip)

LONGEST = 60


def id_header(leads: Leads) -> str:
    """The header of the column that names the leads; empty where rows are named otherwise."""
    place = leads.names.id() if leads.names.columns else None
    return (leads.names.columns or ())[place] if place is not None else ""


def named(leads: Leads, row: Row) -> Row:
    """A lead's row without its id, where that is a name, an email address or the like; else as it is."""
    hidden = names_somebody(id_header(leads), row.id)
    return replace(row, id=f"{MASKED} {row.index + 1}") if hidden else row


def fields_of(leads: Leads, index: int, shown: bool = False) -> tuple[tuple[str, str], ...]:
    """The columns read as text with what they say of a lead; blank ones left out, personal ones masked or ``shown``."""
    found: list[tuple[str, str]] = []
    for at, name in enumerate(leads.names.columns or ()):
        texts = leads.texts(at)
        if texts is None or not name:
            continue
        said = clean_line(texts.texts[int(texts.codes[index])])
        if said:
            hidden = not shown and is_personal(name, said)
            found.append((clean_line(name), MASKED if hidden else said[:LONGEST]))
    return tuple(found)
