"""A section as rows: what stands where on the drafting screen, before any width or colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len, set_cell_size

from sla_tui.agreement.parts import Item, Part, Spec, join, slots, spec_by_key, specs
from sla_tui.agreement.sentence import item_slots, sentence, slot_words
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import singular

if TYPE_CHECKING:
    from sla_tui.agreement.check import Finding

NARROW = 6
"""The narrowest a column of words becomes, in terminal cells."""


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

    def sign(self, key: str, missing: bool) -> str:
        """The sign of one place: ``!`` for a finding or refused text, ``○`` for an open question."""
        if key in self.refused or key in self.troubled:
            return "!"
        return "○" if missing else ""


def sheet(open_item: str, refused: Mapping[str, str], findings: tuple[Finding, ...]) -> Sheet:
    """A sheet that marks every KEY that has a finding other than being unanswered."""
    return Sheet(open_item, refused, frozenset(finding.key for finding in findings if finding.code != "unanswered"))


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
    for spec in specs(cls):
        here, value = join(key, spec.key), getattr(part, spec.name, None)
        free = optional or spec.ask.optional
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
        text = spec.word(value) if spec.kind is Kind.CHOICE else spec.show(value)
        run = Run(text, "value", key)
    return Row(spec.title, (run,), (key,), on.sign(key, missing), indent)


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
    lay = _Layout(cls, items)
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

    def __init__(self, cls: type[Item], items: tuple[Item, ...]) -> None:
        known = spec_by_key(cls)
        names = cls.row or tuple(spec.key for spec in specs(cls) if spec.leaf is not None and spec.kind is not Kind.ID)
        table = [] if cls.reads else [[_said(item, name) for name in names] for item in items]
        widths = [max(cell_len(cell) for cell in column) for column in zip(*table, strict=True)]
        self.columns = [(known[name], width) for name, width in zip(names, widths, strict=False) if width]

    def cells(self, item: Item) -> tuple[Cell, ...]:
        """The item's answers in their columns; none when it has no answer yet."""
        said = [(spec, width, _said(item, spec.key)) for spec, width in self.columns]
        if not any(text for _, _, text in said):
            return ()
        return tuple(Cell(text, width, spec.kind is Kind.NUMBER) for spec, width, text in said)


def _said(item: Item, key: str) -> str:
    return clean_line(slot_words(item_slots(item)[key]))


def fitted(cells: tuple[Cell, ...], room: int) -> str:
    """The cells in one line of at most ``room`` terminal cells; the widest columns give way first,
    the leading one late, numbers never."""
    widths = [cell.column for cell in cells]
    while sum(widths) + 2 * (len(widths) - 1) > room:
        free = [at for at, cell in enumerate(cells) if not cell.number and widths[at] > NARROW]
        if not free:
            break
        widths[max(free, key=lambda at: widths[at] if at != free[0] else widths[at] * 0.6)] -= 1
    return "  ".join(_padded(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


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
    return "○" if any(slot.empty and not slot.optional for slot in slots(item, type(item), here)) else ""


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
