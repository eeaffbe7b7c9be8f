"""A document as GitHub-flavoured Markdown, for a wiki: no HTML but line breaks in cells, and no text that is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sla_tui.publish import linear
from sla_tui.publish.blocks import (
    Bullets,
    Clause,
    Detail,
    Document,
    Figure,
    Heading,
    KeyTerm,
    Run,
    Signer,
    Step,
    Table,
    Text,
    plain,
    strong,
)
from sla_tui.publish.linear import Chapter, Part, Reading
from sla_tui.publish.markdown.inline import CELL, escaped, inline
from sla_tui.publish.seal import BLANK, seal
from sla_tui.publish.shown import one_line

_TERMS, _CONTENTS = "At a glance", "Contents"


def render(document: Document) -> bytes:
    """``document`` as a Markdown file in UTF-8."""
    page = _Page(document)
    # A reference that nothing refers to is shown nowhere, and so is the one comment that every Markdown knows.
    blocks = [
        f'[//]: # "{BLANK}"',
        *page.top(),
        *(block for one in page.reading.chapters for block in page.chapter(one)),
    ]
    return seal("\n\n".join([*(block for block in blocks if block), ""]).rstrip("\n").encode() + b"\n")


def _slug(title: str, taken: dict[str, int]) -> str:
    """The name that a heading's link has on GitHub and on most other hosts."""
    kept = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
    taken[kept] = taken.get(kept, -1) + 1
    return f"{kept}-{taken[kept]}" if taken[kept] else kept


def _titled(number: str, title: str) -> str:
    return " ".join(part for part in (number, one_line(title)) if part)


class _Page:
    """A document on its way into Markdown, with the links that a wiki makes of headings by itself."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.reading = Reading(document)
        self.slugs: dict[str, str] = {}
        taken: dict[str, int] = {}
        for title in self._titles_above():
            _slug(title, taken)
        for chapter in self.reading.chapters:
            self._name(chapter, taken)

    def _titles_above(self) -> Iterator[str]:
        yield one_line(self.document.title)
        yield from (_TERMS,) if self.document.key_terms else ()
        yield from (_CONTENTS,) if self.reading.contents else ()

    def _name(self, chapter: Chapter, taken: dict[str, int]) -> None:
        """A clause is led to by the heading it stands under, for a wiki makes places of headings only."""
        under = _slug(_titled(chapter.number, chapter.title), taken) if chapter.heading else ""
        self.slugs[chapter.place] = under
        for part in chapter.parts:
            if isinstance(part.block, Heading):
                under = _slug(_titled(part.block.number, part.block.text), taken)
            self.slugs[part.place] = under

    def _link(self, run: Run) -> str:
        return self.slugs.get(self.reading.place_of(run), "") if run.to else ""

    def _said(self, said: Text) -> str:
        return inline(said, self._link)

    def top(self) -> Iterator[str]:
        """The title, how the document stands, what it comes down to, and its contents."""
        document = self.document
        yield f"# {escaped(one_line(document.title))}"
        if not document.final:
            yield f"> **{linear.DRAFT}** {linear.DRAFT_SAID}"
        said = linear.identity(document)
        yield self._said((linear.organization(document), Run(f"\n{said}")))
        if document.key_terms:
            yield f"## {_TERMS}"
            yield "\n".join(map(self._key_term, document.key_terms))
        entries = [f"- {self._entry(one)}" for one in self.reading.contents]
        if entries:
            yield f"## {_CONTENTS}"
            yield "\n".join(entries)

    def _entry(self, chapter: Chapter) -> str:
        return f"[{escaped(_titled(chapter.number, chapter.title))}](#{self.slugs[chapter.place]})"

    def _key_term(self, term: KeyTerm) -> str:
        label = inline(strong(f"{one_line(term.label)}:"), self._link)
        if len(term.lines) == 1:
            return _item(f"{label} {self._said(term.lines[0])}")
        return "\n".join((f"- {label}", *(_indented(_item(self._said(line))) for line in term.lines)))

    def chapter(self, chapter: Chapter) -> Iterator[str]:
        """A chapter with its heading, what it says, and who signs there or puts initials to it."""
        if chapter.heading:
            yield f"## {escaped(_titled(chapter.number, chapter.title))}"
            yield self._said((Run(chapter.mark, "emphasis"),))
        for part in chapter.parts:
            yield from self._block(part)
        if chapter.signers:
            yield self._signers(chapter.signers)
        if chapter.initials:
            rows = ((plain(linear.on_whose_side(one)), linear.who(one), ()) for one in chapter.initials)
            yield self._table(linear.INITIALS, rows)

    def _block(self, part: Part) -> Iterator[str]:
        match part.block:
            case Heading() as block:
                yield f"### {escaped(_titled(block.number, block.text))}"
            case Clause() as block:
                yield self._said((Run(f"{block.number} " if block.number else "", "strong"), *block.text))
            case Detail() as block:
                yield self._said(block.text)
            case Bullets() as block:
                yield "\n".join(_item(self._said(one)) for one in block.items)
            case Table() as block:
                if block.columns:
                    titles = tuple(column.title for column in block.columns)
                    yield self._table(titles, block.rows, tuple(one.align == "right" for one in block.columns))
            case Figure() as block:
                yield "\n".join(self._step(one) for one in block.steps)

    def _step(self, step: Step) -> str:
        return _item(self._said((Run(f"{step.name} ", "strong"), Run(step.said))), "1.")

    def _signers(self, signers: tuple[Signer, ...]) -> str:
        rows = ((plain(linear.on_whose_side(one)), linear.name(one), plain(one.title), (), ()) for one in signers)
        return self._table(linear.SIGNING, rows)

    def _table(self, titles: tuple[str, ...], rows: Iterable[tuple[Text, ...]], right: tuple[bool, ...] = ()) -> str:
        rules = ("--:" if at < len(right) and right[at] else "---" for at in range(len(titles)))
        head = (escaped(one_line(title)) for title in titles)
        body = ((inline(cell, self._link, CELL) for cell in row) for row in rows)
        return "\n".join(f"| {' | '.join(row)} |" for row in (head, rules, *body))


def _item(written: str, sign: str = "-") -> str:
    return f"{sign} {written}".replace("\n", f"\n{' ' * (len(sign) + 1)}")


def _indented(written: str) -> str:
    return "\n".join(f"  {line}" for line in written.split("\n"))
