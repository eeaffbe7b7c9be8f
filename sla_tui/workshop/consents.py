"""What is said into the record of a sitting: a side's consent to the wording on disk, a final version without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sla_tui.agreement.consent import Standing, sections, standing
from sla_tui.agreement.errors import Place, UserError
from sla_tui.agreement.finding import Finding
from sla_tui.agreement.fingerprint import same_fingerprint, section_fingerprint
from sla_tui.agreement.paths import Add, Batch, Change, Put, apply, new_id
from sla_tui.agreement.sitting import Consent, Override, Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line, clean_prose, did_you_mean
from sla_tui.agreement.values import Side
from sla_tui.record.document import Document
from sla_tui.record.trouble import ChangedOnDisk
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.folder import only_agreement
from sla_tui.workshop.sittings import going_on, listed, wall_clock

_TRIES = 20
"""How often something is said again because somebody else wrote the record at the same moment."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a side consents to by one record, which file that is, and which of the sections were not there before."""

    record: Path
    stands: tuple[Standing, ...]
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stands:
    """How each side's consent to each section stands, and the sittings whose consents cannot be read."""

    stands: tuple[Standing, ...]
    unread: tuple[str, ...]


def stands(path: Path, wanted: Iterable[str] = ()) -> Stands:
    """How consent stands to the sections of the agreement at ``path``, to all unless some are ``wanted``.

    Raises ``UserError``.
    """
    file = only_agreement(path)
    agreement = Document[Agreement].load(file, Agreement).value
    chosen, known = _chosen(agreement, tuple(wanted), file), known_beside(file)
    held = standing(agreement, known.sittings or ())
    return Stands(tuple(one for one in held if one.section in chosen), known.unread_sittings)


def consent(
    path: Path,
    party: Side,
    wanted: Iterable[str] = (),
    *,
    by: str = "",
    reservation: str = "",
    now: datetime | None = None,
) -> Given:
    """Records that a side consents to sections, to all unless some are ``wanted``, as they now read on disk.

    It stands in the record of today's sitting. What was said there already is not said twice. Raises ``UserError``.
    """
    file = only_agreement(path)
    agreement = Document[Agreement].load(file, Agreement).value
    chosen = _chosen(agreement, tuple(wanted), file)
    now = now or wall_clock(agreement)

    def said(sitting: Sitting) -> Iterator[Change]:
        for section in chosen:
            one = Consent(
                id=new_id(f"{section} {party}", (held.id for held in sitting.consents or ())),
                section=section,
                party=party,
                fingerprint=section_fingerprint(agreement, section),
                by=clean_line(by) or None,
                at=now.time(),
                reservation=clean_prose(reservation) or None,
            )
            yield from _given(one, sitting)

    before, after = _say(lambda: going_on(file, now), said)
    held = frozenset(before.value.consents or ())
    stands = standing(agreement, [(after.path.stem, after.value)])
    return Given(
        after.path,
        tuple(one for one in stands if one.party == party and one.section in chosen),
        frozenset(one.section or "" for one in after.value.consents or () if one not in held),
    )


def _chosen(agreement: Agreement, wanted: tuple[str, ...], file: Path) -> tuple[str, ...]:
    there = sections(agreement)
    for section in wanted:
        if section not in there:
            own = any(one.id == section for one in agreement.custom or ())
            fix = "own sections are consented to as one: custom" if own else did_you_mean(section, there)
            raise UserError(f"no section is called {section!r} in this version", fix, Place(str(file)))
    if not there:
        raise UserError("there is nothing in it yet to consent to", "put a section in first", Place(str(file)))
    return tuple(section for section in there if not wanted or section in wanted)


def _given(one: Consent, sitting: Sitting) -> Iterator[Change]:
    """What puts a consent into a record: in place of the last one like it, nothing where that says the same."""
    alike = [held for held in sitting.consents or () if (held.section, held.party) == (one.section, one.party)]
    if not alike:
        yield Add("consents", one)
        return
    held = alike[-1]
    if held.fingerprint and one.fingerprint and same_fingerprint(held.fingerprint, one.fingerprint):
        again = {"by": one.by or held.by, "reservation": one.reservation or held.reservation}
        if again == {"by": held.by, "reservation": held.reservation}:
            return
        one = one.model_copy(update=again)
    yield Put(f"consents.{held.id}", one.model_copy(update={"id": held.id}))


def override(
    agreement: Path, reason: str, lacking: Iterable[Finding], *, by: str = "", now: datetime | None = None
) -> Path:
    """Records in the newest sitting why a final version is made though consent is ``lacking``; the file it stands in.

    Raises ``UserError``, also where there is no sitting that can be read.
    """
    value = Document[Agreement].load(agreement, Agreement).value
    there, moment = sections(value), now or wall_clock(value)
    keys = frozenset(one.key for one in lacking)
    found = [one for one in listed(agreement) if not one.trouble]
    if not found:
        raise UserError("there is no sitting whose record can be read", "mend one, or begin one", Place(str(agreement)))

    def said(sitting: Sitting) -> Iterator[Change]:
        yield Add(
            "overrides",
            Override(
                id=new_id(f"{moment.date()}", (held.id for held in sitting.overrides or ())),
                reason=clean_prose(reason),
                by=clean_line(by) or None,
                on=moment.date(),
                at=moment.time(),
                sections=tuple(key for key in there if key in keys) or None,
            ),
        )

    return _say(lambda: found[-1].path, said)[1].path


def _say(
    record: Callable[[], Path], said: Callable[[Sitting], Iterable[Change]]
) -> tuple[Document[Sitting], Document[Sitting]]:
    """Makes changes to a record as it is on disk at that moment; the record before and after."""
    tries = 0
    while True:
        before = Document[Sitting].load(record(), Sitting)
        value, _back = apply(before.value, Batch(tuple(said(before.value))))
        try:
            return before, before.save(value)
        except ChangedOnDisk:
            tries += 1
            if tries == _TRIES:
                raise
