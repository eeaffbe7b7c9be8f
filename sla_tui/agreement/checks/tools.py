"""Checks of the tools: systems and what flows between them, dashboards, alerts, finding duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.sections.goals import Goals
from sla_tui.agreement.sections.notifications import Notifications
from sla_tui.agreement.sections.reporting import Reporting
from sla_tui.agreement.sections.technology import Technology
from sla_tui.agreement.terms import Agreement

_RUNS_CODE = re.compile(r"(javascript|vbscript|data)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_ON_A_DASHBOARD = re.compile(r"\bdashboards?\b", re.IGNORECASE)


def sharing(agreement: Agreement) -> Iterator[Finding]:
    """Data that goes from a system to the same system."""
    for one in (agreement.technology or Technology()).sharing:
        if one.from_ and one.from_ == one.to:
            message = f"it goes from {one.from_} to {one.from_}"
            yield error("shared-with-itself", f"technology.sharing.{one.id}.to", message, "name the other system")


def systems(agreement: Agreement) -> Iterator[Finding]:
    """A CRM is among the systems, and so is whatever computes the score. Silent while an entry is unfinished."""
    held = agreement.technology.systems if agreement.technology else ()
    if held and all(one.kind for one in held) and not any(one.kind == "crm" for one in held):
        yield note("no-crm", "technology.systems", "none of the systems is a CRM", "name the system sales works in")
    runs_in = agreement.scoring.runs_in if agreement.scoring else None
    if runs_in is None or not runs_in.system or not held:
        return
    names = [one.name for one in held if one.name]
    if len(names) == len(held) and not any(_same(runs_in.system, name) for name in names):
        message = f"{runs_in.system} is none of the systems under Technology: {', '.join(names)}"
        yield note("unknown-system", "scoring.runs_in.system", message, "add it there, or name one of these")


def _same(one: str, other: str) -> bool:
    """Whether two names mean the same thing, one perhaps in more words: ``HubSpot``, ``HubSpot Marketing Hub``."""
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def links(agreement: Agreement) -> Iterator[Finding]:
    """A dashboard's address that cannot be opened, or that would do more than open a page."""
    for board in (agreement.reporting or Reporting()).dashboards:
        if board.link and (wrong := _wrong_with(board.link)):
            fix = "write an address such as https://crm.example.com/dashboards/sla, or say in words where it is"
            yield warning("bad-link", f"reporting.dashboards.{board.id}.link", f"{board.link}: {wrong}", fix)


def _wrong_with(link: str) -> str:
    if _RUNS_CODE.match(link):
        return "this is code, not the address of a page"
    if not _ADDRESS.match(link):
        return ""
    if re.search(r"\s", link):
        return "an address has no spaces in it"
    try:
        return "" if urlsplit(link).hostname else "the address names no server"
    except ValueError:
        return "this is no address"


def dashboards(agreement: Agreement) -> Iterator[Finding]:
    """A promise or a goal that is to be seen on a dashboard that is none of those there are."""
    names = [board.name for board in (agreement.reporting or Reporting()).dashboards]
    if not names or not all(names):
        return
    places = {f"commitments.{one.id}.report": one.report for one in agreement.commitments or ()}
    places["goals.measured_in"] = (agreement.goals or Goals()).measured_in
    for key, said in places.items():
        if (
            said
            and _ON_A_DASHBOARD.search(said)
            and not any((name or "").casefold() in said.casefold() for name in names)
        ):
            message = f"{said!r} is none of the dashboards under Reporting"
            yield note("unknown-dashboard", key, message, "add it there, or name one of those")


def told_twice(agreement: Agreement) -> Iterator[Finding]:
    """Two alerts that tell the same people of the same thing: not too many."""
    seen: dict[tuple[str, str], str] = {}
    for alert in (agreement.notifications or Notifications()).alerts:
        if alert.event and alert.tells:
            first = seen.setdefault((alert.event.casefold(), alert.tells), alert.id)
            if first != alert.id:
                message = f"{alert.tells} is told of this already, by {first}"
                yield note("told-twice", f"notifications.alerts.{alert.id}.event", message, "one alert is enough")


def matching(agreement: Agreement) -> Iterator[Finding]:
    """Duplicates that are looked for by fields none of which needs to be filled."""
    held = agreement.duplicates.match_on if agreement.duplicates else None
    must = {field.id: field.must for field in agreement.fields.fields} if agreement.fields else {}
    if held and all(must.get(one) == "if_known" for one in held):
        message = f"{' and '.join(held)} may be left blank, and two blanks match nothing"
        yield warning("weak-match", "duplicates.match_on", message, "match on a field that must be filled")


CHECKS = (systems, sharing, links, dashboards, told_twice, matching)
"""Every check of the tools."""
