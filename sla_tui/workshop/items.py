"""Items of lists: a fresh one, a copy, many from pasted rows, and ids that say what they name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, cast

from pydantic import ValidationError

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, Slot, Spec, specs
from sla_tui.agreement.paths import Add, Batch, Refused, apply, at_key, new_id, reason
from sla_tui.agreement.references import ids_beside, nameable
from sla_tui.agreement.text import did_you_mean
from sla_tui.agreement.values import Kind
from sla_tui.workshop.typed import put


class BadRows(UserError):
    """Pasted rows that cannot all be read; ``problems`` names each by its row."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems[0], "mend the rows and paste them again; nothing was added")
        self.problems = problems


def items_of(slot: Slot) -> tuple[Item, ...]:
    """The items of the list at a place."""
    return cast("tuple[Item, ...]", slot.value or ())


def article(noun: str) -> str:
    """``a rule``, ``an exclusion``."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def fresh(slot: Slot, values: dict[str, str] | None = None, besides: Iterable[str] = ()) -> Item:
    """A new item for the list at ``slot``, with answers read from typed text.

    Its id is the one given, else made of its words and none of ``besides`` (``references.ids_beside``). Raises
    ``Refused`` or ``UnknownKey`` for an answer it does not take.
    """
    typed = dict(values or {})
    taken = [*(item.id for item in items_of(slot)), *besides]
    cls = cast("type[Item]", slot.spec.type)
    given = typed.pop("id", "").strip()
    item = _built(cls, {"id": given or new_id(slot.spec.entry, taken)}, slot.key)
    for key, text in typed.items():
        try:
            item, _ = apply(item, put(item, key, text))
        except Refused as error:
            raise Refused(f"{slot.key}: {error.message}", error.remedy) from error
    return item if given else named(item, taken)


def _built(cls: type[Item], values: dict[str, Any], key: str) -> Item:
    try:
        return cls.model_validate(values)
    except ValidationError as error:
        raise Refused(f"{key}: {reason(error)}") from error


def named(item: Item, taken: Iterable[str]) -> Item:
    """The item with an id made of its first words, if it has any."""
    words = item_name(item)
    return item.model_copy(update={"id": new_id(words, taken)}) if words else item


def copied(slot: Slot, at: int) -> Add:
    """The change that puts a copy of the item at place ``at`` right below it."""
    items = items_of(slot)
    copy = items[at].model_copy(update={"id": new_id(items[at].id, (item.id for item in items))})
    return Add(slot.key, copy, at + 1)


def name_spec(cls: type[Item]) -> Spec | None:
    """The answer that an item of this kind is called by; None for one without words of its own."""
    words = (one for one in specs(cls) if one.kind in (Kind.LINE, Kind.PROSE) and not one.ask.of)
    return next(words, None)


def columns(spec: Spec) -> tuple[Spec, ...]:
    """The answers a row of a list may hold, in order: the item's own, without its id."""
    return tuple(one for one in specs(spec.type) if one.leaf is not None and one.kind is not Kind.ID)


def from_rows(part: Part, key: str, text: str) -> Batch:
    """The change that adds one item for each pasted row, cells separated by tabs.

    A first row of titles or keys says which column is which; without one the columns stand in the form's order.
    An entry of another list may be called by its name. Raises ``BadRows`` with every problem, and then nothing is to be
    added.
    """
    slot = at_key(part, key)
    rows = [row for row in _cells(text) if any(cell.strip() for cell in row)]
    if not rows:
        raise BadRows(("there are no rows in it",))
    order, body, first = _heading(columns(slot.spec), rows)
    problems: list[str] = []
    adds: list[Add] = []
    besides = ids_beside(part, key)
    for number, row in enumerate(body, first):
        if len(row) > len(order):
            problems.append(f"row {number}: {len(row)} cells, and there are {len(order)} columns")
            continue
        cells = zip(order, row, strict=False)
        answers = {spec.key: _called(part, spec, cell) for spec, cell in cells if cell.strip()}
        held = Slot(slot.key, slot.spec, (*items_of(slot), *(add.item for add in adds)), slot.optional)
        try:
            adds.append(Add(key, fresh(held, answers, besides)))
        except UserError as error:
            problems.append(f"row {number}: {error.message.removeprefix(f'{key}: ')}")
    if problems:
        raise BadRows(tuple(problems))
    return Batch(tuple(adds))


def _called(part: Part, spec: Spec, cell: str) -> str:
    """The id of the one entry that ``cell`` calls by name, where the answer names an entry; else the cell as it is."""
    names = nameable(part, spec.ask.of) or {} if spec.ask.of else {}
    wanted = cell.strip().casefold()
    found = [id_ for id_, name in names.items() if name.casefold() == wanted]
    return found[0] if len(found) == 1 and cell.strip() not in names else cell


def _cells(text: str) -> list[list[str]]:
    """The rows of pasted text. Quotes hold a cell together only where every one is closed; else they are text."""
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting))
    except csv.Error as error:
        raise BadRows((f"the rows cannot be told apart ({error})",)) from error


def _heading(known: tuple[Spec, ...], rows: list[list[str]]) -> tuple[tuple[Spec, ...], list[list[str]], int]:
    names = {name.lower(): spec for spec in known for name in (spec.key, spec.title)}
    cells = [cell.strip().lower() for cell in rows[0]]
    found = [names.get(cell) for cell in cells]
    if not any(found):
        return known, rows, 1
    unknown = [cell for cell, spec in zip(cells, found, strict=True) if spec is None]
    if unknown:
        remedy = did_you_mean(unknown[0], names)
        raise BadRows((f"row 1: there is no column {unknown[0]!r}; {remedy}",))
    return tuple(spec for spec in found if spec is not None), rows[1:], 2
