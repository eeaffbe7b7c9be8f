"""Editing TOML: what did not change keeps its bytes and comments; the result says what it should."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from textwrap import dedent
from typing import Any

import pytest
from handwritten import GONE, at, edited, handwritten
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.record.edit import edit
from sla_tui.record.pairing import same


def text_of(body: str) -> str:
    return dedent(body).lstrip("\n")


def changed(text: str, change: Any) -> str:
    """The text after ``change`` was applied to what it says."""
    new = tomllib.loads(text.removeprefix("\ufeff"))
    change(new)
    return edit(text, new)


@given(seed=st.integers(0, 2**48))
@settings(max_examples=300, deadline=None)
def test_random_edits_of_handwritten_files_keep_all_that_did_not_change(seed: int) -> None:
    rng = random.Random(seed)
    doc = handwritten(rng)
    assert same(tomllib.loads(doc.text), doc.data)
    assert edit(doc.text, doc.data) == doc.text
    new = edited(doc.data, rng)
    result = edit(doc.text, new)
    assert same(tomllib.loads(result), new)
    ended = result if result.endswith("\n") else result + ("\r\n" if "\r\n" in doc.text else "\n")
    for i, written in enumerate(doc.written):
        now, old = at(new, written.path), at(doc.data, written.path)
        if now is GONE or (i == 0 and not doc.preamble):
            continue
        if isinstance(now, dict) if written.header else same(now, old):
            assert written.text in ended
        elif type(now) is type(old) and not isinstance(now, (dict, list)) and not written.header:
            assert all(comment in result for comment in written.comments)
    for path, element, comment in doc.elements:
        lists = at(doc.data, path), at(new, path)
        if all(isinstance(one, list) and sum(same(x, element) for x in one) == 1 for one in lists):
            assert comment in result
    assert doc.preamble in result
    assert all(times == 1 for times in Counter(re.findall(r"note \d+;", result)).values())


def test_a_changed_value_keeps_its_spacing_and_comment() -> None:
    text = "a   =  1   # one\nb = 2\n"
    assert changed(text, lambda new: new.update(a=5)) == "a   =  5   # one\nb = 2\n"


def test_an_equal_value_keeps_its_spelling() -> None:
    text = "a = 0x10\nb = 'x'\nc = 1_000\nd = 1\n"
    assert changed(text, lambda new: new.update(d=2)) == "a = 0x10\nb = 'x'\nc = 1_000\nd = 2\n"


def test_deleting_takes_its_own_comments_and_no_others() -> None:
    text = text_of("""
        # preamble

        # about a
        a = 1  # one

        # stands alone

        # about b
        b = 2
    """)
    assert changed(text, lambda new: new.pop("b")) == "# preamble\n\n# about a\na = 1  # one\n\n# stands alone\n\n"
    assert "# about a" not in changed(text, lambda new: new.pop("a"))
    assert "# stands alone" in changed(text, lambda new: new.pop("a"))


def test_preamble_and_epilogue_outlive_everything() -> None:
    text = "# first\n\n[a]\nx = 1\n\n# last\n"
    result = edit(text, {})
    assert "# first" in result
    assert "# last" in result


def test_a_new_key_goes_where_the_model_has_it() -> None:
    text = "[t]\na = 1\nc = 3\n"
    assert edit(text, {"t": {"a": 1, "b": 2, "c": 3}}) == "[t]\na = 1\nb = 2\nc = 3\n"


def test_a_new_section_goes_where_the_model_has_it() -> None:
    text = "[a]\nx = 1\n\n# divider\n\n[c]\nx = 3\n"
    expected = "[a]\nx = 1\n\n[b]\nx = 2\n\n# divider\n\n[c]\nx = 3\n"
    assert edit(text, {"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}}) == expected


def test_an_empty_file_takes_its_first_section_without_a_blank_line() -> None:
    assert edit("", {"a": {"x": 1}, "b": [{"id": "i"}]}) == '[a]\nx = 1\n\n[[b]]\nid = "i"\n'


def test_a_new_item_follows_the_last_of_its_list_even_when_the_file_has_its_own_order() -> None:
    text = '[[s.rules]]\nid = "a"\n\n[[s.stages]]\nid = "m"\n'
    new = {"s": {"stages": [{"id": "m"}], "rules": [{"id": "a"}, {"id": "b"}]}}
    assert edit(text, new) == '[[s.rules]]\nid = "a"\n\n[[s.rules]]\nid = "b"\n\n[[s.stages]]\nid = "m"\n'


def test_moved_items_take_their_comments_along() -> None:
    text = text_of("""
        # preamble

        # the first
        [[r]]
        id = "a"  # its id

        # the second
        [[r]]
        id = "b"
        n = 2
    """)
    result = changed(text, lambda new: new["r"].reverse())
    assert [one["id"] for one in tomllib.loads(result)["r"]] == ["b", "a"]
    assert '# the first\n[[r]]\nid = "a"  # its id\n' in result
    assert '# the second\n[[r]]\nid = "b"\nn = 2\n' in result


def test_a_renamed_item_keeps_its_comments() -> None:
    text = '# why\n[[r]]\nid = "a"   # called\npoints = 2  # few\n\n[[r]]\nid = "b"\npoints = 3\n'
    result = changed(text, lambda new: new["r"][0].update(id="z"))
    assert result == text.replace('"a"', '"z"')


def test_an_item_replaced_by_another_does_not_inherit_its_comments() -> None:
    text = 'x = 1\n\n# why\n[[r]]\nid = "a"\npoints = 2\nlabel = "x"\n'
    result = edit(text, {"x": 1, "r": [{"id": "z", "points": 9, "label": "y"}]})
    assert result == 'x = 1\n\n[[r]]\nid = "z"\npoints = 9\nlabel = "y"\n'


def test_records_in_items_and_nameless_lists_are_written_in_braces() -> None:
    rule = {"id": "a", "when": {"field": "country", "in": ["US", "CA"]}, "amounts": [{"count": 3, "unit": "call"}]}
    expected = text_of("""
        [[rules]]
        id = "a"
        when = { field = "country", in = ["US", "CA"] }
        amounts = [{ count = 3, unit = "call" }]
    """)
    assert edit("", {"rules": [rule]}) == expected


def test_tables_whose_keys_need_quotes_are_written_in_braces() -> None:
    assert edit("", {"sources": {"a.b": {"kind": "example"}}}) == '[sources]\n"a.b" = { kind = "example" }\n'


def test_an_empty_list_becomes_sections_with_its_comment() -> None:
    result = edit("a = 1\n# none yet\nr = []\n", {"a": 1, "r": [{"id": "x"}]})
    assert result == 'a = 1\n\n# none yet\n[[r]]\nid = "x"\n'


def test_crlf_and_a_missing_last_line_end_are_kept() -> None:
    text = "a = 1\r\n[t]\r\nb = 2"
    result = edit(text, {"a": 1, "c": [1], "t": {"b": 3, "d": "x\ny"}})
    assert result == 'a = 1\r\nc = [1]\r\n[t]\r\nb = 3\r\nd = """\r\nx\r\ny"""'


def test_a_byte_order_mark_is_kept() -> None:
    assert edit("\ufeffa = 1\n", {"a": 2}) == "\ufeffa = 2\n"


@pytest.mark.parametrize(
    "value",
    [
        "a\rb",
        'q"""q',
        "tab\there",
        "back\\slash\nline",
        "\nstarts",
        "ends\n\n",
        '"\n"',
        "\x7f\x1b",
        "\\\n",
        "𝄞 é\u2028x\n",
    ],
)
def test_any_text_reads_back(value: str) -> None:
    for text in ("x = 1\n", "x = 1\r\n"):
        assert tomllib.loads(edit(text, {"x": value}))["x"] == value


def test_arrays_keep_elements_lines_and_comments() -> None:
    text = text_of("""
        a = [ # about
            1, # one

            # two follows
            2,
            3  # three
            # the end
        ] # done
    """)
    expected = text_of("""
        a = [ # about
            1, # one
            3,  # three
            4
            # the end
        ] # done
    """)
    assert edit(text, {"a": [1, 3, 4]}) == expected


def test_a_standing_comment_in_an_array_outlives_its_neighbour() -> None:
    text = "a = [\n  1,\n\n  # group\n\n  # own\n  2,\n  3,\n]\n"
    assert edit(text, {"a": [1, 3]}) == "a = [\n  1,\n\n  # group\n  3,\n]\n"


def test_a_standing_comment_never_swallows_what_follows() -> None:
    text = "a = [\n  # group\n\n  1, 2 ]\n"
    assert edit(text, {"a": [2]}) == "a = [\n  # group\n 2 ]\n"
    assert edit(text, {"a": []}) == "a = [\n  # group\n ]\n"


def test_comments_alone_take_a_section() -> None:
    assert edit("# only", {"a": {"x": 1}}) == "# only\n\n[a]\nx = 1"


def test_inline_tables_keep_their_spacing() -> None:
    text = "a = {x=1,  y = [1,2]}  # both\n"
    assert edit(text, {"a": {"x": 1, "y": [1, 2, 3]}}) == "a = {x=1,  y = [1,2,3]}  # both\n"
    assert edit(text, {"a": {"x": 1}}) == "a = {x=1}  # both\n"
    assert edit(text, {"a": {"x": 1, "z": 0, "y": [1, 2]}}) == "a = {x=1, z = 0,  y = [1,2]}  # both\n"


def test_dotted_keys_stay_dotted() -> None:
    text = "a.b = 1\na.c = 2 # two\nd = 3\n"
    assert edit(text, {"a": {"b": 1, "n": 9, "c": 2}, "d": 3}) == "a.b = 1\na.n = 9\na.c = 2 # two\nd = 3\n"


def test_a_type_changes_only_what_changed() -> None:
    assert edit("a = 1\nb = 1\n", {"a": 1.0, "b": True}) == "a = 1.0\nb = true\n"


def test_a_long_list_is_written_one_element_a_line() -> None:
    result = edit("", {"a": ["word " * 5] * 5})
    assert result.count("\n") == 7
    assert tomllib.loads(result)["a"] == ["word " * 5] * 5
