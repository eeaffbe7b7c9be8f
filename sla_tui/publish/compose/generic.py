"""Any section as numbered clauses and tables, from its declaration alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from sla_tui.agreement.parts import Item, Part, Slot, join, specs
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Bullets, Clause, Heading, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.phrases import say
from sla_tui.publish.compose.prose import clauses, prose
from sla_tui.publish.compose.rows import alone, table
from sla_tui.publish.compose.wording import ENTRIES
from sla_tui.publish.compose.writer import Writer, ended, places


def said(slot: Slot) -> bool:
    """Whether it stands on the page: it is answered, or must be."""
    blank = slot.spec.kind is Kind.RECORD and isinstance(slot.value, Part) and _blank(slot.value)
    return not ((slot.empty or blank) and slot.optional)


def _blank(record: Part) -> bool:
    return all(getattr(record, spec.name) in (None, "", ()) for spec in specs(type(record)))


def _inline(slots: Iterable[Slot], writer: Writer) -> Text:
    """Short answers in one line: ``Measure: …; Goal: …``."""
    runs: list[Run] = []
    for slot in slots:
        text = writer.answer(slot)
        if text:
            runs += [Run(f"{'; ' if runs else ''}{slot.spec.title}: "), *text]
    return tuple(runs)


def _short(slot: Slot) -> bool:
    """Whether it fits into a line with others."""
    return not slot.spec.nested and (slot.spec.kind is not Kind.PROSE or slot.empty)


def record(part: Part | None, cls: type[Part], key: str, writer: Writer) -> Iterator[Block]:
    """A record's answers in the model's order."""
    for slot in places(part, cls, key):
        yield from field(slot, writer)


def field(
    slot: Slot, writer: Writer, title: str | None = None, lead: str = "", numbered: bool = False
) -> Iterator[Block]:
    """One answer, record or list as blocks of its own, a blank where there is none and must be one.

    ``title`` is another one than its own, empty for none. A list may have a sentence before it and be ``numbered``.
    """
    called = slot.spec.title if title is None else title
    if not said(slot):
        return
    if slot.spec.kind is Kind.LIST:
        yield from _list(slot, called, lead, numbered, writer)
    elif slot.spec.kind is Kind.RECORD:
        yield from _record(slot, called, writer)
    elif slot.spec.kind is Kind.YES_NO and not slot.empty:
        yield from clauses(called, plain(words.capital(writer.value(slot))), writer)
    else:
        yield from clauses(called, writer.answer(slot), writer)


def _record(slot: Slot, title: str, writer: Writer) -> Iterator[Block]:
    inner = [one for one in places(slot.value, slot.spec.type, slot.key, slot.optional) if said(one)]
    if all(map(_short, inner)):
        yield from clauses(title, _inline(inner, writer) or OPEN, writer)
        return
    yield Heading(title, level=2)
    for one in inner:
        yield from field(one, writer)


def _list(slot: Slot, title: str, lead: str, numbered: bool, writer: Writer) -> Iterator[Block]:
    """A list under its title: a table where its items fit one, else a clause for each."""
    items = cast("tuple[Item, ...]", slot.value or ())
    # A list that is called as its section is needs no title twice.
    title = "" if title == writer.title else title
    if not items:
        yield from clauses(title, OPEN, writer)
        return
    made = table(items, slot.spec.type, slot.key, writer, numbered)
    if made is None:
        if title:
            yield Heading(title, level=2)
        for item in items:
            yield from _item(item, slot.key, writer)
        return
    line = alone(made) if len(items) == 1 else ()
    if line:
        yield from clauses(title, (*plain(f"{lead} "), *line) if lead else line, writer)
        return
    if lead:
        yield from clauses(title, plain(lead), writer)
    elif title:
        yield Clause((Run(f"{title}.", "strong"),), writer.next())
    yield made


def _item(item: Item, key: str, writer: Writer) -> Iterator[Block]:
    """An item too wordy for a row: its name, its short answers, then what else is in it."""
    here = join(key, item.id)
    mark = writer.marks.at(here)
    name, *others = _named_first(places(item, type(item), here))
    title = words.capital("".join(run.text for run in writer.answer(name))) + mark
    rest = [slot for slot in others if said(slot)]
    phrases = ENTRIES.get(type(item))
    if phrases is None:
        yield from clauses(title, _inline(filter(_short, rest), writer), writer, here)
        rest = [slot for slot in rest if not _short(slot)]
    else:
        yield from clauses(title, say(item, type(item), here, phrases, writer), writer, here)
        rest = [slot for slot in rest if slot.spec.kind is Kind.LIST]
    for slot in rest:
        yield from _inner(slot, writer)


def _named_first(slots: list[Slot]) -> list[Slot]:
    """The answers of an item, the one that it is called by first: one in words, else what it names or is."""
    for kind, refers in ((Kind.LINE, False), (Kind.LINE, True), (Kind.CHOICE, False)):
        for slot in slots:
            if slot.spec.kind is kind and bool(slot.spec.ask.of) is refers and not slot.empty:
                return [slot, *(one for one in slots if one is not slot)]
    return slots


def _inner(slot: Slot, writer: Writer) -> Iterator[Block]:
    """What stands in an item: text as a clause that goes on, a record as a line, a list as a table."""
    lead: Text = (Run(f"{slot.spec.title}: ", "emphasis"),)
    items = cast("tuple[Item, ...]", slot.value or ()) if slot.spec.kind is Kind.LIST else ()
    made = table(items, slot.spec.type, slot.key, writer) if items else None
    if made is not None:
        yield made
    elif items:
        yield Clause(lead)
        yield Bullets(tuple(_inline(_inside(one, slot.key), writer) for one in items))
    elif slot.spec.kind is Kind.RECORD:
        inner = [one for one in places(slot.value, slot.spec.type, slot.key, slot.optional) if said(one)]
        yield Clause((*lead, *ended(_inline(inner, writer) or OPEN)))
    elif slot.spec.kind is Kind.PROSE and not slot.empty:
        yield from prose(writer.value(slot), lead, "")
    else:
        yield Clause((*lead, *ended(OPEN)))


def _inside(item: Item, key: str) -> list[Slot]:
    return [slot for slot in places(item, type(item), join(key, item.id)) if said(slot) and not slot.spec.nested]
