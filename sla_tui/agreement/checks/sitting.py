"""Checks of a sitting's record, and of an agreement beside the record of its sittings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import chain

from sla_tui.agreement.consent import Consented, Standing, standing
from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import specs
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.references import nameable
from sla_tui.agreement.sitting import Attendee, Consent, Particulars, Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import did_you_mean

_ZONES = timedelta(days=1)
"""How far the day in another time zone may be ahead."""


def particulars(sitting: Sitting, _known: Known) -> Iterator[Finding]:
    """A sitting has a day."""
    if sitting.sitting is None:
        yield warning("unanswered", "sitting", "the day of the sitting is not there yet", "add it")


def times(sitting: Sitting, _known: Known) -> Iterator[Finding]:
    """What ended had started before."""
    held = sitting.sitting or Particulars()
    spans = chain(
        [("sitting.ended", held.started, held.ended)],
        ((f"attendance.{one.id}.until", one.from_, one.until) for one in sitting.attendance or ()),
        ((f"steps.{one.id}.ended", one.started, one.ended) for one in sitting.steps or ()),
    )
    for key, start, end in spans:
        if start and end and end < start:
            message = f"it ends at {end:%H:%M}, before it starts at {start:%H:%M}"
            yield warning("ends-before-start", key, message, "put the later time here, unless it was past midnight")


def ahead(sitting: Sitting, known: Known) -> Iterator[Finding]:
    """Nobody has consented on a day that is still to come."""
    day = (sitting.sitting or Particulars()).date
    if day and known.today and day > known.today + _ZONES and sitting.consents:
        message = f"consents are recorded for {day}, which is still to come"
        yield error("consent-ahead", "sitting.date", message, "put the day of the sitting, or take the consents out")


def sections(sitting: Sitting, known: Known) -> Iterator[Finding]:
    """What was consented to and voted on is a section."""
    there = {spec.key for spec in specs(Agreement) if spec.about}
    asked = chain(
        ((f"consents.{one.id}.section", one.section) for one in sitting.consents or ()),
        ((f"votes.{one.id}.section", one.section) for one in sitting.votes or ()),
    )
    own = (nameable(known.agreement, ("custom",)) or {}) if known.agreement else {}
    for key, section in asked:
        if section is None or section in there:
            continue
        message = f"Section: {section!r} is none of the sections"
        of_own = "own sections are voted on and consented to as one: custom"
        yield error("unknown-reference", key, message, of_own if section in own else did_you_mean(section, there))


def places(sitting: Sitting, known: Known) -> Iterator[Finding]:
    """What is still parked is about something that is there; a decision of old may be about what went since."""
    agreement = known.agreement
    titles = {spec.key for spec in specs(Agreement)}
    decided = ((f"decisions.{one.id}.about", one.about, True) for one in sitting.decisions or ())
    parked = ((f"parked.{one.id}.about", one.about, bool(one.settled)) for one in sitting.parked or ())
    for key, about, past in chain(decided, parked):
        if about is None or agreement is None:
            continue
        try:
            at_key(agreement, about)
        except UnknownKey as unknown:
            if about.partition(".")[0] not in titles:
                yield error("unknown-reference", key, f"About: {about} names nothing", unknown.remedy)
            elif not past:
                fix = "name the key it has now, or say on which day it was settled"
                yield warning("unknown-reference", key, f"About: {about} names nothing any more", fix)


def consents(sitting: Sitting, _known: Known) -> Iterator[Finding]:
    """One word a side for a section, given by somebody who was there for it, and not against a block."""
    present = {one.name.casefold(): one for one in sitting.attendance or () if one.name}
    counts = Counter((one.section, one.party) for one in sitting.consents or ())
    seen = Counter[tuple[str | None, str | None]]()
    for one in sitting.consents or ():
        key, what = f"consents.{one.id}", (one.section, one.party)
        seen[what] += 1
        if one.section and one.party and seen[what] < counts[what]:
            message = f"{one.party} consents to {one.section} again further down, and the last word counts"
            yield note("consented-twice", key, message, "take this one out")
        yield from _giver(one, key, present)
        if blocker := _blocker(sitting, one):
            message = f"{one.party} consents to {one.section}, and {blocker} blocks it with a fist of 0"
            yield warning("blocked", key, message, "settle the objection first, then vote again")


def _giver(one: Consent, key: str, present: dict[str, Attendee]) -> Iterator[Finding]:
    if one.by is None or not present:
        return
    who = present.get(one.by.casefold())
    if who is None:
        fix = "add them to the attendance, or name who spoke"
        yield note("not-present", f"{key}.by", f"{one.by} consents, and is not among those present", fix)
    elif who.party and one.party and who.party != one.party:
        message = f"{one.by} consents for {one.party}, and is there for {who.party}"
        yield warning("other-side", f"{key}.by", message, f"let somebody from {one.party} speak for it")


def _blocker(sitting: Sitting, consent: Consent) -> str:
    """Who of the same side blocks the section that is consented to; empty for nobody."""
    votes = [one for one in sitting.votes or () if (one.section, one.party) == (consent.section, consent.party)]
    return next((one.name or f"the side of {one.party}" for one in votes if one.fist == 0), "")


def votes(sitting: Sitting, _known: Known) -> Iterator[Finding]:
    """One vote a person, or a side, for a section."""
    seen: set[tuple[str, str | None, str]] = set()
    for one in sitting.votes or ():
        what = (one.section or "", one.party, (one.name or "").casefold())
        if one.section and what in seen:
            message = f"{one.name or one.party} votes on {one.section} a second time"
            yield warning("votes-twice", f"votes.{one.id}", message, "keep the vote that counts")
        seen.add(what)


def overdue(sitting: Sitting, known: Known) -> Iterator[Finding]:
    """What was parked is settled by its day."""
    for one in sitting.parked or ():
        if one.by and known.today and one.by < known.today and one.settled is None:
            message = f"{one.what or one.id}: it was to be settled by {one.by}"
            fix = f"ask {one.owner or 'its owner'}, and say on which day it was settled, or set another day"
            yield warning("overdue", f"parked.{one.id}", message, fix)


CHECKS: tuple[Callable[[Sitting, Known], Iterable[Finding]], ...] = (
    *(particulars, times, ahead, sections, places),
    *(consents, votes, overdue),
)
"""Checks of a sitting by itself."""


def stale(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """Sections that read otherwise than somebody has consented to."""
    old: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in standing(agreement, known.sittings or ()):
        if one.state is Consented.STALE:
            old[one.section].append(one)
    for section, stands in old.items():
        given = " and ".join(f"{one.party} consented ({one.word})" for one in stands)
        fix = f"ask again: sla-tui consent PATH --party {stands[0].party} --section {section}"
        yield note("stale-consent", section, f"{stands[0].title}: it reads otherwise since {given}", fix)


def unreadable(_agreement: Agreement, known: Known) -> Iterator[Finding]:
    """A sitting's file that cannot be read, and with it the consents in it."""
    for name in known.unread_sittings:
        message = f"the sitting {name} cannot be read as it stands, and neither can the consents in it"
        yield warning("sitting-unreadable", "agreement", message, "open it and put right what is listed")


BESIDE: tuple[Callable[[Agreement, Known], Iterable[Finding]], ...] = (stale, unreadable)
"""Checks of an agreement that know its sittings."""
