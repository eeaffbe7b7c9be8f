"""A lead table's columns as small codes, and the activities of a log, by lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sla_tui.scoring.values import count, folded, is_unknown, number

Codes = npt.NDArray[Any]
"""One unsigned integer a lead."""
Longs = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_CODES = 1 << 20
"""Codes stay below this, so that a table with an entry for each is quick to make."""


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of any content: ``texts[codes[lead]]`` is what its cell says."""

    codes: Codes
    texts: Sequence[str]
    unknown: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> Flags:
        """By code: whether the text says anything."""
        return np.fromiter((not is_unknown(one, self.unknown) for one in self.texts), np.bool_, len(self.texts))

    @cached_property
    def numbers(self) -> Doubles:
        """By code: the number the text is; not-a-number for other texts and unknown ones."""
        found = (number(one) if known else None for one, known in zip(self.texts, self.known, strict=True))
        return np.fromiter((np.nan if one is None else one for one in found), np.float64, len(self.texts))

    @cached_property
    def folded(self) -> list[str]:
        """By code: the text with its case ignored."""
        return [folded(one) for one in self.texts]

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each text."""
        return {one: code for code, one in enumerate(self.texts)}

    @cached_property
    def _counted(self) -> tuple[Longs, dict[int, str]]:
        counts, wrong = np.zeros(len(self.texts), np.int64), dict[int, str]()
        for code, (one, known) in enumerate(zip(self.texts, self.known, strict=True)):
            try:
                counts[code] = count(one) if known else 0
            except ValueError as error:
                wrong[code] = str(error)
        return counts, wrong

    @property
    def counts(self) -> Longs:
        """By code: how many times the text says; 0 where it says nothing countable."""
        return self._counted[0]

    @property
    def uncountable(self) -> dict[int, str]:
        """The codes whose text is no count, and why."""
        return self._counted[1]

    def at(self, keep: Longs) -> Texts:
        """The same for some of the leads."""
        return Texts(self.codes[keep], self.texts, self.unknown)


@dataclass(frozen=True, eq=False)
class Counts:
    """A column of which every cell is a count: the code is the count."""

    codes: Codes

    @cached_property
    def counts(self) -> Longs:
        """By code: the count, which is the code."""
        return np.arange(int(self.codes.max(initial=0)) + 1, dtype=np.int64)

    @property
    def uncountable(self) -> dict[int, str]:
        """Never anything."""
        return {}

    def at(self, keep: Longs) -> Counts:
        """The same for some of the leads."""
        return Counts(self.codes[keep])


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column asked only for its numbers; not-a-number where a cell holds none."""

    values: Doubles

    def at(self, keep: Longs) -> Numbers:
        """The same for some of the leads."""
        return Numbers(self.values[keep])


@dataclass(frozen=True, eq=False)
class Passed:
    """Whether each cell of a column passes one test: the code is 1 or 0."""

    codes: Codes

    def at(self, keep: Longs) -> Passed:
        """The same for some of the leads."""
        return Passed(self.codes[keep])


Column = Texts | Counts | Numbers | Passed


@dataclass(frozen=True, eq=False)
class Events:
    """One activity of a log: ``times`` it happened to ``lead`` on ``day`` (days since 1970, UTC), by lead and day."""

    lead: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]
    times: npt.NDArray[np.int32]


def narrow(codes: npt.NDArray[Any], most: int) -> Codes:
    """Codes in the smallest unsigned type that holds ``most``."""
    return codes.astype(np.min_scalar_type(most), copy=False)


def blocks(size: int, cells: int = 0) -> Iterator[slice]:
    """Leads in parts that stay in the processor's cache; in one where the ``cells`` made for each part are many."""
    step = 1 << 16 if cells <= 1 << 14 else max(size, 1)
    for start in range(0, size, step):
        yield slice(start, start + step)


def count_codes(codes: Codes, size: int) -> Longs:
    """How many leads have each code below ``size``."""
    if size == 2:
        ones = int(np.count_nonzero(codes))
        return np.array([len(codes) - ones, ones], np.int64)
    counts = np.zeros(size, np.int64)
    for part in blocks(len(codes), size):
        counts += np.bincount(codes[part], minlength=size)
    return counts
