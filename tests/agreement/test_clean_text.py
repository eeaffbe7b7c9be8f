"""Text is cleaned once, where it enters: nothing in it can steer a terminal or reorder what is signed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.conditions import Condition
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.sections.objective import Objective
from sla_tui.agreement.text import (
    clean_line,
    clean_prose,
    did_you_mean,
    nearest,
    quote,
    split_commas,
    unquote,
)
from tests.strategies import texts


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x9b31mb", "a31mb"),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("\ufeffstart", "start"),
        ("a\ud800b", "ab"),
        ("tab\there", "tab here"),
        ("👩‍👩‍👧 שלום é", "👩‍👩‍👧 שלום é"),
        ("[bold] <b> =cmd() {x}", "[bold] <b> =cmd() {x}"),
    ],
)
def test_controls_and_direction_marks_go_and_everything_else_stays(entered: str, kept: str) -> None:
    assert clean_line(entered) == kept
    assert clean_prose(entered) == kept


def test_every_kind_of_line_end_is_one_in_prose_and_a_space_in_a_line() -> None:
    entered = " one\r\ntwo\rthree\u2028four\x0b\n  five \n"
    assert clean_prose(entered) == "one\ntwo\nthree\nfour\n\n  five"
    assert clean_line(entered) == "one two three four five"


@given(st.text() | texts)
def test_cleaning_again_changes_nothing(entered: str) -> None:
    for clean in (clean_line, clean_prose):
        assert clean(clean(entered)) == clean(entered)


@given(st.text() | texts)
def test_no_control_character_is_left(entered: str) -> None:
    assert not [one for one in clean_line(entered) if unicodedata.category(one) in ("Cc", "Cs")]


def test_long_runs_of_blanks_are_cleaned_at_once() -> None:
    assert clean_line("a" + " " * 200_000 + "\n" * 200_000 + "b") == "a b"


def test_text_is_cleaned_wherever_it_enters_a_model() -> None:
    assert Objective(purpose="\x1b]0;x\x07why").purpose == "]0;xwhy"
    condition = Condition.model_validate({"field": "a\x1b", "in": ["b\x1b", 1]})
    assert (condition.field, condition.in_) == ("a", ("b", 1))
    assert Condition.model_validate({"field": "a", "is": "\u202eb"}).is_ == "b"
    assert LeadMapping.model_validate({"names": {"a\x07": "b\x1b"}}).names == {"a": "b"}


def test_only_text_is_cleaned_and_other_types_are_left_to_be_refused() -> None:
    with pytest.raises(ValueError, match="valid string"):
        Objective.model_validate({"purpose": 3})


@given(st.text() | texts)
def test_quoted_text_is_unquoted_to_what_it_was(words: str) -> None:
    assert unquote(quote(words)) == words


@given(st.lists(texts.map(clean_line), max_size=4))
def test_quoted_texts_are_parted_by_the_commas_between_them_only(words: list[str]) -> None:
    assert [unquote(piece) for piece in split_commas(", ".join(quote(word) for word in words))] == words


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("a,b , c", ("a", "b", "c")),
        (",,a,", ("a",)),
        ("", ()),
        ('"a" b, c"d', ('"a" b', 'c"d')),
        ('"open, x', ('"open', "x")),
    ],
)
def test_unquoted_texts_are_parted_by_every_comma(typed: str, parts: tuple[str, ...]) -> None:
    assert split_commas(typed) == parts


def test_the_nearest_known_word_is_offered_else_the_known_ones() -> None:
    assert nearest("pionts", ["points", "per"]) == "points"
    assert nearest("zzz", ["points"]) is None
    assert did_you_mean("pionts", ["points", "per"]) == "did you mean 'points'?"
    assert did_you_mean("zzz", ["points", "per"]) == "known: points, per"
    assert did_you_mean("zzz", [f"word{n}" for n in range(20)]).endswith("word11, …")
    assert did_you_mean("zzz", []) == "there are none yet"
