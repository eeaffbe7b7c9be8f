"""What ``leads.toml`` says of the files it names, held to others: what they do not have is left aside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sla_tui.agreement.leads import LeadMapping, LogColumns
from sla_tui.agreement.text import clean_line

Paths = tuple[Path | None, Path | None]
"""A table and a log."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What columns mean in files that ``leads.toml`` may not be about; ``aside`` are the columns they do not have."""

    mapping: LeadMapping
    aside: tuple[str, ...] = ()

    def said(self, files: Paths) -> str:
        """That some of it was left aside; empty for nothing."""
        if not self.aside:
            return ""
        names = " and ".join(clean_line(path.name) for path in files if path)
        columns = ", ".join(repr(clean_line(one)) for one in self.aside)
        return f"leads.toml is about other leads: {names} has no {columns}, so what it says of that is left aside"


def fitted(mapping: LeadMapping, own: Paths, files: Paths) -> Fitted:
    """The mapping as far as it can mean ``files``; whole for ``own``, those that it is about.

    A name that is left aside is found by its header again. Raises UserError for a file that cannot be read.
    """
    if mapping == LeadMapping(leads=mapping.leads, activity=mapping.activity, unknown=mapping.unknown):
        return Fitted(mapping)
    table, log = (
        _columns(path) if path and not same_file(path, ours) else None for path, ours in zip(files, own, strict=True)
    )
    aside: list[str] = []

    def there(name: str | None, columns: Collection[str]) -> bool:
        if name is None or name.casefold() in columns:
            return name is not None
        aside.append(name)
        return False

    change: dict[str, object] = {}
    if table is not None:
        for part in ("id", "outcome", "created"):
            if not there(getattr(mapping, part), table):
                change[part] = None
        if mapping.outcome is not None and "outcome" in change:
            change["positive"] = None
        change["names"] = {
            name: column for name, column in (mapping.names or {}).items() if there(column, table)
        } or None
    if log is not None and mapping.log is not None:
        told = mapping.log
        kept = {role: getattr(told, role) for role in ("lead", "activity", "time") if there(getattr(told, role), log)}
        change["log"] = LogColumns(**kept, dates=told.dates)
    return Fitted(mapping.model_copy(update=change), tuple(dict.fromkeys(aside)))


def same_file(path: Path, own: Path | None) -> bool:
    """Whether two paths lead to one file."""
    try:
        return own is not None and (path == own or path.samefile(own))
    except OSError:
        return False


def _columns(path: Path) -> frozenset[str]:
    from sla_tui.scoring.tablefile import opened

    with opened(path, head=True) as table:
        return frozenset(name.casefold() for name in table.columns)
