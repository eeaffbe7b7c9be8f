"""Tables for Word: fixed widths by content, the header row again on every page, places for a pen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sla_tui.publish import linear
from sla_tui.publish.blocks import Figure, KeyTerm, Run, Signer, Table, Text, plain, strong
from sla_tui.publish.columns import shares
from sla_tui.publish.docx.styles import GUTTER, TINT, shade
from sla_tui.publish.docx.words import LONG, Places, line, paragraph, run, w
from sla_tui.publish.shown import one_line
from sla_tui.publish.tags import NOTHING, Markup

_PEN, _SHORT_PEN = 850, 480
"""The least height of a row in which somebody signs, 15 mm, and of one for initials."""
_STEP_WORDS, _BAR = 45, 40
"""The part of a figure that its words take, in percent, and how many cells its longest bar is long."""
_BESIDE = (22, 78)
_SIGNING, _INITIALS = (21, 20, 19, 18, 22), (40, 30, 30)


def table(block: Table, title: str, places: Places, wide: int) -> Markup:
    """A table in the text column, ``wide`` with the gutter; ``title`` says what it lists."""
    aligned = [w("jc", val="right") if column.align == "right" else NOTHING for column in block.columns]
    hangs = block.columns[0].hangs
    widths = _hanging(shares(block), wide) if hangs else _widths(shares(block), wide - GUTTER)
    head = _head([column.title for column in block.columns], widths, aligned)
    rows = (_row([line(cell, places) for cell in row], widths, aligned, _letters(row) > LONG) for row in block.rows)
    return _table(block.title or title, widths, (head, *rows), 0 if hangs else GUTTER, named=block.named)


def key_terms(terms: Sequence[KeyTerm], places: Places, wide: int) -> Markup:
    """What the title page answers: what is asked at the left, the answers under one another at the right."""
    widths = _widths(_BESIDE, wide)
    rows = (
        w("tr", *(_cell(lines, width, style="Term") for lines, width in zip(_asked(term, places), widths, strict=True)))
        for term in terms
    )
    return _table("At a glance", widths, rows, 0, named=True, headed=False)


def steps(figure: Figure, places: Places, wide: int) -> Markup:
    """A figure's steps, one under another, each with a bar beside it: some of a row's last cells, in a colour."""
    words = (wide - GUTTER) * _STEP_WORDS // 100
    grid = [words, *[(wide - GUTTER - words) // _BAR] * _BAR]
    rows = (
        w(
            "tr",
            w("trPr", w("cantSplit")),
            _cell([line((Run(f"{one.name} ", "strong"), Run(one.said)), places)], words),
            *_bar(max(1, part * _BAR // 100), grid[1]),
        )
        for one, part in zip(figure.steps, linear.step_widths(figure), strict=True)
    )
    return _table(figure.said, grid, rows, GUTTER, named=True, headed=False) if figure.steps else NOTHING


def _bar(full: int, each: int) -> Iterator[Markup]:
    """As many cells in one as the bar is long, and the rest of them in another."""
    for cells, colour in ((full, TINT), (_BAR - full, "")):
        if cells:
            space = (w("gridSpan", val=str(cells)), shade(colour) if colour else NOTHING)
            yield w("tc", w("tcPr", w("tcW", w=str(cells * each), type="dxa"), *space), paragraph("Cell"))


def signatures(signers: Sequence[Signer], places: Places, wide: int) -> Markup:
    """Who signs, with room for a pen."""
    rows = [(plain(linear.on_whose_side(one)), linear.name(one), plain(one.title), (), ()) for one in signers]
    return _pen("Who signs", linear.SIGNING, _SIGNING, rows, places, wide, _PEN)


def initials(signers: Sequence[Signer], places: Places, wide: int) -> Markup:
    """Who puts initials to an annex."""
    rows = [(plain(linear.on_whose_side(one)), linear.who(one), ()) for one in signers]
    return _pen("Initials", linear.INITIALS, _INITIALS, rows, places, wide, _SHORT_PEN)


def _asked(term: KeyTerm, places: Places) -> tuple[list[Markup], list[Markup]]:
    return [line(strong(term.label), places)], [line(one, places) for one in term.lines] or [NOTHING]


def _letters(row: Iterable[Text]) -> int:
    return max((sum(len(run.text) for run in text) for text in row), default=0)


def _widths(parts: Sequence[int], wide: int) -> list[int]:
    return [wide * part // 100 for part in parts]


def _hanging(parts: Sequence[int], wide: int) -> list[int]:
    """The first column in the gutter, and the others in what is left."""
    return [GUTTER, *((wide - GUTTER) * part // sum(parts[1:]) for part in parts[1:])]


def _pen(
    title: str,
    titles: Sequence[str],
    parts: Sequence[int],
    rows: list[tuple[Text, ...]],
    places: Places,
    wide: int,
    tall: int,
) -> Markup:
    widths, aligned = _widths(parts, wide), [NOTHING] * len(titles)
    height = w("trHeight", val=str(tall), hRule="atLeast")
    kept = max(map(_letters, rows), default=0) <= LONG
    held = (
        w(
            "tr",
            w("trPr", w("cantSplit") if kept else NOTHING, height),
            *(
                _cell([line(cell, places)], width, together=kept and at + 1 < len(rows), low=True)
                for cell, width in zip(row, widths, strict=True)
            ),
        )
        for at, row in enumerate(rows)
    )
    return _table(title, widths, (_head(titles, widths, aligned), *held), 0)


def _table(
    title: str, widths: Sequence[int], rows: Iterable[Markup], left: int, named: bool = False, headed: bool = True
) -> Markup:
    how = w(
        "tblPr",
        w("tblStyle", val="AgreementTable"),
        w("tblW", w=str(sum(widths)), type="dxa"),
        w("tblInd", w=str(left), type="dxa"),
        w("tblLayout", type="fixed"),
        # The same twice: the number is for older programs.
        w(
            "tblLook",
            val=f"{0x600 | 0x20 * headed | 0x80 * named:04X}",
            firstRow=str(int(headed)),
            firstColumn=str(int(named)),
            noHBand="1",
            noVBand="1",
        ),
        w("tblCaption", val=one_line(title)),
    )
    grid = w("tblGrid", *(w("gridCol", w=str(width)) for width in widths))
    # A paragraph must stand between two tables, or Word makes one of them.
    return Markup(w("tbl", how, grid, *rows) + paragraph("Gap"))


def _head(titles: Iterable[str], widths: Sequence[int], aligned: Sequence[Markup]) -> Markup:
    """Not repeated where it is too tall to stand on every page."""
    words = [one_line(title) for title in titles]
    again = w("tblHeader") if max(map(len, words), default=0) < LONG else NOTHING
    cells = (
        w("tc", _space(width), paragraph("HeadCell", run(title), settings=(how,)))
        for title, width, how in zip(words, widths, aligned, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit") if again else NOTHING, again), *cells)


def _row(cells: Sequence[Markup], widths: Sequence[int], aligned: Sequence[Markup], long: bool) -> Markup:
    how = NOTHING if long else w("trPr", w("cantSplit"))
    written = (
        w("tc", _space(width), paragraph("Cell", cell, settings=(align,)))
        for cell, width, align in zip(cells, widths, aligned, strict=True)
    )
    return w("tr", how, *written)


def _cell(
    lines: Iterable[Markup], width: int, together: bool = False, low: bool = False, style: str = "Cell"
) -> Markup:
    kept = (w("keepNext"),) if together else ()
    space = _space(width, w("vAlign", val="bottom")) if low else _space(width)
    return w("tc", space, *(paragraph(style, one, settings=kept) for one in lines))


def _space(width: int, *more: Markup) -> Markup:
    return w("tcPr", w("tcW", w=str(width), type="dxa"), *more)
