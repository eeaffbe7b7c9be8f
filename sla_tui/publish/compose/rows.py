"""Lists as tables: a row an entry, a column an answer, or what the section's wording puts together."""

from __future__ import annotations

from dataclasses import replace

from sla_tui.agreement.parts import Item, Part, join, specs
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Column, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.forms import Col, col
from sla_tui.publish.compose.phrases import keys, say
from sla_tui.publish.compose.wording import ENTRIES, ROWS
from sla_tui.publish.compose.writer import Writer, place

_MOST_COLUMNS = 7
_LONGEST_CELL = 240
"""Characters in a cell beyond which items read better as clauses than as rows."""
_LONGEST_ALONE = 170
"""Characters up to which the only row of a table is said in a line."""
_NUMERIC = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY)
_SHORT = (*_NUMERIC, Kind.DATE, Kind.TIME, Kind.DURATION)


def table(items: tuple[Item, ...], cls: type[Item], key: str, writer: Writer, numbered: bool = False) -> Table | None:
    """Items as rows, None where they hold too much for a row each; columns that say nothing are left out."""
    declared = ROWS.get(cls)
    if cls in ENTRIES or (declared is None and any(spec.nested for spec in specs(cls))):
        return None
    given = declared or tuple(col(spec.title, f"{{{spec.key}}}") for spec in specs(cls) if spec.kind is not Kind.ID)
    rows = [row(item, cls, join(key, item.id), given, writer) for item in items]
    used = [at for at in range(len(given)) if any(one[at] for one in rows)]
    if declared is None and (len(used) > _MOST_COLUMNS or any(_long(one[at]) for one in rows for at in used)):
        return None
    columns = tuple(_column(given[at], cls) for at in used)
    kept = [tuple(one[at] for at in used) for one in rows]
    cells = tuple(_marked(one, join(key, item.id), writer) for item, one in zip(items, kept, strict=True))
    if not numbered:
        return Table(columns, cells)
    counted = tuple((plain(str(at)), *one) for at, one in enumerate(cells, 1))
    return Table((Column("", "right", nowrap=True), *columns), counted)


def _long(cell: Text) -> bool:
    return sum(len(run.text) for run in cell) > _LONGEST_CELL


def row(part: Part | None, cls: type[Part], key: str, columns: tuple[Col, ...], writer: Writer) -> tuple[Text, ...]:
    """The cells of one entry, or of a record; nothing stands out in them but what is open."""
    cells = (say(part, cls, key, one.phrases, writer) for one in columns)
    return tuple(tuple(replace(run, tone="plain") if run.tone == "strong" else run for run in cell) for cell in cells)


def _marked(cells: tuple[Text, ...], key: str, writer: Writer) -> tuple[Text, ...]:
    """A row with the mark of an entry that is an example as a whole."""
    mark = writer.marks.at(key)
    first = next((at for at, cell in enumerate(cells) if cell), None) if mark else None
    return cells if first is None else (*cells[:first], (*cells[first], Run(mark)), *cells[first + 1 :])


def _column(given: Col, cls: type[Part]) -> Column:
    named = keys(given.phrases[0]) if len(given.phrases) == 1 else set[str]()
    if len(named) != 1:
        return Column(given.title)
    spec = place(None, cls, named.pop()).spec
    return Column(given.title, "right" if spec.kind in _NUMERIC else "left", spec.kind in _SHORT)


def alone(made: Table) -> Text:
    """The only row of a table as a line; nothing where it is too long for one."""
    first, *others = made.rows[0]
    runs = list(first)
    for column, cell in zip(made.columns[1:], others, strict=True):
        if cell:
            gap = "; " if len(runs) > len(first) else " " if words.ended(runs[-1].text) else ". "
            runs += [Run(gap), Run(f"{column.title}: "), *cell]
    joined = tuple(replace(run, text=run.text.replace("\n", ", ")) for run in runs)
    return joined if sum(len(run.text) for run in joined) <= _LONGEST_ALONE else ()
