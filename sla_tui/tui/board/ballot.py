"""The votes of a card sort as they are typed: how many sit on each side, then yes of sales and of marketing by card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sla_tui.scoring.cards import SIDES, Sorted, Voted

MOST = 99
"""People on one side at most; a vote of more is counted elsewhere."""


class Ballot:
    """Cards to vote on and the numbers typed. ``at`` counts the boxes: the two sizes, then two for each card."""

    def __init__(self, cards: Sequence[int]) -> None:
        self.cards = tuple(cards)
        self.numbers: list[int | None] = [None] * (2 + 2 * len(self.cards))
        self.at = 0
        self._fresh = True

    @property
    def page(self) -> int:
        """0 while the sizes are asked, then the card's place from 1; one past the last when all is typed."""
        return self.at // 2

    @property
    def done(self) -> bool:
        """Whether the last box was left."""
        return self.at >= len(self.numbers)

    @property
    def card(self) -> int | None:
        """The lead on the card in hand."""
        return None if self.done or not self.page else self.cards[self.page - 1]

    def box(self, side: int) -> int | None:
        """What is typed on this page for a side."""
        return None if self.done else self.numbers[2 * self.page + side]

    @property
    def side(self) -> int:
        """0 for sales, 1 for marketing."""
        return self.at % 2

    def most(self, at: int) -> int:
        """The largest number that fits a box."""
        size = self.numbers[at % 2]
        return MOST if at < 2 or size is None else size

    def digit(self, typed: str) -> str:
        """Takes a digit; says why it does not where it cannot."""
        if self.done:
            return ""
        before = self.numbers[self.at]
        number = int(typed) if self._fresh or before is None else 10 * before + int(typed)
        if number > self.most(self.at):
            return (
                f"{SIDES[self.side].capitalize()} has {self.most(self.at)} votes." if self.page else f"{MOST} at most."
            )
        self.numbers[self.at], self._fresh = number, False
        return ""

    def erase(self) -> None:
        """Takes the last digit back."""
        if not self.done and (held := self.numbers[self.at]) is not None:
            self.numbers[self.at] = held // 10 if held >= 10 else None
            self._fresh = False

    def forward(self) -> str:
        """Goes to the next box; says what is missing where this one is not filled."""
        if self.done:
            return ""
        if wrong := self._wrong(self.at):
            return wrong
        self._go(self.at + 1)
        if self.done and (first := self.first_open()) is not None:
            self._go(first)
            return self._wrong(first)
        return ""

    def back(self) -> None:
        """Goes to the box before."""
        self._go(max(0, self.at - 1))

    def turn(self, by: int) -> None:
        """Goes some cards on or back, not past the first one still open."""
        first = self.first_open()
        last = len(self.numbers) if first is None else first - first % 2
        self._go(max(0, min(2 * (self.page + by), last)))

    def _go(self, at: int) -> None:
        self.at, self._fresh = at, True

    def _wrong(self, at: int) -> str:
        number, side = self.numbers[at], SIDES[at % 2]
        if at < 2:
            return "" if number else f"How many vote in {side}? At least one must."
        if number is None:
            return f"How many of {side} say yes? Type 0 for nobody."
        return (
            "" if number <= self.most(at) else f"{side.capitalize()} has {self.most(at)} votes, and here are {number}."
        )

    def first_open(self) -> int | None:
        """The first box with no number that fits it; None when all are filled."""
        return next((at for at in range(len(self.numbers)) if self._wrong(at)), None)

    def result(self, scores: Sequence[int]) -> Sorted:
        """What came of it, with the cards' scores in their order; only once all is typed."""
        sales, marketing = (cast("list[int]", self.numbers[side::2]) for side in (0, 1))
        cards = map(Voted, self.cards, scores, sales[1:], marketing[1:])
        return Sorted(tuple(cards), (sales[0], marketing[0]))

    def kept(self, of: str) -> dict[str, Any]:
        """What is remembered of it; ``of`` tells the leads on its cards from others."""
        return {"of": of, "cards": list(self.cards), "numbers": list(self.numbers), "at": self.at}


def remembered(held: dict[str, Any], size: int) -> Ballot | None:
    """The ballot that was kept, if its cards can be some of ``size`` leads; whether they are, ``of`` tells."""
    cards, numbers, at = held.get("cards"), held.get("numbers"), held.get("at")
    if not isinstance(cards, list) or not isinstance(numbers, list) or not isinstance(at, int):
        return None
    drawn, typed = cast("list[object]", cards), cast("list[object]", numbers)
    if not drawn or not all(isinstance(one, int) and 0 <= one < size for one in drawn):
        return None
    if len(typed) != 2 + 2 * len(drawn) or not all(one is None or (isinstance(one, int) and one >= 0) for one in typed):
        return None
    ballot = Ballot(cast("list[int]", drawn))
    ballot.numbers = cast("list[int | None]", typed)
    ballot.at = max(0, min(at, len(typed)))
    first = ballot.first_open()
    if first is not None:
        ballot.at = min(ballot.at, first)
    return ballot
