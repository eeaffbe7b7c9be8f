"""What an editor's schema lets stand in a file is what the program reads there, as far as a pattern can tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from sla_tui.agreement.money import Money
from sla_tui.agreement.values import Clock, Day, Duration, Percent

_NUMBERS = (
    "1",
    "24",
    "1.5",
    "1,5",
    "1 000",
    "1,000",
    "1.000",
    "25.000,50",
    "0.125",
    "½",
    "two",
    "Twenty-four",
    "a",
    "an",
    "half a",
)
_GAPS = ("", " ", "\u00a0", "-", "  ", ". ", ", ", " and ", "/")
_READ: dict[type[Any], tuple[str, ...]] = {
    Duration: (
        "within ",
        "hours",
        "h",
        "business hours",
        "working-day",
        "WEEKS",
        "month",
        "m",
        "min.",
        "and a half",
        "year",
    ),
    Percent: ("%", "percent", "Per Cent", "out of", "in", "20"),
    Money: ("USD", "eur", "$", "€", "k", "K", "mio", "million", "dollars", "C$", "-", "xyz"),
}
_DATES = ("2027", "1", "31", "01", "Jan", "SEPTEMBER", "sept.", "the ", "of ", "on ", "1st", "22nd", ".", "-", "/")


def texts(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts of a few of ``words`` with gaps between them."""
    return st.lists(st.sampled_from((*words, *_GAPS)), max_size=8).map("".join)


def said(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts that are mostly a number and a word, or two of each."""
    gap = st.sampled_from(_GAPS)
    piece = st.tuples(gap, st.sampled_from(_NUMBERS), gap, st.sampled_from(words), gap).map("".join)
    return piece | st.tuples(piece, piece).map("".join) | texts((*_NUMBERS, *words))


def schema(annotation: Any) -> Draft202012Validator:
    """What JSON Schema says of a value, formats left aside: an editor's own types have those."""
    said = TypeAdapter(annotation).json_schema()
    arms = said.get("anyOf", [said])
    return Draft202012Validator({"anyOf": [arm for arm in arms if "format" not in arm]})


SCHEMAS = {one: schema(one) for one in (Duration, Percent, Money)}
DAY, CLOCK = schema(Day), schema(Clock)


def reads(read: Callable[[str], Any], typed: str) -> bool:
    try:
        read(typed)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("kind", SCHEMAS)
@given(data=st.data())
def test_whatever_is_read_in_a_file_fits(kind: type[Any], data: st.DataObject) -> None:
    typed = data.draw(said(_READ[kind]))
    if reads(TypeAdapter(kind).validate_python, typed):
        assert SCHEMAS[kind].is_valid(typed)
        assert SCHEMAS[kind].is_valid(str(kind.parse(typed)))


@given(
    texts(_DATES)
    | st.dates().map(lambda day: f"{day:%d %b} {day.year:04}")
    | st.dates().map("{0.day}. {0.month}. {0:%Y}".format)
)
def test_whatever_date_is_read_in_a_file_fits(typed: str) -> None:
    if reads(TypeAdapter(Day).validate_python, typed):
        assert DAY.is_valid(typed)


@given(texts(("9", "12", "09", ":00", ":30", "am", "P.M.", ".5", "5")))
def test_whatever_time_is_read_in_a_file_fits(typed: str) -> None:
    if reads(TypeAdapter(Clock).validate_python, typed):
        assert CLOCK.is_valid(typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((Duration, typed) for typed in ("an hour and a half", "1h30m", "Two Weeks", "½ h")),
        *((Percent, typed) for typed in ("9 OUT OF 10", "90 per cent")),
        *((Money, typed) for typed in ("$25,000.50", "25k€", "1.2 Million Euros")),
    ],
)
def test_spellings_that_are_read_fit(kind: type[Any], typed: str) -> None:
    assert SCHEMAS[kind].is_valid(typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((Duration, typed) for typed in ("soon", "2", "1.500 days", "5-10 days", "2 fortnights", "-1 day", "2 dayz")),
        *((Percent, typed) for typed in ("-1 %", "1e2", "nine %", "1000", "101 %", "100.5")),
        *(
            (Money, typed)
            for typed in ("25.000 EUR", "25k", "-5 USD", "25", "1,2345 USD", "25 000", "5 dollarz", "1 00 USD")
        ),
    ],
)
def test_spellings_that_are_refused_do_not_fit_where_a_pattern_can_tell(kind: type[Any], typed: str) -> None:
    assert not reads(kind.parse, typed)
    assert not SCHEMAS[kind].is_valid(typed)


@pytest.mark.parametrize(
    "typed", ["tomorrow", "next Friday", "01/02/2027", "31/12/2027", "31 Okt 2027", "January 2027"]
)
def test_dates_that_are_refused_in_a_file_do_not_fit(typed: str) -> None:
    assert not reads(TypeAdapter(Day).validate_python, typed)
    assert not DAY.is_valid(typed)


def test_patterns_use_nothing_that_only_python_knows() -> None:
    patterns = [
        found
        for one in (*SCHEMAS.values(), DAY, CLOCK)
        for found in re.findall(r"'pattern': .(.*?)[\"']}", str(one.schema))
    ]
    assert len(patterns) == 5
    assert not [pattern for pattern in patterns if re.search(r"\(\?[^:]|\\[AZdDwWbBz]|\\\\1", pattern)]
