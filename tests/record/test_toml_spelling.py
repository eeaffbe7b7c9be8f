"""What a file should hold after a change: its own spelling wherever nothing changed."""

from __future__ import annotations

import tomllib

import tomlkit
from hypothesis import given

from sla_tui.record.prose import on_one_line, over_lines
from sla_tui.record.spelling import settle
from tests.strategies import texts


def test_an_unchanged_value_keeps_its_spelling() -> None:
    raw = {"within": "2 wks", "n": 1}
    base = {"within": "2 weeks", "n": 1}
    assert settle(raw, base, {"within": "2 weeks", "n": 2}) == {"within": "2 wks", "n": 2}
    assert settle(raw, base, {"within": "3 weeks", "n": 1}) == {"within": "3 weeks", "n": 1}


def test_a_default_that_is_written_out_stays_written() -> None:
    assert settle({"format": 1, "a": 1}, {"a": 1}, {"a": 2}) == {"a": 2, "format": 1}
    assert settle({"t": {"x": 0}}, {}, {"t": {"y": 1}}) == {"t": {"y": 1, "x": 0}}


def test_what_the_model_dropped_goes() -> None:
    assert settle({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1}) == {"a": 1}


def test_what_the_model_fills_in_by_itself_is_not_written() -> None:
    assert settle({"a": 1}, {"a": 1, "filled": 5}, {"a": 2, "filled": 5}) == {"a": 2}
    assert settle({"a": 1}, {"a": 1, "filled": 5}, {"a": 1, "filled": 6}) == {"a": 1, "filled": 6}


def test_items_are_matched_by_id() -> None:
    raw = {"r": [{"id": "a", "d": "1 wk"}, {"id": "b", "d": "2 wks"}]}
    base = {"r": [{"id": "a", "d": "1 week"}, {"id": "b", "d": "2 weeks"}]}
    new = {"r": [{"id": "b", "d": "2 weeks", "n": 1}, {"id": "c", "d": "9 weeks"}]}
    assert settle(raw, base, new) == {"r": [{"id": "b", "d": "2 wks", "n": 1}, {"id": "c", "d": "9 weeks"}]}


def test_a_renamed_item_keeps_the_spelling_of_the_rest() -> None:
    raw, base = {"r": [{"id": "a", "d": "1 wk"}]}, {"r": [{"id": "a", "d": "1 week"}]}
    assert settle(raw, base, {"r": [{"id": "z", "d": "1 week"}]}) == {"r": [{"id": "z", "d": "1 wk"}]}


def test_order_follows_the_model() -> None:
    assert list(settle({"c": 1}, {"c": 1}, {"a": 1, "c": 2, "d": 3})) == ["a", "c", "d"]


def test_types_count() -> None:
    assert repr(settle({"a": 1}, {"a": 1}, {"a": True})) == "{'a': True}"


@given(texts)
def test_text_is_written_as_toml_tools_write_it(text: str) -> None:
    assert on_one_line(text) == tomlkit.string(text).as_string()
    assert tomllib.loads(f"x = {on_one_line(text)}")["x"] == text


def test_a_megabyte_of_text_is_written_in_time_that_grows_with_its_length() -> None:
    line, lines = '"' + "x" * 10**6, '"\n' + "é\n" * 500_000
    assert tomllib.loads(f"x = {on_one_line(line)}")["x"] == line
    assert tomllib.loads(f"x = {over_lines(lines)}")["x"] == lines
