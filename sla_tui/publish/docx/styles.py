"""How a Word document looks: its styles, its bullets and its settings, as parts of the package."""

from __future__ import annotations

from sla_tui.publish.docx.words import w
from sla_tui.publish.tags import NOTHING, Markup, element, join

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GUTTER = 737
"""Left of the text, where the numbers hang: 13 mm, in twentieths of a point."""
_BULLET = 284
INK, GREY, HAIR, TINT, OPEN = "14253D", "545E6B", "AAB2BD", "BFCFE4", "FFF1C2"
_SERIF, _SANS = "Cambria", "Calibri"
_BULLETS = "1"


def _face(name: str) -> Markup:
    return w("rFonts", ascii=name, hAnsi=name, cs=name)


def _size(points: float) -> Markup:
    half = str(round(points * 2))
    return join((w("sz", val=half), w("szCs", val=half)))


def _spacing(before: float, after: float) -> Markup:
    return w("spacing", before=str(round(before * 20)), after=str(round(after * 20)))


def _hanging(left: int, hanging: int) -> Markup:
    return w("ind", left=str(left), hanging=str(hanging)) if hanging else w("ind", left=str(left))


def _paragraphs(
    id_: str,
    name: str,
    how: Markup,
    letters: Markup = NOTHING,
    based: str = "Normal",
    after: str = "",
    quick: bool = True,
) -> Markup:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=based) if based else NOTHING,
        w("next", val=after) if after else NOTHING,
        w("qFormat") if quick else NOTHING,
        w("pPr", how),
        w("rPr", letters),
        type="paragraph",
        styleId=id_,
        default=None if based else "1",
    )


def _letters(id_: str, name: str, how: Markup) -> Markup:
    return w("style", w("name", val=name), w("qFormat"), w("rPr", how), type="character", styleId=id_)


_KEPT = join((w("keepNext"), w("keepLines")))
_BOLD = join((w("b"), w("bCs")))


def _colour(value: str) -> Markup:
    return w("color", val=value)


def _title(size: float) -> Markup:
    return join((_face(_SANS), _BOLD, _colour(INK), _size(size)))


def _heading(level: int, size: float, before: float, after: float) -> Markup:
    how = join((_KEPT, _spacing(before, after), _hanging(GUTTER, GUTTER), w("outlineLvl", val=str(level - 1))))
    return _paragraphs(f"Heading{level}", f"heading {level}", how, _title(size), after="Clause")


def _small(size: float) -> Markup:
    return join((_face(_SANS), _colour(GREY), _size(size)))


def _bullet() -> Markup:
    numbered = w("numPr", w("ilvl", val="0"), w("numId", val=_BULLETS))
    how = join((numbered, _spacing(0, 3), _hanging(GUTTER + _BULLET, _BULLET)))
    return _paragraphs("ListBullet", "List Bullet", how)


def _tables() -> Markup:
    """Hair rules between rows, a stronger one under the header, none upright."""
    plain = w(
        "style",
        w("name", val="Normal Table"),
        w("tblPr", w("tblInd", w="0", type="dxa"), _margins(0, 108)),
        type="table",
        styleId="TableNormal",
        default="1",
    )
    rules = w("tblBorders", _border("bottom", HAIR, 4), _border("insideH", HAIR, 4))
    head = w("tblStylePr", w("rPr", _BOLD), w("tcPr", w("tcBorders", _border("bottom", INK, 8))), type="firstRow")
    ours = w(
        "style",
        w("name", val="Agreement table"),
        w("basedOn", val="TableNormal"),
        w("tblPr", rules, _margins(0, 120)),
        head,
        type="table",
        styleId="AgreementTable",
        customStyle="1",
    )
    return join((plain, ours))


def _border(side: str, colour: str, eighths: int) -> Markup:
    return w(side, val="single", sz=str(eighths), space="0", color=colour)


def _margins(left: int, right: int) -> Markup:
    sides = {"left": left, "right": right}
    return w("tblCellMar", *(w(side, w=str(wide), type="dxa") for side, wide in sides.items()))


def shade(colour: str) -> Markup:
    """What is behind a text, a paragraph or a cell."""
    return w("shd", val="clear", color="auto", fill=colour)


def styles(language: str) -> Markup:
    """The part ``styles.xml``."""
    tag = w("lang", val=language)
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", _face(_SERIF), _size(10.5), tag)),
        w("pPrDefault", w("pPr", w("spacing", after="100", line="264", lineRule="auto"))),
    )
    running = w("tabs", w("tab", val="right", pos="9071"))
    every = (
        _paragraphs("Normal", "Normal", w("widowControl"), based=""),
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            type="character",
            styleId="DefaultParagraphFont",
            default="1",
        ),
        _tables(),
        w("style", w("name", val="No List"), type="numbering", styleId="NoList", default="1"),
        _paragraphs("Title", "Title", join((_KEPT, _spacing(4, 6))), _title(24), after="Subtitle"),
        _paragraphs("Subtitle", "Subtitle", _spacing(0, 6), _small(11), after="Normal"),
        _heading(1, 15, 20, 5),
        _heading(2, 11, 10, 3),
        _paragraphs("Clause", "Clause", _hanging(GUTTER, GUTTER)),
        _paragraphs("ClauseMore", "Clause continued", _hanging(GUTTER, 0)),
        _paragraphs("Detail", "Detail", _hanging(GUTTER, 0), _small(9)),
        _bullet(),
        _paragraphs(
            "Gap", "Gap", w("spacing", before="0", after="0", line="160", lineRule="exact"), _size(4), quick=False
        ),
        _paragraphs("Cell", "Table text", _spacing(2.5, 2.5), join((_face(_SANS), _size(9)))),
        _paragraphs("Term", "Key term", _spacing(1, 1), based="Cell"),
        _paragraphs("HeadCell", "Table heading", join((_KEPT, _spacing(2.5, 2.5))), _title(8.5), based="Cell"),
        _paragraphs("ContentsHeading", "Contents heading", join((_KEPT, _spacing(20, 5))), _title(13), after="Normal"),
        _paragraphs(
            "TOC1",
            "toc 1",
            join((w("tabs", w("tab", val="left", pos="1134")), _spacing(0, 2), _hanging(1134, 1134))),
            _face(_SANS),
            quick=False,
        ),
        _paragraphs("Header", "header", running, _small(8), quick=False),
        _paragraphs("Footer", "footer", running, _small(8), quick=False),
        _letters("Strong", "Strong", _BOLD),
        _letters("Emphasis", "Emphasis", join((w("i"), w("iCs")))),
        _letters("Number", "Clause number", _small(9.5)),
        _letters("Quiet", "Quiet", _colour(GREY)),
        _letters("Open", "To be agreed", shade(OPEN)),
        _letters("Draft", "Draft", join((_BOLD, _colour("9A3412")))),
    )
    return _part("styles", defaults, *every)


def numbering() -> Markup:
    """The part ``numbering.xml``: the bullets of lists. Clauses are numbered by their text, which others speak of."""
    level = w(
        "lvl",
        w("start", val="1"),
        w("numFmt", val="bullet"),
        w("lvlText", val="•"),
        w("lvlJc", val="left"),
        w("pPr", _hanging(GUTTER + _BULLET, _BULLET)),
        ilvl="0",
    )
    kind = w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId="0")
    return _part("numbering", kind, w("num", w("abstractNumId", val="0"), numId=_BULLETS))


def settings(language: str) -> Markup:
    """The part ``settings.xml``: opened as a document of today's Word, not in a mode for old ones."""
    modern = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    return _part("settings", w("defaultTabStop", val="720"), w("compat", modern), w("themeFontLang", val=language))


def _part(name: str, *inside: Markup) -> Markup:
    return element(f"w:{name}", *inside, xmlns__w=WORDS)
