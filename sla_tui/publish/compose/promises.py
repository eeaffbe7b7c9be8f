"""Lists whose items read as sentences, such as commitments: one numbered promise each, grouped by who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sla_tui.agreement.parts import Item, Slot, join, spec_by_key
from sla_tui.agreement.sections.commitments import EVENT_WORDS
from sla_tui.agreement.sentence import Piece, sentence
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Clause, Detail, Heading, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.writer import Writer, ended, places

_WEIGHTY = (Kind.AMOUNTS, Kind.NUMBER)
"""Answers that make a promise one that can be counted; they stand out."""


def _run(piece: Piece, marks: Marks | None) -> Text:
    if piece.slot is None:
        return (Run(piece.words),)
    if not piece.words:
        return OPEN
    mark = marks.at(piece.slot.key) if marks else ""
    if piece.slot.spec.kind in (Kind.DURATION, Kind.PERCENT, Kind.DATE):
        return (Run(piece.words.replace(" ", words.NBSP) + mark, "strong"),)
    return (Run(piece.words + mark, "strong" if piece.slot.spec.kind in _WEIGHTY else "plain"),)


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


def _beside(item: Item, key: str) -> Iterator[Slot]:
    said = {phrase.key for phrase in type(item).reads}
    for slot in places(item, type(item), key):
        if slot.spec.key not in said and not slot.spec.nested and not (slot.empty and slot.optional):
            yield slot


def _details(item: Item, key: str, writer: Writer) -> Text:
    """What the sentence leaves out, after it."""
    runs: list[Run] = []
    for slot in _beside(item, key):
        event = _EVENTS.get(slot.value) if isinstance(slot.value, str) else None
        text: Text = plain(event + writer.marks.at(slot.key)) if event else writer.answer(slot)
        if slot.spec.kind is Kind.CHOICE and not slot.empty:
            text = plain(words.small(text[0].text))
        runs += [Run(f"{' ' if runs else ''}{slot.spec.title}: ", "strong"), *ended(text)]
    return tuple(runs)


def sentences(given: tuple[Item, ...], key: str, writer: Writer) -> Iterator[Block]:
    """Every item of the list at ``key`` as a numbered sentence with what belongs to it beneath, under its group."""
    grouped = groups(given)
    for choice, held in grouped:
        if len(grouped) > 1 or choice:
            yield Heading(title(choice), level=2)
        for item in held:
            here = join(key, item.id)
            yield Clause(promise(item, here, writer.marks), writer.next())
            details = _details(item, here, writer)
            if details:
                yield Detail(details)


def is_sentences(item_type: object) -> bool:
    """Whether items of this type read as sentences."""
    return bool(cast(type[Item], item_type).reads)
