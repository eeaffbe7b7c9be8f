"""Checks of the people: both sides draft, both sides sign."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.finding import Finding, warning
from sla_tui.agreement.terms import Agreement

_SIDES = ("marketing", "sales")


def drafters(agreement: Agreement) -> Iterator[Finding]:
    """Both sides are among those who draft. Silent while a drafter's side is not known."""
    if agreement.stakeholders is None:
        return
    sides = {team.id: team.party for team in agreement.stakeholders.teams}
    drafting = {sides.get(one.team or "") for one in agreement.stakeholders.people if one.role == "drafter"}
    if len(drafting) == 1 and (side := drafting.pop()) in _SIDES:
        other = _SIDES[1 - _SIDES.index(side)]
        message = f"only {side} is among the drafters"
        yield warning("one-sided-draft", "stakeholders.people", message, f"let somebody from {other} draft too")


def signers(agreement: Agreement) -> Iterator[Finding]:
    """Each side has a signer, once there is one at all."""
    signing = {signer.party for signer in (agreement.signatures.signers if agreement.signatures else ())}
    for side in _SIDES:
        if signing and side not in signing:
            yield warning("no-signer", "signatures.signers", f"nobody signs for {side}", f"add a signer for {side}")
