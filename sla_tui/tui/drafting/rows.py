"""A section as rows: what stands where on the drafting screen, before any width or colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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

CELL = 30
"""The widest a cell of a row becomes, in terminal cells."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look (``value``, ``open``, ``muted``, ``strong``, ``refused``); ``stop``: whose words they are."""

    text: str
    look: str = "value"
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, a label, runs of words, and the KEYs the cursor stops at in it, in order."""

    label: str
    runs: tuple[Run, ...]
    stops: tuple[str, ...] = ()
    sign: str = ""
    indent: int = 0
    wraps: bool = True
    gap: bool = False
    heading: bool = False


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
    numbers = {item.id: place for place, item in enumerate(items, 1)}
    by = cls.groups_by
    if not by:
        for item in items:
            yield from _item(item, numbers[item.id], key, on, indent, lay)
        return
    word = spec_by_key(cls)[by].word
    order = {choice: place for place, choice in enumerate(spec_by_key(cls)[by].choices)}

    def group_of(item: Item) -> str:
        return cast(str, getattr(item, spec_by_key(cls)[by].name) or "")

    for group, members in groupby(sorted(items, key=lambda item: order.get(group_of(item), len(order))), group_of):
        yield Row(word(group).capitalize() or "Nobody yet", (), indent=indent, gap=True, heading=True)
        for item in members:
            yield from _item(item, numbers[item.id], key, on, indent, lay)


class _Layout:
    """The columns of a list whose items are shown as rows of answers."""

    def __init__(self, cls: type[Item], items: tuple[Item, ...]) -> None:
        known = spec_by_key(cls)
        names = cls.row or tuple(spec.key for spec in specs(cls) if spec.leaf is not None and spec.kind is not Kind.ID)
        table = [[slot_words(item_slots(item)[name]) for name in names] for item in items] if not cls.reads else []
        widths = [max((cell_len(cell) for cell in column), default=0) for column in zip(*table, strict=True)]
        self.columns = [(known[name], min(width, CELL)) for name, width in zip(names, widths, strict=False) if width]

    def line(self, item: Item) -> str:
        """The item's answers in their columns."""
        here = item_slots(item)
        return "  ".join(_cell(spec, slot_words(here[spec.key]), width) for spec, width in self.columns).rstrip()


def _cell(spec: Spec, text: str, width: int) -> str:
    text = clean_line(text)
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    return set_cell_size(" " * max(0, width - cell_len(text)) + text if spec.kind is Kind.NUMBER else text, width)


def _item(item: Item, number: int, key: str, on: Sheet, indent: int, lay: _Layout) -> Iterator[Row]:
    here = join(key, item.id)
    opened = f"{on.open_item}.".startswith(f"{here}.")
    label = f"{number:>2}"
    if not opened:
        sign = _item_sign(item, here, on)
        if type(item).reads:
            yield Row(label, _closed_sentence(item, here), (here,), sign, indent)
        else:
            line = lay.line(item)
            yield Row(
                label,
                (Run(line or "nothing in it yet", "value" if line else "open", here),),
                (here,),
                sign,
                indent,
                False,
            )
        return
    said: set[str] = set()
    if type(item).reads:
        runs, stops = _open_sentence(item, here, on)
        said = {join(here, phrase.key) for phrase in type(item).reads}
        yield Row(label, runs, stops, "", indent, gap=True)
    else:
        yield Row(label, (Run(lay.line(item) or "new", "strong", here),), (here,), "", indent, False, gap=True)
    for row in _record(item, type(item), here, on, indent + 1, False):
        if not (set(row.stops) & said):
            yield row
    yield Row("", (), indent=indent)


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
    known = item_slots(item, here)
    for phrase in type(item).reads:
        slot = known[phrase.key]
        lead = f"{' ' if runs else ''}{phrase.before}{' ' if phrase.before else ''}"
        runs.append(Run(lead, "muted" if slot.empty and slot.optional else "value"))
        refused = on.refused.get(slot.key)
        if refused is not None:
            runs.append(Run(f"[{clean_line(refused)}]", "refused", slot.key))
        elif slot.empty:
            runs.append(Run(f"[{slot.spec.title.lower()}]", "muted" if slot.optional else "open", slot.key))
        else:
            runs.append(Run(f"[{slot_words(slot)}]", "strong", slot.key))
        if phrase.after:
            runs.append(Run(f" {phrase.after}", "value"))
        stops.append(slot.key)
    return (*runs, Run(".")), tuple(stops)
