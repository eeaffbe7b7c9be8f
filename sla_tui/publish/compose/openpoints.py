"""What a draft still lacks, as its last annex: what contradicts itself, what is open, what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sla_tui.agreement.finding import Finding, Severity
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Annex, Block, Clause, Column, Heading, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.outline import title_of

_TITLES = ("To mend", "Open", "To look at")
_MOST = 300
"""More findings of a kind are counted: whoever prints a draft as empty as that needs no list of it."""


def open_points(findings: Sequence[Finding], agreement: Agreement, letter: str) -> Annex:
    """The ``findings`` by their weight, in the agreement's order; a final version has no such annex."""
    heading = Heading("Open points", letter, mark="In drafts only", anchor="open-points")
    return Annex((heading, *_blocks(findings, agreement, letter)))


def _blocks(findings: Sequence[Finding], agreement: Agreement, letter: str) -> Iterator[Block]:
    number = 0
    for title in _TITLES:
        held = [one for one in findings if _title(one) == title]
        if not held:
            continue
        number += 1
        said = f"{words.number(len(held))} point{'' if len(held) == 1 else 's'}."
        yield Clause((Run(f"{title}. ", "strong"), Run(said)), f"{letter}.{number}")
        columns = (Column("Where"), Column("What"), Column("What to do"))
        rows: list[tuple[Text, ...]] = [_row(one, agreement) for one in held[:_MOST]]
        if len(held) > _MOST:
            rows.append((plain("…"), plain(f"and {words.number(len(held) - _MOST)} more"), ()))
        used = columns if any(row[2] for row in rows) else columns[:2]
        yield Table(used, tuple(row[: len(used)] for row in rows), title=title)


def _row(one: Finding, agreement: Agreement) -> tuple[Text, ...]:
    section, _, rest = one.key.partition(".")
    place = f"custom.{rest.partition('.')[0]}" if section == "custom" and rest else section
    return (
        plain(title_of(agreement, place) if place else "The whole"),
        plain(one.message),
        plain(words.capital(one.fix)),
    )


def _title(one: Finding) -> str:
    return _TITLES[0] if one.severity is Severity.ERROR else _TITLES[1] if one.open else _TITLES[2]
