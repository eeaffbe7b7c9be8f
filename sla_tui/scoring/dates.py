"""Dates in the columns of a lead table: which column tells when a lead came, and what its texts mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from sla_tui.scoring.columns import Doubles

_CREATED = re.compile(
    r"(?:lead[ _-]?)?creat(?:ed|ion|e)(?:[ _-]?(?:at|on|date|time|day))?|date[ _-]?created"
    r"|first[ _-]?(?:seen|contact)(?:[ _-]?(?:at|on|date))?"
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


def created_columns(columns: Sequence[str]) -> list[int]:
    """The places of the columns whose header says that they tell when a lead came, the likeliest first."""
    named = [at for at, name in enumerate(columns) if _CREATED.fullmatch(name.strip().removeprefix("property_"))]
    return sorted(named, key=lambda at: "creat" not in columns[at].casefold())
