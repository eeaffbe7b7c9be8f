"""A section as rows: what stands where on the drafting screen, before any width or colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len, set_cell_size

from sla_tui.agreement.naming import names_in
from sla_tui.agreement.parts import Item, Part, Slot, Spec, join, slots, spec_by_key, specs
from sla_tui.agreement.sentence import item_slots, sentence, slot_words
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import singular

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding

READABLE, LEADING, GAP = 12, 22, 2
"""How wide a column of words, the leading one, and the gap between two must be to be read, in terminal cells."""

NAMED = ("stakeholders.people", "stakeholders.teams", "scoring.stages")
"""The lists whose items are spoken of by name."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look (``value``, ``open``, ``muted``, ``strong``, ``refused``); ``stop``: whose words they are."""

    text: str
    look: str = "value"
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, a label, runs of words or cells, and the KEYs the cursor stops at in it, in order."""

    label: str
    runs: tuple[Run, ...]
    stops: tuple[str, ...] = ()
    sign: str = ""
    indent: int = 0
    wraps: bool = True
    gap: bool = False
    heading: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in a row of answers; ``column`` is how wide its column would like to be, in terminal cells."""

    text: str
    column: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows of a section are made from, beside the agreement."""

    open_item: str
    refused: Mapping[str, str]
    troubled: frozenset[str]
    examples: frozenset[str]
    names: Mapping[str, Mapping[str, str]]

    def said(self, slot: Slot) -> str:
        """An answer in words; one that names something says its name rather than its id."""
        return self.names.get(slot.spec.ask.of, {}).get(cast("str", slot.value)) or slot_words(slot)

    def sign(self, key: str, missing: bool) -> str:
        """The sign of one place: ``!`` a finding or refused text, ``○`` an open question, ``~`` an example."""
        if key in self.refused or key in self.troubled:
            return "!"
        return "○" if missing else "~" if key in self.examples else ""


def sheet(agreement: Part, open_item: str, refused: Mapping[str, str], findings: tuple[Finding, ...]) -> Sheet:
    """A sheet that marks every KEY that has a finding, and every one that only an example stands at."""
    troubled = frozenset(finding.key for finding in findings if not finding.undecided)
    examples = frozenset(finding.key for finding in findings if finding.code == "example")
    return Sheet(open_item, refused, troubled, examples, {key: names_in(agreement, key) for key in NAMED})


def section_rows(agreement: Part, section: str, on: Sheet) -> tuple[Row, ...]:
    """The rows of one section; none when it is not in this version."""
    spec = spec_by_key(type(agreement))[section]
    value = getattr(agreement, spec.name)
    if value is None:
        return ()
    if spec.kind is Kind.LIST:
        return tuple(_list(spec, value, section, on, 0, bare=True))
    return tuple(_record(value, spec.type, section, on, 0, spec.ask.optional))


def _record(part: Part | None, cls: type[Part], key: str, on: Sheet, indent: int, optional: bool) -> Iterator[Row]:
    spared = part.spared() if part is not None else frozenset[str]()
    for spec in specs(cls):
        here, value = join(key, spec.key), getattr(part, spec.name, None)
        free = optional or spec.ask.optional or spec.key in spared
        if spec.kind is Kind.RECORD:
            yield Row(spec.title, (), indent=indent, gap=True, heading=True)
            yield from _record(value, spec.type, here, on, indent + 1, free)
        elif spec.kind is Kind.LIST:
            yield from _list(spec, cast("tuple[Item, ...]", value or ()), here, on, indent)
        elif spec.ask.asked and spec.kind is not Kind.ID:
            yield _field(spec, here, value, on, indent, free)


def _field(spec: Spec, key: str, value: Any, on: Sheet, indent: int, optional: bool) -> Row:
    missing = value is None and not optional
    refused = on.refused.get(key)
    if refused is not None:
        run = Run(clean_line(refused), "refused", key)
    elif value is None:
        run = Run("not answered yet" if missing else "–", "open" if missing else "muted", key)
    else:
        run = Run(_shown(Slot(key, spec, value, optional), on), "value", key)
    return Row(spec.title, (run,), (key,), on.sign(key, missing), indent)


def _shown(slot: Slot, on: Sheet) -> str:
    if slot.spec.ask.of or slot.spec.kind is Kind.CHOICE:
        return on.said(slot)
    return slot.text


def _list(spec: Spec, items: tuple[Item, ...], key: str, on: Sheet, indent: int, bare: bool = False) -> Iterator[Row]:
    missing = not items and not spec.ask.optional
    entry = singular(spec.title)
    if not bare:
        count = Run(str(len(items)) if items else "none yet", "open" if missing else "muted", key)
        yield Row(spec.title, (count,), (key,), on.sign(key, missing), indent, gap=True, heading=True)
    if items:
        yield from _grouped(spec, items, key, on, indent if bare else indent + 1)
    elif bare:
        yield Row(
            "", (Run(f"No {entry} yet. Press a to add one.", "open", key),), (key,), on.sign(key, missing), indent
        )


def _grouped(spec: Spec, items: tuple[Item, ...], key: str, on: Sheet, indent: int) -> Iterator[Row]:
    cls = cast("type[Item]", spec.type)
    lay = _Layout(cls, items, on)
    by = cls.groups_by
    if not by:
        for number, item in enumerate(items, 1):
            yield from _item(item, number, key, on, indent, lay)
        return
    word = spec_by_key(cls)[by].word
    order = {choice: place for place, choice in enumerate(spec_by_key(cls)[by].choices)}

    def group_of(item: Item) -> str:
        return cast(str, getattr(item, spec_by_key(cls)[by].name) or "")

    number = 0
    for group, members in groupby(sorted(items, key=lambda item: order.get(group_of(item), len(order))), group_of):
        yield Row(word(group).capitalize() or "Nobody yet", (), indent=indent, gap=True, heading=True)
        for item in members:
            number += 1
            yield from _item(item, number, key, on, indent, lay)


class _Layout:
    """The columns of a list whose items are shown as rows of answers."""

    def __init__(self, cls: type[Item], items: tuple[Item, ...], on: Sheet) -> None:
        known = spec_by_key(cls)
        names = cls.row or tuple(spec.key for spec in specs(cls) if spec.leaf is not None and spec.kind is not Kind.ID)
        said = {} if cls.reads else {item.id: item_slots(item) for item in items}
        self._table = {id_: [clean_line(on.said(slots[name])) for name in names] for id_, slots in said.items()}
        when = next((at for at, name in enumerate(names) if known[name].kind is Kind.CONDITION), None)
        self._conditions = {} if when is None else {id_: texts[when] for id_, texts in self._table.items()}
        widths = [max(map(cell_len, column)) for column in zip(*self._table.values(), strict=True)]
        self._columns = [
            (at, width, known[name].kind is Kind.NUMBER)
            for at, (name, width) in enumerate(zip(names, widths, strict=False))
            if width
        ]

    def cells(self, item: Item) -> tuple[Cell, ...]:
        """The item's answers in their columns, its condition or id where the leading one is open; none without any."""
        texts = self._table[item.id]
        if not any(texts):
            return ()
        leading = next((at for at, _, number in self._columns if not number), -1)
        return tuple(
            Cell(texts[at] or (self._conditions.get(item.id) or item.id if at == leading else ""), width, number)
            for at, width, number in self._columns
        )


def fitted(cells: tuple[Cell, ...], room: int) -> str:
    """The cells in one line of at most ``room`` terminal cells.

    The last columns are left out until the others are wide enough to be read; then the widest give way, numbers never.
    """
    leading = next((at for at, cell in enumerate(cells) if not cell.number), 0)

    def least(at: int) -> int:
        return cells[at].column if cells[at].number else min(cells[at].column, LEADING if at == leading else READABLE)

    kept = len(cells)
    while kept > leading + 1 and sum(least(at) for at in range(kept)) + GAP * (kept - 1) > room:
        kept -= 1
    widths = [cell.column for cell in cells[:kept]]
    while sum(widths) + GAP * (kept - 1) > room:
        free = [at for at in range(kept) if widths[at] > least(at)] or [leading]
        if widths[free[0]] <= 1:
            break
        widths[max(free, key=lambda at: widths[at])] -= 1
    return (" " * GAP).join(_padded(cell, width) for cell, width in zip(cells, widths, strict=False)).rstrip()


def _padded(cell: Cell, width: int) -> str:
    text = cell.text
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    gap = " " * (width - cell_len(text))
    return gap + text if cell.number else text + gap


def _item(item: Item, number: int, key: str, on: Sheet, indent: int, lay: _Layout) -> Iterator[Row]:
    here = join(key, item.id)
    opened = f"{on.open_item}.".startswith(f"{here}.")
    label = f"{number:>2}"
    if not opened:
        sign = _item_sign(item, here, on)
        if type(item).reads:
            yield Row(label, _closed_sentence(item, here), (here,), sign, indent)
        else:
            yield _row_of_answers(item, label, here, sign, indent, lay)
        return
    said: set[str] = set()
    if type(item).reads:
        runs, stops = _open_sentence(item, here, on)
        said = set(stops)
        yield Row(label, runs, stops, "", indent, gap=True)
    else:
        yield replace(_row_of_answers(item, label, here, "", indent, lay), gap=True)
    for row in _record(item, type(item), here, on, indent + 1, False):
        if not (set(row.stops) & said):
            yield row
    yield _field(spec_by_key(type(item))["id"], join(here, "id"), item.id, on, indent + 1, True)
    yield Row("", (), indent=indent)


def _row_of_answers(item: Item, label: str, here: str, sign: str, indent: int, lay: _Layout) -> Row:
    cells = lay.cells(item)
    runs = () if cells else (Run("nothing in it yet", "open", here),)
    return Row(label, runs, (here,), sign, indent, wraps=False, cells=cells)


def _item_sign(item: Item, here: str, on: Sheet) -> str:
    if any(key == here or key.startswith(f"{here}.") for key in (*on.troubled, *on.refused)):
        return "!"
    if any(slot.empty and not slot.optional for slot in slots(item, type(item), here)):
        return "○"
    return "~" if any(key.startswith(f"{here}.") for key in on.examples) else ""


def _closed_sentence(item: Item, here: str) -> tuple[Run, ...]:
    pieces = sentence(item, here)
    return tuple(
        Run(piece.words, "value", here) if piece.slot is None or piece.words else Run("____", "open", here)
        for piece in pieces
    ) or (Run("nothing in it yet", "open", here),)


def _open_sentence(item: Item, here: str, on: Sheet) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    runs: list[Run] = []
    stops: list[str] = []
    for piece in sentence(item, here):
        if piece.slot is None:
            runs.append(Run(piece.words))
            continue
        slot = piece.slot
        refused = on.refused.get(slot.key)
        if refused is not None:
            runs.append(Run(f"[{clean_line(refused)}]", "refused", slot.key))
        elif slot.empty:
            runs.append(Run(f"[{slot.spec.title.lower()}]", "open", slot.key))
        else:
            runs.append(Run(f"[{piece.words}]", "strong", slot.key))
        stops.append(slot.key)
    return tuple(runs), tuple(stops)
