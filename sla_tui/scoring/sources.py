"""What a rule, an exclusion or a fast track reads, and what has to be read from the files for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

NUMERIC_TESTS = frozenset({"at_least", "at_most", "between"})


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a column says it happened; once however often."""

    column: int
    once: bool = False


@dataclass(frozen=True, slots=True)
class Tested:
    """Whether a column passes a test. Operands are told apart by spelling, for 1 and true are equal to Python."""

    column: int
    test: str
    spelling: str
    operand: Any = field(compare=False)


@dataclass(frozen=True, slots=True)
class Happened:
    """An activity of the log, weighed by its age. ``half_life`` 0: never fades; ``window`` 0: counts from any time."""

    activity: str
    once: bool = False
    half_life: int = 0
    window: int = 0


Source = Counted | Tested | Happened


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be read: a column, by place, as one kind; whether it passes a test; or an activity, by name."""

    kind: Literal["text", "count", "number", "test", "activity"]
    column: int = -1
    activity: str = ""
    test: Tested | None = None


def need_of(source: Source) -> Need:
    """What one source needs."""
    if isinstance(source, Happened):
        return Need("activity", activity=source.activity)
    if isinstance(source, Counted):
        return Need("count", source.column)
    return Need("test", source.column, test=source)


def met(need: Need, held: Collection[Need]) -> bool:
    """Whether what was read answers a need: text answers everything, numbers what compares them."""
    if need in held or (need.column >= 0 and Need("text", need.column) in held):
        return True
    return is_numeric(need) and Need("number", need.column) in held


def is_numeric(need: Need) -> bool:
    """Whether a need is for a test that compares numbers."""
    return need.test is not None and need.test.test in NUMERIC_TESTS


def kept_open(need: Need) -> Need:
    """The need that answers this one and every later change of its operand."""
    if need.kind != "test":
        return need
    return Need("number" if is_numeric(need) else "text", need.column)
