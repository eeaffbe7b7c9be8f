"""A test on a column as SQL, equal cell by cell to what ``signals`` makes of the same column read as text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sla_tui.scoring.sources import NUMERIC_TESTS, Need, Tested
from sla_tui.scoring.tablefile import quoted
from sla_tui.scoring.values import BLANKS, is_unknown, number

_IN_SQL = NUMERIC_TESTS | {"is", "is_not", "in", "not_in", "known"}


def in_sql(need: Need) -> bool:
    """Whether a need is for a test that has an SQL form: small letters differ by engine, so ``contains`` has none."""
    return need.test is not None and need.test.test in _IN_SQL


def sql_test(test: Tested, cell: str, value: str, unknown: Collection[str]) -> str:
    """SQL that is true where ``cell``, an expression of text, passes the test, and false or NULL elsewhere.

    ``value`` is an expression for the cell's number, NULL where it has none.
    """
    operand = test.operand
    if test.test in NUMERIC_TESTS:
        return _in_range(test.test, operand, value)
    known = known_cell(cell, unknown)
    if test.test == "known":
        return known if operand else f"NOT coalesce({known}, false)"
    found = _equal(operand if test.test in ("in", "not_in") else (operand,), cell, value, unknown)
    if test.test in ("is_not", "not_in"):
        return f"({known}) AND NOT coalesce({found}, false)"
    return found  # an operand that means unknown is none of those compared with


def known_cell(cell: str, unknown: Collection[str]) -> str:
    """SQL that is true where a cell says something."""
    bare = f"trim({cell}, {quoted(BLANKS)})"
    if unknown:
        return f"({bare} <> '' AND {bare} NOT IN ({', '.join(quoted(word) for word in sorted(unknown))}))"
    # Most cells need not be trimmed to see that they are not blank; only CASE leaves the rest unevaluated.
    return f"CASE WHEN {cell} >= '!' THEN true ELSE {bare} <> '' END"


def _in_range(test: str, operand: Any, value: str) -> str:
    low = operand[0] if test == "between" else operand if test == "at_least" else None
    high = operand[1] if test == "between" else operand if test == "at_most" else None
    bounds = [f"{value} >= {_double(low)}"] if low is not None else []
    bounds += [f"{value} <= {_double(high)}"] if high is not None else []
    return f"({' AND '.join(bounds)} AND isfinite({value}))"


def _double(number_: float) -> str:
    return f"CAST({quoted(repr(float(number_)))} AS DOUBLE)"


def _equal(operands: tuple[Any, ...], cell: str, value: str, unknown: Collection[str]) -> str:
    texts: list[str] = []
    numbers: list[str] = []
    for operand in operands:
        spelled = str(operand).lower() if isinstance(operand, bool) else str(operand)
        if isinstance(operand, (str, bool)) or number(spelled) is None:
            if not is_unknown(spelled, unknown):
                texts.append(quoted(spelled))
        else:
            numbers.append(_double(operand))
    parts = [f"{cell} IN ({', '.join(texts)})"] if texts else []
    parts += [f"{value} IN ({', '.join(numbers)})"] if numbers else []
    return f"({' OR '.join(parts)})" if parts else "false"
