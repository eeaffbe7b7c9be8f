"""The tables that a query reads: their names, their columns, and what those hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlglot import exp

from sla_tui.scoring.logdates import Style

Kind = Literal["any", "text", "integer", "double", "date", "timestamp", "timestamptz"]
"""What a column holds: ``any`` is read by casting it to text, as are truth values and exact decimals."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, spelled as the database spells it."""

    name: str
    kind: Kind = "any"


@dataclass(frozen=True)
class Sheet:
    """A table or view. Of several rows with one id the first by ``order``, a column, is kept."""

    parts: tuple[str, ...]
    columns: tuple[Column, ...]
    order: str = ""

    def relation(self) -> exp.Table:
        """It as an expression."""
        *around, last = (exp.to_identifier(part, quoted=True) for part in self.parts)
        names = dict(zip(("db", "catalog"), reversed(around), strict=False))
        return exp.Table(this=last, **names)


@dataclass(frozen=True)
class Where:
    """Where the leads are and how they are read: a table, a log or both.

    ``id`` is the place of the table's column that names a lead, ``roles`` those of the log's lead, activity and
    time, ``outcome`` that of the column which says who was won. ``as_of`` None: the log's last day. ``dates`` is how
    the log writes its dates where those are text.
    """

    table: Sheet | None = None
    id: int | None = None
    log: Sheet | None = None
    roles: tuple[int, int, int] = (0, 1, 2)
    outcome: int | None = None
    unknown: tuple[str, ...] = ()
    positive: tuple[str, ...] | None = None
    as_of: date | None = None
    dates: Style = ""
    own_ids: bool = False
    """Whether no id is there twice, so that nobody needs to look."""
