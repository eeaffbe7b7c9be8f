"""What is wrong with a value and what to do, put in words for the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sla_tui.agreement.text import did_you_mean, line, nearest

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date",
    "date_parsing": "a date",
    "date_from_datetime_parsing": "a date",
    "date_from_datetime_inexact": "a date",
    "time_type": "a time of day",
    "time_parsing": "a time of day",
    "datetime_type": "a date and time",
    "datetime_parsing": "a date and time",
    "tuple_type": "a list",
    "list_type": "a list",
    "iterable_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "dataclass_type": "a table",
}
_HOW = {
    "text": "put it in double quotes",
    "a whole number": "write digits without quotes, such as 25",
    "a number": "write digits without quotes, such as 2.5",
    "true or false": "write true or false without quotes",
    "a date": "write it without quotes as year-month-day, such as 2027-01-31",
    "a time of day": "write it without quotes, such as 09:00:00",
    "a date and time": "write it without quotes, such as 2027-01-31 09:00:00",
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault as pydantic knows it.

    ``header``: the dotted keys that lead to it. ``kinds``: the types of error, several when each arm of a union has its
    own. ``known``: the keys the table may hold.
    """

    name: str
    header: str
    value: Any
    kinds: tuple[str, ...]
    message: str
    context: Mapping[str, Any]
    known: tuple[str, ...]


def put(problem: Problem) -> tuple[str, str]:
    """Message and remedy."""
    kind = problem.kinds[0]
    if kind == "missing":
        return _missing(problem)
    if kind == "extra_forbidden":
        return _unknown(problem)
    if kind in ("literal_error", "enum"):
        return _not_a_choice(problem)
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        return f"{problem.name} must be {words} {problem.context.get(key)}, not {shown(problem.value)}", ""
    if all(one in _WANTED for one in problem.kinds):
        return _wrong_type(problem)
    if kind == "string_pattern_mismatch" and problem.name == "id":
        return f"{shown(problem.value)} is no id", 'ids are lower-case letters, digits and "-", such as "email-open"'
    if kind == "reserved_id":
        return problem.message, "choose another id"
    if kind == "duplicate_id":
        return problem.message, "give each its own"
    if kind == "unknown_group":
        return problem.message, did_you_mean(str(problem.value), problem.context.get("known", ()))
    return _anything_else(problem)


def shown(value: Any) -> str:
    """A value as it may stand in a message: short, on one line, without control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return _kind_of(value)
    if not isinstance(value, str):
        text = str(value)
        return text if len(text) <= 60 else f"{text[:59]}…"
    text = str(line(value[:200]))
    return f'"{text[:59]}…"' if len(text) > 60 else f'"{text}"'


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "text"),
        (int, "a whole number"),
        (float, "a number with a fraction"),
        (list, "a list"),
        (dict, "a table"),
        (datetime, "a date and time"),
        (date, "a date"),
        (time, "a time of day"),
    )
    return next((words for kind, words in kinds if isinstance(value, kind)), "that")


def _missing(problem: Problem) -> tuple[str, str]:
    if problem.name == "id":
        return "an item of this list has no id", 'add id = "…", unique in the list, such as "email-open"'
    return f"{problem.name} is missing", f"add {problem.name} = …"


def _unknown(problem: Problem) -> tuple[str, str]:
    near = nearest(problem.name, problem.known)
    remedy = did_you_mean(problem.name, problem.known)
    return f'unknown key "{problem.name}"', f'did you mean "{near}"?' if near else f"remove it ({remedy})"


def _not_a_choice(problem: Problem) -> tuple[str, str]:
    choices = re.findall(r"'([^']*)'", str(problem.context.get("expected", "")))
    near = nearest(problem.value, choices) if isinstance(problem.value, str) else None
    one_of = ", ".join(f'"{choice}"' for choice in choices)
    hint = f'did you mean "{near}"?' if near else f"write one of {one_of}" if choices else ""
    return f"{problem.name} must be one of {one_of}, not {shown(problem.value)}", hint


def _wrong_type(problem: Problem) -> tuple[str, str]:
    wanted = list(dict.fromkeys(_WANTED[kind] for kind in problem.kinds))
    if {"a whole number", "a number"} <= set(wanted):
        wanted.remove("a whole number")
    words = " or ".join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)
    got = _kind_of(problem.value)
    if wanted == ["text"] and isinstance(problem.value, (int, float)):
        fix = f'put it in double quotes: "{shown(problem.value)}"'
    elif wanted == ["text"] and isinstance(problem.value, (list, dict)):
        fix = "write one text in double quotes"
    elif wanted == ["a list"] and isinstance(problem.value, dict):
        fix = f"write each of its items under [[{problem.header}]], in double brackets"
    elif wanted == ["a list"]:
        fix = f"put it in brackets: {problem.name} = [ … ]"
    elif wanted == ["a table"]:
        fix = f"write its keys under [{problem.header}], or as {{ key = value }}"
    else:
        fix = _HOW[wanted[0]]
    return f"{problem.name} must be {words}, not {got}", fix


def _anything_else(problem: Problem) -> tuple[str, str]:
    said = problem.context.get("error")
    message = str(said) if isinstance(said, Exception) else problem.message
    message = str(line(message))
    if problem.kinds[0] == "value_error":
        return f"{problem.name} = {shown(problem.value)} cannot be read", message
    custom = problem.kinds[0] not in _PYDANTIC
    return (message, "") if custom else (f"{problem.name}: {message[:1].lower()}{message[1:]}", "")


_PYDANTIC = frozenset(
    {
        "assertion_error",
        "finite_number",
        "int_parsing_size",
        "is_instance_of",
        "multiple_of",
        "string_pattern_mismatch",
        "string_too_long",
        "string_too_short",
        "too_long",
        "too_short",
        "union_tag_invalid",
        "union_tag_not_found",
    }
)
