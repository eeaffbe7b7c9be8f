"""What the table says of one lead, without what names or reaches a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla_tui.agreement.text import clean_line

if TYPE_CHECKING:
    from sla_tui.scoring.leads import Leads

PERSONAL = re.compile(
    r"mail|phone|mobile|\btel\b|\bfax\b|address|street|^name$|linkedin|twitter|\bip\b|birth|salutation"
    r"|(first|last|full|middle|given|family|sur|contact|lead|person|user)[ _-]?name",
    re.IGNORECASE,
)
"""Headers of columns that hold a person's name or how to reach them."""
MASKED = "•••"
REACHES = re.compile(r"@|(\d[\s().-]*){7,}")
"""Text that holds an email address or a phone number, wherever it stands."""
LONGEST = 60


def fields_of(leads: Leads, index: int) -> tuple[tuple[str, str], ...]:
    """The columns read as text with what they say of a lead; blank ones left out, personal ones masked."""
    found: list[tuple[str, str]] = []
    for at, name in enumerate(leads.names.columns or ()):
        texts = leads.texts(at)
        if texts is None or not name:
            continue
        said = clean_line(texts.texts[int(texts.codes[index])])
        if said:
            hidden = PERSONAL.search(name) or REACHES.search(said)
            found.append((clean_line(name), MASKED if hidden else said[:LONGEST]))
    return tuple(found)
