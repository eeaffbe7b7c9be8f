"""The example agreements and the templates: they say what they should, and the check agrees."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from sla_tui.agreement.check import Severity, check
from sla_tui.agreement.leads import LeadMapping
from sla_tui.agreement.parts import Part, slots
from sla_tui.agreement.paths import at_key
from sla_tui.agreement.schema import schema_text
from sla_tui.agreement.sentence import reading
from sla_tui.agreement.terms import Agreement
from sla_tui.agreement.values import Kind

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "agreements").glob("*/agreement.toml"))
TEMPLATES = sorted(Path(str(resources.files("sla_tui.templates"))).glob("*.toml"))
NORTHWIND = ROOT / "agreements" / "northwind"

every_text = pytest.mark.parametrize("path", EXAMPLES + TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)


def read(path: Path) -> Agreement:
    return Agreement.model_validate(tomllib.loads(path.read_text("utf-8")))


@pytest.fixture(scope="module")
def northwind() -> Agreement:
    return read(NORTHWIND / "agreement.toml")


def said_in_order(said: object, part: object) -> bool:
    """Whether the keys of tables stand in the model's order, those that hold tables after those that do not."""
    if isinstance(said, list):
        return all(map(said_in_order, said, part))
    if not isinstance(said, dict) or not isinstance(part, Part):
        return True
    fields = {info.alias or name: getattr(part, name) for name, info in type(part).model_fields.items()}
    plain_keys = [key for key in said if not holds_tables(said[key])]
    table_keys = [key for key in said if holds_tables(said[key])]
    return (
        plain_keys == [key for key in fields if key in plain_keys]
        and table_keys == [key for key in fields if key in table_keys]
        and all(said_in_order(said[key], fields[key]) for key in said)
    )


def holds_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))


def test_there_are_examples_and_templates():
    assert NORTHWIND / "agreement.toml" in EXAMPLES
    assert [path.name for path in TEMPLATES] == ["one-page.toml"]


def test_the_templates_folder_holds_templates_and_nothing_else():
    held = {one.name for one in resources.files("sla_tui.templates").iterdir()} - {"__init__.py", "__pycache__"}
    assert held == {path.name for path in TEMPLATES}


@every_text
def test_no_text_contradicts_itself(path: Path):
    assert [finding for finding in check(read(path)) if finding.severity is Severity.ERROR] == []


@every_text
def test_every_source_is_that_of_an_answer(path: Path):
    agreement = read(path)
    for key in agreement.sources or {}:
        assert not at_key(agreement, key).empty, key


@every_text
def test_keys_stand_in_the_order_of_the_model(path: Path):
    assert said_in_order(tomllib.loads(path.read_text("utf-8")), read(path))


def test_keys_out_of_order_are_noticed():
    said = {"scoring": {"stages": [{"id": "mql", "at": 50, "name": "MQL"}]}}
    assert not said_in_order(said, Agreement.model_validate(said))


@every_text
def test_lines_are_short_enough_to_read_side_by_side(path: Path):
    assert [line for line in path.read_text("utf-8").splitlines() if len(line) > 120] == []


def test_an_example_names_its_schema_first_and_brings_the_present_one():
    for path in EXAMPLES:
        assert path.read_text("utf-8").startswith("#:schema ./agreement.schema.json\n")
        remedy = "write it again with sla-tui schema"
        assert path.with_name("agreement.schema.json").read_text("utf-8") == schema_text(Agreement), remedy


# Northwind


def test_northwind_has_no_findings(northwind: Agreement):
    assert check(northwind) == ()


def test_northwind_has_every_section(northwind: Agreement):
    assert [name for name in Agreement.model_fields if not getattr(northwind, name)] == []


def test_northwind_binds_both_sides(northwind: Agreement):
    promises = Counter(promise.party for promise in northwind.commitments or ())
    assert min(promises["marketing"], promises["sales"], promises["shared"]) >= 3
    signers = Counter(signer.party for signer in northwind.signatures.signers)
    assert signers == {"sales": 1, "marketing": 1, None: 2}
    drafters = {person.team for person in northwind.stakeholders.people if person.role == "drafter"}
    sides = {team.party for team in northwind.stakeholders.teams if team.id in drafters}
    assert sides == {"marketing", "sales"}


def test_nobody_in_northwind_promises_a_stage_that_the_other_side_sets(northwind: Agreement):
    set_by = {stage.id: stage.set_by for stage in northwind.scoring.stages if stage.set}
    for promise in northwind.commitments or ():
        assert set_by.get(promise.applies_to, promise.party) == promise.party, promise.id


def test_a_lead_stays_open_as_long_as_it_is_worked():
    days = {"day": 1, "business day": 1.4, "week": 7, "month": 30}
    for path in EXAMPLES + TEMPLATES:
        for promise in read(path).commitments:
            if promise.keep_open:
                kept, limit = promise.keep_open, promise.within
                assert kept.count * days[kept.unit] >= limit.count * days[limit.unit]


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


def test_every_group_of_northwind_can_reach_its_ceiling(northwind: Agreement):
    for group in northwind.scoring.groups:
        held = [rule for rule in northwind.scoring.rules if rule.group == group.id]
        assert sum(rule.cap or rule.points for rule in held) >= group.cap


def test_names_in_the_text_of_northwind_are_those_of_its_people(northwind: Agreement):
    people = {person.name: person.title for person in northwind.stakeholders.people}
    for signer in northwind.signatures.signers:
        assert people[signer.name] == signer.title


def test_the_lead_mapping_of_northwind_names_files_that_are_there():
    mapping = LeadMapping.model_validate(tomllib.loads((NORTHWIND / "leads.toml").read_text("utf-8")))
    assert (NORTHWIND / mapping.leads).is_file()
    assert (NORTHWIND / mapping.activity).is_file()


# Templates


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
def test_every_number_a_template_comes_with_is_marked_as_an_example(path: Path):
    agreement = read(path)
    kinds = {key: source.kind for key, source in agreement.sources.items()}
    counted = {Kind.NUMBER, Kind.DURATION, Kind.PERCENT, Kind.AMOUNTS, Kind.TIME}
    numbers = [
        slot.key
        for slot in slots(agreement, Agreement)
        if slot.spec.kind in counted and not slot.empty and slot.key != "agreement.format"
    ]
    assert dict.fromkeys(numbers, "example") == kinds


def test_one_page_has_a_table_for_each_side_and_one_for_both():
    (path,) = [path for path in TEMPLATES if path.stem == "one-page"]
    agreement = read(path)
    by_party = Counter(promise.party for promise in agreement.commitments)
    assert by_party == {"marketing": 2, "sales": 5, "shared": 1}
    for promise in agreement.commitments:
        assert promise.per or (promise.within and promise.from_), promise.id
        assert reading(promise).endswith("."), promise.id
