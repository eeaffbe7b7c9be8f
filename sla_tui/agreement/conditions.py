"""What a rule fires on: a name, or one condition on a field; each can be typed as text."""

import re
import tomllib
from typing import Annotated, Any, Self, cast

from pydantic import ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sla_tui.agreement.parts import Part, plain
from sla_tui.agreement.text import clean_line, quote, split_commas, unquote
from sla_tui.agreement.values import Kind, Leaf, Line

_Finite = Annotated[float, Field(allow_inf_nan=False)]
Scalar = Line | int | _Finite | bool
TESTS = ("is", "is_not", "in", "not_in", "at_least", "at_most", "between", "contains", "known")

_Many = Annotated[tuple[Scalar, ...], Field(strict=False)]
_Number = int | _Finite
_Pair = Annotated[tuple[_Number, _Number], Field(strict=False)]


class Condition(Part):
    """One test on one field of a lead. Half-built (no field or no test yet) it holds for nobody."""

    model_config = ConfigDict(json_schema_extra={"maxProperties": 2})

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
    def _one_test(self) -> Self:
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
_SPELLINGS = {
    "is": ("is", "=", "=="),
    "is_not": ("is not", "!=", "≠"),
    "in": ("in", "is in", "is one of"),
    "not_in": ("not in", "is not in", "is not one of"),
    "at_least": ("at least", "is at least", ">=", "≥"),
    "at_most": ("at most", "is at most", "<=", "≤"),
    "between": ("between", "is between"),
    "contains": ("contains",),
    "known": ("known", "is known"),
    "unknown": ("unknown", "is unknown", "not known", "is not known"),
    "beyond": (">", "<", "more than", "less than", "is more than", "is less than"),
}
_TEST_OF = {spelling: test for test, spellings in _SPELLINGS.items() for spelling in spellings}
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SPLIT = re.compile(
    rf"(?P<field>{_QUOTED}|.+?)\s(?P<test>"
    + "|".join(re.escape(word).replace(r"\ ", r"[\s_]+") for word in sorted(_TEST_OF, key=len, reverse=True))
    + r")(?:\s(?P<operand>.+))?",
    re.IGNORECASE,
)


def _unquoted(words: str) -> str:
    inside = unquote(words)
    return clean_line(words if inside is None else inside)


def scalar(word: str) -> Scalar:
    """A value as it is typed: a number where it is written as one, else text; quotes around it are taken off."""
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,14})", word):
        return int(word)
    if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,17}", word):
        return float(word)
    return _unquoted(word)


def _many(words: str) -> tuple[Scalar, ...]:
    inside = words[1:-1] if words.startswith("[") and words.endswith("]") else words
    return tuple(scalar(piece) for piece in split_commas(inside))


def _number(word: str) -> float | int:
    number = scalar(word)
    if isinstance(number, (str, bool)):
        raise ValueError(f"a number is needed after the comparison, not {word!r}")
    return number


def _alone(words: str) -> None:
    """ValueError where a second condition follows; what stands in quotes is text."""
    bare = re.sub(_QUOTED, '""', f" {words}")
    for joint in re.finditer(r"\s(?:and|or)\s+", bare, re.IGNORECASE):
        if _SPLIT.fullmatch(bare[joint.end() :]):
            raise ValueError(
                'only one condition fits here: make an entry of each, or write the text as in "this and that"'
            )


def _one_of(test: str, words: str) -> None:
    """ValueError where several values are named with "or"; what stands in quotes is text."""
    bare = re.sub(_QUOTED, lambda found: "x" * len(found[0]), words)
    joints = [found.span() for found in _OR.finditer(bare)]
    if not joints:
        return
    if test == "contains":
        raise ValueError('"contains" takes one text: make an entry of each, or write it as in contains "this or that"')
    ends = [0, *(at for joint in joints for at in joint), len(words)]
    listed = ", ".join(words[start:end].strip(" ,") for start, end in zip(ends[::2], ends[1::2], strict=True))
    means = "not in" if test in ("is_not", "not_in") else "in"
    raise ValueError(f'several are listed with commas: {means} {listed}; a value with "or" in it is put in quotes')


_OR = re.compile(r"\s*,?\s+or\s+", re.IGNORECASE)


def _operand(test: str, words: str) -> Any:
    if not words:
        raise ValueError('the condition lacks what to compare with, as in "country in US, CA"')
    if test in ("is", "is_not", "in", "not_in", "contains"):
        _one_of(test, words)
    if test in ("in", "not_in"):
        return _many(words)
    if test in ("at_least", "at_most"):
        return _number(words)
    if test == "between":
        pair = [piece for piece in re.split(r"\sand\s|,|\sto\s", words.strip("[] ")) if piece.strip()]
        if len(pair) != 2:
            raise ValueError('"between" needs two numbers, as in "employees between 50 and 500"')
        return _number(pair[0].strip()), _number(pair[1].strip())
    return _unquoted(words) if test == "contains" else scalar(words)


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
    if unquote(typed) is not None:
        return _unquoted(typed)
    found = _SPLIT.fullmatch(typed)
    if not found:
        return typed
    field, operand = _unquoted(found["field"].strip()), (found["operand"] or "").strip()
    _alone(operand)
    test = _TEST_OF[re.sub(r"[\s_]+", " ", found["test"].lower())]
    if test == "beyond":
        raise ValueError('numbers are compared with "at least" and "at most", as in "employees at least 51"')
    if test in ("known", "unknown"):
        return typed if operand else condition({"field": field, "known": test == "known"})
    return condition({"field": field, test: _operand(test, operand)})


def condition(value: Any) -> Condition:
    """The condition a TOML table stands for; ValueError in a person's words."""
    try:
        return Condition.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(one) for one in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error


def show_when(when: str | Condition) -> str:
    """A name or condition as it is typed; ``read_when`` reads it back."""
    if isinstance(when, str):
        return when if _reads_back(when, when) else quote(when)
    if when.test is None or when.field is None:
        return _inline(when)
    test, operand = when.test
    fields = (when.field, quote(when.field))
    texts = (f"{field} {words}" for words in _tests(test, operand) for field in fields)
    return next((text for text in texts if _reads_back(text, when)), _inline(when))


def say_when(when: str | Condition) -> str:
    """A name or condition as a sentence says it: ``country is one of US, CA``; empty while half-built."""
    if isinstance(when, str):
        return when
    if when.test is None:
        return ""
    test, operand = when.test
    if test == "known":
        return f"{when.field} is {'known' if operand else 'not known'}"
    spoken = {"in": "is one of", "not_in": "is none of", "contains": "contains", "is": "is"}
    said = spoken.get(test, f"is {test.replace('_', ' ')}")
    many = cast(tuple[Scalar, ...], operand) if isinstance(operand, tuple) else (operand,)
    return f"{when.field} {said} {(' and ' if test == 'between' else ', ').join(_spoken(one) for one in many)}"


def reading(when: str | Condition) -> str:
    """What a rule fires on as it was understood: ``country is none of US, CA``, ``an activity called "email_open"``."""
    return f'an activity or count called "{when}"' if isinstance(when, str) else say_when(when)


def _spoken(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _tests(test: str, operand: Any) -> tuple[str, ...]:
    """The ways to say a test, the plainest first."""
    if test == "known":
        return ("known",) if operand else ("unknown",)
    if test == "between":
        return (f"between {operand[0]} and {operand[1]}",)
    spoken = test.replace("_", " ")
    if isinstance(operand, tuple):
        return (f"{spoken} {', '.join(_listed(one) for one in cast(tuple[Scalar, ...], operand))}",)
    return f"{spoken} {operand}", f"{spoken} {_toml(operand)}"


def _listed(value: Scalar) -> str:
    """A value as it stands between commas."""
    bare = (
        isinstance(value, str) and value and scalar(value) == value and not re.search(r'[,"\[\]]|\bor\b', value, re.I)
    )
    return str(value) if bare else _toml(value)


def _reads_back(text: str, when: str | Condition) -> bool:
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
    return quote(value) if isinstance(value, str) else str(value)


def _arm(value: Any) -> str:
    return "condition" if isinstance(value, (dict, Condition)) else "name"


When = Annotated[
    Annotated[Line, Tag("name")] | Annotated[Condition, Tag("condition")],
    Discriminator(_arm),
    Leaf(Kind.CONDITION, read_when, show_when),
]
"""A count or activity by name, or a condition on a field."""
