"""Answers as they read on paper: spelt-out dates, a true minus sign, names where the file has ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, cast

from sla_tui.agreement.amounts import show_amounts
from sla_tui.agreement.conditions import Condition, say_when
from sla_tui.agreement.money import Money
from sla_tui.agreement.naming import item_name
from sla_tui.agreement.parts import Item, Part, Spec
from sla_tui.agreement.paths import UnknownKey, at_key
from sla_tui.agreement.references import nameable
from sla_tui.agreement.values import Duration, Kind, Percent
from sla_tui.publish.blocks import Run, Text

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
_THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9])")
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


def money(value: Money) -> str:
    """A sum with its thousands apart as in any other number: ``25,000 USD``."""
    return _THOUSANDS.sub(",", str(value)).replace(" ", NBSP)


def listing(words: list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def strung(texts: list[Text], between: str = ", ", last: str = " and ") -> Text:
    """Texts one after another, as ``listing`` does with words."""
    runs: list[Run] = []
    for at, text in enumerate(texts):
        runs += [*([Run(last if at == len(texts) - 1 else between)] if at else []), *text]
    return tuple(runs)


def quoted(words: str) -> str:
    """``words`` between quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


_ENDS = tuple(".!?:。．｡！？：।۔؟")
"""The signs that end a sentence, in any writing."""


def ended(words: str) -> bool:
    """Whether a sentence, or what leads on to a list, ends here."""
    return words.endswith(_ENDS)


def capital(words: str) -> str:
    """``words`` with its first letter large, the others as they are."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """``words`` with its first letter small, unless it begins with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def condition(when: str | Condition) -> str:
    """What a rule fires on, in words: ``country is one of US, CA``; a name stays as the file spells it."""
    return say_when(when) if isinstance(when, str) else _NEGATIVE.sub(MINUS, say_when(when))


class Names:
    """What the ids in one agreement stand for; each list is read once."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._held: dict[tuple[str, ...], dict[str, str]] = {}

    def of(self, lists: tuple[str, ...], id_: str) -> str:
        """The name of what ``id_`` stands for in ``lists``; the id itself where there is none.

        What is there and has no name yet says so.
        """
        if lists not in self._held:
            self._held[lists] = (nameable(self._part, lists) or {}) | dict(self._nameless(lists))
        return self._held[lists].get(id_, id_)

    def _nameless(self, lists: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for one in lists:
            for item in _items(self._part, one):
                if not item_name(item):
                    yield item.id, f"{item.id.replace('-', ' ')} [name to be agreed]"


def _items(part: Part, list_key: str) -> tuple[Item, ...]:
    try:
        return cast("tuple[Item, ...]", at_key(part, list_key).value or ())
    except UnknownKey:
        return ()


def value(given: Any, spec: Spec, names: Names) -> str:
    """One answer as plain text, the empty text for none."""
    if given is None or given == "" or given == ():
        return ""
    if spec.ask.of and isinstance(given, str):
        return names.of(spec.ask.of, given)
    if spec.ask.of and isinstance(given, tuple):
        return listing([names.of(spec.ask.of, one) for one in cast("tuple[str, ...]", given)])
    if spec.kind is Kind.CHOICE:
        return spec.word(cast(str, given))
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
        case Money():
            return money(given)
        case Duration() | Percent():
            return str(given).replace(" ", NBSP)
        case Condition():
            return condition(given)
        case _:
            pass
    if spec.kind is Kind.AMOUNTS:
        return re.sub(r"(\d) ", rf"\1{NBSP}", show_amounts(given))
    if spec.kind is Kind.DAYS:
        return listing([day(one) for one in given])
    if spec.kind is Kind.WORDS:
        return listing([str(one) for one in given])
    return str(given)
