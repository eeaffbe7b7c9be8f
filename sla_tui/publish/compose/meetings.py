"""A meeting on paper: its agenda to take along, and the minutes of a sitting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sla_tui.agreement.lists import PEOPLE, WHO
from sla_tui.agreement.parts import Part, Slot, spec_by_key, specs
from sla_tui.agreement.sections.communication import Meeting
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sitting import Sitting
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.publish.blocks import Block, Clause, Column, Document, Heading, KeyTerm, Run, Table, Text, plain
from sla_tui.publish.compose import words
from sla_tui.publish.compose.generic import field
from sla_tui.publish.compose.marks import Marks
from sla_tui.publish.compose.promises import groups, short, title
from sla_tui.publish.compose.rows import table
from sla_tui.publish.compose.words import Names
from sla_tui.publish.compose.writer import Writer, places

_UNDATED = date(2000, 1, 1)
_BLANK = plain("")


def compose_agenda(agreement: Agreement) -> Document:
    """The standing agenda of every meeting that is agreed, with room to write, and the promises to look at."""
    header = agreement.agreement or Header()
    names, marks = Names(agreement), Marks(agreement)
    meetings = agreement.communication.meetings if agreement.communication else ()
    blocks: list[Block] = []
    for at, meeting in enumerate(meetings, 1):
        blocks += _meeting(meeting, str(at), names)
    if agreement.commitments:
        blocks += _promises(agreement, str(len(meetings) + 1), marks)
    return Document(
        title="Agenda",
        organization=header.organization or "",
        version=header.version or "",
        status=header.title or "",
        fingerprint="",
        day=header.starts or _UNDATED,
        final=True,
        language=header.language or "en",
        brief=True,
        key_terms=tuple(KeyTerm(one.name or one.id, (_when(one, names),)) for one in meetings),
        blocks=tuple(blocks),
    )


def _when(meeting: Meeting, names: Names) -> Text:
    every = spec_by_key(Meeting)["every"].word(meeting.every) if meeting.every else ""
    minutes = f"{meeting.minutes} minutes" if meeting.minutes else ""
    chair = f"led by {names.of(PEOPLE, meeting.chair)}" if meeting.chair else ""
    said = ", ".join(part for part in (every, meeting.day or "", minutes, chair) if part)
    return plain(words.capital(said) or "to be agreed")


def _meeting(meeting: Meeting, number: str, names: Names) -> Iterator[Block]:
    yield Heading(meeting.name or meeting.id, number, anchor=f"meetings.{meeting.id}")
    yield Clause((*_when(meeting, names), Run(".")), f"{number}.1")
    if meeting.attends:
        who = words.listing([names.of(WHO, one) for one in meeting.attends])
        yield Clause((Run("Takes part: ", "strong"), Run(f"{who}.")), f"{number}.2")
    if meeting.agenda:
        columns = (Column("Topic", share=0.42), Column("Minutes", "right", share=0.1), Column("Led by", share=0.18))
        rows = tuple(
            (
                plain(point.topic or point.id),
                plain("" if point.minutes is None else words.number(point.minutes)),
                plain(names.of(WHO, point.who) if point.who else ""),
                _BLANK,
            )
            for point in meeting.agenda
        )
        yield Table((*columns, Column("Notes", share=0.3)), rows, title=meeting.name or meeting.id, named=True)
    columns = (Column("To do", share=0.6), Column("Who", share=0.2), Column("By when", share=0.2))
    yield Table(columns, ((plain("\n"), _BLANK, _BLANK),) * 3, title="To do")


def _promises(agreement: Agreement, number: str, marks: Marks) -> Iterator[Block]:
    yield Heading("Kept, or missed?", number, anchor="commitments")
    for choice, held in groups(agreement.commitments or ()):
        columns = (Column(title(choice), share=0.64), Column("Kept", share=0.12), Column("Missed", share=0.12))
        rows = tuple((short(one, f"commitments.{one.id}", marks), _BLANK, _BLANK, _BLANK) for one in held)
        yield Table((*columns, Column("Why", share=0.12)), rows, title=title(choice), named=True)


def compose_minutes(sitting: Sitting, agreement: Agreement, name: str) -> Document:
    """The minutes of the ``sitting`` called ``name``: who was there, what was decided, what is parked."""
    header = agreement.agreement or Header()
    names, marks = Names(agreement), Marks(sitting)
    blocks: list[Block] = []
    number = 0
    for spec in specs(Sitting):
        given: Any = getattr(sitting, spec.name)
        if not spec.about or not given:
            continue
        number += 1
        writer = Writer(names, marks, str(number), spec.about.title)
        blocks.append(Heading(spec.about.title, str(number), anchor=spec.key))
        if spec.kind is Kind.RECORD and isinstance(given, Part):
            for slot in places(given, spec.type, spec.key):
                blocks += field(slot, writer) if slot.spec.ask.asked else ()
        else:
            # A list of one is a table too: what was voted or consented to is not said in passing.
            made = table(given, spec.type, spec.key, writer)
            tells = made is not None and len(made.columns) > 1
            blocks += [made] if made and tells else field(Slot(spec.key, spec, given, False), writer, "")
    held = sitting.sitting
    day = (held.date if held else None) or _UNDATED
    return Document(
        title=f"Minutes of {words.day(day)}" if day != _UNDATED else f"Minutes, {name}",
        organization=header.organization or "",
        version=header.version or "",
        status=header.title or "",
        fingerprint="",
        day=day,
        final=True,
        language=header.language or "en",
        brief=True,
        key_terms=tuple(_told(sitting, names)),
        blocks=tuple(blocks),
    )


def _told(sitting: Sitting, names: Names) -> Iterator[KeyTerm]:
    """The title page: who was there, what was decided, who has still to do what."""
    here = [one.name for one in sitting.attendance or () if one.name]
    if here:
        yield KeyTerm("There", (plain(words.listing(here)),))
    decided = [plain(one.what) for one in sitting.decisions or () if one.what]
    if decided:
        yield KeyTerm("Decided", tuple(decided), "in this document")
    parked = [
        _parked(one.what, names.of(PEOPLE, one.owner) if one.owner else "", one.by)
        for one in sitting.parked or ()
        if one.what and not one.settled
    ]
    if parked:
        yield KeyTerm("Parked", tuple(parked), "in this document")


def _parked(what: str, owner: str, by: date | None) -> Text:
    who = ", ".join(part for part in (owner, f"by {words.day(by)}" if by else "") if part)
    return plain(f"{what} ({who})" if who else what)
