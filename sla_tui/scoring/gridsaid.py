"""Fit against engagement as ``simulate`` reports it: in JSON, and in a few lines of text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sla_tui.scoring.grid import COLUMNS, ENOUGH, ROWS, Cell, Grid
from sla_tui.scoring.sentence import number

_WIDTH = 20


def document(grid: Grid) -> dict[str, Any]:
    """The grid; ``precision`` is None in a cell with too few known outcomes."""
    cells = [{**asdict(cell), "precision": cell.precision} for cell in grid.cells]
    return {
        "fit": list(grid.fit),
        "engagement": list(grid.engagement),
        "enough": ENOUGH,
        "cells": cells,
        "outside": list(grid.outside),
    }


def text(grid: Grid) -> str:
    """The nine cells, each with its leads and the share won."""
    (a, b), (one, two) = grid.fit, grid.engagement
    lines = [f"Fit × engagement (A from {a} points, B from {b}; 1 from {one}, 2 from {two}):"]
    lines.append("     " + "".join(f"{name:<{_WIDTH}}" for name in COLUMNS).rstrip())
    for at, row in enumerate(ROWS):
        said = "".join(f"{_said(cell, grid.told):<{_WIDTH}}" for cell in grid.cells[3 * at : 3 * at + 3])
        lines.append(f"  {row}  {said.rstrip()}")
    return "\n".join(lines) + "\n"


def _said(cell: Cell, told: bool) -> str:
    if not told or not cell.leads:
        return number(cell.leads)
    return f"{number(cell.leads)} ({'too few' if cell.precision is None else f'{100 * cell.precision:.0f} % won'})"
