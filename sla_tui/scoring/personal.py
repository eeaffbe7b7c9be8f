"""Which cells name a person or tell how to reach one."""

from __future__ import annotations

import re

PERSONAL = re.compile(
    r"mail|phone|mobile|\btel\b|\bfax\b|address|street|^name$|linkedin|twitter|\bip\b|birth|salutation"
    r"|(first|last|full|middle|given|family|sur|contact|lead|person|user|owner)[ _-]?name|\bowner$",
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


_COUNT = re.compile(r"\d{1,4}")
"""How often somebody opened an email; no number to reach anybody by."""
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")


def is_personal(header: str, text: str) -> bool:
    """Whether a cell names or reaches a person, by its header or by its look."""
    if PERSONAL.search(header):
        return text.casefold() not in _ANSWERS and (not _COUNT.fullmatch(text) or "birth" in header.casefold())
    return reaches(text)


def reaches(text: str) -> bool:
    """Whether a cell looks like an email address or a phone number."""
    return bool(REACHES.search(text)) and not _DATE.fullmatch(text)


def names_somebody(header: str, id_: str) -> bool:
    """Whether the id of a lead, from the column with this header, is a name, an email address or a phone number."""
    return bool(PERSONAL.search(header)) or "@" in id_ or bool(_DIALLED.fullmatch(id_))


def without_names(reason: str, id_header: str = "") -> str:
    """Why a row was left out, without what it says of a person: the cell it quotes, and ids that are names."""
    said = re.split("['\"]", reason, maxsplit=1)[0]
    quoted = PERSONAL.search(id_header if said.startswith("repeats the id ") else said)
    return _QUOTED.sub(f"'{MASKED}'", reason) if quoted else _REACH.sub(MASKED, reason)
