"""How a section, or the whole agreement, will read on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_tui.agreement.terms import Agreement
    from sla_tui.publish.blocks import Block, Document


def reading(agreement: Agreement, section: str = "") -> tuple[Block, ...]:
    """The blocks of one section as they are printed; without one those of the whole, from title to signatures.

    None for a section that is not in this version.
    """
    from sla_tui.publish.compose import compose, compose_section

    if not section:
        return tuple(_whole(compose(agreement)))
    if section == "signatures":
        return tuple(_signing(compose(agreement))) if agreement.signatures else ()
    return compose_section(agreement, section)


def _whole(document: Document) -> Iterator[Block]:
    from sla_tui.publish.blocks import Clause, Heading, Run, plain

    yield Heading(document.title)
    named = (document.organization, f"Version {document.version}" if document.version else "", document.status)
    yield Clause(plain(" · ".join(word for word in named if word)))
    for term in document.key_terms:
        first, *more = term.lines or ((),)
        yield Clause((Run(f"{term.label}. ", "strong"), *first))
        yield from (Clause(line) for line in more)
        if term.where:
            yield Clause((Run(f"All of them: {term.where}.", "emphasis"),))
    yield from document.blocks
    yield from _signing(document)
    for annex in document.annexes:
        yield from annex.blocks


def _signing(document: Document) -> Iterator[Block]:
    from sla_tui.publish.blocks import Column, Table, plain

    yield document.signing
    yield from document.signing_words
    if document.signers:
        columns = tuple(Column(title) for title in ("For", "Name", "Title", "Signature and date"))
        rows = tuple((plain(one.party), plain(one.name), plain(one.title), plain("_" * 20)) for one in document.signers)
        yield Table(columns, rows)
