"""A section as rows: what stands where on the drafting screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any, cast

from rich.cells import cell_len

from sla_tui.agreement.parts import Item, Part, Slot, Spec, join, may_stay_open, spared_in, spec_by_key, specs
from sla_tui.agreement.sentence import sentence
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind
from sla_tui.tui.drafting.row import Cell, Row, Run
from sla_tui.tui.drafting.sheet import Entry, Sheet, columns
from sla_tui.workshop.places import above


def section_rows(part: Part, section: str, on: Sheet) -> tuple[Row, ...]:
    """The rows of one section; none when it is not in this version."""
    spec = spec_by_key(type(part))[section]
    value = getattr(part, spec.name)
    if value is None:
        return ()
    if spec.kind is Kind.LIST:
        rows = tuple(_list(spec, value, section, on, 0, bare=True))
    else:
        rows = tuple(_record(value, spec.type, section, on, 0, spec.ask.optional))
    on.kept.next()
    return (*_examples(section, on), *rows)


def _examples(section: str, on: Sheet) -> Iterator[Row]:
    """Where one agrees to a whole section that is marked as an example."""
    if section in on.sources and on.example(section):
        run = Run("All of this is an example so far. Press y to agree to it.", "open", section)
        yield Row("", (run,), (section,), "~")


def only_open(rows: tuple[Row, ...], here: str) -> tuple[Row, ...]:
    """The rows that need somebody, that of the cursor, and what these stand under."""
    wanted = [row.sign not in ("", "·") or here in row.stops for row in rows]
    stops = [stop for row, keep in zip(rows, wanted, strict=True) if keep for stop in row.stops]
    over = frozenset(one for stop in stops for one in above(stop))
    kept = [row for row, keep in zip(rows, wanted, strict=True) if keep or row.over in over]
    return tuple(row for row, after in pairwise((*kept, None)) if row and not _over_nothing(row, after))


def _over_nothing(row: Row, after: Row | None) -> bool:
    """Whether a group's name is followed by that of another group, or by nothing."""
    return row.heading and not row.stops and (after is None or (after.heading and after.over == row.over))


def _record(part: Part | None, cls: type[Part], key: str, on: Sheet, indent: int, optional: bool) -> Iterator[Row]:
    spared = spared_in(part, cls)
    nested = False
    for spec in specs(cls):
        here, value = join(key, spec.key), getattr(part, spec.name, None)
        free = may_stay_open(spec, value, spared, optional)
        if not spec.ask.asked:
            continue
        if spec.kind is Kind.RECORD:
            yield Row(spec.title, (), indent=indent, gap=not indent, heading=True, over=here)
            yield from _record(value, spec.type, here, on, indent + 1, free)
        elif spec.kind is Kind.LIST:
            yield from _list(spec, cast("tuple[Item, ...]", value or ()), here, on, indent)
        elif spec.kind is not Kind.ID:
            row = _field(spec, here, value, on, indent, free)
            yield replace(row, gap=True) if nested and not indent else row
        nested = spec.nested


def _field(spec: Spec, key: str, value: Any, on: Sheet, indent: int, optional: bool) -> Row:
    missing = value is None and not optional
    refused = on.refused.get(key)
    if refused is not None:
        run = Run(clean_line(refused), "refused", key)
    elif value is None:
        run = Run("not answered yet" if missing else "–", "open" if missing else "muted", key)
    else:
        run = Run(_shown(Slot(key, spec, value, optional), on), "value", key)
    marked = missing or value is not None or refused
    return Row(spec.title, (run,), (key,), on.sign(key, missing) if marked else "", indent)


def _shown(slot: Slot, on: Sheet) -> str:
    if slot.spec.ask.of or slot.spec.kind is Kind.CHOICE:
        return on.said(slot)
    return slot.text


def _list(spec: Spec, items: tuple[Item, ...], key: str, on: Sheet, indent: int, bare: bool = False) -> Iterator[Row]:
    missing = not items and not spec.ask.optional
    entry = spec.entry
    if not bare:
        count = Run(str(len(items)) if items else "none yet", "open" if missing else "muted", key)
        yield Row(spec.title, (count,), (key,), on.sign(key, missing), indent, gap=not indent, heading=True, over=key)
    if items:
        yield from _grouped(spec, items, key, on, indent)
    elif bare:
        run = Run(f"No {entry} yet. Press a to add one.", "open", key)
        yield Row("", (run,), (key,), on.sign(key, missing), indent)


def _grouped(spec: Spec, items: tuple[Item, ...], key: str, on: Sheet, indent: int) -> Iterator[Row]:
    cls = cast("type[Item]", spec.type)
    lay = _Layout(cls, items, key, on)
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
        yield Row(word(group).capitalize() or "Nobody yet", (), indent=indent, gap=True, heading=True, over=key)
        for item in members:
            number += 1
            yield from _item(item, number, key, on, indent, lay)


class _Layout:
    """The entries of a list as they are when closed, and the columns of those that are shown as rows of answers."""

    def __init__(self, cls: type[Item], items: tuple[Item, ...], key: str, on: Sheet) -> None:
        self.entries = {item.id: on.kept.entries.of(item, join(key, item.id), False) for item in items}
        if cls.reads:
            return
        known, names = spec_by_key(cls), columns(cls)
        self._texts = {id_: on.texts(entry) for id_, entry in self.entries.items()}
        when = next((at for at, name in enumerate(names) if known[name].kind is Kind.CONDITION), None)
        self._when = when
        widths = (max(map(cell_len, texts)) for texts in zip(*self._texts.values(), strict=True))
        self.columns = tuple(
            (at, cells, known[name].kind is Kind.NUMBER)
            for at, (name, cells) in enumerate(zip(names, widths, strict=False))
            if cells
        )

    def cells(self, id_: str) -> tuple[Cell, ...]:
        """The answers in their columns, the entry's condition or id where the leading one is open; none without any."""
        texts = self._texts[id_]
        if not any(texts):
            return ()
        leading = next((at for at, _, number in self.columns if not number), -1)
        instead = (texts[self._when] if self._when is not None else "") or id_
        return tuple(
            Cell(texts[at] or (instead if at == leading else ""), cells, number) for at, cells, number in self.columns
        )

    def drawn_from(self, id_: str) -> tuple[object, ...]:
        """All that the entry's row is made from."""
        return (self.entries[id_].sentence,) if self.entries[id_].sentence else (self._texts[id_], self.columns)


def _item(item: Item, number: int, key: str, on: Sheet, indent: int, lay: _Layout) -> Iterator[Row]:
    here, label = join(key, item.id), f"{number:>2}"
    if f"{on.open_item}.".startswith(f"{here}."):
        yield from _opened(item, label, here, on, indent, lay)
        return
    entry = lay.entries[item.id]
    sign = on.entry_sign(here, entry)
    drawn = (label, sign, indent, *lay.drawn_from(item.id))
    yield on.kept.row(here, drawn, lambda: _closed(entry, item, label, here, sign, indent, lay))


def _closed(entry: Entry, item: Item, label: str, here: str, sign: str, indent: int, lay: _Layout) -> Row:
    if entry.sentence:
        return Row(label, entry.sentence, (here,), sign, indent)
    cells = lay.cells(item.id)
    runs = () if cells else (Run("nothing in it yet", "open", here),)
    return Row(label, runs, (here,), sign, indent, wraps=False, cells=cells)


def _opened(item: Item, label: str, here: str, on: Sheet, indent: int, lay: _Layout) -> Iterator[Row]:
    said: set[str] = set()
    if type(item).reads:
        runs, stops = _open_sentence(item, here, on)
        said = set(stops)
        yield Row(label, runs, stops, "", indent, gap=not indent, over=here)
    else:
        row = _closed(lay.entries[item.id], item, label, here, "", indent, lay)
        yield replace(row, gap=not indent, over=here)
    for row in _record(item, type(item), here, on, indent + 1, False):
        if not (set(row.stops) & said):
            yield row
    named = _field(spec_by_key(type(item))["id"], join(here, "id"), item.id, on, indent + 1, True)
    yield replace(named, sign="" if named.sign == "~" else named.sign)
    if not indent:
        yield Row("", (), indent=indent)


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
