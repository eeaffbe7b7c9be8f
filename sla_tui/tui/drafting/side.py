"""The right third of a wide screen: how the place reads, hints for the section, what is still to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sla_tui.agreement.check import Severity
from sla_tui.agreement.parts import spec_by_key
from sla_tui.agreement.paths import UnknownKey, item_at
from sla_tui.agreement.sentence import reading
from sla_tui.tui.words import Words
from sla_tui.workshop.refused import to_settle

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft

SHOWN = 12
"""How many findings are listed; the list of all is one key away."""


class Side(Words):
    """Shown from 120 columns on."""

    def show(self, draft: Draft, section: str, key: str) -> None:
        """Shows what belongs to the section and the place."""
        about = spec_by_key(type(draft.agreement))[section].about
        pieces: list[Content] = []
        read = _reading(draft, key)
        if read:
            pieces += [Content.styled("As it reads", "bold"), Content(read), Content("")]
        if about and about.hints:
            pieces += [
                Content.styled("Good to know", "bold"),
                *(Content(f"· {hint}") for hint in about.hints),
                Content(""),
            ]
        found = [finding for finding in to_settle(draft) if finding.section == section]
        if found:
            pieces.append(Content.styled(f"To settle: {len(found)}", "bold"))
            pieces += [
                Content.assemble((sign, "bold $warning" if sign == "!" else "$text-muted"), f" {finding.message}")
                for finding in found[:SHOWN]
                for sign in ("○" if finding.undecided else "·" if finding.severity is Severity.NOTE else "!",)
            ]
            if len(found) > SHOWN:
                pieces.append(Content.styled(f"… and {len(found) - SHOWN} more: f", "$text-muted"))
        elif about:
            pieces.append(Content.styled("✓ Nothing open here", "$success"))
        self.say(Content("\n").join(pieces), fixed=True)


def _reading(draft: Draft, key: str) -> str:
    while "." in key:
        try:
            slot, at = item_at(draft.agreement, key)
        except UnknownKey:
            key = key.rpartition(".")[0]
        else:
            return reading(slot.value[at])
    return ""
