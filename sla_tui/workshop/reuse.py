"""An agreement made from another: its words and numbers stay as examples, what was its own alone is cleared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.fingerprint import SHOWN, terms_fingerprint
from sla_tui.agreement.life import signed
from sla_tui.agreement.parts import slots, spec_by_key, specs
from sla_tui.agreement.paths import Change, Put, Remove, UnknownKey, apply, at_key, new_id
from sla_tui.agreement.references import rename
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sections.signatures import Signatures
from sla_tui.agreement.sections.stakeholders import Person, Stakeholders
from sla_tui.agreement.sources import Source
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.record.document import Document

_DATES = (Kind.DATE, Kind.DAYS)
_IDENTITY = frozenset({"format", "title", "organization", "version", "status", "supersedes"})
"""What says which agreement it is, rather than what was agreed in it."""
_VERSION = re.compile(r"(v?)([0-9]{1,6})((?:\.[0-9]{1,6})*)")
_AS_IN = re.compile(r"^as in [^:]*: ")
"""What an earlier reuse put in front of a remark."""
_SHORTEST = 4
"""Letters of a name below which finding it in a text says nothing."""


@dataclass(frozen=True, slots=True)
class Reused:
    """The text of an agreement made from another, what was done to it, a sentence each, and the file of that other."""

    text: str
    said: tuple[str, ...] = ()
    source: Path | None = None


def reused(path: Path) -> Reused:
    """A new draft from the agreement in a file: the next version of one that was signed, else a first one.

    Names, dates and signatures are cleared; ids that name a person name their part, wherever they are used; the rest
    is an example until somebody agrees to it. Comments stay. Raises ``UserError``, and ``InvalidFile`` with its faults.
    """
    document = Document[Agreement].load(path, Agreement)
    before = document.value
    value, said = before, list[str]()
    for make in (_numbered, _without_who_left, _called_by_their_part, _cleared, _as_examples):
        changes, words = make(value, before)
        for change in changes:
            value, _ = apply(value, change)
        said += words
    text = document.text if value == before else document.written(value)
    return Reused(text, (*said, *_still_named(text, before)), path)


_Made = tuple[list[Change], list[str]]
"""Changes, and the sentences that say what they do."""


def _numbered(value: Agreement, _before: Agreement) -> _Made:
    """A draft with the next number, which takes the place of what was signed."""
    if value.agreement is None:
        return [], []
    header, held = header_of(value), signed(value)
    recorded = held.terms if held else None
    renews = recorded is not None or header.status in ("active", "superseded", "ended")
    version = _next(header.version, renews)
    place = (recorded or terms_fingerprint(value)) if renews else None
    changes: list[Change] = [
        Put("agreement.version", version),
        Put("agreement.status", header.status and "draft"),
        Put("agreement.signed", None),
        Put("agreement.supersedes", place),
    ]
    words = f"version {version}, a draft" if version else "a draft"
    if place:
        words += f" that takes the place of {(held and held.version) or header.version or place[:SHOWN]}"
    return changes, [words, *([f"kept: the organization, {header.organization}"] if header.organization else [])]


def _next(version: str | None, renews: bool) -> str | None:
    """``2.0`` after ``1.3``, ``1.0`` for a first one; None where there was no number."""
    found = _VERSION.fullmatch(version or "")
    if found is None:
        return None
    number = int(found[2]) + 1 if renews else 1
    return f"{found[1]}{number}{re.sub('[0-9]+', '0', found[3])}"


def _without_who_left(value: Agreement, _before: Agreement) -> _Made:
    """Only whoever took their place signs."""
    signing = (value.signatures or Signatures()).signers
    return [Remove(f"signatures.signers.{one.id}") for one in signing if one.left and one.successor], []


def _called_by_their_part(value: Agreement, _before: Agreement) -> _Made:
    """Ids that name a person name their part, wherever they are used."""
    changes: list[Change] = []
    words: list[str] = []
    held, signing = value.stakeholders or Stakeholders(), (value.signatures or Signatures()).signers
    people = [("stakeholders.people", one, _part(held, one)) for one in held.people]
    signers = [("signatures.signers", one, f"{one.party} signer" if one.party else "witness") for one in signing]
    for listed in (people, signers):
        taken = {one.id for _, one, _ in listed}
        for key, one, part in listed:
            if _names_them(one.id, one.name or ""):
                id_ = new_id(part, taken)
                taken.add(id_)
                change = rename(value, f"{key}.{one.id}", id_)
                value, _ = apply(value, change)
                changes.append(change)
                words.append(f"{one.id} is {id_}")
    return changes, [f"called by their part: {', '.join(words)}"] if words else []


def _part(held: Stakeholders, person: Person) -> str:
    team = next((one for one in held.teams if one.id == person.team), None)
    side = (team.party or team.id) if team else ""
    return f"{side} {person.role or 'person'}".strip()


def _names_them(id_: str, name: str) -> bool:
    """Whether an id is made of words of a name."""
    return bool({*id_.split("-")} & {*new_id(name, ()).split("-")}) if name else False


def _cleared(value: Agreement, _before: Agreement) -> _Made:
    """Without every date, every name and whatever else was this agreement's alone."""
    gone = [
        slot for slot in slots(value, Agreement) if not slot.empty and (slot.spec.kind in _DATES or slot.spec.ask.own)
    ]
    counts = Counter("date" if slot.spec.kind in _DATES else slot.spec.title.lower() for slot in gone)
    listed = ", ".join(f"{count} {what}{'s' if count > 1 else ''}" for what, count in counts.items())
    return [Put(slot.key, None) for slot in gone], [f"cleared: {listed}"] if listed else []


def _as_examples(value: Agreement, before: Agreement) -> _Made:
    """What was agreed or measured is an example now; where it came from stays noted."""
    version = header_of(before).version
    held = {key: Source(kind="example") for key in _to_agree(value)}
    for key, source in (value.sources or {}).items():
        note = _remark(source, version)
        if note and _stands(value, key):
            held[key] = Source(kind="example", note=note)
    return [Put("sources", held or None)], ["everything else is an example until you agree to it"] if held else []


def _remark(source: Source, version: str | None) -> str:
    """Where an answer came from, and in which version that was; an example's own remark stays."""
    if source.kind == "example":
        return source.note or ""
    words = ("measured" if source.kind == "measured" else "", _AS_IN.sub("", source.note or ""))
    said = ", ".join(one for one in words if one)
    return f"as in {version}: {said}" if said and version else said


def _to_agree(value: Agreement) -> Iterator[str]:
    """The sections in which something is answered; of the particulars, each answer that was agreed."""
    for spec in specs(Agreement):
        if spec.key == "agreement":
            yield from (f"agreement.{one.key}" for one in specs(Header) if _agreed(value, one.key))
        elif spec.about and _stands(value, spec.key):
            yield spec.key


def _agreed(value: Agreement, key: str) -> bool:
    return key not in _IDENTITY and spec_by_key(Header)[key].ask.asked and _stands(value, f"agreement.{key}")


def _stands(value: Agreement, key: str) -> bool:
    """Whether anything is answered at or within a KEY."""
    try:
        at_key(value, key)
    except UnknownKey:
        return False
    return any(
        not slot.empty and not slot.spec.nested and slot.spec.kind is not Kind.ID
        for slot in slots(value, Agreement)
        if slot.key == key or slot.key.startswith(f"{key}.")
    )


def _still_named(text: str, before: Agreement) -> Iterator[str]:
    """The people whom comments and prose still name, with the lines."""
    lines = text.casefold().splitlines()
    for name in dict.fromkeys(_names(before)):
        found = [str(number) for number, line in enumerate(lines, 1) if name.casefold() in line]
        if found:
            yield f"{name} is still named, in line {', '.join(found)}"


def _names(value: Agreement) -> Iterable[str]:
    for one in (*(value.stakeholders or Stakeholders()).people, *(value.signatures or Signatures()).signers):
        if one.name and len(one.name) >= _SHORTEST:
            yield one.name
