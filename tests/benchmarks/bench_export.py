"""Exporting northwind against a bare reportlab program that sets the same text in the same fonts.

Both are whole processes, run in turns; the figure is the median of the ratios. ``python bench_export.py [PAIRS]``
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT / "agreements" / "northwind"
LIMIT = 1.5

EXPORT = "import sys; from sla_tui.cli import main; sys.exit(main())"
BARE = """
import json, sys
from xml.sax.saxutils import escape
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
text, fonts, target = sys.argv[1:]
for name in ("Serif-Regular", "Sans-Regular", "Sans-SemiBold"):
    registerFont(TTFont(name, f"{fonts}/Agreement{name}.ttf"))
body = ParagraphStyle("body", fontName="Serif-Regular", fontSize=10, leading=14, spaceAfter=6)
head = ParagraphStyle("head", fontName="Sans-SemiBold", fontSize=14, leading=18)
cell = ParagraphStyle("cell", fontName="Sans-Regular", fontSize=9, leading=12)
story = []
for block in json.load(open(text, encoding="utf-8")):
    if "rows" in block:
        story.append(Table([[Paragraph(escape(c), cell) for c in row] for row in block["rows"]], repeatRows=1))
    else:
        story.append(Paragraph(escape(block["text"]), head if block["heading"] else body))
footer = lambda canvas, doc: canvas.drawString(70, 40, f"page {doc.page}")
SimpleDocTemplate(target, pagesize=A4).build(story, onFirstPage=footer, onLaterPages=footer)
"""


def same_text() -> list[dict[str, Any]]:
    """What the export prints, as headings, paragraphs and tables."""
    from sla_tui.agreement.terms import Agreement
    from sla_tui.publish.blocks import Bullets, Heading, Table, Text
    from sla_tui.publish.compose import compose
    from sla_tui.record.document import Document

    def said(text: Text) -> str:
        return "".join(run.text for run in text)

    document = compose(Document[Agreement].load(NORTHWIND / "agreement.toml", Agreement).value)
    blocks: list[dict[str, Any]] = [{"text": document.title, "heading": True}]
    blocks.append({"rows": [[term.label, said(line)] for term in document.key_terms for line in term.lines]})
    for block in (*document.blocks, document.signing, *document.signing_words):
        if isinstance(block, Heading):
            blocks.append({"text": f"{block.number} {block.text}", "heading": True})
        elif isinstance(block, Table):
            head = [column.title for column in block.columns]
            blocks.append({"rows": [head, *([said(cell) for cell in row] for row in block.rows)]})
        elif isinstance(block, Bullets):
            blocks += [{"text": said(item), "heading": False} for item in block.items]
        else:
            blocks.append({"text": f"{getattr(block, 'number', '')} {said(block.text)}", "heading": False})
    blocks.append({"rows": [[one.party, one.name, one.title] for one in document.signers]})
    return blocks


def seconds(*command: str) -> float:
    """How long one process takes, start to end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        text, ours, bare = (str(Path(folder, name)) for name in ("text.json", "ours.pdf", "bare.pdf"))
        Path(text).write_text(json.dumps(same_text()), "utf-8")
        fonts = str(ROOT / "sla_tui" / "publish" / "fonts")

        def pair() -> tuple[float, float]:
            export = seconds("-c", EXPORT, "export", str(NORTHWIND), "-o", ours)
            return export, seconds("-c", BARE, text, fonts, bare)

        pair()
        times = [pair() for _ in range(pairs)]
    export, peer = (statistics.median(side) for side in zip(*times, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in times)
    print(f"export {export:.3f} s, bare reportlab {peer:.3f} s, ratio {ratio:.2f} (at most {LIMIT}), {pairs} pairs")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
