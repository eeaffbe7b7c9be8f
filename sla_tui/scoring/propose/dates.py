"""When leads came: which column says so, and what its dates are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.columns import Doubles
from sla_tui.scoring.leads import Leads

_CREATED = re.compile(
    r"(?:lead[ _-]?)?creat(?:ed|ion|e)(?:[ _-]?(?:at|on|date|time|day))?|date[ _-]?created|first[ _-]?seen(?:[ _-]?at)?"
    r"|received(?:[ _-]?(?:at|on|date))?|(?:lead|inquiry|enquiry|signup)[ _-]?date|date|day|time|timestamp",
    re.IGNORECASE,
)
"""Headers under which exports say when a lead came."""
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ].*)?")
_DATED = 0.95


def days(texts: Sequence[str]) -> Doubles | None:
    """The days since year 1 that texts name, not-a-number for what is no date; None when they hold no dates.

    Of ``3/4/2027`` the first is the month unless a first part above 12 in any of them says otherwise.
    """
    if not texts or not (_YEAR_FIRST.fullmatch(texts[0].strip()) or _YEAR_LAST.fullmatch(texts[0].strip())):
        return None
    parts = [_parts(one.strip()) for one in texts]
    day_first = any(one and one[3] and (one[1] > 12 or one[4]) for one in parts)
    found = np.array([_ordinal(one, day_first) for one in parts], np.float64)
    return found if np.isfinite(found).sum() >= _DATED * len(texts) else None


def _parts(text: str) -> tuple[int, int, int, bool, bool] | None:
    """Year, the two other numbers, whether their order is open, and whether dots say that the day comes first."""
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3]), False, False
    if found := _YEAR_LAST.fullmatch(text):
        return int(found[4]), int(found[1]), int(found[3]), True, found[2] == "."
    return None


def _ordinal(parts: tuple[int, int, int, bool, bool] | None, day_first: bool) -> float:
    if parts is None:
        return float("nan")
    year, one, other, open_, _ = parts
    month, day = (other, one) if open_ and day_first else (one, other)
    try:
        return float(date(year, month, day).toordinal())
    except ValueError:
        return float("nan")


def came(leads: Leads, created: str | None) -> tuple[Doubles | None, bool, str]:
    """When each lead came, whether that is in days, and what says so; None where nothing does.

    A column named ``created`` may hold dates or numbers that grow. Else it is the one date column whose name says so,
    else the first activity of each lead in the log.
    """
    columns = leads.names.columns or ()
    if created is not None:
        at = leads.names.column(created, "name")
        return *_of_column(leads, at), columns[at]
    named = [at for at, name in enumerate(columns) if _CREATED.fullmatch(name.strip())]
    for at in sorted(named, key=lambda at: "creat" not in columns[at].casefold()):
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
