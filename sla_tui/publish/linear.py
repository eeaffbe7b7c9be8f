"""A document as one run of chapters, for the formats that set no pages: places to link to, contents, words above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from sla_tui.publish.blocks import OPEN, Annex, Block, Clause, Document, Figure, Heading, Run, Signer, Text, plain
from sla_tui.publish.shown import one_line, shown

DRAFT = "DRAFT"
DRAFT_SAID = "This text is not agreed yet."
"""What stands beside the word, for whoever does not know what a draft is."""
SIGNING = ("For", "Name", "Title", "Place and date", "Signature")
INITIALS = ("For", "Name", "Initials and date")
"""The columns where somebody signs, and puts initials to an annex."""
_FINGERPRINT_SHOWN = 12
_MOST_INITIALS = 12
"""More signers than that put no initials to annexes."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Part:
    """A block and the place it can be linked at, empty where nothing needs to."""

    block: Block
    place: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What stands under one heading of level 1; without one where a document begins with something else.

    ``signers`` sign here, ``initials`` are put here to what has the ``fingerprint`` of its own.
    """

    heading: Heading | None
    place: str
    parts: tuple[Part, ...]
    annex: bool = False
    first_annex: bool = False
    signers: tuple[Signer, ...] = ()
    fingerprint: str = ""
    initials: tuple[Signer, ...] = ()

    @property
    def number(self) -> str:
        """The heading's number, with the word that an annex has before it."""
        number = self.heading.number if self.heading else ""
        return f"Annex {number}" if self.annex and number else number

    @property
    def fresh(self) -> bool:
        """Whether it begins a page where there are pages: so that one agreed apart can be exchanged."""
        return self.first_annex or bool(self.fingerprint)

    @property
    def mark(self) -> str:
        """What kind of chapter it is, and by which fingerprint it is agreed apart from the terms."""
        begun = f"fingerprint {self.fingerprint[:_FINGERPRINT_SHOWN]}" if self.fingerprint else ""
        return " · ".join(one for one in (one_line(self.heading.mark) if self.heading else "", begun) if one)

    @property
    def title(self) -> str:
        """The heading's words on one line."""
        return one_line(self.heading.text) if self.heading else ""


class Reading:
    """A document's chapters in reading order, and by anchor the places in them."""

    def __init__(self, document: Document, taken: Iterable[str] = ()) -> None:
        self._taken, self._brief = {*taken}, document.brief
        self.places: dict[str, str] = {}
        self.chapters = tuple(self._chapters(document))

    @property
    def contents(self) -> tuple[Chapter, ...]:
        """The chapters that a list of contents names; none where what there is is seen at a glance."""
        return () if self._brief else tuple(chapter for chapter in self.chapters if chapter.heading)

    def place_of(self, run: Run) -> str:
        """Where a run leads, empty where it leads nowhere in this document."""
        return self.places.get(run.to, "") if run.to else ""

    def _chapters(self, document: Document) -> Iterator[Chapter]:
        yield from self._under(document.blocks)
        if document.signing_words or document.signers:
            place = self._placed(document.signing.anchor, "signatures")
            yield Chapter(document.signing, place, self._parts(document.signing_words), signers=document.signers)
        few = len(document.signers) <= _MOST_INITIALS
        for at, annex in enumerate(document.annexes):
            yield from self._annexed(annex if few else replace(annex, initials=()), not at)

    def _annexed(self, annex: Annex, first: bool) -> Iterator[Chapter]:
        """An annex begins with its heading; where more follow, what is said of the whole stands at its two ends."""
        held = self._under(annex.blocks) or [Chapter(None, "", ())]
        last = len(held) - 1
        for at, one in enumerate(held):
            begins, ends = at == 0, at == last
            yield replace(
                one,
                annex=True,
                first_annex=first and begins,
                fingerprint=annex.fingerprint if begins else "",
                initials=annex.initials if ends else (),
            )

    def _under(self, blocks: tuple[Block, ...]) -> list[Chapter]:
        """The chapters of ``blocks``, a new one at each heading of level 1."""
        begun: list[list[Block]] = [[]]
        for block in blocks:
            if isinstance(block, Heading) and block.level == 1:
                begun.append([])
            begun[-1].append(block)
        return [self._chapter(held) for held in begun if held]

    def _chapter(self, held: list[Block]) -> Chapter:
        first = held[0]
        if isinstance(first, Heading) and first.level == 1:
            return Chapter(first, self._placed(first.anchor, "part"), self._parts(held[1:]))
        return Chapter(None, "", self._parts(held))

    def _parts(self, blocks: Iterable[Block]) -> tuple[Part, ...]:
        return tuple(Part(block, self._place(block)) for block in blocks)

    def _place(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._placed(block.anchor, "part")
        if isinstance(block, Clause) and (block.anchor or block.number):
            return self._placed(block.anchor, f"clause-{block.number}")
        return ""

    def _placed(self, anchor: str, otherwise: str) -> str:
        """A place no other has, and the first of an anchor is where it leads."""
        base = re.sub(r"[^A-Za-z0-9_]+", "-", anchor or otherwise).strip("-")[:80] or "part"
        place, at = base, 2
        while place in self._taken:
            place, at = f"{base}-{at}", at + 1
        self._taken.add(place)
        if anchor:
            self.places.setdefault(anchor, place)
        return place


def joined(text: Text) -> Iterator[Run]:
    """The runs of ``text``, neighbours of one tone that lead to one place as one; what says nothing is left out."""
    said = (Run(words, run.tone, run.to) for run in text if (words := shown(run.text)))
    for (tone, to), runs in groupby(said, key=lambda run: (run.tone, run.to)):
        yield Run("".join(run.text for run in runs), tone, to)


def organization(document: Document) -> Run:
    """Whose document it is, a blank where nobody has said."""
    return Run(document.organization) if document.organization else Run("organization to be agreed", "open")


def language(document: Document) -> str:
    """The language its words are in, as a tag; English where what stands there is none."""
    return document.language if _LANGUAGE.fullmatch(document.language) else "en"


def standing(document: Document) -> str:
    """Version and status: ``Version 1.0 · draft``."""
    version = f"Version {document.version}" if document.version else ""
    return " · ".join(one_line(part) for part in (version, document.status) if part)


def identity(document: Document) -> str:
    """Version, status and the beginning of the fingerprint, as every page of the PDF has them."""
    begun = f"fingerprint {document.fingerprint[:_FINGERPRINT_SHOWN]}" if document.fingerprint else ""
    return " · ".join(part for part in (standing(document), begun) if part)


def on_whose_side(signer: Signer) -> str:
    """For whom somebody signs, or as what: ``Sales, Northwind Traders``, ``Witness, Northwind Traders``."""
    return ", ".join(one_line(part) for part in (signer.party or signer.capacity, signer.organization) if part)


def name(signer: Signer) -> Text:
    """A signer's printed name, a blank where nobody has given it."""
    return plain(signer.name) if signer.name else OPEN


def who(signer: Signer) -> Text:
    """A signer by name, or by title as long as nobody has given the name."""
    return plain(signer.name or signer.title) if signer.name or signer.title else OPEN


def step_widths(figure: Figure) -> list[int]:
    """How wide each step's bar is, in percent: by its size in a funnel, by how far up it is in a ladder."""
    count = len(figure.steps)
    if figure.kind == "ladder":
        return [round(100 * at / count) for at in range(1, count + 1)]
    most = max((step.size or 0.0 for step in figure.steps), default=0.0)
    if most <= 0:
        return [round(100 * (count - at) / count) for at in range(count)]
    return [max(1, round(100 * max(step.size or 0.0, 0.0) / most)) for step in figure.steps]
