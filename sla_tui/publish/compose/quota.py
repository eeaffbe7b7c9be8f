"""A quota as a document of its own: the number, the funnel that explains it both ways, the hours for it, who agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sla_tui.agreement.examples import sources
from sla_tui.agreement.fingerprint import quota_fingerprint
from sla_tui.agreement.funnel import Level, Reckoning, capacity, promised, reckon, touches
from sla_tui.agreement.parts import Part, slots
from sla_tui.agreement.quota import Capacity, Consenter, Funnel, Quota, Segment, Terms
from sla_tui.agreement.sentence import stage_words
from sla_tui.agreement.terms import Agreement
from sla_tui.publish.blocks import (
    OPEN,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    KeyTerm,
    Run,
    Table,
    Text,
    plain,
    strong,
)
from sla_tui.publish.compose import words
from sla_tui.publish.compose.figures import LEVELS
from sla_tui.publish.compose.figures import funnel as drawn_funnel
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.phrases import Case, Phrase, say
from sla_tui.publish.compose.prose import clauses
from sla_tui.publish.compose.rows import table
from sla_tui.publish.compose.words import Names
from sla_tui.publish.compose.writer import Writer, place

_UNDATED = date(2000, 1, 1)
_PACE: tuple[Phrase, ...] = ("At least {least_per_week}", ", at most {most_per_week}", "a week")
_SHORTFALL: tuple[Phrase, ...] = (
    Case(
        "shortfall",
        {
            "carried": "Leads that are missing at the end are carried over to the next period",
            "dropped": "Leads that are missing at the end are not carried over",
        },
        "What becomes of leads that are missing at the end: {shortfall}",
    ),
)
_GOAL: tuple[Phrase, ...] = (
    "The period must bring {revenue_goal} of new revenue",
    ", {share_from_marketing} of it from marketing’s leads",
    "An average deal is worth {average_deal}",
)
_HOURS: tuple[Phrase, ...] = (
    "{reps} reps have {hours_per_rep_per_week} hours a week each for these leads",
    "An hour costs {cost_per_hour}",
    "A call or email takes {minutes_per_touch} minutes",
)


def compose_quota(quota: Quota, agreement: Agreement) -> Document:
    """The document that says what ``quota`` of ``agreement`` says; final once both sides have agreed to it."""
    held = quota.quota or Terms()
    header = agreement.agreement
    agreed = _both_agreed(quota)
    return Document(
        title=f"Quota of {_counted(held)}",
        organization=(header.organization if header else None) or "",
        version="",
        status="agreed by both sides" if agreed else "not agreed yet",
        fingerprint=quota_fingerprint(quota),
        day=held.from_ or _UNDATED,
        final=agreed,
        language=(header.language if header else None) or "en",
        key_terms=tuple(_key_terms(quota, agreement)),
        blocks=tuple(_Book(quota, agreement).blocks()),
    )


def quota_annex(quota: Quota, name: str, agreement: Agreement, letter: str) -> Annex:
    """A quota as an annex of the ``agreement`` it belongs to; it is agreed by itself, so it has its own fingerprint."""
    held = quota.quota or Terms()
    mark = "Agreed each period" if _both_agreed(quota) else "Not agreed yet"
    title = f"Quota of {_counted(held)}, {name}"
    heading = Heading(title, letter, mark=mark, anchor=f"quotas.{name}")
    return Annex((heading, *_Book(quota, agreement).blocks(letter)), quota_fingerprint(quota))


def quota_line(quota: Quota, where: str) -> Text:
    """What a quota promises in one line, ``where`` it stands, and whether it is agreed."""
    held = quota.quota or Terms()
    agreed = "" if _both_agreed(quota) else ", not agreed yet"
    return (*_number(promised(quota)), Run(f" {_counted(held)} from "), *_period(held), Run(f", {where}{agreed}"))


def _both_agreed(quota: Quota) -> bool:
    return all(any(one.party == side and one.name and one.date for one in quota.agreed_by or ()) for side in _SIDES)


_SIDES = ("marketing", "sales")


def _counted(held: Terms) -> str:
    return stage_words(held.counts) if held.counts else "qualified leads"


def _number(count: int | None) -> Text:
    return OPEN if count is None else strong(words.number(count))


def _period(held: Terms) -> Text:
    first = plain(words.day(held.from_)) if held.from_ else OPEN
    last = plain(words.day(held.to)) if held.to else OPEN
    return (*first, Run(" to "), *last)


def _key_terms(quota: Quota, agreement: Agreement) -> Iterator[KeyTerm]:
    held = quota.quota or Terms()
    yield KeyTerm("Period", (_period(held),))
    yield KeyTerm(words.capital(_counted(held)), (_number(promised(quota)),))
    pace = say(held, Terms, "quota", _PACE, Writer(Names(agreement), Marks(Quota()), ""))
    yield KeyTerm("Pace", (pace,))
    brings = reckon(quota, agreement).brings
    if brings is not None:
        yield KeyTerm("New revenue", (plain(words.money(brings)),))
    names = [f"{one.name} (for {one.party})" for one in quota.agreed_by or () if one.name and one.party]
    yield KeyTerm("Agreed by", tuple(plain(name) for name in names) or (OPEN,))


class _Book:
    """The sections of a quota, one after another."""

    def __init__(self, quota: Quota, agreement: Agreement) -> None:
        self.quota, self.agreement = quota, agreement
        self.names, self.marks = Names(agreement), Marks(quota)
        self.reckoned = reckon(quota, agreement)

    def blocks(self, letter: str = "") -> Iterator[Block]:
        """All that the quota says, as sections of a document or as parts of the annex called ``letter``."""
        parts = (
            ("quota", "Number", self._terms),
            ("funnel", "Why this number", self._funnel),
            ("capacity", "Hours for it", self._capacity),
            ("agreed_by", "Who agreed", self._agreed),
        )
        within = Writer(self.names, self.marks, letter)
        for at, (key, title, write) in enumerate(parts, 1):
            mark = "Example, not agreed yet" if self.marks.whole(key) else ""
            number = letter or str(at)
            writer = within if letter else Writer(self.names, self.marks, number, title)
            yield Heading(title, level=2, mark=mark) if letter else Heading(title, number, mark=mark)
            yield from write(writer)
            if said := self.marks.explained(key):
                yield from clauses("Examples", plain(said), writer)
        yield from self._sources("" if letter else str(len(parts) + 1))

    def _terms(self, writer: Writer) -> Iterator[Block]:
        held = self.quota.quota or Terms()
        lead = (Run("In the period from "), *_period(held), Run(" marketing hands over "))
        yield from clauses("", (*lead, *_number(promised(self.quota)), Run(f" {_counted(held)}")), writer)
        made = table(held.segments, Segment, "quota.segments", writer)
        if made is not None and held.segments:
            yield Table(made.columns, (*made.rows, (strong("All segments"), _number(promised(self.quota)))))
        yield from _said("Pace", held, _PACE, "quota", writer)
        yield from _said("Shortfall", held, _SHORTFALL, "quota", writer)
        yield from field(place(held, Terms, "notice", "quota"), writer)
        yield from _said("Counted by", held, ("The scoring with the fingerprint {scoring}",), "quota", writer)

    def _funnel(self, writer: Writer) -> Iterator[Block]:
        funnel = self.quota.funnel or Funnel()
        yield from _said("Goal", funnel, _GOAL, "funnel", writer)
        rows = tuple(self._level(one, writer) for one in self.reckoned.levels)
        yield from clauses("Funnel", plain(_reading(self.reckoned)), writer)
        yield from drawn_funnel(self.reckoned)
        yield Table(_FUNNEL, rows, title="Funnel", named=True)
        if self.reckoned.goal is not None and self.reckoned.brings is not None:
            goal, brings = (words.money(one) for one in (self.reckoned.goal, self.reckoned.brings))
            yield from clauses("Revenue", plain(f"The goal needs {goal}; the quota brings {brings}."), writer)

    def _level(self, one: Level, writer: Writer) -> tuple[Text, ...]:
        counted = one == self.reckoned.counted
        name = (Run(LEVELS[one.name], "strong" if counted else "plain"),)
        rate = plain(f"{str(one.rate).replace(' ', words.NBSP)}{writer.marks.at(one.key)}") if one.rate else ()
        cells = (plain("" if count is None else words.number(count)) for count in (one.needed, one.promised))
        return (name, *cells, rate or (OPEN if one.key else ()))

    def _capacity(self, writer: Writer) -> Iterator[Block]:
        held = self.quota.capacity or Capacity()
        each, room = touches(self.quota, self.agreement), capacity(self.quota, self.agreement)
        text = say(held, Capacity, "capacity", _HOURS, writer)
        if each is not None and text != OPEN:
            own = writer.marks.at("capacity.touches_per_lead") if held.touches_per_lead else ""
            text = (*text, Run(f", and a lead gets {each}{own} of them"))
        if room is not None:
            text = (*text, Run(". That is room for "), *_number(room), Run(" leads a week"))
        yield from clauses("Hours", text, writer)

    def _agreed(self, writer: Writer) -> Iterator[Block]:
        given = self.quota.agreed_by or ()
        made = table(given, Consenter, "agreed_by", writer) if given else None
        if made is None:
            yield from clauses("", OPEN, writer)
        else:
            yield made

    def _sources(self, number: str) -> Iterator[Block]:
        """Where the numbers come from, as far as somebody wrote it down."""
        noted = {key: one for key, one in sources(self.quota).items() if one.note}
        rows = tuple(
            (plain(_called(self.quota, key)), plain(words.capital(one.kind)), plain(one.note or ""))
            for key, one in noted.items()
        )
        if rows:
            yield Heading("Where the numbers come from", number, level=1 if number else 2)
            yield Table((Column("Number"), Column("Is"), Column("From")), rows)


_FUNNEL = (
    Column("Level"),
    Column("The goal needs", "right", nowrap=True),
    Column("The quota makes", "right", nowrap=True),
    Column("Of them reach the next", "right", nowrap=True),
)


def _reading(reckoned: Reckoning) -> str:
    said = "Upward from the goal each level is rounded up"
    if reckoned.counted is None:
        return f"{said}."
    return f"{said}; from the promised {LEVELS[reckoned.counted.name]} down it is rounded down."


def _called(quota: Quota, key: str) -> str:
    """The title of the answer or the list at ``key``."""
    titled = next((slot.spec.title for slot in slots(quota, Quota) if slot.key == key), key)
    return titled.replace("opp.", "opportunity")


def _said(title: str, part: Part, phrases: tuple[Phrase, ...], key: str, writer: Writer) -> Iterator[Block]:
    text = say(part, type(part), key, phrases, writer)
    if text:
        yield from clauses(title, text, writer)
