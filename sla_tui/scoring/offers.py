"""What a rule can fire on in the leads at hand: their columns, of which kind each is, and the log's activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.propose.columns import Field, called
from sla_tui.scoring.sources import Need

if TYPE_CHECKING:
    from sla_tui.scoring.board import Board
    from sla_tui.scoring.leads import Leads

Kind = Literal["text", "number", "count", "date", "id", "outcome", "activity", "unread"]
_MOST_TIMES = 50
"""Numbers from 1 to no more than this may be times; higher ones amount to something else."""
HAPPENED = "happened"
"""The test of a name alone: an activity or a count."""
_NUMERIC = ("at_least", "at_most", "between", "is", "is_not", "known", "unknown")
_TEXT = ("is", "is_not", "contains", "known", "unknown")
TESTS: dict[Kind, tuple[str, ...]] = {
    "text": _TEXT,
    "number": _NUMERIC,
    "count": (HAPPENED, *_NUMERIC),
    "date": ("known", "unknown", "contains", "is", "is_not"),
    "id": ("known", "unknown", "contains", *_NUMERIC[:5]),
    "outcome": _TEXT,
    "activity": (HAPPENED,),
    "unread": (),
}
"""By kind: the tests that fit, the likeliest first. "Is" of several values is "in"."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to fire on, by the name the scoring finds it by. ``known``: on how many of ``of`` leads it says
    anything, or has happened; ``different``: how many values it has; ``at`` is -1 for an activity.
    """

    name: str
    kind: Kind
    at: int = -1
    known: int = 0
    of: int = 0
    different: int = 0
    some: tuple[str, ...] = ()

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that fit."""
        return TESTS[self.kind]

    @property
    def need(self) -> Need:
        """What has to be read of the files before it can be tried."""
        return Need("text", self.at) if self.at >= 0 else Need("activity", activity=self.name)


def offers(board: Board) -> Iterator[Offer]:
    """The columns in the file's order, then the log's activities, the most frequent first. Slow for many values."""
    yield from _columns(board)
    yield from _activities(board.leads)


def offer_of(board: Board, name: str) -> Offer | None:
    """The one a name of the scoring stands for; None where there is none."""
    names = board.leads.names
    try:
        found = names.count(name) if names.activities and name in names.activities else names.column(name)
    except UserError:
        try:
            found = names.count(name)
        except UserError:
            return None
    if isinstance(found, str):
        return next((one for one in _activities(board.leads) if one.name == found), None)
    return _column(board, found, name)


def _columns(board: Board) -> Iterator[Offer]:
    for at in range(len(board.leads.names.columns or ())):
        name = called(board.leads.names, at, counted=False)
        if name is not None:
            yield _column(board, at, name)


def _column(board: Board, at: int, name: str) -> Offer:
    leads = board.leads
    texts = leads.texts(at)
    if texts is None:
        return Offer(name, "unread", at)
    times = np.bincount(texts.codes, minlength=len(texts.texts)).astype(np.int64)
    count = called(leads.names, at, counted=True) or ""
    field = Field(at, name, count, texts, times)
    frequent = tuple(text for text, _ in leads.frequent(at, 4))
    return Offer(name, _kind(board, field), at, field.known, leads.size, len(field.used), frequent)


def _kind(board: Board, field: Field) -> Kind:
    if board.outcome is not None and field.at == board.leads.names.column(board.outcome, "outcome"):
        return "outcome"
    if field.names_each or field.at == board.leads.names.id():
        return "id"
    if field.dated:
        return "date"
    # Numbers that begin higher or go far, such as employees, are no times that something happened.
    if field.count and field.known and field.whole:
        low, high = float(field.numbers[0]), float(field.numbers[-1])
        if low == 0 or (low == 1 and high <= _MOST_TIMES):
            return "count"
    return "number" if field.numeric else "text"


def _activities(leads: Leads) -> Iterator[Offer]:
    for name, times in leads.activities:
        if clean_line(name) != name or not _is_activity(leads, name):
            continue
        events = leads.events.get(name)
        who = 0 if events is None else len(np.unique(events.lead))
        yield Offer(name, "activity", -1, who, leads.size, times)


def _is_activity(leads: Leads, name: str) -> bool:
    try:
        return leads.names.count(name) == name
    except UserError:
        return False
