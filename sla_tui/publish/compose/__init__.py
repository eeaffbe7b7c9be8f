"""An agreement as a document: every section by its declaration, some in words of their own, the signatures last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from sla_tui.agreement.fingerprint import SHOWN, schedule_fingerprint, schedules, terms_fingerprint
from sla_tui.agreement.parts import Item, Part, Slot, Spec, slots, specs
from sla_tui.agreement.sections.custom import Custom
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Clause, Document, Heading, Run, Signer, plain
from sla_tui.publish.compose import generic, words
from sla_tui.publish.compose.cover import key_terms, period
from sla_tui.publish.compose.generic import Numbering
from sla_tui.publish.compose.promises import is_sentences, sentences
from sla_tui.publish.compose.scoring import scoring_blocks

_UNDATED = date(2000, 1, 1)
"""The date of the file of an agreement that has no first day yet."""
_UNNAMED = "Sales and Marketing Service Level Agreement"
_PARTIES = {"marketing": "Marketing", "sales": "Sales", "shared": "both sides"}


def compose(agreement: Agreement, *, final: bool = False) -> Document:
    """The document that says what ``agreement`` says; the same for the same agreement.

    What must be answered and is not stands as a blank. ``final`` leaves out the DRAFT mark and says nothing about
    whether the agreement is ready for it.
    """
    header = agreement.agreement or Header()
    order = _order(agreement)
    fingerprint = terms_fingerprint(agreement)
    numbers = {key: at for at, (key, _) in enumerate(order, 1)}
    examples = _examples(agreement)
    blocks = [
        block
        for at, (key, section) in enumerate(order, 1)
        for block in _section(section, at, agreement, examples.get(key, []))
    ]
    return Document(
        title=header.title or _UNNAMED,
        organization=header.organization or "",
        version=header.version or "",
        status=_status(header, final),
        fingerprint=fingerprint,
        day=header.starts or _UNDATED,
        final=final,
        key_terms=key_terms(agreement, numbers),
        blocks=tuple(blocks),
        signing=Heading("Signatures", str(len(order) + 1)),
        signing_words=tuple(_signing_words(agreement, fingerprint, Numbering(len(order) + 1))),
        signers=tuple(_signers(agreement, header)),
    )


def _status(header: Header, final: bool) -> str:
    status = header.status or "draft"
    return "for signature" if final and status == "draft" else status


_Section = Spec | Custom


def _order(agreement: Agreement) -> list[tuple[str, _Section]]:
    """The sections present, by key, each custom one behind the section or custom section it names."""
    order: list[tuple[str, _Section]] = [
        (spec.key, spec)
        for spec in specs(type(agreement))
        if spec.name not in ("custom", "signatures") and getattr(agreement, spec.name) is not None
    ]
    waiting = list(agreement.custom or ())
    placed = True
    while waiting and placed:
        placed = False
        for custom in list(waiting):
            if at := _place(custom, order):
                order.insert(at, (f"custom.{custom.id}", custom))
                waiting.remove(custom)
                placed = True
    return [*order, *((f"custom.{custom.id}", custom) for custom in waiting)]


def _place(custom: Custom, order: list[tuple[str, _Section]]) -> int:
    after = custom.after or ""
    keys = [key for key, _ in order]
    at = next((keys.index(key) for key in (after, f"custom.{after}") if key in keys), None)
    if at is None:
        return 0
    at += 1
    while at < len(order) and isinstance(other := order[at][1], Custom) and other.after == custom.after:
        at += 1
    return at


def _section(section: _Section, number: int, agreement: Agreement, examples: list[str]) -> Iterator[Block]:
    numbering = Numbering(number)
    if isinstance(section, Custom):
        yield Heading(section.title or words.capital(section.id.replace("-", " ")), str(number))
        yield from _custom(section, numbering)
        return
    given = getattr(agreement, section.name)
    yield Heading(_title(section), str(number))
    yield from _body(given, section, numbering, agreement)
    if examples:
        said = f"These are not agreed yet: {'; '.join(examples)}."
        yield Clause((Run("Examples. ", "strong"), Run(said)), numbering.next())


def _title(section: Spec) -> str:
    if section.name == "agreement":
        return "Period and business hours"
    return section.about.title if section.about else section.title


def _body(given: Any, section: Spec, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    if section.name == "agreement":
        yield from _period(given, numbering, agreement)
    elif section.name == "scoring":
        yield from scoring_blocks(given, numbering, agreement)
    elif section.kind is Kind.LIST and given and is_sentences(section.type):
        yield from sentences(cast(tuple[Item, ...], given), numbering, agreement)
    elif section.kind is Kind.LIST:
        yield from generic.items(given, section, numbering, agreement)
    elif section.kind is Kind.RECORD:
        yield from generic.record(cast(Part, given), section.type, numbering, agreement)
    else:
        yield from generic.field(given, section, numbering, agreement)


def _examples(agreement: Agreement) -> dict[str, list[str]]:
    """By section the values that are only examples, for none of them may pass for agreed."""
    keys = {key for key, source in (agreement.sources or {}).items() if source.kind == "example"}
    found: dict[str, list[str]] = {}
    for slot in slots(agreement, type(agreement)) if keys else ():
        if slot.key in keys and not slot.empty:
            value = words.value(slot.value, slot.spec, agreement)
            found.setdefault(slot.key.split(".")[0], []).append(_named(slot, value, agreement))
    return found


def _named(slot: Slot, value: str, agreement: Agreement) -> str:
    *above, holder, _ = slot.key.split(".")
    if not above:
        return f"{words.small(slot.spec.title)} {value}"
    name = words.referred(agreement, ".".join(above), holder).rstrip(".,;")
    return f"{words.small(name.replace('_', ' '))} ({words.small(slot.spec.title)} {value})"


def _custom(section: Custom, numbering: Numbering) -> Iterator[Block]:
    blocks = generic.prose(section.text or "", (), "")
    for block in blocks:
        yield Clause(block.text, numbering.next()) if isinstance(block, Clause) else block


def _period(header: Header, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    yield Clause(
        (Run("Period. ", "strong"), Run("This agreement holds from "), *period(header), Run(".")), numbering.next()
    )
    yield Clause((Run("Business hours. ", "strong"), *_hours(header)), numbering.next())
    if named := [_section_title(agreement, section) for section in schedules(agreement)]:
        said = (
            f"{words.listing(named)} may be changed by the roles named for it between two signings of this agreement."
        )
        yield Clause((Run("Schedules. ", "strong"), Run(said)), numbering.next())


def _hours(header: Header) -> tuple[Run, ...]:
    calendar = header.calendar
    if calendar is None or not (calendar.days or calendar.from_ or calendar.to):
        return (*OPEN, Run("."))
    days = plain(words.weekdays(calendar.days)) if calendar.days else OPEN
    opens = plain(f"{calendar.from_:%H:%M}") if calendar.from_ else OPEN
    closes = plain(f"{calendar.to:%H:%M}") if calendar.to else OPEN
    zone = plain(calendar.timezone.replace("_", " ")) if calendar.timezone else OPEN
    lead = Run("Time limits in business hours and business days count ")
    return (lead, *days, Run(", "), *opens, Run(" to "), *closes, Run(", in the time zone "), *zone, Run("."))


def _section_title(agreement: Agreement, key: str) -> str:
    return next((_title(spec) for spec in specs(type(agreement)) if spec.key == key), key)


def _signing_words(agreement: Agreement, fingerprint: str, numbering: Numbering) -> Iterator[Clause]:
    notes = agreement.signatures.notes if agreement.signatures else None
    for block in generic.prose(notes, (), "") if notes else ():
        if isinstance(block, Clause):
            yield Clause(block.text, numbering.next())
        else:
            yield from (Clause(item) for item in getattr(block, "items", ()))
    named = agreement.agreement.version if agreement.agreement else None
    version = f", version {named}" if named else ""
    said = f"Those who sign agree to this document{version}. Its terms have the fingerprint "
    yield Clause(plain(f"{said}{fingerprint}."), numbering.next())
    if held := schedules(agreement):
        prints = [f"{_section_title(agreement, key)} {schedule_fingerprint(agreement, key)[:SHOWN]}" for key in held]
        yield Clause(
            plain(f"On signing, the schedules have these fingerprints: {words.listing(prints)}."), numbering.next()
        )
    if not (agreement.signatures and agreement.signatures.signers):
        yield Clause((Run("Signers: "), *OPEN), numbering.next())


def _signers(agreement: Agreement, header: Header) -> Iterator[Signer]:
    for signer in agreement.signatures.signers if agreement.signatures else ():
        party = _PARTIES.get(signer.party or "", "")
        yield Signer(signer.id, party, header.organization or "", signer.name or "", signer.title or "")
