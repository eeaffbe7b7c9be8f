"""The usual entries of a list, and the usual answers of a section: what templates hold and an agreement does not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast

from sla_tui.agreement.examples import source_of, sources, within
from sla_tui.agreement.lists import KEY
from sla_tui.agreement.parts import Item, Part, join, slots, spec_by_key
from sla_tui.agreement.paths import Add, Batch, Put, UnknownKey, apply, at_key, item_at
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.sources import Source
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import items_of
from sla_tui.workshop.library import templates
from sla_tui.workshop.places import item_here
from sla_tui.workshop.steps import Doing

P = TypeVar("P", bound=Part)


OWN = "custom"
"""The list of the sections in a team's own words."""


def known_usual(part: Part, list_key: str) -> bool:
    """Whether there are usual entries for the list, once templates were read; False before, for reading takes time."""
    return bool(shipped.cache_info().currsize) and bool(usual(part, list_key))


@cache
def shipped() -> tuple[Agreement, ...]:
    """The templates that come with the program, the fullest first."""
    texts = sorted((one.text for one in templates()), key=len, reverse=True)
    return tuple(Agreement.model_validate(tomllib.loads(text)) for text in texts)


def usual(part: Part, list_key: str) -> tuple[Item, ...]:
    """The entries that templates have in the list and ``part`` has not, by their ids; each as the fullest has it.

    None for sections in a template's own words: they say what other templates have a section for.
    """
    if list_key == OWN:
        return ()
    here = {item.id for item in items_of(at_key(part, list_key))}
    found: dict[str, Item] = {}
    for template in shipped():
        for item in _items(template, list_key):
            if item.id not in here:
                found.setdefault(item.id, item)
    return tuple(found.values())


def adding_usual(part: Part, key: str, list_key: str, chosen: Iterable[Item]) -> Doing:
    """The one step that adds usual entries below the entry at ``key``, or at the end of the list.

    What they name that is not here is left open, and what is an example in the template is one here too.
    """
    picked = tuple(chosen)
    beside = item_here(part, key)
    at = item_at(part, beside)[1] + 1 if beside.rpartition(".")[0] == list_key else None
    new = {item.id for item in picked}

    def there(of: tuple[str, ...], name: str) -> bool:
        return _named_in(part, of, name) or (list_key in of and name in new)

    adds = [
        Add(list_key, cleared(item, there), None if at is None else at + place) for place, item in enumerate(picked)
    ]
    marks = {mark: source for add in adds for mark, source in _marks(join(list_key, add.item.id), add.item)}
    return Doing(Batch((*adds, *_marking(part, marks))), join(list_key, picked[0].id) if picked else list_key)


def usual_section(part: Part, section: str) -> Doing | None:
    """The one step that takes a section in with its usual answers; None where no template has it."""
    name = spec_by_key(type(part))[section].name
    if section == OWN:
        return None
    held = next((one for template in shipped() if (one := getattr(template, name, None)) is not None), None)
    if held is None:
        return None
    whole = part.model_copy(update={name: held})

    def there(of: tuple[str, ...], name: str) -> bool:
        return _named_in(whole, of, name)

    if isinstance(held, Part):
        value: Any = cleared(held, there)
        marks = dict(_marks(section, value))
    else:
        value = tuple(cleared(item, there) for item in cast("tuple[Item, ...]", held))
        marks = {mark: source for item in value for mark, source in _marks(join(section, item.id), item)}
    return Doing(Batch((Put(section, value), *_marking(part, marks))), section)


def cleared(part: P, there: Callable[[tuple[str, ...], str], bool]) -> P:
    """``part`` without naming what is not ``there``, given the lists it is named from."""
    for slot in tuple(slots(part, type(part))):
        names = named(slot)
        left = tuple(name for name in names if there(slot.spec.ask.of, name))
        if left != names:
            value = left or None if slot.spec.kind is Kind.WORDS else None
            part, _ = apply(part, Put(slot.key, value))
    return part


def _named_in(part: Part, of: tuple[str, ...], name: str) -> bool:
    return _holds(part, name) if KEY in of else name in (nameable(part, of) or ())


def _items(part: Part, list_key: str) -> tuple[Item, ...]:
    try:
        return items_of(at_key(part, list_key))
    except UnknownKey:
        return ()


def _marks(key: str, part: Part) -> Iterable[tuple[str, Source]]:
    """What the template that ``part`` is from says of where its answers come from, as far as they still stand."""
    template = next(one for one in shipped() if _holds(one, key))
    held = sources(template)
    place, around = source_of(held, key)
    if around is not None and place:
        yield key, around
    answered = {join(key, slot.key) for slot in slots(part, type(part)) if not slot.empty}
    for mark, source in held.items():
        if within(mark, key) and mark != key and any(within(one, mark) for one in answered):
            yield mark, source


def _holds(part: Part, key: str) -> bool:
    try:
        return at_key(part, key).value is not None
    except UnknownKey:
        return False


def _marking(part: Part, marks: dict[str, Source]) -> tuple[Put, ...]:
    return (Put("sources", {**sources(part), **marks}),) if marks else ()
