"""Consent: the sections each side has given its word on in the sittings, and which of them read otherwise now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, get_args

from sla_tui.agreement.fingerprint import same_fingerprint, section_fingerprint
from sla_tui.agreement.parts import specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Side

if TYPE_CHECKING:
    from sla_tui.agreement.sitting import Consent, Sitting

Sittings: TypeAlias = "Iterable[tuple[str, Sitting]]"
"""Sittings, each with the name of its file."""
SIDES: tuple[Side, ...] = get_args(Side)
"""Those whose consent is needed."""


class Consented(StrEnum):
    """How a side's consent to a section stands."""

    FRESH = "fresh"
    STALE = "stale"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Word:
    """A consent as it was given: in which sitting, by the name of its file, on which day."""

    sitting: str
    day: date | None
    consent: Consent

    def __str__(self) -> str:
        """When and by whom: ``2026-11-30 by Ana Ruiz``."""
        return f"{self.day or self.sitting}{f' by {self.consent.by}' if self.consent.by else ''}"


@dataclass(frozen=True)
class Standing:
    """How one side's consent to one section stands.

    ``fingerprint`` is that of the section as it reads now; ``word`` the last consent given, None where there is none.
    """

    section: str
    title: str
    party: Side
    fingerprint: str
    word: Word | None = None

    @cached_property
    def state(self) -> Consented:
        """Fresh when the wording consented to is the one there is now."""
        if self.word is None:
            return Consented.NONE
        held = self.word.consent.fingerprint
        return Consented.FRESH if held and same_fingerprint(held, self.fingerprint) else Consented.STALE


def sections(agreement: Agreement) -> dict[str, str]:
    """The sections that are consented to, with their titles: every one that is there, schedules too."""
    there = (spec for spec in specs(Agreement) if spec.about and getattr(agreement, spec.name) is not None)
    return {spec.key: spec.about.title for spec in there if spec.about}


def standing(agreement: Agreement, sittings: Sittings) -> tuple[Standing, ...]:
    """How the consent of each side to each section stands, in the order of the sections."""
    last = {(word.consent.section, word.consent.party): word for word in words(sittings)}
    return tuple(
        Standing(key, title, side, section_fingerprint(agreement, key), last.get((key, side)))
        for key, title in sections(agreement).items()
        for side in SIDES
    )


def lacking(agreement: Agreement, sittings: Sittings) -> tuple[Standing, ...]:
    """What keeps a version from being final: the consents that are stale or were never given."""
    return tuple(one for one in standing(agreement, sittings) if one.state is not Consented.FRESH)


def words(sittings: Sittings) -> Iterator[Word]:
    """Every consent in the order in which they were given; one without a wording is none."""
    for name, sitting in in_order(sittings):
        day = day_of(name, sitting)
        yield from (Word(name, day, one) for one in sitting.consents or () if one.fingerprint)


def in_order(sittings: Sittings) -> list[tuple[str, Sitting]]:
    """Sittings by their day; those of one day by the number in their name."""
    return sorted(sittings, key=lambda one: (day_of(*one) or date.min, len(one[0]), one[0]))


def day_of(name: str, sitting: Sitting) -> date | None:
    """The day of a sitting, as it says, else as its name does."""
    said = sitting.sitting.date if sitting.sitting else None
    try:
        return said or date.fromisoformat(name[:10])
    except ValueError:
        return None
