"""What is still open, half-built or contradictory in an agreement, a quota or the record of a sitting."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sla_tui.agreement.checks import (
    goals,
    handover,
    leads,
    letters,
    limits,
    meetings,
    quotas,
    renewal,
    routing,
    signed,
    signing,
    tools,
    upkeep,
    words,
)
from sla_tui.agreement.checks.general import examples, meanings, named_in_words, references, remarks, unanswered
from sla_tui.agreement.checks.particulars import calendar, period, signed_sections
from sla_tui.agreement.checks.people import drafters, signers
from sla_tui.agreement.checks.promises import both_sides, open_long_enough, own_hands, shares
from sla_tui.agreement.checks.scoring import caps, counted_twice, half_built, reach, stages
from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.known import NOTHING, Known
from sla_tui.agreement.parts import Part, Slot, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.walk import Places, Walk

__all__ = ["Checker", "Finding", "Severity", "check"]

EACH: tuple[Callable[[Iterable[Slot]], Iterable[Finding]], ...] = (unanswered, meanings, named_in_words)
"""Checks of every place by itself, whatever its section."""
TOGETHER: tuple[Callable[[Part, Iterable[Slot]], Iterable[Finding]], ...] = (
    *(examples, references, remarks),
    words.undefined,
)
"""Checks of every place beside the others, whatever its section."""
CHECKS: tuple[Callable[[Agreement], Iterable[Finding]], ...] = (
    *(period, calendar, signed_sections),
    *(*renewal.CHECKS, *limits.CHECKS, *signed.CHECKS),
    *(half_built, stages, reach, caps, counted_twice),
    *(both_sides, own_hands, open_long_enough, shares),
    *(drafters, signers, *signing.CHECKS),
    *(*tools.CHECKS, *upkeep.CHECKS, words.defined_twice),
    *(*goals.CHECKS, *routing.CHECKS, *leads.CHECKS, *handover.CHECKS, *meetings.CHECKS),
)
"""Checks of an agreement by itself."""
KNOWING: tuple[Callable[[Agreement, Known], Iterable[Finding]], ...] = (*signed.KNOWING, *quotas.CHECKS)
"""Checks of an agreement that need to know more than it says."""


class Checker:
    """Checks one file again and again; what did not change since the last time is not looked at anew."""

    def __init__(self) -> None:
        self._walk = Walk()
        self._held: dict[int, tuple[Places, tuple[Finding, ...]]] = {}
        self._letters: dict[int, tuple[Places, letters.Lacking, tuple[letters.Hit, ...]]] = {}

    def check(self, root: Part, known: Known = NOTHING) -> tuple[Finding, ...]:
        """Every finding, in the order of the sections. Unanswered is a warning, a contradiction an error."""
        runs = self._walk.runs(root)
        places = tuple(slot for run in runs for slot in run)
        found = [*self._each(runs)]
        found += [finding for one in TOGETHER for finding in one(root, places)]
        if known.unprinted:
            found += letters.unprinted(self._lettered(runs, known.unprinted))
        if isinstance(root, Agreement):
            found += [finding for one in CHECKS for finding in one(root)]
            found += [finding for one in KNOWING for finding in one(root, known)]
            found += _beside_sittings(root, known)
            found += signed.in_force(root, found)
        else:
            found += _of_another(root, known)
        order = {spec.key: place for place, spec in enumerate(specs(type(root)))}
        return tuple(sorted(found, key=lambda finding: order.get(finding.section, len(order))))

    def _each(self, runs: tuple[Places, ...]) -> Iterable[Finding]:
        held: dict[int, tuple[Places, tuple[Finding, ...]]] = {}
        for run in runs:
            known = self._held.get(id(run))
            if known is None or known[0] is not run:
                known = (run, tuple(finding for one in EACH for finding in one(run)))
            held[id(run)] = known
            yield from known[1]
        self._held = held

    def _lettered(self, runs: tuple[Places, ...], lacking: letters.Lacking) -> Iterable[letters.Hit]:
        """The places with letters that a page does not show."""
        held: dict[int, tuple[Places, letters.Lacking, tuple[letters.Hit, ...]]] = {}
        for run in runs:
            known = self._letters.get(id(run))
            if known is None or known[0] is not run or known[1] is not lacking:
                known = (run, lacking, letters.hits(run, lacking))
            held[id(run)] = known
            yield from known[2]
        self._letters = held


def _beside_sittings(root: Agreement, known: Known) -> Iterable[Finding]:
    if not known.sittings and not known.unread_sittings:
        return ()
    from sla_tui.agreement.checks.sitting import BESIDE

    return [finding for one in BESIDE for finding in one(root, known)]


def _of_another(root: Part, known: Known) -> Iterable[Finding]:
    """What is to say about a file beside an agreement's."""
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.sitting import Sitting

    if isinstance(root, Quota):
        from sla_tui.agreement.checks.quota import CHECKS as OF_QUOTA

        return [finding for one in OF_QUOTA for finding in one(root, known)]
    if isinstance(root, Sitting):
        from sla_tui.agreement.checks.sitting import CHECKS as OF_SITTING

        return [finding for one in OF_SITTING for finding in one(root, known)]
    return ()


def check(root: Part, known: Known = NOTHING) -> tuple[Finding, ...]:
    """Every finding of a file, looked at once. See ``Checker.check``."""
    return Checker().check(root, known)
