"""How often something happens: the words for it, and which of two is more often."""

from __future__ import annotations

from typing import Literal

Rhythm = Literal["week", "two_weeks", "month", "quarter"]
"""How often people meet."""

RHYTHM_WORDS = (
    ("day", "daily"),
    ("week", "weekly"),
    ("two_weeks", "every two weeks"),
    ("month", "monthly"),
    ("quarter", "quarterly"),
    ("half_year", "twice a year"),
    ("year", "once a year"),
)
"""How a rhythm reads."""
TIMES_A_YEAR = {"day": 365, "week": 52, "two_weeks": 26, "month": 12, "quarter": 4, "half_year": 2, "year": 1}
"""How many times a year each of them comes."""
