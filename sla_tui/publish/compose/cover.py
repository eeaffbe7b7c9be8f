"""The title page's key terms: what it is for, until when, what each side promises and gets, and who signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla_tui.agreement.life import signing
from sla_tui.agreement.lists import WHO
from sla_tui.agreement.parts import Item
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import OPEN, KeyTerm, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.marks import MARK, Marks
from sla_tui.publish.compose.outline import placed
from sla_tui.publish.compose.promises import groups, short, title
from sla_tui.publish.compose.quota import quota_line
from sla_tui.publish.compose.scoring import stage_name

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota


def _in_force(agreement: Agreement) -> KeyTerm:
    """From when until when, with blanks for what is not agreed; since when, once it is signed."""
    header = agreement.agreement or Header()
    first = plain(words.day(header.starts)) if header.starts else OPEN
    ends = header.ended or header.ends
    last = plain(words.day(ends)) if ends else OPEN
    lines = [(*first, Run(" to "), *last) if header.starts or ends else OPEN]
    signed = header.signed
    if header.status == "active" and signed and signed.on:
        version = f", as version {signed.version}" if signed.version else ""
        lines.append(plain(f"Put in force on {words.day(signed.on)}{version}"))
    return KeyTerm("In force", tuple(lines))


def _goal(agreement: Agreement) -> Iterator[KeyTerm]:
    success = agreement.objective.success if agreement.objective else None
    if success and success.metric and (success.to or success.from_):
        parts = [f"from {success.from_}" if success.from_ else "", f"to {success.to}" if success.to else ""]
        by = f"by {words.day(success.by)}" if success.by else ""
        yield KeyTerm("Goal", ((Run(f"{success.metric}: "), Run(" ".join(p for p in (*parts, by) if p))),))


def _stages(agreement: Agreement, where: str, marks: Marks) -> Iterator[KeyTerm]:
    stages = agreement.scoring.stages if agreement.scoring else ()
    said: list[Text] = [
        (
            Run(f"{stage_name(stage)} from "),
            Run(f"{words.number(stage.at)}{words.NBSP}points", "strong"),
            Run(marks.about(f"scoring.stages.{stage.id}")),
        )
        for stage in stages
        if stage.at is not None
    ]
    if said:
        yield KeyTerm("Thresholds", (words.strung(said, "; ", "; "),), where)


def _promises(given: tuple[Item, ...], where: str, marks: Marks) -> Iterator[KeyTerm]:
    for choice, held in groups(given):
        yield KeyTerm(title(choice), tuple(short(item, f"commitments.{item.id}", marks) for item in held), where)


def _signers(agreement: Agreement) -> Iterator[KeyTerm]:
    lines: list[Text] = []
    for signer in signing(agreement):
        who = ", ".join(part for part in (signer.name, signer.title) if part)
        capacity = f"for {signer.party}" if signer.party else signer.signs_as or ""
        party = f" ({capacity})" if capacity else ""
        lines.append((*(plain(who) if who else OPEN), Run(party)))
    if lines:
        pairs = [words.strung(lines[at : at + 2], "; ", "; ") for at in range(0, len(lines), 2)]
        yield KeyTerm("Signers", tuple(pairs), "on the signature page")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is said otherwise than in the version called ``since``, one line each."""

    since: str
    lines: tuple[str, ...]


def _changed(changes: Changes | None) -> Iterator[KeyTerm]:
    if changes:
        lines = tuple(map(plain, changes.lines)) or (plain("Nothing"),)
        yield KeyTerm(f"New since {changes.since}", lines, "all of them in the list of changes")


def _missed(agreement: Agreement, where: str, beside: str, marks: Marks) -> Iterator[KeyTerm]:
    """Where a broken promise goes, and who settles it by when; else that each promise says it ``beside`` itself."""
    names = words.Names(agreement)
    lines: list[Text] = []
    for path in agreement.escalation.paths if agreement.escalation else ():
        if path.what != "broken_promise" or not path.to:
            continue
        what = path.detail or "A broken promise"
        within = f" within {str(path.within).replace(' ', words.NBSP)}" if path.within else ""
        said = f"{what}: {names.of(WHO, path.to)} settles it{within}"
        lines.append((Run(said), Run(marks.about(f"escalation.paths.{path.id}"))))
    if lines:
        yield KeyTerm("If missed", tuple(lines), where)
    elif beside and any(one.if_missed for one in agreement.commitments or ()):
        yield KeyTerm("If missed", (plain(f"What follows stands beside each promise, {beside}"),))


def key_terms(
    agreement: Agreement,
    numbers: Mapping[str, str],
    marks: Marks,
    changes: Changes | None = None,
    quotas: Sequence[tuple[str, Quota]] = (),
) -> tuple[KeyTerm, ...]:
    """What a reader of one page must know; ``numbers`` are the sections' numbers by key, ``quotas`` by annex."""
    owed = tuple(quota_line(one, f"in annex{words.NBSP}{letter}") for letter, one in quotas)
    terms = (
        _in_force(agreement),
        *_goal(agreement),
        *_promises(agreement.commitments or (), placed(numbers, "commitments"), marks),
        *([KeyTerm("Quota", owed, "in the annexes")] if owed else []),
        *_missed(agreement, placed(numbers, "escalation"), placed(numbers, "commitments"), marks),
        *_stages(agreement, placed(numbers, "scoring"), marks),
        *_changed(changes),
        *_signers(agreement),
    )
    marked = any(run.text == MARK for term in terms for line in term.lines for run in line)
    return (*terms, KeyTerm(MARK, (plain("an example, not agreed yet"),))) if marked else terms
