"""The templates: each has what its time allows, and every answer it brings is an example until the room agrees."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from shelf import TEMPLATES, every_template, read, template

from sla_tui.agreement.check import check
from sla_tui.agreement.examples import is_example, source_of, sources
from sla_tui.agreement.parts import plain, slots, specs
from sla_tui.agreement.sentence import reading
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind


def test_there_is_one_for_each_amount_of_time():
    names = ["components.toml", "core.toml", "one-page.toml", "playbook.toml"]
    assert [path.name for path in TEMPLATES] == names


def test_the_templates_folder_holds_templates_and_nothing_else():
    held = {one.name for one in resources.files("sla_tui.templates").iterdir()} - {"__init__.py", "__pycache__"}
    assert held == {path.name for path in TEMPLATES}


@every_template
def test_a_template_says_in_its_first_line_what_it_is(path: Path):
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert 20 < len(first) <= 100


@every_template
def test_a_template_leaves_the_room_to_decide_who_when_and_for_whom(path: Path):
    agreement = read(path)
    open_ = [slot for slot in slots(agreement, Agreement) if slot.empty]
    assert {"agreement.organization", "agreement.starts", "agreement.ends"} <= {slot.key for slot in open_}
    for person in (*agreement.stakeholders.people, *agreement.signatures.signers):
        assert person.name is None
    assert [slot.key for slot in slots(agreement, Agreement) if slot.spec.kind is Kind.DATE and not slot.empty] == []


@every_template
def test_every_answer_a_template_comes_with_is_marked_as_an_example(path: Path):
    agreement = read(path)
    own = {"agreement.format", "agreement.version", "agreement.status"}
    given = [
        slot.key
        for slot in slots(agreement, Agreement)
        if not slot.empty and not slot.spec.nested and slot.spec.kind is not Kind.ID and slot.key not in own
    ]
    assert len(given) > 30
    assert [key for key in given if not is_example(agreement, key)] == []


@every_template
def test_a_template_leaves_open_what_only_the_room_knows_and_little_else(path: Path):
    findings = check(read(path))
    assert {finding.code for finding in findings} == {"unanswered", "example"}
    assert sum(finding.code == "unanswered" for finding in findings) <= 25


SECTIONS = {spec.key for spec in specs(Agreement) if spec.about}


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("playbook", SECTIONS - {"custom"}),
        (
            "core",
            {
                *("agreement", "objective", "stakeholders", "assignment", "scoring", "mql", "sql", "handoff"),
                *("commitments", "feedback", "communication", "signatures"),
            },
        ),
        (
            "components",
            {
                *("agreement", "stakeholders", "goals", "scoring", "mql", "sql", "handoff", "commitments"),
                *("communication", "escalation", "technology", "review", "signatures"),
            },
        ),
        ("one-page", {"agreement", "stakeholders", "commitments", "custom", "signatures"}),
    ],
)
def test_a_template_has_the_sections_its_time_allows(name: str, sections: set[str]):
    assert set(plain(template(name))) - {"sources"} == sections


@every_template
def test_a_template_brings_a_standing_agenda_for_every_meeting(path: Path):
    communication = read(path).communication
    for meeting in communication.meetings if communication else ():
        assert [point.topic.partition(":")[0] for point in meeting.agenda] == ["Results", "Challenges", "Adjustments"]
        assert sum(point.minutes for point in meeting.agenda) == meeting.minutes


def test_one_page_has_a_table_for_each_side_and_one_for_both():
    agreement = template("one-page")
    by_party = Counter(promise.party for promise in agreement.commitments)
    assert by_party == {"marketing": 2, "sales": 5, "shared": 1}
    for promise in agreement.commitments:
        assert promise.per or (promise.within and promise.from_), promise.id
        assert reading(promise).endswith("."), promise.id


USUAL = {
    *("qualified-leads", "valid-contacts", "first-follow-up", "persistent-follow-up", "status", "returned-leads"),
    *("lead-quality", "lead-meeting"),
}
"""The commitments of published agreements."""


@every_template
def test_a_commitment_that_others_make_too_says_what_is_usual(path: Path):
    agreement = read(path)
    assert {promise.id for promise in agreement.commitments} >= USUAL
    for id_ in USUAL:
        _, source = source_of(sources(agreement), f"commitments.{id_}.activity")
        assert source.note.startswith("Usual: "), id_


@pytest.mark.parametrize("name", ["playbook", "core", "components"])
def test_points_that_were_published_are_called_published_and_no_advice(name: str):
    agreement = template(name)
    for rule in agreement.scoring.rules:
        _, source = source_of(sources(agreement), f"scoring.rules.{rule.id}.points")
        if rule.id in ("subscribe", "email-open", "email-click", "page-view", "download"):
            assert f"{rule.points} point" in source.note, rule.id
        else:
            assert source.note is None, rule.id


@pytest.mark.parametrize("name", ["playbook", "core", "components"])
def test_who_must_decide_about_a_stage_is_who_sets_it(name: str):
    agreement = template(name)
    set_by = {stage.id: stage.set_by for stage in agreement.scoring.stages if stage.set}
    assert set_by[agreement.sql.stage] == agreement.sql.decided_by
