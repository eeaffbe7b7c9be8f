"""Defined words lead to where they are defined: a term of the glossary, once in each section that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sla_tui.agreement.parts import join
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import Block, Bullets, Clause, Heading, Run, Table, Text

_TERMS = "glossary.terms"


def unlinked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks for a document in which nothing is defined, so that nothing can lead there."""

    def bare(text: Text) -> Text:
        return tuple(replace(run, to="") for run in text)

    for block in blocks:
        match block:
            case Clause():
                yield replace(block, text=bare(block.text))
            case Bullets(items):
                yield Bullets(tuple(map(bare, items)))
            case Table():
                yield replace(block, rows=tuple(tuple(map(bare, row)) for row in block.rows))
            case _:
                yield block


def _is_a_name(found: re.Match[str]) -> bool:
    """Whether a word is part of what something is called, as in ``SLA, Returns``, and not the defined word."""
    return found[0].istitle() and found.string[: found.start()].endswith(", ")


class Linker:
    """Knows the words that an agreement defines, and sets links on them."""

    def __init__(self, agreement: Agreement) -> None:
        self._places: dict[str, str] = {}
        for term in agreement.glossary.terms if agreement.glossary else ():
            for word in (term.term, *(term.also or ())):
                if word and term.meaning:
                    self._places.setdefault(word.casefold(), join(_TERMS, term.id))
        words = sorted(self._places, key=len, reverse=True)
        either = "|".join(map(re.escape, words))
        self._pattern = re.compile(rf"(?<![\w-])({either})(?:e?s)?(?![\w-])", re.IGNORECASE) if words else None

    def linked(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, the first use of each defined word in each section leading to its definition."""
        seen: set[str] = set()
        for block in blocks:
            match block:
                case Heading(level=1):
                    seen = set()
                    yield block
                case Clause() if self._pattern:
                    seen.add(block.anchor)
                    yield replace(block, text=self._text(block.text, seen))
                case Bullets() if self._pattern:
                    yield Bullets(tuple(self._text(item, seen) for item in block.items))
                case Table() if self._pattern:
                    rows = tuple(tuple(self._text(cell, seen) for cell in row) for row in block.rows)
                    yield replace(block, rows=rows)
                case _:
                    yield block

    def _text(self, text: Text, seen: set[str]) -> Text:
        return tuple(part for run in text for part in self._run(run, seen))

    def _run(self, run: Run, seen: set[str]) -> Iterator[Run]:
        if self._pattern is None or run.tone not in ("plain", "quiet") or run.to:
            yield run
            return
        start = 0
        for found in self._pattern.finditer(run.text):
            place = self._places[found[1].casefold()]
            if place in seen or _is_a_name(found):
                continue
            seen.add(place)
            if found.start() > start:
                yield replace(run, text=run.text[start : found.start()])
            yield replace(run, text=found[0], to=place)
            start = found.end()
        if start < len(run.text) or not start:
            yield replace(run, text=run.text[start:])
