"""Line and column of what a file says."""

from __future__ import annotations

import random
import tomllib

import pytest
from handwritten import handwritten
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_tui.record.places import Places, key_of, path_of, place_of

TEXT = """\
# top
title = "x"
a.b = 1
when = { field = "é", in = [ "US",
   "CA" ], sub.deep = 2 }

[scoring]
  half = 30

  [[scoring.rules]]
  id = "open"
  points = 2
  [scoring.rules.more]
  x = 1

[[scoring.rules]]
id = "close"

[sources]
"a.b" = { kind = "example" }
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), (2, 1), (2, 9)),
        (("a",), (3, 1), (3, 1)),
        (("a", "b"), (3, 1), (3, 7)),
        (("when", "in"), (4, 23), (4, 28)),
        (("when", "in", 1), (5, 4), (5, 4)),
        (("when", "sub", "deep"), (5, 12), (5, 23)),
        (("scoring",), (7, 1), (7, 1)),
        (("scoring", "half"), (8, 3), (8, 10)),
        (("scoring", "rules"), (10, 3), (10, 3)),
        (("scoring", "rules", 0, "points"), (12, 3), (12, 12)),
        (("scoring", "rules", 0, "more", "x"), (14, 3), (14, 7)),
        (("scoring", "rules", 0, "absent", "deep"), (10, 3), (10, 3)),
        (("scoring", "rules", 1, "id"), (17, 1), (17, 6)),
        (("sources", "a.b", "kind"), (20, 11), (20, 18)),
        (("nothing",), (1, 1), (1, 1)),
    ],
)
def test_a_path_has_the_place_of_its_key_and_of_its_value(
    path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]
) -> None:
    for start in ("", "\ufeff"):
        places = Places(start + TEXT)
        assert places.of_key(path) == key
        assert places.of_value(path) == value
        assert place_of(start + TEXT.replace("\n", "\r\n"), path) == key


@given(seed=st.integers(0, 2**48))
@settings(max_examples=100, deadline=None)
def test_every_statement_of_a_handwritten_file_is_found(seed: int) -> None:
    doc = handwritten(random.Random(seed))
    places = Places(doc.text)
    lines = doc.text.split("\n")
    for written in doc.written:
        line, column = places.of_key(path_of(doc.data, ".".join(written.path)))
        assert lines[line - 1].rstrip("\r") in written.text
        key = "[" if written.header else written.path[-1]
        assert lines[line - 1][: column - 1].strip() == ""
        assert key in lines[line - 1][column - 1 :]


def test_a_key_names_items_by_id_else_by_position() -> None:
    data = tomllib.loads(TEXT)
    assert key_of(data, ("scoring", "rules", 1, "id")) == "scoring.rules.close.id"
    assert key_of(data, ("when", "in", 1)) == "when.in.2"
    assert path_of(data, "scoring.rules.close.id") == ("scoring", "rules", 1, "id")
    assert path_of(data, "when.in.2") == ("when", "in", 1)
    assert path_of(data, "sources.a.b.kind") == ("sources", "a.b", "kind")
    assert path_of(data, "scoring.rules.gone.id") == ("scoring", "rules")
    assert path_of(data, "") == ()
