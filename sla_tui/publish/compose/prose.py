"""Answers in several paragraphs as clauses, their dashed lines as bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sla_tui.publish.blocks import OPEN, Block, Bullets, Clause, Run, Text, plain
from sla_tui.publish.compose.writer import Writer, ended

_BULLET = re.compile(r"\s*[-*•–]\s+")


def prose(text: str, lead: Text, number: str, anchor: str = "") -> list[Block]:
    """Text over several lines: its paragraphs as clauses, the first after ``lead``, its dashed lines as bullets."""
    blocks: list[Block] = []
    pending = lead
    for piece in re.split(r"\n\s*\n|\n(?=\s*[-*•–]\s)|(?<=\n)(?=\S)", text):
        line = piece.strip()
        if not line:
            continue
        if _BULLET.match(line):
            if pending:
                blocks.append(Clause(pending, number))
                pending, number = (), ""
            _add_bullet(blocks, plain(_BULLET.sub("", line, count=1)))
        else:
            blocks.append(Clause((*pending, Run(line)), number))
            pending, number = (), ""
    blocks = blocks or [Clause((*lead, *OPEN), number)]
    if anchor and isinstance(first := blocks[0], Clause):
        blocks[0] = replace(first, anchor=anchor)
    return blocks


def _add_bullet(blocks: list[Block], item: Text) -> None:
    last = blocks[-1] if blocks else None
    if isinstance(last, Bullets):
        blocks[-1] = Bullets((*last.items, item))
    else:
        blocks.append(Bullets((item,)))


def clauses(title: str, text: Text, writer: Writer, anchor: str = "") -> Iterator[Block]:
    """A numbered clause under a title of its own, empty for none; several where a long answer ends it.

    ``anchor`` names the place for what speaks of it.
    """
    if not text:
        yield Clause((Run(f"{title}.", "strong"),), writer.next(), anchor)
        return
    lead: Text = (Run(f"{title}. ", "strong"),) if title else ()
    if "\n" in text[-1].text:
        yield from prose(text[-1].text, (*lead, *text[:-1]), writer.next(), anchor)
    else:
        yield Clause((*lead, *ended(text)), writer.next(), anchor)
