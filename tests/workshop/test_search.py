"""Going to a place by its name, and finding words wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_tui.agreement.paths import at_key
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.search import Texts, Ways, folded, spots
from tests.strategies import parts

GIVEN: dict[str, Any] = {
    "stakeholders": {
        "people": [
            {"id": "tomas", "name": "Tomás Reyes", "title": "Manager"},
            {"id": "ana", "name": "Ana Ruiz", "title": "VP Sales"},
        ],
        "keeper": "ana",
    },
    "scoring": {
        "stages": [{"id": "mql", "name": "Marketing qualified lead", "at": 50}],
        "rules": [{"id": "open", "label": "Opens a marketing email", "when": "email_open", "points": 2}],
    },
    "communication": {
        "meetings": [{"id": "weekly", "name": "Weekly review", "agenda": [{"id": "wins", "topic": "Results first"}]}]
    },
}
HELD = Agreement.model_validate(GIVEN)
WAYS = Ways(HELD)
TEXTS = Texts(HELD)


def keys(typed: str) -> list[str]:
    return [spot.key for spot in WAYS.to(typed)]


# -- going to a place


def test_every_section_list_and_entry_can_be_gone_to_however_deep() -> None:
    found = {spot.key: spot for spot in WAYS.spots}
    assert (
        found["communication.meetings.weekly.agenda.wins"].around == "Communication › Meetings › Weekly review › Agenda"
    )
    assert found["stakeholders.people"].words == "People"
    assert (found["handoff"].there, found["scoring"].there) == (False, True)


def test_the_beginning_of_a_name_comes_before_its_middle() -> None:
    assert keys("re")[0] != "communication.meetings.weekly"
    assert keys("ana")[0] == "stakeholders.people.ana"
    assert keys("review")[0] == "review", "a section that is called so, before an entry that has the word"
    assert "communication.meetings.weekly" in keys("review")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("tomas", "stakeholders.people.tomas"),
        ("REYES", "stakeholders.people.tomas"),
        ("qual lead", "scoring.stages.mql"),
        ("mql", "scoring.stages.mql"),
        ("oame", "scoring.rules.open"),
        ("weekrev", "communication.meetings.weekly"),
    ],
)
def test_marks_and_capitals_do_not_matter_ids_and_beginnings_of_words_help(typed: str, key: str) -> None:
    assert key in keys(typed)[:3]


def test_letters_scattered_over_words_mean_nothing() -> None:
    assert "scoring.rules.open" not in keys("people")
    assert keys("wkyrvw") == []


def test_an_answer_can_be_gone_to_and_comes_after_the_places_called_so() -> None:
    assert keys("keeper") == ["stakeholders.keeper"]
    found = keys("points")
    assert "scoring.rules.open.points" in found
    assert all(not spot.answer for spot in WAYS.to(""))


def test_nothing_typed_is_every_place() -> None:
    assert WAYS.to("  ") == tuple(spot for spot in spots(HELD) if not spot.answer)


# -- finding words


def test_an_answer_is_found_with_its_place_and_where_in_it() -> None:
    (hit, *_), count = TEXTS.find("marketing EMAIL", 10)
    assert (hit.key, hit.around, count) == ("scoring.rules.open.label", "Rules › Opens a marketing email › What for", 1)
    assert hit.text[hit.at : hit.at + hit.length] == "marketing email"


def test_who_is_named_is_found_by_name_where_he_is_named() -> None:
    hits, _ = TEXTS.find("ana ruiz", 10)
    assert [hit.key for hit in hits] == ["stakeholders.people.ana.name", "stakeholders.keeper"]


def test_a_question_is_found_once_however_many_entries_ask_it() -> None:
    hits, _ = TEXTS.find("what is their job", 10)
    assert len(hits) <= 1
    hits, _ = TEXTS.find("Name", 100)
    assert [hit.key for hit in hits if hit.key.startswith("stakeholders.people")] == ["stakeholders.people.tomas.name"]


def test_a_section_left_out_is_found_by_what_it_is_for() -> None:
    hits, _ = TEXTS.find("bought lists", 10)
    assert [hit.key for hit in hits] == ["intake"]


def test_ids_and_keys_are_found() -> None:
    assert TEXTS.find("scoring.rules.open.po", 5)[0][0].key == "scoring.rules.open.points"
    assert "communication.meetings.weekly.agenda.wins.id" in {hit.key for hit in TEXTS.find("wins", 5)[0]}


def test_more_than_is_listed_is_counted() -> None:
    hits, count = TEXTS.find("e", 4)
    assert len(hits) == 4 < count
    assert TEXTS.find("  ", 4) == ((), 0)
    assert TEXTS.find("no such words", 4) == ((), 0)


@given(parts(Agreement))
def test_whatever_is_found_is_there(agreement: Agreement) -> None:
    for spot in spots(agreement):
        assert at_key(agreement, spot.key).key == spot.key
    for hit in Texts(agreement).find("a", 200)[0]:
        assert at_key(agreement, hit.key).key == hit.key
        assert folded(hit.text)[hit.at : hit.at + hit.length] == "a"


@given(st.text())
def test_folding_keeps_every_letters_place(text: str) -> None:
    assert len(folded(text)) == len(text)
