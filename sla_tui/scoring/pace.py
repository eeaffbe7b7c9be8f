"""What turns a sample of leads into leads a week: the weeks it spans, and what sales has the time for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla_tui.agreement.money import Money
    from sla_tui.scoring.board import Board
    from sla_tui.scoring.results import Reach

_SHORTEST = 14
_BUYS = re.compile(r"(?<![a-z])(?:won|bought|buyer|customer|purchased?|deal)(?![a-z])", re.IGNORECASE)
"""Outcomes by which a lead that was won bought something; others, as "worth a call", say less."""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day leads came, by a ``column`` of the table, else by the log."""

    first: date
    last: date
    column: str = ""

    @classmethod
    def between(cls, first: date, last: date, column: str = "") -> Span | None:
        """The span; None for less than two weeks: an import's day says nothing of how many come in a week."""
        return cls(first, last, column) if (last - first).days + 1 >= _SHORTEST else None

    @property
    def weeks(self) -> float:
        """How many weeks, both days counted."""
        return ((self.last - self.first).days + 1) / 7


@dataclass(frozen=True, slots=True)
class Room:
    """What a quota says of the time sales has: ``hours`` a week in all, ``minutes`` a lead of the counted ``stage``.

    ``deal`` is what a won one is worth on average, ``hour`` what an hour of that time costs. None is not known; a
    ``stage`` of None is any.
    """

    quota: str
    stage: str | None = None
    hours: int | None = None
    minutes: int | None = None
    deal: Money | None = None
    hour: Money | None = None

    @property
    def cost(self) -> float | None:
        """What working one lead costs, in the currency of a deal."""
        if self.hour is None or self.minutes is None or self.deal is None or self.hour.currency != self.deal.currency:
            return None
        return float(self.hour.amount) * self.minutes / 60

    @property
    def pays(self) -> float | None:
        """How many leads' work one deal pays for."""
        return float(self.deal.amount) / self.cost if self.deal is not None and self.cost else None

    @property
    def leads(self) -> int | None:
        """How many leads a week there is time for, rounded down."""
        return self.hours * 60 // self.minutes if self.hours is not None and self.minutes else None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast leads come and how many can be worked. ``buys``: a lead that was won bought something."""

    span: Span | None = None
    room: Room | None = None
    buys: bool = False

    @property
    def weeks(self) -> float | None:
        """How many weeks the leads came in."""
        return self.span.weeks if self.span else None

    def weekly(self, count: float) -> float | None:
        """How many a week that is."""
        return None if self.span is None else count / self.span.weeks

    def hours(self, reach: Reach) -> tuple[float, int] | None:
        """The hours a week that a stage's leads take, and those there are; None while either is not known."""
        room, leads = self.room, self.weekly(reach.leads)
        if room is None or room.hours is None or room.minutes is None or leads is None:
            return None
        return (leads * room.minutes / 60, room.hours) if room.stage in (None, reach.stage) else None


def pace_of(board: Board, room: Room | None) -> Pace:
    """The pace of a board's leads."""
    return pace(board.leads.span, room, board.outcome, board.leads.files.mapping.positive)


def pace(span: Span | None, room: Room | None, outcome: str | None, positive: Iterable[str] | None) -> Pace:
    """The pace of leads whose ``outcome`` column says by ``positive`` who was won."""
    says = (outcome or "", *(positive or ()))
    return Pace(span, room, any(_BUYS.search(one.replace("_", " ")) for one in says))
