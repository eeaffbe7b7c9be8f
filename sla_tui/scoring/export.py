"""The scored leads as CSV: a row each, whose points add up to its score."""

from __future__ import annotations

import csv
from typing import Protocol

from sla_tui.scoring.board import Board
from sla_tui.scoring.tally import REJECTED

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writes(Protocol):
    """Somewhere text goes."""

    def write(self, text: str, /) -> object:
        """Takes some text."""
        ...


def write_csv(board: Board, out: Writes) -> None:
    """Writes ``id,score,stage``, the points by rule, and ``cap:GROUP`` for what each group's cap changes.

    Leads stand in the file's order, rejected rows are left out. Streams: memory does not grow with the leads.
    """
    writer = csv.writer(out, lineterminator="\n")
    groups = [f"cap:{group}" for group, _ in board.plan.groups]
    writer.writerow(["id", "score", "stage", *(rule.id for rule in board.plan.rules), *groups])
    start = 0
    for names in board.leads.ids.chunks():
        part = slice(start, start + len(names))
        start += len(names)
        columns = [column.tolist() for column in (*board.points(part), *board.caps(part))]
        kinds, stages, scores = board.kinds(part), board.stage_names(part), board.scores[part].tolist()
        rows = zip((harmless(name) for name in names), scores, stages, *columns, strict=True)
        writer.writerows(row for row, kind in zip(rows, kinds, strict=True) if kind != REJECTED)


def harmless(text: str) -> str:
    """A lead's text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
