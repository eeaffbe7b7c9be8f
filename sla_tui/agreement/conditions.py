"""What a rule fires on: a name, or one condition on a field; each can be typed as text."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, cast

from pydantic import Discriminator, Field, Tag, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.text import clean_line
from sla_tui.agreement.values import Kind, Leaf, Line

Scalar = str | int | float | bool
TESTS = ("is", "is_not", "in", "not_in", "at_least", "at_most", "between", "contains", "known")

_Many = Annotated[tuple[Scalar, ...], Field(strict=False)]
_Pair = Annotated[tuple[int | float, int | float], Field(strict=False)]
_Number = int | float


class Condition(Part):
    """One test on one field of a lead. Half-built (no field or no test yet) it holds for nobody."""

    field: Annotated[Line | None, Field(title="Field", examples=["country"])] = None
    is_: Annotated[Scalar | None, Field(alias="is")] = None
    is_not: Annotated[Scalar | None, Field()] = None
    in_: Annotated[_Many | None, Field(alias="in")] = None
    not_in: Annotated[_Many | None, Field()] = None
    at_least: Annotated[_Number | None, Field()] = None
    at_most: Annotated[_Number | None, Field()] = None
    between: Annotated[_Pair | None, Field()] = None
    contains: Annotated[Line | None, Field()] = None
    known: Annotated[bool | None, Field()] = None

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        held = [test for test in TESTS if getattr(self, _NAMES.get(test, test)) is not None]
        if len(held) > 1:
            raise PydanticCustomError(
                "many_tests", "a condition has one test, and here are {tests}", {"tests": " and ".join(held)}
            )
        return self

    @property
    def test(self) -> tuple[str, Any] | None:
        """The test's name as in TOML and its operand, None while the condition is half-built."""
        for test in TESTS:
            operand = getattr(self, _NAMES.get(test, test))
            if operand is not None:
                return (test, operand) if self.field else None
        return None

    def __str__(self) -> str:
        return show_when(self)


_NAMES = {"is": "is_", "in": "in_"}
_WORDS = {
    "is not known": ("known", False),
    "is unknown": ("known", False),
    "is known": ("known", True),
    "unknown": ("known", False),
    "known": ("known", True),
    "is not": ("is_not", None),
    "is one of": ("in", None),
    "not in": ("not_in", None),
    "at least": ("at_least", None),
    "at most": ("at_most", None),
    "between": ("between", None),
    "contains": ("contains", None),
    ">=": ("at_least", None),
    "<=": ("at_most", None),
    "≥": ("at_least", None),
    "≤": ("at_most", None),
    "!=": ("is_not", None),
    "=": ("is", None),
    "in": ("in", None),
    "is": ("is", None),
}
_SPOKEN = {"is_not": "is not", "not_in": "not in", "at_least": "at least", "at_most": "at most"}
_SPLIT = re.compile(
    r"(?P<field>.+?)\s+(?P<test>"
    + "|".join(re.escape(word) for word in _WORDS).replace("_", "[_ ]")
    + r")(?:\s+(?P<operand>.+))?",
    re.IGNORECASE,
)
_PIECE = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^,]*?)\s*(?:,|$)')


def _scalar(word: str) -> Scalar:
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', word)
    if quoted:
        return clean_line(quoted[1].replace('\\"', '"').replace("\\\\", "\\"))
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})", word):
        return int(word)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", word):
        return float(word)
    return clean_line(word)


def _many(words: str) -> tuple[Scalar, ...]:
    return tuple(_scalar(piece) for piece in _PIECE.findall(words.strip().strip("[]")) if piece)


def _number(word: str) -> float | int:
    number = _scalar(word)
    if isinstance(number, (str, bool)):
        raise ValueError(f"a number is needed after the comparison, not {word!r}")
    return number


def _operand(test: str, words: str) -> Any:
    if not words:
        raise ValueError('the condition lacks what to compare with, as in "country in US, CA"')
    if test in ("in", "not_in"):
        return _many(words)
    if test in ("at_least", "at_most"):
        return _number(words)
    if test == "between":
        pair = [piece for piece in re.split(r"\s+and\s+|\s*,\s*|\s+to\s+", words.strip("[] ")) if piece]
        if len(pair) != 2:
            raise ValueError('"between" needs two numbers, as in "employees between 50 and 500"')
        return _number(pair[0]), _number(pair[1])
    return clean_line(words.strip('"')) if test == "contains" else _scalar(words)


def _from_toml(text: str) -> Any:
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            'a condition in braces is written as in TOML: { field = "country", in = ["US", "CA"] }'
        ) from error


def read_when(text: str) -> str | Condition:
    """A name (``email_open``), or a condition: ``country in US, CA``, ``employees at least 50``, ``phone known``.

    A condition in TOML's own braces is read too; a name in double quotes is a name whatever it holds.
    ValueError says how a condition is written.
    """
    typed = clean_line(text)
    if typed.startswith("{"):
        return condition(_from_toml(typed))
    if re.fullmatch(r'"[^"]*"', typed):
        return typed.strip('"')
    found = _SPLIT.fullmatch(typed)
    if not found:
        return typed
    test, fixed = _WORDS[re.sub(r"\s+", " ", found["test"].lower())]
    field = found["field"].strip('"')
    if fixed is not None:
        if found["operand"]:
            return typed
        return condition({"field": field, test: fixed})
    return condition({"field": field, test: _operand(test, (found["operand"] or "").strip())})


def condition(value: Any) -> Condition:
    """The condition a TOML table stands for; ValueError in a person's words."""
    try:
        return Condition.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error


def _quoted(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (
        not isinstance(_scalar(value), str) or not value or re.search(r'[,"\[\]]|^\s|\s$', value)
    ):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def show_when(when: str | Condition) -> str:
    """A name or condition as it is typed; ``read_when`` reads it back."""
    if isinstance(when, str):
        found = _SPLIT.fullmatch(when)
        return f'"{when}"' if found or when.startswith("{") else when
    held = when.test
    if held is None:
        return _inline(when)
    test, operand = held
    spoken = _SPOKEN.get(test, test)
    if test == "known":
        text = f"{when.field} {'known' if operand else 'unknown'}"
    elif test == "between":
        text = f"{when.field} between {operand[0]} and {operand[1]}"
    elif isinstance(operand, tuple):
        text = f"{when.field} {spoken} {', '.join(_quoted(one) for one in cast(tuple[Scalar, ...], operand))}"
    else:
        text = f"{when.field} {spoken} {_quoted(operand) if test != 'contains' else operand}"
    return text if _reads_back(text, when) else _inline(when)


def _reads_back(text: str, when: Condition) -> bool:
    try:
        return read_when(text) == when
    except ValueError:
        return False


def _inline(when: Condition) -> str:
    """The condition in TOML's braces, for the few that no sentence says exactly."""
    return "{ " + ", ".join(f"{key} = {_toml(value)}" for key, value in plain(when).items()) + " }"


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in cast(list[Any], value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _arm(value: Any) -> str:
    return "condition" if isinstance(value, (dict, Condition)) else "name"


When = Annotated[
    Annotated[Line, Tag("name")] | Annotated[Condition, Tag("condition")],
    Discriminator(_arm),
    Leaf(Kind.CONDITION, read_when, show_when),
]
"""A count or activity by name, or a condition on a field."""
