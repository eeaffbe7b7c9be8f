"""Answers that stand for an example until the room agrees to them, changes them, or they are measured.

A source at a KEY speaks of the answer there, or of every answer in the entry, record or section there that has no
nearer source of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Put
from sla_tui.agreement.sources import Source

_AGREED = Source(kind="agreed")


def sources(part: Part) -> Mapping[str, Source]:
    """The remarks on where answers come from, by KEY."""
    return cast("Mapping[str, Source] | None", getattr(part, "sources", None)) or {}


def source_of(held: Mapping[str, Source], key: str) -> tuple[str, Source | None]:
    """The nearest source at or around a KEY, and where it stands."""
    while key:
        if key in held:
            return key, held[key]
        key = key.rpartition(".")[0]
    return "", None


def is_example(part: Part, key: str) -> bool:
    """Whether what stands at ``key`` is only an example."""
    _, source = source_of(sources(part), key)
    return source is not None and source.kind == "example"


def has_examples(part: Part, key: str) -> bool:
    """Whether an example stands at ``key`` or within it."""
    return is_example(part, key) or any(
        within(one, key) and source.kind == "example" for one, source in sources(part).items()
    )


def agreed(part: Part, key: str) -> Put | None:
    """The change that makes every example at or within ``key`` an agreed answer; None when there is none."""
    if not has_examples(part, key):
        return None
    held = dict(sources(part))
    for one in [one for one in held if within(one, key) and held[one].kind == "example"]:
        held[one] = held[one].model_copy(update={"kind": "agreed"})
    if is_example(part, key) and key not in held:
        held[key] = _AGREED
    return Put("sources", _tidied(held))


def remarked(part: Part, given: Iterable[str], gone: Iterable[str] = ()) -> Put | None:
    """The change to the sources that goes with a change of answers; None for none.

    What is at or within the KEYs ``given`` is answered and no example any more; the sources at or within those
    ``gone`` go with what they spoke of.
    """
    before = sources(part)
    taken = tuple(gone)
    held = {one: source for one, source in before.items() if not any(within(one, key) for key in taken)}
    for key in given:
        for one in [one for one in held if within(one, key) and held[one].kind == "example"]:
            del held[one]
        _, source = source_of(held, key)
        if source is not None and source.kind == "example":
            held[key] = _AGREED
    return Put("sources", _tidied(held)) if held != before else None


def _tidied(held: dict[str, Source]) -> dict[str, Source] | None:
    """Without what only repeats that the entry or section around it is agreed."""
    kept: dict[str, Source] = {}
    for key, source in held.items():
        _, around = source_of(held, key.rpartition(".")[0])
        if source != _AGREED or around is None or around.kind != "agreed":
            kept[key] = source
    return kept or None


def within(one: str, key: str) -> bool:
    """Whether the KEY ``one`` is ``key`` or lies within what stands there."""
    return one == key or one.startswith(f"{key}.")
