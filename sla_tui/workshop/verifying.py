"""Holds a PDF against its own text: the terms inside, what its pages say, another version, and its signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sla_tui import __version__
from sla_tui.agreement.diff import Comparison, compare
from sla_tui.agreement.errors import InvalidFile, UserError
from sla_tui.agreement.fingerprint import SHOWN, fingerprints, said_only
from sla_tui.agreement.life import called
from sla_tui.agreement.rewording import brief
from sla_tui.agreement.telling import Telling, Told
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Document
from sla_tui.publish.compose import compose
from sla_tui.publish.compose.amendment import compose_amendment
from sla_tui.publish.signed.pages import Printed, printed
from sla_tui.publish.signed.reading import Field, Opened, attached, fields
from sla_tui.publish.signed.signatures import Signature, signatures
from sla_tui.publish.signed.trust import certificates
from sla_tui.publish.signed.wording import unsaid
from sla_tui.record.document import parse
from sla_tui.record.files import read
from sla_tui.record.syntax import decode
from sla_tui.workshop.embedding import AMENDED, NAME
from sla_tui.workshop.folder import model_of, only_agreement
from sla_tui.workshop.revisions import Where, value_at, why_unreadable

LARGEST = 64 * 1024 * 1024
"""Bytes of a PDF: with scans and signatures it may be larger than any agreement."""
_TOLD = 3
"""Texts that are quoted where the pages do not say them."""
_SIGNATURE = "signature_"
"""How the name of a signer's field begins; their id follows."""


class NoTerms(UserError):
    """A PDF without terms inside: of a quota, of a meeting, or by another program."""


@dataclass(frozen=True, slots=True)
class Against:
    """Another version held against the terms in a PDF.

    ``terms``: they are the same; ``schedules``: the keys of those that are not. ``comparison`` goes from the PDF to the
    other version, over what is signed.
    """

    where: Where
    terms: bool
    schedules: tuple[str, ...]
    comparison: Comparison[Any]

    @property
    def same(self) -> bool:
        """Whether the other version says what the PDF says."""
        return self.terms and not self.schedules

    @property
    def told(self) -> tuple[Told, ...]:
        """What differs, in words by section."""
        return Telling(self.comparison).sections()


@dataclass(frozen=True, slots=True)
class Verified:
    """What there is to say of a PDF; ``agreement`` is None where the terms inside cannot be read.

    ``fingerprint`` and ``schedules`` are computed from the terms inside; ``problems`` says in words where the PDF and
    its terms do not agree, ``remarks`` what could not be looked at. ``people`` says by field who signs there.
    """

    file: Path
    agreement: Agreement | None
    fingerprint: str
    schedules: Mapping[str, str]
    revision: str
    problems: tuple[str, ...]
    against: Against | None
    signatures: tuple[Signature, ...]
    unsigned: tuple[str, ...]
    people: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether anything is not as it should be; a signature nobody vouches for and one that is open are no fault."""
        differs = self.against is not None and not self.against.same
        return bool(self.problems) or differs or any(not one.whole for one in self.signatures)

    def title(self, schedule: str) -> str:
        """What a schedule is called."""
        return called(self.agreement, schedule) if self.agreement else schedule


def verify(file: Path, against: Where | None = None, trust: Path | None = None) -> Verified:
    """Reads the PDF ``file`` and holds it against its own terms, and those of another version.

    ``trust`` is a file of certificates. Raises ``UserError`` when something cannot be read, or no terms are in it.
    """
    return examine(Opened(read(file, LARGEST).data, str(file)), against, trust)


def examine(opened: Opened, against: Where | None = None, trust: Path | None = None) -> Verified:
    """``verify`` for a PDF that is open already."""
    roots = certificates(read(trust).data, str(trust)) if trust is not None else None
    other = _agreement_at(against) if against is not None else None
    form = _form(opened)
    agreement, problems = inside(opened)
    terms, apart = fingerprints(agreement) if agreement is not None else ("", {})
    return Verified(
        file=Path(opened.name),
        agreement=agreement,
        fingerprint=terms,
        schedules=apart,
        revision=opened.revision(),
        problems=problems,
        against=_held(agreement, other, against) if agreement is not None and other and against else None,
        signatures=signatures(opened, roots, NAME),
        unsigned=tuple(one.name for one in form if one.signs and not one.filled),
        people=people(agreement, form),
        remarks=_remarks(opened),
    )


def _remarks(opened: Opened) -> tuple[str, ...]:
    if (version := opened.printed_by()) == __version__:
        return ()
    by = f"sla-tui {version}" if version else "another program"
    return (f"it was printed by {by}, so the words on its pages were not held against the terms inside",)


def _form(opened: Opened) -> tuple[Field, ...]:
    try:
        return fields(opened.root)
    except Exception as error:
        raise opened.damaged() from error


def _agreement_at(where: Where) -> Agreement:
    only_agreement(where.file)
    value = value_at(where)
    if not isinstance(value, Agreement):
        raise TypeError("an agreement's file holds an agreement")
    return value


def inside(opened: Opened) -> tuple[Agreement | None, tuple[str, ...]]:
    """The agreement inside a PDF, if it can be read, and in words where it and the PDF do not agree.

    ``NoTerms`` for a PDF that never had one.
    """
    agreement, problems = _embedded(opened)
    if agreement is not None:
        terms, apart = fingerprints(agreement)
        before, unread = _amended(opened)
        problems += unread
        document = compose_amendment(compare(before, agreement), final=not opened.draft) if before else None
        problems += _misprinted(opened, agreement, terms, {} if before else apart, document)
    return agreement, tuple(problems)


def _embedded(opened: Opened) -> tuple[Agreement | None, list[str]]:
    try:
        data = attached(opened.root, NAME)
    except ValueError as error:
        return None, [str(error)]
    if data is None:
        if opened.had(NAME):
            return None, [f"the terms that were inside are gone: there is no attachment {NAME}"]
        remedy = "sla-tui export puts them into a PDF of an agreement"
        raise NoTerms("no terms are inside this PDF, so there is nothing to verify", remedy, opened.place)
    try:
        return _attached(opened, NAME), []
    except InvalidFile as error:
        return None, [f"the terms inside cannot be read: {why_unreadable(error)}"]


def _amended(opened: Opened) -> tuple[Agreement | None, list[str]]:
    """What an amendment changes; none in any other document."""
    try:
        return (_attached(opened, AMENDED) if attached(opened.root, AMENDED) is not None else None), []
    except (ValueError, InvalidFile):
        return None, ["the terms that it amends cannot be read"]


def _attached(opened: Opened, name: str) -> Agreement | None:
    """The agreement in an attachment that is there. Raises ``InvalidFile``."""
    value = parse(decode(attached(opened.root, name) or b"", name), name, model_of(Path(NAME)))
    return value if isinstance(value, Agreement) else None


def _misprinted(
    opened: Opened, agreement: Agreement, terms: str, apart: Mapping[str, str], document: Document | None
) -> list[str]:
    """Where the PDF says another fingerprint than the terms inside have, or other words than ``document``."""
    found: list[str] = []
    claimed = opened.claimed()
    if claimed != terms:
        other = f"its description names {claimed[:SHOWN]}" if claimed else "its description names none"
        found.append(f"the terms inside have the fingerprint {terms[:SHOWN]}, and {other}")
    try:
        pages = printed(opened.data)
    except Exception as error:
        # Another program's reader, and a file anybody may have made: it can fail in any way.
        return [*found, f"what is printed cannot be read ({type(error).__name__})"]
    if misplaced := _mispaged(pages, {digits[:SHOWN] for digits in (terms, *apart.values())}, terms):
        return found + misplaced
    if opened.printed_by() == __version__:
        found += _misworded(document or compose(agreement, final=not opened.draft), pages)
    for key, digits in apart.items():
        if digits[:SHOWN] not in pages.words:
            title = called(agreement, key)
            found.append(f"the schedule {title} inside has the fingerprint {digits[:SHOWN]}, which is printed nowhere")
    return found


def _mispaged(pages: Printed, known: set[str], terms: str) -> list[str]:
    """Which pages are not of this text, or not where they belong."""
    foreign = pages.foreign(known, SHOWN)
    if len(foreign) == len(pages.pages):
        return [f"its pages are not those of the terms inside: none says the fingerprint {terms[:SHOWN]}"]
    if foreign:
        return [f"of another text: {_pages(foreign)}, where the fingerprint {terms[:SHOWN]} does not stand"]
    if pages.told and pages.told != len(pages.pages):
        return [f"it has {len(pages.pages)} pages, and they say that they are {pages.told}"]
    if pages.misplaced:
        return [f"not in place by its number: {_pages(pages.misplaced)}"]
    return [] if terms in pages.words else ["the whole fingerprint of the terms inside is printed nowhere"]


def _misworded(document: Document, pages: Printed) -> list[str]:
    """What a document of the terms inside says, and the pages do not."""
    missed = unsaid(document, pages.bodies)
    more = f", and {len(missed) - _TOLD} more texts" if len(missed) > _TOLD else ""
    said = ", ".join(f"“{brief(text)}”" for text in missed[:_TOLD])
    return [f"its pages say something else than the terms inside; not on them: {said}{more}"] if missed else []


def _pages(numbers: tuple[int, ...]) -> str:
    return f"page{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"


def _held(agreement: Agreement, other: Agreement, where: Where) -> Against:
    terms, apart = fingerprints(agreement)
    there, apart_there = fingerprints(other)
    differing = tuple(key for key in dict.fromkeys((*apart, *apart_there)) if apart.get(key) != apart_there.get(key))
    return Against(where, terms == there, differing, compare(said_only(agreement), said_only(other)))


def people(agreement: Agreement | None, form: tuple[Field, ...]) -> dict[str, str]:
    """Who is to sign, by the names of the fields: name and title."""
    given = agreement.signatures.signers if agreement and agreement.signatures else ()
    said = {f"{_SIGNATURE}{one.id}": ", ".join(word for word in (one.name, one.title) if word) for one in given}
    return {one.name: said[one.name] for one in form if said.get(one.name)}
