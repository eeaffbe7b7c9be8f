"""Exporting northwind and a long document, each beside a bare program that prints the same text on as many pages.

All are whole processes, run in turns, with their modules compiled as an installed program's are; a figure is the
median of the ratios. Northwind lies outside any checkout: how long git takes hangs on its history, not on the text.
``python -m tests.benchmarks.bench_export [PAIRS] [--peers PYTHON]``, where PYTHON has fpdf2 and
weasyprint installed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT / "agreements" / "northwind"
FONTS = str(ROOT / "sla_tui" / "publish" / "fonts")
GOALS = {"northwind": 1.2, "long": 1.5, "megabytes": 100.0}
WIDE = 470.0
ROWS = (1_000, 5_000, 10_000)
PROSE = 60
"""Pages of prose before the long table."""

EXPORT = "import sys; from sla_tui.cli import main; sys.exit(main())"
LONG = "import sys; from tests.benchmarks.bench_export import ours; ours(*sys.argv[1:])"
BARE = "import sys; from tests.benchmarks.peer_pdf import {0}; {0}(*sys.argv[1:])"


def said(text: Any) -> list[list[str]]:
    """What stands in a line, run by run with its tone."""
    return [[f"[{run.text}]" if run.tone == "open" else run.text, run.tone] for run in text]


def printed(block: Any) -> Iterator[dict[str, Any]]:
    """One block as the peers read it."""
    from sla_tui.publish.blocks import Bullets, Clause, Detail, Figure, Heading, Table

    match block:
        case Heading():
            kind = "head" if block.level == 1 else "sub"
            yield {"kind": kind, "text": [[f"{block.text}  {block.mark}".strip(), "plain"]], "number": block.number}
        case Clause():
            yield {"kind": "body", "text": said(block.text), "number": block.number}
        case Detail():
            yield {"kind": "detail", "text": said(block.text)}
        case Bullets():
            yield from ({"kind": "body", "text": said(item), "number": "•"} for item in block.items)
        case Table():
            head = [[[column.title, "strong"]] for column in block.columns]
            yield table([head, *([said(cell) for cell in row] for row in block.rows)])
        case Figure():
            rows = [[[[step.name, "plain"]], [[step.said, "plain"]]] for step in block.steps]
            yield table(rows)


def table(rows: list[list[Any]]) -> dict[str, Any]:
    """A table with widths that suit what stands in its columns."""
    longest = [sorted(sum(len(words) for words, _ in cell) for cell in column) for column in zip(*rows, strict=True)]
    wants = [min(max(held[len(held) * 9 // 10], 13), 60) for held in longest]
    return {"kind": "table", "rows": rows, "widths": [WIDE * one / sum(wants) for one in wants]}


def same_text(pages: int, contents: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the export of northwind prints, in its order, on as many pages with the same breaks."""
    from sla_tui.agreement.terms import Agreement
    from sla_tui.record.document import Document
    from sla_tui.workshop.documents import composed

    file = NORTHWIND / "agreement.toml"
    document = composed(Document[Agreement].load(file, Agreement).value, file)
    status = f"Version {document.version} · {document.status}"
    half = -(-len(contents) // 2)
    listed = itertools.zip_longest(contents[:half], contents[half:], fillvalue=("", ""))
    blocks: list[dict[str, Any]] = [
        {"kind": "detail", "text": [[document.organization, "plain"]]},
        {"kind": "title", "text": [[document.title, "plain"]]},
        {"kind": "detail", "text": [[status, "plain"]]},
        table(
            [
                [[["" if at else one.label, "strong"]], said(line)]
                for one in document.key_terms
                for at, line in enumerate(one.lines[:5])
            ]
        ),
        {"kind": "page"},
        {"kind": "head", "text": [["Contents", "plain"]]},
        table([[[[words, "plain"]] for entry in pair for words in entry] for pair in listed]),
    ]
    for block in (*document.blocks, document.signing, *document.signing_words):
        blocks += printed(block)
    signers = [
        {"For": f"{one.party}, {one.organization}", "Name": one.name, "Title": one.title, "id": one.id}
        for one in document.signers
    ]
    blocks += [{"kind": "signers", "side by side": signers[at : at + 2]} for at in range(0, len(signers), 2)]
    for at, annex in enumerate(document.annexes):
        if annex.fingerprint or not at:
            blocks.append({"kind": "page"})
        for block in annex.blocks:
            blocks += printed(block)
        if annex.initials:
            names = [one.name or one.id for one in annex.initials]
            blocks.append({"kind": "initials", "letter": str(at), "names": names})
    return {
        "title": document.title,
        "organization": document.organization,
        "footer": f"{status} · fingerprint {document.fingerprint[:12]}",
        "draft": True,
        "pages": pages,
        "blocks": blocks,
    }


def long_text(rows: int) -> dict[str, Any]:
    """Prose on numbered clauses, and a table of so many rows."""
    words = "Marketing hands over what Sales has agreed to follow up within the time that both have promised each other"
    blocks: list[dict[str, Any]] = []
    for section in range(1, PROSE + 1):
        blocks.append({"kind": "head", "text": [[f"Section {section}", "plain"]], "number": str(section)})
        for clause in range(1, 14):
            told = f"{words}, as case {section}.{clause} of this agreement says. " * 3
            blocks.append({"kind": "body", "text": [[told.strip(), "plain"]], "number": f"{section}.{clause}"})
    table = [["Number", "Account", "Segment", "Owner", "Target"]]
    table += [
        [str(at), f"Account {at * 7919 % rows}", f"Segment {at % 7}", f"Owner {at % 23}", f"{at * 37 % 5000} EUR"]
        for at in range(1, rows + 1)
    ]
    blocks.append({"kind": "rows", "rows": table})
    return {
        "title": "A long document",
        "organization": "Bench",
        "footer": "Version 1",
        "draft": True,
        "pages": 200,
        "blocks": blocks,
    }


def ours(text: str, fonts: str, target: str) -> None:
    """The long document by way of what the program prints with; ``fonts`` are its own."""
    import gc

    gc.disable()  # as the command does
    from datetime import date

    from sla_tui.publish.blocks import Clause, Column, Document, Heading, Table, plain
    from sla_tui.publish.pdf import render

    given = json.loads(Path(text).read_text("utf-8"))
    blocks: list[Any] = []
    for block in given["blocks"]:
        if block["kind"] == "rows":
            head, *rows = block["rows"]
            columns = tuple(Column(title) for title in head)
            blocks.append(Table(columns, tuple(tuple(plain(cell) for cell in row) for row in rows)))
        elif block["kind"] == "head":
            blocks.append(Heading(block["text"][0][0], block["number"]))
        else:
            blocks.append(Clause(plain(block["text"][0][0]), block["number"]))
    document = Document(given["title"], given["organization"], "1", "draft", "", date(2027, 1, 1), False)
    from dataclasses import replace

    Path(target).write_bytes(render(replace(document, blocks=tuple(blocks))))
    gc.freeze()


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process took: seconds from start to end, seconds of the processor, the most memory."""

    whole: float
    processor: float
    megabytes: float


def run(python: str, environment: dict[str, str], code: str, *arguments: str) -> Taken:
    """Runs a program as a process of its own. Raises RuntimeError with what it says when it fails."""
    with tempfile.TemporaryFile() as wrong:
        begin = time.perf_counter()
        command = [python, "-c", code, *arguments]
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=wrong)
        _, status, used = os.wait4(child.pid, 0)
        whole = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            wrong.seek(0)
            raise RuntimeError(wrong.read().decode("utf-8", "replace")[-2000:])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Taken(whole, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def in_turns(programs: dict[str, Callable[[], Taken]], rounds: int) -> dict[str, list[Taken]]:
    """What each program took in each round, after one that warms up."""
    taken: dict[str, list[Taken]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, program in programs.items():
            found = program()
            if number:
                taken[name].append(found)
    return taken


def ratio(taken: dict[str, list[Taken]], one: str, other: str, of: Callable[[Taken], float]) -> float:
    """The median of the ratios of two programs' figures, round by round."""
    return statistics.median(of(a) / of(b) for a, b in zip(taken[one], taken[other], strict=True))


def told(taken: dict[str, list[Taken]], pages: dict[str, int], bare: str) -> None:
    """Prints a table of what each took; on a machine that others use the processor's time says most."""
    print(f"  {'':22}{'whole':>9} ratio{'processor':>11} ratio{'peak':>9}{'pages':>7}")
    for name, held in taken.items():
        whole, processor, most = (statistics.median(getattr(one, of) for one in held) for of in Taken.__slots__)
        ratios = [ratio(taken, name, bare, lambda one, of=of: getattr(one, of)) for of in ("whole", "processor")]
        print(
            f"  {name:22}{whole:7.3f} s {ratios[0]:5.2f}{processor:9.3f} s {ratios[1]:5.2f}{most:6.0f} MB"
            f"{pages[name]:7}"
        )


def pages_of(target: str) -> int:
    from pypdf import PdfReader

    return len(PdfReader(target).pages)


def contents_of(target: str) -> list[tuple[str, str]]:
    """The headings in a PDF's outline and the pages they stand on."""
    from pypdf import PdfReader

    reader = PdfReader(target)
    numbered = ((one, reader.get_destination_page_number(one)) for one in reader.outline if not isinstance(one, list))
    return [(str(one.title), str((page or 0) + 1)) for one, page in numbered]


class Bench:
    """One run: a folder of its own, and the programs to run in it."""

    def __init__(self, folder: Path, rounds: int, peers: str | None) -> None:
        self.folder, self.rounds, self.peers = folder, rounds, peers
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment = {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "SLA_TUI_STATE": str(folder)}

    def start(self, code: str, *arguments: str, python: str = sys.executable) -> Taken:
        """Runs a program."""
        return run(python, self.environment, code, *arguments)

    def beside(
        self, own: str, program: Callable[[str], Taken], text: str
    ) -> tuple[dict[str, list[Taken]], dict[str, int]]:
        """What our program and its peers take to print ``text``, and on how many pages they do."""
        targets = {own: str(self.folder / "ours.pdf"), "bare reportlab": str(self.folder / "bare.pdf")}
        programs: dict[str, Callable[[], Taken]] = {
            own: lambda: program(targets[own]),
            "bare reportlab": lambda: self.start(BARE.format("with_reportlab"), text, FONTS, targets["bare reportlab"]),
        }
        for name in ("fpdf2", "weasyprint") if self.peers else ():
            targets[name] = str(self.folder / f"{name}.pdf")
            code, python = BARE.format(f"with_{name}"), self.peers or ""
            programs[name] = lambda code=code, python=python, target=targets[name]: self.start(
                code, text, FONTS, target, python=python
            )
        taken = in_turns(programs, self.rounds)
        return taken, {name: pages_of(target) for name, target in targets.items()}

    def write(self, text: dict[str, Any]) -> str:
        """Writes a text for the programs to read."""
        path = self.folder / "text.json"
        path.write_text(json.dumps(text), "utf-8")
        return str(path)

    def northwind(self) -> bool:
        """Exporting the example."""
        shutil.copytree(NORTHWIND, copy := self.folder / "northwind")
        first = str(self.folder / "first.pdf")
        self.start(EXPORT, "export", str(copy), "-o", first)
        text = self.write(same_text(pages_of(first), contents_of(first)))
        own = "sla-tui export"
        taken, pages = self.beside(own, lambda goal: self.start(EXPORT, "export", str(copy), "-o", goal), text)
        print(f"northwind with its quotas (at most {GOALS['northwind']} of the processor's time)")
        told(taken, pages, "bare reportlab")
        return ratio(taken, own, "bare reportlab", lambda one: one.processor) <= GOALS["northwind"]

    def long(self, rows: int, rounds: int) -> tuple[bool, float]:
        """Printing a long document; whether the goals are met, and the processor's seconds it takes."""
        text = self.write(long_text(rows))
        self.rounds = rounds
        taken, pages = self.beside("sla-tui", lambda goal: self.start(LONG, text, FONTS, goal), text)
        print(f"\n{rows:,} rows behind prose (at most {GOALS['long']}, {GOALS['megabytes']:.0f} MB)")
        told(taken, pages, "bare reportlab")
        met = ratio(taken, "sla-tui", "bare reportlab", lambda one: one.processor) <= GOALS["long"]
        most = max(one.megabytes for one in taken["sla-tui"])
        seconds = statistics.median(one.processor for one in taken["sla-tui"])
        return met and (most < GOALS["megabytes"] or rows > ROWS[1]), seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", nargs="?", type=int, default=15)
    parser.add_argument("--peers", help="a python that has fpdf2 and weasyprint")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.pairs, given.peers)
        met = [bench.northwind()]
        bench.peers = None
        seconds: list[float] = []
        for rows in ROWS:
            good, took = bench.long(rows, max(1, given.pairs // 5))
            met.append(good)
            seconds.append(took)
    more = [
        (later - sooner) / (many - few) * 1000
        for (few, many), (sooner, later) in zip(itertools.pairwise(ROWS), itertools.pairwise(seconds), strict=True)
    ]
    print(f"\na thousand rows more take {more[0]:.3f} s and then {more[1]:.3f} s")
    return 0 if all(met) and more[1] <= 1.5 * more[0] else 1


if __name__ == "__main__":
    sys.exit(main())
