"""Blocks into what reportlab sets on pages, and the rules for what must stay together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, KeepTogether, PageBreak
from reportlab.platypus.paragraph import Paragraph

from sla_tui.publish.blocks import Block, Bullets, Clause, Detail, Document, Heading, Signer, Table, plain
from sla_tui.publish.pdf import look
from sla_tui.publish.pdf.setting import fitted, frags, paragraph_style, paragraphs
from sla_tui.publish.pdf.signing import block_width, overlong, signature_rows
from sla_tui.publish.pdf.tables import SetTable, key_term_table, set_table

_AFTER_CLAUSE = 6.0
_AFTER_BULLET = 2.5
_AFTER_DETAIL = 9.0
_AFTER_TABLE = 13.0
_LINES = 3
"""Lines of a paragraph that make it worth beginning at the end of a page."""
_TAIL_LINES = 5
"""Lines of a long last clause that move to the signatures with it."""


class OutlinedParagraph(Paragraph):
    """A heading that also stands in the outline beside the pages."""

    entry: tuple[str, str, int] | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """As a paragraph; the first part stands in the outline."""
        parts: list[Any] = super().split(availWidth, availHeight)
        if parts:
            parts[0].entry = self.entry
        return parts

    def draw(self) -> None:
        """Draws the heading and enters it in the outline."""
        if self.entry:
            canvas: Any = self.canv
            title, key, level = self.entry
            canvas.bookmarkHorizontal(key, 0, self.height + 8)
            canvas.addOutlineEntry(title, key, level, closed=False)
        super().draw()


def _spaced(flowable: Any, before: float = 0.0, after: float = 0.0) -> Any:
    flowable.spaceBefore, flowable.spaceAfter = before, after
    return flowable


def _heading(block: Heading, key: str) -> Paragraph:
    style = look.HEADING[block.level]
    text = plain(block.text)
    title = OutlinedParagraph("", paragraph_style(style), bulletText=block.number or None, frags=frags(text, style))
    title.entry = (fitted(f"{block.number} {block.text}".strip(), look.LABEL, 600), key, block.level - 1)
    return _spaced(title, *((18, 7) if block.level == 1 else (8, 4)))


def _bullet_items(block: Bullets) -> list[Any]:
    items = [paragraphs(item, look.BULLET, "•", look.BULLET_HANG) for item in block.items]
    return [_spaced(part, 0, _AFTER_BULLET) for item in items for part in item]


def _set(block: Block, key: str, wide: float) -> list[Any]:
    if isinstance(block, Heading):
        return [_heading(block, key)]
    if isinstance(block, Detail):
        return [_spaced(part, -3, _AFTER_DETAIL) for part in paragraphs(block.text, look.DETAIL)]
    if isinstance(block, Clause):
        return [_spaced(part, 0, _AFTER_CLAUSE) for part in paragraphs(block.text, look.BODY, block.number)]
    if isinstance(block, Bullets):
        return _bullet_items(block)
    return [_spaced(set_table(block, wide), 2, _AFTER_TABLE)] if block.columns else []


def _height(flowable: Any, wide: float) -> float:
    return flowable.wrap(wide, 1e6)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()


def _start(flowable: Any, wide: float) -> float:
    """The height without which ``flowable`` had better begin on the next page."""
    if isinstance(flowable, SetTable):
        return flowable.least() + flowable.getSpaceBefore()
    return min(_height(flowable, wide), _LINES * flowable.style.leading)


def _leads_on(block: Block, follower: Block | None) -> bool:
    """Whether ``block`` says nothing without the beginning of what follows it."""
    return isinstance(block, Heading) or (isinstance(block, Clause) and isinstance(follower, Table | Bullets | Detail))


def _story(blocks: Sequence[Block], wide: float, name: str) -> list[Any]:
    """The blocks' flowables, each that leads on to another held to its beginning."""
    backwards: list[Any] = []
    needed = 0.0
    follower: Block | None = None
    for at, block in reversed(list(enumerate(blocks))):
        parts = _set(block, f"{name}-{at}", wide)
        if not parts:
            continue
        leads = _leads_on(block, follower) and len(parts) == 1
        needed = _height(parts[0], wide) + needed if leads else _start(parts[0], wide)
        backwards += [*reversed(parts)]
        if leads and needed < 400:
            backwards.append(CondPageBreak(needed))
        follower = block
    return backwards[::-1]


def _tail(story: list[Any], wide: float) -> list[Any]:
    """Takes from the end of ``story`` what the signatures must not be parted from."""
    if not story:
        return []
    last = story.pop()
    if isinstance(last, SetTable) and len(last.rows) > 3:
        story.append(last.part(last.rows[:-2]))
        return [_spaced(last.part(last.rows[-2:]), 0, _AFTER_TABLE)]
    if isinstance(last, Paragraph):
        lines = round(last.wrap(wide, 1e6)[1] / last.style.leading)
        if lines > 2 * _TAIL_LINES:
            head, rest = last.split(wide, (lines - _TAIL_LINES + 0.1) * last.style.leading)
            story.append(head)
            return [_spaced(rest, 0, _AFTER_CLAUSE)]
    taken = [last]
    while story and isinstance(story[-1], OutlinedParagraph | CondPageBreak):
        taken.insert(0, story.pop())
    return [part for part in taken if not isinstance(part, CondPageBreak)]


def _spelt_out(signers: tuple[Signer, ...], wide: float) -> list[Clause]:
    long = [signer for signer in signers if overlong(signer, block_width(wide))]
    said = [", ".join(part for part in (s.name, s.title, s.party, s.organization) if part) for s in long]
    return [Clause(plain(f"In full: {words}.")) for words in said]


def _ending(story: list[Any], document: Document, wide: float, tall: float) -> list[Any]:
    """The signatures on one page with the last clause; where they are too many, as many of them as that page holds."""
    rows = signature_rows(document.signers, wide)
    words = _story([*_spelt_out(document.signers, wide), document.signing, *document.signing_words], wide, "signing")
    kept = [*_tail(story, wide), *(part for part in words if not isinstance(part, CondPageBreak))]
    room = tall - sum(_height(part, wide) for part in kept)
    while rows and _height(rows[0], wide) <= room:
        room -= _height(rows[0], wide)
        kept.append(rows.pop(0))
    return [KeepTogether(kept), *rows]


def _cover(document: Document, size: tuple[float, float]) -> list[Any]:
    wide, tall = size
    version = f"Version {document.version}" if document.version else ""
    below = " · ".join(part for part in (version, document.status) if part)
    parts = [
        *paragraphs(plain(document.organization), look.ORGANIZATION),
        *(_spaced(part, 4, 6) for part in paragraphs(plain(document.title), look.TITLE)),
        *(_spaced(part, 0, 20) for part in paragraphs(plain(below), look.SUBTITLE)),
    ]
    room = tall - sum(_height(part, wide) for part in parts)
    return [*parts, key_term_table(document.key_terms, wide, room)]


def story(document: Document, column: tuple[float, float], cover: tuple[float, float]) -> list[Flowable]:
    """Everything in order, for a text column and a title page of the given widths and heights in points."""
    body = _story(document.blocks, column[0], "part")
    ending = _ending(body, document, *column)
    return [*_cover(document, cover), NextPageTemplate("body"), PageBreak(), *body, *ending]
