"""Where one is, in words; who names what; and what is open next."""

from __future__ import annotations

from typing import Any

import pytest

from sla_tui.agreement.check import Finding, Severity, check
from sla_tui.agreement.paths import UnknownKey
from sla_tui.agreement.terms import Agreement
from sla_tui.workshop.places import named_in, next_open, next_wrong, trail, way

GIVEN: dict[str, Any] = {
    "agreement": {"schedules": ["scoring"], "limits": [{"id": "points", "key": "scoring.stages.mql.at", "by": "ana"}]},
    "stakeholders": {
        "teams": [{"id": "sdr", "name": "SDR", "speaks": "ana"}],
        "people": [{"id": "ana", "name": "Ana Ruiz", "team": "sdr"}, {"id": "sam", "name": "Sam Osei"}],
        "keeper": "ana",
    },
    "scoring": {"stages": [{"id": "mql", "name": "Marketing qualified lead", "at": 50}]},
    "commitments": [{"id": "call", "party": "sales", "activity": "Call " + "again and " * 9, "applies_to": "mql"}],
}
HELD = Agreement.model_validate(GIVEN)


def test_a_trail_says_titles_and_names() -> None:
    assert trail(HELD, "stakeholders.people.ana.team") == ("Roles", "People", "Ana Ruiz", "Team")
    assert trail(HELD, "scoring") == ("Scoring",)
    with pytest.raises(UnknownKey):
        trail(HELD, "scoring.stages.sql")


def test_an_entry_that_reads_as_a_sentence_is_called_by_it_and_cut_to_one_line() -> None:
    assert trail(HELD, "commitments.call")[1].startswith("Sales will call again and")
    said = way(HELD, "commitments.call.within")
    assert said.startswith("Commitments › Sales will call again")
    assert said.endswith("… › Within")
    assert len(said) < 70


def test_an_entry_is_named_in_what_names_it_and_nowhere_else() -> None:
    assert named_in(HELD, "stakeholders.people.ana") == (
        "agreement.limits.points.by",
        "stakeholders.teams.sdr.speaks",
        "stakeholders.keeper",
    )
    assert named_in(HELD, "stakeholders.people.sam") == ()


def test_a_section_is_named_in_what_names_it_or_anything_in_it_from_outside() -> None:
    assert named_in(HELD, "stakeholders") == ("agreement.limits.points.by",)
    assert set(named_in(HELD, "scoring")) == {
        "agreement.schedules",
        "agreement.limits.points.key",
        "commitments.call.applies_to",
    }
    assert named_in(HELD, "commitments") == ()


def test_next_open_goes_through_every_question_and_example_in_the_forms_order_and_from_the_start_again() -> None:
    marks = {"scoring.stages.mql": {"kind": "example"}, "stakeholders.keeper": {"kind": "example"}}
    held = Agreement.model_validate({**GIVEN, "sources": marks})
    findings = check(held)
    undecided = {finding.key for finding in findings if finding.undecided}
    assert {"scoring.stages.mql", "stakeholders.keeper"} <= undecided
    here, seen = "agreement", list[str]()
    for _ in undecided:
        here = next_open(held, findings, here)
        seen.append(here)
    assert set(seen) == undecided
    sections = [key.partition(".")[0] for key in seen]
    assert sections == sorted(sections, key=["agreement", "stakeholders", "scoring", "commitments"].index)
    assert next_open(held, findings, here) == seen[0]


def test_the_examples_of_a_marked_section_are_visited_row_by_row() -> None:
    held = Agreement.model_validate({**GIVEN, "sources": {"stakeholders": {"kind": "example"}}})
    findings = [finding for finding in check(held) if finding.code == "example"]
    here, seen = "agreement", list[str]()
    for _ in range(6):
        here = next_open(held, findings, here)
        seen.append(here)
    assert seen == [
        "stakeholders",
        "stakeholders.teams.sdr",
        "stakeholders.people.ana",
        "stakeholders.people.sam",
        "stakeholders.keeper",
        "stakeholders",
    ]
    assert next_open(held, findings, "stakeholders.people.ana.name") == "stakeholders.people.ana.team"


def test_next_wrong_goes_from_one_thing_to_mend_to_the_next_and_passes_over_notes() -> None:
    found = [
        Finding(Severity.ERROR, "a", "stakeholders.people.sam", "no"),
        Finding(Severity.NOTE, "b", "scoring", "hm"),
        Finding(Severity.WARNING, "unanswered", "objective", "open"),
        Finding(Severity.WARNING, "c", "commitments.call", "no"),
    ]
    assert next_wrong(HELD, found, "agreement") == "stakeholders.people.sam"
    assert next_wrong(HELD, found, "stakeholders.people.sam") == "commitments.call"
    assert next_wrong(HELD, found, "commitments.call") == "stakeholders.people.sam"
    assert next_wrong(HELD, found[1:3], "agreement") == ""
