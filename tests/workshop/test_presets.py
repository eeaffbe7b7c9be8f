"""The usual entries of a list and the usual answers of a section, as the templates have them."""

from __future__ import annotations

import pytest

from sla_tui.agreement.check import check
from sla_tui.agreement.examples import is_example
from sla_tui.agreement.parts import slots, specs
from sla_tui.agreement.paths import apply, at_key
from sla_tui.agreement.references import nameable, named
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind
from sla_tui.workshop.items import items_of
from sla_tui.workshop.library import templates
from sla_tui.workshop.presets import adding_usual, known_usual, shipped, usual, usual_section

BARE = Agreement.model_validate({"agreement": {}, "commitments": [{"id": "mine", "party": "sales"}], "scoring": {}})
SECTIONS = [spec.key for spec in specs(Agreement) if spec.about]


def strangers(part: Agreement) -> list[str]:
    """The answers that name what is not there."""
    return [
        slot.key
        for slot in slots(part, type(part))
        if named(slot)
        and slot.spec.ask.of != ("**",)
        and set(named(slot)) - set(nameable(part, slot.spec.ask.of) or ())
    ]


def test_every_template_is_read_the_fullest_first() -> None:
    assert len(shipped()) == len(templates())
    present = [sum(getattr(one, spec.name) is not None for spec in specs(Agreement)) for one in shipped()]
    assert present[0] == max(present)


def test_entries_that_are_there_already_are_not_offered() -> None:
    offered = usual(BARE, "commitments")
    assert len({one.id for one in offered}) == len(offered) > 5
    part, _ = apply(BARE, adding_usual(BARE, "commitments", "commitments", offered[:2]).change)
    assert {one.id for one in usual(part, "commitments")} == {one.id for one in offered[2:]}


def test_entries_are_added_below_the_cursor_in_one_step_as_examples() -> None:
    two = usual(BARE, "commitments")[:2]
    doing = adding_usual(BARE, "commitments.mine.within", "commitments", two)
    part, back = apply(BARE, doing.change)
    assert [one.id for one in items_of(at_key(part, "commitments"))] == ["mine", *(one.id for one in two)]
    assert doing.look == f"commitments.{two[0].id}"
    assert is_example(part, f"commitments.{two[0].id}.within")
    assert not is_example(part, "commitments.mine.party")
    assert apply(part, back)[0] == BARE


def test_what_they_name_that_is_not_here_is_left_open() -> None:
    rules = [one for one in usual(BARE, "scoring.rules") if getattr(one, "group", None)]
    assert rules, "a template has rules in groups"
    part, _ = apply(BARE, adding_usual(BARE, "scoring.rules", "scoring.rules", rules).change)
    assert strangers(part) == []
    assert {getattr(one, "group", "") for one in items_of(at_key(part, "scoring.rules"))} == {None}


def test_what_they_name_among_themselves_stays() -> None:
    stages = usual(BARE, "scoring.stages")
    part, _ = apply(BARE, adding_usual(BARE, "scoring.stages", "scoring.stages", stages).change)
    tracks = usual(part, "scoring.fast_track")
    part, _ = apply(part, adding_usual(part, "scoring.fast_track", "scoring.fast_track", tracks).change)
    assert all(getattr(one, "stage", None) for one in items_of(at_key(part, "scoring.fast_track")))


def test_a_list_of_entries_without_templates_offers_nothing() -> None:
    whole = shipped()[0]
    assert usual(whole, "agreement.limits") == ()


@pytest.mark.parametrize("section", [key for key in SECTIONS if key not in ("agreement",)])
def test_a_section_comes_with_its_usual_answers_as_examples(section: str) -> None:
    part = BARE.model_copy(update={next(one.name for one in specs(Agreement) if one.key == section): None})
    doing = usual_section(part, section)
    if doing is None:
        assert section == "custom" or not any(getattr(one, section) for one in shipped())
        return
    after, back = apply(part, doing.change)
    assert strangers(after) == []
    answers = [slot for slot in slots(after, type(after)) if slot.key.startswith(f"{section}.") and not slot.empty]
    mine = [slot for slot in answers if slot.spec.leaf and slot.spec.kind is not Kind.ID and slot.spec.ask.asked]
    assert mine
    assert any(is_example(after, slot.key) for slot in mine)
    assert not [one for one in check(after) if one.code == "unknown-source"]
    assert apply(after, back)[0] == part


LISTS = [spec.key for spec in specs(Agreement) if spec.about and spec.kind is Kind.LIST] + [
    f"{section.key}.{spec.key}"
    for section in specs(Agreement)
    if section.about and section.kind is Kind.RECORD
    for spec in specs(section.type)
    if spec.kind is Kind.LIST
]


@pytest.mark.parametrize("list_key", LISTS)
def test_all_that_is_usual_in_a_list_can_be_added_at_once(list_key: str) -> None:
    everything = usual(BARE, list_key)
    part, back = apply(BARE, adding_usual(BARE, list_key, list_key, everything).change)
    assert {one.id for one in everything} <= {one.id for one in items_of(at_key(part, list_key))}
    assert strangers(part) == []
    assert apply(part, back)[0] == BARE


def test_what_templates_say_in_their_own_words_is_offered_to_nobody() -> None:
    held = Agreement.model_validate({"custom": []})
    assert usual(held, "custom") == ()
    assert not known_usual(held, "custom")
    assert usual_section(held, "custom") is None
