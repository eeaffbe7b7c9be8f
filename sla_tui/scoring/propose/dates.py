"""When leads came: which column says so, and what its dates are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Doubles
from sla_tui.scoring.dates import created_columns, days
from sla_tui.scoring.leads import Leads

_DATED = 0.95


def came(leads: Leads, created: str | None) -> tuple[Doubles | None, bool, str]:
    """When each lead came, whether that is in days, and what says so; None where nothing does.

    A column named ``created``, else the one that leads.toml names so, may hold dates or numbers that grow. Else it is
    the one date column whose name says so, else the first activity of each lead in the log.
    """
    columns = leads.names.columns or ()
    if columns:
        created = created or leads.files.mapping.created
    if created is not None:
        at = leads.names.column(created, "name")
        return *_of_column(leads, at), columns[at]
    for at in created_columns(columns):
        found, dated = _of_column(leads, at)
        if found is not None and dated:
            return found, True, columns[at]
    if leads.events:
        return _first_activity(leads), True, "the first activity in the log"
    return None, False, ""


def _of_column(leads: Leads, at: int) -> tuple[Doubles | None, bool]:
    texts = leads.texts(at)
    if texts is None:
        return None, False
    used = np.flatnonzero(texts.known & (np.bincount(texts.codes, minlength=len(texts.texts)) > 0))
    found = days([texts.texts[int(code)] for code in used])
    by_code = np.full(len(texts.texts), np.nan)
    if found is not None:
        by_code[used] = found
        return by_code[texts.codes], True
    numbers = texts.numbers[texts.codes]
    return (numbers, False) if np.isfinite(numbers).sum() >= _DATED * leads.size else (None, False)


def _first_activity(leads: Leads) -> Doubles:
    first: npt.NDArray[np.float64] = np.full(leads.size, np.inf)
    for happened in leads.events.values():
        np.minimum.at(first, happened.lead, happened.day.astype(np.float64))
    first[~np.isfinite(first)] = np.nan
    return first
