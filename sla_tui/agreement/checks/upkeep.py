"""Checks of what keeps an agreement alive: days within its period, reviews, and who may change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sla_tui.agreement.finding import Finding, error, note, warning
from sla_tui.agreement.rhythm import RHYTHM_WORDS, TIMES_A_YEAR
from sla_tui.agreement.sections.content import Content
from sla_tui.agreement.sections.reporting import Figure, Reporting
from sla_tui.agreement.sections.targets import Target, Targets
from sla_tui.agreement.terms import Agreement


def in_time(agreement: Agreement) -> Iterator[Finding]:
    """A day on which something is due before the agreement has begun or when it is over."""
    header = agreement.agreement
    starts, ends = (header.starts, header.ends) if header else (None, None)
    for key, day in _goals(agreement):
        if (ends and day > ends) or (starts and day < starts):
            message = f"{day} is outside of the agreement's time ({starts or ''} to {ends or ''})"
            yield note("goal-outside-period", key, message, "set a day within it, unless that is meant")
    for piece in (agreement.content or Content()).pieces:
        if piece.ready_by and ends and piece.ready_by > ends:
            message = f"{piece.ready_by} is after the agreement's last day ({ends})"
            yield warning("outside-period", f"content.pieces.{piece.id}.ready_by", message, "set an earlier day")
    first = agreement.review.first if agreement.review else None
    if first and ends and first > ends:
        message = f"{first} is after the agreement's last day ({ends})"
        yield warning("outside-period", "review.first", message, "review it while it holds")
    if first and starts and first < starts:
        message = f"{first} is before the agreement's first day ({starts})"
        yield warning("outside-period", "review.first", message, "review it once it has begun")


def _goals(agreement: Agreement) -> Iterator[tuple[str, date]]:
    targets, reporting = agreement.targets or Targets(), agreement.reporting or Reporting()
    lists: tuple[tuple[str, tuple[Target | Figure, ...]], ...] = (
        ("targets.sales_goals", targets.sales_goals),
        ("targets.marketing_goals", targets.marketing_goals),
        ("reporting.goals", reporting.goals),
    )
    for name, items in lists:
        for item in items:
            if item.by:
                yield f"{name}.{item.id}.by", item.by


def rarer(agreement: Agreement) -> Iterator[Finding]:
    """Reviews that are to become rarer do."""
    review = agreement.review
    fewer = review.fewer if review else None
    if review is None or fewer is None:
        return
    if fewer.to and review.every and TIMES_A_YEAR[fewer.to] >= TIMES_A_YEAR[review.every]:
        words = dict(RHYTHM_WORDS)
        message = f"reviews are held {words[review.every]}; {words[fewer.to]} is not rarer"
        yield error("not-rarer", "review.fewer.to", message, "name a rarer rhythm, or leave both answers open")


def both_change(agreement: Agreement) -> Iterator[Finding]:
    """Changes that only one side may ask for, or decides on. Silent while the side of anybody named is not known."""
    review = agreement.review
    if review is None:
        return
    for key, who, does in (("may_ask", review.may_ask, "may ask for"), ("decided_by", review.decided_by, "decides on")):
        sides = _sides(agreement, who or ())
        if sides in ({"marketing"}, {"sales"}):
            side = sides.pop()
            other = "sales" if side == "marketing" else "marketing"
            message = f"only {side} {does} a change"
            yield warning("one-sided-change", f"review.{key}", message, f"name somebody from {other} too")


def _sides(agreement: Agreement, who: Iterable[str]) -> set[str | None]:
    """The sides of people and teams; None among them for whoever stands beside both, or is not known."""
    if agreement.stakeholders is None:
        return {None}
    teams = {team.id: team.party for team in agreement.stakeholders.teams}
    people = {person.id: teams.get(person.team or "") for person in agreement.stakeholders.people}
    return {people[one] if one in people else teams.get(one) for one in who}


def claimed_twice(agreement: Agreement) -> Iterator[Finding]:
    """A target account that stands there twice: each of its owners will think it theirs."""
    seen: dict[str, str] = {}
    for account in (agreement.targets or Targets()).accounts:
        if account.name:
            first = seen.setdefault(account.name.casefold(), account.id)
            if first != account.id:
                message = f"{account.name} is already among the accounts, as {first}"
                yield warning("account-twice", f"targets.accounts.{account.id}.name", message, "keep one of the two")


CHECKS = (in_time, rarer, both_change, claimed_twice)
"""Every check of goals by day, reviews, changes and target accounts."""
