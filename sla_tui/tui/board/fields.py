"""What the table says of one lead, without what names or reaches a person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sla_tui.agreement.text import clean_line

if TYPE_CHECKING:
    from sla_tui.scoring.leads import Leads
    from sla_tui.scoring.results import LeadRow

PERSONAL = re.compile(
    r"mail|phone|mobile|\btel\b|\bfax\b|address|street|^name$|linkedin|twitter|\bip\b|birth|salutation"
    r"|(first|last|full|middle|given|family|sur|contact|lead|person|user)[ _-]?name",
    re.IGNORECASE,
)
"""Headers of columns that hold a person's name or how to reach them."""
MASKED = "•••"
REACHES = re.compile(
    r"@|(?<![\w.-])\d{9,15}(?![\w.-])|(?<![\w.-])(\+|\(?0)\d[\d\s().-]{5,}\d|"
    r"(?<![\w.-])\(?\d{1,4}\)?([\s.-]+\d{2,4}){2,}(?![\w.-])"
)
"""Text that holds an email address or what looks like a phone number; short numbers and most ids do not."""
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([ T,].*)?")
_REACH = re.compile(r"[^\s'\"<>,;]+@[^\s'\"<>,;]+|\+?(?:\d[\s().-]?){9,}")
_ANSWERS = frozenset({"yes", "no", "true", "false", "0", "1"})
"""What a column such as Do Not Email says; nobody is named by it."""
_DIALLED = re.compile(r"(\+|00)[\d\s().-]{7,}")
LONGEST = 60


def is_personal(header: str, text: str) -> bool:
    """Whether a cell names or reaches a person, by its header or by its look."""
    if PERSONAL.search(header):
        return text.casefold() not in _ANSWERS
    return bool(REACHES.search(text)) and not _DATE.fullmatch(text)


def without_reach(text: str) -> str:
    """Text with the email addresses and phone numbers in it masked."""
    return _REACH.sub(MASKED, text)


def named(leads: Leads, row: LeadRow) -> LeadRow:
    """A lead's row without its id, where that is a name, an email address or the like; else as it is."""
    place = leads.names.id() if leads.names.columns else None
    header = (leads.names.columns or ())[place] if place is not None else ""
    hidden = PERSONAL.search(header) or "@" in row.id or _DIALLED.fullmatch(row.id)
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
