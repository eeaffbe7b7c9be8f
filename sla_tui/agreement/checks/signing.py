"""Checks of who signs and who answers for a side: each for one side, and somebody in the place of a signer who left."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.signatures import Contacts, Signatures, Signer
from sla_tui.agreement.sections.stakeholders import Stakeholders
from sla_tui.agreement.terms import Agreement

_SIDES = ("marketing", "sales")


def same_signer(agreement: Agreement) -> Iterator[Finding]:
    """Nobody signs for both sides."""
    held = (agreement.signatures or Signatures()).signers
    marketing = {_folded(one.name) for one in held if one.party == "marketing" and one.name}
    for one in held:
        if one.party == "sales" and _folded(one.name) in marketing:
            key, message = f"signatures.signers.{one.id}.name", f"{one.name} signs for both sides"
            yield warning("signs-twice", key, message, "let another person sign for one of them")


def named_signers(agreement: Agreement) -> Iterator[Finding]:
    """Whoever takes part as a signer signs."""
    held = (agreement.signatures or Signatures()).signers
    names = {_folded(one.name) for one in held if one.name}
    for person in (agreement.stakeholders or Stakeholders()).people if names else ():
        if person.role == "signer" and person.name and _folded(person.name) not in names:
            key, message = f"stakeholders.people.{person.id}.role", f"{person.name} is to sign, and is no signer"
            yield note("signer-missing", key, message, "add them to the signers, or give them another role")


def _folded(name: str | None) -> str:
    return (name or "").casefold()


def witnesses(agreement: Agreement) -> Iterator[Finding]:
    """Whoever is a witness or approves signs for no side."""
    for one in (agreement.signatures or Signatures()).signers:
        if one.party and one.signs_as:
            key, message = f"signatures.signers.{one.id}.signs_as", f"{one.name or one.id} signs for {one.party} too"
            yield warning("two-capacities", key, message, f"clear this, or whom {one.name or one.id} signs for")


def succession(agreement: Agreement) -> Iterator[Finding]:
    """Somebody of the same side stands in the place of a signer who left."""
    signing = {one.id: one for one in (agreement.signatures or Signatures()).signers}
    for one in signing.values():
        key, name = f"signatures.signers.{one.id}", one.name or one.id
        after = signing.get(one.successor or "")
        if one.left and one.successor is None:
            message = f"{name} left on {one.left}, and nobody took their place"
            yield warning("signer-left", f"{key}.successor", message, "add their successor as a signer, and name them")
        elif one.successor and one.left is None:
            message = f"{name} has a successor, and since when is open"
            yield warning("no-leaving-day", f"{key}.left", message, f"say on which day {name} left")
        if after and _comes_back(one, signing):
            message = f"whoever takes the place of {name} leads back to {name}"
            yield error("successor-loop", f"{key}.successor", message, "name the one who signs in the end")
        elif after and after.party != one.party:
            sides = f"{name} signs {_for(one)}, and {after.name or after.id} {_for(after)}"
            yield error("successor-side", f"{key}.successor", sides, "a successor signs for the same side")


def _for(signer: Signer) -> str:
    return f"for {signer.party}" if signer.party else "for neither side"


def _comes_back(start: Signer, signing: dict[str, Signer]) -> bool:
    passed: set[str] = set()
    here: Signer | None = start
    while here is not None and here.id not in passed:
        passed.add(here.id)
        here = signing.get(here.successor or "")
    return here is start


def contacts(agreement: Agreement) -> Iterator[Finding]:
    """The contact of a side belongs to it."""
    held = (agreement.signatures or Signatures()).contacts or Contacts()
    teams = {team.id: team.party for team in (agreement.stakeholders or Stakeholders()).teams}
    people = {one.id: one for one in (agreement.stakeholders or Stakeholders()).people}
    for side, other in zip(_SIDES, reversed(_SIDES), strict=True):
        person = people.get(getattr(held, side) or "")
        if person and teams.get(person.team or "") == other:
            message = f"{person.name or person.id} answers for {side}, and is in a team of {other}"
            yield warning("contact-side", f"signatures.contacts.{side}", message, f"name somebody from {side}")


CHECKS = (same_signer, named_signers, witnesses, succession, contacts)
