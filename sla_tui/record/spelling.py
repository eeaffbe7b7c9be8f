"""What a file should hold: new values where something changed, the file's own spelling where nothing did.

What did not change is the very same object before and after, so that it need not be gone through again.
"""

from __future__ import annotations

from typing import Any

from sla_tui.agreement.parts import Part, plain, spec_by_key, told
from sla_tui.record.pairing import Table, are_tables, is_list, is_table, pairs, same


def plain_after(value: Any, before: Any, said: Any) -> Any:
    """``plain(value)``, given that ``plain(before)`` is ``said``; what is the same part in both is taken from there."""
    if value is before:
        return said
    if isinstance(value, Part) and type(value) is type(before) and is_table(said):
        return {key: plain_after(inner, getattr(before, name), said.get(key)) for name, key, inner in told(value)}
    if isinstance(value, tuple) and isinstance(before, tuple) and is_list(said):
        known = {id(one): there for one, there in zip(_parts(before), said, strict=True)}
        return [known[id(one)] if id(one) in known else plain(one) for one in _parts(value)]
    return plain(value)


def read_after(held: Any, raw: Any, value: Any) -> Any:
    """``held`` with the parts of ``value``, as which ``raw`` reads, wherever it is the very same as ``raw``."""
    if held is raw:
        return value
    if is_table(held) and is_table(raw) and isinstance(value, Part):
        names = {key: spec.name for key, spec in spec_by_key(type(value)).items()}
        return {
            key: read_after(one, raw[key], getattr(value, names[key])) if key in raw and key in names else one
            for key, one in held.items()
        }
    if is_list(held) and are_tables(raw) and isinstance(value, tuple):
        known = {id(one): there for one, there in zip(raw, _parts(value), strict=True)}
        return [known.get(id(one), one) for one in held]
    return held


def _parts(value: Any) -> tuple[Any, ...]:
    return value


def settle(raw: Table, base: Table, new: Table) -> Table:
    """The values to write.

    ``raw`` is what the file holds, ``base`` the same as its model says it, ``new`` what the model says now. Where
    ``base`` and ``new`` agree, ``raw`` stays: a duration keeps its spelling, a default that was written out stays
    written. Items are matched by id. Keys come in the order of ``new``.
    """
    settled: Table = {}
    for key, value in new.items():
        if key not in base:
            settled[key] = _settle(raw[key], {}, value) if is_table(raw.get(key)) else value
        elif key in raw:
            settled[key] = _settle(raw[key], base[key], value)
        elif not same(base[key], value):
            settled[key] = value
    settled.update({key: value for key, value in raw.items() if key not in base and key not in new})
    return settled


def _settle(raw: Any, base: Any, new: Any) -> Any:
    if same(base, new):
        return raw
    if is_table(raw) and is_table(base) and is_table(new):
        return settle(raw, base, new)
    if is_list(raw) and is_list(base) and is_list(new) and len(raw) == len(base):
        back = {j: i for i, j in pairs(base, new).items()}
        return [_settle(raw[back[j]], base[back[j]], one) if j in back else one for j, one in enumerate(new)]
    return new
