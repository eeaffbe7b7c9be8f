"""Whatever stands at a KEY can be found and changed, and every change can be taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.parts import plain, slots
from sla_tui.agreement.paths import (
    Add,
    Batch,
    Change,
    Move,
    Prune,
    Put,
    Refused,
    Remove,
    UnknownKey,
    apply,
    at_key,
    is_item,
    item_at,
    new_id,
    steps,
)
from sla_tui.agreement.references import naming, rename
from sla_tui.agreement.sections.commitments import Commitment
from sla_tui.agreement.sections.header import FORMAT
from sla_tui.agreement.sections.objective import Objective, Success
from sla_tui.agreement.sections.scoring import Rule, Stage
from sla_tui.agreement.terms import Agreement
from tests.strategies import changes, ids, parts


def sample() -> Agreement:
    return Agreement.model_validate(
        {
            "objective": {"purpose": "Why", "success": {"metric": "Won"}},
            "scoring": {
                "groups": [{"id": "web", "cap": 60}],
                "rules": [{"id": "open", "when": "email_open", "group": "web"}, {"id": "click", "points": 5}],
                "stages": [{"id": "mql", "at": 50}, {"id": "sql", "at": 90}],
                "fast_track": [{"id": "demo", "stage": "mql"}],
            },
            "commitments": [{"id": "call", "applies_to": "mql"}],
            "sources": {"scoring.stages.mql.at": {"kind": "example"}, "scoring.stages.mql-2.at": {"kind": "agreed"}},
        }
    )


def test_an_answer_of_an_entry_may_stay_open_only_where_it_says_so_itself() -> None:
    found = {slot.key: slot.optional for slot in slots(sample(), Agreement)}
    assert {key: at_key(sample(), key).optional for key in found} == found


def changed(*made: Change) -> Agreement:
    return apply(sample(), Batch(made))[0]


@given(st.data())
def test_changes_and_their_inverses_give_back_the_same_agreement(data: st.DataObject) -> None:
    agreement = start = data.draw(parts(Agreement))
    before = repr(start)
    states, inverses = [start], []
    for _ in range(6):
        change = data.draw(changes(agreement))
        try:
            agreement, inverse = apply(agreement, change)
        except Refused:
            continue
        states.append(agreement)
        inverses.append(inverse)
    while inverses:
        assert agreement == states.pop()
        undone, forward = apply(agreement, inverses.pop())
        again, back = apply(undone, forward)
        assert again == agreement, "what was taken back can be done again"
        assert apply(again, back)[0] == undone
        agreement = undone
    assert agreement == start
    assert repr(start) == before, "the agreement that was changed is never touched"


@given(st.data())
def test_every_agreement_a_change_leaves_is_one_a_file_can_hold(data: st.DataObject) -> None:
    agreement = data.draw(parts(Agreement))
    try:
        agreement, _ = apply(agreement, data.draw(changes(agreement)))
    except Refused:
        return
    assert plain(Agreement.model_validate(plain(agreement))) == plain(agreement)


@given(st.data())
def test_renaming_an_item_leaves_nothing_that_names_nothing_and_can_be_taken_back(data: st.DataObject) -> None:
    agreement, id_ = sample(), data.draw(ids)
    key = data.draw(
        st.sampled_from(
            [slot.key.removesuffix(".id") for slot in slots(agreement, Agreement) if slot.key.endswith(".id")]
        )
    )
    try:
        after, inverse = apply(agreement, rename(agreement, key, id_))
    except Refused:
        return
    new = f"{key.rpartition('.')[0]}.{id_}"
    assert len(naming(after, new)) == len(naming(agreement, key))
    assert apply(after, inverse)[0] == agreement


def test_renaming_follows_the_id_into_answers_and_remarks() -> None:
    after = apply(sample(), rename(sample(), "scoring.stages.mql", "ready"))[0]
    assert [at_key(after, key).value for key in ("scoring.fast_track.demo.stage", "commitments.call.applies_to")] == [
        "ready"
    ] * 2
    assert list(after.sources or {}) == ["scoring.stages.ready.at", "scoring.stages.mql-2.at"]
    assert at_key(after, "scoring.stages.ready.at").value == 50
    after = apply(sample(), rename(sample(), "scoring.groups.web", "engagement"))[0]
    assert at_key(after, "scoring.rules.open.group").value == "engagement"
    with pytest.raises(Refused, match="sql is used twice"):
        apply(sample(), rename(sample(), "scoring.stages.mql", "sql"))
    with pytest.raises(UnknownKey):
        rename(sample(), "scoring.stages.none-such", "x")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("objective.purpose", "Why"),
        ("objective.success.metric", "Won"),
        ("objective.success.by", None),
        ("scoring.rules.click.points", 5),
        ("scoring.runs_in.system", None),
        ("stakeholders", None),
        ("stakeholders.keeper", None),
    ],
)
def test_a_key_names_what_stands_there(key: str, value: object) -> None:
    assert at_key(sample(), key).value == value
    assert at_key(sample(), key).key == key


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "known: agreement, objective"),
        ("objectve.purpose", "did you mean 'objective'"),
        ("objective.pupose", "did you mean 'purpose'"),
        ("scoring.rules.opens.points", "did you mean 'open'"),
        ("scoring.exclude.x.when", "there are none yet"),
        ("objective.purpose.more", "objective.purpose has no parts"),
        ("sources.scoring.stages.mql.at", "sources has no parts"),
        ("scoring..rules", "names nothing"),
        ("commitments.call.from_", "did you mean 'from'"),
    ],
)
def test_a_key_that_names_nothing_offers_the_nearest(key: str, why: str) -> None:
    with pytest.raises(UnknownKey, match=why):
        at_key(sample(), key)
    with pytest.raises(UnknownKey, match=why):
        apply(sample(), Put(key, "x"))


def test_the_way_to_a_key_goes_through_section_list_and_item() -> None:
    keys = [slot.key for slot in steps(sample(), "scoring.rules.open.when")]
    assert keys == ["scoring", "scoring.rules", "scoring.rules.open", "scoring.rules.open.when"]


def test_an_item_is_found_with_its_place() -> None:
    slot, at = item_at(sample(), "scoring.rules.click")
    assert (slot.key, at) == ("scoring.rules", 1)
    assert is_item(sample(), "scoring.rules.click")
    for key in ("scoring.rules", "scoring", "objective.purpose.x", "scoring.rules.none-such"):
        assert not is_item(sample(), key)


def test_putting_an_answer_makes_the_section_and_record_it_stands_in() -> None:
    agreement, back = apply(Agreement(), Put("objective.success.metric", "Won"))
    assert agreement.objective == Objective(success=Success(metric="Won"))
    assert apply(agreement, back)[0] == Agreement()


def test_taking_back_the_first_answer_of_a_section_keeps_what_came_into_it_since() -> None:
    agreement, back = apply(Agreement(), Put("objective.purpose", "Why"))
    agreement, _ = apply(agreement, Put("objective.scope", "All"))
    assert apply(agreement, back)[0].objective == Objective(scope="All")


def test_an_empty_record_that_was_filled_is_empty_again_not_absent() -> None:
    start = Agreement(objective=Objective(success=Success()))
    agreement, back = apply(start, Put("objective.success.metric", "Won"))
    assert apply(agreement, back)[0] == start


def test_clearing_the_last_answer_of_a_record_clears_the_record_but_never_a_section() -> None:
    agreement = changed(Put("objective.success.metric", None), Put("objective.purpose", None))
    assert agreement.objective == Objective()


def test_items_are_added_moved_and_removed() -> None:
    new = Stage(id="new", at=70)

    def order(*made: Change) -> list[str]:
        scoring = changed(*made).scoring
        assert scoring
        return [stage.id for stage in scoring.stages]

    assert order(Add("scoring.stages", new)) == ["mql", "sql", "new"]
    assert order(Add("scoring.stages", new, 1)) == ["mql", "new", "sql"]
    assert order(Move("scoring.stages.sql", 0)) == ["sql", "mql"]
    assert order(Move("scoring.stages.mql", 99)) == ["sql", "mql"]
    assert order(Move("scoring.stages.sql", -5)) == ["sql", "mql"]
    assert order(Add("scoring.stages", new), Move("scoring.stages.new", -1)) == ["new", "mql", "sql"]
    assert order(Remove("scoring.stages.mql")) == ["sql"]
    assert order(Put("scoring.stages", None)) == []
    assert order(Put("scoring.stages.mql.id", "first")) == ["first", "sql"]
    assert order(Put("scoring.stages.mql", new)) == ["new", "sql"]


def test_pruning_takes_away_only_what_is_empty() -> None:
    assert changed(Prune("objective")).objective is not None
    assert changed(Put("stakeholders", {}), Prune("stakeholders")).stakeholders is None
    assert changed(Put("custom", ()), Prune("custom")).custom is None
    assert changed(Prune("custom")).custom is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Put("scoring.rules.open.points", "5"), "a whole number is needed"),
        (Put("scoring.rules.open.points", 10**9), "at most 1000000 is possible"),
        (Put("scoring.rules.open.cap", -1), "at least 0 is needed"),
        (Put("scoring.rules.open.per", "twice"), "one of these is needed"),
        (Put("scoring.rules.open.group", "none-such"), "rule open counts in group none-such"),
        (Put("scoring.rules.open.id", "click"), "click is used twice"),
        (Put("scoring.rules.open.id", "Not an id"), "small letters, digits and hyphens"),
        (Put("scoring.rules.open.id", "score"), "cannot be an id"),
        (Put("scoring.rules.open.id", None), "something is missing"),
        (Put("scoring.rules.open", None), "name one of its answers"),
        (Put("objective.purpose", 3), "text is needed"),
        (Put("objective", "x"), "objective"),
        (Add("scoring.rules", Rule(id="open")), "open is used twice"),
        (Add("scoring.rules", Commitment(id="x")), "scoring.rules"),
        (Remove("scoring.groups.web"), "rule open counts in group web"),
    ],
)
def test_what_the_agreement_does_not_take_is_refused_in_a_persons_words(change: Change, why: str) -> None:
    start = sample()
    with pytest.raises(Refused, match=why):
        apply(start, change)
    assert start == sample()


@pytest.mark.parametrize(
    "change",
    [Add("objective", Rule(id="x")), Remove("objective"), Remove("scoring.rules.x"), Move("objective.purpose", 1)],
)
def test_a_change_at_a_key_of_another_kind_names_the_key(change: Change) -> None:
    with pytest.raises(UnknownKey, match=r"objective|scoring"):
        apply(sample(), change)


def test_a_step_of_several_changes_is_whole_or_not_at_all() -> None:
    start = sample()
    with pytest.raises(Refused):
        apply(start, Batch((Put("objective.purpose", "New"), Put("scoring.rules.open.cap", -1))))
    assert start == sample()


@pytest.mark.parametrize(
    ("words", "taken", "made"),
    [
        ("Opens a marketing email", (), "opens-a-marketing-email"),
        ("One two three four five six", (), "one-two-three-four-five"),
        ("Café & Bar", (), "cafe-bar"),
        ("Cem Özil, Großkunden", (), "cem-ozil-grosskunden"),
        ("Call", ("call",), "call-2"),
        ("Call", ("call", "call-2"), "call-3"),
        ("Score", (), "score-2"),
        ("none", (), "none-2"),
        ("שלום", (), "item"),
        ("", ("item",), "item-2"),
        ("x" * 200, (), "x" * 40),
    ],
)
def test_a_new_id_is_made_of_words_and_not_yet_taken(words: str, taken: tuple[str, ...], made: str) -> None:
    assert new_id(words, taken) == made


def test_references_are_the_answers_that_name_an_item() -> None:
    assert naming(sample(), "scoring.stages.mql") == ("scoring.fast_track.demo.stage", "commitments.call.applies_to")
    assert naming(sample(), "scoring.stages.sql") == ()


def test_a_key_from_outside_never_reaches_attributes_of_the_model() -> None:
    held: Any = sample()
    for key in ("model_config", "model_fields", "__class__", "copy"):
        with pytest.raises(UnknownKey):
            at_key(held, key)


@pytest.mark.parametrize("layout", [0, -1, FORMAT + 1])
def test_the_layout_is_never_set_to_one_that_nothing_here_could_read_again(layout: int) -> None:
    with pytest.raises(Refused):
        apply(Agreement(), Put("agreement.format", layout))
