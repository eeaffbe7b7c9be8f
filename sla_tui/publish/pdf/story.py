"""Blocks into what is set on pages, and the rules for what must stay together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from sla_tui.publish.blocks import (
    Annex,
    Block,
    Bullets,
    Clause,
    Detail,
    Document,
    Figure,
    Heading,
    Run,
    Signer,
    Table,
    Text,
    plain,
)
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.contents import contents, entry_of
from sla_tui.publish.pdf.fields import Esign, Pen
from sla_tui.publish.pdf.figures import set_figure
from sla_tui.publish.pdf.glyphs import one_line
from sla_tui.publish.pdf.paging import Together, full_height
from sla_tui.publish.pdf.setting import Entry, SetText, balanced, set_text, width
from sla_tui.publish.pdf.signing import MOST_INITIALS, block_width, initials, overlong, pens, signature_rows
from sla_tui.publish.pdf.tables import SetTable, key_term_table, set_table
from sla_tui.publish.pdf.tagging import Element

_AFTER_CLAUSE = 5.0
_AFTER_BULLET = 2.5
_AFTER_DETAIL = 7.0
_BEFORE_DETAIL = 2.5
_AFTER_TABLE = 10.0
_AROUND_HEADING = {1: (18.0, 5.0), 2: (9.0, 3.0)}
_BEFORE_ASIDE = 12.0
_MOST_KEPT = 400.0
"""The height up to which what leads on to something is held to its beginning."""
_LONGEST_TITLE = 120
"""Characters that a title of a table may have which is taken from what stands above it."""
_TAIL_LINES = 5
"""Lines of a long last clause that move to the signatures with it."""


def _spaced(piece: Any, before: float = 0.0, after: float = 0.0) -> Any:
    piece.before, piece.after = before, after
    return piece


def _heading(block: Heading, key: str, wide: float) -> SetText:
    room = wide - (width(plain(block.mark), look.ASIDE) + _BEFORE_ASIDE if block.mark else 0.0)
    title = _numbered(set_text(plain(block.text), look.HEADING[block.level], room), block.number)
    title.aside, title.wide = block.mark, wide
    title.element = Element(f"H{block.level + 1}")
    title.entry = Entry(block.number, one_line(block.text), block.anchor or key, block.level - 1)
    return _spaced(title, *_AROUND_HEADING[block.level])


def _numbered(piece: SetText, number: str, hang: float = look.GUTTER) -> SetText:
    piece.number, piece.hang = number, hang
    return piece


def _bullets(block: Bullets, wide: float) -> list[Any]:
    items = [set_text(item, look.BULLET, wide - look.BULLET_HANG) for item in block.items]
    for item in items:
        item.indent = look.BULLET_HANG
    listed = Element("L")
    for item in items:
        item.element = Element("LBody", Element("LI", listed))
    set_ = [_spaced(_numbered(item, "•", look.BULLET_HANG), 0, _AFTER_BULLET) for item in items]
    if set_:
        set_[-1].after = _AFTER_CLAUSE
    return set_


def _set(block: Block, key: str, wide: float) -> list[Any]:
    match block:
        case Heading():
            return [_heading(block, key, wide)]
        case Detail():
            return [_spaced(set_text(block.text, look.DETAIL, wide), _BEFORE_DETAIL, _AFTER_DETAIL)]
        case Clause():
            clause = _numbered(set_text(block.text, look.BODY, wide), block.number)
            clause.anchors = (block.anchor,) if block.anchor else ()
            return [_spaced(clause, 0, _AFTER_CLAUSE)]
        case Bullets():
            return _bullets(block, wide)
        case Table():
            return [_spaced(set_table(block, wide), 2, _AFTER_TABLE)] if block.columns else []
        case Figure():
            return [set_figure(block, wide)]


def _titled(block: Block, before: Block | None) -> Block:
    """A table without a title of its own is called what the clause above it, or the heading, is."""
    if not isinstance(block, Table) or block.title:
        return block
    said = before.text if isinstance(before, Heading) else before.text[0].text if _says(before) else ""
    return replace(block, title=one_line(said).rstrip(".: ")) if len(said) <= _LONGEST_TITLE else block


def _says(block: Block | None) -> TypeGuard[Clause]:
    return isinstance(block, Clause) and bool(block.text)


def _leads_on(block: Block, follower: Block | None) -> bool:
    """Whether ``block`` says nothing without the beginning of what follows it."""
    return isinstance(block, Heading) or (
        isinstance(block, Clause) and isinstance(follower, Table | Bullets | Detail | Figure)
    )


def _story(blocks: Sequence[Block], wide: float, name: str) -> list[Any]:
    """The blocks' pieces, each that leads on to another held to its beginning."""
    backwards: list[Any] = []
    needed = 0.0
    follower: Block | None = None
    for at, block in reversed(list(enumerate(blocks))):
        parts = _set(_titled(block, blocks[at - 1] if at else None), f"{name}-{at}", wide)
        if not parts:
            continue
        first = parts[0]
        if _leads_on(block, follower):
            needed = first.height + max(first.after, backwards[-1].before) + needed if backwards else first.height
            first.needs = needed if needed < _MOST_KEPT else 0.0
        else:
            needed = first.start
        backwards += reversed(parts)
        follower = block
    return backwards[::-1]


def _tail(story: list[Any]) -> list[Any]:
    """Takes from the end of ``story`` what the signatures must not be parted from."""
    if not story:
        return []
    last = story.pop()
    if isinstance(last, SetTable) and len(last.rows) > 3:
        story.append(_spaced(last.part(last.rows[:-2]), last.before))
        return [_spaced(last.part(last.rows[-2:]), 0, _AFTER_TABLE)]
    if isinstance(last, SetText) and len(last.lines) > 2 * _TAIL_LINES:
        head, rest = last.parted(len(last.lines) - _TAIL_LINES)
        story.append(head)
        return [rest]
    taken = [last]
    while story and story[-1].needs:
        taken.insert(0, story.pop())
    return taken


def _spelt_out(signers: tuple[Signer, ...], wide: float) -> list[Clause]:
    long = [signer for signer in signers if overlong(signer, block_width(wide))]
    said = [", ".join(part for part in (s.name, s.title, s.party or s.capacity, s.organization) if part) for s in long]
    return [Clause(plain(f"In full: {words}.")) for words in said]


def _ending(story: list[Any], document: Document, wide: float, tall: float, held: dict[str, Pen]) -> list[Any]:
    """The signatures on one page with the last clause; where they are too many, as many of them as that page holds.

    A document that nobody signs has no such end.
    """
    if not (document.signing_words or document.signers):
        return []
    rows = signature_rows(document.signers, wide, held)
    long = _story(_spelt_out(document.signers, wide), wide, "signer")
    flow = _story([document.signing, *document.signing_words], wide, "signing")
    if len(document.signing_words) > 1:
        # The last clause says what is signed; those before it need not wait for a page that holds all signatures.
        kept = [flow.pop()]
    else:
        kept, flow = [*_tail(story), *flow], []
    while rows and full_height([*kept, rows[0]]) <= tall:
        kept.append(rows.pop(0))
    return [*long, *flow, Together(kept), *rows]


def _organization(document: Document) -> Text:
    return plain(document.organization) if document.organization else (Run("organization to be agreed", "open"),)


def cover(document: Document, wide: float, tall: float) -> list[Any]:
    """What stands on the title page, ``wide`` by ``tall`` points."""
    version = f"Version {document.version}" if document.version else ""
    below = " · ".join(part for part in (version, document.status) if part)
    headline = balanced(plain(document.title), look.TITLE, wide)
    headline.element = Element("H1")
    parts = [
        set_text(_organization(document), look.ORGANIZATION, wide),
        _spaced(headline, 4, 6),
        _spaced(set_text(plain(below), look.SUBTITLE, wide), 0, 20),
    ]
    terms = key_term_table(document.key_terms, wide, tall - full_height(parts) - parts[-1].after, tall)
    return [*parts, terms] if document.key_terms else parts


def body(document: Document, wide: float, tall: float, esign: Esign = "fields") -> list[Any]:
    """Everything behind the title page in order, for a text column of ``wide`` by ``tall`` points."""
    letters = {at: lettered(annex) for at, annex in enumerate(document.annexes) if annex.initials}
    few = len(document.signers) <= MOST_INITIALS
    held = pens(document.signers, esign, tuple(letters.values()) if few else ())
    story = _story(document.blocks, wide, "part")
    ending = _ending(story, document, wide, tall, held)
    annexes: list[Any] = []
    for at, annex in enumerate(document.annexes):
        set_ = _story(_dated(annex), wide, f"annex-{at}")
        if set_:
            set_[0].fresh = bool(annex.fingerprint) or not at
        signed = initials(annex.initials, letters[at], wide, held) if at in letters and few else []
        annexes += [*set_, *signed]
    whole = [*story, *ending, *annexes]
    return [*contents([entry for piece in _flat(whole) if (entry := entry_of(piece))], wide), *whole]


def _flat(pieces: Sequence[Any]) -> Iterator[Any]:
    for piece in pieces:
        yield from piece.pieces if isinstance(piece, Together) else (piece,)


def lettered(annex: Annex) -> str:
    """The letter of an annex, which is its heading's number."""
    return next((block.number for block in annex.blocks if isinstance(block, Heading)), "")


def _dated(annex: Annex) -> tuple[Block, ...]:
    """The blocks of an annex, its heading with the fingerprint it is agreed by."""
    first, *rest = annex.blocks or (Heading(""),)
    if not annex.fingerprint or not isinstance(first, Heading):
        return annex.blocks
    said = " · ".join(part for part in (first.mark, f"fingerprint {annex.fingerprint[: look.SHOWN]}") if part)
    return (replace(first, mark=said), *rest)
