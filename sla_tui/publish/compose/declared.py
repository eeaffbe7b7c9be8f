"""A section in the forms that its wording declares, and from its declaration what no form says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sla_tui.agreement.parts import Item, Part, Slot, join
from sla_tui.publish.blocks import Block, Bullets, Column, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.forms import Compared, Form, Given, Parted, Says, Strung, covered
from sla_tui.publish.compose.generic import field, said
from sla_tui.publish.compose.phrases import Phrase, say
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.rows import row
from sla_tui.publish.compose.wording import SECTIONS
from sla_tui.publish.compose.writer import Writer, place, places


def section(part: Part | None, cls: type[Part], key: str, writer: Writer) -> Iterator[Block]:
    """All that a section answers, its wording's forms first."""
    forms = SECTIONS.get(cls, ())
    for form in forms:
        yield from formed(form, part, cls, key, writer)
    held = covered(forms)
    for slot in places(part, cls, key):
        if slot.spec.key not in held:
            yield from field(slot, writer)


def formed(form: Form, part: Part | None, cls: type[Part], key: str, writer: Writer) -> Iterator[Block]:
    """One form with the answers that it names."""
    match form:
        case Says(title, phrases):
            text = say(part, cls, key, phrases, writer)
            if text:
                yield from clauses(title, text, writer)
        case Given(name, title, lead, numbered, only):
            slot = place(part, cls, name, key)
            if only and len(slot.value or ()) == 1:
                yield from _only(slot, title, only, writer)
            else:
                yield from field(slot, writer, title, lead, numbered)
        case Strung():
            yield from _strung(form, place(part, cls, form.key, key), writer)
        case Parted():
            yield from _parted(form, place(part, cls, form.key, key), writer)
        case Compared():
            yield from _compared(form, part, cls, key, writer)


def _items(slot: Slot) -> tuple[Item, ...]:
    return cast("tuple[Item, ...]", slot.value or ())


def _only(slot: Slot, title: str | None, phrases: tuple[Phrase, ...], writer: Writer) -> Iterator[Block]:
    """The only entry of a list as a sentence."""
    item = cast("tuple[Item, ...]", slot.value)[0]
    here = join(slot.key, item.id)
    text, mark = say(item, type(item), here, phrases, writer), writer.marks.at(here)
    called = slot.spec.title if title is None else title
    yield from clauses(called, (*text, Run(mark)) if mark and text else text, writer)


def _strung(form: Strung, slot: Slot, writer: Writer) -> Iterator[Block]:
    entries: list[Text] = []
    for item in _items(slot):
        here = join(slot.key, item.id)
        entries.append(_marked(say(item, type(item), here, form.phrases, writer), here, writer))
    if entries:
        yield from clauses(form.title, words.strung(entries, "; ", "; "), writer)
    else:
        yield from field(slot, writer, form.title)


def _parted(form: Parted, slot: Slot, writer: Writer) -> Iterator[Block]:
    if slot.empty:
        yield from field(slot, writer, form.title)
        return
    inline: list[Run] = []
    title = form.title
    for sentence, wanted in ((form.yes, True), (form.no, False)):
        named = [_name(one, slot, form.of, writer) for one in _items(slot) if _is(one, slot, form.by) is wanted]
        before, hole, after = sentence.partition("{}")
        if named and hole:
            inline += [Run(f"{' ' if inline else ''}{before}"), *words.strung(named), Run(after)]
        elif named:
            yield from clauses(title, plain(sentence), writer)
            yield Bullets(tuple(named))
            title = ""
    if inline:
        yield from clauses(form.title, tuple(inline), writer)


def _is(item: Item, slot: Slot, by: str) -> bool:
    return bool(place(item, type(item), by, join(slot.key, item.id)).value)


def _name(item: Item, slot: Slot, of: str, writer: Writer) -> Text:
    here = join(slot.key, item.id)
    return _marked(writer.answer(place(item, type(item), of, here)), here, writer)


def _marked(text: Text, key: str, writer: Writer) -> Text:
    mark = writer.marks.at(key)
    return (*text, Run(mark)) if mark else text


def _compared(form: Compared, part: Part | None, cls: type[Part], key: str, writer: Writer) -> Iterator[Block]:
    rows: list[tuple[Text, ...]] = []
    for name, called in form.rows:
        slot = place(part, cls, name, key)
        if said(slot):
            rows.append((plain(called), *row(slot.value, slot.spec.type, slot.key, form.columns, writer)))
    if rows:
        yield from clauses(form.title, (), writer)
        columns = (Column(form.first), *(Column(one.title) for one in form.columns))
        yield Table(columns, tuple(rows))
