"""What a good engineer writes to print one known text, each with one library; ours is measured beside them.

They escape their text and set it in the same faces and sizes, with running lines, DRAFT, contents and fields to fill
in. They check nothing, tag nothing, attach nothing, and what is defined leads nowhere.
"""

from __future__ import annotations

import importlib
import json
from html import escape
from pathlib import Path
from typing import Any

SIZES = {
    "title": (27, 32),
    "head": (13, 16.5),
    "sub": (10.5, 14),
    "body": (9.5, 12.8),
    "detail": (8.5, 11.3),
    "cell": (8.4, 10.8),
}
FACES = {"title": "Sans-SemiBold", "head": "Sans-SemiBold", "sub": "Sans-SemiBold", "body": "Serif-Regular"}
TONES = {"strong": {"Serif-Regular": "Serif-SemiBold", "Sans-Regular": "Sans-SemiBold"}}
SLANTED = ("emphasis", "open")
GUTTER, MARGIN, CHUNK = 34.0, 62.4, 240


def read(path: str) -> dict[str, Any]:
    """The text to print."""
    return json.loads(Path(path).read_text("utf-8"))


def face_of(kind: str, tone: str) -> str:
    """The face in which a piece of a block is set."""
    face = FACES.get(kind, "Sans-Regular")
    return "Serif-Italic" if tone in SLANTED else TONES.get(tone, {}).get(face, face)


def with_reportlab(text: str, fonts: str, target: str) -> None:
    """Paragraphs, tables and a form by way of platypus."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

    given = read(text)
    for name in ("Serif-Regular", "Serif-SemiBold", "Serif-Italic", "Sans-Regular", "Sans-SemiBold"):
        registerFont(TTFont(name, f"{fonts}/Agreement{name}.ttf"))
    styles: dict[str, Any] = {
        kind: ParagraphStyle(
            kind,
            fontName=FACES.get(kind, "Sans-Regular"),
            fontSize=size,
            leading=leading,
            leftIndent=0 if kind in ("cell", "title") else GUTTER,
            spaceBefore={"head": 12, "sub": 6}.get(kind, 0),
            spaceAfter=0 if kind == "cell" else 3,
            bulletFontName="Sans-Regular",
            bulletFontSize=8.5,
            keepWithNext=kind in ("head", "sub"),
        )
        for kind, (size, leading) in SIZES.items()
    }

    def markup(runs: list[list[str]], kind: str) -> str:
        own = face_of(kind, "plain")
        said = ((face_of(kind, tone), escape(words).replace("\n", "<br/>")) for words, tone in runs)
        return "".join(words if face == own else f'<font name="{face}">{words}</font>' for face, words in said)

    class Field(Flowable):
        def __init__(self, name: str, wide: float, tall: float) -> None:
            super().__init__()
            self.name, self.width, self.height = name, wide, tall

        def wrap(self, aW: float, aH: float) -> tuple[float, float]:
            return self.width, self.height

        def draw(self) -> None:
            form: Any = self.canv.acroForm
            form.textfield(name=self.name, tooltip=self.name, relative=True, width=self.width, height=self.height)

    def cell(words: str) -> Paragraph:
        return Paragraph(escape(words), styles["cell"])

    def signed(one: dict[str, str]) -> Table:
        rows: list[list[Any]] = [[cell(label), cell(one[label])] for label in ("For", "Name", "Title")]
        rows += [[cell(label), Field(f"{label}_{one['id']}", 120, 15)] for label in ("Place", "Date")]
        rows.append([cell("Signature"), Field(f"signature_{one['id']}", 160, 32)])
        return Table(rows, colWidths=[55, 170], hAlign="LEFT")

    story: list[Any] = []
    for block in given["blocks"]:
        kind = block["kind"]
        if kind == "page":
            story.append(PageBreak())
        elif kind == "table":
            rows = [[Paragraph(markup(runs, "cell"), styles["cell"]) for runs in row] for row in block["rows"]]
            style = [("TOPPADDING", (0, 0), (-1, -1), 2.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8)]
            story.append(Table(rows, block["widths"], repeatRows=1, style=style, spaceAfter=10, spaceBefore=2))
        elif kind == "rows":
            head, *rows = block["rows"]
            for at in range(0, len(rows), CHUNK):
                part = [head, *rows[at : at + CHUNK]]
                style = [("FONT", (0, 0), (-1, -1), "Sans-Regular", 8.4, 10.8)]
                story.append(Table(part, repeatRows=1, rowHeights=[16.4] * len(part), style=style))
        elif kind == "signers":
            story.append(Table([[signed(one) for one in block["side by side"]]]))
        elif kind == "initials":
            fields = [Field(f"{name}_{block['letter']}", 90, 18) for name in block["names"]]
            story.append(Table([fields, [cell(f"Initials {name}") for name in block["names"]]]))
        else:
            story.append(Paragraph(markup(block["text"], kind), styles[kind], bulletText=block.get("number") or None))

    def dress(canvas: Any, document: Any) -> None:
        canvas.setFont("Sans-Regular", 7.5)
        if given["draft"]:
            canvas.saveState()
            canvas.setFillGray(0.93)
            canvas.translate(A4[0] / 2, A4[1] / 2)
            canvas.rotate(52)
            canvas.setFont("Sans-SemiBold", 170)
            canvas.drawCentredString(0, -58, "DRAFT")
            canvas.restoreState()
        canvas.drawString(MARGIN, A4[1] - 42, given["title"])
        canvas.drawRightString(A4[0] - MARGIN, A4[1] - 42, given["organization"])
        canvas.line(MARGIN, A4[1] - 47, A4[0] - MARGIN, A4[1] - 47)
        canvas.line(MARGIN, 47, A4[0] - MARGIN, 47)
        canvas.drawString(MARGIN, 37, given["footer"])
        canvas.drawRightString(A4[0] - MARGIN, 37, f"page {document.page} of {given['pages']}")

    sides: dict[str, Any] = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN - 9)
    document = SimpleDocTemplate(target, pagesize=A4, title=given["title"], lang="en", **sides)
    document.build(story, onFirstPage=dress, onLaterPages=dress)


def with_fpdf2(text: str, fonts: str, target: str) -> None:
    """Cells and tables by way of fpdf2, which makes no form."""
    given = read(text)
    library: Any = importlib.import_module("fpdf")

    class Paper(library.FPDF):  # type: ignore[misc]
        def footer(self) -> None:
            self.set_y(-42)
            self.set_font("Sans-Regular", size=7.5)
            self.cell(0, 10, f"{given['footer']}  page {self.page_no()} of {given['pages']}")

    paper: Any = Paper("P", "pt", "A4")
    for name in ("Serif-Regular", "Serif-SemiBold", "Serif-Italic", "Sans-Regular", "Sans-SemiBold"):
        paper.add_font(name, fname=f"{fonts}/Agreement{name}.ttf")
    paper.set_auto_page_break(True, MARGIN)
    paper.add_page()
    for block in given["blocks"]:
        kind = block["kind"]
        if kind == "page":
            paper.add_page()
        elif kind in ("table", "rows"):
            paper.set_font("Sans-Regular", size=8.4)
            with paper.table(line_height=10.8, first_row_as_headings=False) as table:
                for row in block["rows"]:
                    line = table.row()
                    for runs in row:
                        line.cell(runs if isinstance(runs, str) else "".join(words for words, _ in runs))
        elif kind in ("signers", "initials"):
            paper.set_font("Sans-Regular", size=8.4)
            said = (f"{label} {words}" for label, words in block.items() if label != "kind")
            paper.multi_cell(0, 10.8, "\n".join(said), new_x="LMARGIN", new_y="NEXT")
        else:
            size, leading = SIZES[kind]
            if block.get("number"):
                paper.set_font("Sans-Regular", size=8.5)
                paper.cell(GUTTER, leading, block["number"])
            for words, tone in block["text"]:
                paper.set_font(face_of(kind, tone), size=size)
                paper.write(leading, words)
            paper.ln(leading + 5)
    paper.output(target)


def with_weasyprint(text: str, fonts: str, target: str) -> None:
    """A page of HTML by way of weasyprint, with fields."""
    given = read(text)
    library: Any = importlib.import_module("weasyprint")
    faces = "".join(
        f'@font-face{{font-family:"{name}";src:url("file://{fonts}/Agreement{name}.ttf")}}'
        for name in ("Serif-Regular", "Serif-SemiBold", "Serif-Italic", "Sans-Regular", "Sans-SemiBold")
    )
    kinds = "".join(
        f'.{kind}{{font:{size}pt/{leading}pt "{face_of(kind, "plain")}"}}' for kind, (size, leading) in SIZES.items()
    )
    page = f'@page{{size:A4;margin:{MARGIN}pt;@bottom-left{{content:"{given["footer"]}"}}}}'

    def said(runs: Any, kind: str) -> str:
        pairs = [(runs, "plain")] if isinstance(runs, str) else runs
        return "".join(
            f"<span style=\"font-family:'{face_of(kind, tone)}'\">{escape(word)}</span>" for word, tone in pairs
        )

    parts: list[str] = []
    for block in given["blocks"]:
        kind = block["kind"]
        if kind == "page":
            parts.append('<div style="break-before:page"></div>')
        elif kind in ("table", "rows"):
            rows = ("".join(f"<td>{said(runs, 'cell')}</td>" for runs in row) for row in block["rows"])
            parts.append(f"<table class=cell>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif kind in ("signers", "initials"):
            lines = "<br>".join(escape(f"{label} {words}") for label, words in block.items() if label != "kind")
            parts.append(f"<p class=cell>{lines}<input name=place><input name=date></p>")
        else:
            parts.append(f"<p class={kind}>{escape(block.get('number') or '')} {said(block['text'], kind)}</p>")
    html = f"<html lang=en><style>{faces}{kinds}{page}</style><body>{''.join(parts)}</body></html>"
    library.HTML(string=html).write_pdf(target, pdf_forms=True)
