"""The chapters of a document as HTML: clauses, lists, tables, figures, and the places to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_tui.publish import linear
from sla_tui.publish.blocks import (
    Bullets,
    Clause,
    Column,
    Detail,
    Figure,
    Heading,
    Run,
    Signer,
    Table,
    Text,
    plain,
)
from sla_tui.publish.columns import shares
from sla_tui.publish.linear import Chapter, Part, Reading
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import NOTHING, SPACE, Markup, element, join, text, void

_TONES = {"strong": "strong", "emphasis": "em", "quiet": "small", "open": "mark"}


def line(said: Text, reading: Reading) -> Markup:
    """A line of thought, with a link where a run speaks of something that stands in this document."""
    return join(_run(run, reading) for run in linear.joined(said))


def _run(run: Run, reading: Reading) -> Markup:
    words = join((text(row) for row in run.text.split("\n")), void("br"))
    if tag := _TONES.get(run.tone):
        words = element(tag, words)
    place = reading.place_of(run)
    return element("a", words, href=f"#{place}") if place else words


def chapter_section(chapter: Chapter, reading: Reading) -> Markup:
    """A chapter with its heading, what it says, and who signs there or puts initials to it."""
    inside = (
        _heading(chapter) if chapter.heading else NOTHING,
        *(_block(part, chapter, reading) for part in chapter.parts),
        _signers(chapter.signers, reading) if chapter.signers else NOTHING,
        _initials(chapter.initials, reading) if chapter.initials else NOTHING,
    )
    kinds = ("annex" if chapter.annex else "", "fresh" if chapter.fresh else "")
    kind = " ".join(one for one in kinds if one) or None
    return element("section", *inside, class_=kind, aria_labelledby=chapter.place or None)


def _heading(chapter: Chapter) -> Markup:
    mark = element("small", text(chapter.mark)) if chapter.mark else NOTHING
    parts = (_number(chapter.number), text(chapter.title), mark)
    return element("h2", join((part for part in parts if part), SPACE), id=chapter.place)


def _number(number: str) -> Markup:
    return element("span", text(number), class_="number") if number else NOTHING


def _block(part: Part, chapter: Chapter, reading: Reading) -> Markup:
    match part.block:
        case Heading() as block:
            inside = (_number(block.number), text(one_line(block.text)))
            return element("h3", join((one for one in inside if one), SPACE), id=part.place)
        case Clause() as block:
            said = element("span", line(block.text, reading), class_="said")
            inside = (_number(block.number), said) if block.number else (said,)
            return element("p", join(inside, SPACE), class_="clause", id=part.place or None)
        case Detail() as block:
            return element("p", line(block.text, reading), class_="detail")
        case Bullets() as block:
            return (
                element("ul", *(element("li", line(one, reading)) for one in block.items)) if block.items else NOTHING
            )
        case Table() as block:
            return _table(block, chapter, reading) if block.columns else NOTHING
        case Figure() as block:
            return _figure(block)


def _table(table: Table, chapter: Chapter, reading: Reading) -> Markup:
    """A table that scrolls by itself where a screen is too narrow for it, which a keyboard must be able to do too."""
    caption = one_line(table.title) or chapter.title or "Table"
    rows = (_row(row, table, reading) for row in table.rows)
    inside = element(
        "table",
        element("caption", text(caption)),
        element("colgroup", *(void("col", class_=f"w{share}") for share in shares(table))),
        element("thead", element("tr", *map(_column, table.columns))),
        element("tbody", *rows),
    )
    kind = "scrolls hangs" if table.columns[0].hangs else "scrolls"
    return element("div", inside, class_=kind, role="group", aria_label=caption, tabindex="0")


def _column(column: Column) -> Markup:
    if not column.title:
        return element("td", class_=_kind(column))
    return element("th", text(column.title), scope="col", class_=_kind(column))


def _row(row: tuple[Text, ...], table: Table, reading: Reading) -> Markup:
    return element("tr", *_cells(row, table, reading))


def _cells(row: tuple[Text, ...], table: Table, reading: Reading) -> Iterator[Markup]:
    for at, (said, column) in enumerate(zip(row, table.columns, strict=True)):
        if table.named and at == 0:
            yield element("th", line(said, reading), scope="row", class_=_kind(column))
        else:
            yield element("td", line(said, reading), class_=_kind(column))


def _kind(column: Column) -> str | None:
    kinds = ("right" if column.align == "right" else "", "short" if column.nowrap else "")
    return " ".join(kind for kind in kinds if kind) or None


def _figure(figure: Figure) -> Markup:
    """Steps as text with a bar beside each: one picture, which says what it shows to whoever does not see it."""
    steps = (
        element("li", _bar(wide), element("strong", text(step.name)), element("span", text(step.said)))
        for step, wide in zip(figure.steps, linear.step_widths(figure), strict=True)
    )
    said = one_line(figure.said) or None
    kind = f"figure {figure.kind}"
    return element("div", element("ol", *steps), class_=kind, role="img" if said else None, aria_label=said)


def _bar(wide: int) -> Markup:
    return element(
        "svg", void("rect", width=f"{wide}%", height="100%"), class_="bar", aria_hidden="true", focusable="false"
    )


def _signers(signers: tuple[Signer, ...], reading: Reading) -> Markup:
    rows = ((plain(linear.on_whose_side(one)), linear.name(one), plain(one.title)) for one in signers)
    return _pen("Who signs", "pen", linear.SIGNING, rows, reading)


def _initials(signers: tuple[Signer, ...], reading: Reading) -> Markup:
    rows = ((plain(linear.on_whose_side(one)), linear.who(one)) for one in signers)
    return _pen("Initials", "pen initials", linear.INITIALS, rows, reading)


def _pen(
    caption: str, kind: str, titles: tuple[str, ...], rows: Iterable[tuple[Text, ...]], reading: Reading
) -> Markup:
    """A table of who signs, the cells behind what is known left blank for a pen."""
    head = element("thead", element("tr", *(element("th", text(title), scope="col") for title in titles)))
    body = (element("tr", *_known(row, reading), *_blank(len(titles) - len(row))) for row in rows)
    table = element("table", element("caption", text(caption)), head, element("tbody", *body), class_=kind)
    return element("div", table, class_="scrolls", role="group", aria_label=caption, tabindex="0")


def _known(row: tuple[Text, ...], reading: Reading) -> Iterator[Markup]:
    """What is printed of a signer, whose name is what the row is about."""
    side, name, *more = row
    yield element("td", line(side, reading))
    yield element("th", line(name, reading), scope="row")
    yield from (element("td", line(one, reading)) for one in more)


def _blank(count: int) -> Iterator[Markup]:
    return (element("td", class_="line") for _ in range(count))
