"""Values from typed text where no form helps: what a field reads, and TOML for what holds several answers."""

from __future__ import annotations

import tomllib
from typing import Any

from sla_tui.agreement.parts import Part, Spec
from sla_tui.agreement.paths import Put, Refused, at_key
from sla_tui.agreement.values import Kind

_LISTS = frozenset({Kind.WORDS, Kind.AMOUNTS, Kind.DAYS})


def read_value(spec: Spec, text: str) -> Any:
    """The value that ``text`` stands for, None for blank.

    Lists may be written as in TOML (``["mon", "tue"]``); records and lists of items must be. ValueError says how it
    is written.
    """
    typed = text.strip()
    if spec.leaf is not None and not (spec.kind in _LISTS and typed.startswith("[")):
        return spec.read(text)
    if not typed:
        return None
    value = _toml(typed)
    wanted = list if spec.kind in _LISTS or spec.kind is Kind.LIST else dict
    if not issubclass(type(value), wanted):
        raise ValueError(_how(spec))
    return None if value == {} and spec.about is None else value


def _toml(text: str) -> Any:
    problem = ValueError('this is written as in TOML: { key = "text" } or ["text", "text"]')
    try:
        held = tomllib.loads(f"x = {text}")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise problem from error
    if len(held) != 1:
        raise problem
    return held["x"]


def _how(spec: Spec) -> str:
    if spec.kind is Kind.LIST:
        return f'{spec.title} is a list of items, as in TOML: [{{ id = "first" }}]'
    if spec.kind in _LISTS:
        return f'{spec.title} is a list, as in TOML: ["text", "text"]'
    return f'{spec.title} holds several answers; name one of them, or write {{ key = "text" }}'


def put(part: Part, key: str, text: str) -> Put:
    """The change that typed text stands for at ``key``; blank clears. Raises ``UnknownKey`` or ``Refused``."""
    slot = at_key(part, key)
    try:
        return Put(key, read_value(slot.spec, text))
    except ValueError as error:
        raise Refused(f"{key}: {error}") from error
