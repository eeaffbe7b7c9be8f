"""Fingerprints: SHA-256 over what is said, not over layout, comments or spelling."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sla_tui.agreement.parts import Part, Spec, plain, spec_by_key, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota

SHOWN = 12
"""How many characters of a fingerprint are shown; it is kept whole."""


def _isoformat(value: Any) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no part of an agreement")


def _digest(label: str, said: Any) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_isoformat)
    return hashlib.sha256(f"{label}\n{text}".encode()).hexdigest()


def schedules(agreement: Agreement) -> tuple[str, ...]:
    """The sections present that may change between signings: their keys, and the ids of those in the team's own words.

    A word that is both means the section.
    """
    named = (agreement.agreement.schedules if agreement.agreement else None) or ()
    keys = [spec.key for spec in specs(type(agreement)) if spec.about]
    present = [spec.key for spec in specs(type(agreement)) if spec.about and getattr(agreement, spec.name) is not None]
    own = [one.id for one in agreement.custom or () if one.id not in keys and "custom" not in named]
    return tuple(section for section in (*present, *own) if section in named)


def terms_fingerprint(agreement: Agreement) -> str:
    """The 64 hexadecimal digits over the terms: every section that is no schedule."""
    return _terms(_said(agreement), schedules(agreement))


def schedule_fingerprint(agreement: Agreement, section: str) -> str:
    """The 64 hexadecimal digits over one schedule, a section or one in the team's own words; KeyError for none."""
    return _schedule(_said(agreement), section)


def fingerprints(agreement: Agreement) -> tuple[str, dict[str, str]]:
    """The fingerprint of the terms, and that of each schedule."""
    said, apart = _said(agreement), schedules(agreement)
    return _terms(said, apart), {section: _schedule(said, section) for section in apart}


def _terms(said: dict[str, Any], apart: tuple[str, ...]) -> str:
    kept = {key: held for key, held in said.items() if key not in apart}
    if "custom" in kept:
        kept["custom"] = [one for one in kept["custom"] if one["id"] not in apart]
    return _digest("sla-tui/terms/1", kept)


def _schedule(said: dict[str, Any], section: str) -> str:
    if section in said:
        return _digest("sla-tui/schedule/1", {section: said[section]})
    return _digest("sla-tui/schedule/1", {"custom": _entry(said["custom"], section)})


def quota_fingerprint(quota: Quota) -> str:
    """The 64 hexadecimal digits over one period's quota but for who agreed to it, which is said of it afterwards."""
    said = _words(plain(quota), type(quota))
    return _digest("sla-tui/quota/1", {key: held for key, held in said.items() if key != "agreed_by"})


def fixed_fingerprints(agreement: Agreement, free: Iterable[str]) -> dict[str, str]:
    """The fingerprint of what is left of each schedule without the KEYs that are ``free`` to change.

    None for a schedule in which nothing is free, or which is free as a whole.
    """
    said, paths = _said(agreement), [key.split(".") for key in free]
    found: dict[str, str] = {}
    for section in schedules(agreement):
        at = [section] if section in said else ["custom", section]
        within = [path for path in paths if path[: len(at)] == at]
        if within and at not in within:
            held: Any = {at[0]: said[at[0]]} if section in said else {"custom": _entry(said["custom"], section)}
            for path in within:
                held = _cut(held, path)
            found[section] = _digest("sla-tui/fixed/1", held)
    return found


def _entry(entries: list[Any], id_: str) -> list[Any]:
    return [one for one in entries if one["id"] == id_]


def _cut(held: Any, path: list[str]) -> Any:
    """A copy of what is said, without what stands at a path of keys and ids."""
    first, rest = path[0], path[1:]
    if isinstance(held, list):
        entries = cast(list[dict[str, Any]], held)
        return [_cut(one, rest) if one.get("id") == first else one for one in entries if rest or one.get("id") != first]
    if not isinstance(held, dict):
        return held
    table = cast(dict[str, Any], held)
    return {key: _cut(one, rest) if key == first else one for key, one in table.items() if rest or key != first}


def section_fingerprint(agreement: Agreement, section: str) -> str:
    """The 64 hexadecimal digits over one section, as for a schedule whether or not it is one; empty if it is absent."""
    said = _section(agreement, spec_by_key(type(agreement))[section])
    return "" if said is None else _digest("sla-tui/schedule/1", {section: said})


class _Itself:
    """Something that is equal to nothing but itself, as a key of what is remembered about it."""

    __slots__ = ("held",)

    def __init__(self, held: object) -> None:
        self.held = held

    def __hash__(self) -> int:
        return id(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.held is self.held


def _section(agreement: Agreement, spec: Spec) -> Any:
    """What one section says, None for one that is absent or holds remarks."""
    value = getattr(agreement, spec.name)
    return None if value is None else _section_words(_Itself(value), spec.key, type(agreement))


@lru_cache(maxsize=64)
def _section_words(section: _Itself, key: str, cls: type[Part]) -> Any:
    """What a section says; those asked for last are remembered, for the same object always says the same."""
    return _words({key: plain(section.held)}, cls).get(key)


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are one, where either may be shortened to its first digits."""
    short = min(len(one), len(other))
    return short >= SHOWN and one[:short] == other[:short]


def _said(agreement: Agreement) -> dict[str, Any]:
    """What is agreed, by section: no remarks, and nothing of what became of it since."""
    said = {spec.key: one for spec in specs(type(agreement)) if (one := _section(agreement, spec)) is not None}
    if came_later := successors(agreement):
        signing = [one for one in said["signatures"]["signers"] if one["id"] not in came_later]
        said["signatures"] = {**said["signatures"], "signers": signing}
    return said


def said_only(agreement: Agreement) -> Agreement:
    """``agreement`` with only what its fingerprints are over: no remarks, and nothing of what became of it since."""
    return type(agreement).model_validate(_said(agreement))


def successors(agreement: Agreement) -> frozenset[str]:
    """The ids of the signers who took another's place; they came after the signing."""
    signing = agreement.signatures.signers if agreement.signatures else ()
    return frozenset(one.successor for one in signing if one.successor and one.successor != one.id)


def _words(table: dict[str, Any], cls: type[Part]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, value in table.items():
        spec = spec_by_key(cls)[key]
        if spec.kind is Kind.MAP or spec.ask.fact:
            continue
        if spec.kind is Kind.RECORD:
            value = _words(value, spec.type)
        elif spec.kind is Kind.LIST:
            value = [_words(one, spec.type) for one in value]
        else:
            value = _without_empty_tables(value)
        if value != {} or spec.about:
            said[key] = value
    return said


def _without_empty_tables(value: Any) -> Any:
    """A table with nothing in it says nothing; which sections there are is said all the same."""
    if isinstance(value, list):
        return [_without_empty_tables(one) for one in cast(list[Any], value)]
    if isinstance(value, dict):
        inner = {key: _without_empty_tables(one) for key, one in cast(dict[str, Any], value).items()}
        return {key: one for key, one in inner.items() if one != {}}
    return value
