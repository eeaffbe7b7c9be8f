"""The example agreements: ready to sign, fair to both sides, and one with themselves."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from shelf import EXAMPLES, ROOT, TEMPLATES, every_example, every_text, read, template

from sla_tui.agreement.check import Severity, check
from sla_tui.agreement.examples import sources
from sla_tui.agreement.parts import plain, slots
from sla_tui.agreement.paths import at_key
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind

SCORED = [path for path in (*EXAMPLES, *TEMPLATES) if read(path).scoring]
MEETING = re.compile(r"\b(?:next|the) ((?:[a-z]+ )?(?:review|meeting|round))\b")


@pytest.fixture(scope="module")
def northwind() -> Agreement:
    return read(ROOT / "northwind" / "agreement.toml")


@pytest.fixture(scope="module")
def core() -> Agreement:
    return read(ROOT / "core" / "agreement.toml")


def texts(agreement: Agreement) -> dict[str, str]:
    """What an agreement says in words, by KEY."""
    places = slots(agreement, Agreement)
    return {slot.key: slot.text for slot in places if slot.spec.kind in (Kind.LINE, Kind.PROSE) and not slot.empty}


def test_there_is_one_of_each_size():
    assert [path.parent.name for path in EXAMPLES] == ["core", "northwind", "one-page"]


@every_text
def test_no_text_contradicts_itself(path: Path):
    assert [finding for finding in check(read(path)) if finding.severity is Severity.ERROR] == []


@every_example
def test_an_example_could_be_signed_as_it_stands(path: Path):
    assert check(read(path)) == ()


@every_text
def test_every_source_is_that_of_an_answer(path: Path):
    agreement = read(path)
    for key in sources(agreement):
        assert not at_key(agreement, key).empty, key


@every_example
def test_nothing_in_an_example_is_an_example(path: Path):
    held = sources(read(path))
    assert {source.kind for source in held.values()} <= {"agreed", "measured"}
    assert held


@every_example
def test_an_example_binds_both_sides(path: Path):
    agreement = read(path)
    promises = Counter(promise.party for promise in agreement.commitments)
    assert min(promises["marketing"], promises["sales"]) >= 3
    assert promises["shared"] >= 1
    signers = Counter(signer.party for signer in agreement.signatures.signers if signer.party)
    assert signers == {"sales": 1, "marketing": 1}
    side = {team.id: team.party for team in agreement.stakeholders.teams}
    drafters = {side[person.team] for person in agreement.stakeholders.people if person.role == "drafter"}
    assert drafters == {"marketing", "sales"}
    of = {person.id: side[person.team] for person in agreement.stakeholders.people}
    assert of[agreement.signatures.contacts.marketing] == "marketing"
    assert of[agreement.signatures.contacts.sales] == "sales"


@every_example
def test_who_signs_takes_part_under_the_same_title(path: Path):
    agreement = read(path)
    people = {person.name: person.title for person in agreement.stakeholders.people}
    for signer in agreement.signatures.signers:
        assert people[signer.name] == signer.title


@every_example
def test_everybody_and_every_address_in_an_example_is_made_up(path: Path):
    text = path.read_text("utf-8")
    hosts = re.findall(r"(?:@|https?://)([\w.-]+)", text)
    assert all(host.endswith(".example") or host == "gmail.com" for host in hosts)
    assert "made-up company with made-up people" in " ".join(text.split())


@pytest.mark.parametrize("path", SCORED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nobody_promises_a_stage_that_the_other_side_sets(path: Path):
    agreement = read(path)
    set_by = {stage.id: stage.set_by for stage in agreement.scoring.stages if stage.set}
    for promise in agreement.commitments:
        assert set_by.get(promise.applies_to, promise.party) == promise.party, promise.id


@pytest.mark.parametrize("path", SCORED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_must_be_known_travels_and_is_filled_in(path: Path):
    agreement = read(path)
    needs = set(agreement.mql.needs)
    travels = {one.field for one in agreement.handoff.carries if one.must}
    assert needs <= travels
    if agreement.fields:
        filled = {field.id for field in agreement.fields.fields if field.must != "if_known"}
        assert needs == travels == filled


@every_text
def test_a_meeting_that_is_spoken_of_is_one_that_is_held(path: Path):
    agreement = read(path)
    if agreement.communication is None:
        return
    held = {meeting.name.casefold() for meeting in agreement.communication.meetings}
    spoken_of = {key: MEETING.findall(text) for key, text in texts(agreement).items()}
    assert any(spoken_of.values())
    for key, names in spoken_of.items():
        for name in names:
            assert any(one.endswith(name) for one in held), f"{key}: {name}"


@every_text
def test_a_time_limit_of_sales_leaves_room_for_the_one_before(path: Path):
    agreement = read(path)
    calendar = agreement.agreement.calendar
    for promise in agreement.commitments:
        if promise.keep_open:
            assert not promise.keep_open.surely_below(promise.within, calendar), promise.id
        if promise.party == "marketing" and promise.from_ == "rejected":
            returned = agreement.feedback.return_within if agreement.feedback else None
            assert returned is None or returned.surely_below(promise.within, calendar), promise.id


# One page


def test_one_page_fits_what_its_name_says():
    agreement = read(ROOT / "one-page" / "agreement.toml")
    assert set(plain(agreement)) - {"sources"} == set(plain(template("one-page"))) - {"sources"}
    assert len(agreement.stakeholders.people) == 5
    assert len(agreement.commitments) <= 10
    assert all(promise.if_missed and promise.measure for promise in agreement.commitments)


# Core


def test_core_has_the_eleven_sections_and_no_other(core: Agreement):
    assert set(plain(core)) - {"sources"} == set(plain(template("core"))) - {"sources"}
    assert len(set(plain(core)) - {"sources", "agreement"}) == 11


def test_core_has_thresholds_of_its_own_and_says_where_they_come_from(core: Agreement):
    theirs = {stage.id: stage.at for stage in template("core").scoring.stages if stage.at}
    held = sources(core)
    for stage in core.scoring.stages:
        if stage.at is not None:
            assert stage.at != theirs[stage.id]
            assert held[f"scoring.stages.{stage.id}.at"].note


def test_core_is_at_home_in_europe(core: Agreement):
    assert core.agreement.calendar.timezone == "Europe/Berlin"
    assert all(day.isoweekday() <= 5 for day in core.agreement.calendar.holidays)


# Northwind


def test_northwind_has_every_section(northwind: Agreement):
    assert [name for name in Agreement.model_fields if not getattr(northwind, name)] == []


def test_northwind_is_signed_by_witnesses_too(northwind: Agreement):
    promises = Counter(promise.party for promise in northwind.commitments)
    assert min(promises.values()) >= 3
    assert sum(signer.party is None for signer in northwind.signatures.signers) == 2


def test_northwind_scores_with_everything_that_scoring_has(northwind: Agreement):
    scoring = northwind.scoring
    rules = scoring.rules
    assert len(rules) >= 12
    assert any(rule.points < 0 for rule in rules)
    assert any(rule.cap for rule in rules)
    assert any(rule.window_days for rule in rules)
    assert any(rule.half_life_days == 0 for rule in rules)
    assert {group.kind for group in scoring.groups} == {"fit", "engagement"}
    tests = {rule.when.test[0] for rule in rules if not isinstance(rule.when, str)}
    assert tests == {"in", "not_in", "between", "at_least", "contains", "known"}
    assert scoring.exclude
    assert scoring.fast_track
    assert scoring.half_life_days


@pytest.mark.parametrize("name", ["core", "northwind"])
def test_every_group_can_reach_its_ceiling(name: str):
    scoring = read(ROOT / name / "agreement.toml").scoring
    for group in scoring.groups:
        held = [rule for rule in scoring.rules if rule.group == group.id]
        assert sum(rule.cap or rule.points for rule in held) >= group.cap, group.id


def test_the_clocks_of_northwind_are_in_its_glossary(northwind: Agreement):
    defined = {term.id for term in northwind.glossary.terms}
    assert {"qualification", "handoff", "receipt", "acceptance", "rejection", "return", "first-touch"} <= defined
    assert {"owner", "rep", "managers", "required-fields", "on-duty", "nurture"} <= defined
