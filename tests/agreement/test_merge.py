"""Merging values: what either side changed is in it, what both changed differently is asked, and nothing else is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sla_tui.agreement.clashes import Clash, Whose, decided, told
from sla_tui.agreement.interleave import interleaved
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.merge import Merged, leaning, merge, merged
from sla_tui.agreement.parts import Item, Part, plain
from sla_tui.agreement.paths import Add, Batch, Change, Move, Put, Remove, apply, at_key
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.references import rename
from sla_tui.agreement.renames import aligned, renamed_items
from sla_tui.agreement.sameness import same
from sla_tui.agreement.sources import Source
from sla_tui.agreement.terms import Agreement
from tests.merges import DEEP, case, flat, under, wrong
from tests.quotas import QUOTA

SEEDS = 3000 if DEEP else 60
"""How many random merges are tried; ``HYPOTHESIS_PROFILE=deep`` tries 3,000."""

BASE = Agreement.model_validate(
    {
        "agreement": {"title": "SLA", "calendar": {"days": ["mon", "tue"], "timezone": "UTC"}},
        "objective": {"purpose": "Why", "success": {"metric": "Share", "to": "40 %"}},
        "stakeholders": {"people": [{"id": "ana", "name": "Ana Ruiz"}, {"id": "sam", "name": "Sam Osei"}]},
        "scoring": {
            "stages": [{"id": "mql", "name": "Qualified", "at": 50}, {"id": "sql", "name": "Sales", "at": 80}],
            "rules": [
                {"id": "open", "label": "Opens an email", "when": "email_open", "points": 2, "group": "engagement"},
                {"id": "click", "label": "Clicks", "when": "email_click", "points": 5},
                {"id": "us", "label": "In the US", "when": {"field": "country", "is": 1}, "points": 10},
            ],
            "groups": [{"id": "engagement", "name": "Engagement", "cap": 60}],
        },
        "commitments": [
            {"id": "follow-up", "party": "sales", "activity": "Follow up", "applies_to": "mql", "owner": "ana"}
        ],
        "sources": {"scoring.stages.mql.at": {"kind": "example"}},
    }
)


def after(*changes: Change, base: Any = BASE) -> Any:
    return apply(base, Batch(changes))[0]


def rule(id_: str, **said: Any) -> Item:
    return type(at_key(BASE, "scoring.rules").value[0]).model_validate({"id": id_, **said})


def renamed(key: str, id_: str) -> Agreement:
    return apply(BASE, rename(BASE, key, id_))[0]


def both(ours: Agreement, theirs: Agreement) -> Merged[Agreement]:
    return merge(BASE, ours, theirs)


def kinds(result: Merged[Any]) -> dict[str, Clash]:
    return {one.key: one.kind for one in result.conflicts}


def ids(result: Merged[Any], key: str) -> list[str]:
    return [item.id for item in at_key(result.value, key).value]


@pytest.mark.parametrize("part", range(4))
def test_random_versions_merge_as_the_places_say(part: int) -> None:
    for seed in range(part, SEEDS, 4):
        versions = case(seed)
        result = merge(versions.base.value, versions.ours.value, versions.theirs.value)
        assert not wrong(versions, result.value, result.conflicts), seed
        assert same(type(result.value).model_validate(plain(result.value)), result.value), seed


@pytest.mark.parametrize("part", range(2))
def test_random_conflicts_decided_for_theirs_say_theirs(part: int) -> None:
    for seed in range(part, SEEDS, 2):
        versions = case(seed)
        three = aligned(versions.base.value, versions.ours.value, versions.theirs.value)
        result = merged(three)
        value = result.value
        for conflict in result.conflicts:
            value, _ = apply(value, decided(value, conflict, Whose.THEIRS))
        assert same(plain(value), plain(leaning(three, Whose.THEIRS))), seed
        for conflict in result.conflicts:
            assert decided(result.value, conflict, Whose.MINE) is not None


def test_nothing_changed_is_the_same_object() -> None:
    assert both(BASE, BASE).value is BASE
    ours = after(Put("objective.purpose", "New"))
    assert both(ours, BASE).value is ours
    assert both(BASE, ours).value is ours
    assert both(ours, ours) == Merged(ours, ())


def test_answers_of_both_sides_come_together() -> None:
    ours = after(Put("scoring.rules.open.points", 3), Put("agreement.title", "Ours"))
    theirs = after(Put("scoring.rules.open.cap", 20), Put("objective.success.to", "45 %"))
    result = both(ours, theirs)
    assert not result.conflicts
    assert result.value == after(
        Put("scoring.rules.open.points", 3),
        Put("agreement.title", "Ours"),
        Put("scoring.rules.open.cap", 20),
        Put("objective.success.to", "45 %"),
    )


def test_one_answer_changed_differently_is_a_conflict_and_says_mine() -> None:
    result = both(after(Put("scoring.stages.mql.at", 55)), after(Put("scoring.stages.mql.at", 60)))
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.kind) == ("scoring.stages.mql.at", Clash.CHANGED)
    assert (conflict.before, conflict.mine, conflict.theirs) == (50, 55, 60)
    assert at_key(result.value, "scoring.stages.mql.at").value == 55
    assert told(conflict) == 'ours says "55", theirs says "60"; before it was "50"'


def test_the_same_change_on_both_sides_is_none() -> None:
    one = after(Put("scoring.stages.mql.at", 55), Remove("scoring.rules.click"))
    again = after(Put("scoring.stages.mql.at", 55), Remove("scoring.rules.click"))
    assert both(one, again) == Merged(one, ())


def test_an_answer_cleared_and_changed_is_a_conflict() -> None:
    result = both(after(Put("objective.purpose", None)), after(Put("objective.purpose", "Other")))
    assert kinds(result) == {"objective.purpose": Clash.CHANGED}
    assert result.value.objective is not None
    assert result.value.objective.purpose is None


def test_true_is_not_one() -> None:
    ours = after(
        Put("scoring.rules.us", rule("us", label="In the US", when={"field": "country", "is": True}, points=10))
    )
    result = both(ours, after(Put("scoring.rules.us.points", 11)))
    assert plain(at_key(result.value, "scoring.rules.us.when").value) == {"field": "country", "is": True}
    assert at_key(result.value, "scoring.rules.us.points").value == 11


def test_a_list_of_words_is_one_answer() -> None:
    days = "agreement.calendar.days"
    result = both(after(Put(days, ("mon",))), after(Put(days, ("mon", "tue", "wed"))))
    assert kinds(result) == {days: Clash.CHANGED}


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("gone", "kept"),
    [
        (Remove("scoring.rules.click"), Put("scoring.rules.click.points", 9)),
        (Put("objective.success", None), Put("objective.success.to", "45 %")),
        (Put("objective", None), Put("objective.purpose", "Other")),
        (Put("commitments", None), Put("commitments.follow-up.owner", "sam")),
    ],
)
def test_taken_out_and_changed_is_a_conflict_of_the_whole_thing(gone: Any, kept: Any, swapped: bool) -> None:
    sides = (after(kept), after(gone)) if swapped else (after(gone), after(kept))
    result = both(*sides)
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.kind) == (gone.key, Clash.REMOVED)
    assert (conflict.mine is None, conflict.theirs is None) == (not swapped, swapped)
    assert result.value == sides[0]
    assert apply(result.value, decided(result.value, conflict, Whose.THEIRS))[0] == sides[1]


def test_what_one_side_took_out_stays_out() -> None:
    result = both(after(Remove("scoring.rules.click"), Put("objective", None)), after(Put("agreement.title", "Theirs")))
    assert not result.conflicts
    assert ids(result, "scoring.rules") == ["open", "us"]
    assert result.value.objective is None


def test_entries_that_both_added_stand_behind_what_they_followed() -> None:
    ours = after(Add("scoring.rules", rule("mine", points=1), 1))
    theirs = after(Add("scoring.rules", rule("other", points=2), 1), Add("scoring.rules", rule("last", points=3)))
    assert ids(both(ours, theirs), "scoring.rules") == ["open", "mine", "other", "click", "us", "last"]
    assert not both(ours, theirs).conflicts


def test_another_entry_under_the_same_id_is_a_conflict() -> None:
    ours, theirs = (after(Add("scoring.rules", rule("new", points=points))) for points in (1, 2))
    result = both(ours, theirs)
    assert kinds(result) == {"scoring.rules.new": Clash.ADDED}
    assert at_key(result.value, "scoring.rules.new.points").value == 1
    value, _ = apply(result.value, decided(result.value, result.conflicts[0], Whose.THEIRS))
    assert at_key(value, "scoring.rules.new.points").value == 2


def test_of_two_equal_entries_the_fuller_one_is_taken() -> None:
    ours, theirs = after(Add("scoring.rules", rule("new"))), after(Add("scoring.rules", rule("new", points=2)))
    for result in (both(ours, theirs), both(theirs, ours)):
        assert not result.conflicts
        assert at_key(result.value, "scoring.rules.new.points").value == 2


def test_a_section_that_both_took_in_is_merged_answer_by_answer() -> None:
    ours = after(Put("review.sooner", "Mine"), Put("glossary.terms", ()))
    theirs = after(Put("review.first", date(2027, 3, 1)))
    result = both(ours, theirs)
    assert not result.conflicts
    assert plain(result.value.review) == {"first": date(2027, 3, 1), "sooner": "Mine"}
    assert kinds(both(ours, after(Put("review.sooner", "Theirs")))) == {"review.sooner": Clash.CHANGED}


def test_moves_of_both_sides_come_together() -> None:
    base = after(*(Add("scoring.rules", rule(id_)) for id_ in ("d", "e")))
    ours = after(Move("scoring.rules.open", 4), base=base)
    theirs = after(Move("scoring.rules.e", 0), Put("scoring.rules.us.points", 12), base=base)
    result = merge(base, ours, theirs)
    assert not result.conflicts
    assert ids(result, "scoring.rules") == ["e", "click", "us", "d", "open"]
    assert at_key(result.value, "scoring.rules.us.points").value == 12


def test_an_entry_moved_two_ways_is_a_conflict() -> None:
    ours, theirs = after(Move("scoring.rules.click", 0)), after(Move("scoring.rules.click", 2))
    result = both(ours, theirs)
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.kind) == ("scoring.rules", Clash.MOVED)
    assert conflict.before == ("open", "click", "us")
    assert ids(result, "scoring.rules") == ["click", "open", "us"]
    value, _ = apply(result.value, decided(result.value, conflict, Whose.THEIRS))
    assert [item.id for item in at_key(value, "scoring.rules").value] == ["open", "us", "click"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "order", "agreed"),
    [
        ("abc", "abc", "abc", "abc", True),
        ("abc", "bca", "abc", "bca", True),
        ("abc", "bca", "cab", "cba", True),
        ("abc", "bac", "acb", "bac", False),
        ("", "ab", "cd", "abcd", True),
        ("", "ab", "ba", "ab", True),
        ("ab", "axb", "ayb", "axyb", True),
        ("ab", "b", "xab", "xab", True),
        ("abcd", "dbca", "abcd", "dbca", True),
    ],
)
def test_orders(base: str, ours: str, theirs: str, order: str, agreed: bool) -> None:
    result = interleaved(base, ours, theirs)
    assert ("".join(result.keys), result.agreed) == (order, agreed)


# Entries with another id


def test_a_renamed_entry_takes_the_other_sides_changes_and_is_named_anew() -> None:
    ours = renamed("scoring.stages.mql", "lead")
    theirs = after(
        Put("scoring.stages.mql.at", 60),
        Add("commitments", type(at_key(BASE, "commitments").value[0]).model_validate({"id": "n", "applies_to": "mql"})),
        Put("sources", {"scoring.stages.mql.at": Source(kind="agreed")}),
    )
    for result in (both(ours, theirs), both(theirs, ours)):
        assert not result.conflicts
        assert ids(result, "scoring.stages") == ["lead", "sql"]
        assert at_key(result.value, "scoring.stages.lead.at").value == 60
        assert [one.applies_to for one in result.value.commitments or ()] == ["lead", "lead"]
        assert result.value.sources == {"scoring.stages.lead.at": Source(kind="agreed")}


def test_an_entry_renamed_and_moved_by_one_side_is_known_again() -> None:
    ours = after(Move("scoring.rules.opens", 2), base=renamed("scoring.rules.open", "opens"))
    result = both(ours, after(Put("scoring.rules.open.points", 4)))
    assert not result.conflicts
    assert ids(result, "scoring.rules") == ["click", "us", "opens"]
    assert at_key(result.value, "scoring.rules.opens.points").value == 4


def test_an_entry_renamed_and_reworded_where_it_stands_is_known_again() -> None:
    changed = after(Put("scoring.rules.opens.points", 3), base=renamed("scoring.rules.open", "opens"))
    assert list(renamed_items(BASE, changed)) == [("scoring.rules.open", "opens")]


def test_another_entry_in_its_place_is_none_renamed() -> None:
    other = rule("hired", label="Hires", when="email_open", points=2)
    ours = after(Remove("scoring.rules.click"), Add("scoring.rules", other, 1))
    assert not list(renamed_items(BASE, ours))
    result = both(ours, after(Put("scoring.rules.click.points", 7)))
    assert kinds(result) == {"scoring.rules.click": Clash.REMOVED}


def test_two_new_ids_for_one_entry_are_a_conflict() -> None:
    ours = renamed("scoring.stages.mql", "lead")
    theirs = after(Put("scoring.rules.us.points", 12), base=renamed("scoring.stages.mql", "hot"))
    result = both(ours, theirs)
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.kind) == ("scoring.stages.lead.id", Clash.RENAMED)
    assert (conflict.before, conflict.mine, conflict.theirs) == ("mql", "lead", "hot")
    value, _ = apply(result.value, decided(result.value, conflict, Whose.THEIRS))
    assert value == theirs


def test_renamed_and_taken_out_is_a_conflict() -> None:
    ours = renamed("scoring.rules.click", "clicks")
    theirs = after(Remove("scoring.rules.click"))
    assert kinds(both(ours, theirs)) == kinds(both(theirs, ours)) == {"scoring.rules.clicks": Clash.REMOVED}
    assert ids(both(ours, theirs), "scoring.rules") == ["open", "clicks", "us"]


def test_a_new_id_that_the_other_side_gave_to_something_else_is_a_conflict() -> None:
    ours = renamed("scoring.rules.click", "mine")
    theirs = after(Add("scoring.rules", rule("mine", points=99)))
    result = both(ours, theirs)
    assert kinds(result) == {"scoring.rules.mine": Clash.ADDED}
    assert at_key(result.value, "scoring.rules.mine.points").value == 5


# What a file cannot hold


@pytest.mark.parametrize("swapped", [False, True])
def test_a_rule_in_a_group_that_the_other_side_took_out_is_a_conflict(swapped: bool) -> None:
    gone = after(Put("scoring.rules.open.group", None), Remove("scoring.groups.engagement"))
    used = after(
        Put("scoring.rules.click.group", "engagement"), Add("scoring.rules", rule("new", group="engagement", points=1))
    )
    sides = (used, gone) if swapped else (gone, used)
    result = both(*sides)
    assert set(kinds(result).values()) == {Clash.NEEDED}
    expected = {"scoring.rules.click.group", "scoring.rules.new.group", "scoring.groups.engagement"}
    assert set(kinds(result)) == expected
    assert ids(result, "scoring.groups") == (["engagement"] if swapped else [])
    value = result.value
    for conflict in result.conflicts:
        value, _ = apply(value, decided(value, conflict, Whose.THEIRS))
    assert [item.id for item in at_key(value, "scoring.groups").value] == ([] if swapped else ["engagement"])
    assert at_key(value, "scoring.rules.new.group").value == (None if swapped else "engagement")


# Maps, and the other files


def test_remarks_are_merged_one_by_one() -> None:
    ours = after(Put("sources", {"scoring.stages.mql.at": Source(kind="agreed")}))
    theirs = after(Put("sources", {**(BASE.sources or {}), "objective": Source(kind="example")}))
    result = both(ours, theirs)
    assert result.value.sources == {"scoring.stages.mql.at": Source(kind="agreed"), "objective": Source(kind="example")}
    theirs = after(Put("sources", None))
    result = both(ours, theirs)
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.entry) == ("sources.scoring.stages.mql.at", "scoring.stages.mql.at")
    assert apply(result.value, decided(result.value, conflict, Whose.THEIRS))[0].sources is None


def test_a_quota_and_a_lead_mapping_are_merged_alike() -> None:
    quota = Quota.model_validate(QUOTA)
    ours = apply(quota, Put("quota.segments.restaurants.leads", 100))[0]
    theirs = apply(quota, Put("capacity.reps", 9))[0]
    result = merge(quota, ours, theirs)
    assert not result.conflicts
    assert result.value == apply(ours, Put("capacity.reps", 9))[0]
    base = LeadMapping(names={"a": "A"}, unknown=("x",))
    mapping = merge(base, LeadMapping(names={"a": "A", "b": "B"}), LeadMapping(names={"a": "Z"}, unknown=("x",)))
    assert mapping.value == LeadMapping(names={"a": "Z", "b": "B"})


def test_the_places_of_a_conflict_are_mine_alone() -> None:
    ours, theirs = after(Remove("scoring.rules.click")), after(Put("scoring.rules.click.points", 9))
    result = both(ours, theirs)
    place = ("scoring", "rules", "click")
    assert not [one for one in flat(result.value, {}) if under(one, place)]
    assert isinstance(result.conflicts[0].theirs, Part)
