"""Lists whose items read as sentences, such as commitments: one numbered promise each, grouped by who makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from sla_tui.agreement.parts import Item, Slot, join, spec_by_key
from sla_tui.agreement.sections.commitments import EVENT_WORDS
from sla_tui.agreement.sentence import Piece, sentence
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Column, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.writer import Writer, ended, places


def _run(piece: Piece, marks: Marks | None) -> Text:
    if piece.slot is None:
        return (Run(piece.words),)
    if not piece.words:
        return OPEN
    mark = marks.at(piece.slot.key) if marks else ""
    if piece.slot.spec.kind in (Kind.DURATION, Kind.PERCENT, Kind.DATE):
        return (Run(piece.words.replace(" ", words.NBSP) + mark, "strong"),)
    if piece.slot.spec.kind is Kind.CONDITION:
        # The name of a column or an activity is spelt for programs; what it is compared with is not.
        name = getattr(piece.slot.value, "field", None) or str(piece.slot.value)
        return (Run(piece.words.replace(name, name.replace("_", " "), 1) + mark),)
    if piece.slot.spec.kind is Kind.AMOUNTS:
        return (Run(re.sub(r"(?<=[0-9]) ", words.NBSP, piece.words) + mark, "strong"),)
    return (Run(piece.words + mark, "strong" if piece.slot.spec.kind is Kind.NUMBER else "plain"),)


def promise(item: Item, key: str, marks: Marks) -> Text:
    """The sentence an item at ``key`` reads as, its numbers standing out and its gaps left as blanks."""
    runs = [run for piece in sentence(item, key) for run in _run(piece, marks)]
    mark = marks.at(key) if runs else ""
    return (*runs[:-1], Run(mark), runs[-1]) if mark else tuple(runs)


def short(item: Item, key: str, marks: Marks) -> Text:
    """The same without who promises it and without a full stop, for a list under that party's name."""
    pieces = sentence(item, without={type(item).groups_by, "role"})
    runs = [run for piece in pieces[:-1] for run in _run(piece, None)]
    mark = marks.about(key)
    return (*runs, Run(mark)) if mark else tuple(runs)


def groups(given: tuple[Item, ...]) -> list[tuple[str, tuple[Item, ...]]]:
    """The items by who or what they are grouped by, in the order its choices are declared; last those without."""
    if not given or not type(given[0]).groups_by:
        return [("", given)]
    spec = spec_by_key(type(given[0]))[type(given[0]).groups_by]
    found = [(choice, tuple(item for item in given if getattr(item, spec.name) == choice)) for choice in spec.choices]
    found.append(("", tuple(item for item in given if getattr(item, spec.name) not in spec.choices)))
    return [(choice, held) for choice, held in found if held]


_EVENTS = dict(EVENT_WORDS)
_TITLES = {"marketing": "Marketing promises", "sales": "Sales promises", "shared": "Both sides promise"}


def title(choice: str) -> str:
    """A group's heading."""
    return _TITLES.get(choice, words.capital(choice.replace("_", " ")) if choice else "Not yet anybody's")


_PROMISED, _FOR, _BY = ("activity", "amounts", "keep_open"), ("share", "applies_to", "only_when"), ("within", "from")
_IF_MISSED = ("if_missed", "owner")


def _cell(item: Item, key: str, wanted: tuple[str, ...], writer: Writer) -> Text:
    """A part of the sentence by itself, without its full stop."""
    others = {phrase.key for phrase in type(item).reads if phrase.key not in wanted}
    runs = [run for piece in sentence(item, key, without=others)[:-1] for run in _run(piece, writer.marks)]
    if runs:
        if runs[0].tone != "open":
            runs[0] = replace(runs[0], text=words.capital(runs[0].text.lstrip(", ")))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(","))
    return tuple(runs)


def _beside(item: Item, key: str, without: tuple[str, ...]) -> Iterator[Slot]:
    said = {phrase.key for phrase in type(item).reads}
    for slot in places(item, type(item), key):
        unsaid = slot.spec.key not in said and slot.spec.key not in without
        if unsaid and not slot.spec.nested and not (slot.empty and slot.optional):
            yield slot


def _said_of(slot: Slot, writer: Writer) -> Text:
    event = _EVENTS.get(slot.value) if isinstance(slot.value, str) else None
    text: Text = plain(event + writer.marks.at(slot.key)) if event else writer.answer(slot)
    return plain(words.small(text[0].text)) if slot.spec.kind is Kind.CHOICE and not slot.empty else text


def _quiet(runs: Text) -> Text:
    return tuple(replace(run, tone="quiet") if run.tone in ("plain", "strong") else run for run in runs)


def _details(item: Item, key: str, writer: Writer) -> Text:
    """What stands below the promise: whose it is, and how it is counted."""
    runs: list[Run] = []
    for slot in _beside(item, key, _IF_MISSED):
        runs += [Run(f"{' ' if runs else ''}{slot.spec.title}: "), *ended(_said_of(slot, writer))]
    return _quiet(tuple(runs))


def _promise(item: Item, key: str, writer: Writer) -> Text:
    here = {slot.spec.key: slot for slot in places(item, type(item), key)}
    counted = ("per",) if not here["amounts"].empty or here["share"].empty else ()
    said = _cell(item, key, (*_PROMISED, *counted), writer)
    role = writer.answer(here["role"])
    mark = writer.marks.at(key)
    who = (*role, Run(": ")) if role else ()
    return (*_strong(who), *said, *((Run(mark),) if mark else ()))


def _strong(runs: Text) -> Text:
    return tuple(replace(run, tone="emphasis") for run in runs)


def _whom(item: Item, key: str, writer: Writer) -> Text:
    here = {slot.spec.key: slot for slot in places(item, type(item), key)}
    counted = ("per",) if here["amounts"].empty and not here["share"].empty else ()
    return _cell(item, key, (*_FOR, *counted), writer)


def _missed(item: Item, key: str, writer: Writer) -> Text:
    """What follows a broken promise, and who acts."""
    here = {slot.spec.key: slot for slot in places(item, type(item), key)}
    told, owner = (here[name] for name in _IF_MISSED)
    runs = list(ended(writer.answer(told)))
    if not owner.empty:
        runs += [Run(" "), *_quiet((*writer.answer(owner), Run(" acts.")))]
    return tuple(runs)


def _columns(called: str) -> tuple[Column, ...]:
    return (
        Column("No.", nowrap=True, hangs=True),
        Column(called, share=0.42),
        Column("For", share=0.16),
        Column("Within", share=0.15),
        Column("If missed", share=0.27),
    )


def sentences(given: tuple[Item, ...], key: str, writer: Writer) -> Iterator[Block]:
    """The promises at ``key`` as a table for each side, a numbered row each, with how it is counted beneath it."""
    for choice, held in groups(given):
        columns = _columns(title(choice))
        rows: list[tuple[Text, ...]] = []
        for item in held:
            here = join(key, item.id)
            number = writer.next()
            promised, details = _promise(item, here, writer), _details(item, here, writer)
            cells = (_whom(item, here, writer), _cell(item, here, _BY, writer), _missed(item, here, writer))
            rows.append((plain(number), (*promised, *((Run("\n"), *details) if details else ())), *cells))
        used = [at for at in range(len(columns)) if at < 2 or any(row[at] for row in rows)]
        yield Table(
            tuple(columns[at] for at in used),
            tuple(tuple(row[at] for at in used) for row in rows),
            title=title(choice),
            named=True,
        )


def is_sentences(item_type: object) -> bool:
    """Whether items of this type read as sentences."""
    return bool(cast(type[Item], item_type).reads)
