"""Time zones: the names there are, that of this machine, and the one that somebody means by a city."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_LOCALTIME = Path("/etc/localtime")


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def zones() -> tuple[str, ...]:
    """The names of all time zones by region and city, and UTC, in order."""
    return tuple(sorted(name for name in available_timezones() if name == "UTC" or _has_a_city(name)))


def _has_a_city(name: str) -> bool:
    region, _, city = name.partition("/")
    return bool(city) and region not in ("Etc", "SystemV", "posix", "right")


def own_zone() -> str:
    """The time zone this machine is set to; empty where it does not say."""
    said = os.environ.get("TZ", "").removeprefix(":")
    name = said or str(_LOCALTIME.resolve()).partition("/zoneinfo/")[2]
    return name if name in zones() else ""


def zone_meant(words: str) -> str:
    """The one time zone whose city or whole name ``words`` are, however written; empty for none or several."""
    wanted = _folded(words)
    found = [name for name in zones() if wanted in (_folded(name), _folded(name.rpartition("/")[2]))]
    return found[0] if len(found) == 1 else ""


def _folded(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")
