"""The title page's key terms: what it is for, until when, what each side promises and gets, and who signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sla_tui.agreement.parts import Item
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import OPEN, KeyTerm, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.promises import groups, short, title
from sla_tui.publish.compose.scoring import stage_name


def period(header: Header | None) -> Text:
    """From when until when, with blanks for what is not agreed."""
    starts, ends = (header.starts, header.ends) if header else (None, None)
    first = plain(words.day(starts)) if starts else OPEN
    last = plain(words.day(ends)) if ends else OPEN
    return (*first, Run(" to "), *last) if starts or ends else OPEN


def _goal(agreement: Agreement) -> Iterator[KeyTerm]:
    success = agreement.objective.success if agreement.objective else None
    if success and success.metric and (success.to or success.from_):
        parts = [f"from {success.from_}" if success.from_ else "", f"to {success.to}" if success.to else ""]
        by = f"by {words.day(success.by)}" if success.by else ""
        yield KeyTerm("Goal", ((Run(f"{success.metric}: "), Run(" ".join(p for p in (*parts, by) if p))),))


def _stages(agreement: Agreement, where: str) -> Iterator[KeyTerm]:
    stages = agreement.scoring.stages if agreement.scoring else ()
    lines = [
        (Run(f"{stage_name(stage)}: from "), Run(f"{words.number(stage.at)}{words.NBSP}points", "strong"))
        for stage in stages
        if stage.at is not None
    ]
    if lines:
        yield KeyTerm("Thresholds", tuple(lines), where)


def _promises(given: tuple[Item, ...], where: str) -> Iterator[KeyTerm]:
    for choice, held in groups(given):
        yield KeyTerm(title(choice), tuple(short(item) for item in held), where)


def _signers(agreement: Agreement) -> Iterator[KeyTerm]:
    signers = agreement.signatures.signers if agreement.signatures else ()
    lines: list[Text] = []
    for signer in signers:
        who = ", ".join(part for part in (signer.name, signer.title) if part)
        party = f" (for {signer.party})" if signer.party else ""
        lines.append((*(plain(who) if who else OPEN), Run(party)))
    if lines:
        yield KeyTerm("Signers", tuple(lines), "on the signature page")


def key_terms(agreement: Agreement, numbers: Mapping[str, int]) -> tuple[KeyTerm, ...]:
    """What a reader of one page must know; ``numbers`` are the sections' numbers by key."""
    return (
        KeyTerm("In force", (period(agreement.agreement),)),
        *_goal(agreement),
        *_promises(agreement.commitments or (), f"in section {numbers.get('commitments', 0)}"),
        *_stages(agreement, f"in section {numbers.get('scoring', 0)}"),
        *_signers(agreement),
    )
