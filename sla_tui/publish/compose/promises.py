"""Lists whose items read as sentences, such as commitments: one numbered promise each, grouped by who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sla_tui.agreement.parts import Item, Spec, spec_by_key, specs
from sla_tui.agreement.sections.commitments import EVENT_WORDS
from sla_tui.agreement.sentence import Piece, sentence
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import OPEN, Block, Clause, Detail, Heading, Run, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.generic import Numbering, answer, empty, free

_WEIGHTY = (Kind.AMOUNTS, Kind.NUMBER)
"""Answers that make a promise one that can be counted; they stand out."""


def _run(piece: Piece) -> Text:
    if piece.slot is None:
        return (Run(piece.words),)
    if not piece.words:
        return OPEN
    if piece.slot.spec.kind in (Kind.DURATION, Kind.PERCENT, Kind.DATE):
        return (Run(piece.words.replace(" ", words.NBSP), "strong"),)
    return (Run(piece.words, "strong" if piece.slot.spec.kind in _WEIGHTY else "plain"),)


def promise(item: Item) -> Text:
    """The sentence an item reads as, its numbers standing out and its gaps left as blanks."""
    return tuple(run for piece in sentence(item) for run in _run(piece))


def short(item: Item) -> Text:
    """The same without who promises it and without a full stop, for a list under that party's name."""
    pieces = sentence(item, without={type(item).groups_by, "role"})
    return tuple(run for piece in pieces[:-1] for run in _run(piece))


def groups(given: tuple[Item, ...]) -> list[tuple[str, tuple[Item, ...]]]:
    """The items by who or what they are grouped by, in the order its choices are declared; last those without."""
    if not given or not type(given[0]).groups_by:
        return [("", given)]
    spec = spec_by_key(type(given[0]))[type(given[0]).groups_by]
    found = [(choice, tuple(item for item in given if getattr(item, spec.name) == choice)) for choice in spec.choices]
    found.append(("", tuple(item for item in given if getattr(item, spec.name) not in spec.choices)))
    return [(choice, held) for choice, held in found if held]


_EVENTS = {event: plain(said) for event, said in EVENT_WORDS}
_TITLES = {"marketing": "Marketing promises", "sales": "Sales promises", "shared": "Both sides promise"}


def title(choice: str) -> str:
    """A group's heading."""
    return _TITLES.get(choice, words.capital(choice.replace("_", " ")) if choice else "Not yet anybody's")


def _beside(item: Item) -> Iterator[Spec]:
    said = {phrase.key for phrase in type(item).reads}
    for spec in specs(type(item)):
        if spec.key not in said and spec.kind is not Kind.ID:
            yield spec


def _details(item: Item, agreement: Agreement) -> Text:
    """What the sentence leaves out, after it."""
    runs: list[Run] = []
    for spec in _beside(item):
        given = getattr(item, spec.name)
        if spec.nested or (empty(given) and free(item, spec)):
            continue
        text = _EVENTS.get(given) if isinstance(given, str) else None
        text = text or answer(given, spec, agreement)
        if spec.kind is Kind.CHOICE and not empty(given):
            text = plain(words.small(text[0].text))
        end = "" if text[-1].text.endswith((".", "!", "?")) else "."
        runs += [Run(f"{' ' if runs else ''}{spec.title}: ", "strong"), *text, Run(end)]
    return tuple(runs)


def sentences(given: tuple[Item, ...], numbering: Numbering, agreement: Agreement) -> Iterator[Block]:
    """Every item as a numbered sentence with what belongs to it beneath, under its group's heading."""
    grouped = groups(given)
    for choice, held in grouped:
        if len(grouped) > 1 or choice:
            yield Heading(title(choice), level=2)
        for item in held:
            yield Clause(promise(item), numbering.next())
            details = _details(item, agreement)
            if details:
                yield Detail(details)


def is_sentences(item_type: object) -> bool:
    """Whether items of this type read as sentences."""
    return bool(cast(type[Item], item_type).reads)
