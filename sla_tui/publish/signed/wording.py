"""Whether pages say what a document says: every text of it stands on them, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sla_tui.publish.blocks import Block, Bullets, Clause, Detail, Document, Figure, Heading, Table, Text, plain

_LONG = 40
"""Characters of a text that hardly stands on the pages by chance; what is shorter is looked for between two of them."""
_NEAR = 4000
"""How far behind the text before a short one is looked for: headers, fields and figures stand between."""
_PIECE = 12
"""Characters of the shortest piece of a text that is cut by the end of a page."""
_MOST = 20
"""Texts that are missed before the rest need not be looked for."""


@dataclass(slots=True)
class _Sought:
    """A text, how it reads without white space, and where it was found; -1 for nowhere near its place."""

    text: str
    drawn: str
    start: int = -1
    end: int = -1


def unsaid(document: Document, pages: Sequence[str]) -> tuple[str, ...]:
    """The texts of ``document`` that do not stand on its ``pages``; the first of them where there are many.

    A page is what stands on it without white space, header and footer.
    """
    from sla_tui.publish.pdf.coverage import spelt_out

    read = [spelt_out(page) for page in pages]
    return (*_missed_terms(document, read[0] if read else ""), *_missed_texts(document, "".join(read[1:] or read)))


def _missed_terms(document: Document, words: str) -> Iterator[str]:
    """The key terms that do not stand on the title page, where a long list may be shortened."""
    end = 0
    for term in document.key_terms:
        for at, line in enumerate(term.lines):
            drawn = _drawn(line)
            place = words.find(drawn, end)
            if place >= 0:
                end = place + len(drawn)
                continue
            left = len(term.lines) - at
            if f"and{left}more" not in words and f"{left},{_drawn(plain(term.where))}" not in words:
                yield "".join(run.text for run in line)
            break


def _missed_texts(document: Document, words: str) -> tuple[str, ...]:
    sought = [_Sought("".join(run.text for run in text), _drawn(text)) for text in _texts(document)]
    missed = _missed_long(sought, words) | _missed_short(sought, words)
    return tuple(one.text for at, one in enumerate(sought) if at in missed)


def _missed_long(sought: Sequence[_Sought], words: str) -> set[int]:
    """Looks for the long texts, each not far behind the one before; some may be cut."""
    missed: set[int] = set()
    end = between = 0
    for at, one in enumerate(sought):
        if len(one.drawn) < _LONG or len(missed) >= _MOST:
            between += len(one.drawn)
            continue
        # Twice as far, for a table's header stands again on every page.
        near = end + 2 * (between + len(one.drawn)) + _NEAR if end else len(words)
        one.start = words.find(one.drawn, end, near)
        one.end = one.start + len(one.drawn) if one.start >= 0 else _cut(one, words, end, near)
        if one.end < 0:
            missed.add(at)
        between = 0 if one.end >= 0 else between + len(one.drawn)
        end = max(one.end, end)
    return missed


def _missed_short(sought: Sequence[_Sought], words: str) -> set[int]:
    """Looks for the short texts between the long ones around them."""
    missed: set[int] = set()
    stops = [len(words)] * len(sought)
    for at in range(len(sought) - 2, -1, -1):
        after = sought[at + 1]
        stops[at] = after.start if after.end >= 0 else stops[at + 1]
    end, first = 0, True
    for at, one in enumerate(sought):
        if len(one.drawn) >= _LONG:
            end, first = (one.end, False) if one.end >= 0 else (end, first)
            continue
        stop = stops[at] if first else min(stops[at], end + len(one.drawn) + _NEAR)
        one.start = words.find(one.drawn, end, stop)
        if one.start >= 0:
            end = one.end = one.start + len(one.drawn)
        elif len(missed) < _MOST:
            missed.add(at)
    return missed


def _cut(one: _Sought, words: str, start: int, stop: int) -> int:
    """Where a text ends that stands in pieces, -1 for none: a tall row of a table goes on behind the end of a page."""
    rest, pieces, at = one.drawn, 2 + len(one.drawn) // 1000, start
    while rest and pieces:
        fits, over = 0, len(rest) + 1
        while over - fits > 1:
            middle = (fits + over) // 2
            fits, over = (middle, over) if words.find(rest[:middle], at, stop) >= 0 else (fits, middle)
        if fits < min(_PIECE, len(rest)):
            return -1
        place = words.find(rest[:fits], at, stop)
        one.start = place if one.start < 0 else one.start
        rest, pieces, at = rest[fits:], pieces - 1, place + fits
    return -1 if rest else at


def _texts(document: Document) -> Iterator[Text]:
    yield from _of(document.blocks)
    yield plain(document.signing.text)
    yield from (clause.text for clause in document.signing_words)
    for annex in document.annexes:
        yield from _of(annex.blocks)


def _of(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Heading():
                yield plain(block.text)
            case Clause() | Detail():
                yield block.text
            case Bullets():
                yield from block.items
            case Table():
                for row in block.rows:
                    yield from row
            case Figure():
                yield from ()


def _drawn(text: Text) -> str:
    """A text as it reads on a page printed without the extra ``cjk``, without white space."""
    from sla_tui.publish.pdf.coverage import spelt_out
    from sla_tui.publish.pdf.setting import shown

    return "".join(spelt_out("".join(run.text for run in shown(text))).split())
