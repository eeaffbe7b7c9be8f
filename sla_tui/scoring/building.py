"""A condition put together from what the leads offer: a column, a test, values; pure, with no screen in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sla_tui.agreement.conditions import Condition, Scalar, condition, read_when, scalar
from sla_tui.agreement.text import clean_line, quote
from sla_tui.scoring.offers import HAPPENED, Offer

WORDS = {
    HAPPENED: "happened",
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "at_least": "is at least",
    "at_most": "is at most",
    "between": "is between",
    "known": "is known",
    "unknown": "is not known",
}
"""What each test is called."""
NUMERIC = ("at_least", "at_most", "between")
LISTED = ("is", "is_not")
"""The tests that take several values."""
ALONE = (HAPPENED, "known", "unknown")
"""The tests that take none."""


@dataclass(frozen=True, slots=True)
class Built:
    """What has been chosen so far; ``ticked`` are values as the file spells them, ``typed`` is what is in the line."""

    offer: Offer | None = None
    test: str = ""
    ticked: tuple[str, ...] = ()
    typed: str = ""

    def of(self, offer: Offer) -> Built:
        """The same of another column, with the likeliest test for it unless the one chosen fits too."""
        if self.offer is not None and self.offer.name == offer.name and self.test in offer.tests:
            return replace(self, offer=offer)
        return Built(offer, offer.tests[0] if offer.tests else "")

    def by(self, test: str) -> Built:
        """The same by another test; values stay where it takes such values."""
        kinds = (LISTED, NUMERIC)
        alike = any(self.test in kind and test in kind for kind in kinds) and "between" not in (test, self.test)
        return replace(self, test=test) if alike else Built(self.offer, test)

    def tick(self, value: str) -> Built:
        """With a value ticked, or no longer; a comparison takes the value as its number, "between" two of them."""
        if self.test in LISTED:
            kept = tuple(one for one in self.ticked if one != value)
            return replace(self, ticked=kept if value in self.ticked else (*self.ticked, value), typed="")
        if self.test != "between":
            return replace(self, typed=value)
        first = self.typed.partition(" and ")
        ends = [first[0].strip(), value] if first[0].strip() and not first[2].strip() else [value]
        if len(ends) == 1:
            return replace(self, typed=f"{value} and ")
        return replace(self, typed=" and ".join(sorted(ends, key=_size)))

    @property
    def words(self) -> str:
        """The test as it reads with the values there are."""
        if self.test in LISTED and len(self.ticked) > 1:
            return "is one of" if self.test == "is" else "is none of"
        return WORDS.get(self.test, "")

    @property
    def lacks(self) -> str:
        """What is still to be chosen, in words; empty for nothing."""
        if self.offer is None:
            return "choose a column or an activity"
        if self.test == "between" and self.typed.rstrip().endswith(" and"):
            return "choose or type the second number"
        if self.test in ALONE or self.typed.strip() or (self.ticked and self.test in LISTED):
            return ""
        return "type a number, or choose one of the list" if self.test in NUMERIC else "type a value, or tick some"

    @property
    def when(self) -> str | Condition | None:
        """The name or condition; None while something is lacking. ValueError says what is wrong with the text."""
        if self.lacks or self.offer is None:
            return None
        name = self.offer.name
        if self.test == HAPPENED:
            return name
        if self.test in ALONE:
            return condition({"field": name, "known": self.test == "known"})
        if self.test not in LISTED:
            return read_when(f"{quote(name)} {self.test.replace('_', ' ')} {self.typed.strip()}")
        values = [*(scalar(one) for one in self.ticked), *self._listed()]
        single, several = ("is", "in") if self.test == "is" else ("is_not", "not_in")
        return condition({"field": name, single: values[0]} if len(values) == 1 else {"field": name, several: values})

    def _listed(self) -> tuple[Scalar, ...]:
        """The typed text as values, listed with commas."""
        if not self.typed.strip():
            return ()
        found = read_when(f"{quote('x')} in {self.typed.strip()}")
        return found.in_ or () if isinstance(found, Condition) else ()


def _size(text: str) -> float:
    value = scalar(text.strip())
    return float(value) if isinstance(value, (int, float)) else 0.0


def begun(when: str | Condition | None, offer: Offer | None) -> Built:
    """What has been chosen by a condition that is there; nothing where the leads have no such column."""
    if when is None or offer is None:
        return Built()
    if isinstance(when, str):
        return Built(offer, HAPPENED)
    if when.test is None:
        return Built(offer, offer.tests[0] if offer.tests else "")
    test, operand = when.test
    if test == "known":
        return Built(offer, "known" if operand else "unknown")
    if test in ("is", "is_not"):
        return Built(offer, test, (_spelled(operand),))
    if test in ("in", "not_in"):
        return Built(offer, "is" if test == "in" else "is_not", tuple(_spelled(one) for one in operand))
    if test == "between":
        return Built(offer, test, typed=f"{operand[0]} and {operand[1]}")
    return Built(offer, test, typed=clean_line(str(operand)))


def _spelled(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
