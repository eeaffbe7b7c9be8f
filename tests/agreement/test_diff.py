"""What differs between two versions: found by KEY and id, and told in the agreement's words."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.diff import Difference, How, by_section, compare, diff
from sla_tui.agreement.fingerprint import terms_fingerprint
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import Part
from sla_tui.agreement.paths import Refused, UnknownKey, apply
from sla_tui.agreement.quota import Quota
from sla_tui.agreement.rewording import brief, reworded
from sla_tui.agreement.telling import Telling, words
from sla_tui.agreement.terms import Agreement
from tests.strategies import changes, parts

BEFORE = """
[agreement]
title = "SLA"
status = "draft"
schedules = ["scoring", "fields"]

[agreement.calendar]
days = ["mon", "tue"]
holidays = [2027-01-01, 2027-12-24]

[[agreement.limits]]
id = "threshold"
key = "scoring.stages.mql.at"
at_most = 60

[objective]
purpose = "Hand over every qualified lead with what sales needs to win it, and work every lead that is handed over."

[stakeholders]
keeper = "sam"

[[stakeholders.people]]
id = "sam"
name = "Sam Osei"

[[stakeholders.people]]
id = "ana"
name = "Ana Ruiz"

[scoring]
half_life_days = 60

[[scoring.stages]]
id = "mql"
name = "Marketing qualified lead"
at = 50

[[scoring.stages]]
id = "ready"
name = "Ready to buy"
at = 70

[[scoring.rules]]
id = "open"
label = "Opens an email"
when = "email_open"
points = 2

[[scoring.rules]]
id = "demo"
label = "Asks for a demo"
when = "demo_request"
points = 40

[[scoring.rules]]
id = "country"
label = "Is in a target country"
when = { field = "country", is = "US" }
points = 10

[[commitments]]
id = "follow-up"
party = "sales"
activity = "Follow up"
share = "90 %"
applies_to = "mql"
within = "24 business hours"
from = "received"

[handoff]
at = "mql"

[[communication.meetings]]
id = "weekly"
name = "Weekly review"

[sources]
"scoring.stages.mql.at" = { kind = "example" }
"""


def read(text: str, model: type[Any] = Agreement) -> Any:
    return model.model_validate(tomllib.loads(text))


def changed(*swaps: tuple[str, str]) -> Agreement:
    """BEFORE with some of its text swapped."""
    text = BEFORE
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text)


def told(old: Part, new: Part) -> list[str]:
    """The differences in words, without the sections they are in."""
    return [line for section in Telling(compare(old, new)).sections() for line in section.lines]


def hows(old: Part, new: Part) -> list[tuple[str, How]]:
    return [(one.key, one.how) for one in diff(old, new)]


@pytest.mark.parametrize(
    ("swap", "line"),
    [
        (('within = "24 b', 'within = "4 b'), "Follow up: within 24 → 4 business hours"),
        (('within = "24 business hours"', 'within = "1 day"'), "Follow up: within 24 business hours → 1 day"),
        (('share = "90 %"', 'share = "95 %"'), "Follow up: share 90 → 95 %"),
        (("at = 50", "at = 55"), "MQL: from points 50 → 55"),
        (("points = 40", "points = 35"), "Asks for a demo: 40 → 35 points"),
        (("half_life_days = 60", "half_life_days = 30"), "Half-life: 60 → 30 days"),
        (("half_life_days = 60", ""), "Half-life, days: left open (was 60)"),
        (('at = "mql"', 'at = "ready"'), "At stage: MQL → Ready to buy"),
        (('status = "draft"', 'status = "active"'), "Status: draft → active: signed by both sides"),
        (('keeper = "sam"', 'keeper = "ana"'), "Keeper: Sam Osei → Ana Ruiz"),
        (('keeper = "sam"', 'keeper = "kim"'), "Keeper: Sam Osei → kim"),
        (('keeper = "sam"', ""), "Keeper: left open (was Sam Osei)"),
        (
            ('is = "US"', 'in = ["US", "CA"]'),
            "Is in a target country: when “country is US” → “country is one of US, CA”",
        ),
        (('"scoring", "fields"', '"fields", "scoring"'), "Schedules: in another order"),
        (('"scoring", "fields"', '"scoring", "reporting"'), "Schedules: with Reporting, without Fields"),
        (("2027-12-24]", "2027-12-25, 2027-12-26]"),
         "Business hours, holidays: with 2027-12-25 and 2027-12-26, without 2027-12-24"),
        (("at_most = 60", "at_most = 65"), "Scoring, MQL, from points: at most 60 → 65"),
        (('"Asks for a demo"', '"Requests a demo"'), "“Asks for a demo” is now called “Requests a demo”"),
        (('name = "Marketing q', 'name = "Q'), "MQL: name “Marketing qualified lead” → “Qualified lead”"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_the_words_of_its_question(swap: tuple[str, str], line: str) -> None:
    (one,) = diff(read(BEFORE), changed(swap))
    assert one.how is How.CHANGED
    assert words(one, read(BEFORE), changed(swap)) == line


def test_an_answer_that_was_open_is_given() -> None:
    assert told(changed(("half_life_days = 60", "")), read(BEFORE)) == ["Half-life: 60 days (was open)"]
    assert told(changed(('keeper = "sam"', "")), read(BEFORE)) == ["Keeper: Sam Osei (was open)"]


def test_only_the_words_that_changed_of_a_long_text_are_told() -> None:
    def purpose(old: str, new: str) -> list[str]:
        return told(read(BEFORE), changed((old, new)))

    assert purpose("what sales needs to win it", "all that sales asks for") == [
        "Purpose: “… qualified lead with [what sales needs to win it, → all that sales asks for,] and work every …”"
    ]
    assert purpose("qualified lead", "lead") == ["Purpose: “Hand over every [− qualified] lead with what …”"]
    assert purpose("handed over.", "handed over in time.") == ["Purpose: “… that is handed [over. → over in time.]”"]
    assert purpose("and work every lead that is handed over.", "\\nand work every lead that is handed over.") == [
        "Purpose: other line breaks"
    ]


def test_a_text_written_anew_is_told_by_how_it_begins() -> None:
    old, new = " ".join(f"old{n}" for n in range(40)), " ".join(f"new{n}" for n in range(40))
    assert reworded(old, new) == f"{'“' + brief(old) + '”'} → {'“' + brief(new) + '”'}"
    assert reworded("short", "brief") == "“short” → “brief”"


def test_texts_that_begin_alike_are_told_by_where_they_part() -> None:
    start = "Every lead that comes in by itself goes to the rep of its territory"
    old, new = f"{start} {'old ' * 200}".strip(), f"{start} {'new ' * 200}".strip()
    assert (
        reworded(old, new)
        == "“… of its territory [old old old old old old … old old old → new new new new new new … new new new]”"
    )


def test_one_of_something_is_told_in_the_singular() -> None:
    rule = '[[scoring.rules]]\nid = "view"\nlabel = "Views a page"\npoints = 1\n'
    assert told(read(BEFORE), read(BEFORE + rule)) == ["New rule: Views a page, 1 point"]


def test_of_many_changed_places_the_first_are_told_and_the_others_counted() -> None:
    old = " ".join(f"word{n}" for n in range(100))
    new = " ".join("other" if n % 20 == 7 else f"word{n}" for n in range(100))
    said = reworded(old, new)
    assert said.count("→ other]") == 3
    assert said.endswith(" … ” and 2 more places") or said.endswith(" …” and 2 more places")
    assert "word87" not in said


def test_texts_of_a_megabyte_are_told_apart_at_once() -> None:
    old = "a " * 250_000 + "end"
    assert len(reworded(old, "b " * 250_000 + "end")) < 200
    assert reworded(old, old.replace("end", "stop")) == "“… a a a [end → stop]”"


def test_entries_come_go_and_move() -> None:
    new = read(
        BEFORE.replace(
            '[[scoring.rules]]\nid = "open"\nlabel = "Opens an email"\nwhen = "email_open"\npoints = 2\n', ""
        )
        .replace('id = "sam"\nname = "Sam Osei"', 'id = "@"\nname = "Ana Ruiz"')
        .replace('id = "ana"\nname = "Ana Ruiz"', 'id = "sam"\nname = "Sam Osei"')
        .replace('id = "@"', 'id = "ana"')
        + '[[scoring.rules]]\nid = "price"\nlabel = "Looks at prices"\nwhen = "pricing"\npoints = 15\n'
    )
    assert told(read(BEFORE), new) == [
        "Moved: Sam Osei, now after Ana Ruiz",
        "New rule: Looks at prices, 15 points, when pricing",
        "Removed rule: Opens an email, 2 points, when email_open",
    ]
    assert [how for _, how in hows(new, read(BEFORE))] == [How.MOVED, How.ADDED, How.REMOVED]


def test_a_promise_that_came_is_told_as_a_sentence() -> None:
    new = read(
        BEFORE + '[[commitments]]\nid = "c"\nparty = "marketing"\nactivity = "Deliver"\n'
        'amounts = [{ count = 40, unit = "lead" }]\nper = "month"\n'
    )
    assert told(read(BEFORE), new) == ["New commitment: Marketing will deliver 40 leads each month"]


def test_as_few_entries_as_can_be_are_said_to_have_moved() -> None:
    def rules(order: str) -> Agreement:
        return Agreement.model_validate({"scoring": {"rules": [{"id": id_, "label": id_.upper()} for id_ in order]}})

    assert told(rules("abcdef"), rules("bcdefa")) == ["Moved: A, now after F"]
    assert told(rules("abcdef"), rules("fabcde")) == ["Moved: F, now first"]
    assert told(rules("abc"), rules("abxc")) == ["New rule: X"]
    assert told(rules("abc"), rules("ac")) == ["Removed rule: B"]


def test_sections_come_and_go_as_a_whole() -> None:
    without = read(BEFORE).model_copy(update={"handoff": None})
    assert hows(without, read(BEFORE)) == [("handoff", How.TAKEN_IN)]
    assert told(without, read(BEFORE)) == ["now part of this version"]
    (gone,) = diff(read(BEFORE), without)
    assert words(gone, read(BEFORE), without) == "Handoff: no longer part of this version"


def test_an_entry_under_another_id_is_followed() -> None:
    new = changed(('id = "follow-up"', 'id = "first-call"'), ('within = "24', 'within = "4'))
    assert hows(read(BEFORE), new) == [
        ("commitments.first-call.id", How.RENAMED),
        ("commitments.first-call.within", How.CHANGED),
    ]
    assert told(read(BEFORE), new) == [
        "Follow up: id follow-up → first-call",
        "Follow up: within 24 → 4 business hours",
    ]


def test_whatever_names_an_entry_with_another_id_did_not_change() -> None:
    new = changed(
        ('id = "mql"\n', 'id = "qualified"\n'),
        ('applies_to = "mql"', 'applies_to = "qualified"'),
        ('at = "mql"', 'at = "qualified"'),
        ('key = "scoring.stages.mql.at"', 'key = "scoring.stages.qualified.at"'),
        ('"scoring.stages.mql.at" = {', '"scoring.stages.qualified.at" = {'),
    )
    assert hows(read(BEFORE), new) == [("scoring.stages.qualified.id", How.RENAMED)]


def test_entries_called_the_same_are_told_apart() -> None:
    again = '[[scoring.rules]]\nid = "demo-2"\nlabel = "Asks for a demo"\nwhen = "demo_video"\npoints = 5\n'
    old, new = read(BEFORE + again), read(BEFORE + again.replace("5", "6"))
    assert told(old, new) == ["Asks for a demo (demo-2): 5 → 6 points"]


def test_entries_within_entries_are_told_with_what_they_are_in() -> None:
    item = '[[communication.meetings.agenda]]\nid = "results"\ntopic = "Results"\n'
    new = read(BEFORE.replace('name = "Weekly review"\n', f'name = "Weekly review"\n{item}'))
    (one,) = diff(read(BEFORE), new)
    assert one.key == "communication.meetings.weekly.agenda.results"
    assert words(one, read(BEFORE), new) == f"Weekly review, new {one.spec.entry}: Results"


def test_where_answers_come_from_is_a_group_of_its_own() -> None:
    new = changed(('{ kind = "example" }', '{ kind = "measured", note = "as of June" }'), ("at = 50", "at = 55"))
    sections = Telling(compare(read(BEFORE), new)).sections()
    assert [(one.section, one.lines) for one in sections] == [
        ("scoring", ("MQL: from points 50 → 55",)),
        ("sources", ("Scoring, MQL, from points: measured (as of June)",)),
    ]
    without = changed(('"scoring.stages.mql.at" = { kind = "example" }', ""))
    assert told(read(BEFORE), without) == ["Scoring, MQL, from points: no longer an example"]


def test_many_answers_that_were_agreed_are_counted() -> None:
    rules = ("open", "demo", "country")
    marks = "".join(f'"scoring.rules.{id_}.points" = {{ kind = "example" }}\n' for id_ in rules)
    old, new = read(BEFORE + marks), read((BEFORE + marks).replace("example", "agreed"))
    assert told(old, new) == ["Scoring: 4 places agreed"]


def test_what_came_from_where_goes_with_what_it_was_said_of() -> None:
    without = read(
        BEFORE.partition("[sources]")[0].replace(
            '[[scoring.stages]]\nid = "mql"\n', '[[scoring.stages]]\nid = "m2"\nset = "manually"\n'
        )
    )
    assert "sources" not in by_section(diff(read(BEFORE), without))


def test_quotas_and_lead_mappings_are_told_too() -> None:
    text = '[quota]\nfrom = 2027-01-01\ncounts = "mql"\nscoring = "3f9a0c4d1b27"\n\n[funnel]\nwin_rate = "25 %"\n'
    old, new = read(text, Quota), read(text.replace("25 %", "30 %").replace('"mql"', '"ready"'), Quota)
    lines = [one.lines for one in Telling(compare(old, new), read(BEFORE)).sections()]
    assert lines == [("Counts: MQL → Ready to buy",), ("Win rate: 25 → 30 %",)]
    mapping = read('leads = "a.csv"\n[names]\nopen = "Opened"\nclick = "Clicked"\n', LeadMapping)
    other = read('leads = "b.csv"\n[names]\nopen = "Emails opened"\ndemo = "Demo"\n', LeadMapping)
    assert told(mapping, other) == [
        "Lead table: “a.csv” → “b.csv”",
        "Names: open is Emails opened (was Opened)",
        "Names: demo is Demo",
        "Names: click is gone",
    ]


def test_differences_stand_in_the_models_order_by_section() -> None:
    new = changed(("at = 50", "at = 55"), ('title = "SLA"', 'title = "Ours"'), ('within = "24', 'within = "4'))
    assert list(by_section(diff(read(BEFORE), new))) == ["agreement", "scoring", "commitments"]


def test_an_answer_left_blank_is_not_the_same_as_none() -> None:
    new = changed(('title = "SLA"', 'title = "SLA"\norganization = ""'))
    assert hows(read(BEFORE), new) == [("agreement.organization", How.CHANGED)]
    assert terms_fingerprint(new) != terms_fingerprint(read(BEFORE))
    assert told(read(BEFORE), new) == [f"{diff(read(BEFORE), new)[0].spec.title}: still open, written in another way"]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Agreement, Agreement]:
    """Two versions of an agreement: some changes apart, or with nothing in common."""
    old = draw(parts(Agreement))
    if draw(st.integers(0, 3)) == 0:
        return old, draw(parts(Agreement))
    new = old
    for _ in range(draw(st.integers(1, 5))):
        try:
            new, _ = apply(new, draw(changes(new)))
        except (Refused, UnknownKey):
            continue
    return (old, new) if draw(st.booleans()) else (new, old)


@given(parts(Agreement))
def test_a_version_does_not_differ_from_itself(agreement: Agreement) -> None:
    assert diff(agreement, agreement) == ()
    assert diff(agreement, agreement.model_copy(deep=True)) == ()


@given(pairs())
def test_what_says_something_else_differs(versions: tuple[Agreement, Agreement]) -> None:
    old, new = versions
    if terms_fingerprint(old) != terms_fingerprint(new):
        assert diff(old, new)


@given(pairs())
def test_the_same_places_differ_from_either_side(versions: tuple[Agreement, Agreement]) -> None:
    def places(differences: tuple[Difference, ...], added: How, removed: How) -> set[tuple[str, bool]]:
        found = (one for one in differences if one.how in (How.CHANGED, added, removed) and not one.entry)
        return {(one.key, one.how is added) for one in found}

    old, new = versions
    forth, back = compare(old, new), compare(new, old)
    if not forth.ids and not back.ids:
        assert places(forth.differences, How.ADDED, How.REMOVED) == places(back.differences, How.REMOVED, How.ADDED)


@given(pairs())
def test_every_difference_has_words_in_one_line(versions: tuple[Agreement, Agreement]) -> None:
    comparison = compare(*versions)
    telling = Telling(comparison)
    for one in comparison.differences:
        said = telling.words(one)
        assert said.strip()
        assert "\n" not in said
        assert len(said) < 2000
    lines = [line for section in telling.sections() for line in section.lines]
    assert bool(lines) == bool(comparison.differences)
