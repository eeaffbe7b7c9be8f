"""What a printed agreement is made of; nothing here knows a format, and all text is plain text, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["plain", "strong", "emphasis", "quiet", "open"]
"""How a run of text is said; ``quiet`` weighs less, ``open`` is an answer nobody has given yet."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some text said in one tone; ``to`` is the anchor of what it speaks of, where a format can lead there."""

    text: str
    tone: Tone = "plain"
    to: str = ""


Text = tuple[Run, ...]
"""One line of thought: runs set one after another. A line break in a run is a line break on the page."""

OPEN: Text = (Run("to be agreed", "open"),)


def plain(text: str) -> Text:
    """Text in the plain tone."""
    return (Run(text),)


def strong(text: str) -> Text:
    """Text in the strong tone."""
    return (Run(text, "strong"),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title (level 1) or a part's within it (level 2); ``number`` is printed beside it.

    ``mark`` is a word at the other end of its line on what kind of section this is, such as ``Schedule``. ``anchor``
    names the place for what speaks of it, unique in a document: a section's key.
    """

    text: str
    number: str = ""
    level: Literal[1, 2] = 1
    mark: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered statement, ``3.2``; without a number it carries on the clause before."""

    text: Text
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """What belongs to the clause before and weighs less than it."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order that matters."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. Numbers stand at the right; ``nowrap`` keeps what is short on one line.

    ``share`` is its part of the width where all but the first have one. A first column that ``hangs`` holds the numbers
    of clauses, and stands where those of other clauses do.
    """

    title: str
    align: Literal["left", "right"] = "left"
    nowrap: bool = False
    share: float = 0.0
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under titled columns; every row has as many cells as there are columns.

    ``title`` says what it lists, for whoever cannot see where it stands. With ``named`` the first cell of a row is
    what the row is about.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    title: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder or a funnel: its name, what reaches it, and its size where that is known."""

    name: str
    said: str = ""
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Steps drawn as a ``ladder`` that is climbed from the first one, or as a ``funnel`` that narrows from it.

    ``said`` says the same in words, for whoever does not see it.
    """

    kind: Literal["ladder", "funnel"]
    steps: tuple[Step, ...]
    said: str


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """One entry of the title page: what is asked, and the lines that answer it.

    Where they are too many for the page some are only counted, and ``where`` says where all of them stand:
    ``in section 4``.
    """

    label: str
    lines: tuple[Text, ...]
    where: str = ""


Block = Heading | Clause | Detail | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: printed name, title and party, and the id that names the form's fields.

    Who signs for no party has a ``capacity`` instead, such as ``Witness``.
    """

    id: str
    party: str
    organization: str
    name: str
    title: str
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """What stands behind the signatures, on pages of its own, from its heading on.

    ``fingerprint`` is the whole hex digest of one that is agreed apart from the terms, empty for any other.
    ``initials`` are those who put theirs to it.
    """

    blocks: tuple[Block, ...]
    fingerprint: str = ""
    initials: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the document, with what it is."""

    name: str
    data: bytes
    description: str = ""
    mime: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in reading order: title page, contents, blocks, the signatures, and the annexes.

    ``revision`` is the version in git that it was made from, empty for none or one changed since. ``day`` dates the
    file itself, so that the same agreement gives the same bytes on any day.
    ``fingerprint`` is the whole hex digest of the terms, empty for a document that has none. One that is not ``final``
    says DRAFT on every page; without words and signers nobody signs it. A ``brief`` one has no title page of its own.
    """

    title: str
    organization: str
    version: str
    status: str
    fingerprint: str
    day: date
    final: bool
    language: str = "en"
    key_terms: tuple[KeyTerm, ...] = ()
    blocks: tuple[Block, ...] = ()
    brief: bool = False
    signing: Heading = Heading("Signatures")
    signing_words: tuple[Clause, ...] = ()
    signers: tuple[Signer, ...] = ()
    annexes: tuple[Annex, ...] = ()
    revision: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def sections(self) -> tuple[Block, ...]:
        """What stands before the signatures and in the annexes, in reading order."""
        return (*self.blocks, *(block for annex in self.annexes for block in annex.blocks))
