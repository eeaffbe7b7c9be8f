"""What lies beside a file and bears on it: an agreement's quotas and sittings, their agreement; and what day it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.known import Known
from sla_tui.agreement.parts import Part
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.text import clean_line
from sla_tui.publish.pdf.coverage import unprinted
from sla_tui.record.document import Document
from sla_tui.workshop.folder import agreement_of, is_agreement, is_quota, is_sitting, quota_files, sitting_files

P = TypeVar("P", bound=Part)


def known_beside(path: Path, today: date | None = None, look: bool = True) -> Known:
    """What the checks may know about the file at ``path``, whichever of an agreement's; ``today`` is else the clock's.

    What cannot be read is not known, and the names of such quotas and sittings are kept. Without ``look`` those of an
    agreement are not read.
    """
    today = today or the_day()
    if is_quota(path) or is_sitting(path):
        return Known(today, agreement=_agreement(path), unprinted=unprinted)
    return _around(path, today) if look and is_agreement(path) else Known(today, unprinted=unprinted)


def the_day() -> date:
    """What day it is, by the clock."""
    return date.today()


def _agreement(path: Path) -> Agreement | None:
    try:
        return Document[Agreement].load(agreement_of(path), Agreement).value
    except UserError:
        return None


def _around(agreement: Path, today: date) -> Known:
    known = Known(today, quotas=(), sittings=(), unprinted=unprinted)
    if files := quota_files(agreement):
        from sla_tui.agreement.quota import Quota

        quotas, unread = _read(files, Quota)
        known = replace(known, quotas=quotas, unread=unread)
    if files := sitting_files(agreement):
        from sla_tui.agreement.sitting import Sitting

        sittings, unread = _read(files, Sitting)
        known = replace(known, sittings=sittings, unread_sittings=unread)
    return known


def _read(files: tuple[Path, ...], model: type[P]) -> tuple[tuple[tuple[str, P], ...], tuple[str, ...]]:
    """What can be read of files, by their names, and the names of the others."""
    read: list[tuple[str, P]] = []
    unread: list[str] = []
    for file in files:
        try:
            read.append((clean_line(file.stem), Document[P].load(file, model).value))
        except UserError:
            unread.append(clean_line(file.stem))
    return tuple(read), tuple(unread)
