"""Text that fields did not take: why, and as findings beside those of the check, until it is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.finding import Finding, error
from sla_tui.agreement.parts import Part, Slot, specs
from sla_tui.agreement.paths import Put, UnknownKey, apply
from sla_tui.agreement.text import clean_line

if TYPE_CHECKING:
    from sla_tui.workshop.draft import Draft


UNTAKEN = "not-taken"
"""The code of the findings on text that a field did not take."""


def why_refused(draft: Draft[Any], slot: Slot) -> str:
    """Why the text that stands in the field at ``slot`` is not taken; empty when there is none, or it would be."""
    text = draft.memory.refused.get(slot.key)
    if text is None:
        return ""
    try:
        apply(draft.value, Put(slot.key, slot.spec.read(text)))
    except UserError as refused:
        return refused.message.removeprefix(f"{slot.key}: ")
    except ValueError as unread:
        return str(unread)
    return ""


def to_settle(draft: Draft[Any]) -> tuple[Finding, ...]:
    """The draft's findings, and one for each text that a field did not take; in the order of the sections."""
    untaken = [finding for key in draft.memory.refused for finding in _untaken(draft, key)]
    if not untaken:
        return draft.findings
    order = {spec.key: place for place, spec in enumerate(specs(type(cast(Part, draft.value))))}
    return tuple(sorted((*untaken, *draft.findings), key=lambda one: order.get(one.section, len(order))))


def _untaken(draft: Draft[Any], key: str) -> tuple[Finding, ...]:
    try:
        slot = draft.at(key)
    except UnknownKey:
        return ()
    why = why_refused(draft, slot)
    if not why:
        return ()
    text = clean_line(draft.memory.refused[key])
    return (error(UNTAKEN, key, f"{slot.spec.title}: “{text}” is not in the agreement", why),)
