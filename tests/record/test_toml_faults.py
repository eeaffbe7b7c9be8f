"""Every fault of a file is named: its KEY, its place, what is wrong and what to do."""

from __future__ import annotations

from datetime import date, time
from textwrap import dedent
from typing import Annotated, Literal

import pytest
from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from sla_tui.agreement.errors import Fault, InvalidFile, UserError
from sla_tui.agreement.parts import Item, Items, Part
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration
from sla_tui.record.document import parse


class Condition(Part):
    field: str
    is_: Annotated[str | int | None, Field(alias="is")] = None
    in_: Annotated[tuple[str | int, ...] | None, Field(strict=False, alias="in")] = None


When = Annotated[
    Annotated[str, Tag("name")] | Annotated[Condition, Tag("field")],
    Discriminator(lambda value: "field" if isinstance(value, dict) else "name"),
]


class Rule(Item):
    when: Annotated[When | None, Field()] = None
    points: Annotated[int | None, Field(ge=-100, le=100)] = None
    per: Literal["each", "once"] | None = None
    within: Duration | None = None
    day: date | None = None
    at: time | None = None
    share: float | None = None
    on: bool | None = None
    words: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Scoring(Part):
    rules: Items[Rule] = ()
    limit: int | None = None

    @model_validator(mode="after")
    def _few(self) -> Scoring:
        for i, rule in enumerate(self.rules):
            if self.limit is not None and (rule.points or 0) > self.limit:
                raise PydanticCustomError("too_many", "more points than the limit", {"at": ["rules", i, "points"]})
        return self


class Remark(Part):
    kind: Literal["example", "agreed"]


class File(Part):
    scoring: Scoring | None = None
    remarks: dict[str, Remark] | None = None


def faults(body: str) -> tuple[Fault, ...]:
    with pytest.raises(InvalidFile) as caught:
        parse(dedent(body).lstrip("\n"), "agreement.toml", File)
    return caught.value.faults


def rule(line: str) -> Fault:
    """The one fault of a rule with one line more, which is line 3."""
    (fault,) = faults(f'[[scoring.rules]]\nid = "open"\n{line}\n')
    assert fault.place.line == 3
    return fault


@pytest.mark.parametrize(
    ("line", "key", "column", "message", "fix"),
    [
        ('points = "2"', "points", 10, "points must be a whole number, not text", "without quotes"),
        ("points = 2.5", "points", 10, "points must be a whole number, not a number with a fraction", "digits"),
        ("points = true", "points", 10, "points must be a whole number, not true or false", "digits"),
        ("points = 101", "points", 10, "points must be at most 100, not 101", ""),
        ('per = "ech"', "per", 7, 'per must be one of "each", "once", not "ech"', 'did you mean "each"?'),
        ("per = 5", "per", 7, 'per must be one of "each", "once", not 5', 'write one of "each", "once"'),
        ("pionts = 2", "pionts", 1, 'unknown key "pionts"', 'did you mean "points"?'),
        ("zzzzzzzz = 2", "zzzzzzzz", 1, 'unknown key "zzzzzzzz"', "remove it"),
        ('within = "2 fortnights"', "within", 10, 'within = "2 fortnights" cannot be read', "2 weeks"),
        ('day = "soon"', "day", 7, "day must be a date, not text", "2027-01-31"),
        ("at = 5", "at", 6, "at must be a time of day, not a whole number", "09:00:00"),
        ('share = "x"', "share", 9, "share must be a number, not text", "without quotes"),
        ('on = "yes"', "on", 6, "on must be true or false, not text", "without quotes"),
        ('words = "one"', "words", 9, "words must be a list, not text", "brackets"),
        ('words = ["one", 2]', "words.2", 17, "item 2 of words must be text, not a whole number", '"2"'),
        ("when = 5", "when", 8, "when must be text, not a whole number", '"5"'),
        ('when = { is = "x" }', "when.field", 1, "field is missing", "add field = …"),
        ('when = { field = 5, is = "x" }', "when.field", 18, "field must be text, not a whole number", '"5"'),
        ('when = { field = "x", iss = 1 }', "when.iss", 23, 'unknown key "iss"', 'did you mean "is"?'),
        ('when = { field = "x", is = 1.5 }', "when.is", 28, "is must be text or a whole number", "quotes"),
        ('when = { field = "x", in = ["a", 1.5] }', "when.in.2", 34, "item 2 of in must be text or a whole", "quotes"),
        ('when = { field = "x", in = "a" }', "when.in", 28, "in must be a list, not text", "brackets"),
    ],
)
def test_a_fault_says_what_is_wrong_where_and_what_to_do(
    line: str, key: str, column: int, message: str, fix: str
) -> None:
    fault = rule(line)
    assert fault.key == f"scoring.rules.open.{key}"
    assert fault.place.column == column
    assert message in fault.message
    assert fix in fault.fix


def test_every_fault_is_found_in_the_order_of_the_file() -> None:
    found = faults("""
        [[scoring.rules]]
        points = "2"
        [[scoring.rules]]
        id = "Open Mail"
        [[scoring.rules]]
        id = "none"
        [[scoring.rules]]
        id = "x"
        [[scoring.rules]]
        id = "x"
        pionts = 1
        [remarks]
        "a.b" = { kind = "exampel" }
        [scorng]
        x = 1
    """)
    assert [(fault.key, fault.place.line) for fault in found] == [
        ("scoring.rules.1.id", 1),
        ("scoring.rules.1.points", 2),
        ("scoring.rules.Open Mail.id", 4),
        ("scoring.rules.none.id", 6),
        ("scoring.rules.x.id", 10),
        ("scoring.rules.x.pionts", 11),
        ("remarks.a.b.kind", 13),
        ("scorng", 14),
    ]
    said = [str(fault) for fault in found]
    assert "has no id" in said[0]
    assert '"Open Mail" is no id' in said[2]
    assert "cannot be an id" in said[3]
    assert "is used twice" in said[4]
    assert 'did you mean "example"?' in said[6]
    assert 'did you mean "scoring"?' in said[7]


def test_a_duplicate_id_is_named_once() -> None:
    (fault,) = faults('[[scoring.rules]]\nid = "x"\n[[scoring.rules]]\nid = "x"\n')
    assert (fault.key, fault.place.line, fault.place.column) == ("scoring.rules.x.id", 4, 6)


def test_a_custom_error_may_point_deeper() -> None:
    (fault,) = faults('[scoring]\nlimit = 5\n[[scoring.rules]]\nid = "x"\npoints = 9\n')
    assert (fault.key, fault.place.line, fault.place.column) == ("scoring.rules.x.points", 5, 10)
    assert fault.message == "more points than the limit"


def test_the_text_of_a_file_is_no_control_sequence_in_a_message() -> None:
    (fault,) = faults('"\\u001b[31mred" = 1\n')
    assert "\x1b" not in str(fault)
    assert "\x1b" not in fault.key
    assert "\x1b" not in rule('per = "\\u001b]0;x\\u0007"').message


def test_very_many_faults_are_counted_not_listed() -> None:
    found = faults("[remarks]\n" + "".join(f"k{i} = 1\n" for i in range(1000)))
    assert len(found) == 201
    assert found[-1].message == "and 800 more faults"


def test_a_table_where_a_list_belongs_names_the_double_brackets() -> None:
    (fault,) = faults('[scoring.rules]\nid = "x"\n')
    assert fault.message == "rules must be a list, not a table"
    assert "[[scoring.rules]]" in fault.fix


def test_an_agreement_with_faults_names_them_all() -> None:
    text = dedent("""
        [agreement]
        format = 1
        starts = "01/02/2027"

        [[scoring.rules]]
        id = "a"
        when = { field = "country", is = "US", in = ["CA"] }

        [[commitments]]
        id = "b"
        party = "seles"
        from = "recieved"
        within = "soon"
    """)
    with pytest.raises(InvalidFile) as caught:
        parse(text, "agreement.toml", Agreement)
    assert [(fault.key, fault.place.line) for fault in caught.value.faults] == [
        ("agreement.starts", 4),
        ("scoring.rules.a.when", 8),
        ("commitments.b.party", 12),
        ("commitments.b.from", 13),
        ("commitments.b.within", 14),
    ]
    assert all(fault.fix for fault in caught.value.faults if fault.key != "scoring.rules.a.when")


def test_a_file_of_a_newer_version_is_said_to_be_one_before_anything_else() -> None:
    with pytest.raises(UserError) as caught:
        parse("[agreement]\nformat = 2\nunheard_of = 1\n", "agreement.toml", Agreement)
    assert not isinstance(caught.value, InvalidFile)
    assert "newer version" in caught.value.message
    assert (caught.value.place.line, caught.value.place.column) == (2, 10)
