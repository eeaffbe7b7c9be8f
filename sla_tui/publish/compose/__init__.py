"""An agreement as a document: every section by its declaration, many in words of their own, the signatures last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sla_tui.agreement.fingerprint import fingerprints
from sla_tui.agreement.life import schedule_of
from sla_tui.agreement.parts import Item, Part, Slot, Spec
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Annex, Block, Document, Heading, Signer, plain
from sla_tui.publish.compose.cover import Changes, key_terms
from sla_tui.publish.compose.declared import section as declared
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.linking import Linker
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.openpoints import open_points
from sla_tui.publish.compose.outline import is_annex, lettered, order, title_of
from sla_tui.publish.compose.period import period_blocks
from sla_tui.publish.compose.promises import is_sentences, sentences
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.quota import quota_annex
from sla_tui.publish.compose.scoring import scoring_blocks
from sla_tui.publish.compose.signing import signers, signing_words
from sla_tui.publish.compose.words import Names
from sla_tui.publish.compose.writer import Writer, place

if TYPE_CHECKING:
    from sla_tui.agreement.finding import Finding
    from sla_tui.agreement.quota import Quota

_UNDATED = date(2000, 1, 1)
"""The date of the file of an agreement that has no first day yet."""
_UNNAMED = "Sales and Marketing Service Level Agreement"
_SIGNATURES = "signatures"


def compose(
    agreement: Agreement,
    *,
    final: bool = False,
    quotas: Iterable[tuple[str, Quota]] = (),
    changes: Changes | None = None,
    findings: Sequence[Finding] = (),
) -> Document:
    """The document that says what ``agreement`` says; the same for the same agreement.

    What must be answered and is not stands as a blank. ``final`` leaves out the DRAFT mark and says nothing about
    whether the agreement is ready for it. ``quotas``, by name, become annexes, and so do the
    ``findings`` in a draft. ``changes`` are told on the title page.
    """
    header = agreement.agreement or Header()
    book = _Book(agreement)
    who = tuple(signers(agreement))
    annexes = [book.annex(key, who) for key in book.annexes]
    owed = [(lettered(at), name, one) for at, (name, one) in enumerate(quotas, len(annexes))]
    annexes += [quota_annex(one, name, agreement, letter) for letter, name, one in owed]
    if findings and not final:
        annexes.append(open_points(findings, agreement, lettered(len(annexes))))
    return Document(
        title=header.title or _UNNAMED,
        organization=header.organization or "",
        version=header.version or "",
        status=_status(header, final),
        fingerprint=book.terms,
        day=header.starts or _UNDATED,
        final=final,
        language=header.language or "en",
        key_terms=key_terms(agreement, book.numbers, book.marks, changes, [(letter, one) for letter, _, one in owed]),
        blocks=tuple(block for key in book.body for block in book.section(key)),
        signing=book.heading(_SIGNATURES),
        signing_words=tuple(signing_words(agreement, book.writer(_SIGNATURES))),
        signers=who,
        annexes=tuple(annexes),
    )


def sections(agreement: Agreement) -> dict[str, tuple[Block, ...]]:
    """What each section of this version says but the signatures, by its key, in reading order.

    A section in the team's own words has the key ``custom.<id>``.
    """
    book = _Book(agreement)
    return {key: tuple(book.section(key)) for key in book.order}


def compose_section(agreement: Agreement, key: str) -> tuple[Block, ...]:
    """The blocks of the section in which ``key`` lies, as they stand in the whole document; none for an absent one.

    ``custom`` alone means all sections in the team's own words.
    """
    book = _Book(agreement)
    first, _, rest = key.partition(".")
    if first == _SIGNATURES:
        return (book.heading(first), *signing_words(agreement, book.writer(first))) if agreement.signatures else ()
    wanted = f"custom.{rest.partition('.')[0]}" if first == "custom" and rest else first
    return tuple(block for one in book.order if wanted in (one, one.partition(".")[0]) for block in book.section(one))


def _status(header: Header, final: bool) -> str:
    status = header.status or "draft"
    return "for signature" if final and status == "draft" else status


class _Book:
    """The sections of an agreement in reading order, and what all of them are written with."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.order = dict(order(agreement))
        self.terms, self.apart = fingerprints(agreement)
        self.annexes = tuple(key for key in self.order if is_annex(agreement, key))
        self.body = tuple(key for key in self.order if key not in self.annexes)
        self.numbers = {key: str(at) for at, key in enumerate((*self.body, _SIGNATURES), 1)}
        self.numbers |= {key: lettered(at) for at, key in enumerate(self.annexes)}
        self.names, self.marks = Names(agreement), Marks(agreement)
        self._linker = Linker(agreement)

    def heading(self, key: str) -> Heading:
        """The heading of a section, and a word on what kind of section it is."""
        kinds = ["Schedule"] if schedule_of(self.agreement, key) else []
        kinds += ["Example, not agreed yet"] if self.marks.whole(key) else []
        return Heading(title_of(self.agreement, key), self.numbers[key], mark=" · ".join(kinds), anchor=key)

    def annex(self, key: str, who: tuple[Signer, ...]) -> Annex:
        """A section behind the signatures; those who sign put their initials to one that is agreed apart."""
        digest = self.apart.get(schedule_of(self.agreement, key), "")
        return Annex(tuple(self.section(key)), digest, who if digest else ())

    def writer(self, key: str) -> Writer:
        """What a section is written with."""
        return Writer(self.names, self.marks, self.numbers[key], title_of(self.agreement, key))

    def section(self, key: str) -> Iterator[Block]:
        """A section's heading and all that it says, defined words leading to what they mean."""
        return self._linker.linked(self._section(key))

    def _section(self, key: str) -> Iterator[Block]:
        yield self.heading(key)
        writer, section = self.writer(key), self.order[key]
        if isinstance(section, Custom):
            yield from field(place(section, Custom, "text", key), writer, "")
        else:
            yield from self._body(section, writer)
        if said := self.marks.explained(key):
            yield from clauses("Examples", plain(said), writer)

    def _body(self, spec: Spec, writer: Writer) -> Iterator[Block]:
        given: Any = getattr(self.agreement, spec.name)
        if spec.name == "agreement":
            yield from period_blocks(given, self.agreement, writer)
        elif spec.name == "scoring":
            yield from scoring_blocks(given, spec.key, writer)
        elif spec.kind is Kind.LIST and given and is_sentences(spec.type):
            yield from sentences(cast(tuple[Item, ...], given), spec.key, writer)
        elif spec.kind is Kind.RECORD:
            yield from declared(cast(Part, given), spec.type, spec.key, writer)
        else:
            yield from field(Slot(spec.key, spec, given, False), writer)
