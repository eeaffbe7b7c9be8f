"""Checks of an agreement's quotas: one for today, none beside another, all by the scoring as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from sla_tui.agreement.finding import Finding, warning
from sla_tui.agreement.fingerprint import same_fingerprint, section_fingerprint
from sla_tui.agreement.known import Known
from sla_tui.agreement.standing import header_of, last_day
from sla_tui.agreement.terms import Agreement

if TYPE_CHECKING:
    from sla_tui.agreement.quota import Quota


def changed_scoring(quota: Quota, agreement: Agreement) -> str:
    """The scoring's fingerprint, if it is another one than the quota counts by; else empty.

    The quota may hold its first digits only.
    """
    held = quota.quota.scoring if quota.quota else None
    now = section_fingerprint(agreement, "scoring") if held else None
    return now if held and now and not same_fingerprint(held, now) else ""


def missing(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """A quota for today, or for the first day while that is to come; once it is active or has a quota at all."""
    if known.today is None or known.quotas is None or known.unread:
        return
    header, last = header_of(agreement), last_day(agreement, known.today)
    wanted = header.status == "active" or (known.quotas and header.status in (None, "draft"))
    day = max(known.today, header.starts or known.today)
    if not wanted or (last and day > last) or any(holds_on(quota, day) for _, quota in known.quotas):
        return
    which = "today" if day == known.today else "its first day"
    message = f"no quota holds on {which}, {day}"
    yield warning("missing-quota", "agreement", message, "make one for this period (t in the workshop)")


def holds_on(quota: Quota, day: date) -> bool:
    """Whether a day lies in the quota's period; an open end counts as far as it is known."""
    held = quota.quota
    if held is None or (held.from_ is None and held.to is None):
        return False
    return (held.from_ is None or held.from_ <= day) and (held.to is None or day <= held.to)


def overlapping(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """Two quotas that count the same stage on the same day."""
    for (one, first), (other, second) in combinations(known.quotas or (), 2):
        day = _common_day(first, second)
        if day is not None:
            message = f"the quotas {one} and {other} both hold on {day}"
            yield warning("quotas-overlap", "agreement", message, "let one end before the other starts")


def _common_day(one: Quota, other: Quota) -> date | None:
    if one.quota is None or other.quota is None or one.quota.counts != other.quota.counts:
        return None
    starts = [held for held in (one.quota.from_, other.quota.from_) if held is not None]
    day = max(starts, default=None)
    return day if len(starts) == 2 and day and holds_on(one, day) and holds_on(other, day) else None


def outdated(agreement: Agreement, known: Known) -> Iterator[Finding]:
    """A quota that still counts, by a scoring that has changed since."""
    for name, quota in known.quotas or ():
        held = quota.quota
        over = held is not None and held.to is not None and known.today is not None and held.to < known.today
        if not over and changed_scoring(quota, agreement):
            message = f"the quota {name} is out of date: it counts by a scoring that has changed since"
            yield warning("quota-out-of-date", "scoring", message, "agree on it anew (t in the workshop)")


def unreadable(_agreement: Agreement, known: Known) -> Iterator[Finding]:
    """A quota's file that cannot be read."""
    for name in known.unread:
        message = f"the quota {name} cannot be read as it stands"
        yield warning("quota-unreadable", "agreement", message, "open it and put right what is listed")


CHECKS: tuple[Callable[[Agreement, Known], Iterable[Finding]], ...] = (missing, overlapping, outdated, unreadable)
