"""What sales has the time for: the quota that counts today, as the scoring's figures use it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.funnel import touches
from sla_tui.agreement.quota import Capacity, Quota
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line
from sla_tui.record.document import Document
from sla_tui.scoring.pace import Room
from sla_tui.workshop.folder import quota_files


def room_of(agreement: Agreement, path: Path, today: date | None = None) -> Room | None:
    """What the quota of today, else the next one, beside the agreement's file at ``path`` says of sales' time.

    None without such a quota, and where it says nothing of it. Quotas that cannot be read are passed over.
    """
    return counted(quota_beside(path, today), agreement)


def quota_beside(path: Path, today: date | None = None) -> tuple[str, Quota] | None:
    """The quota of today, else the next one, beside the agreement's file at ``path``, by its name."""
    files = quota_files(path)
    if not files:
        return None
    from sla_tui.workshop import beside

    return quota_of(_read(files), today or beside.the_day())


def quota_of(quotas: Iterable[tuple[str, Quota]], today: date) -> tuple[str, Quota] | None:
    """The quota, by its name, whose period has today, else the one that starts next."""
    there = [
        (one.quota.from_, name, one)
        for name, one in quotas
        if one.quota is not None
        and one.quota.from_ is not None
        and one.quota.to is not None
        and one.quota.to >= today
        and one.quota.to >= one.quota.from_
    ]
    found = min(there, key=lambda one: one[:2], default=None)
    return None if found is None else found[1:]


def counted(found: tuple[str, Quota] | None, agreement: Agreement) -> Room | None:
    """What a quota says of sales' time, in hours a week and minutes a lead."""
    if found is None:
        return None
    name, quota = found
    held, each = quota.capacity or Capacity(), touches(quota, agreement)
    hours = (
        None if held.reps is None or held.hours_per_rep_per_week is None else held.reps * held.hours_per_rep_per_week
    )
    minutes = None if each is None or held.minutes_per_touch is None else each * held.minutes_per_touch
    deal = quota.funnel.average_deal if quota.funnel else None
    if hours is None and deal is None:
        return None
    return Room(name, quota.quota.counts if quota.quota else None, hours, minutes, deal, held.cost_per_hour)


def _read(files: Iterable[Path]) -> Iterable[tuple[str, Quota]]:
    for file in files:
        try:
            yield clean_line(file.stem), Document[Quota].load(file, Quota).value
        except UserError:
            continue
