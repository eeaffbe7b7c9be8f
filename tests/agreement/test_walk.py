"""One walk gives every reader the same places, in the order they are declared."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from sla_tui.agreement.errors import UserError
from sla_tui.agreement.parts import Ask, Part, plain, slots, spec_by_key, specs
from sla_tui.agreement.paths import Put, apply, at_key
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.header import Header
from sla_tui.agreement.sections.scoring import Rule
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Duration, Kind, Line, Percent
from sla_tui.agreement.walk import Walk
from tests.strategies import changes, parts

SAMPLE: dict[str, Any] = {
    "agreement": {"title": "SLA", "starts": date(2027, 1, 1), "calendar": {"from": time(9), "days": ["mon"]}},
    "scoring": {
        "stages": [{"id": "mql", "at": 50}],
        "rules": [
            {"id": "open", "when": "email_open", "points": 2},
            {"id": "us", "when": {"field": "c", "in": ["US"]}},
        ],
    },
    "commitments": [
        {"id": "call", "share": "95%", "within": "24h", "amounts": [{"count": 3, "unit": "call"}]},
    ],
    "sources": {"scoring.stages.mql.at": {"kind": "example"}},
}


def sample() -> Agreement:
    return Agreement.model_validate(SAMPLE)


def test_absent_sections_are_passed_over_and_records_walked_into() -> None:
    keys = [slot.key for slot in slots(sample(), Agreement)]
    assert keys[:3] == ["agreement.format", "agreement.title", "agreement.organization"]
    assert "agreement.calendar.timezone" in keys
    assert "scoring.runs_in.system" in keys, "an absent record inside a section is walked with nothing in it"
    assert not [key for key in keys if key.startswith(("objective", "stakeholders", "signatures", "sources"))]


def test_a_list_is_followed_by_the_places_of_its_items_under_their_ids() -> None:
    keys = [slot.key for slot in slots(sample(), Agreement)]
    at = keys.index("scoring.rules")
    assert keys[at : at + 4] == [
        "scoring.rules",
        "scoring.rules.open.id",
        "scoring.rules.open.label",
        "scoring.rules.open.when",
    ]
    assert "scoring.rules.us.points" in keys
    assert keys.index("commitments") > keys.index("scoring.exclude")


def test_a_place_says_what_stands_there_and_how_it_is_typed() -> None:
    found = {slot.key: slot for slot in slots(sample(), Agreement)}
    assert found["scoring.rules.us.when"].text == "c in US"
    assert found["scoring.rules.us.points"].empty
    assert found["commitments.call.amounts"].text == "3 calls"
    assert found["agreement.calendar.from"].text == "09:00"
    assert found["agreement.starts"].text == "2027-01-01"
    assert found["agreement.title"].spec.question == "What is the agreement called?"


def test_what_stands_under_an_optional_place_is_optional_too() -> None:
    class Inner(Part):
        word: Annotated[Line | None, Field(title="Word")] = None

    class Outer(Part):
        free: Annotated[Inner | None, Field(title="Free"), Ask(optional=True)] = None
        asked: Annotated[Inner | None, Field(title="Asked")] = None

    assert {slot.key: slot.optional for slot in slots(Outer(), Outer)} == {"free.word": True, "asked.word": False}
    assert [at_key(Outer(), key).optional for key in ("free.word", "asked.word")] == [True, False]


def test_a_rhythm_spares_the_time_limit_and_its_start_event() -> None:
    def optional(**answers: Any) -> set[str]:
        promise = Commitment.model_validate({"id": "x", **answers})
        return {slot.key for slot in slots(promise, Commitment) if slot.optional} & {"within", "from"}

    assert optional() == set()
    assert optional(per="week") == {"within", "from"}
    assert optional(per="week", within="2 days") == set()


@pytest.mark.parametrize(
    ("cls", "key", "kind"),
    [
        (Agreement, "objective", Kind.RECORD),
        (Agreement, "commitments", Kind.LIST),
        (Agreement, "sources", Kind.MAP),
        (Header, "starts", Kind.DATE),
        (Header, "status", Kind.CHOICE),
        (Header, "schedules", Kind.WORDS),
        (Rule, "id", Kind.ID),
        (Rule, "label", Kind.LINE),
        (Rule, "points", Kind.NUMBER),
        (Rule, "cap", Kind.NUMBER),
        (Rule, "when", Kind.CONDITION),
        (Commitment, "amounts", Kind.AMOUNTS),
        (Commitment, "share", Kind.PERCENT),
        (Commitment, "within", Kind.DURATION),
        (Commitment, "exceptions", Kind.PROSE),
    ],
)
def test_a_declaration_says_of_what_kind_an_answer_is(cls: type[Part], key: str, kind: Kind) -> None:
    assert spec_by_key(cls)[key].kind is kind


def test_maps_of_remarks_are_known_by_key_and_not_asked() -> None:
    assert "sources" in spec_by_key(Agreement)
    assert "sources" not in [spec.key for spec in specs(Agreement)]


def test_a_choice_is_read_as_it_is_spelt_or_said_and_anything_else_names_the_choices() -> None:
    event = spec_by_key(Commitment)["from"]
    assert [event.read(typed) for typed in ("handed_off", "Handed off", "handoff")] == ["handed_off"] * 3
    assert event.word("handed_off") == "handoff"
    assert spec_by_key(Commitment)["party"].word("shared") == "both sides"
    with pytest.raises(ValueError, match="one of these is needed: qualified, handed_off"):
        event.read("yesterday")


def test_a_field_of_no_kind_is_an_error_of_the_declaration() -> None:
    class Odd(Part):
        what: Annotated[complex | None, Field(title="What")] = None

    with pytest.raises(TypeError, match="what: "):
        specs(Odd)


def test_every_question_of_every_section_has_a_title_a_question_and_an_example() -> None:
    def declared(cls: type[Part]) -> list[type[Part]]:
        return [cls, *(one for spec in specs(cls) if spec.nested for one in declared(spec.type))]

    for cls in declared(Agreement):
        for spec in specs(cls):
            assert spec.title, (cls, spec.key)
            assert spec.about or spec.question, (cls, spec.key)
            asked = not spec.nested and spec.kind is not Kind.ID and spec.ask.asked
            assert bool(spec.example) or not asked, (cls, spec.key)
            for example in spec.examples:
                assert spec.show(spec.read(example)) == example, (cls, spec.key)


def test_plain_is_what_toml_holds() -> None:
    assert plain(sample()) == {
        **SAMPLE,
        "commitments": [
            {"id": "call", "amounts": [{"count": 3, "unit": "call"}], "share": "95 %", "within": "24 hours"},
        ],
    }
    assert list(plain(sample())) == ["agreement", "scoring", "commitments", "sources"]


def test_plain_leaves_out_what_is_absent_or_as_it_would_be_anyway() -> None:
    assert plain(Agreement.model_validate({"agreement": {"format": 1}, "scoring": {}, "commitments": []})) == {
        "agreement": {},
        "scoring": {},
        "commitments": [],
    }


def test_plain_writes_values_canonically_and_refuses_what_toml_has_no_type_for() -> None:
    assert plain((Duration(1, "day"), Percent.parse("5"))) == ["1 day", "5 %"]
    with pytest.raises(TypeError, match="complex has no plain form"):
        plain(1j)


@given(parts(Agreement))
def test_what_is_written_plainly_is_read_as_what_it_was(agreement: Agreement) -> None:
    again = Agreement.model_validate(plain(agreement))
    assert plain(again) == plain(agreement)
    assert repr(plain(again)) == repr(plain(agreement))


@given(parts(Agreement))
def test_every_place_is_named_once(agreement: Agreement) -> None:
    keys = [slot.key for slot in slots(agreement, Agreement)]
    assert len(keys) == len(set(keys))


@given(st.data())
def test_the_remembered_walk_is_the_walk_whatever_changes(data: st.DataObject) -> None:
    agreement, walk = data.draw(parts(Agreement)), Walk()
    for _ in range(4):
        runs = walk.runs(agreement)
        assert [slot for run in runs for slot in run] == list(slots(agreement, Agreement))
        try:
            agreement, _back = apply(agreement, data.draw(changes(agreement)))
        except UserError:
            continue


def test_entries_that_did_not_change_are_not_walked_again() -> None:
    before = Agreement.model_validate({"commitments": [{"id": "a", "role": "SDR"}, {"id": "b"}]})
    walk = Walk()
    first = walk.runs(before)
    after, _ = apply(before, Put("commitments.a.role", "AE"))
    second = walk.runs(after)
    at = next(n for n, run in enumerate(first) if run[0].key == "commitments.b.id")
    assert second[at] is first[at]
    assert second[at - 1] is not first[at - 1]


def test_an_optional_record_that_has_been_begun_is_to_be_finished() -> None:
    def open_questions(fewer: dict[str, Any]) -> set[str]:
        held = Agreement.model_validate({"review": {"fewer": fewer}})
        assert all(at_key(held, slot.key).optional == slot.optional for slot in slots(held, Agreement))
        return {slot.key for slot in slots(held, Agreement) if slot.empty and not slot.optional and "fewer" in slot.key}

    assert open_questions({}) == set()
    assert open_questions({"after": 2}) == {"review.fewer.good", "review.fewer.to"}
