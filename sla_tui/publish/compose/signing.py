"""What stands above the signatures, and who signs."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.fingerprint import SHOWN, fingerprints
from sla_tui.agreement.life import signing
from sla_tui.agreement.lists import SIGNERS
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sections.signatures import Signatures
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import OPEN, Block, Clause, Signer, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.outline import title_of
from sla_tui.publish.compose.phrases import say
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.writer import Writer, place

KEY = "signatures"
_PARTIES = {"marketing": "Marketing", "sales": "Sales", "shared": "both sides"}
_CAPACITIES = {"witness": "Witness", "approver": "Approver"}


def signing_words(agreement: Agreement, writer: Writer) -> Iterator[Clause]:
    """Whom to ask, what if a signer leaves, and which wording it is that is signed."""
    for block in _blocks(agreement, writer):
        if isinstance(block, Clause):
            yield block
        else:
            yield from (Clause(item) for item in getattr(block, "items", ()))


def _blocks(agreement: Agreement, writer: Writer) -> Iterator[Block]:
    given = agreement.signatures
    if given is not None:
        notes = place(given, Signatures, "notes", KEY)
        yield from field(notes, writer, "")
        asked = ("Marketing: {contacts.marketing}", "; sales: {contacts.sales}")
        yield from clauses("Contacts", say(given, Signatures, KEY, asked, writer), writer)
        yield from field(place(given, Signatures, "succession", KEY), writer)
        if gone := list(_gone(given, writer)):
            yield from clauses("Changes among those who sign", plain(f"{'; '.join(gone)}."), writer)
    if not signing(agreement):
        yield from clauses("Signers", OPEN, writer)
    if said := writer.marks.explained(KEY):
        yield from clauses("Examples", plain(said), writer)
    # Last, for it stands right above the signatures.
    yield from clauses("", plain(_wording(agreement)), writer)


def _wording(agreement: Agreement) -> str:
    named = agreement.agreement.version if agreement.agreement else None
    terms, apart = fingerprints(agreement)
    said = f"Those who sign agree to this document{f', version {named}' if named else ''}. "
    said += f"Its terms have the fingerprint {terms}."
    if not apart:
        return said
    prints = [f"{title_of(agreement, key)}{words.NBSP}{digits[:SHOWN]}" for key, digits in apart.items()]
    return f"{said} On signing, the schedules have these: {words.listing(prints)}."


def _gone(given: Signatures, writer: Writer) -> Iterator[str]:
    for one in given.signers:
        if one.left is not None:
            took = f", and {writer.names.of(SIGNERS, one.successor)} took this post" if one.successor else ""
            who = ", ".join(part for part in (one.name, one.title) if part) or one.id
            yield f"{who} left on {words.day(one.left)}{took}"


def signers(agreement: Agreement) -> Iterator[Signer]:
    """Who signs; whoever left does not."""
    header = agreement.agreement or Header()
    for one in signing(agreement):
        yield Signer(
            one.id,
            _PARTIES.get(one.party or "", ""),
            one.organization or header.organization or "",
            one.name or "",
            one.title or "",
            "" if one.party else _CAPACITIES.get(one.signs_as or "", ""),
        )
