"""The few rows of a table that are not like the others, looked up one by one in its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Codes, Flags, Longs, Texts, narrow
from sla_tui.scoring.lines import records
from sla_tui.scoring.tablefile import TableFile

MOST = 20_000
"""With more of them it is quicker to read the file once more."""


@dataclass(frozen=True, eq=False)
class Unusual:
    """The cells of some rows."""

    rows: Longs
    cells: Sequence[Sequence[str]]

    def column(self, at: int) -> dict[int, str]:
        """A column's cells by row."""
        return {row: cells[at] for row, cells in zip(self.rows.tolist(), self.cells, strict=True)}


def look_up(table: TableFile, rows: Longs, lines: Longs) -> Unusual | None:
    """The cells of rows that stand on ``lines``; None where a record does not read as the header says."""
    found = records(table, lines[rows].tolist())
    fits = all(len(cells) == len(table.columns) for cells in found)
    return Unusual(rows, found) if fits else None


def completed(
    codes: Codes, missing: Flags, known: Sequence[str], late: Mapping[int, str], unknown: frozenset[str]
) -> Texts:
    """A column of the texts ``known``, and where its code is ``missing`` of the ``late`` ones, by row."""
    code_of = {text: code for code, text in enumerate(known)}
    rows = np.flatnonzero(missing).tolist()
    found = [code_of.setdefault(late[row], len(code_of)) for row in rows]
    full = narrow(np.where(missing, 0, codes), len(code_of))
    full[rows] = found
    return Texts(full, list(code_of), unknown)


def shared(fingerprints: npt.NDArray[Any], blank: npt.NDArray[Any]) -> Longs:
    """The rows with a fingerprint that another row has too, or a ``blank`` one."""
    ordered: npt.NDArray[Any] = np.sort(fingerprints)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    at = np.minimum(np.searchsorted(ordered, blank), max(len(ordered) - 1, 0))
    odd = np.unique(np.append(twice, blank[ordered[at] == blank] if len(ordered) else blank[:0]))
    return np.flatnonzero(np.isin(fingerprints, odd)) if len(odd) else np.zeros(0, np.int64)
