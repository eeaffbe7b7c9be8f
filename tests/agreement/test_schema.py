"""Editors get a schema that knows the questions, shows the canonical form, and refuses nothing the program reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, cast

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker

from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import RESERVED_IDS, plain, specs
from sla_tui.agreement.schema import DIALECT, json_schema, schema_text
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Percent, read_date, read_time
from tests.strategies import parts

SCHEMA = json_schema(Agreement)
DEFS: dict[str, dict[str, Any]] = SCHEMA["$defs"]


FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("partial-time")
def _is_partial_time(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?", value) is not None


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits a schema that is the whole or a part of the agreement's."""
    return Draft202012Validator({**schema, "$defs": DEFS}, format_checker=FORMATS).is_valid(value)


def as_json(value: Any) -> Any:
    """TOML's values as an editor's validator sees them."""
    if isinstance(value, dict):
        return {key: as_json(held) for key, held in cast(dict[str, Any], value).items()}
    if isinstance(value, list):
        return [as_json(held) for held in cast(list[Any], value)]
    return value.isoformat() if isinstance(value, (date, time)) else value


def at(*path: str) -> dict[str, Any]:
    """The schema of one key: a definition and a property of it."""
    return DEFS[path[0]]["properties"][path[1]]


def everywhere(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield cast(dict[str, Any], schema)
    held = cast(list[Any], list(schema.values()) if isinstance(schema, dict) else schema)
    for one in held if isinstance(schema, (dict, list)) else ():
        yield from everywhere(one)


@given(parts(Agreement))
def test_every_agreement_the_program_writes_fits(agreement: Agreement) -> None:
    assert fits(as_json(plain(agreement)), SCHEMA)


@pytest.mark.parametrize(
    ("definition", "key", "typed"),
    [
        *(
            ("Commitment", "within", typed)
            for typed in ("24h", " 2 WEEKS", "3 working-days", "90 mins.", "1 q", "5\u00a0bh")
        ),
        *(("Commitment", "share", typed) for typed in ("95%", "95", "12,5 %", 95, 12.5, 0, 100)),
        *(
            ("Header", "starts", typed)
            for typed in ("2027-01-31", "2027-1-5", "31 Jan 2027", "Jan 31, 2027", "31.1.2027")
        ),
        *(("Calendar", "from", typed) for typed in ("09:00:00", "9:00", " 17:30 ", "17:30:00.5")),
    ],
)
def test_what_is_read_leniently_fits_too(definition: str, key: str, typed: Any) -> None:
    readers = {"within": Duration.parse, "share": Percent.parse, "starts": read_date, "from": read_time}
    assert readers[key](typed) is not None
    assert fits(typed, at(definition, key))


@pytest.mark.parametrize(
    ("definition", "key", "value"),
    [
        ("Commitment", "within", "2 fortnights"),
        ("Commitment", "within", "soon"),
        ("Commitment", "share", "a lot"),
        ("Commitment", "share", 101),
        ("Commitment", "from", "recieved"),
        ("Header", "starts", "01/02/2027"),
        ("Calendar", "from", "noon"),
        ("Rule", "points", "2"),
        ("Rule", "points", 2.5),
        ("Rule", "cap", -1),
        ("Rule", "when", {"field": "a", "is": 1, "in": [1]}),
        ("Rule", "when", {"feild": "a"}),
        *(("Rule", "id", id_) for id_ in (*sorted(RESERVED_IDS), "Email Open", "-x", "", "x" * 81)),
    ],
)
def test_what_the_program_refuses_is_refused_where_a_schema_can(definition: str, key: str, value: Any) -> None:
    assert not fits(value, at(definition, key))


def test_it_is_a_schema_of_its_dialect() -> None:
    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    assert list(meta.iter_errors(SCHEMA)) == []


def test_unknown_keys_are_refused_in_every_table() -> None:
    tables = [
        one for one in everywhere(SCHEMA) if isinstance(one.get("properties"), dict) and one.get("type") == "object"
    ]
    assert len(tables) > 20
    assert all(one["additionalProperties"] is False for one in tables)


def test_every_declared_key_carries_its_title_and_its_question() -> None:
    for spec in specs(Agreement):
        held = SCHEMA["properties"][spec.key]
        assert spec.about
        assert (held["title"], held["description"]) == (spec.about.title, spec.about.question)
        if isinstance(spec.type, type) and spec.type.__name__ in DEFS:
            for inner in specs(spec.type):
                held = at(spec.type.__name__, inner.key)
                assert (held["title"], held["description"]) == (inner.title, inner.question)


def test_every_example_is_in_the_form_the_program_writes_and_fits() -> None:
    exampled = [one for one in everywhere(SCHEMA) if isinstance(one.get("examples"), list)]
    assert len(exampled) > 40
    for schema in exampled:
        assert all(fits(example, schema) for example in schema["examples"]), schema
    assert at("Commitment", "amounts")["examples"] == [[{"count": 3, "unit": "call"}, {"count": 3, "unit": "email"}]]
    assert at("Commitment", "only_when")["examples"] == [{"field": "country", "in": ["US", "CA"]}]
    assert at("Calendar", "from")["examples"] == ["09:00:00"]
    assert at("Rule", "points")["examples"] == [10]


def test_toml_has_no_null_so_the_schema_has_none() -> None:
    assert not [one for one in everywhere(SCHEMA) if one.get("type") == "null" or one.get("default", 0) is None]


def test_the_text_is_the_same_each_time_and_says_its_dialect_first() -> None:
    assert schema_text(Agreement) == schema_text(Agreement)
    assert json.loads(schema_text(Agreement)) == SCHEMA
    assert next(iter(SCHEMA)) == "$schema"
    assert SCHEMA["$schema"] == DIALECT
    assert schema_text(Agreement).endswith("}\n")


def test_any_file_of_the_agreement_can_have_a_schema() -> None:
    mapping = json_schema(LeadMapping)
    assert mapping["properties"]["outcome"]["description"] == "Which column says whether it was won?"
    assert mapping["properties"]["names"]["additionalProperties"] == {"type": "string"}
