"""What a file should hold: new values where something changed, the file's own spelling where nothing did."""

from __future__ import annotations

from typing import Any

from sla_tui.record.pairing import Table, is_list, is_table, pairs, same


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
