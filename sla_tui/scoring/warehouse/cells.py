"""The columns of a lead table as a query reads them: unknown ones NULL, numbers beside the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlglot import exp

from sla_tui.scoring.sources import NUMERIC_TESTS, Counted, Source, Tested
from sla_tui.scoring.values import LOST_WORDS, MOST, WON_WORDS, folded, is_unknown, number
from sla_tui.scoring.warehouse.dialects import Speech, finite
from sla_tui.scoring.warehouse.expressions import (
    Sql,
    added,
    at_least,
    at_most,
    both,
    called,
    case,
    cast,
    double,
    either,
    equal,
    flag,
    integer,
    is_null,
    is_number,
    name,
    not_null,
    text,
    their,
    within,
)
from sla_tui.scoring.warehouse.tables import Sheet

REASONS = ("is not a number", "is negative", "is too large for a count")
"""Why a cell is no count."""
NO_ID, REPEATED, FIRST_COUNT = 1, 2, 3
"""Why a row is left out: these, and from the last one on a number for each counted column and reason."""


def split(operands: Iterable[Any], unknown: Iterable[str]) -> tuple[list[str], list[float]]:
    """What a cell is compared with: texts, letter for letter, and numbers. What means unknown is none of them."""
    texts: list[str] = []
    numbers: list[float] = []
    for operand in operands:
        spelled = str(operand).lower() if isinstance(operand, bool) else str(operand)
        if not isinstance(operand, (str, bool)) and number(spelled) is not None:
            numbers.append(float(operand))
        elif not is_unknown(spelled, frozenset(unknown)):
            texts.append(spelled)
    return list(dict.fromkeys(texts)), list(dict.fromkeys(numbers))


@dataclass(frozen=True)
class Cells:
    """The columns that some sources read of a table. Text is ``t1``, ``t2``, …, a number ``n1``, …, in order of use."""

    sources: tuple[Source, ...]
    sheet: Sheet
    speech: Speech
    unknown: tuple[str, ...] = ()
    outcome: int | None = None

    @cached_property
    def used(self) -> dict[int, int]:
        """By place in the table: the column's number in the query."""
        places = [one.column for one in self.sources if isinstance(one, (Counted, Tested))]
        places += [] if self.outcome is None else [self.outcome]
        return {place: at for at, place in enumerate(dict.fromkeys(places), 1)}

    @cached_property
    def _typed(self) -> frozenset[int]:
        """The columns that are numbers already. A word for unknown that is a number has to be seen as text."""
        if any(map(is_number, self.unknown)):
            return frozenset()
        return frozenset(at for at in self.used if self.sheet.columns[at].kind in ("integer", "double"))

    @cached_property
    def _numeric(self) -> frozenset[int]:
        """The columns whose numbers are asked for."""
        found: set[int] = set()
        for one in self.sources:
            if isinstance(one, Counted) or (isinstance(one, Tested) and self._compares_numbers(one)):
                found.add(one.column)
        return frozenset(found)

    def _compares_numbers(self, test: Tested) -> bool:
        if test.test in NUMERIC_TESTS:
            return True
        if test.test in ("known", "contains"):
            return False
        return bool(split(self._operands(test), self.unknown)[1])

    def _operands(self, test: Tested) -> tuple[Any, ...]:
        return tuple(test.operand) if test.test in ("in", "not_in") else (test.operand,)

    def raw(self, place: int) -> Sql:
        """A cell as text, or as the number it is."""
        column = self.sheet.columns[place]
        cell = their(column.name)
        return cell if column.kind == "text" or place in self._typed else self.speech.words(cell)

    def reads(self) -> list[Sql]:
        """The cells, of which unknown ones are NULL."""
        found: list[Sql] = []
        for place, at in self.used.items():
            cell = self.raw(place)
            if place not in self._typed:
                nothing = within(self.speech.bare(cell), map(text, ("", *self.unknown)))
                cell = case((nothing, exp.null()), otherwise=cell.copy())
            found.append(called(cell, f"t{at}"))
        return found

    def numbers(self) -> list[Sql]:
        """The numbers in them, where they are asked for."""
        return [
            called(self._number(place), f"n{at}", f"the number in {self.sheet.columns[place].name}")
            for place, at in self.used.items()
            if place in self._numeric
        ]

    def _number(self, place: int) -> Sql:
        cell = self.text_of(place)
        if place not in self._typed:
            return self.speech.number(cell)
        value = cast(cell, "double")
        return case((finite(value), value.copy())) if self.sheet.columns[place].kind == "double" else value

    def text_of(self, place: int) -> Sql:
        """A cell as it was read."""
        return name(f"t{self.used[place]}")

    def spelled(self, place: int) -> Sql:
        """A cell as text, whatever it was read as."""
        cell = self.text_of(place)
        return self.speech.words(cell) if place in self._typed else cell

    def value_of(self, place: int) -> Sql:
        """A cell's number."""
        return name(f"n{self.used[place]}")

    def count(self, source: Counted) -> Sql:
        """How often a cell says; 0 for what is no count."""
        value = self.value_of(source.column)
        if source.once:
            return flag(both(at_least(value, integer(1)), at_most(value.copy(), integer(MOST))))
        countable = both(at_least(value, integer(0)), at_most(value.copy(), integer(MOST)))
        return case((countable, cast(exp.Floor(this=value.copy()), "bigint")), otherwise=integer(0))

    def holds(self, test: Tested) -> Sql:
        """1 where a cell passes a test, else 0."""
        known = not_null(self.text_of(test.column))
        if test.test == "known":
            return flag(known if test.operand else is_null(self.text_of(test.column)))
        if test.test in NUMERIC_TESTS:
            return flag(self._in_range(test))
        if test.test == "contains":
            needle = folded(str(test.operand))
            found = self.speech.position(self.speech.folded(self.spelled(test.column)), needle)
            return flag(at_least(found, integer(1)) if needle else known)
        same = self._equal(test)
        if test.test in ("is", "in"):
            return flag(same) if same is not None else integer(0)
        branches = [] if same is None else [(same, integer(0))]
        return case(*branches, (known, integer(1)), otherwise=integer(0))

    def _in_range(self, test: Tested) -> Sql:
        value, operand = self.value_of(test.column), test.operand
        if test.test == "at_least":
            return at_least(value, double(operand))
        if test.test == "at_most":
            return at_most(value, double(operand))
        return both(at_least(value, double(operand[0])), at_most(value.copy(), double(operand[1])))

    def _equal(self, test: Tested) -> Sql | None:
        texts, numbers = split(self._operands(test), self.unknown)
        parts = [within(self.spelled(test.column), map(text, texts))] if texts else []
        parts += [within(self.value_of(test.column), map(double, numbers))] if numbers else []
        return either(*parts) if parts else None

    def faults(self, counted: Iterable[int]) -> list[tuple[Sql, int]]:
        """The ways in which a row's cells in ``counted`` columns are no counts, and the number of each."""
        found: list[tuple[Sql, int]] = []
        for at, place in enumerate(counted):
            value, first = self.value_of(place), FIRST_COUNT + at * len(REASONS)
            found += [
                (both(not_null(self.text_of(place)), is_null(value)), first),
                (exp.LT(this=value.copy(), expression=integer(0)), first + 1),
                (exp.GT(this=value.copy(), expression=integer(MOST)), first + 2),
            ]
        return found

    def reason(self, why: int, counted: Sequence[int]) -> str:
        """What a number of the ``faults`` of these columns says."""
        at, kind = divmod(why - FIRST_COUNT, len(REASONS))
        return f"{self.sheet.columns[counted[at]].name} {REASONS[kind]}"

    def outcome_words(self) -> list[Sql]:
        """What the outcome says, with its case ignored, and the number that is."""
        if self.outcome is None:
            return []
        said = self.speech.trimmed(self.speech.bare(self.spelled(self.outcome)))
        return [
            called(self.speech.folded(said), "outcome_word"),
            called(self.speech.number(said.copy()), "outcome_number"),
        ]

    def outcome_code(self, positive: Iterable[str] | None, codes: tuple[int, int, int]) -> Sql:
        """The code for an outcome that is unknown, lost or won; NULL for one that tells none of it."""
        assert self.outcome is not None
        unknown, lost, won = map(integer, codes)
        nobody_knows = is_null(self.text_of(self.outcome))
        word, value = name("outcome_word"), name("outcome_number")
        if positive is not None:
            words = [text(folded(one.strip())) for one in positive]
            yes = within(word, words) if words else exp.false()
            return case((nobody_knows, unknown), (yes, won), otherwise=lost)
        yes = either(within(word, map(text, sorted(WON_WORDS))), equal(value, integer(1)))
        no = either(within(word.copy(), map(text, sorted(LOST_WORDS))), equal(value.copy(), integer(0)))
        return case((nobody_knows, unknown), (yes, won), (no, lost))


def total(words: Iterable[str]) -> Sql:
    """The sum of some columns of ours."""
    return added([name(word) for word in words])
