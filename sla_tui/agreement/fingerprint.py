"""Fingerprints: SHA-256 over what is said, not over layout, comments or spelling."""

from __future__ import annotations

import hashlib
import json
from datetime import date, time
from typing import Any, cast

from sla_tui.agreement.parts import plain, specs
from sla_tui.agreement.terms import Agreement

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
    """The sections present that named roles may change between signings."""
    named = agreement.agreement.schedules if agreement.agreement else None
    present = [spec.key for spec in specs(type(agreement)) if spec.about and getattr(agreement, spec.name) is not None]
    return tuple(section for section in present if section in (named or ()))


def _said(agreement: Agreement) -> dict[str, Any]:
    said = plain(agreement)
    said.pop("sources", None)
    for unsaid in ("format", "status"):
        said.get("agreement", {}).pop(unsaid, None)
    return {section: _without_empty_tables(held) for section, held in said.items()}


def _without_empty_tables(value: Any) -> Any:
    """A table with nothing in it says nothing; which sections there are is said all the same."""
    if isinstance(value, list):
        return [_without_empty_tables(one) for one in cast(list[Any], value)]
    if isinstance(value, dict):
        inner = {key: _without_empty_tables(one) for key, one in cast(dict[str, Any], value).items()}
        return {key: one for key, one in inner.items() if one != {}}
    return value


def terms_fingerprint(agreement: Agreement) -> str:
    """The 64 hexadecimal digits over the terms: every section that is no schedule."""
    apart = schedules(agreement)
    return _digest("sla-tui/terms/1", {key: said for key, said in _said(agreement).items() if key not in apart})


def schedule_fingerprint(agreement: Agreement, section: str) -> str:
    """The 64 hexadecimal digits over one schedule."""
    return _digest("sla-tui/schedule/1", {section: _said(agreement)[section]})
