"""Time ranges: ``5 minutes to 24 hours`` is still a question, or two promises."""

from __future__ import annotations

import re

from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Add, Batch, Put, item_at, new_id
from sla_tui.agreement.values import Duration

_COUNT = "[0-9]{1,6}"
_UNIT = r"[A-Za-z][A-Za-z\s.]*?"
_RANGE = re.compile(
    rf"(?:(?P<between>between)|from)?\s*(?P<low>{_COUNT}\s*(?:{_UNIT})?)\s*(?:to|(?P<and>and)|[-–—])\s*"
    rf"(?P<high>{_COUNT}\s*{_UNIT})",
    re.IGNORECASE,
)


def tiers(text: str) -> tuple[Duration, Duration] | None:
    """The two time limits of a range as people type one, shorter first; None for anything else.

    The first may leave its unit to the second: ``2-4 weeks``.
    """
    found = _RANGE.fullmatch(text.strip())
    if not found or bool(found["between"]) != bool(found["and"]):
        return None
    low, high = found["low"].strip(), found["high"].strip()
    try:
        last = Duration.parse(high)
        first = Duration(int(low), last.unit) if low.isdecimal() else Duration.parse(low)
    except ValueError:
        return None
    if first == last:
        return None
    return (last, first) if last.surely_below(first) else (first, last)


def in_two(part: Part, key: str, text: str) -> Batch | None:
    """The one step that makes two entries of the one whose time limit is at ``key``; None where ``text`` is no range.

    The entry keeps the shorter limit; a copy after it gets the longer one. Raises ``UnknownKey`` for an answer that
    is not directly in an entry of a list.
    """
    limits = tiers(text)
    if limits is None:
        return None
    entry, _, name = key.rpartition(".")
    slot, at = item_at(part, entry)
    item = slot.value[at]
    copy = item.model_copy(update={"id": new_id(item.id, (one.id for one in slot.value)), name: limits[1]})
    return Batch((Put(key, limits[0]), Add(slot.key, copy, at + 1)))
