"""What the screens say about a quota in few words: its period, its numbers, who has agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sla_tui.agreement.quota import Terms
from sla_tui.agreement.standing import header_of
from sla_tui.agreement.text import clean_line

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota
    from sla_tui.agreement.terms import Agreement

SIDES = ("marketing", "sales")


def title(quota: Quota, agreement: Agreement | None, path: Path) -> str:
    """``Northwind Traders · Quota 2027-Q1 · 2027-01-01 to 2027-03-31``."""
    whose = header_of(agreement).organization if agreement else ""
    said = (whose or "", f"Quota {clean_line(path.stem)}", period(quota.quota or Terms()))
    return " · ".join(word for word in said if word)


def period(terms: Terms) -> str:
    """``2027-01-01 to 2027-03-31``, with what is not known left out."""
    if terms.from_ is None and terms.to is None:
        return ""
    return f"{_day(terms.from_)} to {_day(terms.to)}"


def _day(day: date | None) -> str:
    return "…" if day is None else day.isoformat()


def grouped(number: int | None) -> str:
    """``3 334``; a dash for a number that is not known."""
    return "–" if number is None else f"{number:,}".replace(",", " ")


def a_week(terms: Terms) -> str:
    """``25 to 60 a week``; empty while neither is known."""
    least, most = terms.least_per_week, terms.most_per_week
    if least is None and most is None:
        return ""
    if least is not None and most is not None:
        return f"{grouped(least)} to {grouped(most)} a week"
    return f"{grouped(least)} a week or more" if most is None else f"up to {grouped(most)} a week"


def agreed(sides: tuple[str, ...]) -> str:
    """Who has agreed, or who is still to: ``agreed``, ``sales to agree``."""
    missing = [side for side in SIDES if side not in sides]
    return "agreed" if not missing else "nobody agreed yet" if len(missing) == len(SIDES) else f"{missing[0]} to agree"
