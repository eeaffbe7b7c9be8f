"""Any section as numbered clauses and tables, from its declaration alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from sla_tui.agreement.parts import Item, Part, Spec, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Bullets, Clause, Column, Heading, Run, Table, Text, plain, strong
from sla_tui.publish.compose import words

_MOST_COLUMNS = 7
_LONGEST_CELL = 240
"""Characters in a cell beyond which items read better as clauses than as rows."""
_NUMERIC = (Kind.NUMBER, Kind.PERCENT)
_SHORT = (Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.TIME, Kind.DURATION)
_BULLET = re.compile(r"\s*[-*•–]\s+")


class Numbering:
    """The numbers of one section's clauses: ``3.1``, ``3.2``."""

    def __init__(self, section: int) -> None:
        self.section, self._last = section, 0

    def next(self) -> str:
        """The number of the next clause."""
        self._last += 1
        return f"{self.section}.{self._last}"


def empty(given: Any) -> bool:
    """Whether nothing has been answered."""
    return given is None or given == "" or given == ()


def free(part: Part | None, spec: Spec) -> bool:
    """Whether ``part`` may leave an answer open, given its others."""
    return spec.ask.optional or not spec.ask.asked or (part is not None and spec.key in part.spared())


def answer(given: Any, spec: Spec, agreement: Agreement, may_be_open: bool = False) -> Text:
    """One answer, or the blank that is left for it."""
    shown = words.value(given, spec, agreement)
    if shown:
        return plain(shown)
    return () if may_be_open else OPEN


def prose(text: str, lead: Text, number: str) -> list[Block]:
    """Text over several lines: its paragraphs as clauses, the first after ``lead``, its dashed lines as bullets."""
    blocks: list[Block] = []
    pending = lead
    for piece in re.split(r"\n\s*\n|\n(?=\s*[-*•–]\s)|(?<=\n)(?=\S)", text):
        line = piece.strip()
        if not line:
            continue
        if _BULLET.match(line):
            if pending:
                blocks.append(Clause(pending, number))
                pending, number = (), ""
            _add_bullet(blocks, plain(_BULLET.sub("", line, count=1)))
        else:
            blocks.append(Clause((*pending, Run(line)), number))
            pending, number = (), ""
    return blocks or [Clause((*lead, *OPEN), number)]


def _add_bullet(blocks: list[Block], item: Text) -> None:
    last = blocks[-1] if blocks else None
    if isinstance(last, Bullets):
        blocks[-1] = Bullets((*last.items, item))
    else:
        blocks.append(Bullets((item,)))


def _titled(spec: Spec) -> Text:
    return (Run(f"{spec.title}. ", "strong"),)


def _inline(record: Part | None, cls: type[Part], agreement: Agreement) -> Text:
    """A small record in one line: ``Measure: …; Goal: …``."""
    said: list[Run] = []
    for spec in specs(cls):
        text = answer(getattr(record, spec.name, None), spec, agreement, free(record, spec))
        if text:
            said += [Run(f"{'; ' if said else ''}{spec.title}: "), *text]
    return (*said, Run("."))


def _flat(cls: type[Part]) -> bool:
    return all(not spec.nested and spec.kind is not Kind.PROSE for spec in specs(cls))


def record(
    part: Part | None, cls: type[Part], numbering: Numbering, agreement: Agreement, skip: tuple[str, ...] = ()
) -> Iterator[Block]:
    """A record's answers in the model's order; ``skip`` names those said elsewhere."""
    for spec in specs(cls):
        if spec.name not in skip:
            given = getattr(part, spec.name, None)
            if not (empty(given) and free(part, spec)):
                yield from field(given, spec, numbering, agreement)


def field(given: Any, spec: Spec, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    """One answer, record or list as blocks of its own, a blank where there is none."""
    if spec.kind is Kind.LIST:
        yield from items(given or (), spec, numbering, agreement)
    elif spec.kind is Kind.RECORD and _flat(spec.type):
        yield Clause((*_titled(spec), *_inline(given, spec.type, agreement)), numbering.next())
    elif spec.kind is Kind.RECORD:
        yield Heading(spec.title, level=2)
        yield from record(given, spec.type, numbering, agreement)
    elif spec.kind is Kind.PROSE and given:
        yield from prose(given, _titled(spec), numbering.next())
    else:
        yield Clause((*_titled(spec), *_ended(answer(given, spec, agreement))), numbering.next())


def _ended(text: Text) -> Text:
    return text if text and text[-1].text.endswith((".", "!", "?")) else (*text, Run("."))


def items(given: tuple[Item, ...], spec: Spec, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    """A list under its title: a table where its items fit one, else a clause for each."""
    if not given:
        yield Clause((*_titled(spec), *_ended(OPEN)), numbering.next())
        return
    made = table(given, spec.type, agreement)
    if made is not None:
        yield Clause(strong(f"{spec.title}."), numbering.next())
        yield made
        return
    yield Heading(spec.title, level=2)
    for item in given:
        yield from _item(item, numbering, agreement)


def _item(item: Item, numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    """An item too wordy for a row: its name, its short answers, then its long ones."""
    name = words.name_of(item)
    shorts: list[Run] = []
    longs: list[Block] = []
    for spec in specs(type(item)):
        given = getattr(item, spec.name)
        if spec.kind is Kind.ID or given == name or (empty(given) and free(item, spec)):
            continue
        if spec.nested or spec.kind is Kind.PROSE:
            longs += list(_inner(given, spec, agreement))
        else:
            shorts += [Run(f"{'; ' if shorts else ''}{spec.title}: "), *answer(given, spec, agreement)]
    yield Clause(
        (Run(f"{words.capital(name)}. ", "strong"), *shorts, *((Run("."),) if shorts else ())), numbering.next()
    )
    yield from longs


def _inner(given: Any, spec: Spec, agreement: Agreement) -> Iterator[Block]:
    lead = (Run(f"{spec.title}: ", "emphasis"),)
    if spec.kind is Kind.PROSE:
        yield from prose(given or "", lead, "")
    elif spec.kind is Kind.RECORD:
        yield Clause((*lead, *_inline(given, spec.type, agreement)))
    else:
        lines = tuple(_inline(one, spec.type, agreement) for one in cast(tuple[Item, ...], given or ()))
        yield Clause(lead if lines else (*lead, *OPEN))
        if lines:
            yield Bullets(lines)


def columns(given: tuple[Item, ...], cls: type[Part]) -> list[Spec]:
    """The answers worth a column: all but ids and those no item gives and none must."""
    return [
        spec
        for spec in specs(cls)
        if spec.kind is not Kind.ID and not all(empty(getattr(item, spec.name)) and free(item, spec) for item in given)
    ]


def table(given: tuple[Item, ...], cls: type[Part], agreement: Agreement) -> Table | None:
    """Items as rows, None where they hold too much for a row each."""
    shown = columns(given, cls)
    if len(shown) > _MOST_COLUMNS or any(spec.nested for spec in shown):
        return None
    rows = tuple(tuple(_cell(item, spec, agreement) for spec in shown) for item in given)
    if any(sum(len(run.text) for run in cell) > _LONGEST_CELL for row in rows for cell in row):
        return None
    return Table(tuple(_column(spec) for spec in shown), rows)


def _cell(item: Item, spec: Spec, agreement: Agreement) -> Text:
    return answer(getattr(item, spec.name), spec, agreement, free(item, spec))


def _column(spec: Spec) -> Column:
    return Column(spec.title, "right" if spec.kind in _NUMERIC else "left", spec.kind in _SHORT)
