"""The columns of a lead table as rules can use them: what they are called, and what kind of content they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.text import clean_line
from sla_tui.scoring.columns import Doubles, Longs, Texts
from sla_tui.scoring.dates import days
from sla_tui.scoring.headers import Names
from sla_tui.scoring.leads import Leads

_NUMERIC = 0.95
"""From this share of numbers among what is known a column holds numbers."""
_NAMES_EACH = 50
"""From so many different ones on, values that never repeat name the leads."""


@dataclass(frozen=True, eq=False)
class Field:
    """One column, seen on the leads that are learned from: ``times`` says by code on how many of them it stands."""

    at: int
    name: str
    count: str
    texts: Texts
    times: Longs

    @cached_property
    def used(self) -> npt.NDArray[np.intp]:
        """The codes of what is known and occurs."""
        return np.flatnonzero(self.texts.known & (self.times > 0))

    @cached_property
    def known(self) -> int:
        """On how many leads it says something."""
        return int(self.times[self.used].sum())

    @cached_property
    def _numbers(self) -> Doubles:
        return self.texts.numbers[self.used]

    @cached_property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        are = np.isfinite(self._numbers)
        return bool(self.known) and int(self.times[self.used][are].sum()) >= _NUMERIC * self.known

    @cached_property
    def numbers(self) -> Doubles:
        """Its numbers, one for each lead that has one, lowest first."""
        are = np.isfinite(self._numbers)
        return np.sort(np.repeat(self._numbers[are], self.times[self.used][are]))

    @cached_property
    def whole(self) -> bool:
        """Whether it holds nothing but whole numbers."""
        return self.numeric and bool(np.isfinite(self._numbers).all() and (self._numbers % 1 == 0).all())

    @cached_property
    def amount(self) -> bool:
        """Whether it holds an amount of doing: numbers from nothing on, and nothing on some leads."""
        return self.numeric and not self.dated and float(self.numbers[0]) == 0 and bool(self.count)

    @cached_property
    def dated(self) -> bool:
        """Whether it holds dates."""
        return days([self.texts.texts[int(code)] for code in self.used]) is not None

    @cached_property
    def names_each(self) -> bool:
        """Whether its values never repeat, as an id's or a running number's."""
        each = len(self.used) >= 0.95 * self.known and len(self.used) >= _NAMES_EACH
        return each and (self.whole or not self.numeric)


def fields(leads: Leads, rows: npt.NDArray[np.intp], but: frozenset[int]) -> Iterator[Field]:
    """The columns that a rule can name, without those at the places ``but``."""
    columns = leads.names.columns or ()
    for at in range(len(columns)):
        texts = leads.texts(at)
        name = called(leads.names, at, counted=False)
        if at in but or texts is None or name is None:
            continue
        times = np.bincount(texts.codes[rows], minlength=len(texts.texts)).astype(np.int64)
        yield Field(at, name, called(leads.names, at, counted=True) or "", texts, times)


def called(names: Names, at: int, counted: bool) -> str | None:
    """The name by which the scoring finds a column: the agreement's own before the file's; None where none does."""
    header = (names.columns or ())[at]
    own = [one for one, target in (names.mapping.names or {}).items() if target == header]
    for name in (*own, header):
        if not name or clean_line(name) != name:
            continue
        try:
            found = names.count(name) if counted else names.column(name)
        except UserError:
            continue
        if found == at and not isinstance(found, str):
            return name
    return None
