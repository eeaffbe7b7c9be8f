"""What kinds of answers there are, and how one is read from and shown as typed text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How an answer is typed in, shown and stored."""

    RECORD = "record"
    LIST = "list"
    ID = "id"
    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    PERCENT = "percent"
    MONEY = "money"
    YES_NO = "yes or no"
    BOUND = "bound"
    DAYS = "days"
    WORDS = "words"
    CONDITION = "condition"
    AMOUNTS = "amounts"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a type of answer is, and how it is read from and shown as typed text.

    ``read`` raises ValueError with a sentence for the person who typed.
    """

    kind: Kind
    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
