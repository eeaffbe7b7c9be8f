"""Checks of how an agreement goes on and how it ends: by when a side must speak up, and on which day it is over."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.standing import notice_day
from sla_tui.agreement.terms import Agreement


def renewal(agreement: Agreement) -> Iterator[Finding]:
    """Whoever does not want it to go on knows by when to say so, and can."""
    header = agreement.agreement
    if header is None:
        return
    day = notice_day(agreement)
    if day and header.starts and day < header.starts:
        message = f"notice would be due on {day}, before the agreement starts"
        yield error("notice-too-long", "agreement.notice", message, "make the notice shorter than the period")
    if header.renewal == "renews" and header.notice is None:
        message = "it renews by itself unless a side gives notice, and by when is open"
        yield warning("no-notice", "agreement.notice", message, "say how long before the last day")
    if header.renews_for and header.renewal != "renews":
        message = f"it says to renew for {header.renews_for}, and not that it renews by itself"
        yield warning("does-not-renew", "agreement.renews_for", message, "choose so under Renewal, or take this out")


def early_end(agreement: Agreement) -> Iterator[Finding]:
    """A day on which it ended lies within its period, and what has ended is called so."""
    header = agreement.agreement
    if header is None or header.ended is None:
        return
    if header.starts and header.ended < header.starts:
        message = f"it ended ({header.ended}) before it started ({header.starts})"
        yield error("ended-before-start", "agreement.ended", message, "put the later date here")
    elif header.ends and header.ended > header.ends and header.renewal in (None, "ends"):
        message = f"it ended on {header.ends} as agreed, and {header.ended} is later"
        yield note("ended-anyway", "agreement.ended", message, "put an earlier day here, or take it out")
    elif header.status in (None, "draft"):
        message = "a day is given on which it ended, and it is a draft"
        yield note("draft-ended", "agreement.ended", message, "take the day out, or put the status to ended")


CHECKS = (renewal, early_end)
