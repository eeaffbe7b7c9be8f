"""The right third of a wide screen: how the place reads, hints for the section, what is still to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from sla_tui.agreement.check import Severity
from sla_tui.agreement.life import rule_for
from sla_tui.agreement.parts import Part, spec_by_key
from sla_tui.agreement.paths import UnknownKey, item_at
from sla_tui.agreement.sentence import reading
from sla_tui.agreement.terms import Agreement
from sla_tui.tui.words import Words
from sla_tui.workshop.visited import heard

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft

SHOWN = 12
"""How many findings are listed; the list of all is one key away."""


class Side(Words):
    """Shown from 120 columns on."""

    _rule = ("", "")

    def show(self, draft: Draft[Any], section: str, key: str, typing: bool = False) -> None:
        """Shows what belongs to the section and the place."""
        about = spec_by_key(type(draft.value))[section].about
        pieces: list[Content] = []
        if rule := self._ruled(draft.value, section, typing):
            pieces += [Content.styled(rule, "$text-muted"), Content("")]
        read = _reading(draft, key)
        if read:
            pieces += [Content.styled("As it reads", "bold"), Content(read), Content("")]
        if about and about.hints:
            pieces += [
                Content.styled("Good to know", "bold"),
                *(Content(f"· {hint}") for hint in about.hints),
                Content(""),
            ]
        found = [finding for finding in heard(draft) if finding.section == section]
        if found:
            pieces.append(Content.styled(f"To settle: {len(found)}", "bold"))
            pieces += [
                Content.assemble((sign, "bold $warning" if sign == "!" else "$text-muted"), f" {finding.message}")
                for finding in found[:SHOWN]
                for sign in ("○" if finding.undecided else "·" if finding.severity is Severity.NOTE else "!",)
            ]
            if len(found) > SHOWN:
                pieces.append(Content.styled(f"… and {len(found) - SHOWN} more: f", "$text-muted"))
        elif about and section in draft.memory.visited:
            pieces.append(Content.styled("✓ Nothing open here", "$success"))
        self.say(Content("\n").join(pieces), fixed=True)

    def _ruled(self, part: Part, section: str, typing: bool) -> str:
        """Who may change the section between two signings; while somebody types, what was said before.

        Whether it changed since the last signing takes the fingerprint of everything, which is too much for one key.
        """
        if not isinstance(part, Agreement) or getattr(part, section) is None:
            return ""
        if not typing or self._rule[0] != section:
            self._rule = (section, rule_for(part, section))
        return self._rule[1]


def _reading(draft: Draft[Any], key: str) -> str:
    while "." in key:
        try:
            slot, at = item_at(draft.value, key)
        except UnknownKey:
            key = key.rpartition(".")[0]
        else:
            return reading(slot.value[at])
    return ""
