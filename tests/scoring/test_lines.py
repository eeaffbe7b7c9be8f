"""Rows that are not like the others: found, told by their line, and read no other way than by the long road."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import pytest

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.scoring import Scoring
from sla_tui.scoring import leads as reading
from sla_tui.scoring.lines import record_lines
from sla_tui.scoring.simulate import simulate
from sla_tui.scoring.tablefile import TableFile, opened

from .conftest import Written

SCORING = Scoring.model_validate(
    {
        "rules": [
            {"id": "opens", "when": "opens", "points": 2},
            {"id": "size", "when": {"field": "size", "at_least": 3}, "points": 5},
            {"id": "city", "when": {"field": "city", "contains": "ber"}, "points": 7},
            {"id": "seventh", "when": {"field": "id", "is": "a7"}, "points": 11},
        ]
    }
)
CELLS = {
    "id": ("", " ", "a7", "a7 ", "a_7", '"a,7"', '"a""7"'),
    "opens": ("", " ", "1_000", "n/a", "-1", "2.9", "70000", "1e9", "inf", '"4"', "0x1"),
    "size": ("", "1_0", "n/a", "1e400", "3.5", "nan"),
    "city": ("Bern", "BERLIN", '"Berg, Tal"', '"two\nlines"', "Überlingen", "unknown", ""),
    "won": ("1", "0", "", "unknown"),
}


def table(draw: random.Random, rows: int, odd: float, end: str) -> str:
    """A table of ordinary rows, of which some have something odd in one cell, and some lines are ragged or blank."""
    lines = [end.join(("", ",".join(CELLS))) if draw.random() < 0.3 else ",".join(CELLS)]
    for at in range(rows):
        row = [f"a{at}", str(at % 7), str(at % 5), ("Rome", "Paris")[at % 2], str(at % 2)]
        if draw.random() < odd:
            column = draw.randrange(5)
            row[column] = draw.choice(CELLS[list(CELLS)[column]])
        lines.append(",".join(row))
        if draw.random() < odd / 4:
            lines.append(draw.choice(("", "a", "a,b,c,d,e,f")))
    return end.join((*lines, ""))


def told(path: Any, unknown: tuple[str, ...]) -> tuple[Any, Any]:
    """All that a reading found: each lead with its points, and every row left out."""
    found = simulate(SCORING, path, outcome="won", mapping=LeadMapping(unknown=unknown))
    return found.board.lead_rows(range(found.board.leads.size)), found.summary


@pytest.mark.parametrize("seed", range(6))
def test_odd_rows_are_read_the_same_whether_looked_up_or_read_again(
    write: Written, monkeypatch: pytest.MonkeyPatch, seed: int
):
    draw = random.Random(seed)
    path = write(table(draw, 1300, (0.002, 0.02)[seed % 2], ("\n", "\r\n")[seed % 3 == 0]))
    unknown = ("unknown",) if seed % 2 else ("unknown", "7")
    quickly = told(path, unknown)
    monkeypatch.setattr(reading, "read_once", lambda *_: None)
    assert quickly == told(path, unknown)
    assert quickly[1].rejected


def test_a_text_that_comes_late_is_looked_up_and_not_read_again(write: Written, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "read_table", lambda *_: pytest.fail("the file was read again"))
    rows = [f"a{at},{at % 7},1,Rome,1" for at in range(1200)]
    rows[1100:1103] = ["a7,1,1,Rome,1", "b,1_000,1,Rome,1", "c,1,1,Bernau,1"]
    found = simulate(SCORING, write("\n".join(("id,opens,size,city,won", *rows))), outcome="won")
    assert [(one.line, one.reason) for one in found.summary.rejected] == [
        (1102, "repeats the id 'a7' of line 9"),
        (1103, "opens is not a number: '1_000'"),
    ]
    assert {row.id: row.score for row in found.board.lead_rows(range(found.board.leads.size))}["c"] == 9


def plainly(file: TableFile) -> Iterator[int]:
    """The line each record starts on, read line by line."""
    with file.data.open(encoding="utf-8-sig", newline="\n") as text:
        numbered = islice(enumerate(text, 1), file.skipped, None)
        for at, line in numbered:
            if '"' in line:
                rest = (more for _, more in numbered)
                next(csv.reader(chain([line], rest), delimiter=file.delimiter), None)
            if line.strip("\r\n") or len(file.columns) == 1:
                yield at


def test_records_start_where_a_plain_reader_finds_them(write: Written):
    draw = random.Random(5)
    parts = ('"', '""', '"a"', '"a;"', "b", ";", ";", "\n", "\r\n", '"\n', '\n"', "", "\n\n", "é", '"x";"y"\n')
    for _ in range(100):
        text = "one;two\n" + "".join(draw.choices(parts, k=draw.randrange(2, 40)))
        with opened(write(text)) as file:
            assert record_lines(file).tolist() == list(plainly(file)), text
