"""Before the workshop: what must be known or lie ready, what of it is missing, and who brings it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sla_tui.agreement.check import check
from sla_tui.agreement.checks.quotas import holds_on
from sla_tui.agreement.known import Known
from sla_tui.agreement.life import called, signing
from sla_tui.agreement.lists import RECEIVERS
from sla_tui.agreement.parts import slots
from sla_tui.agreement.quota import Capacity, Quota
from sla_tui.agreement.references import nameable
from sla_tui.agreement.sections.stakeholders import Person, Stakeholders
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.terms import Agreement
from sla_tui.record.document import Document
from sla_tui.workshop.beside import known_beside
from sla_tui.workshop.folder import only_agreement
from sla_tui.workshop.sample import Sample, look_at

OPERATIONS = "revenue operations"
"""Who brings figures and files where nobody is named for them."""
LEADERS = "both sides' leaders"
"""Who brings what both sides decide."""
_SIDES = ("marketing", "sales")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to have ready: ``found`` says what is there, ``missing`` what is not, ``who`` brings it."""

    code: str
    title: str
    found: str
    missing: tuple[str, ...]
    who: str

    @property
    def ready(self) -> bool:
        """Whether nothing of it is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Readiness:
    """All points in the order in which they are prepared; ``open`` questions and ``examples`` are left for the room."""

    points: tuple[Point, ...]
    open: int
    examples: int

    @property
    def by_who(self) -> tuple[tuple[str, tuple[Point, ...]], ...]:
        """Who brings what is missing, in the order of the points."""
        missing = [point for point in self.points if not point.ready]
        names = dict.fromkeys(point.who for point in missing)
        return tuple((name, tuple(point for point in missing if point.who == name)) for name in names)


def readiness(path: Path, today: date | None = None) -> Readiness:
    """What the agreement at ``path`` (its folder or file), its quotas and its sample leads have ready for a workshop.

    ``today`` is else the clock's. Raises ``UserError`` for a file that cannot be read. Reads the leads: slow for many.
    """
    file = only_agreement(path)
    agreement, known = Document[Agreement].load(file, Agreement).value, known_beside(file, today)
    findings = check(agreement, known)
    points = [one for make in _POINTS for one in make(agreement)]
    if agreement.scoring is not None:
        points += _of_leads(agreement, look_at(agreement, file.parent))
    points.append(_capacity(agreement, known))
    examples = [one for one in findings if one.code == "example"]
    return Readiness(tuple(points), sum(one.open for one in findings) - len(examples), len(examples))


# -- who brings it


def _person(agreement: Agreement, id_: str | None) -> str:
    """The name of a person, empty where none is known."""
    people = (agreement.stakeholders or Stakeholders()).people
    return next((one.name or "" for one in people if one.id == id_), "")


def speaker(agreement: Agreement, side: str) -> str:
    """Who answers for a side: its contact, else who speaks for its teams, else who drafts for it; else the side."""
    contacts = agreement.signatures.contacts if agreement.signatures else None
    held = agreement.stakeholders or Stakeholders()
    named = (
        _person(agreement, getattr(contacts, side, None)),
        *(_person(agreement, team.speaks) for team in held.teams if team.party == side),
        *(one.name or "" for one in _people_of(held, side) if one.role == "drafter"),
    )
    return next((name for name in named if name), side)


def _people_of(held: Stakeholders, side: str) -> Iterator[Person]:
    teams = {team.id for team in held.teams if team.party == side}
    yield from (one for one in held.people if one.team in teams)


def _operations(agreement: Agreement) -> str:
    scoring = agreement.scoring
    keeper = scoring.runs_in.keeper if scoring and scoring.runs_in else None
    held = agreement.stakeholders
    return _person(agreement, keeper) or _person(agreement, held.keeper if held else None) or OPERATIONS


def _keeper(agreement: Agreement) -> str:
    return _person(agreement, agreement.stakeholders.keeper if agreement.stakeholders else None) or LEADERS


# -- what the agreement itself says


def _open(agreement: Agreement, *keys: str) -> tuple[str, ...]:
    """The questions at or within KEYs that are not answered and must be."""
    return tuple(
        f"{called(agreement, slot.key)} is open"
        for slot in slots(agreement, type(agreement))
        if slot.empty and not slot.optional and any(slot.key == key or slot.key.startswith(f"{key}.") for key in keys)
    )


def _period(agreement: Agreement) -> Iterator[Point]:
    header = header_of(agreement)
    missing = _open(agreement, "agreement.starts", "agreement.ends") if agreement.agreement else ("it is open",)
    yield Point("period", "Period", f"{header.starts} to {header.ends}", missing, _keeper(agreement))


def _hours(agreement: Agreement) -> Iterator[Point]:
    held = header_of(agreement).calendar
    opens = f"{held.from_:%H:%M} to {held.to:%H:%M}" if held and held.from_ and held.to else ""
    missing = _open(agreement, "agreement.calendar") if agreement.agreement else ("they are open",)
    found = f"{', '.join((held.days if held else None) or ())}, {opens}, {held.timezone if held else ''}"
    yield Point("hours", "Business hours", found, missing, _operations(agreement))


def _names(agreement: Agreement) -> Iterator[Point]:
    held = agreement.stakeholders
    if held is None:
        return
    nameless = ", ".join(one.id for one in held.people if not one.name)
    missing = (f"no name yet for {nameless}",) if nameless else () if held.people else ("nobody is named yet",)
    found = ", ".join(one.name or "" for one in held.people)
    missing = (*missing, *_open(agreement, "stakeholders.keeper"))
    yield Point("names", "Names", found, missing, _keeper(agreement))
    for side in _SIDES:
        drafting = [one.name or one.id for one in _people_of(held, side) if one.role == "drafter"]
        missing = () if drafting else (f"nobody from {side} is among the drafters",)
        yield Point(f"drafter-{side}", f"Drafter for {side}", ", ".join(drafting), missing, speaker(agreement, side))


def _signers(agreement: Agreement) -> Iterator[Point]:
    for side in _SIDES:
        mine = [one for one in signing(agreement) if one.party == side]
        missing = () if mine else (f"nobody signs for {side}",)
        missing += tuple(f"no name yet for {one.id}" for one in mine if not one.name)
        found = ", ".join(one.name or one.id for one in mine)
        yield Point(f"signer-{side}", f"Signer for {side}", found, missing, speaker(agreement, side))


def _contacts(agreement: Agreement) -> Iterator[Point]:
    if agreement.signatures is None:
        return
    for side in _SIDES:
        contact: str | None = getattr(agreement.signatures.contacts, side, None)
        name = _person(agreement, contact)
        missing = () if name else (f"no name yet for {contact}",) if contact else (f"nobody answers for {side}",)
        yield Point(f"contact-{side}", f"Contact for {side}", name, missing, speaker(agreement, side))


def _territories(agreement: Agreement) -> Iterator[Point]:
    held = agreement.assignment
    if held is None:
        return
    missing = _open(agreement, "assignment.method", "assignment.territories", "assignment.in_turn")
    yield Point(
        "territories",
        "Territories",
        f"{len(held.territories)}, by {held.method}" if held.territories else "leads are dealt out in turn",
        missing,
        speaker(agreement, "sales"),
    )
    fallback = _open(agreement, "assignment.fallback")
    to = (nameable(agreement, RECEIVERS) or {}).get(held.fallback or "", held.fallback or "not needed")
    yield Point("fallback", "Unknown territory", to, fallback, speaker(agreement, "sales"))


_POINTS: tuple[Callable[[Agreement], Iterable[Point]], ...] = (
    _period,
    _hours,
    _names,
    _signers,
    _contacts,
    _territories,
)


# -- what lies beside it


def _of_leads(agreement: Agreement, sample: Sample) -> Iterator[Point]:
    who = _operations(agreement)
    yield Point("leads", "Sample leads", sample.found, sample.missing, who)
    if not sample.missing:
        found = "every name that the rules use is found in them"
        yield Point("mapped", "Leads mapped", found, sample.unmapped, who)
        yield Point("outcome", "Outcome", sample.outcome, sample.outcome_missing, who)


def _capacity(agreement: Agreement, known: Known) -> Point:
    who, starts = speaker(agreement, "sales"), header_of(agreement).starts
    quota = _next_quota(known, max(starts or date.min, known.today or date.min))
    if quota is None:
        return Point("capacity", "Capacity", "", ("no quota is there yet to say it in",), who)
    name, held = quota[0], quota[1].capacity
    open_ = tuple(f"{slot.spec.title} is open" for slot in slots(held, Capacity) if slot.empty and not slot.optional)
    found = f"{held.reps} reps with {held.hours_per_rep_per_week} hours a week each" if held else ""
    return Point("capacity", "Capacity", found, tuple(f"{one} in the quota {name}" for one in open_), who)


def _next_quota(known: Known, day: date) -> tuple[str, Quota] | None:
    """The quota of a day, else the last there is."""
    held = known.quotas or ()
    return next((one for one in held if holds_on(one[1], day)), held[-1] if held else None)
