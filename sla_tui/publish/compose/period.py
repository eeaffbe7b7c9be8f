"""The first section: from when until when, what comes after, business hours, and what may change meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from sla_tui.agreement.fingerprint import schedules
from sla_tui.agreement.life import called, schedule_of, span
from sla_tui.agreement.sections.header import Header, Limit
from sla_tui.agreement.standing import notice_day
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import OPEN, Block, Column, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.outline import title_of
from sla_tui.publish.compose.phrases import Case, Phrase, keys, say
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.writer import Writer, place

KEY = "agreement"
_PERIOD: tuple[Phrase, ...] = (
    "This agreement holds from {starts} to {ends}",
    "It ends early, on {ended}",
)
_RENEWAL: tuple[Phrase, ...] = (
    Case(
        "renewal",
        {
            "ends": "After the last day it ends",
            "talks": "After the last day both sides agree anew, and it holds until they have",
        },
        "After the last day {renewal}",
    ),
    ", for {renews_for} each time",
    "A side that wants to end or change it says so at least {notice} before the last day",
)
_REPLACES = ("It takes the place of the agreement whose terms have the fingerprint {supersedes}",)


def period_blocks(header: Header, agreement: Agreement, writer: Writer) -> Iterator[Block]:
    """Period, early end, what it replaces, business hours, schedules and who may change what in them."""
    yield from clauses("Period", say(header, Header, KEY, _PERIOD, writer), writer)
    if replaced := say(header, Header, KEY, _REPLACES, writer):
        yield from clauses("Supersedes", replaced, writer)
    if goes_on := say(header, Header, KEY, _going_on(header), writer):
        last = notice_day(agreement)
        by = (Run(f": by {words.day(last)} at the latest"),) if last else ()
        yield from clauses("Renewal", (*goes_on, *by), writer)
    yield from field(place(header, Header, "early_end", KEY), writer)
    yield from clauses("Business hours", _hours(header, writer), writer)
    named = schedules(agreement)
    if named or header.limits:
        yield from clauses("Schedules", plain(f"{_SCHEDULES}{writer.marks.at(f'{KEY}.schedules')}."), writer)
        yield _limits(header, named, agreement, writer)


_SCHEDULES = (
    "Each section in this table is a schedule: between two signings it may be changed without new signatures, by whom "
    "and as far as the table says. Every other section is signed word by word"
)


def _going_on(header: Header) -> tuple[Phrase, ...]:
    """Without a word on for how long where it does not renew by itself."""
    return _RENEWAL if header.renewal == "renews" else tuple(one for one in _RENEWAL if "renews_for" not in keys(one))


def _hours(header: Header, writer: Writer) -> Text:
    given = header.calendar
    if given is None or not (given.days or given.from_ or given.to):
        return OPEN
    at = {name: writer.marks.at(f"{KEY}.calendar.{name}") for name in ("days", "from", "to", "timezone", "holidays")}
    days = plain(words.weekdays(given.days) + at["days"]) if given.days else OPEN
    opens = plain(f"{given.from_:%H:%M}{at['from']}") if given.from_ else OPEN
    closes = plain(f"{given.to:%H:%M}{at['to']}") if given.to else OPEN
    zone = plain(given.timezone.replace("_", " ") + at["timezone"]) if given.timezone else OPEN
    lead = Run("Time limits in business hours and business days count ")
    said = (lead, *days, Run(", "), *opens, Run(" to "), *closes, Run(", in the time zone "), *zone)
    if not given.holidays:
        return said
    free = words.listing([words.day(one) for one in given.holidays])
    return (*said, Run(f", and not on {free}{at['holidays']}"))


def _limits(header: Header, named: tuple[str, ...], agreement: Agreement, writer: Writer) -> Table:
    """A row for each schedule and whoever may change something in it."""
    held: dict[tuple[str, str], list[Limit]] = {(section, ""): [] for section in named}
    for limit in header.limits:
        section = schedule_of(agreement, limit.key or "") or (limit.key or "").partition(".")[0]
        held.setdefault((section, limit.by or ""), []).append(limit)
    settled = {section for (section, _), limits in held.items() if limits}
    order = {section: at for at, section in enumerate(named)}
    found = sorted(held.items(), key=lambda one: order.get(one[0][0], len(order)))
    rows = (
        _limit_row(section, limits, agreement, writer)
        for (section, _), limits in found
        if limits or section not in settled
    )
    return Table((Column("Schedule"), Column("What may change"), Column("By whom")), tuple(rows))


def _limit_row(section: str, limits: list[Limit], agreement: Agreement, writer: Writer) -> tuple[Text, ...]:
    changes = [_what(one, section, agreement, writer) for one in limits]
    by = place(limits[0], Limit, "by", f"{KEY}.limits.{limits[0].id}") if limits else None
    return (
        plain(title_of(agreement, section)),
        words.strung(changes, "; ", "; ") or OPEN,
        writer.answer(by) if by else OPEN,
    )


def _what(limit: Limit, section: str, agreement: Agreement, writer: Writer) -> Text:
    key, here = limit.key or "", f"{KEY}.limits.{limit.id}"
    what = "all of it" if key in (section, f"custom.{section}") else called(agreement, key)
    marks = [writer.marks.at(here), *(writer.marks.at(f"{here}.{name}") for name in ("key", "at_least", "at_most"))]
    said = plain(words.capital(what)) if key else OPEN
    between = f", {span(limit)}" if span(limit) else ""
    return (*said, Run(f"{between}{next(filter(None, marks), '')}"))
