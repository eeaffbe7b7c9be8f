"""Answers as they read on paper: spelt-out dates, a true minus sign, names where the file has ids."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any, cast

from sla_tui.agreement.amounts import show_amounts
from sla_tui.agreement.conditions import Condition, say_when
from sla_tui.agreement.parts import Item, Part, Spec, specs
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Kind, Percent

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_NEGATIVE = re.compile(r"(?<![\w.-])-(?=[0-9])")


def day(value: date) -> str:
    """``1 January 2027``, whatever the machine's language."""
    return f"{value.day}{NBSP}{_MONTHS[value.month - 1]}{NBSP}{value.year}"


def weekdays(days: tuple[str, ...]) -> str:
    """``Monday to Friday`` for days in a row, else their names one after another."""
    order = list(_DAYS)
    at = [order.index(one) for one in days if one in _DAYS]
    if len(at) != len(days):
        return ", ".join(days)
    if len(at) > 2 and at == list(range(at[0], at[0] + len(at))):
        return f"{_DAYS[order[at[0]]]} to {_DAYS[order[at[-1]]]}"
    return listing([_DAYS[one] for one in days])


def number(value: float | int) -> str:
    """A number with its thousands apart and a true minus sign: ``−1,500``."""
    shown = f"{abs(value):,}"
    return f"{MINUS}{shown}" if value < 0 else shown


def listing(words: list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def capital(words: str) -> str:
    """``words`` with its first letter large, the others as they are."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """``words`` with its first letter small, unless it begins with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def condition(when: str | Condition) -> str:
    """What a rule fires on, in words: ``country is one of US, CA``; a name stays as the file spells it."""
    return say_when(when) if isinstance(when, str) else _NEGATIVE.sub(MINUS, say_when(when))


def _items(agreement: Agreement, key: str) -> tuple[Item, ...]:
    value: Any = agreement
    for name in key.split("."):
        value = getattr(value, name, None)
    return cast(tuple[Item, ...], value) if isinstance(value, tuple) else ()


def name_of(item: Item) -> str:
    """What an item is called on paper: its first line of text, else its id."""
    for spec in specs(type(item)):
        value = getattr(item, spec.name)
        if spec.kind is Kind.LINE and value:
            return cast(str, value)
    return item.id


def referred(agreement: Agreement, key: str, id_: str) -> str:
    """The name of the item ``id_`` in the list at ``key``; the id itself where there is none."""
    return next((name_of(item) for item in _items(agreement, key) if item.id == id_), id_)


def value(given: Any, spec: Spec, agreement: Agreement) -> str:
    """One answer as plain text, the empty text for none."""
    if given is None or given == "" or given == ():
        return ""
    if spec.ask.of and isinstance(given, str):
        return referred(agreement, spec.ask.of, given)
    if spec.kind is Kind.CHOICE:
        return capital(spec.word(cast(str, given)))
    if isinstance(given, Part) and not isinstance(given, Condition):
        return ""
    return _plain(given, spec)


def _plain(given: Any, spec: Spec) -> str:
    match given:
        case bool():
            return "yes" if given else "no"
        case int() | float():
            return number(given)
        case date():
            return day(given)
        case time():
            return given.strftime("%H:%M")
        case Duration() | Percent():
            return str(given).replace(" ", NBSP)
        case Condition():
            return condition(given)
        case _:
            pass
    if spec.kind is Kind.AMOUNTS:
        return re.sub(r"(\d) ", rf"\1{NBSP}", show_amounts(given))
    if spec.kind is Kind.WORDS:
        return listing([str(one) for one in given])
    return str(given)
